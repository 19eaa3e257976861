"""How allauth sees our accounts."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from langso.kernel.accounts.models import Account


class Adapter(DefaultAccountAdapter):
    """Log-in by code or password and nothing else: no sign-up form, no e-mail."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        """A code is the whole proof, and so is a password; a second factor for staff would be added here."""
        return ["allauth.account.stages.LoginByCodeStage"]

    def get_phone(self, user: Any) -> tuple[str, bool] | None:
        return (user.phone, user.phone_verified_at is not None) if user.phone else None

    def get_user_by_phone(self, phone: str) -> Account | None:
        return Account.objects.filter(phone=phone).first()

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        messages.error(request, _("This account is locked. Ask at your commune office."))
        return redirect("account_login")
