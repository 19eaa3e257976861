"""The kernel's question "what may this account do?", answered from memberships. Loaded when the app is ready."""

from uuid import UUID

from django.db.models import Q

from langso.community.organisations.models import Member, is_person
from langso.kernel import clock
from langso.kernel.access.actors import Membership, Role
from langso.kernel.access.scope import every_commune
from langso.kernel.access.sources import SOURCES


class RegisterOfMembers:
    """The `MembershipSource` of this node."""

    def memberships(self, *, account_id: UUID, person_id: UUID | None) -> tuple[Membership, ...]:
        """Every role held today by the account or its person, in whatever commune of this node. One query."""
        today = clock.today()
        somebody = Q(account_id=account_id)
        if person_id is not None:
            somebody |= is_person(person_id)
        with every_commune("an account is asked before any commune is open"):
            rows = Member.objects.on(today).filter(somebody).exclude(role="")
            held = rows.exclude(organisation__closed_date__lte=today).values_list(
                "role", "organisation_id", "commune", "organisation__province_code", "organisation__name"
            )
            return tuple(
                Membership(Role(role), organisation_id, commune, province, name)
                for role, organisation_id, commune, province, name in held.order_by("added_at")
            )


SOURCES.memberships = RegisterOfMembers()
