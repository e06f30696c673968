"""My day: who needs me, which steps wait for a decision, what is due, what lies ahead.

Only what the product knows is asked about; a list that cries about what cannot yet be written down
would teach people not to read it. Nothing here moves by itself: it is read out of what was written.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.db.models import Exists, OuterRef
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stegvis.core.programme.model import Programme
from stegvis.core.progression.dues import DECIDE_END
from stegvis.core.progression.judgement import Judgement, say
from stegvis.core.progression.measures import View
from stegvis.core.progression.moves import Move
from stegvis.journey.intake.models import OrderLine, Referral
from stegvis.journey.intake.pages import as_waiting
from stegvis.journey.mediation.facts import agreed
from stegvis.journey.mediation.words import MOST as MEDIATED
from stegvis.journey.steps.facts import weighed
from stegvis.platform.accounts.calendar import Calendar, calendar
from stegvis.platform.accounts.models import Role
from stegvis.platform.drafts.keeping import waiting
from stegvis.platform.journal.visit import Visit
from stegvis.platform.ui.context import group_of
from stegvis.platform.ui.dates import short_day, weekday
from stegvis.platform.ui.day import DAY, DayAct, DayItem, Part
from stegvis.portals.caseworker import coming, people
from stegvis.portals.caseworker.people import Stand
from stegvis.portals.caseworker.waiting import of_road

DECIDERS = (Role.CASE_WORKER,)
SIGNS = {"forward": "arrow-up", "back": "arrow-down", "skip": "skip-forward"}
AHEAD = 7  # days of the agenda
PRESSING = ("acute", "late", "warn", "sup", "info", "ok", "")


@dataclass(slots=True)
class MyDay:
    items: list[DayItem] = field(default_factory=list)
    count: int = 0
    most: int = MEDIATED  # people a mediator has at most, as the visitor's programmes say

    def part(self, part: Part) -> list[DayItem]:
        found = [item for item in self.items if item.part is part]
        if part in {Part.NEEDS, Part.ACUTE}:
            found.sort(key=lambda item: PRESSING.index(item.kind))
        if part in {Part.FOLLOW_UPS, Part.AGENDA, Part.SILENT}:
            found.sort(key=lambda item: (item.on or dt.date.min, item.time, item.name))
        return found

    @property
    def persons(self) -> list[uuid.UUID]:
        return [item.person for item in self.items if item.person]


def my_day(visit: Visit) -> MyDay:
    """One's own people, judged once each, and what other rooms have to say of the day."""
    on = visit.scope.on
    found = people.mine(visit)
    days = calendar(visit.country, on, members=[visit.actor.member])
    off = days.of(visit.actor.member, visit.unit)
    weighed_now = weighed({stand.enrolment: stand.programme for stand in found}, on=on, off=off)
    mine = MyDay(count=len(found), most=_most(weighed_now.values()))
    told = [item for section in DAY for item in section(visit)]
    for stand in found:
        asked = frozenset(one.event for one in told if one.event and one.person == stand.person)
        mine.items += _of_person(stand, weighed_now[stand.enrolment], visit, asked)
    mine.items += _days_off(days, visit)
    own = {stand.person: (stand, weighed_now[stand.enrolment].programme) for stand in found}
    mine.items += [_filled(item, own) for item in told]
    return mine


def _most(several: Iterable[Judgement]) -> int:
    """Of the programmes, and of the versions they went over from."""
    models = {id(model): model for one in several for model in _models(one)}
    return min((agreed(model) for model in models.values()), default=MEDIATED)


def _models(judged: Judgement) -> Iterator[Programme]:
    yield judged.programme
    if judged.before:
        yield judged.before.programme


def _filled(item: DayItem, own: Mapping[uuid.UUID, tuple[Stand, Programme]]) -> DayItem:
    """With name and step, where it is about one of the visitor's own people. Who is not, and has
    not been named by the room, is not named here."""
    if item.person is None or item.person not in own:
        return item if item.name else replace(item, person=None)
    stand, model = own[item.person]
    of = item.of or people.ladder_length(model, stand)
    return replace(item, name=item.name or stand.name, step=item.step or stand.ordinal, of=of)


