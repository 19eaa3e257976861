"""Who read whose record, when and what for. Rows are only ever added."""

from django.db import models

from langso.community.people.rules.codes import AccessWay
from langso.kernel.access.scope import CommuneField, CommuneModel
from langso.kernel.ids import new_id


class RecordAccess(CommuneModel):
    """One record read in one act. `act` is shared by all records of the act; its journal entry carries it.

    `person_id` is no foreign key: the log outlives a record that is withdrawn. Role and organisation are as they were
    then.
    """

    commune = CommuneField(db_index=False)
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    act = models.UUIDField()
    person_id = models.UUIDField()
    account_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=24)
    organisation_id = models.UUIDField(null=True)
    organisation_name = models.CharField(max_length=160, blank=True)
    purpose = models.CharField(max_length=24)
    remark = models.CharField(max_length=200, blank=True)
    saw_number = models.BooleanField(default=False)
    way = models.CharField(max_length=10, choices=[(way.value, way.value) for way in AccessWay])
    read_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "read_at"], name="people_access_person"),
            models.Index(fields=["commune", "read_at"], name="people_access_at"),
        ]
