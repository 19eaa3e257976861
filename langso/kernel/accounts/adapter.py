"""How allauth sees our accounts."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from langso.kernel.access.actors import NOBODY, Actor
from langso.kernel.accounts.models import Account
from langso.kernel.accounts.rules import SEES_OTHERS
from langso.kernel.accounts.standing import standing_of


class Adapter(DefaultAccountAdapter):
    """Log-in by code or password and nothing else: no sign-up form, no e-mail."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        """A code is the whole proof, and so is a password; a second factor for staff would be added here."""
        return ["allauth.account.stages.LoginByCodeStage"]

    def add_message(self, *args: Any, **options: Any) -> None:
        """Our views say what a person needs to know; allauth's remarks would come on top."""

    def get_phone(self, user: Any) -> tuple[str, bool] | None:
        return (user.phone, user.phone_verified_at is not None) if user.phone else None

    def get_user_by_phone(self, phone: str) -> Account | None:
        return Account.objects.filter(phone=phone).first()

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign in, and sweep out what has long ended: sign-ins are rare enough and frequent enough for that."""
        super().login(request, user)
        request.session.clear_expired()

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Whoever works with other people's records starts at the desk, everybody else at home."""
        actor: Actor = getattr(request, "actor", NOBODY)
        if isinstance(request.user, Account) and request.user.pk != actor.account_id:
            actor = standing_of(request.user).actor()  # signed in by this very request
        return "/desk/" if actor.has_role(*SEES_OTHERS) else str(settings.LOGIN_REDIRECT_URL)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        messages.error(request, _("This account is locked. Ask at your commune office."))
        return redirect("account_login")
