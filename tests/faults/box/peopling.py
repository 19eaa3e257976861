"""Fill a node's two communes with people, organisations, a household's answers, a picture, a product and a lot of it.

python -m tests.faults.box.peopling
"""

import io
import os
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "langso.site.settings")
django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from PIL import Image  # noqa: E402

from langso.community.people.testing import make_household_class  # noqa: E402
from langso.community.surveys.testing import make_answer  # noqa: E402
from langso.farm.diary.testing import confirm, make_early_harvest, make_entry, make_hazard  # noqa: E402
from langso.farm.plots.testing import make_plot, make_season  # noqa: E402
from langso.kernel import clock  # noqa: E402
from langso.kernel.access.actors import system  # noqa: E402
from langso.kernel.access.scope import commune_scope  # noqa: E402
from langso.kernel.files import services as files  # noqa: E402
from langso.kernel.journal.reading import read_all  # noqa: E402
from langso.trade.products.testing import make_certificate, make_product  # noqa: E402
from langso.trade.trace.testing import make_lot  # noqa: E402
from tests.cast import ELSEWHERE, HOME, make_cast  # noqa: E402


def picture(colour: str) -> SimpleUploadedFile:
    made = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(made, "JPEG")
    return SimpleUploadedFile("ruong.jpg", made.getvalue(), "image/jpeg")


def people() -> None:
    cast = make_cast()
    with commune_scope(HOME):
        make_household_class(household_id=cast.household)
        make_answer()
        product = make_product(organisation_id=cast.cooperative, name="Miến dong")
        make_certificate(product_id=product)
        make_lot(organisation_id=cast.cooperative, product_id=product, packed=True)
        season = make_season(
            plot_id=make_plot(household_id=cast.household), product_id=product, organisation_id=cast.cooperative
        )
        make_hazard(season_id=season)
        confirm(make_entry(season_id=season, on_date=clock.today() - timedelta(days=20)))
        make_early_harvest(season_id=season, household_id=cast.household)
        files.keep_picture(system(HOME), upload=picture("green"))
    with commune_scope(ELSEWHERE):
        files.keep_picture(system(ELSEWHERE), upload=picture("blue"))
    while read_all():
        pass


if __name__ == "__main__":
    people()
