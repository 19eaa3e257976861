"""What is wrong with bytes that arrived."""


class Malformed(Exception):
    """What was sent is no batch: cut off, too large, too deep, or not of the agreed form. Nothing of it is used."""
