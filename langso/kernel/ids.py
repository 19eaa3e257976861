"""Identifiers: time-ordered UUIDs for rows, short random codes for people.

Sources: RFC 9562 §5.7 (UUIDv7); Douglas Crockford, "Base 32", for the alphabet, the check symbol and the reading rules.
"""

import secrets
import time
import uuid

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECK_SYMBOLS = ALPHABET + "*~$=U"
READ_AS = str.maketrans("OIL", "011", "- ")


def new_id() -> uuid.UUID:
    """A UUIDv7: 48 bits of milliseconds since 1970, then randomness, so that rows arrive in index order."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (1 << 48) - 1) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    return uuid.UUID(int=value & ~(0x3 << 62) | 0x2 << 62)


def check_symbol(digits: str) -> str:
    """Crockford's check symbol of a base-32 number: the number modulo 37."""
    number = 0
    for digit in digits:
        number = number * 32 + ALPHABET.index(digit)
    return CHECK_SYMBOLS[number % 37]


def public_code(digits: int = 10) -> str:
    """A random code that a person can read aloud: `digits` random symbols and a check symbol, without meaning.

    Draws again until the check symbol is a letter or digit, so that a code survives a URL, a phone call and a keypad.
    """
    while True:
        number = "".join(secrets.choice(ALPHABET) for _ in range(digits))
        symbol = check_symbol(number)
        if symbol in ALPHABET:
            return number + symbol


def read_public_code(typed: str) -> str | None:
    """The code a person meant (case, dashes, spaces, O for 0, I and L for 1), or None when its check fails."""
    code = typed.strip().upper().translate(READ_AS)
    if len(code) < 2 or any(symbol not in ALPHABET for symbol in code):
        return None
    return code if check_symbol(code[:-1]) == code[-1] else None
