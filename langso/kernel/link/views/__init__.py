"""Addresses of the link: those that nodes ask (`doors`), and those that people open (`desk`)."""
