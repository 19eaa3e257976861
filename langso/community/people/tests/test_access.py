"""Who may open what in the register."""

from collections.abc import Mapping

from langso.community.people.models import DuplicatePair
from langso.community.people.queries import household_card
from langso.community.people.services import merge_persons
from langso.community.people.testing import make_person
from langso.kernel.access.actors import system
from langso.kernel.clock import today
from langso.kernel.ids import new_id
from tests.access_table import Row, access_test
from tests.cast import Cast


def things(cast: Cast) -> Mapping[str, object]:
    """A person, a household, a pair that waits and a merge that can be taken back, all of commune 03390."""
    for _ in range(2):
        make_person(name="Sùng A Páo")
    pair = DuplicatePair.objects.get()
    kept, merged = (make_person(name="Sùng A Lử", birth_year=1950 + year) for year in (0, 20))
    merge = merge_persons(system("03390"), kept_id=kept, merged_id=merged)
    return {
        "person": cast.person("an"),
        "household": cast.household,
        "pair": pair.pk,
        "merge": merge,
        "village": cast.village,
        "code": household_card(system("03390"), household_id=cast.household).code,
        "form": new_id(),
        "today": today().isoformat(),
    }


READERS = (
    ("/people/", {"dung": 200, "giang": 200}),
    ("/people/households/", {"dung": 200, "giang": 200}),
    ("/people/new/", {"dung": 200}),
    ("/people/purpose/", {"dung": 200}),
    ("/people/duplicates/", {"dung": 200}),
    ("/people/duplicates/{pair}/", {"dung": 200}),
    ("/people/{person}/", {"dung": 200}),
    ("/people/{person}/correction/", {"dung": 200}),
    ("/people/{person}/departure/", {"dung": 200}),
    ("/people/{person}/arrival/", {"dung": 200}),
    ("/people/{person}/household/", {"dung": 200}),
    ("/people/{person}/death/", {"dung": 200}),
    ("/people/households/{household}/", {"dung": 200}),
    ("/people/households/{household}/correction/", {"dung": 200}),
    ("/people/households/{household}/head/", {"dung": 200}),
    ("/people/households/{household}/relations/", {"dung": 200}),
    ("/people/households/{household}/split/", {"dung": 200}),
    ("/people/households/{household}/status/", {"dung": 200}),
)
WRITERS = (
    ("/people/new/", 422),
    ("/people/purpose/", 422),
    ("/people/lookup/", 302),
    ("/people/duplicates/{pair}/", 200),
    ("/people/duplicates/{pair}/difference/", 302),
    ("/people/merges/{merge}/undoing/", 302),
    ("/people/{person}/correction/", 422),
    ("/people/{person}/departure/", 422),
    ("/people/{person}/arrival/", 422),
    ("/people/{person}/household/", 422),
    ("/people/{person}/death/", 422),
    ("/people/households/{household}/correction/", 422),
    ("/people/households/{household}/head/", 422),
    ("/people/households/{household}/relations/", 422),
    ("/people/households/{household}/split/", 422),
    ("/people/households/{household}/status/", 422),
)
OTHERS = ("an", "giang", "ha", "khanh", "minh", "oanh")


def stranger(url: str) -> int:
    """What another commune's officer gets: nothing of this commune exists there; lists and empty forms are their
    own."""
    return 404 if "{" in url else 200


def rows() -> tuple[Row, ...]:
    table = [Row(who, "GET", url, status) for url, allowed in READERS for who, status in allowed.items()]
    table += [Row(who, "GET", url, 403) for url, allowed in READERS for who in OTHERS if who not in allowed]
    table += [Row("nobody", "GET", url, 302) for url, _ in READERS]
    table += [Row("lan", "GET", url, stranger(url)) for url, _ in READERS]
    table += [Row("dung", "POST", url, status) for url, status in WRITERS]
    table += [Row(who, "POST", url, 403) for url, _ in WRITERS for who in OTHERS]
    table += [Row("nobody", "POST", url, 302) for url, _ in WRITERS]
    table += [Row("lan", "POST", url, 404) for url, _ in WRITERS if "{" in url]
    return tuple(table)


OWN = (
    *(Row(who, "GET", "/people/me/", 200) for who in ("an", "binh", "chi", "dung", "giang", "ha", "oanh")),
    *(Row(who, "GET", "/people/me/access-log/", 200) for who in ("an", "binh", "chi", "dung", "giang")),
    *(Row(who, "GET", "/people/me/", 403) for who in ("lan", "minh")),
    *(Row(who, "GET", "/people/me/access-log/", 403) for who in ("lan", "minh")),
    Row("nobody", "GET", "/people/me/", 302),
    Row("nobody", "GET", "/people/me/access-log/", 302),
)
API = (
    *(Row(who, "GET", "/api/people", 200) for who in ("dung", "giang", "an", "lan", "minh")),
    Row("nobody", "GET", "/api/people", 401),
    *(Row(who, "GET", "/api/people/me", 200) for who in ("an", "dung")),
    *(Row(who, "GET", "/api/people/me/access-log", 200) for who in ("an", "dung")),
    Row("minh", "GET", "/api/people/me", 403),
    Row("nobody", "GET", "/api/people/me", 401),
    Row("nobody", "GET", "/api/people/me/access-log", 401),
    *(
        Row(who, "GET", url, status, {"purpose": "SERVICE"})
        for url in ("/api/people/{person}", "/api/households/{household}")
        for who, status in {
            "dung": 200, "lan": 404, "giang": 403, "an": 403, "binh": 403, "ha": 403, "minh": 403, "oanh": 403,
            "nobody": 401,
        }.items()
    ),
    Row("dung", "GET", "/api/people/{person}", 422),
    Row("dung", "GET", "/api/people/{person}", 422, {"purpose": "CURIOSITY"}),
    Row("dung", "GET", "/api/households/{household}", 422, {"purpose": "OTHER"}),
)  # fmt: skip

VISIT = {
    "client_id": "{form}",
    "household_code": "{code}",
    "purpose": "CHECK",
    "remark": "Cả nhà khoẻ",
    "visit_date": "{today}",
}
VISITS = (
    *(
        Row(who, method, url, status, body)
        for method, url, body, allowed in (
            ("GET", "/people/visits/", {}, 200),
            ("GET", "/people/visits/new/", {}, 200),
            ("POST", "/people/visits/new/", VISIT, 302),
            ("POST", "/people/visits/new/", {**VISIT, "household_code": "?"}, 422),
        )
        for who, status in {
            "dung": allowed, "giang": allowed, "nobody": 302,
            **dict.fromkeys(("an", "ha", "khanh", "minh", "oanh"), 403),
        }.items()
    ),
    Row("lan", "GET", "/people/visits/", 200),
    Row("lan", "POST", "/people/visits/new/", 422, VISIT),
)  # fmt: skip

TABLE = (*rows(), *OWN, *API, *VISITS)

test_access = access_test(TABLE, things)
