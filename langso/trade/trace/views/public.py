"""What a buyer's phone opens: the page of a lot, the place to type a code, and the way to report a false one."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from langso.kernel import clock
from langso.kernel.access.actors import STAFF_ROLES
from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.scope import commune_scope
from langso.kernel.errors import DomainError, NotHere
from langso.kernel.ids import read_public_code
from langso.kernel.journal.memory import while_unmoved
from langso.trade.trace import services
from langso.trade.trace.forms import ReportForm
from langso.trade.trace.queries import commune_of_lot, is_copied, page_of_lot, scans_of
from langso.trade.trace.queries.record import record_of_lot
from langso.trade.trace.rules.printing import grouped
from langso.trade.trace.texts import RECORDED

LONGEST_CODE = 40


@require_safe
def lot(request: ActorRequest, code: str) -> HttpResponse:
    """The page of an issued lot. Another spelling leads to it; a code that was never issued is a 404 that helps."""
    meant = read_public_code(code)
    if meant is None:
        return _unknown(request, code, mistyped=True)
    if meant != code or request.path.endswith("/"):
        return redirect("trace:lot", meant, permanent=True)
    today = clock.today()
    try:
        page = while_unmoved(("lot_page", code, today, get_language()), lambda: page_of_lot(code, today=today))
    except NotHere:
        return _unknown(request, code, mistyped=False)
    with commune_scope(page.commune):
        scans = scans_of(page.id, today=today)
        if page.told_at is None and _is_buyer(request):
            services.count_scan(request.actor.in_commune(page.commune), lot_id=page.id, before=scans)
        return render(request, "trace/lot.html", {"page": page, "scans": scans.total})


@require_safe
def record(request: ActorRequest, code: str) -> HttpResponse:
    """What became public of a lot, each with its proof from the commune's signed log."""
    lines = record_of_lot(read_public_code(code) or code)
    if lines is None:
        return _unknown(request, code, mistyped=False)
    shown = {
        "code": read_public_code(code),
        "lines": [(line, RECORDED[line.fact]) for line in lines],
        "logs": sorted({(line.line.origin, line.line.key) for line in lines if line.line}),
    }
    return render(request, "trace/record.html", shown)


@require_safe
def lookup(request: ActorRequest) -> HttpResponse:
    """The code typed by hand: O for 0, I for 1, small letters, dashes and spaces are understood."""
    typed = request.GET.get("code", "")[:LONGEST_CODE].strip()
    if typed:
        return redirect("trace:lot", read_public_code(typed) or _as_path(typed))
    return render(request, "trace/lookup.html")


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: ActorRequest) -> HttpResponse:
    """Anybody may say that a code looks false; nobody has to say who they are."""
    form = ReportForm(request.POST or None, initial={"code": request.GET.get("code", "")[:LONGEST_CODE]})
    if request.method != "POST" or not form.is_valid():
        return render(request, "trace/report.html", {"form": form}, status=422 if form.errors else 200)
    typed = form.cleaned_data["code"]
    code = read_public_code(typed) or typed
    try:
        thanks = _pass(request, code, form)
    except DomainError as refusal:
        form.refuse(refusal)
        return render(request, "trace/report.html", {"form": form}, status=refusal.status)
    messages.success(request, thanks)
    return redirect("trace:lookup")


def _pass(request: ActorRequest, code: str, form: ReportForm) -> str:
    """Give the report to those whom it concerns; returns the thanks."""
    try:
        commune = commune_of_lot(code)
    except NotHere:
        commune = request.actor.commune
    actor, said = replace(request.actor, commune=commune), form.cleaned_data
    with commune_scope(commune):
        if is_copied(code):
            services.pass_on_suspicion(
                actor, commune=commune, code=code, account=said["account"], seen_where=said["seen_where"]
            )
            return _("Thank you. Your words go to the commune of this lot; how to reach you was not kept.")
        services.report_suspicion(
            actor, code=code, account=said["account"], seen_where=said["seen_where"], contact=said["contact"]
        )
    return _("Thank you. The cooperative and the commune will look into it.")


def _unknown(request: ActorRequest, code: str, *, mistyped: bool) -> HttpResponse:
    shown = {
        "code": code[:LONGEST_CODE],
        "grouped": grouped(code[:LONGEST_CODE].upper()),
        "mistyped": mistyped,
        "report_url": reverse("trace:report"),
    }
    return render(request, "trace/unknown.html", shown, status=404)


def _is_buyer(request: ActorRequest) -> bool:
    """Whether an opening counts: not a prefetch, not a look by the commune's own staff."""
    if request.method != "GET" or "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", "")):
        return False
    return not request.actor.has_role(*STAFF_ROLES)


def _as_path(typed: str) -> str:
    """What was typed, as a part of an address: a slash would lead elsewhere."""
    return typed.replace("/", "-") or "-"
