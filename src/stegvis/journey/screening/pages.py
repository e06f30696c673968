"""One page for the whole screening: the talk, the group, and what follows from it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from stegvis.core.programme.model import Category
from stegvis.core.values.texts import pick
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.screening import actions, forms
from stegvis.journey.screening.facts import model_of, screened, screens
from stegvis.journey.screening.models import SET, Rehabilitation, Screening
from stegvis.journey.screening.words import DECISIONS, FAULTS, MISSING, STATUSES
from stegvis.journey.standing.models import DatedFact, StepPeriod
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.tenancy.models import StaleRow

SAID = {
    "talk": gettext_lazy("The first talk is written down."),
    "screen": gettext_lazy("The group is set."),
    "notice": gettext_lazy("The notice is written down, and the screening is closed."),
    "exception": gettext_lazy("The exception is written down. The step is decided apart."),
}
WAY: dict[str, tuple[str, type[forms.Dated]]] = {
    Rehabilitation.Status.NOT_BEGUN: ("begin", forms.DayForm),
    Rehabilitation.Status.BEGUN: ("send", forms.DayForm),
    Rehabilitation.Status.SENT: ("recommended", forms.RecommendedForm),
    Rehabilitation.Status.RECOMMENDED: ("decided", forms.DecidedForm),
}
"""What can be written down next, by how far it has come."""


@page(Role.CASE_WORKER, shows=FieldClass.SENSITIVE, person="person", writes=True)
def screening(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """404 where the person is in no programme now."""
    sheet = _Sheet(request, person)
    if request.method == "POST" and sheet.written():
        messages.success(request, str(SAID.get(sheet.do) or _("Written down.")))
        return redirect("screening", person=person)
    return render(request, "screening/screening.html", sheet.context())


class _Sheet:
    """Everything of one screening, the forms that fit it now, and the writing of the one sent."""

    def __init__(self, request: HttpRequest, person: uuid.UUID) -> None:
        self.visit = visit_of(request)
        rows = Enrolment.enrolments.open().filter(person=person)
        found = rows.select_related("person", "earlier").first()
        if found is None:
            raise Http404
        self.enrolment, self.model = found, model_of(found)
        self.lang = get_language() or "sv"
        self.data = request.POST
        self.do = request.POST.get("do", "") if request.method == "POST" else ""
        self.known = screened(found.pk)
        self.current = self.known.current
        self.way = self.known.rehabilitations.get(self.current.pk) if self.current else None
        self.dropped = self._dropped()
        self.forms = dict(self._forms()) if screens(self.model) else {}
        self.stale = False

    def _dropped(self) -> bool:
        """Whether the person has dropped out and no new attempt has begun since."""
        rule = self.model.transitions.drop_out
        if rule is None or self.current is None or self.current.group != Screening.PROJECT:
            return False
        rows = DatedFact.objects.filter(enrolment=self.enrolment, kind="drop_out", struck=False)
        day = rows.order_by("-on").values_list("on", flat=True).first()
        periods = StepPeriod.periods.standing().filter(enrolment=self.enrolment)
        return day is not None and not periods.filter(since__gt=day).exists()

    def _forms(self) -> Any:
        if self.known.talk is None and not self._on_road():
            yield "talk", self._form("talk", forms.TalkForm)
            return
        if self.known.talk is None:
            yield "talk", self._form("talk", forms.TalkForm)
        groups = [(one.code, pick(one.texts, self.lang)) for one in self._groups()]
        yield "screen", self._form("screen", forms.ScreenForm, group=groups)
        if self.current and self.current.group == Screening.SOCIAL and not self.current.notice:
            yield "notice", self._form("notice", forms.NoticeForm, support=self._support())
        if self.way and self.way.status in WAY:
            name, kind = WAY[self.way.status]
            yield name, self._form(name, kind)
        if self.dropped and (rule := self.model.transitions.drop_out):
            codes = [(code, pick(texts, self.lang)) for code, texts in rule.exceptions.items()]
            yield "exception", self._form("exception", forms.ExceptionForm, exception=codes)

    def _on_road(self) -> bool:
        return bool(StepPeriod.periods.standing().filter(enrolment=self.enrolment).exists())

    def _groups(self) -> tuple[Category, ...]:
        sets = (one.categories for one in self.model.category_sets if one.code == SET)
        return next(sets, ())

    def _support(self) -> list[tuple[str, str]]:
        known = self.model.vocabularies.get("parallel_measures")
        terms = known.in_force(self.visit.scope.on) if known else ()
        return [(term.code, pick(term.texts, self.lang)) for term in terms]

    def _form(self, name: str, kind: type[forms.Dated], **options: Any) -> forms.Dated:
        today = self.visit.scope.on
        first: dict[str, Any] = {"on": today}
        if self.known.talk is None and name == "talk":
            first["on"] = self.enrolment.since if self._on_road() else today
        data = self.data if self.do == name else None
        return kind(data, today=today, options=options, initial=first, prefix=name)

    # What is written

    def written(self) -> bool:
        form = self.forms.get(self.do)
        if form is None:  # pressed on a page that was old: what is there now is shown
            self.stale = True
            return False
        if not form.is_valid():
            return False
        try:
            with transaction.atomic():
                getattr(self, f"_{self.do}")(form.cleaned_data)
        except NotNow as fault:
            form.add_error(None, str(FAULTS[fault.code]))
        except (StaleRow, IntegrityError):
            form.add_error(None, _("A colleague has changed this meanwhile. Look again."))
        else:
            return True
        return False

    def _talk(self, data: dict[str, Any]) -> None:
        actions.hold_talk(
            self.enrolment, by=self.visit.actor, on=data["on"], in_course=data["in_course"]
        )

    def _new(self, data: dict[str, Any], group: int, exception: str = "") -> actions.NewScreening:
        return actions.NewScreening(
            group, data["on"], data["grounds"], data["own_words"], data["own_words_missing"],
            exception=exception,
        )  # fmt: skip

    def _screen(self, data: dict[str, Any]) -> None:
        actions.screen(self.enrolment, self._new(data, data["group"]), by=self.visit.actor)

    def _exception(self, data: dict[str, Any]) -> None:
        new = self._new(data, Screening.REHABILITATION, data["exception"])
        actions.make_exception(self.enrolment, new, by=self.visit.actor)

    def _notice(self, data: dict[str, Any]) -> None:
        new = actions.NewNotice(
            data["to"], data["on"], data["reason"], tuple(data["support"]), data["support_words"]
        )
        if self.current:
            actions.notify(self.current, new, by=self.visit.actor)

    def _begin(self, data: dict[str, Any]) -> None:
        self._moved(actions.begin, data)

    def _send(self, data: dict[str, Any]) -> None:
        self._moved(actions.send, data)

    def _moved(self, verb: Callable[..., None], data: dict[str, Any]) -> None:
        if self.way:
            verb(self.way, by=self.visit.actor, on=data["on"])

    def _recommended(self, data: dict[str, Any]) -> None:
        if self.way:
            actions.recommended(
                self.way, data["recommendation"], by=self.visit.actor, on=data["on"]
            )

    def _decided(self, data: dict[str, Any]) -> None:
        if self.way:
            actions.decided(
                self.way, data["decision"], by=self.visit.actor, on=data["on"], words=data["words"]
            )

    # What is shown

    def context(self) -> dict[str, Any]:
        person = self.enrolment.person
        return {
            "person": {
                "name": person.name,
                "first_name": person.given_name,
                "url": reverse("person", args=[person.pk]),
            },
            "people_url": reverse("participants"),
            "forms": self.forms,
            "screens": screens(self.model),
            "stale": self.stale,
            "talk": self.known.talk,
            "began": self._on_road(),
            "groups": {one.code: self._group(one) for one in self._groups()},
            "current": self._row(self.current) if self.current else None,
            "earlier": [self._row(row) for row in self.known.rows if not row.current],
            "way": self._way(),
            "decide_url": reverse("decide", args=[person.pk]),
            "mediator_url": reverse("mediator", args=[person.pk]),
        }

    def _group(self, one: Category) -> dict[str, Any]:
        return {"name": pick(one.texts, self.lang), "next": pick(one.next, self.lang)}

    def _row(self, row: Screening) -> dict[str, Any]:
        group = next(one for one in self._groups() if one.code == str(row.group))
        rule = self.model.transitions.drop_out
        exception = rule.exceptions.get(row.exception, {}) if rule and row.exception else {}
        named = dict(self._support())
        support = [named.get(code, code) for code in row.notice.support] if row.notice else []
        if row.notice and row.notice.support_words:
            support.append(row.notice.support_words)
        return {
            "row": row,
            **self._group(group),
            "missing": MISSING.get(row.own_words_missing, ""),
            "exception": pick(exception, self.lang) if exception else "",
            "support": support,
        }

    def _way(self) -> dict[str, Any] | None:
        """The five stations, each with its day, and which form comes next."""
        way = self.way
        if way is None:
            return None
        stations = [
            {"words": STATUSES[code], "on": getattr(way, day)}
            for code, day in zip(Rehabilitation.Status.values[1:], way.DAYS, strict=True)
        ]
        late = way.begun_on is None
        name = WAY[way.status][0] if way.status in WAY else ""
        return {
            "row": way,
            "stations": stations,
            "status": STATUSES[way.status],
            "late": late,
            "next": name,
            "form": self.forms.get(name),
            "decision": DECISIONS.get(way.decision, ""),
        }
