import pytest
from django.test import Client

from langso.kernel.ui.testing import faults_on_screen

pytestmark = [pytest.mark.django_db, pytest.mark.journey]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_kit_has_no_fault(client: Client, language: str) -> None:
    headers = {"Accept-Language": language}
    answers = {address: client.get(address, headers=headers) for address in ("/ui/", "/no/such/page/")}
    assert faults_on_screen(answers) == []
