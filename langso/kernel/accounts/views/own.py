"""One's own account: who one is here, where one is signed in, one's password."""

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from langso.kernel.access.requests import ActorRequest
from langso.kernel.accounts import access, queries, services
from langso.kernel.accounts.forms import PasswordForm
from langso.kernel.accounts.middleware import COMMUNE_KEY
from langso.kernel.accounts.models import Account
from langso.kernel.errors import NotHere


@require_GET
def account(request: ActorRequest) -> HttpResponse:
    """Name, phone, roles in words, and where one is signed in."""
    return render(request, "accounts/account.html", {"card": queries.own_account(request.actor)})


@require_POST
def sessions_end(request: ActorRequest) -> HttpResponse:
    """Sign out on every phone and computer, this one too."""
    services.end_all_sessions(request.actor)
    get_adapter().logout(request)
    messages.success(request, _("You are signed out everywhere."))
    return redirect("account_login")


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: ActorRequest) -> HttpResponse:
    """Change one's password; every other session of the account ends."""
    access.require_own_account(request.actor)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_password(request.actor, **form.cleaned_data)
        except services.PasswordRefused as refusal:
            for name, sentence in refusal.fields.items():
                form.add_error(name, str(sentence))
        else:
            update_session_auth_hash(request, Account.objects.get(pk=access.own_account_id(request.actor)))
            UserSession.objects.create_from_request(request)
            messages.success(request, _("Your new password holds from now on."))
            return redirect("accounts:account")
    return render(request, "accounts/password.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def commune(request: ActorRequest) -> HttpResponse:
    """Choose the commune in which to act, for those who are something in several."""
    access.require_own_account(request.actor)
    seats = queries.seats_of(request.actor)
    if request.method == "POST":
        wanted = request.POST.get("commune", "")
        if wanted not in {seat.commune for seat in seats}:
            raise NotHere(_("You have no work in that commune."))
        request.session[COMMUNE_KEY] = wanted
        return redirect(get_adapter().get_login_redirect_url(request))
    return render(request, "accounts/commune.html", {"seats": seats})
