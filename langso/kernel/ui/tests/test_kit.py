"""The page /ui/ shows every tag in both languages; nothing in any template needs inline script or style."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import Client

from langso.kernel.ui.icons import sprite_of, sprites
from langso.kernel.ui.templatetags.ui import ACT_KINDS, LEVEL_ICONS, register
from langso.kernel.ui.views import SampleForm

KIT = Path(__file__).parent.parent / "templates" / "ui" / "kit.html"
ASSETS = Path(settings.REPOSITORY) / "assets"
TEMPLATES = sorted((Path(settings.REPOSITORY) / "langso").glob("**/templates/**/*.html"))
LAYOUT_ONLY = {"style_here", "page_title"}


def test_every_tag_is_shown() -> None:
    shown = set(re.findall(r"{% (\w+)", KIT.read_text(encoding="utf-8")))
    tags = set(register.tags) - LAYOUT_ONLY
    assert len(tags) > 12
    assert tags <= shown, f"not on the page /ui/: {sorted(tags - shown)}"


@pytest.mark.django_db
def test_every_level_kind_and_icon_is_shown(client: Client) -> None:
    page = client.get("/ui/").content.decode()
    assert all(f'class="badge {level}"' in page for level in LEVEL_ICONS)
    assert all(f"act-{kind}" in page for kind in ACT_KINDS)
    assert all(f"{file}#{name}" in page for name, file in sprites().items())


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "word"), [("vi", "Đã xác nhận"), ("en", "Confirmed")])
def test_both_languages(client: Client, language: str, word: str) -> None:
    page = client.get("/ui/", headers={"Accept-Language": language}).content.decode()
    assert f'<html lang="{language}">' in page
    assert word in page


@pytest.mark.django_db
def test_language_switch_needs_no_script(client: Client) -> None:
    answer = client.post("/i18n/setlang/", {"language": "en", "next": "/ui/"})
    assert (answer.status_code, answer["Location"]) == (302, "/ui/")
    assert '<html lang="en">' in client.get("/ui/", headers={"Accept-Language": "vi"}).content.decode()


def test_sprites_hold_the_listed_icons() -> None:
    for name, file in sprites().items():
        assert f'<symbol id="{name}"' in (ASSETS / "icons" / file).read_text(encoding="utf-8")
    assert "Lucide" in (ASSETS / "icons" / "icons.svg").read_text(encoding="utf-8")
    assert "ISC License" in (ASSETS / "icons" / "LICENSE.txt").read_text(encoding="utf-8")


def test_unknown_icon_names_its_neighbours() -> None:
    with pytest.raises(ValueError, match="sprout"):
        sprite_of("sproot")


def test_templates_name_icons_that_exist() -> None:
    assert len(TEMPLATES) > 20
    for file in TEMPLATES:
        text = file.read_text(encoding="utf-8")
        for name in re.findall(r'{% icon "([^"]+)"|icon="([^"]+)"', text):
            sprite_of("".join(name))


def test_no_inline_script_or_style() -> None:
    forbidden = re.compile(r"""\sstyle=|\son[a-z]+=["']|<style|<script(?![^>]*\ssrc=)|javascript:""", re.IGNORECASE)
    for file in TEMPLATES:
        assert not forbidden.search(file.read_text(encoding="utf-8")), file


def render(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def test_field_is_joined_for_screen_readers() -> None:
    form = SampleForm({"amount": "x"})
    html = render("{% field form.amount %}", form=form)
    assert 'aria-describedby="id_amount_helptext id_amount_error"' in html
    assert 'id="id_amount_error"' in html
    assert 'id="id_amount_helptext"' in html
    assert 'for="id_amount"' in html
    assert 'aria-invalid="true"' in html


def test_form_errors_lead_to_their_fields() -> None:
    form = SampleForm({"amount": "x"})
    html = render("{% form_errors form %}", form=form)
    assert html.count("<li>") == len(form.errors)
    page = html + render("{% for bound in form %}{% field bound %}{% endfor %}", form=form)
    for target in re.findall(r'href="#([^"]+)"', html):
        assert f'id="{target}"' in page
    assert not render("{% form_errors form %}", form=SampleForm()).strip()


def test_stepper_offers_last_value_with_and_without_script() -> None:
    html = render('{% stepper form.amount unit="kg" last=2.5 step="0.5" %}', form=SampleForm())
    assert 'inputmode="decimal"' in html
    assert 'data-max="500"' in html
    assert html.count("kg") == 3
    assert "data-fill" in html
    assert "no-js-only" in html


def test_choices_can_be_sent_by_one_touch() -> None:
    html = render("{% choices form.activity submit=True %}", form=SampleForm())
    assert html.count('<button class="choice" type="submit" name="activity"') == 6
    assert "#sickle" in html


def test_text_is_escaped() -> None:
    html = render(
        '{% card title=bad %}x{% endcard %}{% badge "ok" bad %}{% empty bad bad %}{% tile bad "/" "leaf" %}'
        "{% facts pairs %}{% timeline happened %}{% short_timeline happened %}{% notice title=bad %}x{% endnotice %}",
        bad="<b>",
        pairs=[("<b>", "<b>")],
        happened=[{"title": "<b>", "text": "<b>", "by": "<b>"}],
    )
    assert "<b>" not in html
    assert html.count("&lt;b&gt;") == 14


@pytest.mark.parametrize("source", ['{% badge "red" "x" %}', '{% act "x" kind="big" %}', '{% icon "unicorn" %}'])
def test_wrong_words_raise(source: str) -> None:
    with pytest.raises(ValueError):
        render(source)
