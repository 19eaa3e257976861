"""Langso (làng số): one platform for a commune, its households, its cooperatives and its province."""

__version__ = "0.1.0"
