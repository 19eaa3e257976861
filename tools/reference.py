"""The reference pages of the documentation, made from the program itself.

    python -m tools.reference          write docs/reference/*.md anew
    python -m tools.reference --check  fail when a page is not what the program says

Screens come from the addresses, the first line of each view, and the access tables of the tests: who gets a page there
gets it here. Endpoints come from the OpenAPI description, events from their classes, commands from their help.
"""

import importlib
import inspect
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "langso.site.settings")
django.setup()

from django.core.management import get_commands, load_command_class  # noqa: E402
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve  # noqa: E402
from django.utils import translation  # noqa: E402

from langso.kernel.journal.events import KINDS, card_of  # noqa: E402
from langso.site.api import api  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "reference"
WHO = {
    "nobody": "everybody",
    "an": "resident",
    "binh": "resident",
    "chi": "resident",
    "dung": "officer",
    "giang": "helper",
    "ha": "cooperative manager",
    "khanh": "inspector",
    "minh": "province officer",
    "oanh": "operator",
}
WELCOME = (200, 201, 202, 204)


@dataclass(frozen=True)
class Address:
    route: str
    name: str
    what: str


def addresses() -> list[Address]:
    """Every address of the site but the API's, with what its view says of itself."""
    return sorted(set(_walk(get_resolver(), "/", "")), key=lambda address: address.route)


def _walk(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        route = prefix + re.sub(r"[\^$]|\\Z", "", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            if pattern.namespace != "api":
                yield from _walk(pattern, route, inner)
        elif isinstance(pattern, URLPattern):
            yield Address(route, namespace + (pattern.name or ""), _first_line(pattern.callback))


def _first_line(made: object) -> str:
    unwrapped = inspect.unwrap(getattr(made, "view_class", made))  # type: ignore[arg-type]
    line = (inspect.getdoc(unwrapped) or "").split("\n\n")[0].replace("\n", " ").rstrip(".")
    return re.sub(r"^`/[^`]*`: ", "", line)


def welcomed() -> dict[str, set[str]]:
    """Route name -> the kinds of people who, by some access table, are let in."""
    found: dict[str, set[str]] = {}
    for file in sorted(ROOT.glob("langso/**/tests/test_access.py")):
        module = importlib.import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
        for row in module.TABLE:
            try:
                match = resolve(_plain(row.url))
            except Resolver404:
                continue
            kinds = found.setdefault(match.view_name, set())
            inside = row.expected == 302 and row.method == "POST" and row.who != "nobody"
            if (row.expected in WELCOME or inside) and row.who in WHO:
                kinds.add(WHO[row.who])
    return found


def _plain(url: str) -> str:
    """An address of a table with something harmless in place of what the test fills in."""
    return re.sub(r"\{(\w+)\}", _stand_in, url).split("?")[0]


def _stand_in(match: re.Match[str]) -> str:
    name = match.group(1)
    if "code" in name:
        return "0123456789A"
    return "f" * 64 if "sha" in name else "01900000-0000-7000-8000-000000000000"


def screens() -> str:
    who = welcomed()
    lines = ["# Screens", "", "Every address of a node and who is let in, by the access tables that run as tests.", ""]
    lines += ["| address | what | who |", "|---|---|---|"]
    for address in addresses():
        kinds = who.get(address.name, set())
        shown = "everybody" if "everybody" in kinds else ", ".join(sorted(kinds))
        lines.append(f"| `{address.route}` | {address.what} | {shown} |")
    return "\n".join(lines) + "\n"


def endpoints() -> str:
    described = api.get_openapi_schema()
    lines = ["# JSON endpoints", "", "The full description is at `/api/openapi.json`. Errors have one shape:"]
    lines += ['`{"error": {"code", "message", "fields"}}`.', "", "| method | path | what |", "|---|---|---|"]
    for path, methods in sorted(described["paths"].items()):
        for method, act in methods.items():
            what = (act.get("description") or act.get("summary", "")).split("\n\n")[0].replace("\n", " ").rstrip(".")
            lines.append(f"| {method.upper()} | `{path}` | {what} |")
    return "\n".join(lines) + "\n"


def events() -> str:
    lines = ["# Events of the journal", "", "| kind | what happened | reach |", "|---|---|---|"]
    for kind, fact in sorted(KINDS.items()):
        if ".tests." not in kind:
            lines.append(f"| `{kind}` | {_first_line(fact)} | {card_of(fact).reach.name} |")
    return "\n".join(lines) + "\n"


def commands() -> str:
    own = {name: app for name, app in get_commands().items() if app.startswith(("langso.", "demo"))}
    lines = ["# Commands", "", "`langso COMMAND --data DIR …`; `langso COMMAND --help` tells the options.", ""]
    lines += ["| command | what |", "|---|---|", "| `up` | Start web and worker, and watch over them |"]
    for name, app in sorted(own.items()):
        lines.append(f"| `{name}` | {load_command_class(app, name).help.rstrip('.')} |")
    return "\n".join(lines) + "\n"


def pages() -> dict[Path, str]:
    for file in ROOT.glob("langso/*/*/events.py"):
        importlib.import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
    with translation.override("en"):
        made = {"screens": screens(), "endpoints": endpoints(), "events": events(), "commands": commands()}
    return {PAGES / f"{name}.md": text for name, text in made.items()}


def main(arguments: list[str]) -> int:
    stale = 0
    for page, text in pages().items():
        if "--check" in arguments:
            if not page.exists() or page.read_text(encoding="utf-8") != text:
                print(f"{page.relative_to(ROOT)} is not what the program says: python -m tools.reference")
                stale = 1
        else:
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(text, encoding="utf-8")
    return stale


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
