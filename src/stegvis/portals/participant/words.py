"""What the buttons say. Easy language: one thing at a time, at most ten words a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from stegvis.journey.voices.models import Message

LONGEST = 2000
MINUTES = ((5, "minutes-5"), (15, "minutes-15"), (30, "minutes-30"), (60, "minutes-60"))


@dataclass(frozen=True, slots=True)
class Say:
    """A thing to say: its button on the first page, the question on the second."""

    kind: str
    url_name: str
    picture: str
    label: Any
    question: Any
    yes: Any = ""


SAY = {
    "late": Say("late", "my_late", "late", _("I will be late"), _("How late will you be?")),
    "sick": Say(
        "sick", "my_sick", "sick", _("I am ill"), _("Are you ill today?"), _("Yes, I am ill")
    ),
    "call": Say(
        "call", "my_call", "phone", _("Call me"), _("Shall we call you?"), _("Yes, call me")
    ),
    "words": Say("words", "my_write", "talk", _("Write"), _("What do you want to say?")),
}
TOLD = {
    "late": _("We know that you will be late."),
    "sick": _("We know that you are ill. Get well soon."),
    "call": _("We know that you want a call."),
    "words": _("Your message is sent."),
}
REFUSED = {
    "not_enrolled": _("You are in no programme now. Call your worker."),
    "too_late": _("It is too late to undo. Call your worker."),
    "no_words": _("Write something first."),
    "too_long": _("The message is too long. Write less."),
    "changed": _("The text has changed. Read it again."),
    "gone": _("It has already been sent."),
}
STATES = {
    "open": _("It is still there."),
    "under_way": _("You work on it."),
    "solved": _("It is solved."),
}
CROSS = {
    "now_good": _("Good as it is now"),
    "now_less": _("Bad as it is now"),
    "change_good": _("Good if I change"),
    "change_less": _("Bad if I change"),
}


def sent(message: Message) -> str:
    """What has been said, in the person's own voice."""
    if message.kind == Message.Kind.LATE:
        n = message.minutes or 0
        return ngettext("I am %(n)s minute late.", "I am %(n)s minutes late.", n) % {"n": n}
    return {"sick": str(_("I am ill today.")), "call": str(_("Please call me."))}.get(
        message.kind, message.words
    )
