"""Urgency, readers and states in words."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from langso.communication.announcements.rules import Audience, NoticeState, Urgency
from langso.kernel.errors import Text

URGENCIES: Final[dict[Urgency, Text]] = {
    Urgency.ORDINARY: _("ordinary"),
    Urgency.IMPORTANT: _("important"),
    Urgency.URGENT: _("urgent"),
}
URGENCY_LEVELS: Final = {Urgency.ORDINARY: "info", Urgency.IMPORTANT: "warning", Urgency.URGENT: "danger"}
AUDIENCES: Final[dict[Audience, Text]] = {
    Audience.EVERYBODY: _("Everybody in the commune"),
    Audience.STAFF: _("Only those who work for it"),
}
STATES: Final[dict[NoticeState, Text]] = {
    NoticeState.CURRENT: _("current"),
    NoticeState.OVER: _("over"),
    NoticeState.WITHDRAWN: _("withdrawn"),
}
STATE_LEVELS: Final = {NoticeState.CURRENT: "ok", NoticeState.OVER: "plain", NoticeState.WITHDRAWN: "plain"}
