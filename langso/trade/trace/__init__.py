"""Lots: where goods come from, what became of them, and the page that a buyer's phone opens."""
