"""The referrals of the unit: those that wait, a new one, and the answer to one."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.core.values.texts import pick
from stegvis.journey.intake.actions import (
    NewEnrolment,
    NewReferral,
    NotNow,
    accept,
    answer_equal,
    check_enrolment,
    decline,
    enrol,
    receive_referral,
    return_with_question,
    take_up_again,
    tell_referrer,
)
from stegvis.journey.intake.facts import equal
from stegvis.journey.intake.forms import (
    DeclineForm,
    EnrolForm,
    EqualForm,
    OrderForm,
    QuestionForm,
    ReferralForm,
    ToldForm,
)
from stegvis.journey.intake.models import EqualAnswer, Referral
from stegvis.journey.intake.words import FAULTS, USES, VERBS, WAYS, agency
from stegvis.journey.people.actions import (
    AlreadyRegistered,
    NewPerson,
    find_by_number,
    protect,
    register,
)
from stegvis.journey.programmes.facts import programme
from stegvis.journey.programmes.models import LicensedService, ProgrammeVersion, Scheme
from stegvis.journey.workplaces.facts import offer
from stegvis.platform.access.authority import may
from stegvis.platform.access.decision import Act, FieldClass, Purpose
from stegvis.platform.access.models import Shield
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Grant, Role
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.journal.writing import seen
from stegvis.platform.tenancy.models import StaleRow
from stegvis.platform.tenancy.scope import scope

TAKERS = (Role.CASE_WORKER, Role.UNIT_MANAGER, Role.PROTECTION_OFFICER)
MOST = 400  # referrals on one page
STATES = {
    "draft": ("", "pencil"),
    "sent": ("info", "inbox"),
    "received": ("info", "inbox"),
    "returned": ("warn", "message-circle-question-mark"),
    "accepted": ("ok", "check"),
    "declined": ("", "circle-x"),
}


def _address(row: Referral) -> str:
    return reverse("referral", args=[row.person_id, row.pk])


def as_waiting(row: Referral, *, on: dt.date, ordered: bool | None = None) -> dict[str, Any]:
    """A referral as a list shows it: its number and sender, never whom it is about. `ordered`: it
    says what is to be done; looked up where the list has not asked."""
    ordered = bool(row.lines.all()) if ordered is None else ordered
    kind, icon, state = "ok", "check", _("Purpose is stated")
    if row.state == Referral.State.ACCEPTED:
        kind, icon, state = "warn", "message-circle", _("The referrer is to be told")
    elif row.answer_by and row.answer_by < on:
        kind, icon, state = "late", "clock-alert", _("The answer is late")
    elif not ordered:
        kind, icon = "warn", "message-circle-question-mark"
        state = _("Purpose is missing: ask")
    return {
        "url": _address(row),
        "number": row.number,
        "sender": agency(row.referrer_kind),
        "kind": kind,
        "icon": icon,
        "state": state,
        "due": row.answer_by,
        "received": row.received_on,
    }


@page(*TAKERS, shows=FieldClass.ASKED, purpose=Purpose.INTAKE)
@require_safe
def referrals(request: HttpRequest) -> HttpResponse:
    """Those that wait for the unit's answer, the oldest deadline first; and those asked back."""
    visit = visit_of(request)
    mine = Referral.referrals.visible_to(visit.actor, visit.scope.on)
    rows = list(mine.to_see_to().prefetch_related("lines")[:MOST])
    seen([row.person_id for row in rows], shows=FieldClass.ASKED)
    waiting, returned, untold = (
        [as_waiting(row, on=visit.scope.on) for row in rows if row.state in states]
        for states in (Referral.WAITING, (Referral.State.RETURNED,), (Referral.State.ACCEPTED,))
    )
    context = {
        "untold": untold,
        "waiting": waiting,
        "returned": returned,
        "new_referral_url": reverse("new_referral") if visit.actor.holds(Role.CASE_WORKER) else "",
    }
    return render(request, "intake/referrals.html", context)


