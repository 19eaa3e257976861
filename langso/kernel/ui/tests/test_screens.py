import pytest
from django.test import Client

from langso.kernel.ui.testing import faults_on_screen

pytestmark = [pytest.mark.django_db, pytest.mark.journey]


def test_kit_and_refusals_have_no_fault(client: Client) -> None:
    answers = {
        f"{path}?language={language}": client.get(path, headers={"Accept-Language": language})
        for path in ("/ui/", "/no/such/page/")
        for language in ("vi", "en")
    }
    assert faults_on_screen(answers) == []
