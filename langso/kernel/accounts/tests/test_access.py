"""Who may open what."""

from langso.kernel.access.actors import system
from langso.kernel.accounts import services
from langso.kernel.accounts.models import ApiToken
from tests.access_table import Row, access_test
from tests.cast import Cast

EVERYBODY = ("an", "binh", "chi", "dung", "giang", "ha", "khanh", "lan", "minh", "oanh")
NOT_OPERATORS = ("an", "dung", "ha", "lan", "minh")
NOT_HELPING = tuple(name for name in EVERYBODY if name not in ("dung", "giang", "lan"))
BETTER = {"present": "ruong-bac-thang-9", "wanted": "suong-mu-tren-doi-che"}
NEW = {"name": "Lê Thị Mai", "username": "mai.le"}
KEY = {"label": "weather", "role": "", "days": "30"}


def things(cast: Cast) -> dict[str, object]:
    """An account to manage, a key of it, people to help."""
    services.issue_token(system("03390"), account_id=cast.account("dung"), label="weather")
    return {
        "account": cast.account("dung"),
        "binh_account": cast.account("binh"),
        "token": ApiToken.objects.get().pk,
        "chi": cast.person("chi"),
        "giang": cast.person("giang"),
    }


TABLE = (
    # Signing in: open to visitors, leads everybody else on.
    Row("nobody", "GET", "/sign-in/", 200),
    Row("an", "GET", "/sign-in/", 302),
    Row("nobody", "POST", "/sign-in/", 302, {"phone": "0590 000 001"}),
    Row("nobody", "POST", "/sign-in/", 422, {"phone": "12"}),
    Row("nobody", "GET", "/sign-in/code/", 302),
    Row("an", "GET", "/sign-in/code/", 302),
    Row("nobody", "POST", "/sign-in/code/new/", 302),
    Row("nobody", "GET", "/sign-in/staff/", 200),
    Row("dung", "GET", "/sign-in/staff/", 302),
    Row("nobody", "POST", "/sign-in/staff/", 422, {"username": "minh", "password": "wrong"}),
    Row("nobody", "POST", "/sign-in/staff/", 302, {"username": "minh", "password": "ruong-bac-thang-9"}),
    Row("nobody", "POST", "/sign-in/demo/{account}/", 404),
    Row("nobody", "GET", "/demo/sms/", 404),
    Row("oanh", "GET", "/demo/sms/", 404),
    Row("nobody", "POST", "/sign-out/", 302),
    Row("an", "POST", "/sign-out/", 302),
    # One's own account.
    Row("nobody", "GET", "/account/", 302),
    Row("nobody", "GET", "/account/password/", 302),
    Row("nobody", "GET", "/account/commune/", 302),
    Row("nobody", "POST", "/account/sessions/end/", 302),
    *(Row(name, "GET", "/account/", 200) for name in EVERYBODY),
    Row("an", "POST", "/account/sessions/end/", 302),
    Row("minh", "GET", "/account/password/", 200),
    Row("minh", "POST", "/account/password/", 302, BETTER),
    Row("an", "POST", "/account/password/", 422, BETTER),
    Row("dung", "GET", "/account/commune/", 200),
    Row("dung", "POST", "/account/commune/", 302, {"commune": "03390"}),
    Row("dung", "POST", "/account/commune/", 404, {"commune": "03405"}),
    # Acting for a resident.
    Row("nobody", "GET", "/assist/", 302),
    Row("nobody", "POST", "/assist/", 302, {"person_id": "{chi}"}),
    Row("nobody", "POST", "/assist/end/", 302),
    *(Row(name, "GET", "/assist/", 403) for name in NOT_HELPING),
    *(Row(name, "POST", "/assist/", 403, {"person_id": "{chi}"}) for name in NOT_HELPING),
    *(Row(name, "GET", "/assist/", 200) for name in ("dung", "giang", "lan")),
    Row("dung", "POST", "/assist/", 302, {"person_id": "{chi}"}),
    Row("giang", "POST", "/assist/", 302, {"person_id": "{chi}"}),
    Row("giang", "POST", "/assist/", 409, {"person_id": "{giang}"}),
    Row("lan", "POST", "/assist/", 404, {"person_id": "{chi}"}),
    Row("giang", "POST", "/assist/end/", 302),
    # Linking a shared phone.
    Row("nobody", "GET", "/desk/accounts/link/{chi}/", 302),
    *(Row(name, "GET", "/desk/accounts/link/{chi}/", 403) for name in ("an", "giang", "ha", "khanh", "minh")),
    Row("lan", "GET", "/desk/accounts/link/{chi}/", 404),
    Row("dung", "GET", "/desk/accounts/link/{chi}/", 200),
    Row("oanh", "GET", "/desk/accounts/link/{chi}/", 200),
    # The operator's pages.
    *(
        Row(name, method, address, 302 if name == "nobody" else 403, body)
        for name in ("nobody", *NOT_OPERATORS)
        for method, address, body in (
            ("GET", "/desk/accounts/", {}),
            ("GET", "/desk/accounts/new/", {}),
            ("POST", "/desk/accounts/new/", NEW),
            ("GET", "/desk/accounts/{account}/", {}),
            ("POST", "/desk/accounts/{account}/password/", {}),
            ("POST", "/desk/accounts/{binh_account}/lock/", {}),
            ("POST", "/desk/accounts/{account}/lock/end/", {}),
            ("POST", "/desk/accounts/{account}/keys/", KEY),
            ("GET", "/desk/keys/", {}),
            ("POST", "/desk/keys/{token}/revocation/", {}),
        )
    ),
    Row("oanh", "GET", "/desk/accounts/", 200),
    Row("oanh", "GET", "/desk/accounts/new/", 200),
    Row("oanh", "POST", "/desk/accounts/new/", 200, NEW),
    Row("oanh", "GET", "/desk/accounts/{account}/", 200),
    Row("oanh", "POST", "/desk/accounts/{account}/password/", 422),
    Row("oanh", "POST", "/desk/accounts/{binh_account}/lock/", 302),
    Row("oanh", "POST", "/desk/accounts/{account}/lock/end/", 302),
    Row("oanh", "POST", "/desk/accounts/{account}/keys/", 200, KEY),
    Row("oanh", "GET", "/desk/keys/", 200),
    Row("oanh", "POST", "/desk/keys/{token}/revocation/", 302),
)

test_access = access_test(TABLE, things)
