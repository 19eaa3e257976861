"""Tables of accounts: who can sign in, tries that are counted, acts in a resident's name, tokens of programs."""

from typing import ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from langso.kernel.access.actors import Role
from langso.kernel.accounts.words import ROLE_NAMES
from langso.kernel.ids import new_id
from langso.kernel.phones import phone_on_screen


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        """The account with this user name, however its letters were typed."""
        return self.get(username=(username or "").lower())


class Account(AbstractBaseUser):
    """Somebody who can sign in: a resident by phone and one-time code, staff by user name and password.

    What they may do is not written here: it follows from `person_id` and from memberships in organisations.
    `folded` is what the operator's list searches: name, user name and phone without diacritics.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    phone = models.CharField(max_length=16, unique=True, null=True, blank=True)
    phone_verified_at = models.DateTimeField(null=True, blank=True)
    username = models.CharField(max_length=60, unique=True, null=True, blank=True)
    name = models.CharField(max_length=120, blank=True)
    sort_name = models.CharField(max_length=360, blank=True)
    folded = models.CharField(max_length=240, blank=True)
    person_id = models.UUIDField(null=True, blank=True, db_index=True)
    home_commune = models.CharField(max_length=5, blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False)
    opened_at = models.DateTimeField()

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(phone__isnull=False) | Q(username__isnull=False), name="accounts_account_can_sign_in"
            ),
            models.CheckConstraint(
                condition=Q(phone__isnull=True) | Q(phone__startswith="+84"), name="accounts_account_phone_form"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.username or phone_on_screen(self.phone or "")


class Tries(models.Model):
    """How often something was tried in a window of time: wrong codes of a phone, codes asked for by an address.

    `key` is a keyed hash, so the table is no list of phones or addresses. A row whose window has ended counts as empty.
    """

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)


class AssistSession(models.Model):
    """A quarter of an hour in which a helper acts in a resident's name. Over at `ended_at`, or else at `ends_at`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    commune = models.CharField(max_length=5)
    person_id = models.UUIDField()
    person_name = models.CharField(max_length=120)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(ended_at__isnull=True), name="accounts_assist_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("started_at")), name="accounts_assist_forward"),
        ]


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def of_account(self, account_id: UUID) -> "ApiTokenQuerySet":
        return self.filter(account_id=account_id)


class ApiToken(models.Model):
    """A program's key to act as an account. Only the SHA-256 of the key is kept; the key itself is shown once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    label = models.CharField(max_length=120)
    role = models.CharField(max_length=24, blank=True, choices=[(role.value, role.name) for role in Role])
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    @property
    def role_name(self) -> str:
        """The role it is narrowed to, in words; empty for all roles of the account."""
        return str(ROLE_NAMES[Role(self.role)]) if self.role else ""
