"""The people of the tests, in two communes: Bình Lư (03390) and another one.

| name | who |
|---|---|
| an | resident, head of household 1, member of the noodle cooperative |
| binh | resident in household 1 |
| chi | resident, head of household 2, no member |
| dung | officer of Bình Lư |
| giang | helper of Bình Lư |
| ha | manager of the noodle cooperative |
| khanh | inspector of the noodle cooperative |
| lan | officer of another commune |
| minh | officer of the province |
| oanh | operator of the node |
| nobody | a visitor who has not signed in |
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.test import Client

from langso.community.organisations.testing import make_member, make_organisation
from langso.community.people.testing import make_household, make_person
from langso.community.places.testing import make_village
from langso.kernel.access.actors import NOBODY, Actor, Role
from langso.kernel.access.scope import commune_scope
from langso.kernel.accounts.queries import actor_of
from langso.kernel.accounts.testing import make_account

HOME = "03390"
ELSEWHERE = "03405"
join = partial(make_member, start_date=date(2026, 1, 1))
"""Roles are held from before every day to which a test sets the clock."""


class CastClient(Client):
    """Django's test client; `generic_post` sends any writing method with a form or a JSON body."""

    def generic_post(self, method: str, url: str, body: Any, content_type: str = "", **extra: Any) -> Any:
        if content_type:
            return getattr(self, method.lower())(url, body, content_type=content_type, **extra)
        return getattr(self, method.lower())(url, body, **extra)


@dataclass
class Cast:
    village: UUID
    household: UUID
    other_household: UUID
    cooperative: UUID
    office: UUID
    other_office: UUID
    persons: dict[str, UUID]
    accounts: dict[str, UUID]

    def person(self, name: str) -> UUID:
        return self.persons[name]

    def account(self, name: str) -> UUID:
        return self.accounts[name]

    def actor(self, name: str) -> Actor:
        """The actor as a request of theirs would have it."""
        return NOBODY.in_commune(HOME) if name == "nobody" else actor_of(self.accounts[name])

    def client(self, name: str) -> CastClient:
        """A browser in which that person is logged in."""
        client = CastClient(raise_request_exception=True)
        if name != "nobody":
            client.force_login(self._account(name))
        return client

    def _account(self, name: str) -> Any:
        return self._models.get(pk=self.accounts[name])

    @cached_property
    def _models(self) -> Any:
        return get_user_model().objects


RESIDENTS = ("an", "binh", "chi", "dung", "giang", "ha", "khanh", "oanh")
NAMES = {
    "an": "Lò Văn An",
    "binh": "Lò Thị Bình",
    "chi": "Vàng Thị Chi",
    "dung": "Trần Văn Dũng",
    "giang": "Nguyễn Thị Giang",
    "ha": "Lý Thị Hà",
    "khanh": "Phạm Văn Khánh",
    "oanh": "Đỗ Thị Oanh",
    "lan": "Hoàng Thị Lan",
    "minh": "Bùi Văn Minh",
}


def make_cast() -> Cast:
    """Everybody, with their accounts and memberships. Needs a database; opens the communes it needs."""
    persons: dict[str, UUID] = {}
    accounts: dict[str, UUID] = {}
    with commune_scope(HOME):
        village = make_village(name="Bản 1")
        household, other = make_household(village_id=village), make_household(village_id=village)
        homes = {"an": household, "binh": household}
        for number, name in enumerate(RESIDENTS):
            phone = f"+8450000000{number}"
            persons[name] = make_person(
                name=NAMES[name],
                household_id=homes.get(name, other if name == "chi" else make_household(village_id=village)),
                phone=phone,
                is_head=name != "binh",
            )
            accounts[name] = make_account(phone=phone, name=NAMES[name], person_id=persons[name])
        office = make_organisation(name="UBND xã Bình Lư", kind="COMMUNE_OFFICE")
        cooperative = make_organisation(name="Hợp tác xã miến dong", kind="COOPERATIVE")
        province = make_organisation(name="Sở Nông nghiệp và Môi trường", kind="PROVINCE")
        accounts["minh"] = make_account(username="minh", name=NAMES["minh"])
        join(organisation_id=province, account_id=accounts["minh"], role=Role.PROVINCE_OFFICER)
        join(organisation_id=office, person_id=persons["dung"], role=Role.OFFICER)
        join(organisation_id=office, person_id=persons["giang"], role=Role.HELPER)
        join(organisation_id=office, person_id=persons["oanh"], role=Role.OPERATOR)
        join(organisation_id=cooperative, person_id=persons["an"], role=None)
        join(organisation_id=cooperative, person_id=persons["ha"], role=Role.COOPERATIVE_MANAGER)
        join(organisation_id=cooperative, person_id=persons["khanh"], role=Role.INSPECTOR)
    with commune_scope(ELSEWHERE):
        other_office = make_organisation(name="UBND xã khác", kind="COMMUNE_OFFICE")
        accounts["lan"] = make_account(username="lan", name=NAMES["lan"], commune=ELSEWHERE)
        join(organisation_id=other_office, account_id=accounts["lan"], role=Role.OFFICER)
    return Cast(village, household, other, cooperative, office, other_office, persons, accounts)
