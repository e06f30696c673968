"""Messages and faults in the words of the staff's pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

KINDS = {
    "late": _("Will be late"),
    "sick": _("Is ill"),
    "call": _("Wants to be called"),
    "words": _("Has written"),
}
SIGNS = {"late": "clock-alert", "sick": "house", "call": "phone", "words": "mail"}
FACES = {
    1: _("Very bad"),
    2: _("Bad"),
    3: _("Okay"),
    4: _("Good"),
    5: _("Very good"),
}
PICTURES = {
    "bus": _("Bus"),
    "coffee": _("Cup"),
    "key": _("Key"),
    "plant": _("Plant"),
    "heart": _("Heart"),
    "hammer": _("Hammer"),
    "book": _("Book"),
    "home": _("House"),
    "clock": _("Clock"),
    "phone": _("Phone"),
    "pan": _("Pan"),
    "flag": _("Flag"),
    "wash": _("Washing machine"),
    "lunch": _("Plate"),
    "talk": _("Speech"),
    "clean": _("Bucket"),
    "folder": _("Folder"),
    "people": _("Two people"),
    "bulb": _("Lamp"),
    "truck": _("Lorry"),
    "scissors": _("Scissors"),
    "ear": _("Ear"),
    "sound": _("Loudspeaker"),
    "day": _("Calendar"),
}
FAULTS = {
    "not_enrolled": _("The person is in no programme now, so there is no page of their own."),
    "picture_taken": _("Another person has this picture on this device. Choose another one."),
    "no_such_device": _("The device is not shared any more. Choose another one."),
    "too_late": _("It is too late to take it back. Call your worker instead."),
    "heard_already": _("A colleague has heard this meanwhile. Look again."),
    "no_unit": _("You stand in no unit, so no device can be shared by you."),
}


def told(kind: str, minutes: int | None) -> str:
    """What a message is about, without its words."""
    if not minutes:
        return str(KINDS[kind])
    words = ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    return f"{KINDS[kind]}, {words}"
