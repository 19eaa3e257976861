"""The page of all settings, made from their declarations."""

from langso.kernel.env import DECLARED, Setting

HEAD = """# Settings

A node is configured by its environment. Each name may also be given as `NAME_FILE`, the path of a file that holds the
value. This page is printed by `langso settings`; a test compares the two.

| name | default | meaning |
|---|---|---|
"""


def settings_page() -> str:
    """The whole page as Markdown, one line a setting in the order of their names."""
    lines = [
        f"| `{setting.name}` | {_default(setting)} | {setting.meaning}{' Secret.' if setting.secret else ''} |"
        for setting in sorted(DECLARED.values(), key=lambda setting: setting.name)
    ]
    return HEAD + "\n".join(lines) + "\n"


def _default(setting: Setting) -> str:
    """Folders differ from machine to machine: the page says where they lie, not what they are called here."""
    if setting.name == "LANGSO_DATA":
        return "`var` in the checkout"
    return f"`{setting.default}`" if setting.default else "empty"
