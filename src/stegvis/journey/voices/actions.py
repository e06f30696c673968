"""What the person says, what staff answer, and the giving and ending of the person's way in."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.voices.models import Message, Mood, Placing
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.access.models import Kind, Relation
from stegvis.platform.access.relations import tie, untie
from stegvis.platform.accounts import doors
from stegvis.platform.accounts.models import (
    Grant,
    Guarded,
    Member,
    PersonalLink,
    PicturePin,
    Role,
    SharedDevice,
    User,
)
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.models import StaleRow, Tenant
from stegvis.platform.tenancy.scope import current

UNDO_SECONDS = 10  # shown; a slow hand on a slow telephone still gets through within LATEST
LATEST = dt.timedelta(seconds=30)
OWN_WORD = {"SE": "Deltagare", "DK": "Borger"}  # the member's name: never the person's own


# What the person says


@dataclass(frozen=True, slots=True)
class NewMessage:
    kind: Message.Kind
    on: dt.date
    minutes: int | None = None
    words: str = ""


def _open_enrolment(person: uuid.UUID, *, held: bool = False) -> Enrolment:
    """`held`: whoever gives a way in, or ends the enrolment, at the same moment waits."""
    rows = Enrolment.enrolments.open().filter(person=person)
    row: Enrolment | None = (rows.select_for_update(of=("self",)) if held else rows).first()
    if row is None:
        raise NotNow("not_enrolled")
    return row


def say(person: uuid.UUID, new: NewMessage, *, by: Actor) -> Message:
    """It stands on the day of whoever works with the person, until one of them has heard it."""
    permit(by, Act.WRITE, person, FieldClass.VOICE)
    row = Message(
        tenant_id=current().tenant,
        person_id=person,
        enrolment=_open_enrolment(person),
        kind=new.kind,
        on=new.on,
        minutes=new.minutes,
        words=new.words.strip(),
    )
    row.save(force_insert=True)
    wrote("message_sent", [person], kind=new.kind, row=str(row.pk))
    return row


def take_back(message: Message, *, by: Actor) -> None:
    """Raises NotNow: "too_late" when the seconds have gone or somebody has heard it."""
    permit(by, Act.WRITE, message.person_id, FieldClass.VOICE)
    if message.heard_at or timezone.now() - message.created_at > LATEST:
        raise NotNow("too_late")
    message.taken_back_at = timezone.now()
    try:
        message.save_if_unchanged("taken_back_at")
    except StaleRow:
        raise NotNow("too_late") from None
    wrote("message_taken_back", [message.person_id], row=str(message.pk))


def hear(message: Message, *, by: Actor, answer: str = "") -> None:
    """Somebody has heard it, and the person sees so. Raises StaleRow when a colleague was faster
    or the person has taken it back."""
    permit(by, Act.WRITE, message.person_id, FieldClass.VOICE)
    if message.heard_at or message.taken_back_at:
        raise StaleRow
    message.heard_by_id, message.heard_at = by.member, timezone.now()
    message.answer = answer.strip()
    message.save_if_unchanged("heard_by_id", "heard_at", "answer")
    wrote("message_heard", [message.person_id], row=str(message.pk), answered=bool(message.answer))


def feel(person: uuid.UUID, face: int, *, by: Actor) -> Mood:
    permit(by, Act.WRITE, person, FieldClass.VOICE)
    row = Mood(
        tenant_id=current().tenant,
        person_id=person,
        enrolment=_open_enrolment(person),
        face=face,
        on=current().on,
    )
    row.save(force_insert=True)
    wrote("mood_said", [person], row=str(row.pk))
    return row


def place_oneself(person: uuid.UUID, *, ladder: str, step: str, ordinal: int, by: Actor) -> Placing:
    permit(by, Act.WRITE, person, FieldClass.VOICE)
    row = Placing(
        tenant_id=current().tenant,
        person_id=person,
        enrolment=_open_enrolment(person),
        ladder=ladder,
        step=step,
        ordinal=ordinal,
        on=current().on,
    )
    row.save(force_insert=True)
    wrote("placed_themselves", [person], row=str(row.pk))
    return row


# The person's way in


@dataclass(frozen=True, slots=True)
class GivenLink:
    """Shown once, to whoever hands it over; of neither is anything kept but digests."""

    token: str
    code: str


def give_link(person: uuid.UUID, *, by: Actor) -> GivenLink:
    """A new link and code; the earlier ones and every open session end with it."""
    permit(by, Act.WRITE, person, FieldClass.PLAN)
    member = _own_member(person)
    close_link(person, by=by)
    doors.end_sessions(member.user)
    given = GivenLink(doors.new_token(current().tenant), doors.new_code())
    row = PersonalLink(**_guarded(person, member, by), digest=doors.digest(given.token))
    row.secret = doors.kept(given.code, row.pk)
    row.save(force_insert=True)
    wrote("way_in_given", [person], by="link", row=str(row.pk))
    return given


def give_pictures(
    person: uuid.UUID, device: uuid.UUID, *, picture: str, picked: tuple[str, ...], by: Actor
) -> PicturePin:
    """The person's own picture and four more on one device; an earlier row there ends. Raises
    NotNow: "picture_taken", "no_such_device"."""
    permit(by, Act.WRITE, person, FieldClass.PLAN)
    there = SharedDevice.devices.open().filter(pk=device).first()
    if there is None:
        raise NotNow("no_such_device")
    member = _own_member(person)
    close_pictures(person, by=by, device=device)
    row = PicturePin(**_guarded(person, member, by), device=there, picture=picture)
    row.secret = doors.kept(",".join(picked), row.pk)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if "own_picture_on_a_device" not in str(error):
            raise
        raise NotNow("picture_taken") from None
    wrote("way_in_given", [person], by="picture", row=str(row.pk))
    return row


def _guarded(person: uuid.UUID, member: Member, by: Actor) -> dict[str, object]:
    here = current()
    return {
        "id": uuid7(),
        "tenant_id": here.tenant,
        "person": person,
        "member": member,
        "given_by_id": by.member,
        "expires_on": here.on + doors.LASTS,
    }


def _own_member(person: uuid.UUID) -> Member:
    """The member the person signs in as, made the first time. A person who is staff as well has
    two, and neither opens what is the other's."""
    enrolment = _open_enrolment(person, held=True)
    here = current()
    held = Relation.relations.held(here.on).filter(person=person, kind=Kind.SELF)
    tied = held.select_related("member__user").first()
    if tied:
        member: Member = tied.member
        return member
    country = Tenant.objects.values_list("country", flat=True).get(pk=here.tenant)
    word = OWN_WORD[country]
    key = uuid7()
    # No mail leads to .invalid (RFC 2606), so no forgotten password ever leads in.
    user = User(email=f"{key}@participant.invalid", name=word)
    user.set_unusable_password()
    user.save(force_insert=True)
    member = Member(id=key, tenant_id=here.tenant, user=user, name=word, portal=True)
    member.save(force_insert=True)
    Grant(
        tenant_id=here.tenant,
        member=member,
        role=Role.PARTICIPANT,
        since=here.on,
        need=str(enrolment.pk),
        given_by_id=here.member,
    ).save(force_insert=True)
    tie(person, Kind.SELF, since=here.on, member=member.pk)
    return member


