"""The maker's desk: lists, forms, pictures, certificates, and a household's word about its name."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_filters.filters import ChoiceFilter
from django_filters.filterset import FilterSet

from langso.community.organisations.queries import organisation_card, organisation_choices
from langso.kernel import clock
from langso.kernel.access.actors import Actor, Role
from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.require import require
from langso.kernel.errors import AccessDenied, DomainError, NotHere
from langso.kernel.files.responses import file_response
from langso.kernel.listing import Column, Listing, address_of
from langso.kernel.ui.forms import ReasonForm, RefusableForm
from langso.trade.products import access, services
from langso.trade.products.forms import (
    CertificateForm,
    MakerForm,
    PictureForm,
    ProductForm,
    RevocationForm,
    product_initial,
)
from langso.trade.products.models import Certificate, Product, ProductStep, State
from langso.trade.products.queries import certificates_of, maker_card, name_agreed
from langso.trade.products.queries.certificates import SOON
from langso.trade.products.queries.products import card_of
from langso.trade.products.queries.rows import desk_certificates, desk_products, seen_product
from langso.trade.products.rules import Standing, standing
from langso.trade.products.templatetags.products import standing_name

STATE_LEVELS = {State.DRAFT: "plain", State.PUBLISHED: "ok", State.WITHDRAWN: "danger"}
STATE_ICONS = {State.DRAFT: "pencil", State.PUBLISHED: "check", State.WITHDRAWN: "x"}
read_or_post = require_http_methods(["GET", "HEAD", "POST"])


class ProductFilter(FilterSet):
    state = ChoiceFilter(label=gettext_lazy("State"), choices=State.choices, empty_label=gettext_lazy("all"))

    class Meta:
        model = Product
        fields = ("state",)


class ProductList(Listing[Product]):
    title = gettext_lazy("Products")
    columns = (
        Column(
            "name",
            gettext_lazy("Product"),
            value=lambda product: product.name,
            sort="sort_name",
            url=lambda product: address_of("products:keep", product.pk),
        ),
        Column(
            "maker",
            gettext_lazy("Made by"),
            value=lambda product: (
                maker_card(organisation_id=product.organisation_id, household_id=product.household_id).name
            ),
        ),
        Column("standard", gettext_lazy("Standard"), value=lambda product: product.standard),
        Column(
            "state",
            gettext_lazy("State"),
            value=lambda product: product.get_state_display(),
            sort="state",
            level=lambda product: STATE_LEVELS[State(product.state)],
        ),
        Column("changed", gettext_lazy("Changed"), value=lambda product: product.changed_at, sort="changed_at"),
    )
    filterset = ProductFilter
    search_fields = ("folded_name",)
    default_sort = "name"
    empty = gettext_lazy("Write down your first product.")


def _standing_today(certificate: Certificate) -> Standing:
    return standing(
        clock.today(),
        valid_from=certificate.valid_from,
        valid_until=certificate.valid_until,
        revoked_date=certificate.revoked_date,
    )


def _level(certificate: Certificate) -> str:
    found, until = _standing_today(certificate), certificate.valid_until
    if found is not Standing.VALID:
        return "plain" if found is Standing.NOT_YET else "danger"
    return "warning" if until is not None and until <= clock.today() + SOON else "ok"


class CertificateList(Listing[Certificate]):
    title = gettext_lazy("Certificates")
    columns = (
        Column(
            "product",
            gettext_lazy("Product"),
            value=lambda certificate: certificate.product.name,
            sort="product__sort_name",
            url=lambda certificate: address_of("products:keep", certificate.product_id),
        ),
        Column("kind", gettext_lazy("Paper"), value=lambda certificate: certificate.get_kind_display(), sort="kind"),
        Column("number", gettext_lazy("Number"), value=lambda certificate: certificate.number),
        Column("issuer", gettext_lazy("Given by"), value=lambda certificate: certificate.issuer),
        Column(
            "until",
            gettext_lazy("Valid until"),
            value=lambda certificate: certificate.valid_until,
            sort="valid_until",
        ),
        Column(
            "standing",
            gettext_lazy("Today"),
            value=lambda certificate: standing_name(_standing_today(certificate)),
            level=_level,
        ),
    )
    search_fields = ("product__folded_name",)
    default_sort = "until"
    empty = gettext_lazy("No certificate was recorded yet.")


@require_safe
def products(request: ActorRequest) -> HttpResponse:
    """The products that one works with; a household says here whether its name is shown."""
    require(access.can_use_desk(request.actor), request.actor)
    household_id = access.own_household(request.actor)
    rows = _own(desk_products(request.actor), request.actor, household_id)
    shown = {
        "can_add": bool(_makers(request.actor)),
        "household_id": household_id,
        "name_agreed": household_id is not None and name_agreed(household_id),
    }
    return ProductList(request, rows).respond("products/desk.html", shown)


@require_safe
def certificates(request: ActorRequest) -> HttpResponse:
    """The certificates of those products, soonest end first."""
    require(access.can_use_desk(request.actor), request.actor)
    return CertificateList(request, desk_certificates(request.actor)).respond("products/certificates.html")


@read_or_post
def new(request: ActorRequest) -> HttpResponse:
    """A new product, as a draft."""
    makers = _makers(request.actor)
    require(bool(makers), request.actor)
    form, maker_form = ProductForm(request.POST or None), MakerForm(request.POST or None, makers=makers)

    def describe() -> str:
        key, maker_id = maker_form.cleaned_data["maker"].split(":")
        product_id = services.describe_product(
            request.actor,
            description=form.description(),
            organisation_id=UUID(maker_id) if key == "o" else None,
            household_id=UUID(maker_id) if key == "h" else None,
        )
        return reverse("products:keep", args=[product_id])

    shown = {"form": form, "maker_form": maker_form, "product": None}
    if request.method == "POST" and not maker_form.is_valid():
        return render(request, "products/product_form.html", shown, status=422)
    return _form(request, form, "products/product_form.html", shown, describe)


@read_or_post
def change(request: ActorRequest, product_id: UUID) -> HttpResponse:
    """Change what is written about a product."""
    row = _editable(request.actor, product_id)
    form = ProductForm(request.POST or None, initial=product_initial(card_of(row)))

    def save() -> str:
        services.change_product(request.actor, product_id=product_id, description=form.description())
        return reverse("products:keep", args=[product_id])

    return _form(request, form, "products/product_form.html", {"form": form, "product": card_of(row)}, save)


@require_safe
def keep(request: ActorRequest, product_id: UUID) -> HttpResponse:
    """A product as its maker sees it: state, pictures, certificates, and who did what when."""
    row = seen_product(request.actor, product_id)
    require(access.can_use_desk(request.actor), request.actor)
    today = clock.today()
    shown = {
        "product": card_of(row),
        "state": row.get_state_display(),
        "state_level": STATE_LEVELS[State(row.state)],
        "maker": maker_card(organisation_id=row.organisation_id, household_id=row.household_id),
        "certificates": certificates_of(product_id=row.pk, day=today, today=today),
        "steps": [_step(step) for step in row.steps.all()],
        "can_edit": access.can_edit(request.actor, row),
        "can_publish": access.can_publish(request.actor, row),
        "picture_form": PictureForm(),
    }
    return render(request, "products/keep.html", shown)


@require_POST
def publication(request: ActorRequest, product_id: UUID) -> HttpResponse:
    """Show the product to everybody."""
    services.publish_product(request.actor, product_id=product_id)
    messages.success(request, _("Published. Everybody can see the product now."))
    return redirect("products:keep", product_id)


@read_or_post
def withdrawal(request: ActorRequest, product_id: UUID) -> HttpResponse:
    """Stop offering the product, with the reason."""
    row = seen_product(request.actor, product_id)
    require(access.can_publish(request.actor, row), request.actor)
    form = ReasonForm(request.POST or None)

    def withdraw() -> str:
        services.withdraw_product(request.actor, product_id=product_id, reason=form.cleaned_data["reason"])
        return reverse("products:keep", args=[product_id])

    return _form(request, form, "products/withdrawal.html", {"form": form, "product": card_of(row)}, withdraw)


@require_POST
def pictures(request: ActorRequest, product_id: UUID) -> HttpResponse:
    """Add a picture."""
    _editable(request.actor, product_id)
    form = PictureForm(request.POST, request.FILES)
    if form.is_valid():
        services.add_picture(request.actor, product_id=product_id, upload=form.cleaned_data["picture"])
        messages.success(request, _("The picture was added."))
    else:
        messages.error(request, _("Choose a picture first."))
    return redirect("products:keep", product_id)


@require_POST
def picture_removal(request: ActorRequest, product_id: UUID, sha256: str) -> HttpResponse:
    """Take a picture off the page."""
    services.remove_picture(request.actor, product_id=product_id, sha256=sha256)
    return redirect("products:keep", product_id)


@read_or_post
def record(request: ActorRequest, product_id: UUID) -> HttpResponse:
    """Write down a certificate, with a copy of the paper."""
    row = _editable(request.actor, product_id)
    form = CertificateForm(request.POST or None, request.FILES or None)

    def save() -> str:
        services.record_certificate(
            request.actor,
            product_id=product_id,
            certificate=form.description(),
            document=form.cleaned_data["document"],
        )
        return reverse("products:keep", args=[product_id])

    return _form(request, form, "products/certificate_form.html", {"form": form, "product": card_of(row)}, save)


@read_or_post
def revocation(request: ActorRequest, product_id: UUID, certificate_id: UUID) -> HttpResponse:
    """Write down that the issuer took a certificate back."""
    row = _editable(request.actor, product_id)
    certificate = _certificate(row, certificate_id)
    form = RevocationForm(request.POST or None)

    def revoke() -> str:
        services.revoke_certificate(
            request.actor, product_id=product_id, certificate_id=certificate_id, **form.cleaned_data
        )
        return reverse("products:keep", args=[product_id])

    shown = {"form": form, "product": card_of(row), "certificate": certificate}
    return _form(request, form, "products/revocation.html", shown, revoke)


@require_safe
def document(request: ActorRequest, product_id: UUID, certificate_id: UUID) -> HttpResponse:
    """The copy of a paper. It may show addresses and signatures, so only the maker's people and officers read it."""
    row = seen_product(request.actor, product_id)
    allowed = access.can_edit(request.actor, row) or request.actor.has_role(Role.OFFICER)
    require(allowed, request.actor)
    certificate = _certificate(row, certificate_id)
    if not certificate.document_sha256:
        raise NotHere(_("No copy of this paper was kept."))
    return file_response(certificate.document_sha256)


