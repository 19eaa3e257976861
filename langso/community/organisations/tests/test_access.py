"""Who may open what."""

from collections.abc import Mapping

from langso.community.organisations import queries
from langso.community.organisations.testing import make_organisation
from langso.kernel.access.scope import commune_scope
from langso.kernel.accounts.testing import make_account
from tests.access_table import Row, access_test
from tests.cast import ELSEWHERE, Cast

FOUND = {"kind": "SCHOOL", "name": "Trường tiểu học số 1"}
REVISED = {"name": "Hợp tác xã miến dong Bình Lư"}
CHI = {"person_id": "{chi}"}
EVERYBODY = ("dung", "giang", "ha", "khanh", "minh", "oanh", "an")


def rows(
    method: str, url: str, *, may: tuple[str, ...], expected: int, body: Mapping[str, str] | None = None
) -> tuple[Row, ...]:
    """Those who may get `expected`, everybody else who is signed in 403, a visitor is led to sign in."""
    return (
        *(Row(who, method, url, expected if who in may else 403, body or {}) for who in EVERYBODY),
        Row("nobody", method, url, 302, body or {}),
    )


OFFICER, MANAGERS = ("dung",), ("dung", "ha")
SEE_MEMBERS = ("dung", "giang", "oanh", "ha", "khanh", "an")
BUSINESS = {"account": "htx-mien"}
TABLE = (
    *rows("GET", "/organisations/", may=("dung", "giang", "ha", "khanh", "minh", "oanh"), expected=200),
    Row("dung", "GET", "/organisations/?format=csv", 200),
    *rows("GET", "/organisations/new/", may=("dung", "oanh"), expected=200),
    *rows("POST", "/organisations/new/", may=("dung",), expected=302, body=FOUND)[:1],
    Row("oanh", "POST", "/organisations/new/", 422, FOUND),
    Row("ha", "POST", "/organisations/new/", 403, FOUND),
    Row("nobody", "POST", "/organisations/new/", 302, FOUND),
    Row("dung", "POST", "/organisations/new/", 422, {"kind": "PROVINCE", "name": "Sở Y tế"}),
    Row("oanh", "POST", "/organisations/new/", 302, {"kind": "PROVINCE", "name": "Sở Y tế"}),
    *(Row(who, "GET", "/organisations/{cooperative}/", 200) for who in (*EVERYBODY, "nobody")),
    Row("lan", "GET", "/organisations/{cooperative}/", 404),
    Row("dung", "GET", "/organisations/{elsewhere}/", 404),
    Row("oanh", "GET", "/organisations/{province}/", 200),
    *rows("GET", "/organisations/{cooperative}/revision/", may=MANAGERS, expected=200),
    *rows("POST", "/organisations/{cooperative}/revision/", may=MANAGERS, expected=302, body=REVISED),
    *rows("GET", "/organisations/{cooperative}/closure/", may=OFFICER, expected=200),
    *rows("POST", "/organisations/{cooperative}/closure/", may=OFFICER, expected=302),
    *rows("GET", "/organisations/{province}/closure/", may=("oanh",), expected=200),
    *rows("GET", "/organisations/{cooperative}/members/", may=MANAGERS, expected=200),
    *rows("POST", "/organisations/{cooperative}/members/", may=MANAGERS, expected=302, body=CHI),
    *rows("GET", "/organisations/{office}/members/", may=("dung", "oanh"), expected=200),
    *rows("POST", "/organisations/{office}/members/", may=("dung", "oanh"), expected=302, body=CHI),
    *rows("GET", "/organisations/{tea}/members/", may=OFFICER, expected=200),
    *rows("POST", "/organisations/{tea}/members/", may=OFFICER, expected=302, body=CHI),
    *rows("POST", "/organisations/{province}/members/", may=("oanh",), expected=302, body={"account_id": "{newcomer}"}),
    Row("dung", "POST", "/organisations/{office}/members/", 422, CHI | {"role": "OPERATOR"}),
    Row("dung", "POST", "/organisations/{office}/members/", 302, CHI | {"role": "OFFICER"}),
    Row("dung", "POST", "/organisations/{office}/members/", 403, {"person_id": "{dung}", "role": "HELPER"}),
    Row("oanh", "POST", "/organisations/{office}/members/", 302, CHI | {"role": "OPERATOR"}),
    Row("oanh", "POST", "/organisations/{office}/members/", 403, {"person_id": "{oanh}", "role": "OFFICER"}),
    Row("ha", "POST", "/organisations/{cooperative}/members/", 302, CHI | {"role": "INSPECTOR"}),
    Row("ha", "POST", "/organisations/{cooperative}/members/", 422, CHI | {"role": "OPERATOR"}),
    Row("ha", "POST", "/organisations/{cooperative}/members/", 403, {"person_id": "{ha}", "role": "INSPECTOR"}),
    *rows("GET", "/organisations/members/{membership}/", may=SEE_MEMBERS, expected=200),
    *rows("POST", "/organisations/members/{membership}/", may=("dung", "ha", "an"), expected=302),
    Row("lan", "GET", "/organisations/members/{membership}/", 404),
    Row("lan", "POST", "/organisations/members/{membership}/", 404),
    *rows("GET", "/organisations/{cooperative}/business-account/", may=MANAGERS, expected=200),
    *rows(
        "POST", "/organisations/{cooperative}/business-account/", may=MANAGERS, expected=302, body=BUSINESS
    ),
    *(Row("lan", method, f"/organisations/{{cooperative}}/{act}/", 404, CHI)
      for method in ("GET", "POST") for act in ("revision", "closure", "members", "business-account")),
    *(Row(who, "GET", "/organisations/mine/", 200) for who in EVERYBODY),
    Row("nobody", "GET", "/organisations/mine/", 302),
    *(Row(who, "GET", "/api/organisations", 200) for who in ("nobody", "an", "dung", "lan")),
    *(Row(who, "GET", "/api/organisations/mine", 200) for who in ("nobody", "an", "dung")),
    Row("nobody", "GET", "/api/organisations?kind=CASTLE", 422),
)  # fmt: skip


def things(cast: Cast) -> Mapping[str, object]:
    with commune_scope(ELSEWHERE):
        elsewhere = make_organisation(name="Hợp tác xã xa")
    return {
        "cooperative": cast.cooperative,
        "office": cast.office,
        "tea": make_organisation(name="Hợp tác xã chè"),
        "province": make_organisation(name="Sở Công Thương", kind="PROVINCE"),
        "elsewhere": elsewhere,
        "membership": queries.memberships_of(cast.actor("an"))[0].member_id,
        "newcomer": make_account(username="phuc"),
        "business": make_account(username="htx-mien"),
        **{name: cast.person(name) for name in ("chi", "dung", "oanh", "ha")},
    }


test_access = access_test(TABLE, things)
