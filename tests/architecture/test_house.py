"""The rules of the house. Each test first proves that it looked at every domain."""

import ast
import dataclasses
import inspect
import re
import typing
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import pytest
from django.apps import apps
from django.db import models

from langso.kernel.access.scope import CommuneModel
from tests.architecture import house

DOMAINS = house.domain_folders()
NAMES = [house.dotted(folder) for folder in DOMAINS]
BANNED = re.compile(r"(^|_)(utils?|helpers?|common|base|managers?)$")


def test_every_domain_is_known_to_django_and_to_these_tests() -> None:
    assert len(DOMAINS) >= 8, (
        "the house has at least places, people, organisations, surveys, plots, diary, products, trace"
    )
    for folder in DOMAINS:
        assert (folder / "apps.py").exists(), f"{folder}: no apps.py, so nothing of it is loaded or tested"
        assert (folder / "README.md").exists(), f"{folder}: no README.md"
        assert (folder / "tests").is_dir(), f"{folder}: no tests"
        house.config_of(folder)


@pytest.mark.parametrize("domain", NAMES)
def test_a_domain_is_entered_only_by_its_public_modules(domain: str) -> None:
    graph = house.imports()
    inside = graph.find_descendants(domain)
    assert inside, f"{domain}: the import graph knows nothing of it"
    wrong = [
        f"{importer} imports {module}"
        for module in inside
        for importer in graph.find_modules_that_directly_import(module)
        if not importer.startswith(f"{domain}.") and not _is_public(domain, module) and not _is_wiring(importer)
    ]
    assert wrong == []


def _is_public(domain: str, module: str) -> bool:
    return module.removeprefix(f"{domain}.").split(".")[0] in house.PUBLIC


def _is_wiring(importer: str) -> bool:
    return importer.startswith("langso.site.")


@pytest.mark.parametrize("folder", DOMAINS, ids=NAMES)
def test_uses_says_what_is_really_imported(folder: Path) -> None:
    graph, domain = house.imports(), house.dotted(folder)
    labels = {house.dotted(other): house.config_of(other).label for other in DOMAINS}
    real = {
        labels[other]
        for module in graph.find_descendants(domain)
        if ".tests" not in module
        for imported in graph.find_modules_directly_imported_by(module)
        for other in NAMES
        if other != domain and imported.startswith(f"{other}.")
    }
    assert set(house.config_of(folder).uses) == real


def _public_functions(domain: str) -> Iterator[tuple[ModuleType, str, typing.Callable[..., object]]]:
    for part in ("services", "queries"):
        if find_spec(f"{domain}.{part}"):
            module = import_module(f"{domain}.{part}")
            for name, function in inspect.getmembers(module, inspect.isfunction):
                if not name.startswith("_") and function.__module__.startswith(f"{domain}."):
                    yield module, name, function


def test_models_and_querysets_never_cross() -> None:
    looked = 0
    for domain in NAMES:
        for module, name, function in _public_functions(domain):
            looked += 1
            for label, hint in typing.get_type_hints(function).items():
                assert not _speaks_of_rows(hint), f"{module.__name__}.{name}: {label} is {hint}"
    assert looked > 60


def _speaks_of_rows(hint: object) -> bool:
    parts = [hint, *typing.get_args(hint)]
    return any(isinstance(part, type) and issubclass(part, models.Model) for part in parts) or any(
        isinstance(typing.get_origin(part) or part, type)
        and issubclass(typing.get_origin(part) or part, (models.QuerySet, models.Manager))  # type: ignore[arg-type]
        for part in parts
    )


def test_public_functions_say_what_they_do_and_take_keywords() -> None:
    looked = 0
    for domain in NAMES:
        for module, name, function in _public_functions(domain):
            looked += 1
            where = f"{module.__name__}.{name}"
            positional = [
                parameter
                for parameter in inspect.signature(function).parameters.values()
                if parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD)
            ]
            assert len(positional) <= 1, f"{where}: only the first argument may be positional"
            if module.__name__.endswith("services"):
                assert inspect.getdoc(function), f"{where}: no docstring"
    assert looked > 60


