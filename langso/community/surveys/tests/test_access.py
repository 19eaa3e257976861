"""Who may open which survey page: officers of the commune, nobody else."""

from langso.community.surveys.testing import make_answers, round_id
from tests.access_table import Row, access_test

TABLE = (
    Row("dung", "GET", "/surveys/", 200),
    Row("lan", "GET", "/surveys/", 200),
    *(
        Row(who, "GET", page, 403)
        for who in ("an", "giang", "ha", "khanh", "minh", "oanh")
        for page in ("/surveys/", "/surveys/{round}/", "/surveys/{round}/answers/")
    ),
    Row("nobody", "GET", "/surveys/", 302),
    Row("nobody", "GET", "/surveys/{round}/", 302),
    Row("dung", "GET", "/surveys/{round}/", 200),
    Row("lan", "GET", "/surveys/{round}/", 404),
    Row("dung", "POST", "/surveys/{round}/", 405),
    Row("dung", "GET", "/surveys/{round}/answers/", 200),
    Row("dung", "GET", "/surveys/{round}/answers/?format=csv", 200),
    Row("dung", "GET", "/surveys/{round}/answers/?format=xlsx", 200),
    Row("lan", "GET", "/surveys/{round}/answers/", 404),
    Row("lan", "GET", "/surveys/{round}/answers/?format=xlsx", 404),
    Row("dung", "GET", "/imports/new/surveys.rhomis/", 200),
    Row("an", "GET", "/imports/new/surveys.rhomis/", 403),
)


def things(cast):
    make_answers(6)
    return {"round": round_id()}


test_access = access_test(TABLE, things)
