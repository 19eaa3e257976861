"""Why an act on a lot was refused: code and sentence."""

from django.utils.translation import gettext_lazy as _

from langso.kernel.errors import DomainError, Invalid


class NotEnough(DomainError):
    """The lot no longer holds so much: somebody else took some, or more was typed than is there."""

    code = "not_enough"
    message = _("This lot does not hold so much any more. Look at what is left and write it again.")


class MoreThanWentIn(Invalid):
    code = "more_than_went_in"
    message = _(
        "More would come out than went in. Weigh again: what comes out and what is lost is at most what went in."
    )


class CannotBeWeighed(Invalid):
    code = "cannot_be_weighed"
    message = _("These units cannot be compared. Weigh everything in kilograms or grams.")


class DateOutOfOrder(Invalid):
    code = "date_out_of_order"
    message = _("This day lies before the goods were there, or has not come yet.")


class LotIsHeld(DomainError):
    code = "lot_is_held"
    message = _("This lot is held. Somebody responsible must release it first.")


class NotInThatState(DomainError):
    """Somebody was faster, or the page was old."""

    code = "not_in_that_state"
    message = _("The lot is no longer in that state. Open its page again.")


class ProductMissing(DomainError):
    code = "product_missing"
    message = _("Say which product this lot is first.")


class ProductNotPublished(DomainError):
    code = "product_not_published"
    message = _("Publish the product's page first: the lot's page shows it.")


class AlreadyPacked(DomainError):
    code = "already_packed"
    message = _("This lot is packed already. Split it first to pack a part in another way.")


class DifferentGoods(Invalid):
    code = "different_goods"
    message = _("Only lots of the same product and the same cooperative go together. Otherwise process them.")


class ReprintNeedsReason(Invalid):
    code = "reprint_needs_reason"


class TooManyLabels(Invalid):
    code = "too_many_labels"


class AlreadySettled(DomainError):
    code = "already_settled"
    message = _("Somebody has settled this already.")


class TooManyReports(DomainError):
    """One address sent many reports within an hour (429)."""

    code = "too_many_reports"
    status = 429
    message = _("Thank you, enough reports came from this network for now. Please try again in an hour, or call us.")


class AskedAlready(DomainError):
    code = "asked_already"
    message = _("The commune has been asked already and has not answered yet.")
