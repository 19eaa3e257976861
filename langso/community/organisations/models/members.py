"""Who belongs to an organisation, in which role, from which day until which."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from langso.community.organisations.models.organisations import Organisation
from langso.kernel.access.actors import Role
from langso.kernel.access.scope import CommuneManager, CommuneModel, CommuneQuerySet
from langso.kernel.ids import new_id


class Standing(models.TextChoices):
    PERSONAL = "PERSONAL", _("person")
    BUSINESS = "BUSINESS", _("account of the organisation")


def is_person(person_id: object) -> Q:
    """Memberships of a person of the register, also those written down for records that were merged into theirs."""
    return Q(person=person_id) | Q(person__merged_into=person_id) | Q(person__merged_into__merged_into=person_id)


class MemberQuerySet(CommuneQuerySet["Member"]):
    def on(self, day: date) -> Self:
        """Memberships that hold on that day."""
        return self.filter(Q(end_date__isnull=True) | Q(end_date__gt=day), start_date__lte=day)

    def on_or_after(self, day: date) -> Self:
        """Memberships that hold on that day or begin later."""
        return self.filter(Q(end_date__isnull=True) | Q(end_date__gt=day))


MemberManager = CommuneManager.from_queryset(MemberQuerySet)


class Member(CommuneModel):
    """One role (or plain membership) of one person or account, from `start_date` until the day before `end_date`.

    A business account (`BUSINESS`) is no person: it acts as the organisation, and whoever uses it has a personal
    account besides. `commune` is the organisation's, empty for an office of the province.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    account_id = models.UUIDField(null=True, db_index=True)
    role = models.CharField(max_length=24, blank=True, choices=[(role.value, role.name) for role in Role])
    standing = models.CharField(max_length=8, choices=Standing.choices, default=Standing.PERSONAL)
    start_date = models.DateField()
    end_date = models.DateField(null=True)
    note = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField()
    added_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    objects: ClassVar[MemberManager["Member"]] = MemberManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(account_id__isnull=False), name="organisations_member_is_somebody"
            ),
            models.CheckConstraint(
                condition=Q(end_date__isnull=True) | Q(end_date__gte=F("start_date")),
                name="organisations_member_forward",
            ),
            models.CheckConstraint(
                condition=~Q(standing="BUSINESS")
                | Q(person__isnull=True, account_id__isnull=False, role=Role.COOPERATIVE_MANAGER.value),
                name="organisations_business_account",
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.RESIDENT.value), name="organisations_nobody_joins_as_resident"
            ),
            models.UniqueConstraint(
                fields=["organisation", "person", "role"],
                condition=Q(end_date__isnull=True, person__isnull=False),
                name="organisations_person_role_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "account_id", "role"],
                condition=Q(end_date__isnull=True, account_id__isnull=False),
                name="organisations_account_role_once",
            ),
            models.UniqueConstraint(
                fields=["account_id"],
                condition=Q(end_date__isnull=True, standing="BUSINESS"),
                name="organisations_business_account_of_one",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "start_date"], name="organisations_member_start")]
