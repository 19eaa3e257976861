"""The operator's pages: accounts of staff, their first passwords, and keys of programs."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from langso.kernel import clock
from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.require import require
from langso.kernel.accounts import access, queries, selections, services
from langso.kernel.accounts.forms import LinkForm, StaffAccountForm, TokenForm
from langso.kernel.accounts.lists import AccountList, TokenList
from langso.kernel.errors import DomainError, Invalid
from langso.kernel.phones import phone_on_screen


@require_GET
def accounts(request: ActorRequest) -> HttpResponse:
    """Who can sign in, in the operator's commune."""
    return AccountList(request, selections.accounts_managed_by(request.actor)).respond("accounts/accounts.html")


@never_cache
@require_http_methods(["GET", "POST"])
def new_account(request: ActorRequest) -> HttpResponse:
    """Open an account for somebody of the staff and show the first password, this once."""
    require(access.can_operate(request.actor), request.actor)
    form = StaffAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account_id, password = services.open_staff_account(request.actor, **form.cleaned_data)
        except Invalid as refusal:
            _show(form, refusal)
        else:
            return _first_password_page(request, account_id, password)
    return render(request, "accounts/new_account.html", {"form": form}, status=422 if form.errors else 200)


def _first_password_page(request: ActorRequest, account_id: UUID, password: str) -> HttpResponse:
    account = selections.account_managed_by(request.actor, account_id=account_id)
    return render(request, "accounts/first_password.html", {"account": account, "password": password})


@never_cache
@require_GET
def one_account(request: ActorRequest, account_id: UUID) -> HttpResponse:
    """One account: what it may do, its keys, and what an operator can do for it."""
    return _account_page(request, account_id, form=None)


def _account_page(request: ActorRequest, account_id: UUID, *, form: TokenForm | None) -> HttpResponse:
    account = selections.account_managed_by(request.actor, account_id=account_id)
    roles = queries.roles_of_account(account.pk)
    shown = {
        "account": account,
        "phone": phone_on_screen(account.phone or ""),
        "roles": queries.role_names(roles),
        "form": form or TokenForm(roles=roles),
        "tokens": selections.tokens_managed_by(request.actor).of_account(account.pk).order_by("-created_at"),
        "now": clock.now(),
    }
    return render(request, "accounts/one_account.html", shown, status=422 if form else 200)


@never_cache
@require_POST
def first_password(request: ActorRequest, account_id: UUID) -> HttpResponse:
    """Give a new first password to somebody who forgot theirs."""
    password = services.give_first_password(request.actor, account_id=account_id)
    return _first_password_page(request, account_id, password)


@require_POST
def lock(request: ActorRequest, account_id: UUID) -> HttpResponse:
    """Close an account: its sessions and keys end at once."""
    services.lock_account(request.actor, account_id=account_id)
    messages.success(request, _("The account is locked."))
    return redirect("accounts:one-account", account_id)


@require_POST
def unlock(request: ActorRequest, account_id: UUID) -> HttpResponse:
    """Let a locked account sign in again."""
    services.unlock_account(request.actor, account_id=account_id)
    messages.success(request, _("The account can sign in again."))
    return redirect("accounts:one-account", account_id)


@never_cache
@require_POST
def new_token(request: ActorRequest, account_id: UUID) -> HttpResponse:
    """Issue a key for a program and show it, this once."""
    account = selections.account_managed_by(request.actor, account_id=account_id)
    form = TokenForm(request.POST, roles=queries.roles_of_account(account.pk))
    if form.is_valid():
        try:
            token = services.issue_token(request.actor, account_id=account.pk, **form.cleaned_data)
        except Invalid as refusal:
            _show(form, refusal)
        else:
            return render(request, "accounts/new_token.html", {"account": account, "token": token})
    return _account_page(request, account_id, form=form)


@require_GET
def tokens(request: ActorRequest) -> HttpResponse:
    """The keys of programs, in the operator's commune."""
    return TokenList(request, selections.tokens_managed_by(request.actor)).respond("accounts/tokens.html")


@require_POST
def revocation(request: ActorRequest, token_id: UUID) -> HttpResponse:
    """End a key at once."""
    services.revoke_token(request.actor, token_id=token_id)
    messages.success(request, _("The key is revoked: whoever has it can do nothing with it any more."))
    return redirect("accounts:tokens")


@require_http_methods(["GET", "POST"])
def link(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Tie a phone that several people share to one person of the register, by hand."""
    require(access.can_link(request.actor), request.actor)
    person = queries.person_to_link(request.actor, person_id=person_id)
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.link_person(request.actor, phone=form.cleaned_data["phone"], person_id=person_id)
        except DomainError as refusal:
            form.add_error("phone", str(refusal))
        else:
            messages.success(request, _("From now on, this phone signs in as %(name)s.") % {"name": person.name})
            return redirect("accounts:link", person_id)
    return render(request, "accounts/link.html", {"form": form, "person": person}, status=422 if form.errors else 200)


def _show(form: forms.Form, refusal: Invalid) -> None:
    """The service's refusal at the fields it speaks of."""
    for name, sentence in refusal.fields.items():
        form.add_error(name, str(sentence))
    if not refusal.fields:
        form.add_error(None, str(refusal))
