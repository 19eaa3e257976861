"""The doors under `/moving/v1/` are for nodes: a person finds no hub behind them here."""

from tests.access_table import Row, access_test

TABLE = (
    Row("nobody", "GET", "/moving/v1/offer", 404),
    Row("nobody", "GET", "/moving/v1/bundle", 404),
    Row("oanh", "GET", "/moving/v1/bundle", 404),
    Row("nobody", "POST", "/moving/v1/taken", 404),
    Row("nobody", "GET", "/moving/v1/arrival", 404),
    Row("nobody", "POST", "/moving/v1/arrival", 404),
    Row("nobody", "POST", "/moving/v1/part", 404),
)

test_access = access_test(TABLE)
