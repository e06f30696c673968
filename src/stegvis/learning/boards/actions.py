"""The verbs of the board. Nothing of the board itself is about a person; where a person acts or is
named, it is permitted and journalled like everything of theirs. What comes through the idea box
leaves no trace: see `drop`."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.voices.actions import share_device
from stegvis.learning.boards.facts import monday, todays
from stegvis.learning.boards.models import (
    Board,
    BoardDeviation,
    BoardGoal,
    CouncilSeat,
    CouncilStaff,
    GoalDay,
    Improvement,
    Meeting,
    MeetingItem,
    NameConsent,
    Proposer,
    Screen,
    TodayLine,
    Turn,
)
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.access.relations import is_shielded
from stegvis.platform.accounts import doors
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.models import StaleRow
from stegvis.platform.tenancy.scope import current

BOX_A_MINUTE = 30  # ours: ideas into one box


def _put(row: Any, what: str, fault: str = "changed") -> Any:
    """A new row of the board's, and that it came. Raises NotNow(fault) where one stands there."""
    row.tenant_id = current().tenant
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise NotNow(fault) from None
    wrote(what, row=str(row.pk))
    return row


def _change(row: Any, what: str, **values: Any) -> None:
    """Raises NotNow("changed") when a colleague was faster."""
    for name, value in values.items():
        setattr(row, name, value)
    try:
        row.save_if_unchanged(*values)
    except StaleRow:
        raise NotNow("changed") from None
    wrote(what, row=str(row.pk))


# The board


def new_board(name: str, unit: uuid.UUID) -> Board:
    here = current()
    row = Board(name=name, unit_id=unit, since=here.on, box=doors.new_token(here.tenant))
    made: Board = _put(row, "board_made", "board_there")
    return made


def hang(board: Board, name: str, *, by: Actor) -> str:
    """This browser becomes the board's screen; its token is kept by it alone."""
    token = share_device(board.unit_id, name, by=by)
    device = doors.device_of(token)
    _put(Screen(board=board, device=device), "screen_hung")
    return token


def add_goal(board: Board, **said: Any) -> None:
    _put(BoardGoal(board=board, since=current().on, **said), "board_goal_set")


def end_goal(goal: BoardGoal) -> None:
    _change(goal, "board_goal_ended", until=current().on)


def mark(goal: BoardGoal, code: str) -> None:
    """How the goal went today; the same press again takes it back to another mark, not away."""
    on = current().on
    row = GoalDay.objects.filter(goal=goal, on=on).first()
    if row is None:
        _put(GoalDay(goal=goal, on=on, mark=code), "goal_marked")
    elif row.mark != code:
        _change(row, "goal_marked", mark=code)


def add_deviation(board: Board, **said: Any) -> None:
    _put(BoardDeviation(board=board, on=current().on, **said), "deviation_put_up")


def solve(deviation: BoardDeviation) -> None:
    if deviation.solved_on is None:
        _change(deviation, "deviation_solved", solved_on=current().on)


def once_more(deviation: BoardDeviation) -> None:
    _change(deviation, "deviation_again", count=deviation.count + 1)


def add_line(board: Board, **said: Any) -> None:
    _put(TodayLine(board=board, on=current().on, **said), "today_line_added")


def remove_line(line: TodayLine) -> None:
    _change(line, "today_line_removed", removed_at=timezone.now())


def as_before(board: Board) -> int:
    """The lines of the last day that has any, for today. How many came."""
    here = current()
    if todays(board, here.on).exists():
        return 0
    earlier = TodayLine.objects.filter(board=board, on__lt=here.on, removed_at__isnull=True)
    last = earlier.order_by("-on").values_list("on", flat=True).first()
    rows = list(todays(board, last)) if last else []
    for row in rows:
        add_line(
            board,
            title=row.title,
            words=row.words,
            picture=row.picture,
            symbol=row.symbol,
            people=row.people,
            supervisor=row.supervisor,
        )
    return len(rows)


# Improvements


@dataclass(frozen=True, slots=True)
class Idea:
    title: str
    words: str = ""
    kind: Improvement.Kind = Improvement.Kind.IDEA
    picture: str = "bulb"


def _row(board: Board, idea: Idea, source: Improvement.Source, **more: Any) -> Improvement:
    return Improvement(
        tenant_id=current().tenant,
        board=board,
        kind=idea.kind,
        source=source,
        title=idea.title,
        words=idea.words,
        picture=idea.picture,
        week=monday(current().on),
        **more,
    )


def propose_as_staff(board: Board, idea: Idea, *, by: Actor) -> Improvement:
    row = _row(board, idea, Improvement.Source.STAFF, by_id=by.member)
    made: Improvement = _put(row, "idea_proposed")
    return made


def propose(board: Board, person: uuid.UUID, idea: Idea, *, by: Actor) -> Improvement:
    """A participant's, signed: they see the answer on their own page. Nobody else sees whose it is
    but by the person's consent to their first name."""
    permit(by, Act.WRITE, person, FieldClass.VOICE)
    enrolment = _enrolled(person)
    row = _row(board, idea, Improvement.Source.PARTICIPANT)
    row.save(force_insert=True)
    Proposer(
        tenant_id=current().tenant, person_id=person, enrolment=enrolment, improvement=row
    ).save(force_insert=True)
    wrote("idea_proposed", [person], row=str(row.pk))
    return row


