"""The link in words: for the desk, in the reader's language."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from langso.kernel.errors import Text
from langso.kernel.link import incidents
from langso.kernel.link.models import NodeState, Uplink
from langso.kernel.link.receiving import OTHER_COMMUNE, SAME_ID
from langso.kernel.link.refusals import BY_CODE, Retired, Revoked, Stopped

INCIDENTS: dict[str, Text] = {
    incidents.FORK: gettext_lazy("Two machines use one identity"),
    incidents.FORGED_NODE: gettext_lazy("Entries in another node's name"),
    incidents.OTHER_COMMUNE: gettext_lazy("Entries about another commune"),
    incidents.WRONG_HASH: gettext_lazy("Entries that were changed after they were written"),
    incidents.MALFORMED: gettext_lazy("Damaged or hostile messages"),
    incidents.BAD_SIGNATURE: gettext_lazy("A signature that does not fit"),
    incidents.ENDED_NODE: gettext_lazy("A key that was ended is still used"),
    incidents.SAME_ID: gettext_lazy("An id that another entry has"),
    incidents.CLOCK: gettext_lazy("A clock that is far off"),
    incidents.HUB: gettext_lazy("The hub sent what is not for this node"),
}
WHAT_TO_DO: dict[str, Text] = {
    incidents.FORK: Stopped.message,
    incidents.FORGED_NODE: gettext_lazy(
        "Nothing of it was taken. Find out who has this box's key; revoke it if in doubt."
    ),
    incidents.OTHER_COMMUNE: gettext_lazy(
        "They wait in quarantine below. Find out why the box wrote about that commune."
    ),
    incidents.WRONG_HASH: gettext_lazy("Nothing of it was taken. Run langso verify on the box and look at its disk."),
    incidents.MALFORMED: gettext_lazy(
        "Nothing of it was taken. A box sends such things only when its program or line is broken."
    ),
    incidents.BAD_SIGNATURE: gettext_lazy("Nothing of it was taken. Somebody may be changing messages on the way."),
    incidents.ENDED_NODE: gettext_lazy(
        "It was not let in. If the box is in use, make it a new code: langso link replace."
    ),
    incidents.SAME_ID: gettext_lazy("The later one waits in quarantine below. It can only be set aside."),
    incidents.CLOCK: gettext_lazy("Set the clock of this machine. Order does not depend on it, dates on screen do."),
    incidents.HUB: gettext_lazy("Nothing of it was taken. Tell the hub's operator."),
}
REASONS: dict[str, Text] = {
    OTHER_COMMUNE: gettext_lazy("It is about a commune that is not at home on that node."),
    SAME_ID: gettext_lazy("Another entry with the same id stands in the journal."),
}
STATES: dict[str, Text] = {
    NodeState.ACTIVE: gettext_lazy("let in"),
    NodeState.STOPPED: gettext_lazy("stopped"),
    NodeState.REVOKED: gettext_lazy("key revoked"),
    NodeState.RETIRED: gettext_lazy("retired"),
}
STATE_LEVELS = {
    NodeState.ACTIVE: "ok",
    NodeState.STOPPED: "danger",
    NodeState.REVOKED: "danger",
    NodeState.RETIRED: "plain",
}
ENDED: dict[str, Text] = {
    NodeState.STOPPED: Stopped.message,
    NodeState.REVOKED: Revoked.message,
    NodeState.RETIRED: Retired.message,
}


def link_level(link: Uplink) -> str:
    """`ok`, `warning` or `danger`, for the badge."""
    if link.state != NodeState.ACTIVE:
        return "danger"
    return "warning" if link.failing_since_at or link.connected_at is None else "ok"


def link_sentence(link: Uplink, waiting: int) -> str:
    """How the link is and what waits, in one or two sentences."""
    if link.state != NodeState.ACTIVE:
        return str(ENDED[NodeState(link.state)])
    if link.connected_at is not None and link.failing_since_at is None:
        up = _("The link to the province has worked since %(when)s.") % {"when": moment(link.connected_at)}
    elif link.failing_since_at is None:
        up = _("The link to the province has not been up yet.")
    else:
        up = _("The link to the province has been down since %(when)s. Work goes on; it is tried again by itself.") % {
            "when": moment(link.failing_since_at)
        }
    return f"{up} {waiting_sentence(waiting)}"


def desk_sentence(link: Uplink, waiting: int, confirmed_at: datetime | None) -> str:
    """The link in one line, for everybody who works at this box."""
    if link.state != NodeState.ACTIVE:
        return str(ENDED[NodeState(link.state)])
    if link.failing_since_at is not None:
        said = [_("No link since %(when)s.") % {"when": moment(link.failing_since_at)}, _backlog_sentence(waiting)]
        return " ".join(filter(None, [*said, _("Work goes on.")]))
    if link.connected_at is None:
        return " ".join([_("The link to the province has not been up yet."), _("Work goes on.")])
    if waiting:
        return ngettext(
            "%(count)d entry is being sent to the province.",
            "%(count)d entries are being sent to the province.",
            waiting,
        ) % {"count": waiting}
    when = confirmed_at or link.connected_at
    return _("All was sent at %(when)s.") % {"when": moment(when)}


def _backlog_sentence(waiting: int) -> str:
    if not waiting:
        return ""
    return ngettext("%(count)d entry waits to be sent.", "%(count)d entries wait to be sent.", waiting) % {
        "count": waiting
    }


def waiting_sentence(waiting: int) -> str:
    if not waiting:
        return _("The province has confirmed all entries of this box.")
    return ngettext(
        "%(count)d entry waits for the province to confirm it.",
        "%(count)d entries wait for the province to confirm them.",
        waiting,
    ) % {"count": waiting}


def fault_sentence(error: str) -> Text:
    """Why the link failed last: the hub's refusal in words, or what the network said."""
    return BY_CODE[error].message if error in BY_CODE else error


def moment(at: datetime) -> str:
    return date_format(localtime(at), "H:i d/m/Y")
