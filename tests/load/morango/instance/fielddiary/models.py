"""The diary's tables as a Morango application would have them: the fields of our events, one table a kind.

A record's own id is Morango's, made from `source_id`; the id that ours holds in the body is that source, so that no id
is stored twice.
"""

import os
from datetime import datetime

from django.db import models
from morango.models import SyncableModel, UUIDField

PROFILE = "diary"


class Record(SyncableModel):
    morango_profile = PROFILE

    actor = UUIDField()
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True

    def calculate_source_id(self):
        return self._morango_source_id or None

    def calculate_partition(self):
        return os.environ["PEER_PARTITION"]


class FieldWork(Record):
    morango_model_name = "work"

    season_id = UUIDField()
    plot_id = UUIDField()
    household_id = UUIDField()
    organisation_id = UUIDField(null=True)
    on_date = models.DateField()
    activity = models.CharField(max_length=20)
    amount = models.DecimalField(max_digits=12, decimal_places=3)
    unit = models.CharField(max_length=10)
    input_id = UUIDField(null=True, blank=True)
    input_name = models.CharField(max_length=120, blank=True)
    input_kind = models.CharField(max_length=20, blank=True)
    listed_code = models.CharField(max_length=40, blank=True)
    pre_harvest_days = models.IntegerField(null=True, blank=True)
    concentration = models.CharField(max_length=40, blank=True)
    area_m2 = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    labour_hours = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    remark = models.TextField(blank=True)
    concern_codes = models.TextField(blank=True)


class Check(Record):
    morango_model_name = "check"

    entry_id = UUIDField()
    kind = models.CharField(max_length=10)
    season_id = UUIDField()
    household_id = UUIDField()
    version = models.IntegerField()
    remark = models.TextField(blank=True)


class Bought(Record):
    morango_model_name = "bought"

    household_id = UUIDField()
    on_date = models.DateField()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    unit = models.CharField(max_length=10)
    quantity = models.DecimalField(max_digits=12, decimal_places=3)
    listed_code = models.CharField(max_length=40, blank=True)
    active_ingredient = models.CharField(max_length=120, blank=True)
    seller = models.CharField(max_length=120, blank=True)
    expiry_date = models.DateField(null=True, blank=True)
    pre_harvest_days = models.IntegerField(null=True, blank=True)
    treatment = models.CharField(max_length=120, blank=True)
    remark = models.TextField(blank=True)


TABLES = {
    "farm.diary.field_work_logged.v1": FieldWork,
    "farm.diary.entry_confirmed.v1": Check,
    "farm.diary.input_bought.v1": Bought,
}


def record_of(line):
    """The unsaved record of one line of the measured file."""
    body = dict(line["body"])
    body.update(body.pop("content", {}))
    if "concern_codes" in body:
        body["concern_codes"] = " ".join(body["concern_codes"])
    table = TABLES[line["kind"]]
    source = None if table is Check else body.pop("entry_id")
    at = datetime.fromisoformat(line["at"])
    whole_milliseconds = at.replace(microsecond=at.microsecond // 1000 * 1000)  # Morango's encoder cuts the rest off
    record = table(actor=line["actor"], recorded_at=whole_milliseconds, **body)
    record._morango_source_id = source.replace("-", "") if source else ""
    return record
