"""`langso`: the one command of a node.

    langso up --port 8000 --data DIR [--demo] [--role commune|hub]
    langso restore --from BACKUPS --data DIR
    langso token --data DIR --as ROLE
    langso help                                every other command

`up` runs here, without Django, because the supervisor should weigh little, and `restore`, because there is no node yet.
Everything else is a management command of the domain it belongs to; `--data DIR` decides beforehand where this node
keeps everything.
"""

import os
import sys
from collections.abc import Sequence

from django.core.management import execute_from_command_line

from langso import __version__
from langso.kernel.env import BadSetting
from langso.site.up import up


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a sub-command; returns its exit code: 0 done, 1 refused or failed, 2 called wrongly."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "langso.site.settings")
    if given[:1] == ["--version"]:
        print(__version__)
        return 0
    try:
        if given[:1] == ["up"]:
            return up(given[1:])
        if given[:1] == ["restore"] and makes_node(given):
            os.execv(sys.executable, [sys.executable, "-m", "langso.site.restore", *given[1:]])  # noqa: S606
        data, rest = take_data(given)
        if data:
            os.environ["LANGSO_DATA"] = os.path.abspath(data)
        execute_from_command_line(["langso", *rest])
    except BadSetting as problem:
        print(f"langso: {problem}", file=sys.stderr)
        return 2
    return 0


def makes_node(arguments: list[str]) -> bool:
    """Whether `langso restore …` makes a folder from a backup: then there is no node yet that could be asked."""
    return any(argument == "--from" or argument.startswith("--from=") for argument in arguments)


def take_data(arguments: list[str]) -> tuple[str, list[str]]:
    """Split `--data DIR` or `--data=DIR` from the other arguments. Raises `BadSetting` when the folder is not named."""
    rest = list(arguments)
    for index, argument in enumerate(rest):
        if argument == "--data":
            if index + 1 == len(rest):
                raise BadSetting("--data needs a folder")
            return rest[index + 1], rest[:index] + rest[index + 2 :]
        if argument.startswith("--data="):
            return argument.removeprefix("--data="), rest[:index] + rest[index + 1 :]
    return "", rest


if __name__ == "__main__":
    sys.exit(main())
