"""What became public of a lot, with proofs that are checked without this node."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from langso.kernel.transparency.rules.notes import read_verifier
from langso.kernel.transparency.rules.proofs import check_proof
from langso.kernel.transparency.services import sign, take_in
from langso.kernel.ui.testing import faults_on_screen
from langso.trade.trace import services
from langso.trade.trace.testing import code_of, make_lot
from tests.cast import HOME, Cast

pytestmark = pytest.mark.django_db


def test_each_line_is_signed_and_proved(cast: Cast, client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    lot = make_lot(organisation_id=cast.cooperative)
    make_lot(organisation_id=cast.cooperative)
    code = code_of(lot)
    services.hold_lot(cast.actor("khanh"), lot_id=lot, reason="Chờ kết quả")
    before = client.get(f"/lot/{code}/record/", HTTP_ACCEPT_LANGUAGE="en")
    assert before.content.decode().count("recorded, not signed yet") == 2
    while take_in(HOME):
        pass
    sign(HOME, not_within=timedelta(0))
    after = client.get(f"/lot/{code}/record/", HTTP_ACCEPT_LANGUAGE="en")
    shown = after.content.decode()
    assert shown.count("recorded and signed") == 2
    key = re.search(r"--key &quot;(.+?)&quot;|--key \"(.+?)\"", shown)
    assert key
    verifier = read_verifier(key[1] or key[2])
    proofs = [client.get(each).content for each in re.findall(r"/log/proofs/[0-9a-f-]+/", shown)]
    proven = [check_proof(each, verifier) for each in proofs]
    assert [each.kind for each in proven] == ["trade.trace.lot_issued.v1", "trade.trace.lot_held.v1"]
    assert proven[0].body["lot"]["code"] == code
    assert "What was recorded" in client.get(f"/lot/{code}", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert faults_on_screen({"/before/": before, "/after/": after}) == []


def test_a_code_that_was_never_issued_has_no_record(client: Client) -> None:
    assert client.get("/lot/0000000000/record/").status_code == 404
