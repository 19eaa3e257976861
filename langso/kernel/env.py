"""Settings from the environment, each declared once with type, default and a sentence.

`langso settings` prints the list; `docs/operate/settings.md` is that list, and a test compares the two.
A name may also be given as `NAME_FILE`, the path of a file that holds the value.
"""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Setting:
    name: str
    default: str
    meaning: str
    secret: bool = False


DECLARED: dict[str, Setting] = {}


class BadSetting(Exception):
    """The environment holds a value that cannot be used; the message says which and what is expected."""


def text(name: str, default: str, meaning: str, *, secret: bool = False) -> str:
    """The setting as text; `NAME_FILE` wins over `NAME`."""
    DECLARED[name] = Setting(name, default, meaning, secret)
    file = os.environ.get(f"{name}_FILE")
    if not file:
        return os.environ.get(name, default)
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BadSetting(f"{name}_FILE: cannot read {file}: {error.strerror}") from error


def flag(name: str, default: bool, meaning: str) -> bool:
    """The setting as yes or no (1/0, true/false, yes/no)."""
    value = text(name, "yes" if default else "no", meaning).lower()
    if value not in ("1", "0", "true", "false", "yes", "no"):
        raise BadSetting(f"{name} must be yes or no, not {value!r}")
    return value in ("1", "true", "yes")


def number(name: str, default: int, meaning: str, *, least: int = 1) -> int:
    """The setting as a whole number, not below `least`."""
    value = text(name, str(default), meaning)
    if not value.isdecimal() or int(value) < least:
        raise BadSetting(f"{name} must be a whole number from {least}, not {value!r}")
    return int(value)


def choice(name: str, default: str, options: tuple[str, ...], meaning: str) -> str:
    """The setting as one of the given words."""
    value = text(name, default, meaning)
    if value not in options:
        raise BadSetting(f"{name} must be one of {', '.join(options)}, not {value!r}")
    return value


def words(name: str, default: str, meaning: str) -> list[str]:
    """The setting as a list, written with commas."""
    return [word.strip() for word in text(name, default, meaning).split(",") if word.strip()]
