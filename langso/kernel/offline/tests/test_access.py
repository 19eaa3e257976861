"""Who may open what a phone needs."""

from tests.access_table import Row, access_test

EVERYBODY = ("nobody", "an", "giang", "dung", "minh")
UPLOAD = "/offline/uploads/01a22e4d-6b0a-7f99-b865-97e210e5f5a0/"

TABLE = (
    *(
        Row(who, "GET", url, 200)
        for url in ("/sw.js", "/manifest.webmanifest", "/outbox/", "/offline/", "/offline/pages/")
        for who in EVERYBODY
    ),
    *(Row(who, "GET", UPLOAD, 200) for who in ("an", "giang", "dung", "minh")),
    Row("nobody", "GET", UPLOAD, 302),
    Row("an", "PUT", UPLOAD, 422),
    Row("an", "POST", UPLOAD, 405),
    Row("nobody", "PUT", UPLOAD, 422),
)

test_access = access_test(TABLE)
