"""The verbs of agreements."""

from __future__ import annotations

from stegvis.journey.agreements.actions.answering import (
    Answers,
    Offer,
    answer_by_link,
    answer_form,
    ask_call,
    confirm_hours,
    handle_call,
    note_held,
    offer_place,
)
from stegvis.journey.agreements.actions.links import (
    MAIL_TASK,
    code_of,
    end_link,
    give_link,
    held,
    opened,
)
from stegvis.journey.agreements.actions.sharing import answer_share
from stegvis.journey.agreements.actions.signing import Signing, sign, sign_by_link
from stegvis.journey.agreements.actions.writing import Written, lay_out, save, take_back

__all__ = [
    "MAIL_TASK",
    "Answers",
    "Offer",
    "Signing",
    "Written",
    "answer_by_link",
    "answer_form",
    "answer_share",
    "ask_call",
    "code_of",
    "confirm_hours",
    "end_link",
    "give_link",
    "handle_call",
    "held",
    "lay_out",
    "note_held",
    "offer_place",
    "opened",
    "save",
    "sign",
    "sign_by_link",
    "take_back",
]
