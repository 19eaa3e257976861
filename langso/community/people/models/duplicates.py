"""Records that may be the same person, what was decided, and merges that can be undone."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from langso.community.people.models.persons import Person
from langso.community.people.rules.codes import Decision
from langso.kernel.access.scope import CommuneField, CommuneManager, CommuneModel, CommuneQuerySet
from langso.kernel.ids import new_id


class DuplicatePairQuerySet(CommuneQuerySet["DuplicatePair"]):
    def waiting(self) -> "DuplicatePairQuerySet":
        """Undecided pairs of which neither record was merged away meanwhile."""
        return self.filter(decision="", first__merged_into__isnull=True, second__merged_into__isnull=True)


DuplicatePairManager = CommuneManager.from_queryset(DuplicatePairQuerySet)


class DuplicatePair(CommuneModel):
    """Two records that a rule found alike. A pair decided `DIFFERENT` is never suggested again.

    `first` has the smaller id, so that a pair exists once.
    """

    commune = CommuneField(db_index=False)
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    grounds = models.JSONField()
    weight = models.PositiveSmallIntegerField()
    found_at = models.DateTimeField()
    decision = models.CharField(
        max_length=10, blank=True, choices=[(decision.value, decision.value) for decision in Decision]
    )
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    objects: ClassVar[DuplicatePairManager["DuplicatePair"]] = DuplicatePairManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="people_pair_once"),
            models.CheckConstraint(condition=~Q(first=models.F("second")), name="people_pair_of_two"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True) | (~Q(decision="") & Q(decided_at__isnull=False)),
                name="people_pair_decided",
            ),
        ]
        indexes = [
            models.Index(fields=["commune", "weight"], condition=Q(decision=""), name="people_pair_waiting"),
        ]


class Merge(CommuneModel):
    """`merged` was found to be `kept`. `before` and `after` hold what the merge changed, record by record, for its
    undoing."""

    commune = CommuneField(db_index=False)
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kept = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="merges")
    merged = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="merges_away")
    before = models.JSONField()
    after = models.JSONField()
    reason = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=120, blank=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)
    undone_by_name = models.CharField(max_length=120, blank=True)
    undone_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["merged"], condition=Q(undone_at__isnull=True), name="people_merged_once"),
        ]
