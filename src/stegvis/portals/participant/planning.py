"""My plan: read it, say yes to it, and say my own words beside it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from stegvis.core.progression.plans import ACTION, GOAL, HEAD, units
from stegvis.core.values.merging import Document, Unit
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.plans import actions, facts
from stegvis.journey.plans.models import PlanVersion, Saying
from stegvis.journey.plans.words import AIMS, owners
from stegvis.platform.access.decision import FieldClass, Purpose
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.tenancy.models import StaleRow
from stegvis.portals.participant.own import Own, own, shown
from stegvis.portals.participant.words import LONGEST, REFUSED

AGREED = PlanVersion.State.AGREED
KINDS = {
    "words": (_("My own words"), _("What do you want to say about the plan?")),
    "disagreement": (_("I see it differently"), _("What is not right?")),
}


def _version(mine: Own, *, wanted: str = "") -> Any:
    """A draft that waits, else the plan that applies; `wanted` "agreed" is that one alone."""
    if mine.latest is None:
        return None
    rows = PlanVersion.versions.filter(enrolment=mine.latest, person=mine.person)
    if wanted == "agreed":
        rows = rows.agreed()
    return facts.with_documents(rows).order_by("-number").first()


def _own_class(request: HttpRequest) -> FieldClass:
    return FieldClass.VOICE if request.method == "POST" else FieldClass.PLAN


@page(Role.PARTICIPANT, shows=FieldClass.PLAN, purpose=Purpose.OWN)
def my_agreement(request: HttpRequest) -> HttpResponse:
    """The plan as text. A draft has a yes below it; what is agreed is the paper in the folder."""
    mine = own(request, _own_class(request))
    version = _version(mine, wanted=request.GET.get("which", ""))
    fault = ""
    if request.method == "POST":
        fault = _answered(request, mine, version)
        if not fault:
            return redirect("my_agreement")
    context = _context(mine, version) if version else {}
    return shown(request, "agreement", mine, version=version, fault=fault, **context)


def _answered(request: HttpRequest, mine: Own, version: Any) -> str:
    """Yes to what lay before them, or words taken back. What could not be is said."""
    if "take_back" in request.POST:
        for saying in _sayings(mine, version):
            if str(saying.pk) == request.POST["take_back"]:
                actions.take_back(saying, by=mine.visit.actor)
        return ""
    seen = request.POST.get("seen", "")
    if version is None or not seen.isascii() or not seen.isdecimal():
        return ""
    try:
        actions.acknowledge(version, by=mine.visit.actor, how="own_page", seen=int(seen[:9]))
    except StaleRow:
        return str(REFUSED["changed"])
    except NotNow:
        return ""  # agreed already, which is what was asked for
    return ""


def _sayings(mine: Own, version: Any) -> list[Saying]:
    rows = Saying.objects.filter(enrolment=mine.latest, person=mine.person).select_related("of")
    standing = facts.standing_sayings(rows, number=version.number) if version else []
    return [row for row in standing if row.kind != Saying.Kind.ANSWER]


def _context(mine: Own, version: Any) -> dict[str, Any]:
    text: Document = version.text or facts.EMPTY
    known = units(text, GOAL)
    said = version.acknowledgements.filter(revision=version.revision).order_by("side")
    head = text[HEAD]
    return {
        "head": head,
        "aim": head["aim_text"] or AIMS.get(head["aim"], ""),
        "goals": _goals(mine, text),
        "agreed": version.state == AGREED,
        "sides": list(said.values_list("side", flat=True)),
        "before": version.state != AGREED and version.number > 1,
        "sayings": [
            (row, known.get(str(row.about), {}).get("text", "")) for row in _sayings(mine, version)
        ],
    }


def _goals(mine: Own, text: Document) -> list[dict[str, Any]]:
    """Each goal with what is done for it, those below it after it; then what has no goal."""
    known, doing = units(text, GOAL), units(text, ACTION)
    names = owners(str(_("You")), mine.worker.partition(" ")[0])
    names["both"] = str(_("You and your worker"))

    def shown_goal(key: str, unit: Unit) -> dict[str, Any]:
        mine_to_do = [one for one in doing.values() if one["goal"] == key]
        return {"unit": unit, "due": _day(unit["due"]), "doing": _doing(names, mine_to_do)}

    found = []
    for key, unit in known.items():
        if not unit["under"]:
            found.append(shown_goal(key, unit))
            below = [(one, under) for one, under in known.items() if under["under"] == key]
            found += [shown_goal(one, under) | {"sub": True} for one, under in below]
    free = _doing(names, [a for a in doing.values() if a["goal"] not in known])
    return found + ([{"unit": None, "doing": free}] if free else [])


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _doing(names: dict[str, str], rows: list[Unit]) -> list[dict[str, Any]]:
    return [
        {
            "text": row["text"],
            "who": row["owner_name"] or names.get(row["owner"], ""),
            "due": _day(row["due"]),
            "times": row["times"],
        }
        for row in rows
    ]


@page(Role.PARTICIPANT, shows=FieldClass.PLAN, purpose=Purpose.OWN)
def my_words(request: HttpRequest, kind: str) -> HttpResponse:
    """Words beside the plan, or that I see it differently: of the whole or of one goal."""
    mine = own(request, _own_class(request))
    version = _version(mine)
    if version is None:
        raise Http404
    goals = units(version.text or facts.EMPTY, GOAL) if kind == "disagreement" else {}
    words, about = request.POST.get("words", "").strip(), request.POST.get("about", "")
    fault = ""
    if request.method == "POST":
        fault = "no_words" if not words else "too_long" if len(words) > LONGEST else ""
        if not fault:
            _say(kind, version, words, mine, about=about if about in goals else "")
            return redirect("my_agreement")
    heading, question = KINDS[kind]
    return shown(
        request,
        "words",
        mine,
        heading=heading,
        question=question,
        words=words,
        fault=REFUSED[fault] if fault else "",
        about=about,
        goals=[(key, unit["text"]) for key, unit in goals.items()],
    )


def _say(kind: str, version: Any, words: str, mine: Own, *, about: str) -> None:
    if kind == Saying.Kind.WORDS:
        actions.say_words(version, words, by=mine.visit.actor)
    else:
        thread = uuid.UUID(about) if about else None
        actions.disagree(version, words, by=mine.visit.actor, about=thread)
