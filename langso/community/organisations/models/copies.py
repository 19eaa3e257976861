"""Copies of organisations of communes that are at home on another node."""

from django.db import models

from langso.kernel.access.scope import CommuneModel


class OrganisationCopy(CommuneModel):
    """An organisation as its commune's own node last told it. Nothing here is ever changed by hand."""

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=16)
    name = models.CharField(max_length=160)
    tax_code = models.CharField(max_length=14, blank=True)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=16, blank=True)
    founded_date = models.DateField(null=True)
    closed_date = models.DateField(null=True)
    told_at = models.DateTimeField()
