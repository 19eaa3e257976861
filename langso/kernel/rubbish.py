"""Garbage collection in a process that runs for months."""

import gc


def spare_program() -> None:
    """Leave what is loaded by now out of every later search for garbage, and search seldom.

    The program's own objects stay for good. To look through them again and again cost a tenth of a page and a fifth of
    an import. Call it once, when everything is imported.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
