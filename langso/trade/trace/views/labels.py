"""Printing labels: the form, the record of what was printed, and the sheet itself."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from langso.kernel.access.requests import ActorRequest
from langso.kernel.errors import AccessDenied, DomainError, NotHere
from langso.trade.trace import services
from langso.trade.trace.forms import PAPERS, PrintForm
from langso.trade.trace.labels import Label, label_sheet
from langso.trade.trace.models import LabelPrint, Lot
from langso.trade.trace.queries.lots import is_held, keeper_name, maker_name
from langso.trade.trace.rules.sheets import LAYOUTS, Paper
from langso.trade.trace.services.printing import allowance_of
from langso.trade.trace.views.acts import read_or_post
from langso.trade.trace.views.desk import managed_lot


@read_or_post
def labels(request: ActorRequest, lot_id: UUID) -> HttpResponse:
    """One print is one act: the answer is the PDF. Printing again is another act, on record like the first."""
    lot = managed_lot(request.actor, lot_id)
    left = allowance_of(lot)
    form = PrintForm(request.POST or None, initial={"count": min(left.free, LAYOUTS[Paper.A4_24].per_page) or None})
    if request.method == "POST" and form.is_valid():
        try:
            return _sheet(lot, _print(request, lot_id, form))
        except (AccessDenied, NotHere):
            raise
        except DomainError as refusal:
            form.refuse(refusal)
    shown = {
        "lot": lot,
        "form": form,
        "left": left,
        "held": is_held(lot),
        "prints": [_line(printed) for printed in lot.prints.order_by("-number")],
    }
    return render(request, "trace/labels.html", shown, status=422 if form.errors else 200)


def _line(printed: LabelPrint) -> dict[str, object]:
    """A print as a line of the record; a reprint is marked and says why."""
    again = _("Reprint: %(reason)s") % {"reason": printed.reprint_reason} if printed.reprint_reason else ""
    title = ngettext("Print %(number)d: %(count)d label", "Print %(number)d: %(count)d labels", printed.count)
    return {
        "at": printed.printed_at,
        "title": title % {"number": printed.number, "count": printed.count},
        "text": " · ".join(str(part) for part in (PAPERS[Paper(printed.paper)], again) if part),
        "by": printed.by_name,
        "icon": "printer",
        "level": "warning" if again else "plain",
    }


def _print(request: ActorRequest, lot_id: UUID, form: PrintForm) -> UUID:
    data = form.cleaned_data
    paper = Paper(data["paper"])
    return services.print_labels(
        request.actor,
        lot_id=lot_id,
        paper=paper,
        count=data["count"],
        start=(data["start"] or 1) if paper is Paper.A4_24 else 1,
        reprint_reason=data["reprint_reason"],
    )


def _sheet(lot: Lot, print_id: UUID) -> HttpResponse:
    printed = LabelPrint.objects.get(pk=print_id)
    label = Label(
        url=f"{settings.PUBLIC_URL}{reverse('trace:lot', args=[lot.code])}",
        code=lot.code,
        name=lot.product_name.vi,
        keeper=keeper_name(lot) or maker_name(lot),
        produced_date=lot.produced_date,
        packed_date=lot.packed_date,
        expiry_date=lot.expiry_date,
        print_number=printed.number,
    )
    pdf = label_sheet(
        label=label,
        paper=Paper(printed.paper),
        count=printed.count,
        start=printed.start,
        printed_at=printed.printed_at,
    )
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="nhan-{lot.code}-{printed.number}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer
