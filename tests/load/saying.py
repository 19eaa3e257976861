"""Lines that say how far a measurement is."""

import sys
import time


def say(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", file=sys.stderr, flush=True)
