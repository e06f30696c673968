"""The same pages, the usual short way."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from stegvis.config.bench.floor.duties import DUTIES
from stegvis.config.bench.floor.models import (
    Assignment,
    Attendance,
    Dated,
    Decision,
    Duty,
    Enrolment,
    Member,
    Pause,
    Period,
    Statement,
)

PAGE = 50


@login_required
def own(request: HttpRequest) -> HttpResponse:
    member = Member.objects.get(user=request.user.pk)
    rows = Enrolment.objects.filter(
        until=None,
        tenant_id=member.tenant_id,
        assignments__tenant_id=member.tenant_id,
        assignments__member=member,
        assignments__part="case_worker",
    )
    return _list(request, rows)


@login_required
def unit(request: HttpRequest) -> HttpResponse:
    member = Member.objects.get(user=request.user.pk)
    rows = Enrolment.objects.filter(until=None, tenant_id=member.tenant_id, unit=member.unit_id)
    return _list(request, rows)


def _list(request: HttpRequest, rows: QuerySet[Enrolment]) -> HttpResponse:
    """Fifty rows with the columns, and in the order, of the product's list."""
    of = {"tenant_id": OuterRef("tenant_id"), "enrolment": OuterRef("pk")}
    period = Period.objects.filter(**of, until=None, voided_at=None)
    decided = Decision.objects.filter(**of).order_by("-created_at")
    held = Assignment.objects.filter(**of, until=None)
    listed = (
        rows.select_related("person", "programme")
        .annotate(
            ordinal=Subquery(period.values("ordinal")[:1]),
            stood_since=Subquery(period.values("since")[:1]),
            look_on=Subquery(decided.values("review_on")[:1]),
            pause=Subquery(Pause.objects.filter(**of, until=None).values("since")[:1]),
            worker=Subquery(held.filter(part="case_worker").values("member__name")[:1]),
            supervisor=Subquery(held.filter(part="work_supervisor").values("member__name")[:1]),
        )
        .order_by(F("look_on").asc(nulls_last=True), "stood_since", "id")
    )
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    return render(request, "floor/list.html", {"page": page})


@login_required
def person(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    return render(request, "floor/person.html", _about(person))


def _about(person: uuid.UUID) -> dict[str, Any]:
    """Every row the product's page reads of a person."""
    rows = Enrolment.objects.select_related("person", "programme", "unit", "referral")
    tied = rows.filter(tenant_id=F("person__tenant_id"))  # finds it by the index there is
    enrolment = get_object_or_404(tied, person=person, until=None)
    here = {"tenant_id": enrolment.tenant_id}
    return {
        "enrolment": enrolment,
        "periods": enrolment.periods.filter(**here, voided_at=None).order_by("since"),
        "decisions": enrolment.decisions.filter(**here)
        .select_related("by")
        .defer("advice")
        .order_by("created_at"),
        "assignments": enrolment.assignments.filter(**here, until=None).select_related("member"),
        "pauses": enrolment.pauses.filter(**here).order_by("since"),
        "categories": enrolment.categorys.filter(**here).order_by("on"),
        "judged": enrolment.judgeds.filter(**here).order_by("on"),
        "incomes": enrolment.incomes.filter(**here).order_by("on"),
    }


class DecideForm(forms.Form):
    to = forms.CharField(max_length=40)
    on = forms.DateField()
    motivation = forms.CharField(max_length=4000)
    own_words = forms.CharField(max_length=4000)
    review_on = forms.DateField(required=False)


@login_required
def decide(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    form = DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            _write(request, person, form.cleaned_data)
        return redirect("person", person=person)
    return render(request, "floor/decide.html", {"form": form, **_about(person)})


def _write(request: HttpRequest, person: uuid.UUID, data: dict[str, Any]) -> None:
    """The rows of a decision: a period ended, one begun with its to-dos, the decision itself."""
    member = Member.objects.get(user=request.user.pk)
    here = {"tenant_id": member.tenant_id}
    enrolment: Any = get_object_or_404(Enrolment, **here, person=person, until=None)
    before = enrolment.periods.filter(**here, until=None, voided_at=None).first()
    day: dt.date = data["on"]
    own = {"tenant_id": enrolment.tenant_id, "person_id": person, "enrolment": enrolment}
    if before:
        before.until = day
        before.save(update_fields=["until"])
    ordinal = int(data["to"].removeprefix("s"))
    opened = Period(ladder="trappa", step=data["to"], ordinal=ordinal, since=day, **own)
    opened.save(force_insert=True)
    Duty.objects.bulk_create(
        Duty(
            tenant_id=enrolment.tenant_id,
            person_id=person,
            enrolment=enrolment,
            period=opened,
            code=code,
            optional=optional,
        )
        for code, optional in DUTIES[data["to"]]
    )
    Decision(
        kind="forward",
        ladder="trappa",
        programme_id=enrolment.programme_id,
        from_step=before.step if before else "",
        to_step=data["to"],
        closes=before,
        opens=opened,
        effective_on=day,
        grounds=data["motivation"],
        own_words=data["own_words"],
        review_on=data["review_on"],
        by=member,
        **own,
    ).save(force_insert=True)


class AttendForm(forms.Form):
    everyone = forms.CharField(max_length=10)


@login_required
def attend(request: HttpRequest, day: str) -> HttpResponse:
    """Everybody of a worker's group is there: what was said, what holds, and the fact of it."""
    form = AttendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            _mark(request, dt.date.fromisoformat(day), form.cleaned_data["everyone"])
        return redirect("own")
    return render(request, "floor/list.html", {"page": []})


def _mark(request: HttpRequest, on: dt.date, status: str) -> None:
    member = Member.objects.get(user=request.user.pk)
    here = {"tenant_id": member.tenant_id}
    mine = Assignment.objects.filter(**here, member=member, until=None).values("enrolment")
    group = list(Enrolment.objects.filter(**here, pk__in=mine, until=None).select_for_update())
    said = {"on": on, "status": status, "by": member, "at": timezone.now()}
    of = [{"tenant_id": e.tenant_id, "person_id": e.person_id, "enrolment": e} for e in group]
    Statement.objects.bulk_create([Statement(**one, **said) for one in of])
    held = Attendance.objects.bulk_create([Attendance(**one, **said) for one in of])
    told = {"on": on, "kind": "attendance", "values": {"status": status}}
    Dated.objects.bulk_create(
        [Dated(**one, **told, source=row.pk) for one, row in zip(of, held, strict=True)]
    )
