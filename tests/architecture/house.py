"""What the architecture tests look at: every domain of the house, found in the folders and not from a list."""

import ast
from functools import cache
from pathlib import Path

import grimp
from django.apps import apps

from langso.kernel.domain import DomainConfig

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "langso"
PILLARS = ("government", "communication", "farm", "trade", "money", "society")
FLOORS = (*PILLARS, "community", "insight")
PUBLIC = ("services", "queries", "events", "testing")


def domain_folders() -> list[Path]:
    """Every folder of a pillar, of `community` or of `insight` that holds Python."""
    return sorted(
        folder
        for floor in FLOORS
        for folder in (PACKAGE / floor).glob("*/")
        if any(folder.glob("*.py")) and folder.name != "__pycache__"
    )


def app_folders() -> list[Path]:
    """Every folder with an `apps.py`: domains, kernel parts, gateways and pages."""
    return sorted(file.parent for file in PACKAGE.rglob("apps.py"))


def config_of(folder: Path) -> DomainConfig:
    """The loaded app of a folder. Fails when Django does not know it: then no test would have looked at it."""
    name = ".".join(folder.relative_to(ROOT).parts)
    (config,) = [config for config in apps.get_app_configs() if config.name == name]
    assert isinstance(config, DomainConfig), f"{name}: its AppConfig is not a DomainConfig"
    return config


def dotted(folder: Path) -> str:
    return ".".join(folder.relative_to(ROOT).parts)


def python_files() -> list[Path]:
    return sorted(file for file in PACKAGE.rglob("*.py") if "migrations" not in file.parts)


def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def imports() -> grimp.ImportGraph:
    """Who imports whom, module by module, tests and builders included."""
    return grimp.build_graph("langso", cache_dir=None)
