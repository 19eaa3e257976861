"""Columns that several domains share."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression

from langso.kernel.text import Translated

if TYPE_CHECKING:
    _TranslatedJSON = models.JSONField[Translated | Mapping[str, object] | str, Translated]
else:
    _TranslatedJSON = models.JSONField


class TranslatedField(_TranslatedJSON):
    """A `Translated` text, stored as JSON `{"vi": …, "en": …}`; not null: `default=Translated` lets it be empty."""

    def from_db_value(self, value: str | None, expression: Expression, connection: BaseDatabaseWrapper) -> Translated:
        return Translated.from_json(super().from_db_value(value, expression, connection))

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, Translated) else Translated.from_json(value)

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        return super().get_db_prep_save(_as_json(value), connection)

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        stored = value.to_json() if isinstance(value, Translated) else value
        return super().get_db_prep_value(stored, connection, prepared)

    def value_to_string(self, obj: models.Model) -> Any:
        return _as_json(self.value_from_object(obj))

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(_as_json(value), model_instance)


def _as_json(value: Any) -> Any:
    if isinstance(value, str):
        return Translated.from_json(value).to_json()
    return value.to_json() if isinstance(value, Translated) else value
