"""Signing in and out: by phone and code, by password, and by one touch in a demonstration."""

from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, perform_password_login
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from langso.kernel.access.requests import ActorRequest
from langso.kernel.accounts import queries, rules, services
from langso.kernel.accounts.code_login import CodeLogin
from langso.kernel.accounts.forms import CodeForm, PhoneForm, StaffForm
from langso.kernel.accounts.middleware import ASSIST_KEY
from langso.kernel.accounts.models import Account
from langso.kernel.errors import DomainError
from langso.kernel.phones import phone_on_screen

TYPED_KEY = "typed_phone"


@never_cache
@require_http_methods(["GET", "POST"])
def phone(request: ActorRequest) -> HttpResponse:
    """Where everybody starts: the phone number."""
    if request.actor.signed_in:
        return redirect(get_next_redirect_url(request) or get_adapter().get_login_redirect_url(request))
    form = PhoneForm(request.POST or None, initial={"phone": request.session.get(TYPED_KEY, "")})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                CodeLogin.begin(request, phone=form.cleaned_data["phone"], next_url=get_next_redirect_url(request))
            except DomainError as refusal:
                form.add_error("phone", str(refusal))
                status = refusal.status
            else:
                request.session[TYPED_KEY] = request.POST["phone"]
                return redirect("account_confirm_login_code")
    return render(request, "accounts/phone.html", _entrance(request) | {"form": form}, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def code(request: ActorRequest) -> HttpResponse:
    """The code that was sent to the phone."""
    waiting = None if request.actor.signed_in else CodeLogin.waiting(request)
    if waiting is None:
        return _start_again(request, _("The code is no longer good. Ask for a new one."))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            waiting.check(form.cleaned_data["code"])
        except services.TooManyTries as refusal:
            CodeLogin.forget(request)
            return _start_again(request, str(refusal))
        except DomainError as refusal:
            form.add_error("code", str(refusal))
        else:
            return waiting.finish()
    return render(
        request,
        "accounts/code.html",
        {
            "form": form,
            "phone": phone_on_screen(waiting.phone),
            "minutes": int(rules.CODE_LIFETIME.total_seconds() // 60),
        },
        status=422 if form.errors else 200,
    )


@require_POST
def new_code(request: ActorRequest) -> HttpResponse:
    """Send another code to the same phone; the one before is then no longer good in this browser."""
    waiting = None if request.actor.signed_in else CodeLogin.waiting(request)
    if waiting is None:
        return _start_again(request, _("The code is no longer good. Ask for a new one."))
    try:
        CodeLogin.begin(request, phone=waiting.phone, next_url=waiting.stage.login.redirect_url)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("A new code was sent."))
    return redirect("account_confirm_login_code")


def _start_again(request: ActorRequest, sentence: str) -> HttpResponse:
    if not request.actor.signed_in:
        messages.warning(request, sentence)
    return redirect("account_login")


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def staff(request: ActorRequest) -> HttpResponse:
    """User name and password, for those who work at a desk."""
    if request.actor.signed_in:
        return redirect(get_next_redirect_url(request) or get_adapter().get_login_redirect_url(request))
    form = StaffForm(request.POST or None)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            account_id = services.check_password(request.actor, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            login = Login(user=Account.objects.get(pk=account_id), redirect_url=get_next_redirect_url(request))
            return perform_password_login(request, {}, login)
    return render(request, "accounts/staff.html", _entrance(request) | {"form": form}, status=status)


@require_POST
def demo(request: ActorRequest, account_id: UUID) -> HttpResponse:
    """Be one of the invented people of a demonstration."""
    account = Account.objects.filter(pk=account_id, is_demo=True, is_active=True).first()
    if not settings.DEMO or account is None:
        raise Http404
    get_adapter().logout(request)
    return perform_login(request, Login(user=account))


@require_POST
def sign_out(request: ActorRequest) -> HttpResponse:
    """Sign out in this browser; acting for a resident ends too."""
    if ASSIST_KEY in request.session:
        services.end_assist(request.actor, assist_id=UUID(request.session[ASSIST_KEY]))
    get_adapter().logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


def _entrance(request: ActorRequest) -> dict[str, object]:
    shown: dict[str, object] = {"next": get_next_redirect_url(request) or ""}
    if settings.DEMO:
        shown |= {"demo_accounts": queries.demo_accounts(), "demo_password": rules.DEMO_PASSWORD}
    return shown
