"""Loaded when the link is: it answers the journal's questions of homes and gates."""

from langso.kernel.journal import gate, homes
from langso.kernel.link.homes import ask_gate, homes_now

homes.SOURCE.ask = homes_now
gate.GATES.append(ask_gate)
