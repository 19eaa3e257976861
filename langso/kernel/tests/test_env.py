"""A setting that is a number is one, or the node says which is not and what it wants."""

import pytest

from langso.kernel import env


@pytest.fixture(autouse=True)
def undeclared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(env, "DECLARED", {})


@pytest.mark.parametrize(("given", "expected"), [(None, 24), ("1", 1), ("48", 48)])
def test_a_whole_number_is_read(monkeypatch: pytest.MonkeyPatch, given: str | None, expected: int) -> None:
    if given is not None:
        monkeypatch.setenv("LANGSO_TRIED", given)
    assert env.number("LANGSO_TRIED", 24, "tried") == expected
    assert env.DECLARED["LANGSO_TRIED"].default == "24"


@pytest.mark.parametrize("given", ["0", "-1", "1.5", "a day", ""])
def test_anything_else_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("LANGSO_TRIED", given)
    with pytest.raises(env.BadSetting, match="LANGSO_TRIED must be a whole number from 1"):
        env.number("LANGSO_TRIED", 24, "tried")
