"""Who may do what with products. One function a question."""

from uuid import UUID

from langso.community.people.queries import household_of
from langso.kernel.access.actors import Actor, Role
from langso.trade.products.models import Product, State


def own_household(actor: Actor) -> UUID | None:
    """The household of the person in whose name the actor acts."""
    return household_of(actor.person_id) if actor.person_id else None


def can_describe_for(actor: Actor, *, organisation_id: UUID | None, household_id: UUID | None) -> bool:
    """Whether the actor may write products of this maker: its manager, its people, or a helper of the commune."""
    if actor.has_role(Role.HELPER):
        return True
    if organisation_id is not None:
        return actor.has_role(Role.COOPERATIVE_MANAGER, organisation_id=organisation_id)
    return household_id is not None and own_household(actor) == household_id


def can_edit(actor: Actor, product: Product) -> bool:
    return can_describe_for(actor, organisation_id=product.organisation_id, household_id=product.household_id)


def can_publish(actor: Actor, product: Product) -> bool:
    """Like editing, but a helper does not speak for an organisation."""
    if product.organisation_id is not None:
        return actor.has_role(Role.COOPERATIVE_MANAGER, organisation_id=product.organisation_id)
    return can_edit(actor, product)


def can_see(actor: Actor, product: Product) -> bool:
    """Anybody sees what is or was published; a draft its maker's people, helpers and officers."""
    if product.state != State.DRAFT or actor.has_role(Role.OFFICER):
        return True
    inspects = product.organisation_id is not None and actor.has_role(
        Role.INSPECTOR, organisation_id=product.organisation_id
    )
    return inspects or can_edit(actor, product)


def can_use_desk(actor: Actor) -> bool:
    """Whether the working list of products means anything to the actor."""
    return actor.signed_in and (
        actor.has_role(Role.COOPERATIVE_MANAGER, Role.INSPECTOR, Role.OFFICER, Role.HELPER)
        or actor.person_id is not None
    )


def can_read_standards(actor: Actor) -> bool:
    """Everybody who works with products, and the province."""
    return can_use_desk(actor) or actor.has_role(Role.PROVINCE_OFFICER, Role.OPERATOR)


def can_read_every_standard(actor: Actor) -> bool:
    """Also those that are addressed to other communes."""
    return actor.has_role(Role.PROVINCE_OFFICER, Role.OPERATOR)


def can_see_receipts(actor: Actor) -> bool:
    """Who has received a standard."""
    return actor.has_role(Role.PROVINCE_OFFICER, Role.OPERATOR)


def can_publish_standard(actor: Actor) -> bool:
    return actor.has_role(Role.PROVINCE_OFFICER)


def can_agree_to_name(actor: Actor, household_id: UUID) -> bool:
    """Only the household itself says whether its name is shown, by itself or with a helper in assisted mode."""
    return actor.is_system or own_household(actor) == household_id
