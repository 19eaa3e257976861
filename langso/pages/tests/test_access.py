from tests.access_table import Row, access_test

STAFF = ("dung", "giang", "ha", "khanh", "lan", "minh", "oanh")
RESIDENTS = ("an", "binh", "chi")

TABLE = (
    *(Row(who, "GET", "/", 200) for who in ("nobody", *RESIDENTS, *STAFF)),
    *(Row(who, "GET", "/help/", 200) for who in ("nobody", *RESIDENTS, *STAFF)),
    Row("nobody", "GET", "/home/", 302),
    *(Row(who, "GET", "/home/", 200) for who in (*RESIDENTS, *STAFF)),
    Row("nobody", "GET", "/desk/", 302),
    *(Row(who, "GET", "/desk/", 403) for who in RESIDENTS),
    *(Row(who, "GET", "/desk/", 200) for who in STAFF),
)

test_access = access_test(TABLE)
