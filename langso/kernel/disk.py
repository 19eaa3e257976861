"""A full disk: what it looks like from within, and what a person is told. Records are written whole or not at all."""

import errno
import shutil
import sqlite3
from pathlib import Path
from typing import ClassVar, Final

import psycopg
from django.utils.translation import gettext_lazy as _

from langso.kernel.errors import DomainError

FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
HARDLY_ANY: Final = 8 * 1024 * 1024
"""Bytes free at which a node says that it is full: a few acts more, and it is."""
NEARLY_FULL: Final = 0.1
"""Share of a disk that should stay free."""


class DiskFull(DomainError):
    """Nothing of what was sent is kept, and nothing else is harmed (507, RFC 4918 §11.5)."""

    code = "disk_full"
    status: ClassVar[int] = 507
    message = _(
        "The disk of this node is full, so nothing more can be kept. What you sent was not saved; everything that was "
        "saved before is there and can be read. Please tell the operator, and send it again later."
    )


def is_full(problem: BaseException | None) -> bool:
    """Whether an error, or one that led to it, comes from a disk without space."""
    seen: set[int] = set()
    while problem is not None and id(problem) not in seen:
        seen.add(id(problem))
        if _says_full(problem):
            return True
        problem = problem.__cause__ or problem.__context__
    return False


def _says_full(problem: BaseException) -> bool:
    if isinstance(problem, OSError):
        return problem.errno in FULL
    if isinstance(problem, sqlite3.Error):
        return getattr(problem, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return isinstance(problem, psycopg.errors.DiskFull)


def room(folder: Path) -> tuple[int, int]:
    """(free, whole) bytes of the disk that holds a folder."""
    usage = shutil.disk_usage(folder)
    return usage.free, usage.total
