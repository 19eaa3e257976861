"""Outlines of units, from a file that the operator imported: for reference, not legal boundaries."""

from django.db import models

from langso.community.places.models.units import Level
from langso.kernel.ids import new_id


class BoundaryLayer(models.Model):
    """One imported file. There is one layer a level; importing another one takes its place as a whole."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    level = models.CharField(max_length=8, choices=Level.choices, unique=True)
    province_code = models.CharField(max_length=2, blank=True)
    """The one province that the file covers; empty for the whole country."""
    version = models.CharField(max_length=120)
    legal_basis = models.CharField(max_length=300)
    valid_from = models.DateField()
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    unit_count = models.PositiveIntegerField()
    imported_at = models.DateTimeField()
    imported_by = models.UUIDField(null=True)


class Outline(models.Model):
    """The simplified shape of one unit."""

    layer = models.ForeignKey(BoundaryLayer, on_delete=models.CASCADE, related_name="outlines")
    code = models.CharField(max_length=5)
    polygons = models.JSONField()
    """GeoJSON coordinates of a MultiPolygon: polygons of rings of [longitude, latitude], WGS 84, five decimals."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["layer", "code"], name="places_outline_once")]
        indexes = [models.Index(fields=["code"], name="places_outline_code")]
