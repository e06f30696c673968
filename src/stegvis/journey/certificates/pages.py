"""The trainings of the municipality, what one person has completed, and the diploma."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.certificates import actions
from stegvis.journey.certificates.facts import diplomas
from stegvis.journey.certificates.forms import CompletionForm, ModuleForm
from stegvis.journey.certificates.models import Certificate, TrainingModule
from stegvis.journey.certificates.words import FAULTS
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.platform.access.authority import may
from stegvis.platform.access.decision import Act, FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.access.relations import is_shielded
from stegvis.platform.accounts.models import Role
from stegvis.platform.documents.typesetting import pdf
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.models import Tenant
from stegvis.platform.tenancy.speech import speaking
from stegvis.platform.ui.dates import long_day

WRITERS = (Role.WORK_SUPERVISOR, Role.CASE_WORKER, Role.PROTECTION_OFFICER)
READERS = (*WRITERS, Role.UNIT_MANAGER)


@page(Role.UNIT_MANAGER)
def trainings(request: HttpRequest) -> HttpResponse:
    form = ModuleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_module(**form.cleaned_data)
        except NotNow as fault:
            form.add_error("name", str(FAULTS[fault.code]))
        else:
            messages.success(request, _("Saved."))
            return redirect("trainings")
    rows = TrainingModule.objects.order_by("name", "id")
    return render(request, "certificates/trainings.html", {"form": form, "rows": rows})


@page(*READERS, shows=FieldClass.WORK, person="person", writes=True)
def person_trainings(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """What is completed, with its diploma; those who may, write down another."""
    visit = visit_of(request)
    enrolment = _latest(person, visit)
    writes = enrolment.until is None and visit.actor.holds(*WRITERS)
    rows = diplomas(person)
    done = {row.completion.module_id for row in rows}
    left = TrainingModule.objects.exclude(pk__in=done).order_by("name", "id")
    do = request.POST.get("do", "") if request.method == "POST" else ""
    form = CompletionForm(
        request.POST if do == "complete" else None,
        modules=[(str(one.pk), one.name) for one in left],
        initial={"on": visit.scope.on},
    )
    if writes and do and _done(request, form, enrolment, rows, do):
        return redirect("person_trainings", person=person)
    plan = may(visit.actor, Act.WRITE, person, FieldClass.PLAN, on=visit.scope.on)
    context = {
        "person": {"key": person, "name": enrolment.person.name,
                   "url": reverse("person", args=[person])},
        "people_url": reverse("participants"),
        "rows": rows, "form": form if writes and left else None, "offers": writes and plan,
    }  # fmt: skip
    return render(request, "certificates/person.html", context)


def _done(
    request: HttpRequest, form: CompletionForm, enrolment: Enrolment, rows: list[Certificate],
    do: str,
) -> bool:  # fmt: skip
    by = visit_of(request).actor
    try:
        with transaction.atomic():
            if do == "complete" and form.is_valid():
                module = TrainingModule.objects.get(pk=form.cleaned_data["module"])
                on = form.cleaned_data["on"]
                actions.complete(enrolment, module, by=by, on=on, submission=_sent(request))
            elif do.startswith("cv:"):
                row = next((one for one in rows if str(one.number) == do[3:]), None)
                if row is None:
                    raise Http404
                actions.take_up(row, by=by)
            else:
                return False
    except NotNow as fault:
        form.add_error(None, str(FAULTS[fault.code])) if form.is_bound else messages.warning(
            request, str(FAULTS[fault.code])
        )
        return False
    messages.success(request, _("Saved."))
    return True


def _sent(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("submission", ""))
    except ValueError:
        return uuid7()


def _latest(person: uuid.UUID, visit: Visit) -> Enrolment:
    rows = Enrolment.enrolments.visible_to(visit.actor, visit.scope.on).filter(person=person)
    row: Enrolment | None = rows.select_related("person").order_by("-since", "-id").first()
    if row is None:
        raise Http404
    return row


@page(*READERS, shows=FieldClass.WORK, person="person")
@require_safe
def diploma_pdf(request: HttpRequest, person: uuid.UUID, number: int) -> HttpResponse:
    visit = visit_of(request)
    return diploma(person, number, _latest(person, visit).person.name, visit)


def diploma(person: uuid.UUID, number: int, name: str, visit: Visit) -> HttpResponse:
    """PDF/UA in the municipality's language. Of a protected person no unit and no place is said."""
    rows = Certificate.objects.filter(person=person, number=number)
    row = rows.select_related("completion__module", "by").first()
    if row is None:
        raise Http404
    done, hidden = row.completion, is_shielded(person)
    lang = Tenant.objects.get(pk=visit.scope.tenant).language
    place = "" if hidden else done.module.place
    with speaking(lang):
        values = {
            "title": _("Diploma"),
            "sender": visit.tenant_name,
            "date": long_day(row.on),
            "to": [name],
            "sections": [
                {"title": done.name, "lines": [
                    _("%(name)s has completed this training on %(day)s.")
                    % {"name": name, "day": long_day(done.on)},
                    *([place] if place else [])]},
                {"title": _("What one learns"), "lines": done.holds.splitlines()},
                {"title": _("Issued by"), "lines": [row.by.name if row.by else visit.tenant_name]},
            ],
            "comment": None,
        }  # fmt: skip
    answer = HttpResponse(pdf("report", values, lang), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="diploma-{number}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer
