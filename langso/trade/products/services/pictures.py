"""Pictures of products."""

from typing import TYPE_CHECKING, TypeAlias
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import Invalid, NotHere
from langso.kernel.files import services as files
from langso.kernel.journal.services import service
from langso.trade.products import access
from langso.trade.products.models import Picture
from langso.trade.products.queries.rows import seen_product
from langso.trade.products.services.facts import tell_described

MOST_PICTURES = 6

if TYPE_CHECKING:
    Upload: TypeAlias = UploadedFile[bytes]
else:
    Upload = UploadedFile


class TooManyPictures(Invalid):
    code = "too_many_pictures"
    message = _("A product has at most six pictures. Take one away first.")


@service
def add_picture(actor: Actor, *, product_id: UUID, upload: Upload) -> str:
    """Keep a picture of the product, made small, its place left out. Returns its SHA-256. Raises `TooManyPictures`.

    It is public at once, also for a draft: it was taken to be shown, and its address cannot be guessed.
    """
    product = seen_product(actor, product_id)
    require(access.can_edit(actor, product), actor)
    if product.pictures.count() >= MOST_PICTURES:
        raise TooManyPictures()
    sha256 = files.keep_picture(actor, upload=upload)
    files.make_public(actor, sha256=sha256)
    last = product.pictures.aggregate(last=Max("position"))["last"] or 0
    _row, made = Picture.objects.get_or_create(product=product, sha256=sha256, defaults={"position": last + 1})
    if made:
        tell_described(actor, product)
    return sha256


@service
def remove_picture(actor: Actor, *, product_id: UUID, sha256: str) -> None:
    """Take a picture off the product's page. Raises `NotHere` when it is not there."""
    product = seen_product(actor, product_id)
    require(access.can_edit(actor, product), actor)
    removed, _rows = product.pictures.filter(sha256=sha256).delete()
    if not removed:
        raise NotHere(_("This picture is not known here."))
    tell_described(actor, product)
