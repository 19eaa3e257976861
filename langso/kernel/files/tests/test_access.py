"""Who may open a picture's address."""

from collections.abc import Mapping

from langso.kernel.access.actors import system
from langso.kernel.files import services
from langso.kernel.files.tests.test_files import photo
from tests.access_table import Row, access_test
from tests.cast import Cast

TABLE = (
    Row("nobody", "GET", "/files/{public_sha}/thumb.webp", 200),
    Row("nobody", "GET", "/files/{public_sha}/full.webp", 200),
    Row("nobody", "GET", "/files/{private_sha}/full.webp", 404),
    Row("dung", "GET", "/files/{private_sha}/full.webp", 404),
    Row("nobody", "POST", "/files/{public_sha}/full.webp", 405),
)


def things(cast: Cast) -> Mapping[str, object]:
    node = system("03390")
    public, private = (services.keep_picture(node, upload=photo(width, 40)) for width in (50, 60))
    services.make_public(node, sha256=public)
    return {"public_sha": public, "private_sha": private}


test_access = access_test(TABLE, things)