def new_referrals(visit: Visit) -> list[DayItem]:
    """Those that wait for an answer: by number, never by name."""
    if not visit.actor.holds(Role.CASE_WORKER):
        return []
    on = visit.scope.on
    rows = Referral.referrals.visible_to(visit.actor, on).waiting().order_by("answer_by", "id")
    found = []
    lines = OrderLine.objects.filter(referral=OuterRef("pk"))
    for row in rows.annotate(ordered=Exists(lines))[:20]:
        said = as_waiting(row, on=on, ordered=vars(row)["ordered"])
        found.append(
            DayItem(
                part=Part.REFERRALS, name=said["number"], url=said["url"], why=said["sender"],
                kind=said["kind"], icon=said["icon"], tag=said["state"], on=said["due"],
                person=row.person_id,
            )
        )  # fmt: skip
    return found


def own_drafts(visit: Visit) -> list[DayItem]:
    """Texts on their way, the latest first, each by the page it is typed on."""
    found = []
    for row in waiting(visit):
        try:
            name = resolve(row.path).url_name or ""
        except Resolver404:
            continue  # the page is gone; the text goes with its days
        when = short_day(row.saved_at.astimezone().date(), visit.scope.on)
        group = group_of(name)
        what = str(group.label) if group else _("Text")
        found.append(
            DayItem(part=Part.DRAFTS, name="", url=row.path, person=row.person, what=what, why=when)
        )
    return found


def _of_person(
    stand: Stand, judged: Judgement, visit: Visit, asked: frozenset[str]
) -> Iterator[DayItem]:
    on = visit.scope.on
    yield from _ahead(stand, judged, on)
    yield from of_road(stand.person, stand.name, judged, visit)
    if stand.paused:
        return
    decides = visit.actor.holds(*DECIDERS)
    ready = _ready(judged) if decides else None
    if ready:
        yield _decision(stand, judged, ready)
    elif why := _why(stand, judged, on):
        kind, icon, words = why
        yield replace(_item(stand, judged), kind=kind, icon=icon, why=words, acts=_acts(stand))
    if decides:
        yield from _ends(stand, judged, on)
    if visit.actor.holds(Role.JOB_MEDIATOR):
        yield from _silent(stand, judged, on)
    item = coming.most_pressing(judged, on, by=_end_of_week(on), but=asked)
    if item is not None:
        yield replace(
            item, name=stand.name, person=stand.person, step=stand.ordinal, of=_of(stand, judged),
            url=reverse("person", args=[stand.person]),
            acts=_way(stand, judged, item.what, visit),
            what=coming.words(judged, item.what),
        )  # fmt: skip


def _end_of_week(on: dt.date) -> dt.date:
    """This week; on its last two days the next one as well."""
    sunday = on + dt.timedelta(days=7 - on.isoweekday())
    return sunday if on.isoweekday() < 6 else sunday + dt.timedelta(days=7)  # noqa: PLR2004


def _ready(judged: Judgement) -> Move | None:
    """The move that the model asks for, or whose every criterion is met by what people judged."""
    for move in judged.open_moves:
        if move.proposed:
            return move
    has_met = any(condition.is_met for condition in judged.standing.conditions if condition.step)
    for move in judged.open_moves:
        if move.kind == "forward" and not move.needs_reason and has_met:
            return move
    return None


def _why(stand: Stand, judged: Judgement, on: dt.date) -> tuple[str, str, str] | None:
    lang = get_language() or "sv"
    if stand.begins_on:
        return None
    if not stand.step:
        return "warn", "triangle-alert", _("Enrolled, and no first step has been decided.")
    if stand.look_on and stand.look_on <= on:
        return "late", "clock-alert", _("You decided to look at the step again by now.")
    for notice in judged.standing.notices:
        if notice.code in {"dropped_out", "stay_longer"}:
            return "warn", "triangle-alert", say(notice, lang)
    return None


def _of(stand: Stand, judged: Judgement) -> int:
    return people.ladder_length(judged.programme, stand)


def _item(stand: Stand, judged: Judgement) -> DayItem:
    return DayItem(
        part=Part.NEEDS, name=stand.name, url=reverse("person", args=[stand.person]),
        person=stand.person, step=stand.ordinal, of=_of(stand, judged),
    )  # fmt: skip


