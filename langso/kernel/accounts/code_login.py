"""The steps of allauth's log-in by code, with a code that also opens accounts.

Allauth sends a code only to accounts that exist and pretends to the others. Here a code goes to every number and the
account is looked up when the code comes back, so nothing tells known numbers from unknown ones.
"""

from typing import Any, Self

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.http import HttpResponse

from langso.kernel.access.requests import ActorRequest
from langso.kernel.accounts import services
from langso.kernel.accounts.models import Account


class CodeLogin(LoginCodeVerificationProcess):
    """A log-in that waits for its code. The session keeps the phone, the code's digest and where to go after."""

    request: ActorRequest

    @classmethod
    def begin(cls, request: ActorRequest, *, phone: str, next_url: str | None) -> Self:
        """Send a code to the phone (+84…) and wait for it. Raises `TooManyTries`, `CodeNotSent`."""
        login = Login(user=None, phone=phone, redirect_url=next_url)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=None, phone=phone))
        process = cls(stage)
        process.send()
        process.persist()
        return process

    @classmethod
    def waiting(cls, request: ActorRequest) -> Self | None:
        """The log-in of this session that waits for its code; None when there is none or its ten minutes are over."""
        stage = LoginStageController.enter(request, LoginByCodeStage.key)
        process = cls(stage) if stage else None
        if process and not process.is_valid():
            process.abort()
            return None
        return process

    @classmethod
    def forget(cls, request: ActorRequest) -> None:
        clear_login(request)

    @property
    def phone(self) -> str:
        return str(self.state["phone"])

    def send(self, skip_enumeration_mails: bool = False) -> None:
        self.state["code"] = services.send_code(self.request.actor, phone=self.phone)

    def check(self, typed: str) -> None:
        """Raises `WrongCode`, `TooManyTries`."""
        services.check_code(self.request.actor, phone=self.phone, typed=typed, digest=self.code)

    def finish(self, redirect_url: str | None = None) -> HttpResponse:
        """The code was right: sign in, with a new session key, and go where the visitor wanted to go."""
        account = Account.objects.get(pk=services.verify_phone(self.request.actor, phone=self.phone))
        record_authentication(self.request, account, method="code", phone=self.phone)
        login = Login(user=account, redirect_url=self.stage.login.redirect_url)
        return perform_login(self.request, login)

    def generate_code(self) -> Any:
        raise NotImplementedError("codes are made and sent by services.send_code")
