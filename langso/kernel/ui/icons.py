"""The names that `{% icon %}` knows, and the sprite file in which each drawing stands."""

from difflib import get_close_matches
from functools import cache
from pathlib import Path

LIST = Path(__file__).with_name("icons.txt")


@cache
def sprites() -> dict[str, str]:
    """Icon name -> file name of its sprite, as `icons.txt` lists them."""
    found: dict[str, str] = {}
    sprite = ""
    for line in LIST.read_text(encoding="utf-8").splitlines():
        words = line.split("#")[0].split()
        if not words:
            continue
        if words[0].startswith("["):
            sprite = f"{words[0].strip('[]')}.svg"
        else:
            found[words[0]] = sprite
    return found


def sprite_of(name: str) -> str:
    """The sprite file of an icon. Raises `ValueError`, with the nearest names, for one that nobody drew."""
    try:
        return sprites()[name]
    except KeyError:
        near = ", ".join(get_close_matches(name, sprites(), n=4, cutoff=0.4))
        raise ValueError(f"no icon is called {name!r}; near it: {near or 'none'} (see {LIST.name})") from None
