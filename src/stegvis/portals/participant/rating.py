"""Rate myself: one thing a page, one press an answer (KN-68). Asked is what somebody wants to try
in work, what I have rated before, and what the programme begins with; never a list of the body."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language

from stegvis.core.programme.model import Programme
from stegvis.core.values.texts import pick
from stegvis.journey.abilities import facts
from stegvis.journey.abilities.actions import NewRating, rate
from stegvis.journey.abilities.models import OWN, Trial
from stegvis.journey.abilities.words import starter
from stegvis.journey.intake.actions import NotNow
from stegvis.platform.access.decision import FieldClass, Purpose
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.portals.participant.development import TOPS
from stegvis.portals.participant.own import Own, own, shown
from stegvis.portals.participant.words import REFUSED


@dataclass(frozen=True, slots=True)
class Asked:
    """`key` as Mark.item has it; `today`: what was answered today, if anything was."""

    key: str
    name: str
    high: str
    scale: str = "ten"
    before: facts.OwnMark | None = None
    tried: bool = False

    def said_on(self, day: Any) -> bool:
        return self.before is not None and self.before.on == day

    @property
    def code(self) -> str:
        return OWN if self.key.startswith(f"{OWN}:") else self.key


def asked(mine: Own) -> list[Asked]:
    """What is asked of me, in order: to be tried in work, rated before, the programme's own."""
    if mine.enrolment is None or mine.model is None:
        return []
    on = mine.visit.scope.on
    marks = facts.marks(mine.enrolment, on=on, model=mine.model, bodily=True)
    trials = Trial.objects.filter(
        enrolment=mine.enrolment, observation__isnull=True, called_off_on__isnull=True
    ).select_related("rating")
    trying = {one.rating.key for one in trials}
    rated = [
        Asked(one.item, one.name, one.high, one.own.scale, one.own, one.item in trying)
        for one in marks
        if one.own is not None
    ]
    rated.sort(key=lambda one: not one.tried)
    known = {one.key for one in rated}
    return rated + [one for one in _begun_with(mine.model) if one.key not in known]


def _begun_with(model: Programme) -> Iterator[Asked]:
    """The programme's abilities, where it asks for ratings at all."""
    if any(one.needs.get("fact") == "self_rating" for one in model.criteria.values()):
        for item in facts.words_of(model):
            yield Asked(item.code, item.name, item.high)


def _left(one: Asked, on: Any) -> bool:
    """Whoever would rather not say is not asked again, unless it is to be tried."""
    if one.before is None:
        return True
    return not one.said_on(on) and (one.before.value is not None or one.tried)


@page(Role.PARTICIPANT, shows=FieldClass.SENSITIVE, purpose=Purpose.OWN)
def my_rate(request: HttpRequest) -> HttpResponse:
    posts = request.method == "POST"
    mine = own(request, FieldClass.VOICE if posts else FieldClass.SENSITIVE)
    on, every = mine.visit.scope.on, asked(mine)
    if posts:
        wanted = next((one for one in every if one.key == request.POST.get("item")), None)
        if wanted is not None:
            try:
                _rated(request, mine, wanted)
            except NotNow:
                return shown(request, "refused", mine, words=REFUSED["not_enrolled"])
        return redirect("my_rate")
    again = request.GET.get("again", "")
    chosen = next((one for one in every if one.key == again), None)
    left = [one for one in every if _left(one, on)]
    chosen = chosen or (left[0] if left else None)
    context = _drawn(chosen) if chosen else {}
    today = [(one, _said(one)) for one in every if one.said_on(on) and one != chosen]
    return shown(request, "rate", mine, item=chosen, left=len(left), today=today, **context)


def _rated(request: HttpRequest, mine: Own, item: Asked) -> None:
    """What is no answer of the page changes nothing."""
    value = request.POST.get("value", "")
    known = {str(n) for n in range(TOPS[item.scale] + 1)}
    declined = "decline" in request.POST
    if mine.enrolment is None or not (declined or value in known):
        return
    new = NewRating(
        item=item.code,
        named=item.name if item.code == OWN else "",
        on=mine.visit.scope.on,
        value=None if declined else int(value),
        scale=item.scale,
        declined=declined,
    )
    rate(mine.enrolment, new, by=mine.visit.actor)


def _said(item: Asked) -> int | None:
    return item.before.value if item.before else None


def _drawn(item: Asked) -> dict[str, Any]:
    """The row of answers: the number, a face where good and bad are known, the words of a step."""
    top = TOPS[item.scale]
    levels = starter()["scale"]["function"]["levels"] if item.scale == "function" else []
    names = [_words(texts) for texts in levels] or [""] * (top + 1)
    return {
        "rows": [(n, _face(item.high, n, top), names[n]) for n in range(top + 1)],
        "ends": {} if levels else facts.ends(item.high),
        "top": top,
    }


def _words(texts: dict[str, str]) -> str:
    return pick(texts, get_language() or "sv")


def _face(high: str, value: int, top: int) -> str:
    """Only the person knows what is good of what they have named themselves."""
    if high not in {"better", "worse"}:
        return ""
    share = value if high == "better" else top - value
    return f"mood-{1 + round(4 * share / top)}"
