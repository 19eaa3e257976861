"""Loaded when the journal is: what the journal itself hears of other nodes."""

from langso.kernel.journal import erasure

__all__ = ["erasure"]
