from collections.abc import Mapping

from langso.communication.announcements.rules import Audience
from langso.communication.announcements.testing import make_notice
from tests.access_table import Row, access_test
from tests.cast import ELSEWHERE, Cast


def things(cast: Cast) -> Mapping[str, object]:
    """A notice for everybody, one for staff only, and one that is meant for another commune."""
    return {
        "open": make_notice(),
        "staff": make_notice(audience=Audience.STAFF),
        "elsewhere": make_notice(communes=(ELSEWHERE,)),
    }


def rows(url: str, method: str = "GET", body: Mapping[str, str] | None = None, **expected: int) -> tuple[Row, ...]:
    return tuple(Row(who, method, url, status, body or {}) for who, status in expected.items())


NOTICE = {"title_vi": "Họp", "text_vi": "Họp thôn", "urgency": "ORDINARY", "audience": "STAFF"}
TABLE = (
    *rows("/announcements/", nobody=200, an=200, dung=200, giang=200, ha=200, lan=200, minh=200, oanh=200),
    *rows("/announcements/{open}/", nobody=200, an=200, dung=200, lan=200, minh=200, oanh=200),
    *rows("/announcements/{staff}/", dung=200, giang=200, ha=200, khanh=200, lan=200, minh=200, an=404, nobody=404),
    *rows("/announcements/{elsewhere}/", lan=200, minh=200, oanh=200, dung=404, ha=404, an=404, nobody=404),
    *rows("/announcements/new/", minh=200, dung=403, ha=403, oanh=403, an=403, nobody=302),
    *rows("/announcements/new/", "POST", NOTICE, minh=409, dung=403, an=403, oanh=403, nobody=302),
    *rows("/announcements/{open}/receipts/", minh=404, oanh=404, dung=403, an=403, lan=403, nobody=302),
    *rows("/announcements/{open}/withdrawal/", minh=200, dung=403, oanh=403, an=403, nobody=302),
    *rows("/announcements/{open}/withdrawal/", "POST", {"reason": "x"}, minh=409, dung=403, lan=403, nobody=302),
)  # fmt: skip

test_access = access_test(TABLE, things)
