"""What processes of a node use, read from `/proc`: memory, processor time, bytes written to the disk."""

import os
from dataclasses import dataclass
from pathlib import Path

KB = 1024


@dataclass(frozen=True, slots=True)
class Used:
    """By one process and all its threads. `memory` is its share (PSS), `resident` counts shared pages fully (RSS)."""

    pid: int
    command: str
    memory: int
    resident: int
    cpu_seconds: float
    written: int


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in family(int(child)))]


def command_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").replace("\0", " ")


def cpu_seconds(pid: int) -> float:
    """User and system time of a process with all its threads (`proc(5)`: fields 14 and 15 of `stat`)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def used(pid: int) -> Used:
    """Of one process now. `written` is `write_bytes` of `proc(5)`: what it caused to be sent to the storage layer."""
    memory = _numbers(f"/proc/{pid}/smaps_rollup")
    io = _numbers(f"/proc/{pid}/io")
    return Used(
        pid, command_of(pid), memory["Pss"] * KB, memory["Rss"] * KB, cpu_seconds(pid), io["write_bytes"]
    )  # fmt: skip


def used_by_family(pid: int) -> list[Used]:
    return [used(each) for each in family(pid)]


def _numbers(file: str) -> dict[str, int]:
    """`Name:  123 kB` lines as numbers."""
    numbers = {}
    for line in Path(file).read_text().splitlines():
        name, _, rest = line.partition(":")
        number = rest.split()[:1]
        if number and number[0].isdigit():
            numbers[name] = int(number[0])
    return numbers
