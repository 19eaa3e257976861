"""Loaded when the app is: a restored node's gate."""

from langso.kernel.backup.restorations import gate
from langso.kernel.journal.gate import GATES

GATES.append(gate)
