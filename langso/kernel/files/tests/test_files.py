"""Files are whole or not there, pictures are small and say nothing of who took them where."""

import contextlib
import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import settings as settings_of_hypothesis
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from langso.kernel.access.actors import NOBODY, Actor, system
from langso.kernel.access.require import SignInNeeded
from langso.kernel.access.scope import commune_scope
from langso.kernel.errors import NotHere
from langso.kernel.files import contents, pictures, queries, responses, services
from langso.kernel.files.models import StoredFile
from langso.kernel.journal.services import service

pytestmark = pytest.mark.django_db
NODE = system("03390")


def photo(
    width: int = 2400, height: int = 1600, form: str = "JPEG", exif: Image.Exif | None = None
) -> SimpleUploadedFile:
    written = io.BytesIO()
    picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    picture.putpixel((0, 0), (255, 0, 0))
    picture.save(written, form, **({"exif": exif} if exif else {}))
    return SimpleUploadedFile("ruộng.jpg", written.getvalue(), content_type="image/jpeg")


def stored(sha256: str) -> Image.Image:
    return Image.open(io.BytesIO(contents.read(sha256)))


def test_a_picture_is_reduced_and_has_a_small_copy() -> None:
    sha256 = services.keep_picture(NODE, upload=photo())
    row = StoredFile.objects.get(sha256=sha256)
    assert stored(sha256).size == (1280, 853)
    assert stored(row.thumb).size == (320, 213)
    assert stored(sha256).format == "WEBP"
    assert row.size < 150_000
    assert row.name == "ruộng.jpg"


def test_a_picture_stands_upright_and_the_cameras_notes_are_gone() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Camera of somebody"
    exif.get_ifd(0x8825)[1] = "N"
    sha256 = services.keep_picture(NODE, upload=photo(exif=exif))
    kept = stored(sha256)
    assert kept.size == (853, 1280)
    assert dict(kept.getexif()) == {}
    assert b"Camera of somebody" not in contents.read(sha256)


def test_a_small_picture_is_not_blown_up() -> None:
    assert stored(services.keep_picture(NODE, upload=photo(60, 40, "PNG"))).size == (60, 40)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", services.EmptyFile),
        (b"not a picture", pictures.NoPicture),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, pictures.NoPicture),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", pictures.NoPicture),
        (b"GIF89a" + b"\xff" * 20, pictures.NoPicture),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence(content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal) as refused:
        services.keep_picture(NODE, upload=SimpleUploadedFile("x.jpg", content))
    assert str(refused.value)
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("mode", ["P", "1", "L", "LA", "I;16", "RGBA", "CMYK"])
def test_pictures_of_every_kind_are_taken(mode: str) -> None:
    written = io.BytesIO()
    picture = Image.linear_gradient("L").convert("I" if mode == "I;16" else "RGB").convert(mode)
    picture.save(written, "JPEG" if mode == "CMYK" else "PNG")
    sha256 = services.keep_picture(NODE, upload=SimpleUploadedFile("x.png", written.getvalue()))
    assert stored(sha256).size == (256, 256)


def test_a_picture_of_much_detail_is_still_light() -> None:
    """Leaves and grass: a picture whose neighbouring pixels differ everywhere."""
    written = io.BytesIO()
    grass = Image.effect_noise((1600, 1200), 60).filter(ImageFilter.GaussianBlur(1.2)).convert("RGB")
    grass.save(written, "JPEG", quality=90)
    sha256 = services.keep_picture(NODE, upload=SimpleUploadedFile("x.jpg", written.getvalue()))
    assert 40_000 < len(contents.read(sha256)) < 200_000


@settings_of_hypothesis(max_examples=150, deadline=None)
@given(data=st.data(), form=st.sampled_from(["JPEG", "PNG", "WEBP", "GIF", "BMP"]))
def test_a_damaged_picture_is_taken_or_refused_and_nothing_else(data: st.DataObject, form: str) -> None:
    written = io.BytesIO()
    Image.linear_gradient("L").resize((40, 30)).convert("RGB").save(written, form)
    content = bytearray(written.getvalue())
    for _ in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    with contextlib.suppress(pictures.NoPicture, pictures.PictureTooLarge):
        pictures.reduce(bytes(content))


def test_half_a_photo_is_refused() -> None:
    whole = photo().read()
    with pytest.raises(pictures.NoPicture):
        services.keep_picture(NODE, upload=SimpleUploadedFile("x.jpg", whole[: len(whole) // 2]))


def test_a_decompression_bomb_is_refused_before_it_is_opened() -> None:
    written = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(written, "PNG")
    with pytest.raises(pictures.PictureTooLarge):
        services.keep_picture(NODE, upload=SimpleUploadedFile("x.png", written.getvalue()))


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"%PDF-1.7 x", "application/pdf"),
        (b"a,b\n1,2\n", "text/csv; charset=utf-8"),
        (b"PK\x03\x04", "application/zip"),
    ],
)
def test_usual_files_are_kept_as_they_are(content: bytes, content_type: str) -> None:
    sha256 = services.keep_file(NODE, content=content, name="giấy.pdf", content_type=content_type)
    assert contents.read(sha256) == content
    assert queries.file_card(sha256=sha256).size == len(content)


