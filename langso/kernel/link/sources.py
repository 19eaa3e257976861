"""Loaded when the link is: it answers the journal's questions of homes and gates."""

from langso.kernel.backup import restorations
from langso.kernel.journal import gate, homes
from langso.kernel.link.homes import ask_gate, homes_now
from langso.kernel.link.taking_back import has_hub

homes.SOURCE.ask = homes_now
restorations.HAS_HUB.append(has_hub)
gate.GATES.append(ask_gate)
