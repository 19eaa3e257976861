from collections.abc import Mapping
from datetime import timedelta

from langso.kernel.transparency.models import Leaf
from langso.kernel.transparency.services import sign, take_in
from tests.access_table import Row, access_test
from tests.cast import HOME, Cast


def things(cast: Cast) -> Mapping[str, object]:
    """The log of the commune with what its villages made public, signed."""
    while take_in(HOME):
        pass
    sign(HOME, not_within=timedelta(0))
    return {"entry": Leaf.objects.exclude(entry_id=None).values_list("entry_id", flat=True)[0], "village": cast.village}


EVERYBODY = ("nobody", "an", "dung", "lan", "minh", "oanh")
TABLE = (
    *(
        Row(who, "GET", url, 200)
        for who in EVERYBODY
        for url in (
            "/log/03390/1/checkpoint",
            "/log/03390/1/key",
            "/log/03390/1/tile/0/000.p/1",
            "/log/03390/1/tile/entries/000.p/1",
            "/log/proofs/{entry}/",
        )
    ),
    *(
        Row("nobody", "GET", url, 404)
        for url in (
            "/log/03390/2/checkpoint",
            "/log/99999/1/key",
            "/log/03390/1/tile/0/000",
            "/log/03390/1/tile/no/such/part",
            "/log/proofs/{village}/",
        )
    ),
    Row("nobody", "POST", "/log/03390/1/checkpoint", 405),
)

test_access = access_test(TABLE, things)
