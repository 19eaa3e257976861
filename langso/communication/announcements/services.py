"""Notices: the province publishes them at its hub and takes them back; every commune keeps what is for it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from langso.communication.announcements import access
from langso.communication.announcements.events import NoticeFacts, NoticePublished, NoticeWithdrawn
from langso.communication.announcements.models import Notice
from langso.communication.announcements.queries.notices import WHY
from langso.communication.announcements.rules import LONGEST_REASON, LONGEST_TEXT, LONGEST_TITLE, Audience, Urgency
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.access.scope import every_commune
from langso.kernel.errors import Invalid, NotHere, Text
from langso.kernel.ids import new_id
from langso.kernel.journal.services import service
from langso.kernel.link.publishing import fault_of_communes, office_of, require_hub, tell_communes
from langso.kernel.text import Translated, fold, nfc


@dataclass(frozen=True, slots=True)
class NoticeDescription:
    """What a notice says. `until_date`: its last day, None when it has none; `communes`: none means all."""

    title: Translated
    text: Translated
    urgency: Urgency = Urgency.ORDINARY
    audience: Audience = Audience.EVERYBODY
    until_date: date | None = None
    communes: tuple[str, ...] = ()


@service
def publish_notice(actor: Actor, *, notice: NoticeDescription) -> UUID:
    """Publish a notice to all or some communes of the province; returns its id. Raises `OnlyAtTheHub`, `Invalid`."""
    require(access.can_publish(actor), actor)
    require_hub()
    _check(notice)
    facts = NoticeFacts(
        notice_id=new_id(),
        title=notice.title.to_json(),
        text=notice.text.to_json(),
        urgency=notice.urgency.value,
        audience=notice.audience.value,
        until_date=notice.until_date,
        issuer=office_of(actor),
        communes=tuple(sorted(set(notice.communes))),
    )
    _write(facts, clock.now())
    tell_communes(actor, NoticePublished(notice=facts), communes=facts.communes)
    return facts.notice_id


@service
def withdraw_notice(actor: Actor, *, notice_id: UUID, reason: str) -> None:
    """Take a notice back, wherever it went. Raises `OnlyAtTheHub`, `NotHere` when it does not stand, `Invalid`."""
    require(access.can_publish(actor), actor)
    require_hub()
    said = nfc(reason).strip()[:LONGEST_REASON]
    if not said:
        raise Invalid(_("Say why, in one sentence."), fields={"reason": _("Say why, in one sentence.")})
    with every_commune(WHY):
        row = Notice.objects.filter(pk=notice_id).first()
    if row is None or not _withdraw(notice_id, said, clock.now()):
        raise NotHere(_("This notice was taken back already."))
    tell_communes(actor, NoticeWithdrawn(notice_id=notice_id, reason=said), communes=row.communes.split())


@service
def take_notice(actor: Actor, *, told: NoticePublished, told_at: datetime) -> None:
    """Write down a notice that the hub published."""
    require(actor.is_system, actor)
    _write(told.notice, told_at)


@service
def end_notice(actor: Actor, *, told: NoticeWithdrawn, told_at: datetime) -> None:
    """Write down that the hub took a notice back."""
    require(actor.is_system, actor)
    _withdraw(told.notice_id, told.reason, told_at)


def _write(facts: NoticeFacts, at: datetime) -> None:
    title = Translated.from_json(facts.title)
    with every_commune(WHY):
        Notice.objects.update_or_create(
            pk=facts.notice_id,
            defaults={
                "commune": "",
                "title": title,
                "folded": fold(f"{title.vi} {title.en}"),
                "text": Translated.from_json(facts.text),
                "urgency": facts.urgency,
                "audience": facts.audience,
                "until_date": facts.until_date,
                "issuer": facts.issuer,
                "communes": " ".join(facts.communes),
                "published_at": at,
            },
        )


def _withdraw(notice_id: UUID, reason: str, at: datetime) -> bool:
    with every_commune(WHY):
        standing = Notice.objects.filter(pk=notice_id, withdrawn_at=None)
        return bool(standing.update(withdrawn_at=at, withdrawn_reason=reason))


def _check(notice: NoticeDescription) -> None:
    fields: dict[str, Text] = {}
    if not notice.title.vi.strip():
        fields["title_vi"] = _("Write what it is about, in one line.")
    if not notice.text.vi.strip():
        fields["text_vi"] = _("Write what people should know.")
    for name, text in (("title", notice.title), ("text", notice.text)):
        fields |= _too_long(name, text, LONGEST_TITLE if name == "title" else LONGEST_TEXT)
    if notice.until_date is not None and notice.until_date < clock.today():
        fields["until_date"] = _("This day is over.")
    if fault := fault_of_communes(notice.communes):
        fields["communes"] = fault
    if fields:
        raise Invalid(fields=fields)


def _too_long(name: str, text: Translated, most: int) -> dict[str, Text]:
    sentence = _("Shorten it to %(most)d characters.") % {"most": most}
    return {f"{name}_{language}": sentence for language, said in (("vi", text.vi), ("en", text.en)) if len(said) > most}