def _way(stand: Stand, judged: Judgement, what: str, visit: Visit) -> tuple[DayAct, ...]:
    """Where it is written down, for those who talk with the person; others open the road."""
    if visit.actor.holds(Role.CASE_WORKER, Role.JOB_MEDIATOR):
        return (coming.way(stand.person, judged, what),)
    return _acts(stand)


def _acts(stand: Stand) -> tuple[DayAct, ...]:
    return (DayAct(reverse("person", args=[stand.person]), _("Open")),)


def _decision(stand: Stand, judged: Judgement, move: Move) -> DayItem:
    to = f"{reverse('decide', args=[stand.person])}?to={move.to}"
    return replace(
        _item(stand, judged), part=Part.DECISIONS,
        kind="info" if move.kind == "back" else "ok",
        icon=SIGNS.get(move.kind, "rotate-ccw"),
        why=say(move.because, get_language() or "sv"),
        acts=(DayAct(to, _("Review and decide")),),
    )  # fmt: skip


def _ends(stand: Stand, judged: Judgement, on: dt.date) -> Iterator[DayItem]:
    """A planned end is asked about a month ahead; it ends nothing by itself."""
    for due in judged.due:
        if due.what == DECIDE_END and due.earliest and due.earliest <= on:
            yield replace(
                _item(stand, judged), part=Part.DECISIONS,
                kind="late" if due.overdue else "warn", icon="hourglass",
                why=say(due.because, get_language() or "sv"),
                acts=(
                    DayAct(reverse("work", args=[stand.person]), _("Extend or end")),
                    DayAct(reverse("decide", args=[stand.person]), _("Review and decide")),
                ),
            )  # fmt: skip


def _silent(stand: Stand, judged: Judgement, on: dt.date) -> Iterator[DayItem]:
    """FM-35's question at once: with whom has the mediator had no contact this calendar month?"""
    days = [fact.on for fact in View(judged.road).happened("mediator_contact")]
    last = max(days, default=None)
    if last is not None and (last.year, last.month) == (on.year, on.month):
        return
    why = _("No contact has been written down.")
    if last is not None:
        why = _("The last contact was %(day)s.") % {"day": short_day(last, on)}
    yield replace(
        _item(stand, judged), part=Part.SILENT, why=why, on=last, kind="warn", icon="phone-off",
        acts=(coming.way(stand.person, judged, "", event="contact"),),
    )  # fmt: skip


def _ahead(stand: Stand, judged: Judgement, on: dt.date) -> Iterator[DayItem]:
    """What was decided for one of the days to come."""
    said = (
        (stand.look_on if not stand.paused else None, _("Look at the step again")),
        (stand.begins_on, _("First step begins")),
        (stand.paused_until, _("First day after the pause")),
    )
    for day, what in said:
        if day is not None and on < day <= on + dt.timedelta(days=AHEAD):
            yield replace(_item(stand, judged), part=Part.AGENDA, on=day, what=what)


def _days_off(days: Calendar, visit: Visit) -> Iterator[DayItem]:
    """Weekdays ahead on which one is away or everything is closed: nobody plans there."""
    off = days.of(visit.actor.member, visit.unit)
    for ahead in range(AHEAD + 1):
        day = visit.scope.on + dt.timedelta(days=ahead)
        if day.isoweekday() > 5 or off.is_worked(day):  # noqa: PLR2004
            continue
        what = _("On leave") if off.is_open(day) else _("Closed")
        yield DayItem(part=Part.AGENDA, name="", url="", what=what, on=day)


def next_words(mine: MyDay, on: dt.date) -> str:
    """What comes next, for whoever has nothing waiting."""
    ahead = [
        item
        for item in (*mine.part(Part.AGENDA), *mine.part(Part.FOLLOW_UPS))
        if item.person and item.on and item.on >= on
    ]
    if not ahead:
        return ""
    first = min(ahead, key=lambda item: (item.on or on, item.time))
    when = first.time if first.on == on and first.time else weekday(first.on or on)
    return f"{when} {first.name}, {first.what}"
