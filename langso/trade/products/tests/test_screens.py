"""Every screen of products in a real browser, at a phone's and a desk's width."""

import pytest

from langso.kernel.ui.browser import chromium
from langso.kernel.ui.testing import faults_on_screen
from langso.trade.products.testing import make_certificate, make_product
from tests.cast import Cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(chromium() is None, reason="needs Chromium"),
]


def test_screens(cast: Cast) -> None:
    product = make_product(organisation_id=cast.cooperative)
    certificate = make_certificate(product_id=product)
    own = make_product(household_id=cast.household)
    public, manager, resident = (cast.client(name) for name in ("nobody", "ha", "an"))
    answers = {path: public.get(path) for path in ("/products/", f"/products/{product}/")}
    answers |= {
        path: manager.get(path)
        for path in (
            *("/products/certificates/", "/products/new/", f"/products/{product}/desk/"),
            *(f"/products/{product}/{act}/" for act in ("description", "withdrawal", "certificates/new")),
            f"/products/{product}/certificates/{certificate}/revocation/",
        )
    }
    answers |= {path: resident.get(path) for path in ("/products/desk/", f"/products/{own}/desk/")}
    assert faults_on_screen(answers, widths=(360,)) == []
