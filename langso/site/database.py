"""Where records live: SQLite in the data folder, or PostgreSQL by `DATABASE_URL`."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from langso.kernel.env import BadSetting

SQLITE_START = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA mmap_size=134217728;"

# What a box holds fits into its memory or lies on flash, where a jump costs hardly more than reading on. Our questions
# are short: compiling one would take longer than answering it.
POSTGRES_START = "-c random_page_cost=1.1 -c jit=off"


def database(url: str, data: Path) -> dict[str, Any]:
    """Django's settings of the one database. Raises `BadSetting` for an address that is not PostgreSQL's."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": data / "langso.sqlite3",
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_START},
            # Opening SQLite reads the whole schema: each of the web server's threads keeps its connection.
            "CONN_MAX_AGE": None,
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise BadSetting(f"DATABASE_URL must begin with postgres://, not {parts.scheme}://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or 5432),
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": 10},
            "options": POSTGRES_START,
            # A page asks the same questions again and again: each connection plans one once.
            "server_side_binding": True,
            "prepare_threshold": 2,
        },
    }