def drop(board: Board, idea: Idea, key: uuid.UUID) -> None:
    """Into the box. Nothing is kept of who or when: no member, no journal (its moment beside the
    journal's of who was on their page would be a trace), no session, the week for the day, and a
    key drawn by chance when the form was drawn. The same form sent twice is one idea."""
    if Improvement.objects.filter(pk=key).exists():
        return
    row = _row(board, idea, Improvement.Source.BOX)
    row.pk = key
    row.save(force_insert=True)


def answer(improvement: Improvement, words: str, *, by: Actor) -> None:
    """You said, we did. The proposer sees it, and when; a later answer takes its place."""
    if not words.strip():
        raise NotNow("no_answer")
    _change(
        improvement,
        "idea_answered",
        answer=words.strip(),
        answered_by_id=by.member,
        answered_on=current().on,
    )


def turn(improvement: Improvement, state: str, words: str, *, by: Actor) -> None:
    """The wheel turns, forward or back. It becomes the way we do it with its effect."""
    if state == Improvement.State.STANDARD and not words.strip():
        raise NotNow("no_effect")
    values = {"state": state}
    if state == Improvement.State.STANDARD:
        values["effect"] = words.strip()
    _change(improvement, "wheel_turned", **values)
    Turn(
        tenant_id=current().tenant,
        improvement=improvement,
        state=state,
        words=words.strip(),
        on=current().on,
        by_id=by.member,
    ).save(force_insert=True)


def _enrolled(person: uuid.UUID) -> Enrolment:
    row: Enrolment | None = Enrolment.enrolments.open().filter(person=person).first()
    if row is None:
        raise NotNow("not_enrolled")
    return row


# The first name


def say_yes_to_name(person: uuid.UUID, *, by: Actor) -> None:
    """By the person themselves alone. Who is shielded is not asked and cannot."""
    permit(by, Act.WRITE, person, FieldClass.DISCLOSURE)
    if not by.holds(Role.PARTICIPANT) or is_shielded(person):
        raise NotNow("not_enrolled")
    if NameConsent.objects.filter(person=person, withdrawn_on__isnull=True).exists():
        return
    row = NameConsent(
        tenant_id=current().tenant,
        person_id=person,
        enrolment=_enrolled(person),
        since=current().on,
    )
    row.save(force_insert=True)
    wrote("name_on_boards_allowed", [person], row=str(row.pk))


def take_name_back(person: uuid.UUID, *, by: Actor) -> None:
    permit(by, Act.WRITE, person, FieldClass.DISCLOSURE)
    for row in NameConsent.objects.filter(person=person, withdrawn_on__isnull=True).order_by("id"):
        row.withdrawn_on = current().on
        row.save_if_unchanged("withdrawn_on")
        wrote("name_on_boards_withdrawn", [person], row=str(row.pk))


# The user council


def seat(board: Board, member: uuid.UUID) -> None:
    """A colleague sits in the council; with the first one there is a council."""
    row = CouncilStaff(board=board, member_id=member, since=current().on)
    _put(row, "council_staff_seated", "sits_already")


def unseat(row: CouncilStaff) -> None:
    if row.until is None:
        _change(row, "council_staff_left", until=current().on)


def take_seat(board: Board, person: uuid.UUID, *, by: Actor) -> None:
    """By the person themselves alone: their first name then stands among the council's. Who is
    shielded is not asked and cannot. A second press is no second seat."""
    permit(by, Act.WRITE, person, FieldClass.DISCLOSURE)
    if not by.holds(Role.PARTICIPANT) or is_shielded(person):
        raise NotNow("not_enrolled")
    if not CouncilStaff.objects.filter(board=board, until__isnull=True).exists():
        raise NotNow("no_council")
    enrolment = _enrolled(person)
    if CouncilSeat.objects.filter(board=board, person=person, left_on__isnull=True).exists():
        return
    row = CouncilSeat(
        tenant_id=current().tenant,
        board=board,
        person_id=person,
        enrolment=enrolment,
        since=current().on,
    )
    row.save(force_insert=True)
    wrote("council_seat_taken", [person], row=str(row.pk))


def leave_seat(board: Board, person: uuid.UUID, *, by: Actor) -> None:
    permit(by, Act.WRITE, person, FieldClass.DISCLOSURE)
    rows = CouncilSeat.objects.filter(board=board, person=person, left_on__isnull=True)
    for row in rows.order_by("id"):
        row.left_on = current().on
        row.save_if_unchanged("left_on")
        wrote("council_seat_left", [person], row=str(row.pk))


# Meetings


def hold(board: Board, kind: str, *, by: Actor, **said: Any) -> Meeting:
    row = Meeting(board=board, kind=kind, by_id=by.member, **said)
    made: Meeting = _put(row, "meeting_held", "meeting_there")
    return made


def add_item(meeting: Meeting, **said: Any) -> MeetingItem:
    """An item of a workplace meeting says where in the plan it belongs (KN-35)."""
    if meeting.kind == Meeting.Kind.APT and not said.get("heading"):
        raise NotNow("no_heading")
    if said.get("decision") and not said.get("doer"):
        raise NotNow("no_doer")
    made: MeetingItem = _put(MeetingItem(meeting=meeting, **said), "item_taken_up")
    return made


def done(item: MeetingItem, outcome: str) -> None:
    if not outcome.strip():
        raise NotNow("no_outcome")
    _change(item, "decision_done", done_on=current().on, outcome=outcome.strip())
