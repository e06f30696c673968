# ruff: noqa: E501 - tables of invented people read best one a line
"""Contexts for the pages as their templates describe them, with invented people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.safestring import SafeString

from stegvis.journey.intake.forms import EqualForm
from stegvis.journey.steps.forms import DecisionForm
from stegvis.platform.ui.context import Rail
from stegvis.platform.ui.day import DayAct, DayItem, Part
from stegvis.platform.ui.gallery import a_road, showcase
from stegvis.platform.ui.rows import PersonRow

ON = dt.date(2026, 11, 17)
D = dt.date
STEPS = ("Utredning", "Lättare arbetsträning", "Arbetsträning", "Självständigt arbete",
         "Extern praktik", "Externt arbete")  # fmt: skip


def a_request(path: str = "/", **cookies: str) -> HttpRequest:
    """A request as the gate hands it on: someone is here."""
    request = RequestFactory().get(path)
    request.COOKIES.update(cookies)
    request.visit = SimpleNamespace(  # type: ignore[attr-defined]
        actor=SimpleNamespace(holds=lambda *_: True),
        member_name="Karin Ekwall",
        member_title="Arbetsmarknadssekreterare",
        tenant_name="Ekdala kommun",
        unit_name="Arbetsmarknadsenheten",
    )
    return request


def _entry(label: str, icon: str, count: int = 0) -> SafeString:
    values = {"url_name": "somewhere", "label": label, "icon": icon, "count": count}
    return render_to_string("ui/_place.html", values)


def the_rail() -> Rail:
    """When it is asked for: the addresses it leads to are laid out by the test."""
    shown = [
        _entry("Min dag", "house", 9),
        _entry("Deltagare", "users"),
        _entry("Stegbeslut", "arrow-up-from-line", 2),
        _entry("Remisser", "inbox"),
    ]
    return Rail(shown, [_entry("Programmen", "route")], waiting=0, within=False)


def rows(n: int) -> list[PersonRow]:
    first = ("Amina", "Stig", "Nour", "Pär", "Tord", "Rosa", "Benjamin", "Samira", "Mehran")
    last = ("Warde", "Hallengren", "Eklid", "Ömalm", "Lindqvall", "Vidfors", "Aspgård", "Nordh")
    nexts = ("Veckomål: i tid fyra dagar", "Rapport till ekonomiskt bistånd", "Uppföljning")
    return [
        PersonRow(
            url=f"/d/{i}/", name=f"{first[i % 9]} {last[i % 8]}", step=1 + i % 6, of=6,
            step_name=STEPS[i % 6], next=nexts[i % 3],
            due=f"{9 - i} dagar sen" if i < 4 else "I dag" if i < 7 else f"{17 + i % 13} nov",
            due_kind="late" if i < 4 else "warn" if i < 7 else "", programme="Jobbtrappan",
            supervisor="Jonas Brandell" if i % 2 else "Vera Holm", worker="Karin Ekwall",
        )
        for i in range(n)
    ]  # fmt: skip


COLUMNS = [
    {"label": "Namn", "url": "?sort=name", "sort": ""},
    {"label": "Steg", "url": "?sort=step", "sort": ""},
    {"label": "Nästa", "url": "", "sort": ""},
    {"label": "När", "url": "?sort=due", "sort": "ascending"},
    {"label": "Program", "url": "", "sort": ""},
    {"label": "Handledare", "url": "", "sort": ""},
    {"label": "Handläggare", "url": "?sort=worker", "sort": ""},
]


def my_day() -> dict[str, Any]:
    act = DayAct("#", "Öppna")
    tord = DayItem(
        Part.NEEDS, "Tord Lindqvall", "#", kind="late", icon="phone-off", step=2, of=6,
        why="Borta tre dagar utan att höra av sig. Senast sedd torsdag 12 nov av Jonas.",
        acts=(DayAct("#", "Ring 070-000 00 14"), act), on=ON, tag="9 dagar sen", what="Uppföljning",
    )  # fmt: skip
    tomas = DayItem(
        Part.DECISIONS, "Tomas Fagerlind", "#", kind="ok", icon="arrow-up", step=3, of=6,
        why="Föreslås till steg 4. Åtta av nio kriterier har stöd.", acts=(act,),
    )  # fmt: skip
    referral = DayItem(
        Part.REFERRALS, "Remiss 2026-119", "#", why="Arbetsförmedlingen", kind="warn",
        icon="message-circle-question-mark", tag="Syfte saknas: fråga", on=D(2026, 12, 1),
    )  # fmt: skip
    talk = DayItem(Part.AGENDA, "Rosa Vidfors", "#", on=ON, time="09.30", what="Trepartssamtal")
    closed = DayItem(Part.AGENDA, "", "", on=D(2026, 11, 20), what="Stängt")
    later = replace(tord, kind="", icon="calendar", tag="to 19 nov", of=0)
    return {
        "today": ON, "first_name": "Karin", "needing": 2, "needs": [tord, replace(tord, kind="warn", of=0)],
        "silent": [replace(tord, kind="warn")], "asks_silent": True, "decisions": [tomas],
        "follow_ups": [tord, later], "late_count": 1, "soon_count": 1, "agenda": [talk, closed],
        "referrals": [referral, replace(referral, on=None)], "reports": [replace(tord, acts=(act,))],
        "drafts": [replace(later, what="Vägen")], "next_words": "", "referrals_url": "#",
        "new_referral_url": "#", "people_url": "#", "people_count": 31, "leave_url": "#",
    }  # fmt: skip


def quiet_day() -> dict[str, Any]:
    nothing: dict[str, Any] = {part.value: [] for part in Part}
    quiet = {"next_words": "to 19 nov Rosa Vidfors, Uppföljning", "asks_silent": False}
    quiet |= {"late_count": 0, "soon_count": 0}
    return my_day() | nothing | quiet | {"referrals_url": "", "new_referral_url": ""}


def participants() -> dict[str, Any]:
    tabs = [("Alla mina", 50), ("Sena", 4), ("Att besluta", 2)]
    return {
        "page": Paginator(rows(120), 50).page(1), "page_query": "sort=due&", "total": 120, "q": "",
        "lede": "120 personer. Fyra uppföljningar är sena.", "columns": COLUMNS, "similar": [],
        "tabs": [{"url": "#", "label": t, "current": not i, "count": n} for i, (t, n) in enumerate(tabs)],
        "scopes": [{"url": "#", "label": "Mina", "current": True},
                   {"url": "#", "label": "Enheten", "current": False}],
        "list_url": "/deltagare/", "new_referral_url": "#",
    }  # fmt: skip


def nobody() -> dict[str, Any]:
    similar = [{"url": "#", "name": "Tord Lindqvall"}]
    empty = {"page": Paginator([], 50).page(1), "q": "Lindkvist", "similar": similar}
    return participants() | empty


def no_people() -> dict[str, Any]:
    empty = {"page": Paginator([], 50).page(1), "total": 0, "tabs": [], "scopes": []}
    return participants() | empty


def person() -> dict[str, Any]:
    return {
        "person": {"name": "Samira Nordh", "url": "#"}, "people_url": "#",
        "tabs": [{"url": "#", "label": "Vägen", "current": True, "count": None},
                 {"url": "#", "label": "Beslut", "current": False, "count": 3}],
        "lede": "Steg 4 av 6, självständigt arbete sedan 21 september.",
        "acts": [{"url": "#", "label": "Skriv ut", "icon": "printer", "main": False},
                 {"url": "#", "label": "Nytt stegbeslut", "icon": "arrow-up-from-line", "main": True}],
        "notices": [{"kind": "", "icon": "message-circle", "text": "Samira bad om ett samtal i går."}],
        "picture": a_road(6, ON),
        "periods": [
            {"since": D(2026, 1, 12), "until": D(2026, 2, 23), "step": "1 Utredning", "paused": False,
             "reason": "Remiss från ekonomiskt bistånd", "decided_by": "K. Ekwall"},
            {"since": D(2026, 2, 23), "until": None, "step": "3 Arbetsträning", "paused": True,
             "reason": "Tydlig yrkesvana: steg 2 hoppades över", "decided_by": "K. Ekwall"}],
        "coming": [{"by": D(2026, 11, 18), "what": "Uppföljning", "because": "Var fjärde vecka",
                    "kind": "warn", "who": "Karin", "exempt_url": "#"},
                   {"by": D(2026, 12, 14), "what": "Trepartssamtal", "because": "Inför steg 5",
                    "kind": "", "who": "", "exempt_url": ""}],
        "around": [("Handläggare", "Karin Ekwall"), ("Remittent", "Ekonomiskt bistånd")],
        "programme": {"name": "Jobbtrappan", "version": 3, "url": "#"},
        "lacking_for": "steg 5, extern praktik",
        "lacking": [{"name": "Åker själv till platsen", "because": "Ingen observation ännu"}],
        "elements": [{"ordinal": i, "of": 3, "name": name, "state": state, "because": "Se planen"}
                     for i, (name, state) in enumerate(
                         [("Eget mål", "met"), ("Fast kontakt", "not_met"), ("Avtal", "not_yet")], 1)],
        "milestones": [{"name": "Remiss mottagen", "on": D(2026, 1, 7)},
                       {"name": "Första plats utanför", "on": None}],
        "history": [{"on": D(2026, 9, 21), "what": "Till steg 4", "words": "Ja. Jag är redo.",
                     "by": "Karin Ekwall", "url": "#"},
                    {"on": D(2026, 1, 12), "what": "Inskriven", "words": "", "by": "Karin", "url": ""}],
        "categories": [{"name": "AM2", "since": D(2026, 1, 12)}],
        "enrolments": [{"name": "Jobbinvest", "since": D(2024, 1, 1), "until": D(2024, 9, 1), "url": "#"}],
    }  # fmt: skip


def newcomer() -> dict[str, Any]:
    lists = {
        key: []
        for key in [
            "tabs",
            "notices",
            "periods",
            "coming",
            "elements",
            "history",
            "categories",
            "enrolments",
        ]
    }
    return person() | lists | {"picture": None, "programme": None, "lacking_for": "", "acts": []}


def decision_form(data: dict[str, Any] | None = None) -> DecisionForm:
    moves = [("s4", "Till steg 4"), ("s3", "Stanna i steg 3"), ("s2", "Tillbaka till steg 2")]
    reasons = [("a", "Planerar en hel vecka själv"), ("b", "God närvaro, 18 av 20 dagar")]
    return DecisionForm(data, initial={"to": "s4", "on": ON}, moves=moves, reasons=reasons, on=ON)


def decision(data: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "person": {"name": "Tomas Fagerlind", "first_name": "Tomas", "url": "#"}, "people_url": "#",
        "question": "Ska Tomas gå till steg 4?", "step": 3, "to_step": 4, "of": 6,
        "lede": "Steg 3 sedan 8 juni. Åtta av nio kriterier har stöd.",
        "criteria_for": "steg 4, självständigt arbete",
        "criteria": [
            {"name": "God närvaro", "hint": "Minst 85 av 100 dagar", "state": "met",
             "known": "18 av 20 dagar", "evidence": []},
            {"name": "Säger till vid hinder", "hint": "", "state": "lacking",
             "known": "Frågade två gånger av sex", "evidence": []},
            {"name": "Säker vid maskin", "hint": "", "state": "unknown", "known": "Ingen uppgift",
             "evidence": []}],
        # With marks the page asks for the day of a visit: tests/journey/abilities looks at those.
        "marked": False, "apart": [], "unseen": ["Säker vid maskin"], "observe_url": "#",
        "lacks_report": True,
        "moves": [{"code": "s4", "label": "Till steg 4", "hint": "Nästa steg.", "aside": False},
                  {"code": "s3", "label": "Stanna i steg 3", "hint": "Ny prövning.", "aside": False},
                  {"code": "s2", "label": "Tillbaka till steg 2", "hint": "Ett steg.", "aside": True}],
        "form": decision_form(data),
        "aside_open": False,
    }  # fmt: skip


def refused_decision() -> dict[str, Any]:
    return decision({"to": "s2", "on": "31-11-2026"}) | {"criteria": [], "apart": []}


class AnswerForm(forms.Form):
    words = forms.CharField(label="Din fråga", widget=forms.Textarea(attrs={"rows": 3}))


def referral() -> dict[str, Any]:
    return {
        "referral": {"number": "Remiss 2026-118", "sender": "Ekonomiskt bistånd", "kind": "info",
                     "icon": "inbox", "state": "Mottagen", "received": D(2026, 11, 10),
                     "due": D(2026, 11, 24), "purpose": "Behöver rutiner innan praktik."},
        "referrals_url": "#", "person_name": "Samira Nordh", "person_url": "#",
        "asked": [{"kind": "train", "label": "Träna", "words": "Passa tider"}],
        "facts": [("Önskad start", "1 december"), ("Kontakt", "Vera Holm")],
        "thread": [{"on": D(2026, 11, 10), "by": "Ekonomiskt bistånd", "what": "Skickad", "words": ""},
                   {"on": D(2026, 11, 11), "by": "Karin", "what": "Fråga", "words": "Vad ska prövas?"}],
        "forms": [{"form": AnswerForm(prefix="accept"), "name": "accept", "title": "Ta emot",
                   "button": "Ta emot", "main": True},
                  {"form": AnswerForm({}, prefix="ask"), "name": "question", "title": "Fråga",
                   "button": "Skicka frågan", "main": False}],
        "gap": {"asked": "Arbetsförmågebedömning", "accepted": "Observation", "lacking": "Bedömning",
                "instead": "Vi beskriver vad vi har sett.", "told": None, "way": ""},
        **_equal(),
    }  # fmt: skip


def _equal() -> dict[str, Any]:
    form = EqualForm(None, answers={})
    return {"equal": form, "equal_rows": [(bound, None) for bound in form]}


def bare_referral() -> dict[str, Any]:
    full = referral()
    facts = full["referral"] | {"received": None, "due": None, "purpose": ""}
    bare = {"asked": [], "person_url": "", "person_name": "", "forms": [], "gap": None}
    return full | {"referral": facts} | bare


PAGES: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {
    "gallery": ("ui/gallery.html", lambda: showcase(ON)),
    "my-day": ("caseworker/my_day.html", my_day),
    "quiet-day": ("caseworker/my_day.html", quiet_day),
    "participants": ("caseworker/participants.html", participants),
    "nobody": ("caseworker/participants.html", nobody),
    "no-people": ("caseworker/participants.html", no_people),
    "person": ("caseworker/person.html", person),
    "newcomer": ("caseworker/person.html", newcomer),
    "decision": ("steps/decision.html", decision),
    "refused-decision": ("steps/decision.html", refused_decision),
    "referral": ("intake/referral.html", referral),
    "bare-referral": ("intake/referral.html", bare_referral),
}
