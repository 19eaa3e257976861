"""Products from draft to withdrawal, through the services."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from langso.kernel import clock
from langso.kernel.access.require import NotAllowed, SignInNeeded
from langso.kernel.access.scope import commune_scope
from langso.kernel.errors import Invalid, NotHere
from langso.kernel.journal.events import Reach
from langso.kernel.journal.models import Entry
from langso.kernel.text import Translated
from langso.kernel.units import Unit
from langso.trade.products import queries, services
from langso.trade.products.models import Certificate, ProductStep
from langso.trade.products.rules import CertificateKind, Standing
from langso.trade.products.testing import make_certificate, make_product
from tests.cast import ELSEWHERE, Cast

pytestmark = pytest.mark.django_db

NOODLES = services.Description(
    name=Translated(vi="Miến dong Bình Lư", en="Canna noodles"),
    unit=Unit.KG,
    story=Translated(vi="Làm từ củ dong riềng."),
    packs=(services.PackDescription(Unit.BAG, Decimal("0.5"), Unit.KG),),
    shelf_life_days=365,
)


def entries(kind: str) -> list[Entry]:
    return list(Entry.objects.filter(kind__startswith=f"trade.products.{kind}.").order_by("position"))


def describe(cast: Cast, who: str = "ha", **changes: Any) -> UUID:
    description = services.Description(**{**{f: getattr(NOODLES, f) for f in NOODLES.__slots__}, **changes})
    return services.describe_product(cast.actor(who), description=description, organisation_id=cast.cooperative)


def test_a_draft_stays_here_and_publishing_tells_everything(cast: Cast) -> None:
    product_id = describe(cast)
    (described,) = entries("product_described")
    assert described.reach == Reach.HERE
    services.publish_product(cast.actor("ha"), product_id=product_id)
    (published,) = entries("product_published")
    assert published.reach == Reach.PUBLIC
    facts = published.body["product"]
    assert facts["name"] == {"vi": "Miến dong Bình Lư", "en": "Canna noodles"}
    assert facts["maker"]["name"] == "Hợp tác xã miến dong"
    assert facts["packs"] == [{"unit": "BAG", "content": "0.500", "content_unit": "KG"}]
    assert facts["state"] == "PUBLISHED"


def test_who_did_what_when_stands_in_rows(cast: Cast) -> None:
    product_id = describe(cast)
    services.publish_product(cast.actor("ha"), product_id=product_id)
    services.withdraw_product(cast.actor("ha"), product_id=product_id, reason="Hết mùa")
    services.publish_product(cast.actor("ha"), product_id=product_id)
    steps = list(ProductStep.objects.filter(product_id=product_id).values_list("state", "reason", "by_name"))
    assert [state for state, _reason, _name in steps] == ["DRAFT", "PUBLISHED", "WITHDRAWN", "PUBLISHED"]
    assert steps[2] == ("WITHDRAWN", "Hết mùa", "Lý Thị Hà")


def test_publishing_twice_is_refused(cast: Cast) -> None:
    product_id = make_product(organisation_id=cast.cooperative)
    with pytest.raises(services.NotInThatState):
        services.publish_product(cast.actor("ha"), product_id=product_id)


@pytest.mark.parametrize(
    ("who", "refusal"), [("an", NotAllowed), ("dung", NotAllowed), ("khanh", NotAllowed), ("nobody", SignInNeeded)]
)
def test_only_the_makers_people_and_helpers_write(cast: Cast, who: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        describe(cast, who)


def test_a_helper_writes_but_does_not_publish_for_a_cooperative(cast: Cast) -> None:
    product_id = describe(cast, "giang")
    with pytest.raises(NotAllowed):
        services.publish_product(cast.actor("giang"), product_id=product_id)


def test_a_household_writes_and_publishes_its_own(cast: Cast) -> None:
    product_id = services.describe_product(cast.actor("binh"), description=NOODLES, household_id=cast.household)
    services.publish_product(cast.actor("binh"), product_id=product_id)
    with pytest.raises(NotAllowed):
        services.change_product(cast.actor("chi"), product_id=product_id, description=NOODLES)


def test_anothers_draft_is_not_there(cast: Cast) -> None:
    product_id = describe(cast)
    with pytest.raises(NotHere):
        services.change_product(cast.actor("chi"), product_id=product_id, description=NOODLES)


def test_another_communes_product_is_not_there(cast: Cast) -> None:
    product_id = make_product(organisation_id=cast.cooperative)
    with commune_scope(ELSEWHERE), pytest.raises(NotHere):
        services.publish_product(cast.actor("lan"), product_id=product_id)


def test_organic_needs_a_certificate_and_then_publishes(cast: Cast) -> None:
    product_id = describe(cast, name=Translated(vi="Miến dong hữu cơ"))
    with pytest.raises(services.ClaimNotProven):
        services.publish_product(cast.actor("ha"), product_id=product_id)
    make_certificate(product_id=product_id, kind="ORGANIC")
    services.publish_product(cast.actor("ha"), product_id=product_id)
    assert queries.product_card(product_id=product_id).is_published


def test_a_published_product_cannot_slip_a_claim_in(cast: Cast) -> None:
    product_id = make_product(organisation_id=cast.cooperative)
    changed = services.Description(name=Translated(vi="Miến dong VietGAP"), unit=Unit.KG)
    with pytest.raises(services.ClaimNotProven):
        services.change_product(cast.actor("ha"), product_id=product_id, description=changed)


def test_changing_keeps_packs_that_stay_and_drops_the_others(cast: Cast) -> None:
    product_id = describe(cast)
    (kept,) = queries.product_card(product_id=product_id).packs
    box = services.PackDescription(Unit.BOX, Decimal(5), Unit.KG)
    description = services.Description(name=NOODLES.name, unit=Unit.KG, packs=(*NOODLES.packs, box))
    services.change_product(cast.actor("ha"), product_id=product_id, description=description)
    packs = queries.product_card(product_id=product_id).packs
    assert [(pack.unit, pack.content) for pack in packs] == [(Unit.BAG, Decimal("0.5")), (Unit.BOX, Decimal(5))]
    assert kept.id in {pack.id for pack in packs}


def test_a_name_is_needed_and_stored_composed(cast: Cast) -> None:
    with pytest.raises(Invalid):
        describe(cast, name=Translated(vi="  "))
    product_id = describe(cast, name=Translated(vi="Mie\u0302\u0301n dong"))
    assert queries.product_card(product_id=product_id).name.vi == "Miến dong"


def test_ocop_without_an_end_gets_36_months(cast: Cast) -> None:
    product_id = make_product(organisation_id=cast.cooperative)
    certificate = services.CertificateDescription(
        kind=CertificateKind.OCOP, number="148/QĐ", issuer="UBND tỉnh", valid_from=date(2025, 1, 15), stars=4
    )
    services.record_certificate(cast.actor("ha"), product_id=product_id, certificate=certificate)
    assert Certificate.objects.get(product=product_id).valid_until == date(2028, 1, 15)
    with pytest.raises(services.AlreadyThere):
        services.record_certificate(cast.actor("ha"), product_id=product_id, certificate=certificate)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": CertificateKind.OCOP},
        {"stars": 4},
        {"number": " "},
        {"issuer": ""},
        {"valid_until": date(2024, 12, 31)},
    ],
)
def test_wrong_certificates_are_refused(cast: Cast, wrong: dict[str, Any]) -> None:
    product_id = make_product(organisation_id=cast.cooperative)
    right: dict[str, Any] = {
        "kind": CertificateKind.VIETGAP,
        "number": "1",
        "issuer": "Trung tâm",
        "valid_from": date(2025, 1, 1),
    }
    with pytest.raises(Invalid):
        services.record_certificate(
            cast.actor("ha"), product_id=product_id, certificate=services.CertificateDescription(**{**right, **wrong})
        )


def test_a_revoked_certificate_was_valid_before_and_is_not_now(cast: Cast) -> None:
    product_id = make_product(organisation_id=cast.cooperative)
    certificate_id = make_certificate(product_id=product_id)
    today = clock.today()
    services.revoke_certificate(
        cast.actor("ha"), product_id=product_id, certificate_id=certificate_id, revoked_date=today, reason="Thu hồi"
    )
    (card,) = queries.certificates_of(product_id=product_id, day=today - timedelta(days=1), today=today)
    assert (card.then, card.now) == (Standing.VALID, Standing.REVOKED)
    (told,) = entries("certificate_revoked")
    assert told.body["certificate"]["revoked_date"] == today.isoformat()
    with pytest.raises(NotHere):
        services.revoke_certificate(
            cast.actor("ha"), product_id=product_id, certificate_id=certificate_id, revoked_date=today, reason="Lại"
        )


def test_a_households_name_is_shown_only_while_it_agrees(cast: Cast) -> None:
    make_product(household_id=cast.household)

    def shown() -> str:
        return queries.maker_card(organisation_id=None, household_id=cast.household).name

    assert "Lò Văn An" not in shown()
    services.agree_to_name(cast.actor("an"), household_id=cast.household, agreed=True)
    assert shown() == "Lò Văn An"
    services.agree_to_name(cast.actor("an"), household_id=cast.household, agreed=False)
    assert "Lò Văn An" not in shown()
    told = [entry.body["product"]["maker"]["name"] for entry in entries("product_described")]
    assert told[-2:] == ["Lò Văn An", shown()]


@pytest.mark.parametrize("who", ["chi", "dung", "ha", "giang"])
def test_nobody_else_agrees_for_a_household(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        services.agree_to_name(cast.actor(who), household_id=cast.household, agreed=True)


def test_public_facts_hold_no_household_and_no_name_without_consent(cast: Cast) -> None:
    make_product(household_id=cast.household)
    (published,) = entries("product_published")
    assert str(cast.household) not in str(published.body)
    assert "Lò Văn An" not in str(published.body)
