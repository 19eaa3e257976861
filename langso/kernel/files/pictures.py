"""Pictures made small: at most 1,280 pixels, WebP, upright, and without what the camera wrote about place and owner."""

import io
import warnings
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from langso.kernel.errors import Invalid

FULL_SIDE, THUMB_SIDE = 1280, 320
FULL_QUALITY, THUMB_QUALITY = 72, 65
MOST_BYTES = 15 * 1024 * 1024
MOST_PIXELS = 60_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")


class NoPicture(Invalid):
    code = "no_picture"
    message = _("This file is no picture that can be opened. Take the photo again, or choose a JPEG or PNG file.")


class PictureTooLarge(Invalid):
    code = "picture_too_large"
    message = _("This picture is too large. Choose one of at most 15 MB and 60 million pixels.")


@dataclass(frozen=True, slots=True)
class Reduced:
    """The two copies that are kept, as WebP."""

    full: bytes
    thumb: bytes


def reduce(content: bytes) -> Reduced:
    """Make both copies of an uploaded picture. Raises `NoPicture`, `PictureTooLarge`."""
    if len(content) > MOST_BYTES:
        raise PictureTooLarge()
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            if opened.width * opened.height > MOST_PIXELS:
                raise PictureTooLarge()
            opened.draft("RGB", (FULL_SIDE * 2, FULL_SIDE * 2))
            upright = ImageOps.exif_transpose(opened)
            picture = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise PictureTooLarge() from bomb
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as broken:
        raise NoPicture() from broken
    return Reduced(_webp(picture, FULL_SIDE, FULL_QUALITY), _webp(picture, THUMB_SIDE, THUMB_QUALITY))


def _webp(picture: Image.Image, side: int, quality: int) -> bytes:
    small = picture.copy()
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    small.save(written, "WEBP", quality=quality, method=4)
    return written.getvalue()
