"""Who may open what of the link. The doors under `/link/v1/` are for nodes: a person finds no hub behind them here."""

from tests.access_table import Row, access_test

TABLE = (
    Row("nobody", "POST", "/link/v1/join", 404),
    Row("nobody", "POST", "/link/v1/hello", 404),
    Row("nobody", "POST", "/link/v1/journal", 404),
    Row("nobody", "GET", "/link/v1/down", 404),
    Row("nobody", "GET", "/link/v1/proof", 404),
    Row("nobody", "POST", "/link/v1/report", 404),
    Row("nobody", "POST", "/link/v1/key", 404),
)

test_access = access_test(TABLE)
