"""Forms of the import pages: the file, the columns, the way to import."""

from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from langso.kernel.imports.columns import letter
from langso.kernel.imports.models import Mode
from langso.kernel.imports.queries import Preview
from langso.kernel.imports.reading.limits import LARGEST_FILE, FileTooLarge

_SHOWN: Final = 30


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("XLSX or CSV, also packed as .gz. At most 20 MB and 200,000 rows."),
        max_length=200,
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """The size is known before the content is read into memory."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(FileTooLarge.message)
        return file


class PlaceForm(forms.Form):
    """Where the table stands in the file; sent by GET, so that the page shows it at once."""

    sheet = forms.ChoiceField(label=_("Sheet"), required=False)
    heading_row = forms.IntegerField(label=_("Row with the headings"), min_value=1, required=False)

    def __init__(self, *arguments: Any, sheets: tuple[str, ...] = (), **options: Any) -> None:
        super().__init__(*arguments, **options)
        if sheets:
            self.fields["sheet"].choices = [(sheet, sheet) for sheet in sheets]  # type: ignore[attr-defined]
        else:
            del self.fields["sheet"]


class ColumnsForm(forms.Form):
    """One choice of a column for each field of the importer, and the place that the choices belong to."""

    place_sheet = forms.CharField(required=False, widget=forms.HiddenInput)
    place_heading_row = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, preview: Preview, data: Any = None) -> None:
        chosen = {f"column_{name}": str(column) for name, column in preview.columns.items()}
        place = {"place_sheet": preview.sheet, "place_heading_row": preview.heading_row}
        super().__init__(data, initial=chosen | place)
        self.names = {f"column_{field.name}": field.name for field in preview.fields}
        columns = [("", _("— not in this file —")), *_choices(preview)]
        for field in preview.fields:
            self.fields[f"column_{field.name}"] = forms.ChoiceField(
                label=field.label, help_text=field.help, required=field.required, choices=columns
            )

    def columns(self) -> dict[str, int]:
        """Column (from 0) by field name, of the fields that have one."""
        return {name: int(self.cleaned_data[key]) for key, name in self.names.items() if self.cleaned_data[key]}

    def add_refusals(self, fields: dict[str, Any]) -> None:
        """Put a service's sentences about fields beside their choices."""
        for name, sentence in fields.items():
            self.add_error(f"column_{name}", sentence)

    def matched(self) -> int:
        """How many fields have a column as the form stands."""
        return sum(bool(self[key].value()) for key in self.names)

    def choices(self) -> list[forms.BoundField]:
        """The fields to choose columns for, in the importer's order."""
        return [self[key] for key in self.names]


class StartForm(forms.Form):
    """All or none is offered, and chosen, only when no row was refused."""

    mode = forms.ChoiceField(choices=Mode.choices, widget=forms.RadioSelect, label=_("How to import"))

    def __init__(self, data: Any = None, *, refused: int = 0) -> None:
        super().__init__(data, initial={"mode": Mode.GOOD_ROWS if refused else Mode.ALL_OR_NOTHING})
        if refused:
            good_rows = [(Mode.GOOD_ROWS.value, Mode.GOOD_ROWS.label)]
            self.fields["mode"].choices = good_rows  # type: ignore[attr-defined]


def _choices(preview: Preview) -> list[tuple[str, str]]:
    """Each column with its letter, its heading and a value from below it."""
    return [
        (str(column), _choice(letter(column), heading, _example(preview, column)))
        for column, heading in enumerate(preview.headings)
        if heading
    ]


def _choice(name: str, heading: str, example: str) -> str:
    return f"{name} · {heading} ({example})" if example else f"{name} · {heading}"


def _example(preview: Preview, column: int) -> str:
    values = (cells[column] for _number, cells in preview.rows if column < len(cells) and cells[column])
    return next(values, "")[:_SHOWN]
