"""Only what is used: two names that allauth asks for, and our own. Its other pages (e-mail, sign-up …) do not exist."""

from django.urls import include, path

from langso.kernel.accounts.views import assist, desk, own, sign_in

ours = [
    path("sign-in/code/new/", sign_in.new_code, name="new-code"),
    path("sign-in/staff/", sign_in.staff, name="staff"),
    path("sign-in/demo/<uuid:account_id>/", sign_in.demo, name="demo"),
    path("sign-out/", sign_in.sign_out, name="logout"),
    path("account/", own.account, name="account"),
    path("account/sessions/end/", own.sessions_end, name="sessions-end"),
    path("account/password/", own.password, name="password"),
    path("account/commune/", own.commune, name="commune"),
    path("assist/", assist.start, name="assist-start"),
    path("assist/end/", assist.end, name="assist-end"),
    path("desk/accounts/", desk.accounts, name="accounts"),
    path("desk/accounts/new/", desk.new_account, name="new-account"),
    path("desk/accounts/link/<uuid:person_id>/", desk.link, name="link"),
    path("desk/accounts/<uuid:account_id>/", desk.one_account, name="one-account"),
    path("desk/accounts/<uuid:account_id>/password/", desk.first_password, name="first-password"),
    path("desk/accounts/<uuid:account_id>/lock/", desk.lock, name="lock"),
    path("desk/accounts/<uuid:account_id>/lock/end/", desk.unlock, name="unlock"),
    path("desk/accounts/<uuid:account_id>/keys/", desk.new_token, name="new-token"),
    path("desk/keys/", desk.tokens, name="tokens"),
    path("desk/keys/<uuid:token_id>/revocation/", desk.revocation, name="revocation"),
]

urlpatterns = [
    path("sign-in/", sign_in.phone, name="account_login"),
    path("sign-in/code/", sign_in.code, name="account_confirm_login_code"),
    path("", include((ours, "accounts"))),
]