@pytest.mark.parametrize(
    ("content", "content_type", "refusal"),
    [
        (b"<html>", "text/html", services.UnknownKindOfFile),
        (b"MZ...", "application/pdf", services.UnknownKindOfFile),
        (b"", "text/csv", services.EmptyFile),
        (b"x" * (services.MOST_BYTES + 1), "text/plain", services.FileTooLarge),
    ],
)
def test_other_files_are_refused(content: bytes, content_type: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        services.keep_file(NODE, content=content, name="x", content_type=content_type)


def test_only_who_is_signed_in_keeps_files() -> None:
    with pytest.raises(SignInNeeded):
        services.keep_file(NOBODY, content=b"x", name="x", content_type="text/plain")


def test_the_same_content_is_kept_once_and_belongs_to_each_commune_that_sent_it() -> None:
    first = services.keep_file(NODE, content=b"same", name="a", content_type="text/plain")
    assert services.keep_file(NODE, content=b"same", name="b", content_type="text/plain") == first
    with commune_scope("03405"):
        with pytest.raises(NotHere):
            queries.file_card(sha256=first)
        services.keep_file(system("03405"), content=b"same", name="c", content_type="text/plain")
    assert StoredFile.objects.count() == 1


def test_a_failed_act_leaves_no_row() -> None:
    @service
    def fail(actor: Actor) -> None:
        services.keep_file(actor, content=b"gone", name="a", content_type="text/plain")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fail(NODE)
    assert not StoredFile.objects.exists()


def test_a_write_that_fails_half_way_leaves_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    class Torn(ContentFile[bytes]):
        def chunks(self, chunk_size: int | None = None):  # type: ignore[no-untyped-def]
            yield b"half"
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        default_storage.save("te/st/torn", Torn(b"never"))
    assert not default_storage.exists("te/st/torn")
    assert list((Path(settings.DATA) / "files" / "te" / "st").iterdir()) == []


def test_private_files_are_not_cached_or_run() -> None:
    sha256 = services.keep_file(NODE, content=b"a,b", name="x.csv", content_type="text/csv")
    answer = responses.file_response(sha256)
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_picture_opens_once_it_is_public_and_then_for_ever(client: Client) -> None:
    sha256 = services.keep_picture(NODE, upload=photo())
    address = queries.picture_url(sha256, "thumb")
    assert client.get(address).status_code == 404
    services.make_public(NODE, sha256=sha256)
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert "immutable" in answer["Cache-Control"]
    assert Image.open(io.BytesIO(answer.content)).width == 320
    assert Image.open(io.BytesIO(client.get(queries.picture_url(sha256, "full")).content)).width == 1280
    assert client.head(address).status_code == 200


def test_only_pictures_become_public() -> None:
    sha256 = services.keep_file(NODE, content=b"%PDF-x", name="x", content_type="application/pdf")
    with pytest.raises(NotHere):
        services.make_public(NODE, sha256=sha256)


def test_the_check_finds_what_is_missing_and_what_was_changed() -> None:
    changed = services.keep_file(NODE, content=b"to change", name="x", content_type="text/plain")
    missing = services.keep_file(NODE, content=b"to lose", name="x", content_type="text/plain")
    assert list(contents.verify()) == []
    (Path(settings.DATA) / "files" / contents.place_of(changed)).write_bytes(b"changed!")
    default_storage.delete(contents.place_of(missing))
    assert {fault.sha256: fault.what for fault in contents.verify()} == {
        changed: "the content was changed",
        missing: "the content is missing",
    }
    unreadable = Path(settings.DATA) / "files" / contents.place_of(changed)
    unreadable.unlink()
    unreadable.mkdir()
    assert "cannot be read" in {fault.sha256: fault.what for fault in contents.verify()}[changed]
    unreadable.rmdir()


def test_a_forgotten_file_is_gone_once_no_commune_has_it(django_capture_on_commit_callbacks) -> None:
    def forget(commune: str) -> None:
        with commune_scope(commune), django_capture_on_commit_callbacks(execute=True):
            services.forget_file(system(commune), sha256=sha256)

    sha256 = services.keep_file(NODE, content=b"to forget", name="x", content_type="text/plain")
    with commune_scope("03405"):
        services.keep_file(system("03405"), content=b"to forget", name="y", content_type="text/plain")
    forget("03390")
    assert contents.read(sha256) == b"to forget"
    with pytest.raises(NotHere):
        queries.file_card(sha256=sha256)
    forget("03405")
    with pytest.raises(FileNotFoundError):
        contents.read(sha256)
    forget("03405")
