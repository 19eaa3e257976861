from tests.access_table import Row, access_test

TABLE = (Row("nobody", "GET", "/ui/", 200), Row("an", "GET", "/ui/", 200), Row("dung", "GET", "/ui/", 200))

test_access = access_test(TABLE)