@page(Role.CASE_WORKER, purpose=Purpose.INTAKE)
def new_referral(request: HttpRequest) -> HttpResponse:
    """Register a referral. Whether the person is known already is told only to who may see them."""
    visit = visit_of(request)
    if visit.unit is None:
        return render(request, "intake/no_unit.html")
    today = visit.scope.on
    schemes = Scheme.objects.all()
    names = [(str(row.pk), row.name) for row in schemes if _in_force(row, today)]
    form = ReferralForm(
        request.POST if request.method == "POST" else None,
        on=today,
        country=visit.country,
        schemes=names,
        services=list(LicensedService.objects.order_by("name").values_list("code", "name")),
        initial={"received_on": today},
    )
    if request.method == "POST" and form.is_valid():
        _registered(form, visit)
        messages.success(request, _("The referral is registered."))
        return redirect("referrals")
    context = {
        "form": form,
        "referrals_url": reverse("referrals"),
        "offer": offer(on=today),
    }
    return render(request, "intake/new.html", context)


def _in_force(scheme: Scheme, on: dt.date) -> bool:
    begun = scheme.valid_from is None or scheme.valid_from <= on
    return begun and (scheme.valid_to is None or on < scheme.valid_to)


def _registered(form: ReferralForm, visit: Visit) -> None:
    """Store the referral. Somebody known in the municipality is found even by a worker who may not
    see them, and the answer is the same whether they were known, new or protected: whoever is
    protected simply shows up with those responsible, and not in the unit's list."""
    data = form.cleaned_data
    assert visit.unit is not None  # noqa: S101 — new_referral asks
    with scope(visit.actor.tenant, member=visit.actor.member, service="intake"):
        known = find_by_number(data["number"]) if data["number"] else None
        apart = known is not None and not known.may_be(data["given"], data["family"])
        person = known.pk if known else _new_person(data, visit)
        if data["protected"]:
            protect(person, Shield.Grade.UNSAID, on=visit.scope.on, source="staff")
        new = NewReferral(
            person=person,
            apart=apart,
            unit=visit.unit,
            referrer_kind=data["referrer_kind"],
            referrer_contact=data["referrer_contact"],
            scheme=uuid.UUID(data["scheme"]) if data["scheme"] else None,
            received_on=data["received_on"],
            need=_under_name(data) if apart else data["need"],
            services=tuple(data.get("services", ())),
            orders=form.orders(),
        )
        receive_referral(new)


def _under_name(data: dict[str, Any]) -> str:
    """The number is somebody else's by name. Who that is, is not for the asker to learn: those
    responsible read what was written and sort it out."""
    written = _("Written with the name %(name)s.") % {"name": f"{data['given']} {data['family']}"}
    return f"{written} {data['need']}".strip()


def _new_person(data: dict[str, Any], visit: Visit) -> uuid.UUID:
    new = NewPerson(
        given=data["given"],
        family=data["family"],
        number=data["number"],
        language=data["language"],
        needs_interpreter=data["needs_interpreter"],
        phone=data["phone"],
    )
    try:
        return register(new, country=visit.country, on=visit.scope.on).pk
    except AlreadyRegistered as meanwhile:  # a colleague was a moment faster with the same number
        if meanwhile.person is None:
            raise
        return meanwhile.person


@page(*TAKERS, shows=FieldClass.ASKED, purpose=Purpose.INTAKE, person="person", writes=True)
def referral(request: HttpRequest, person: uuid.UUID, referral: uuid.UUID) -> HttpResponse:
    """One referral and the answers that may be given to it now."""
    visit = visit_of(request)
    rows = Referral.referrals.filter(pk=referral, person=person)
    row = rows.select_related("person", "scheme", "unit", "decided_by").first()
    if row is None:
        raise Http404
    sheet = _Answers(row, visit, request)
    if request.method == "POST":
        answered = sheet.answer()
        if answered:
            return redirect(answered)
    lines = list(row.lines.all())
    return render(request, "intake/referral.html", _shown(row, lines, visit) | sheet.context())


def _reads_records(visit: Visit) -> bool:
    """Those responsible for protected identities answer referrals and open no records."""
    return visit.actor.holds(Role.CASE_WORKER, Role.UNIT_MANAGER)


def _shown(row: Referral, lines: list[Any], visit: Visit) -> dict[str, Any]:
    kind, icon = STATES[row.state]
    late = row.state in Referral.WAITING and row.answer_by and row.answer_by < visit.scope.on
    return {
        "referral": {
            "number": row.number,
            "sender": agency(row.referrer_kind),
            "kind": "late" if late else kind,
            "icon": icon,
            "state": _state_words(row.state),
            "received": row.received_on,
            "due": row.answer_by if row.state in Referral.WAITING else None,
            "purpose": row.need,
        },
        "referrals_url": reverse("referrals"),
        "person_name": row.person.name,
        "person_url": reverse("person", args=[row.person_id]) if _reads_records(visit) else "",
        "asked": [
            {
                "kind": line.verb,
                "label": f"{VERBS[line.verb]}: {line.what}",
                "words": f"{line.why} ({', '.join(str(USES.get(use, use)) for use in line.uses)})",
            }
            for line in lines
        ],
        "gap": _gap(row),
        "facts": _facts(row, visit),
        "thread": _thread(row),
    }


