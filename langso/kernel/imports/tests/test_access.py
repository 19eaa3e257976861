"""Who may open which import page. The importers of the residents and of the surveys are the officers'."""

from langso.kernel.imports.testing import check_file
from langso.kernel.imports.tests.words import KIND, many
from tests.access_table import Row, access_test

RUN = "/imports/{run}/"

TABLE = (
    Row("dung", "GET", "/imports/", 200),
    Row("lan", "GET", "/imports/", 200),
    Row("an", "GET", "/imports/", 403),
    Row("ha", "GET", "/imports/", 403),
    Row("giang", "GET", "/imports/", 403),
    Row("minh", "GET", "/imports/", 403),
    Row("nobody", "GET", "/imports/", 302),
    Row("dung", "GET", f"/imports/new/{KIND}/", 200),
    Row("dung", "GET", "/imports/new/no.such/", 404),
    Row("an", "GET", f"/imports/new/{KIND}/", 403),
    Row("dung", "POST", f"/imports/new/{KIND}/", 422),
    Row("an", "POST", f"/imports/new/{KIND}/", 403),
    Row("nobody", "POST", f"/imports/new/{KIND}/", 302),
    Row("dung", "GET", f"/imports/template/{KIND}.xlsx", 200),
    Row("dung", "GET", f"/imports/template/{KIND}.pdf", 404),
    Row("an", "GET", f"/imports/template/{KIND}.csv", 403),
    Row("dung", "GET", f"/imports/export/{KIND}.csv", 200),
    Row("an", "GET", f"/imports/export/{KIND}.csv", 403),
    Row("oanh", "GET", f"/imports/export/{KIND}.csv", 403),
    Row("nobody", "GET", f"/imports/export/{KIND}.csv", 302),
    Row("dung", "GET", RUN, 200),
    Row("an", "GET", RUN, 403),
    Row("ha", "GET", RUN, 403),
    Row("lan", "GET", RUN, 404),
    Row("nobody", "GET", RUN, 302),
    Row("dung", "GET", f"{RUN}columns/", 200),
    Row("lan", "GET", f"{RUN}columns/", 404),
    Row("an", "POST", f"{RUN}columns/", 403),
    Row("dung", "GET", f"{RUN}rows/", 200),
    Row("an", "GET", f"{RUN}rows/", 403),
    Row("lan", "GET", f"{RUN}rows/", 404),
    Row("dung", "GET", f"{RUN}refused.csv", 200),
    Row("dung", "GET", f"{RUN}refused.txt", 404),
    Row("an", "GET", f"{RUN}refused.xlsx", 403),
    Row("lan", "GET", f"{RUN}refused.xlsx", 404),
    Row("dung", "POST", f"{RUN}writing/", 302, {"mode": "GOOD_ROWS"}),
    Row("dung", "POST", f"{RUN}writing/", 422),
    Row("dung", "GET", f"{RUN}writing/", 405),
    Row("an", "POST", f"{RUN}writing/", 403, {"mode": "GOOD_ROWS"}),
    Row("lan", "POST", f"{RUN}writing/", 404, {"mode": "GOOD_ROWS"}),
    Row("dung", "POST", f"{RUN}cancellation/", 302),
    Row("an", "POST", f"{RUN}cancellation/", 403),
    Row("lan", "POST", f"{RUN}cancellation/", 404),
    Row("dung", "POST", f"{RUN}reversal/", 409),
    Row("an", "POST", f"{RUN}reversal/", 403),
    Row("lan", "POST", f"{RUN}reversal/", 404),
    Row("dung", "POST", f"{RUN}continuation/", 409),
    Row("an", "POST", f"{RUN}continuation/", 403),
)


def things(cast):
    return {"run": check_file(cast.actor("dung"), kind=KIND, content=many(3))}


test_access = access_test(TABLE, things)
