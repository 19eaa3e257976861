"""The console in words: how a link is, what an alarm means, and what to do about it."""

from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from langso.insight.console.queries import CommuneState
from langso.insight.console.rules.alarms import Alarm, AlarmKind
from langso.insight.console.rules.links import Link
from langso.kernel.errors import Text
from langso.kernel.link import texts as link_texts
from langso.kernel.link.refusals import Revoked, Stopped

LINKS: dict[Link, Text] = {
    Link.UP: gettext_lazy("link up"),
    Link.AWAY: gettext_lazy("not heard of"),
    Link.STOPPED: gettext_lazy("stopped"),
    Link.REVOKED: gettext_lazy("key revoked"),
    Link.INVITED: gettext_lazy("invited"),
    Link.HOSTED: gettext_lazy("kept at the hub"),
    Link.NONE: gettext_lazy("not joined"),
}
LEVELS: dict[str, Text] = {
    "danger": gettext_lazy("danger"),
    "warning": gettext_lazy("needs somebody"),
    "info": gettext_lazy("not heard of just now"),
    "ok": gettext_lazy("in order"),
    "plain": gettext_lazy("no box yet"),
}
"""What the colour and the sign of a commune mean, in words."""
ALARMS: dict[AlarmKind, Text] = {
    AlarmKind.FORK: gettext_lazy("Two machines use one identity"),
    AlarmKind.ENDED: gettext_lazy("Key revoked"),
    AlarmKind.SILENT: gettext_lazy("Silent box"),
    AlarmKind.DISK: gettext_lazy("Disk low"),
    AlarmKind.BACKUP: gettext_lazy("Backup old"),
    AlarmKind.QUARANTINE: gettext_lazy("Quarantine"),
    AlarmKind.INCIDENT: gettext_lazy("Open incidents"),
    AlarmKind.PARKED: gettext_lazy("Parked entries"),
    AlarmKind.LAG: gettext_lazy("Entries lag behind"),
    AlarmKind.CLOCK: gettext_lazy("Clock off"),
}
WHAT_TO_DO: dict[AlarmKind, Text] = {
    AlarmKind.FORK: Stopped.message,
    AlarmKind.ENDED: Revoked.message,
    AlarmKind.SILENT: gettext_lazy(
        "Call the commune: is the box switched on, is the line up? Work there goes on and nothing is lost; it sends by "
        "itself when it is back."
    ),
    AlarmKind.DISK: gettext_lazy(
        "Ask the box's operator to free the disk: old backups on it first, then whatever else lies there. Below 8 MB "
        "nothing more can be saved."
    ),
    AlarmKind.BACKUP: gettext_lazy(
        "Ask the box's operator whether the backup disk is plugged in, and to run: langso backup."
    ),
    AlarmKind.QUARANTINE: gettext_lazy(
        "Read the reasons on the page Link, here and on the box. Let each entry in or set it aside, with a reason."
    ),
    AlarmKind.INCIDENT: gettext_lazy("Read on the page Link what happened and what to do; the operator closes it."),
    AlarmKind.PARKED: gettext_lazy(
        "Ask the box's operator to open Parked entries: a program error stopped them. After an upgrade they are tried "
        "again."
    ),
    AlarmKind.LAG: gettext_lazy(
        "If the box has just come back, wait: it is catching up. If the number stays, look at its line and at the page "
        "Link on the box."
    ),
    AlarmKind.CLOCK: gettext_lazy(
        "Ask the box's operator to set its clock. Order does not depend on it, dates on its screens do."
    ),
}
HOURS_IN_WORDS = 72
"""Up to so many hours are said in hours, more in days."""


def link_sentence(state: CommuneState) -> str:
    """How a commune's link is and since when."""
    return _since(str(LINKS[state.link]), state.since_at)


def _since(words: str, at: datetime | None) -> str:
    if at is None:
        return words
    return _("%(state)s since %(when)s") % {"state": words, "when": link_texts.moment(at)}


def state_sentence(state: CommuneState) -> str:
    """A commune in one line: how its link is, and every alarm that nobody has answered for."""
    alarms = [alarm_sentence(card.alarm) for card in state.open_alarms]
    return ". ".join([f"{state.full_name}: {link_sentence(state)}", *alarms]) + "."


def alarm_sentence(alarm: Alarm) -> str:
    """An alarm with its figure."""
    figure = _figure(alarm)
    name = str(ALARMS[alarm.kind])
    return f"{name}: {figure}" if figure else name


def _figure(alarm: Alarm) -> str:
    count = alarm.measure
    if count is None:
        return _("none was ever taken") if alarm.kind is AlarmKind.BACKUP else ""
    said = {
        AlarmKind.SILENT: lambda: _("nothing for %(time)s") % {"time": duration(count)},
        AlarmKind.BACKUP: lambda: _("%(time)s old") % {"time": duration(count)},
        AlarmKind.DISK: lambda: _("%(share)s free") % {"share": f"{count} %"},
        AlarmKind.CLOCK: lambda: offset(count),
    }
    if alarm.kind in said:
        return said[alarm.kind]()
    if alarm.kind is AlarmKind.INCIDENT:
        return ngettext("%(count)d incident", "%(count)d incidents", count) % {"count": count}
    return ngettext("%(count)d entry", "%(count)d entries", count) % {"count": count}


def duration(hours: int) -> str:
    """Hours, or days where there are many."""
    if hours <= HOURS_IN_WORDS:
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    days = hours // 24
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


def offset(seconds: int) -> str:
    """How far a clock is off, and which way."""
    size = abs(seconds)
    if size < 120:
        shown = ngettext("%(count)d second", "%(count)d seconds", size) % {"count": size}
    elif size < 7200:
        shown = ngettext("%(count)d minute", "%(count)d minutes", size // 60) % {"count": size // 60}
    else:
        shown = duration(size // 3600)
    if size < 1:
        return shown
    return (_("%(time)s fast") if seconds > 0 else _("%(time)s slow")) % {"time": shown}


def lag_sentence(state: CommuneState) -> str:
    """How many entries have not arrived yet, and of when the last one is that has."""
    if state.box is None:
        return ""
    if not state.box.behind:
        return _("none")
    said = ngettext("%(count)d entry", "%(count)d entries", state.box.behind) % {"count": state.box.behind}
    written_at = state.box.held.written_at
    if written_at is None:
        return said
    return _("%(entries)s; here up to %(when)s") % {"entries": said, "when": link_texts.moment(written_at)}


def day(at: datetime) -> str:
    return date_format(localtime(at), "d/m/Y")


def hours_between(since: datetime, now: datetime) -> int:
    return int((now - since) / timedelta(hours=1))