def _record(row: Referral, visit: Visit) -> str:
    """The way to the record, for whom it is open; a referral alone does not open it."""
    reads = may(visit.actor, Act.READ, row.person_id, FieldClass.PLAN, on=visit.scope.on)
    return reverse("person", args=[row.person_id]) if reads else ""


def _state_words(state: str) -> str:
    return {
        "draft": _("Draft"),
        "sent": _("Sent"),
        "received": _("Waits for an answer"),
        "returned": _("Asked back"),
        "accepted": _("Accepted"),
        "declined": _("Declined"),
    }[state]


def _facts(row: Referral, visit: Visit) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = [(_("Unit"), row.unit.name)]
    if row.referrer_contact:
        found.append((_("Contact person there"), row.referrer_contact))
    if row.services_asked and row.state != Referral.State.ACCEPTED:
        found.append((_("Services asked for"), _services(row.services_asked)))
    if row.scheme:
        ended = not _in_force(row.scheme, visit.scope.on)
        words = _("%(name)s (no longer in force)") if ended else "%(name)s"
        found.append((_("Measure"), words % {"name": row.scheme.name}))
    if row.person.language:
        found.append((_("Language"), row.person.language))
    if row.person.needs_interpreter:
        found.append((_("Interpreter"), _("yes")))
    return found


def _gap(row: Referral) -> dict[str, Any] | None:
    """What was asked for beside what is taken on, and whether the referrer knows (KN-61)."""
    if row.state != Referral.State.ACCEPTED or not (row.services_asked or row.services_accepted):
        return None
    told = row.told.select_related("by").order_by("-on", "-created_at").first()
    return {
        "asked": _services(row.services_asked),
        "accepted": _services(row.services_accepted),
        "lacking": _services(row.gap),
        "instead": row.difference_told,
        "told": told,
        "way": WAYS[told.way] if told else "",
    }


def _services(codes: list[str]) -> str:
    named = dict(LicensedService.objects.filter(code__in=codes).values_list("code", "name"))
    return ", ".join(named.get(code, code) for code in codes)


def _thread(row: Referral) -> list[dict[str, Any]]:
    found = []
    if row.received_on:
        found.append(
            {
                "on": row.received_on,
                "by": agency(row.referrer_kind),
                "what": _("Came in"),
                "words": "",
            }
        )
    if row.question:
        found.append(
            {
                "on": None,  # the row keeps the question, the journal the day
                "by": row.unit.name,
                "what": _("Asked back"),
                "words": row.question,
            }
        )
    if row.answered_on:
        by = row.decided_by.name if row.decided_by else row.unit.name
        found.append(
            {"on": row.answered_on, "by": by, "what": _state_words(row.state), "words": row.answer}
        )
    return found


