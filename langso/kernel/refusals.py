"""The JSON shape of a refusal, the same for the API and for pages that a script asked for."""

from django.http import JsonResponse

from langso.kernel.errors import DomainError


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
