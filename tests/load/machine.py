"""On what was measured."""

import os
import platform
import sqlite3
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psycopg


def machine(database: str) -> dict[str, object]:
    """Cores, memory, kernel and versions; of the database's server where there is one."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "cpu": _first("/proc/cpuinfo", "model name"),
        "cores": os.cpu_count(),
        "memory_gb": round(int(_first("/proc/meminfo", "MemTotal").split()[0]) / 2**20, 1),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "django": version("django"),
        "granian": version("granian"),
        "engine": _server(database) if database else f"SQLite {sqlite3.sqlite_version}, WAL, synchronous=FULL",
    }


def load() -> float:
    """The machine's load of the last minute: above its cores, others were at work too."""
    return round(os.getloadavg()[0], 2)


def _server(address: str) -> str:
    with psycopg.connect(address) as server:
        said = {
            name: server.execute(f"SHOW {name}").fetchone()[0]  # type: ignore[index, arg-type]
            for name in ("server_version", "fsync", "synchronous_commit", "shared_buffers", "max_wal_size")
        }
    settings = ", ".join(f"{name}={value}" for name, value in list(said.items())[1:])
    return f"PostgreSQL {said['server_version'].split()[0]}, {settings}"


def _first(file: str, name: str) -> str:
    for line in Path(file).read_text().splitlines():
        if line.startswith(name):
            return line.split(":", 1)[1].strip()
    return ""
