"""A program that does acts and says aloud which are done: what a fault test can hold the node to.

    python -m tests.faults.box.writing [--files] [--from N]

Prints the number of every act after its transaction was committed: what a person was told is kept. Each
act enters a village called "No 00017"; with `--files`, every fifth one keeps a file first.
"""

import hashlib
import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "langso.site.settings")
django.setup()

from langso.community.places import services as places  # noqa: E402
from langso.kernel.access.actors import system  # noqa: E402
from langso.kernel.access.scope import commune_scope  # noqa: E402
from langso.kernel.files import services as files  # noqa: E402

COMMUNE = "03390"


def content_of(number: int) -> bytes:
    """The same every time, so that a test knows what must lie in the storage."""
    return b"".join(hashlib.sha256(b"%d %d" % (number, block)).digest() for block in range(300))


def act(number: int, *, with_files: bool) -> None:
    node = system(COMMUNE)
    with commune_scope(COMMUNE):
        if with_files and number % 5 == 0:
            files.keep_file(node, content=content_of(number), name=f"{number}.txt", content_type="text/plain")
        places.enter_village(node, name=f"No {number:05}", kind="BAN", order=number)


def main(arguments: list[str]) -> None:
    number = int(arguments[arguments.index("--from") + 1]) if "--from" in arguments else 0
    while True:
        number += 1
        act(number, with_files="--files" in arguments)
        print(number, flush=True)
        time.sleep(0.02)  # the tests need the processor too


if __name__ == "__main__":
    main(sys.argv[1:])
