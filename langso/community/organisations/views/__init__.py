"""Screens of organisations: the desk's register, one organisation with its members, and what one belongs to."""
