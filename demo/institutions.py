"""Organisations of the commune, who works in them, and the accounts that a visitor can try."""

from dataclasses import dataclass, field
from uuid import UUID

from demo.villagers import PHONES, Home, Villagers
from langso.community.organisations.testing import make_member, make_organisation
from langso.kernel.access.actors import Role
from langso.kernel.accounts.testing import make_account

COOPERATIVE = "Hợp tác xã miến dong Bình Lư"
OTHERS = (
    ("Hội quán người trồng dong", "CLUBHOUSE"),
    ("Hội Liên hiệp Phụ nữ xã", "UNION"),
    ("Hội Nông dân xã", "UNION"),
    ("Trường tiểu học số 1", "SCHOOL"),
    ("Trạm y tế xã", "HEALTH_STATION"),
    ("Hợp tác xã chè và dược liệu", "COOPERATIVE"),
    ("Cơ sở homestay ven suối", "BUSINESS"),
)
OFFICE_PHONES = "+845000009"
"""With a prefix that no operator has: nobody's phone rings."""
STAFF = (
    ("can-bo", Role.OFFICER, "office"),
    ("nguoi-tro-giup", Role.HELPER, "office"),
    ("van-hanh", Role.OPERATOR, "office"),
    ("giam-doc", Role.COOPERATIVE_MANAGER, "cooperative"),
    ("kiem-tra", Role.INSPECTOR, "cooperative"),
    ("can-bo-tinh", Role.PROVINCE_OFFICER, "province"),
)


@dataclass
class Institutions:
    villagers: Villagers
    ids: dict[str, UUID] = field(default_factory=dict)
    members: list[Home] = field(default_factory=list)
    """Households that grow for the cooperative."""

    def found(self) -> None:
        main = {
            "office": ("UBND xã Bình Lư", "COMMUNE_OFFICE"),
            "province": ("Sở Nông nghiệp và Môi trường", "PROVINCE"),
            "cooperative": (COOPERATIVE, "COOPERATIVE"),
        }
        for number, (key, (name, kind)) in enumerate([*main.items(), *((other[0], other) for other in OTHERS)]):
            self.ids[key] = make_organisation(name=name, kind=kind, phone=f"{OFFICE_PHONES}{number:02d}")
        self._staff()
        self._members()
        self._residents()

    def _staff(self) -> None:
        """Each works here and lives here: the first grown-ups of households far down the list."""
        for number, (username, role, where) in enumerate(STAFF):
            home = self.villagers.homes[-1 - number]
            lives_here = role is not Role.PROVINCE_OFFICER
            person = home.people[0] if lives_here else None
            name = home.names[0] if lives_here else "Trần Minh Đức"
            account = make_account(username=username, name=name, person_id=person, is_demo=True)
            make_member(
                organisation_id=self.ids[where], role=role, person_id=person, account_id=None if person else account
            )

    def _members(self) -> None:
        self.members = self.villagers.homes[:28]
        for home in self.members:
            make_member(organisation_id=self.ids["cooperative"], person_id=home.people[0])

    def _residents(self) -> None:
        for number, phone in PHONES.items():
            home = self.villagers.homes[number]
            make_account(phone=phone, name=home.names[0], person_id=home.people[0], is_demo=True)
