"""The folder of a new domain: what `langso domain NAME --pillar P` writes. Its tests fail until it is a domain."""

import re
from dataclasses import dataclass
from pathlib import Path

from langso.kernel.errors import Invalid

PILLARS = ("government", "communication", "farm", "trade", "money", "society", "community", "insight")

README = """# {Name}

Purpose: *what this domain is for, in one sentence.*

## Words

*The words of the field, as they stand in `docs/words.md`.*

## Rules

*What is always true here.*

## Events

| out | when | reach |
|---|---|---|

| in | what happens |
|---|---|

## Screens

| who | address | what they do there |
|---|---|---|
"""

APPS = """from langso.kernel.domain import DomainConfig


class {Name}Config(DomainConfig):
    name = "langso.{pillar}.{name}"
    label = "{name}"
    uses = ()
"""

EVENTS = '''"""What happened in {name}: facts in the past tense."""
'''

MODELS = '''"""Tables of {name}."""
'''

RULES = '''"""Decisions of {name}: no Django, no database, no clock."""
'''

ACCESS = '''"""Who may do what in {name}: one function a question."""
'''

QUERIES = '''"""What others may read of {name}: frozen dataclasses."""
'''

SERVICES = '''"""What can be done in {name}: one transaction and its journal entries each."""
'''

TEST_README = '''"""A domain is described before it is built."""

from pathlib import Path


def test_the_readme_says_what_the_domain_is_for() -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    assert "*what this domain is for" not in readme, "write the purpose of {name} into its README.md"
'''

TEST_SERVICES = '''"""What {name} does, through its services."""

import inspect

from langso.{pillar}.{name} import services


def test_there_is_something_to_do() -> None:
    acts = [name for name, _ in inspect.getmembers(services, inspect.isfunction) if not name.startswith("_")]
    assert acts, "write the first service of {name}, then replace this test by one of what it does"
'''

TEST_ACCESS = '''"""Who may open what in {name}."""

from tests.access_table import Row, access_test

TABLE: tuple[Row, ...] = ()

test_access = access_test(TABLE)


def test_the_table_is_written() -> None:
    assert TABLE, "write a row for each address of {name}: who, method, URL, expected status"
'''

FILES = {
    "__init__.py": "",
    "README.md": README,
    "apps.py": APPS,
    "events.py": EVENTS,
    "models.py": MODELS,
    "rules.py": RULES,
    "access.py": ACCESS,
    "queries.py": QUERIES,
    "services.py": SERVICES,
    "tests/__init__.py": "",
    "tests/test_readme.py": TEST_README,
    "tests/test_services.py": TEST_SERVICES,
    "tests/test_access.py": TEST_ACCESS,
}


@dataclass(frozen=True, slots=True)
class NewDomain:
    folder: Path
    registration: str
    """The line to add to `DOMAINS` in `langso/site/settings.py`."""


def write_domain(package: Path, *, pillar: str, name: str) -> NewDomain:
    """Write the folder of a new domain under `package`. Raises `Invalid` for a bad name or one that is taken."""
    if pillar not in PILLARS:
        raise Invalid(f"There is no pillar {pillar!r}. Choose one of: {', '.join(PILLARS)}.")
    if not re.fullmatch(r"[a-z][a-z_]{2,30}", name):
        raise Invalid(f"{name!r} is no name for a domain: small letters and underscores, a noun of the field.")
    folder = package / pillar / name
    if folder.exists():
        raise Invalid(f"{folder} is there already.")
    words = {"name": name, "pillar": pillar, "Name": name.title().replace("_", "")}
    for file, text in FILES.items():
        place = folder / file
        place.parent.mkdir(parents=True, exist_ok=True)
        for key, word in words.items():
            text = text.replace("{" + key + "}", word)
        place.write_text(text, encoding="utf-8")
    (folder.parent / "__init__.py").touch()
    return NewDomain(folder, f'"langso.{pillar}.{name}",')
