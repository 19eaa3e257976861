"""Screens of places: the desk's registers, villages, and the public page for old addresses."""
