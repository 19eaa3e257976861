"""Why a move cannot go on, with what to do."""

from django.utils.translation import gettext_lazy as _

from langso.kernel.errors import DomainError


class NotHome(DomainError):
    code = "not_home"
    message = _("This commune is not at home on this node, so it cannot leave it.")


class UnknownTarget(DomainError):
    code = "unknown_target"
    message = _("No active node of that name is known here. See: langso link status.")


class MoveUnderWay(DomainError):
    code = "move_under_way"
    message = _("This commune is already on its way to another node. Finish or cancel that move first.")


class NothingMoves(DomainError):
    code = "nothing_moves"
    message = _("No move of this commune is open here.")


class ParkedFirst(DomainError):
    code = "parked_first"
    message = _("Entries about this commune are parked. Settle them first: what they would do does not move along.")


class StillHearing(DomainError):
    code = "still_hearing"
    message = _("Something about this commune has just come in. Call it again in a moment.")


class BadBundle(DomainError):
    code = "bad_bundle"
    message = _("The bundle is damaged or not from the node it names. Nothing of it was taken.")


class OtherVersion(DomainError):
    code = "other_version"
    message = _("The two nodes run different versions of the program. Bring both to the same one first.")


class AccountClash(DomainError):
    code = "account_clash"
    message = _("An account with the same user name or phone is here already. Rename one of them first.")


class NotTheSame(DomainError):
    """What was stored is not what was sent: the whole arrival is undone."""

    code = "not_the_same"
    message = _("What arrived is not what was sent. Nothing was kept; try again and report it.")
