"""Pictures made small: at most 1,280 pixels, WebP, upright, and without what the camera wrote about place and owner."""

import io
import struct
import warnings
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from langso.kernel.errors import Invalid

FULL_SIDE, THUMB_SIDE = 1280, 320
FULL_QUALITIES, THUMB_QUALITIES = (72, 60, 48, 36), (65, 45, 30, 18)
FULL_BYTES, THUMB_BYTES = 120_000, 9_000
"""What a copy should weigh; a picture of much detail gets a lower quality, down to the last one."""
MOST_BYTES = 15 * 1024 * 1024
MOST_PIXELS = 60_000_000
SMOOTH_MODES = ("RGB", "RGBA", "L", "LA", "CMYK", "YCbCr")
"""Modes in which pixels can be averaged; the others (palettes, 1 bit, 16 bits) become RGBA first."""
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
        quiet = warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning)
        with quiet, Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise PictureTooLarge()
            # Made small before it is turned, so that the whole picture is in memory once at most.
            small = opened if opened.mode in SMOOTH_MODES else opened.convert("RGBA")
            small.thumbnail((FULL_SIDE, FULL_SIDE), Image.Resampling.LANCZOS)
            upright = _upright(small)
            picture = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except Image.DecompressionBombError as bomb:
        raise PictureTooLarge() from bomb
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as broken:
        raise NoPicture() from broken
    full = _webp(picture, FULL_QUALITIES, FULL_BYTES)
    picture.thumbnail((THUMB_SIDE, THUMB_SIDE), Image.Resampling.LANCZOS)
    return Reduced(full, _webp(picture, THUMB_QUALITIES, THUMB_BYTES))


def _upright(picture: Image.Image) -> Image.Image:
    """The picture as it was held; one whose notes are damaged stays as it lies."""
    try:
        return ImageOps.exif_transpose(picture)
    except (struct.error, ValueError, TypeError, LookupError, SyntaxError):
        return picture


def _webp(picture: Image.Image, qualities: tuple[int, ...], enough: int) -> bytes:
    """The picture in the first quality that weighs at most `enough` bytes, or in the last one."""
    content = b""
    for quality in qualities:
        written = io.BytesIO()
        picture.save(written, "WEBP", quality=quality, method=4)
        content = written.getvalue()
        if len(content) <= enough:
            break
    return content
