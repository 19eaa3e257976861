import pytest
from django.http import HttpResponse
from django.test import Client

from langso.kernel.ui.testing import faults_on_screen

pytestmark = [pytest.mark.django_db, pytest.mark.journey]


def test_kit_and_refusals_have_no_fault(client: Client) -> None:
    def get(path: str, language: str) -> HttpResponse:
        return client.get(path, headers={"Accept-Language": language})

    assert faults_on_screen({"/ui/": get("/ui/", "vi"), "/no/such/page/": get("/no/such/page/", "vi")}) == []
    assert faults_on_screen({"/ui/?language=en": get("/ui/", "en")}, widths=(360,)) == []
