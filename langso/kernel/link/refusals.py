"""What a node says to another when it does not do what it was asked. Codes travel; sentences are each node's own."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from langso.kernel.errors import DomainError, Text


class LinkRefusal(DomainError):
    """An answer of the link. `more` travels with the code: where to go on, what time it is."""

    def __init__(self, message: Text | None = None, **more: Any) -> None:
        super().__init__(message)
        self.more = more


class BadRequest(LinkRefusal):
    code, status = "malformed", 400
    message = _("What was sent is damaged, or not of the agreed form. Nothing of it was used.")


class UnknownKey(LinkRefusal):
    code, status = "unknown_key", 401
    message = _("The hub does not know this node's key. Join again with a new code: langso link join.")


class BadSignature(LinkRefusal):
    code, status = "bad_signature", 401
    message = _("The signature does not fit what was sent.")


class WrongTime(LinkRefusal):
    code, status = "wrong_time", 401
    message = _("This node's clock is far from the hub's.")


class Revoked(LinkRefusal):
    code, status = "revoked", 403
    message = _("The hub let this node's key end. Work goes on here; ask the hub's operator for a new code.")


class Retired(LinkRefusal):
    code, status = "retired", 403
    message = _("This node was retired: another one keeps the commune's records now.")


class Stopped(LinkRefusal):
    code, status = "stopped", 403
    message = _(
        "Two machines wrote as this one node, so both are stopped before they overwrite each other. Decide which one "
        "goes on, ask the hub's operator for a new code (langso link replace), and join with it there. Switch the "
        "other one off."
    )


class ForeignNode(LinkRefusal):
    code, status = "foreign_node", 403
    message = _("A node may send only what it wrote itself.")


class Gap(LinkRefusal):
    code, status = "gap", 409
    message = _("Something is missing before this. The hub says where it stands; sending goes on from there.")


class Clash(LinkRefusal):
    code, status = "clash", 409
    message = Stopped.message


class WrongHash(LinkRefusal):
    code, status = "wrong_hash", 422
    message = _("The hash does not fit the entries: something was changed after it was written. See langso verify.")


class BadCode(LinkRefusal):
    code, status = "bad_code", 403
    message = _("This code was never made, was used, or its time is over. Ask the hub's operator for a new one.")


class OtherCommune(LinkRefusal):
    code, status = "other_commune", 409
    message = _("The code is for another commune than this box's. LANGSO_COMMUNE says which commune a box is for.")


class NotHub(LinkRefusal):
    code, status = "no_hub", 404
    message = _("There is no hub at this address. A hub is started with --role hub.")


BY_CODE: dict[str, type[LinkRefusal]] = {
    refusal.code: refusal
    for refusal in (
        BadRequest, UnknownKey, BadSignature, WrongTime, Revoked, Retired, Stopped, ForeignNode, Gap, Clash, WrongHash,
        BadCode, OtherCommune, NotHub,
    )
}  # fmt: skip