def test_foreign_keys_stay_at_home_or_point_to_the_community() -> None:
    looked, wrong = 0, []
    for model in apps.get_models():
        home = model.__module__.removesuffix(".models").split(".models.")[0]
        if not home.startswith("langso."):
            continue
        looked += 1
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if not isinstance(field, models.ForeignKey) or not isinstance(target, type):
                continue
            abroad = target.__module__.split(".models")[0]
            if abroad != home and not abroad.startswith(("langso.community.", "langso.kernel.")):
                wrong.append(f"{model.__name__}.{field.name} points to {target.__name__}")
    assert looked > 20
    assert wrong == []


def test_every_table_of_a_domain_carries_its_commune() -> None:
    """Only what is the same in the whole country is everybody's: units and their outlines, lists of allowed inputs. And
    what the province says of a box is the hub's own: it does not move along with the commune's records."""
    everybodys = {
        "AdminUnit",
        "Succession",
        "UnitChange",
        "BoundaryLayer",
        "Outline",
        "InputList",
        "ListedInput",
        "KnownAlarm",
    }
    looked = 0
    for model in apps.get_models():
        if not any(model.__module__.startswith(f"{name}.") for name in NAMES) or model._meta.proxy:
            continue
        looked += 1
        if model.__name__ in everybodys:
            continue
        assert issubclass(model, CommuneModel), f"{model.__name__} is not a CommuneModel"
    assert looked > 20


def test_no_save_override_and_no_signals() -> None:
    files = house.python_files()
    assert len(files) > 100
    for file in files:
        if "tests" in file.parts:
            continue
        for node in ast.walk(house.tree_of(file)):
            if isinstance(node, ast.FunctionDef) and file.name == "models.py":
                assert node.name not in ("save", "delete"), f"{file}: {node.name}() is overridden"
            if isinstance(node, ast.ImportFrom):
                assert node.module not in ("django.db.models.signals", "django.dispatch"), f"{file}: uses signals"


def test_files_are_small_and_well_named() -> None:
    looked = 0
    for file in [*house.python_files(), *(house.ROOT / "tests").rglob("*.py"), *(house.ROOT / "demo").rglob("*.py")]:
        looked += 1
        assert not BANNED.search(file.stem), f"{file}: a module is named for what it knows"
        lines = len(file.read_text(encoding="utf-8").splitlines())
        assert lines <= 400, f"{file}: {lines} lines; make it a folder"
    assert looked > 150


def test_times_end_in_at_and_dates_in_date() -> None:
    looked = 0
    for model in apps.get_models():
        if not model.__module__.startswith("langso."):
            continue
        for field in model._meta.concrete_fields:
            looked += 1
            where = f"{model.__name__}.{field.name}"
            if isinstance(field, models.DateTimeField):
                assert field.name.endswith("_at") or field.name == "last_login", where
            elif isinstance(field, models.DateField):
                assert field.name.endswith(("_date", "valid_from", "valid_to", "valid_until")), where
    assert looked > 150


def test_rules_are_pure() -> None:
    looked = 0
    for folder in DOMAINS:
        for file in [*folder.glob("rules.py"), *folder.glob("rules/*.py")]:
            looked += 1
            for node in ast.walk(house.tree_of(file)):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom):
                    names = [node.module or ""]
                for name in names:
                    outside = name.split(".")[0] == "django" and name != "django.utils.translation"
                    assert not outside, f"{file}: imports {name}"
                    assert name != "langso.kernel.clock", f"{file}: looks at the clock"
    assert looked >= 3


def test_what_crosses_is_frozen() -> None:
    looked = 0
    for domain in NAMES:
        for part in ("queries", "events"):
            if not find_spec(f"{domain}.{part}"):
                continue
            for name, made in inspect.getmembers(import_module(f"{domain}.{part}"), inspect.isclass):
                if dataclasses.is_dataclass(made) and made.__module__.startswith(f"{domain}."):
                    looked += 1
                    assert made.__dataclass_params__.frozen, f"{domain}.{part}.{name} can be changed"  # type: ignore[attr-defined]
    assert looked > 40
