"""Tax codes (mã số thuế): ten digits, the tenth a check digit; a branch adds a hyphen and three digits.

Source of the form: Circular 86/2024/TT-BTC, Article 5 (before: 105/2020/TT-BTC). The weights of the check digit are not
in the circular; these are the ones under which issued codes hold, as published by python-stdnum (`stdnum.vn.mst`).
"""

import re

WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_FORM = re.compile(r"(\d{10})(?:-?(\d{3}))?", re.ASCII)
_BETWEEN = re.compile(r"[\s.]+")


def check_digit(nine: str) -> str | None:
    """The tenth digit of a code that begins with these nine, or None: such a code is never issued."""
    digit = 10 - sum(weight * int(number) for weight, number in zip(WEIGHTS, nine, strict=True)) % 11
    return None if digit == 10 else str(digit)


def read_tax_code(typed: str) -> str | None:
    """The code that was meant, as `0100233488` or `0314409058-002`; None when it cannot be one."""
    found = _FORM.fullmatch(_BETWEEN.sub("", typed))
    if found is None:
        return None
    number, branch = found.group(1), found.group(2)
    if check_digit(number[:9]) != number[9] or not number[2:9].strip("0") or branch == "000":
        return None
    return f"{number}-{branch}" if branch else number


def looks_like_personal_number(typed: str) -> bool:
    """Twelve digits: since July 2025 a household business uses its owner's personal number as tax code."""
    return re.fullmatch(r"\d{12}", _BETWEEN.sub("", typed), re.ASCII) is not None