@require_POST
def name_consent(request: ActorRequest, household_id: UUID) -> HttpResponse:
    """A household says whether its head's name is shown."""
    services.agree_to_name(request.actor, household_id=household_id, agreed=request.POST.get("agreed") == "yes")
    messages.success(request, _("Saved."))
    return redirect("products:desk")


def _form(
    request: ActorRequest, form: RefusableForm, template: str, shown: dict[str, Any], act: Callable[[], str]
) -> HttpResponse:
    """The form, or the act done: one service call, whose refusal stands beside what was typed."""
    if request.method != "POST" or not form.is_valid():
        return render(request, template, shown, status=422 if form.errors else 200)
    try:
        address = act()
    except (AccessDenied, NotHere):
        raise
    except DomainError as refusal:
        form.refuse(refusal)
        return render(request, template, shown, status=refusal.status)
    messages.success(request, _("Saved."))
    return redirect(address)


def _step(step: ProductStep) -> dict[str, object]:
    """A line of the product's own history."""
    state = State(step.state)
    shown = {"at": step.done_at, "title": state.label, "text": step.reason, "by": step.by_name}
    return {**shown, "level": STATE_LEVELS[state], "icon": STATE_ICONS[state]}


def _editable(actor: Actor, product_id: UUID) -> Product:
    row = seen_product(actor, product_id)
    require(access.can_edit(actor, row), actor)
    return row