def close_link(person: uuid.UUID, *, by: Actor) -> None:
    permit(by, Act.WRITE, person, FieldClass.PLAN)
    _close(list(PersonalLink.links.open().filter(person=person)))


def close_pictures(person: uuid.UUID, *, by: Actor, device: uuid.UUID | None = None) -> None:
    """On one device, or on all."""
    permit(by, Act.WRITE, person, FieldClass.PLAN)
    rows = PicturePin.pins.open().filter(person=person)
    _close(list(rows.filter(device=device) if device else rows))


def _close(rows: list[Guarded]) -> None:
    for row in rows:
        row.closed_at = timezone.now()
        row.save_if_unchanged("closed_at")
        wrote("way_in_closed", [row.person], row=str(row.pk))


def revoke(person: uuid.UUID, *, by: Actor) -> None:
    """From the very next request the person's own page is shut, whatever is open."""
    permit(by, Act.WRITE, person, FieldClass.PLAN)
    end_way_in(person)


def end_way_in(person: uuid.UUID) -> None:
    """For a verb that has asked already, before it ends the asker's own tie: leaving the programme
    ends the person's page too."""
    here = current()
    _close(list(PersonalLink.links.open().filter(person=person)))
    _close(list(PicturePin.pins.open().filter(person=person)))
    held = Relation.relations.held(here.on).filter(person=person, kind=Kind.SELF)
    for tied in held.select_related("member__user").order_by("id"):
        for grant in Grant.grants.held(here.on).filter(member=tied.member).order_by("id"):
            grant.until = here.on
            grant.save_if_unchanged("until")
        doors.end_sessions(tied.member.user)
        untie(person, Kind.SELF, until=here.on, member=tied.member_id)
        wrote("way_in_ended", [person])


# Shared devices


def share_device(unit: uuid.UUID | None, name: str, *, by: Actor) -> str:
    """The device's own token, to be kept by its browser alone."""
    if unit is None:
        raise NotNow("no_unit")
    token = doors.new_token(current().tenant)
    row = SharedDevice(
        tenant_id=current().tenant,
        unit_id=unit,
        name=name,
        digest=doors.digest(token),
        enrolled_by_id=by.member,
    )
    row.save(force_insert=True)
    wrote("device_shared", row=str(row.pk))
    return token


def close_device(device: SharedDevice) -> None:
    """A tablet that was left behind or stolen: nobody's pictures open it, and whoever may be signed
    in there is signed out at once."""
    device.closed_at = timezone.now()
    device.save_if_unchanged("closed_at")
    pins = PicturePin.pins.open().filter(device=device).select_related("member__user")
    rows = list(pins.order_by("pk"))
    _close(rows)
    for row in rows:
        doors.end_sessions(row.member.user)
    wrote("device_closed", row=str(device.pk))
