"""Texts of each domain: collect English message ids, check and compile the Vietnamese.

python -m tools.texts update [FOLDER …]    collect message ids into locale/vi/LC_MESSAGES/django.po
python -m tools.texts check                fail when a Vietnamese text is missing, fuzzy, stale or loses a placeholder
python -m tools.texts compile              write the .mo files that Django reads
"""

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PLACE = Path("locale/vi/LC_MESSAGES/django.po")
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "npgettext": ((1, "c"), 2, 3),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}|%[sd]")


PACKAGE = ROOT / "langso"


def apps() -> list[Path]:
    """Every folder that holds an app: it has an `apps.py`."""
    return sorted(file.parent for file in PACKAGE.rglob("apps.py"))


def catalogues() -> list[Path]:
    """One catalogue an app, and one at the top for the modules that belong to no app."""
    return [PACKAGE, *apps()]


def sources(folder: Path) -> list[Path]:
    """The files whose texts stand in a folder's catalogue."""
    files = sorted([*folder.rglob("*.py"), *folder.rglob("*.html"), *folder.rglob("*.txt")])
    if folder == PACKAGE:
        owned = apps()
        files = [file for file in files if not any(file.is_relative_to(app) for app in owned)]
    return files


def collect(folder: Path) -> Catalog:
    """All message ids in the Python files and templates of a domain."""
    found = Catalog(locale="vi", fuzzy=False)
    for file in sources(folder):
        inside = file.relative_to(folder)
        if {"tests", "migrations", "locale"} & set(inside.parts) or file.name in ("testing.py",):
            continue
        for context, singular, plural in messages_of(file):
            key = (singular, plural) if plural else singular
            found.add(key, context=context, locations=[(inside.as_posix(), 0)], flags=flags_of(singular))
    return found


def flags_of(text: str) -> set[str]:
    return {"python-format"} if re.search(r"%\(\w+\)[sd]|%[sd]", text) else set()


def messages_of(file: Path) -> Iterator[tuple[str | None, str, str | None]]:
    """(context, singular, plural) of each message in a file."""
    source = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        source = templatize(source)
    stream = io.BytesIO(source.encode())
    found: Iterator[Any] = extract_python(stream, KEYWORDS, [], {"encoding": "utf-8"})
    for _line, function, texts, _comments in found:
        given = [text for text in (texts if isinstance(texts, tuple) else (texts,)) if text is not None]
        if not given:
            continue
        context = given.pop(0) if "pgettext" in function else None
        if not given:
            continue
        yield context, given[0], given[1] if "ngettext" in function or "npgettext" in function else None


def hidden(file: Path) -> Iterator[int]:
    """Lines of a Python file where a text is asked for inside an f-string, which Babel reads as one dead string."""
    for formatted in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(formatted, ast.JoinedStr):
            calls = (node for node in ast.walk(formatted) if isinstance(node, ast.Call))
            yield from (call.lineno for call in calls if isinstance(call.func, ast.Name) and call.func.id in KEYWORDS)


def read(file: Path) -> Catalog:
    if not file.exists():
        return Catalog(locale="vi", fuzzy=False)
    with file.open("rb") as stream:
        return read_po(stream, locale="vi")


def update(folder: Path) -> None:
    """Bring the domain's .po to its message ids: new ones empty, stale ones out, written texts kept."""
    found, written = collect(folder), read(folder / PLACE)
    if not len(found):
        return
    for message in found:
        known = written.get(message.id, context=message.context) if message.id else None
        if known and known.string:
            message.string = known.string
    file = folder / PLACE
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as stream:
        write_po(stream, found, omit_header=False, sort_output=True, width=110, include_lineno=False)
    text = file.read_text(encoding="utf-8")
    file.write_text(
        re.sub(
            r'^"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team|'
            r"Report-Msgid-Bugs-To|Project-Id-Version): .*\n",
            "",
            text,
            flags=re.M,
        ),
        encoding="utf-8",
    )


def faults(folder: Path) -> Iterator[str]:
    """What is wrong with a domain's Vietnamese."""
    found, written = collect(folder), read(folder / PLACE)
    name = folder.relative_to(ROOT)
    for message in found:
        if message.id:
            known = written.get(message.id, context=message.context)
            yield from (f"{name}: {fault}: {message.id!r}" for fault in _faults_of(message, known))
    for message in written:
        if message.id and found.get(message.id, context=message.context) is None:
            yield f"{name}: stale: {message.id!r}"
    for file in sources(folder):
        for line in hidden(file) if file.suffix == ".py" else ():
            yield f"{file.relative_to(ROOT)}:{line}: a text inside an f-string is not found"


def _faults_of(message: Message, known: Message | None) -> Iterator[str]:
    if known is None or not _complete(known):
        yield "no Vietnamese"
        return
    if known.fuzzy:
        yield "fuzzy"
    if _placeholders(known.string) != _placeholders(message.id):
        yield "placeholders differ"


def _complete(message: Message) -> bool:
    texts = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return bool(texts) and all(texts)


def _placeholders(text: object) -> set[str]:
    parts = text if isinstance(text, (tuple, list)) else (text,)
    return {match.group(0) for part in parts for match in PLACEHOLDER.finditer(str(part))}


def compile_all() -> None:
    for folder in catalogues():
        file = folder / PLACE
        if file.exists():
            with file.with_suffix(".mo").open("wb") as stream:
                write_mo(stream, read(file))


def main(arguments: list[str]) -> int:
    settings.configure(USE_I18N=True)
    django.setup()
    act, folders = arguments[0], [ROOT / name for name in arguments[1:]] or catalogues()
    if act == "update":
        for folder in folders:
            update(folder.resolve())
    elif act == "compile":
        compile_all()
    elif act == "check":
        problems = [problem for folder in folders for problem in faults(folder.resolve())]
        print("\n".join(problems) or f"{len(folders)} catalogues are complete")
        return 1 if problems else 0
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["help"]))
