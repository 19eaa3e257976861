"""Loaded when the app is: the gate of a commune on the move."""

from langso.kernel.journal.gate import GATES
from langso.kernel.moving.gate import gate

GATES.append(gate)