class _Answers:
    """The forms that fit the referral's state, and what becomes of the one that was sent."""

    def __init__(self, row: Referral, visit: Visit, request: HttpRequest) -> None:
        self.row, self.visit, self.request = row, visit, request
        self.sent = request.POST.get("do", "") if request.method == "POST" else ""
        self.forms = {name: self._form(name) for name in self._open()}
        self.asked = equal(row.pk)
        answers = {one.question: one.answer.answer for one in self.asked if one.answer}
        sent = request.POST if self.sent == "equal" else None
        self.equal = EqualForm(sent, answers=answers)

    def _open(self) -> tuple[str, ...]:
        if self.row.state in Referral.WAITING:
            return ("enrol", "ask", "decline")
        if self.row.state == Referral.State.ACCEPTED:
            told = self.row.difference_told and not self.row.told.exists()
            return ("told",) if told else ()
        return ("again", "decline") if self.row.state == Referral.State.RETURNED else ()

    def _form(self, name: str) -> Any:
        data = self.request.POST if self.sent == name else None
        if name == "enrol":
            return self._enrol_form(data)
        if name == "again":
            return OrderForm(
                data, on=self.visit.scope.on, country=self.visit.country, prefix="again"
            )
        if name == "told":
            on = self.visit.scope.on
            first = {"told_on": on, "to": self.row.referrer_contact}
            return ToldForm(data, on=on, country=self.visit.country, initial=first)
        return {"ask": QuestionForm, "decline": DeclineForm}[name](data)

    def _enrol_form(self, data: Any) -> EnrolForm:
        lang = get_language() or "sv"
        versions = ProgrammeVersion.versions.in_force()
        grants = Grant.grants.held(self.visit.scope.on).filter(role=Role.CASE_WORKER)
        workers = dict(
            grants.filter(member__left_on__isnull=True)
            .order_by("member__name")
            .values_list("member_id", "member__name")
        )
        services = LicensedService.objects.filter(deliverable=True)  # by name, not only those asked
        asked = self.row.services_asked
        return EnrolForm(
            data,
            on=self.visit.scope.on,
            country=self.visit.country,
            programmes=[(str(v.pk), pick(programme(v).names, lang)) for v in versions],
            workers=[(str(key), name) for key, name in workers.items()],
            services=[(s.code, s.name) for s in services] if asked else [],
            asked=bool(asked),
            initial={
                "since": self.visit.scope.on,
                "case_worker": str(self.visit.actor.member),
                "services": asked,
            },
        )

    def context(self) -> dict[str, Any]:
        words = {
            "enrol": (_("Accept and enrol"), _("Accept and enrol")),
            "ask": (_("Ask the referrer"), _("Ask back")),
            "decline": (_("Decline"), _("Decline")),
            "again": (_("The referrer has answered"), _("Take it up again")),
            "told": (_("The referrer is to be told"), _("The referrer has been told")),
        }
        shown = [
            {
                "form": form,
                "name": name,
                "title": words[name][0],
                "button": words[name][1],
                "main": name in {"enrol", "again", "told"},
            }
            for name, form in self.forms.items()
        ]
        return {"forms": shown, "equal": self.equal, "equal_rows": self._equal_rows()}

    def _equal_rows(self) -> list[tuple[Any, EqualAnswer | None]]:
        return [(self.equal[one.question], one.answer) for one in self.asked]

    def answer(self) -> str:
        """Where to go after the answer; empty when the form has a fault or the state has moved."""
        form = self.equal if self.sent == "equal" else self.forms.get(self.sent)
        if form is None or not form.is_valid():
            return ""
        try:
            return str(getattr(self, f"_{self.sent}")(form.cleaned_data))
        except NotNow as fault:
            form.add_error(None, str(FAULTS[fault.code]))
        except StaleRow:
            form.add_error(None, _("A colleague has answered meanwhile. Look again before you do."))
        return ""

    def _ask(self, data: dict[str, Any]) -> str:
        return_with_question(self.row, by=self.visit.actor, question=data["question"])
        return _address(self.row)

    def _decline(self, data: dict[str, Any]) -> str:
        decline(self.row, by=self.visit.actor, why=data["why"], on=self.visit.scope.on)
        return reverse("referrals")

    def _equal(self, data: dict[str, str]) -> str:
        answer_equal(self.row, data, by=self.visit.actor)
        return f"{_address(self.row)}#equal"

    def _told(self, data: dict[str, Any]) -> str:
        tell_referrer(
            self.row, by=self.visit.actor, way=data["way"], to=data["to"], on=data["told_on"]
        )
        return _address(self.row)

    def _again(self, _data: dict[str, Any]) -> str:
        orders = (self.forms["again"].order(),)
        take_up_again(self.row, by=self.visit.actor, orders=orders, on=self.visit.scope.on)
        return _address(self.row)

    def _enrol(self, data: dict[str, Any]) -> str:
        new = NewEnrolment(
            programme=ProgrammeVersion.versions.get(pk=data["programme"]),
            since=data["since"],
            agency=self.row.referrer_kind,
            case_worker=uuid.UUID(data["case_worker"]),
            eligibility=data["eligibility"],
            income=data["income"],
        )
        check_enrolment(self.row, new)  # before the referral is answered, and written as such
        accept(
            self.row,
            by=self.visit.actor,
            on=self.visit.scope.on,
            services=data.get("services", ()),
            difference_told=data.get("difference_told", ""),
        )
        enrol(self.row, new, by=self.visit.actor)
        mine = new.case_worker == self.visit.actor.member
        return reverse("person", args=[self.row.person_id]) if mine else reverse("referrals")
