"""`{% load offline %}`: what a page tells the scripts of a phone."""

from typing import Any

from django import template
from django.conf import settings
from django.template.context import RequestContext
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from langso.kernel.access.actors import NOBODY, Actor
from langso.kernel.errors import Text
from langso.kernel.offline import keeping
from langso.kernel.offline.sender import mark_of

register = template.Library()


@register.simple_tag(takes_context=True)
def outbox(context: RequestContext, *label: Text, files: str = "") -> SafeString:
    """Attributes of a form that works without a link: `<form method="post"{% outbox title plot.name %}>`.

    The words of `label` say in the outbox what was written. `files` is where its pictures go, relative to the page
    that shows the result, when they follow the form one by one.
    """
    request = context["request"]
    keeping.may_keep(request, keeping.FORM)
    kind = request.resolver_match.view_name if request.resolver_match else ""
    said = format_html(' data-outbox="{}" data-kind="{}"', ", ".join(str(word) for word in label), kind)
    return said + format_html(' data-files="{}"', files) if files else said


@register.simple_tag(takes_context=True)
def keep_page(context: RequestContext) -> str:
    """Let a phone keep this page, to be read with its age where there is no link."""
    if "request" in context:
        keeping.may_keep(context["request"], keeping.DATA)
    return ""


@register.simple_tag(takes_context=True)
def phone_attributes(context: RequestContext) -> SafeString:
    """Attributes of a page's `<body>`: whose it is, and whether the service worker is wanted."""
    actor: Actor = context.get("actor") or NOBODY
    return format_html(' data-who="{}"{}', mark_of(actor), SafeString(" data-sw") if settings.SERVICE_WORKER else "")


@register.simple_tag(takes_context=True)
def outbox_script(context: RequestContext) -> str:
    """The outbox itself, for who is signed in: a buyer who opens a lot's page writes nothing that could wait."""
    actor: Actor = context.get("actor") or NOBODY
    if not actor.signed_in:
        return ""
    return format_html('<script src="{}" defer></script>', static("outbox.js"))


@register.inclusion_tag("offline/words.html", takes_context=True)
def outbox_words(context: RequestContext) -> dict[str, Any]:
    """The sentences that the scripts say; stands at the end of a page, when it is known whether it has such a form."""
    return {"has_form": getattr(context.get("request"), "kept_as", "") == keeping.FORM}


@register.inclusion_tag("offline/link.html")
def outbox_link(css: str = "") -> dict[str, Any]:
    """The way to the outbox with the count of what waits; the script shows it."""
    return {"css": css}
