"""Boundaries come from a file that the operator has, never with the program: for reference, not legal."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from langso.community.places import access
from langso.community.places.events import BoundariesImported
from langso.community.places.models import AdminUnit, BoundaryLayer, Level, Outline
from langso.community.places.rules.topojson import BadBoundaryFile, Shape, read_shapes
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import Invalid, Text
from langso.kernel.journal.services import emit, service
from langso.kernel.text import nfc

ARCHIPELAGOS = {"20333": "Hoàng Sa", "22736": "Trường Sa"}
"""The two special zones that every map of the country shows."""
LEVEL_OF_CODE = {2: Level.PROVINCE, 5: Level.COMMUNE}

PROBLEMS: dict[str, Text] = {
    "not_json": _("The file is not JSON."),
    "not_outlines": _("The file is neither TopoJSON nor a GeoJSON FeatureCollection."),
    "not_readable": _("The file is damaged or not made as its format asks."),
    "no_code": _('A shape has no code, or its code is a number: codes are text, such as "00004".'),
    "not_a_polygon": _("A shape is not a polygon."),
    "empty_shape": _("A shape is empty."),
    "not_degrees": _("The coordinates are not degrees of longitude and latitude (WGS 84)."),
}


class UnreadableBoundaries(Invalid):
    code = "unreadable_boundaries"


class WrongUnits(Invalid):
    """The codes are not those of one whole layer."""

    code = "wrong_units"


class ArchipelagoMissing(Invalid):
    code = "archipelago_missing"
    message = _("A map of the whole country must show Hoàng Sa (20333) and Trường Sa (22736). Nothing was imported.")


class NoSource(Invalid):
    code = "no_source"
    message = _("Say which version of the boundaries this is and on what legal basis.")


@dataclass(frozen=True, slots=True)
class BoundaryFile:
    """A file as it was read from disk or sent."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ImportedLayer:
    """What was imported. `replaced` is the version that it took the place of, empty when it was the first."""

    layer_id: UUID
    level: str
    province_code: str
    unit_count: int
    replaced: str


@service
def import_boundaries(
    actor: Actor, *, file: BoundaryFile, version: str, legal_basis: str, valid_from: date
) -> ImportedLayer:
    """Replace the layer of provinces or of communes by a file (TopoJSON or GeoJSON, degrees, property `code`).

    The file holds all units of the country that stand on `valid_from`, or all communes of one province; layers are
    never mixed. Raises `UnreadableBoundaries`, `WrongUnits`, `ArchipelagoMissing`, `NoSource`.
    """
    require(access.can_import_boundaries(actor), actor)
    if not version.strip() or not legal_basis.strip():
        raise NoSource()
    shapes = _read(file)
    level = _level(shapes)
    province_code = _check_units(shapes, level, valid_from)
    digest = sha256(file.content).hexdigest()
    former = BoundaryLayer.objects.filter(level=level).first()
    if former:
        former.delete()
    layer = BoundaryLayer.objects.create(
        level=level,
        province_code=province_code,
        version=nfc(version).strip(),
        legal_basis=nfc(legal_basis).strip(),
        valid_from=valid_from,
        file_name=nfc(file.name),
        file_sha256=digest,
        unit_count=len(shapes),
        imported_at=clock.now(),
        imported_by=actor.account_id,
    )
    Outline.objects.bulk_create(
        [Outline(layer=layer, code=shape.code, polygons=shape.polygons) for shape in shapes], batch_size=500
    )
    emit(
        actor,
        BoundariesImported(
            level=level.value,
            province_code=province_code,
            version=layer.version,
            legal_basis=layer.legal_basis,
            valid_from=valid_from,
            unit_count=len(shapes),
            file_name=layer.file_name,
            file_sha256=digest,
        ),
    )
    return ImportedLayer(layer.pk, level.value, province_code, len(shapes), former.version if former else "")


def _read(file: BoundaryFile) -> list[Shape]:
    try:
        shapes = read_shapes(file.content)
    except BadBoundaryFile as error:
        sentence = PROBLEMS[error.problem]
        raise UnreadableBoundaries(f"{sentence} ({error.place})" if error.place else sentence) from error
    if not shapes:
        raise UnreadableBoundaries(PROBLEMS["empty_shape"])
    return shapes


def _level(shapes: list[Shape]) -> Level:
    levels = {LEVEL_OF_CODE.get(len(shape.code)) for shape in shapes}
    level = levels.pop()
    if levels or level is None:
        raise WrongUnits(_("The file mixes levels: it must hold either provinces or communes."))
    return level


def _check_units(shapes: list[Shape], level: Level, day: date) -> str:
    """The one province that the layer covers, empty for the whole country."""
    codes = [shape.code for shape in shapes]
    if len(set(codes)) < len(codes):
        raise WrongUnits(_sentence(_("These codes stand twice: %(codes)s"), _doubles(codes)))
    province_of = dict(AdminUnit.objects.on(day).filter(level=level).values_list("code", "province_code"))
    unknown = sorted(set(codes) - set(province_of))
    if unknown:
        raise WrongUnits(_sentence(_("These codes meant no unit on that day: %(codes)s"), unknown))
    covered = {province_of[code] for code in codes}
    one_province = covered.pop() if level == Level.COMMUNE and len(covered) == 1 else ""
    if level == Level.COMMUNE and not one_province and not ARCHIPELAGOS.keys() <= set(codes):
        raise ArchipelagoMissing()
    wanted = {code for code, province in province_of.items() if one_province in ("", province)}
    missing = sorted(wanted - set(codes))
    if missing:
        raise WrongUnits(_sentence(_("The layer is not complete, these codes are missing: %(codes)s"), missing))
    return one_province


def _doubles(codes: list[str]) -> list[str]:
    return sorted({code for code in codes if codes.count(code) > 1})


def _sentence(sentence: Text, codes: list[str]) -> str:
    shown = ", ".join(codes[:8])
    return sentence % {"codes": f"{shown} … ({len(codes)})" if len(codes) > 8 else shown}
