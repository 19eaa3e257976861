"""Why the diary refuses: each with a code and a sentence that says what to do."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from langso.kernel.errors import DomainError, Invalid


class EntryIsInvalid(Invalid):
    code = "entry_is_invalid"
    message = _("Please check the entry: something is missing or cannot be right.")


class FormAlreadyUsed(DomainError):
    """The same form came a second time with other words: the first one stands as `entry_id`."""

    code = "form_already_used"
    message = _("This form was saved before, with something else in it. Open the entry to correct it.")

    def __init__(self, entry_id: UUID | None = None) -> None:
        super().__init__()
        self.entry_id = entry_id


class EntryIsStruck(DomainError):
    code = "entry_is_struck"
    message = _("This entry is struck through.")


class EntryIsNotStruck(DomainError):
    code = "entry_is_not_struck"
    message = _("This entry is not struck through.")


class EntryHasChanged(DomainError):
    """Somebody wrote a newer version than the one that was looked at."""

    code = "entry_has_changed"
    message = _("The entry was changed meanwhile. Please look at it again.")


class ReasonNeeded(Invalid):
    code = "reason_needed"
    message = _("Please say why.")


class TooLateToUndo(DomainError):
    code = "too_late_to_undo"
    message = _("It is too late to undo. Correct the entry or strike it through, and say why.")


class InputIsUsed(DomainError):
    code = "input_is_used"
    message = _("This input is used in the diary. Correct it instead of striking it through.")


class AlreadyChecked(DomainError):
    code = "already_checked"
    message = _("This entry was already confirmed.")


class NoOpenQuestion(DomainError):
    code = "no_open_question"
    message = _("Nobody is waiting for an answer here.")


class ConcernIsSettled(DomainError):
    code = "concern_is_settled"
    message = _("This was already answered.")


class PictureNeeded(Invalid):
    code = "picture_needed"
    message = _("Choose a picture first.")


class InputListIsInvalid(Invalid):
    code = "input_list_is_invalid"
    message = _("This input list cannot be read.")
