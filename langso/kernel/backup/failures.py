"""What can go wrong with a backup or a restore, as one sentence that says what to do. Free of Django: a restore runs
before there is a node."""

import errno
from typing import Final

FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class BackupFailed(Exception):
    """Nothing that was there before was harmed. `code` is for the desk, the text for the command line."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


def from_system(problem: OSError, where: object) -> BackupFailed:
    """What the operating system refused, in words."""
    if problem.errno in FULL:
        return BackupFailed("full", f"there is no space left in {where}; older snapshots there are untouched")
    return BackupFailed("folder", f"{where} cannot be used: {problem.strerror or problem}")
