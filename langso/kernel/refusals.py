"""The JSON shape of a refusal, the same for the API and for pages that a script asked for."""

from typing import Final

from django.http import JsonResponse
from ninja import Schema

from langso.kernel.errors import DomainError


class RefusalBody(Schema):
    """`code` is for programs, `message` for people, `fields` tells what is wrong with which part."""

    code: str
    message: str
    fields: dict[str, str]


class Refusal(Schema):
    error: RefusalBody


REFUSALS: Final[dict[int, type[Schema]]] = dict.fromkeys((400, 401, 403, 404, 409, 422), Refusal)
"""Every way in which an endpoint may refuse, for its description: `response={200: ThingOut, **REFUSALS}`."""


def refusal_json(refusal: DomainError, *, status: int | None = None) -> JsonResponse:
    """`{"error": {"code", "message", "fields"}}` with the refusal's status."""
    return JsonResponse(
        {
            "error": {
                "code": refusal.code,
                "message": str(refusal.message),
                "fields": {name: str(sentence) for name, sentence in refusal.fields.items()},
            }
        },
        status=status or refusal.status,
    )