def _certificate(product: Product, certificate_id: UUID) -> Certificate:
    found = Certificate.objects.filter(pk=certificate_id, product=product).first()
    if found is None:
        raise NotHere(_("This certificate is not known here."))
    return found


def _makers(actor: Actor) -> list[tuple[str, str]]:
    """(key, name) of all for whom the actor may write products."""
    makers = [
        (f"o:{each}", organisation_card(organisation_id=each).name)
        for each in actor.organisation_ids(Role.COOPERATIVE_MANAGER)
    ]
    if actor.has_role(Role.HELPER):
        makers += [(f"o:{key}", name) for key, name in organisation_choices(kinds=("COOPERATIVE", "BUSINESS"))]
    household_id = access.own_household(actor)
    if household_id is not None:
        makers.append((f"h:{household_id}", _("My household")))
    return list(dict(makers).items())


def _own(rows: QuerySet[Product], actor: Actor, household_id: UUID | None) -> QuerySet[Product]:
    """A resident's list holds their own products; staff see all of the commune."""
    if actor.has_role(Role.OFFICER, Role.HELPER):
        return rows
    organisations = actor.organisation_ids(Role.COOPERATIVE_MANAGER, Role.INSPECTOR)
    own = rows.filter(organisation_id__in=organisations)
    return own | rows.filter(household_id=household_id) if household_id else own
