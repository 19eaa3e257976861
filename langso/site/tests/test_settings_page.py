"""Every setting stands on its page in the documentation."""

from pathlib import Path

from langso.site.settings_page import settings_page

PAGE = Path(__file__).resolve().parents[3] / "docs" / "operate" / "settings.md"


def test_the_page_of_settings_is_the_list_of_settings() -> None:
    assert "LANGSO_DATA" in settings_page()
    assert PAGE.read_text(encoding="utf-8") == settings_page(), (
        "write it anew: langso settings > docs/operate/settings.md"
    )
