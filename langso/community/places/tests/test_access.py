"""Who may open what."""

from collections.abc import Mapping

from langso.community.places.testing import make_change, make_village
from langso.kernel.access.scope import commune_scope
from tests.access_table import Row, access_test
from tests.cast import ELSEWHERE, Cast

VILLAGE = {"name": "Nà Đon", "kind": "BAN", "order": "5", "population_note": ""}
PASTED = {"usual_kind": "BAN", "pasted": "Nà Đon"}
OF_PROVINCE = (("minh", 200, 409), *((who, 403, 403) for who in ("dung", "an", "oanh")), ("nobody", 302, 302))
CHANGE = {"legal_basis": "NQ", "from_date": "2030-01-01", "table": "03439,03529", "confirmed": "1", "reason": "x"}
STAFF = ("dung", "giang", "ha", "khanh", "minh", "oanh")
OTHERS = ("an",)


def rows(
    url: str, *, officers: int, others: int, nobody: int, method: str = "GET", body: Mapping[str, str] = {}
) -> tuple[Row, ...]:
    """Officers, then whoever else is signed in, then a visitor."""
    names = ("giang", "ha", "minh", "oanh", "an")
    return (
        Row("dung", method, url, officers, body),
        *(Row(name, method, url, others, body) for name in names),
        Row("nobody", method, url, nobody, body),
    )


TABLE = (
    *(
        Row(who, "GET", url, 200)
        for who in ("nobody", "lan")
        for url in (
            "/places/old-address/",
            "/places/old-address/?address=xã+Bình+Lư",
            "/places/communes/03390/",
            "/places/units/12/2025-07-01/",
            "/places/units/00004/2025-01-01/",
            "/api/places/villages",
            "/api/places/provinces",
            "/api/places/communes?province=12",
            "/api/places/old-address?text=xã+Bình+Lư",
        )
    ),
    Row("nobody", "GET", "/places/communes/99999/", 404),
    Row("nobody", "GET", "/places/units/03390/2024-01-01/", 404),
    Row("nobody", "GET", "/places/units/03390/2025-02-31/", 404),
    *(
        Row(who, "GET", url, 200)
        for who in STAFF
        for url in (
            "/places/units/",
            "/places/units/?format=csv&province_code=12",
            "/places/boundaries/",
            "/places/villages/",
            "/places/villages/?format=csv",
            "/places/villages/{village}/",
        )
    ),
    *(
        Row(who, "GET", url, 403)
        for who in OTHERS
        for url in ("/places/units/", "/places/boundaries/", "/places/villages/", "/places/villages/{village}/")
    ),
    *(
        Row("nobody", "GET", url, 302)
        for url in ("/places/units/", "/places/boundaries/", "/places/villages/", "/places/villages/{village}/")
    ),
    *(Row(who, "GET", f"/places/changes/{each}", 200) for who in STAFF for each in ("", "{change}/")),
    *(Row("an", "GET", f"/places/changes/{each}", 403) for each in ("", "{change}/")),
    *(Row("nobody", "GET", f"/places/changes/{each}", 302) for each in ("", "{change}/")),
    *(
        Row(who, method, f"/places/changes/{each}", expected, body)
        for who, of_province, at_box in (
            ("minh", 200, 409),
            ("dung", 403, 403),
            ("an", 403, 403),
            ("oanh", 403, 403),
            ("nobody", 302, 302),
        )
        for each in ("new/", "{change}/withdrawal/")
        for method, expected, body in (("GET", of_province, {}), ("POST", at_box, CHANGE))
    ),
    *(Row(who, "GET", "/places/changes/{change}/receipts/", 404) for who in ("minh", "oanh")),
    *(Row(who, "GET", "/places/changes/{change}/receipts/", 403) for who in ("dung", "an", "lan")),
    Row("nobody", "GET", "/places/changes/{change}/receipts/", 302),
    Row("lan", "GET", "/places/villages/", 200),
    Row("lan", "GET", "/places/villages/{village}/", 404),
    Row("dung", "GET", "/places/villages/{elsewhere}/", 404),
    *rows("/places/villages/new/", officers=200, others=403, nobody=302),
    *rows("/places/villages/new/", officers=302, others=403, nobody=302, method="POST", body=VILLAGE),
    *rows("/places/villages/pasted/", officers=200, others=403, nobody=302),
    *rows("/places/villages/pasted/", officers=302, others=403, nobody=302, method="POST", body=PASTED),
    *rows("/places/villages/{village}/revision/", officers=200, others=403, nobody=302),
    *rows("/places/villages/{village}/revision/", officers=302, others=403, nobody=302, method="POST", body=VILLAGE),
    *rows("/places/villages/{village}/merger/", officers=200, others=403, nobody=302),
    *rows(
        "/places/villages/{village}/merger/",
        officers=302,
        others=403,
        nobody=302,
        method="POST",
        body={"into": "{other}"},
    ),
    *(
        Row("lan", method, f"/places/villages/{{village}}/{act}/", 404, VILLAGE | {"into": "{other}"})
        for method in ("GET", "POST")
        for act in ("revision", "merger")
    ),
    Row("dung", "POST", "/places/villages/{elsewhere}/revision/", 404, VILLAGE),
    Row("dung", "POST", "/places/villages/{village}/merger/", 422, {"into": "{elsewhere}"}),
    Row("dung", "POST", "/places/villages/new/", 422, {"name": "", "kind": "BAN"}),
    Row("dung", "PUT", "/places/villages/new/", 405),
    Row("dung", "POST", "/places/units/", 405),
)


def things(cast: Cast) -> Mapping[str, object]:
    with commune_scope(ELSEWHERE):
        elsewhere = make_village(name="Bản Xa")
    return {
        "change": make_change(),
        "village": cast.village,
        "other": make_village(name="Bản Khác"),
        "elsewhere": elsewhere,
    }


test_access = access_test(TABLE, things)
