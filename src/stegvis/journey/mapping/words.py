"""The mapping in words: codes of ours, and vocabularies a programme may say otherwise."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from stegvis.core.programme.model import Programme
from stegvis.core.values.texts import Texts, pick
from stegvis.journey.mapping.models import LifeEntry, Paper

SOURCES = {
    "citizen": _("The person"),
    "professional": _("A professional"),
    "employer": _("An employer"),
}
STATES = {
    LifeEntry.State.OPEN: _("Still there"),
    LifeEntry.State.UNDER_WAY: _("Under way"),
    LifeEntry.State.SOLVED: _("Solved"),
}
ANSWERS = {
    "which_step": _("Which step should the person begin on?"),
    "which_measures": _("Which measures should be offered?"),
    "training_or_ready": _("Is work training needed, or is the person ready for work?"),
    "summary": _("Sum up the preconditions for work"),
}
TRAINING_OR_READY = {
    "training": _("Work training is needed"),
    "ready": _("Ready for work"),
}
BASES = {
    "observation": _("Observation"),
    "self_rating": _("Self-rating"),
    "document": _("Document"),
    "contact": _("Talk"),
    "follow_up": _("Follow-up"),
}
"""The kinds of dated facts an assessment may rest on."""
PURPOSES = {
    "investigate": _("Find out what the person is able to do"),
    "support": _("Support on the way back to work"),
}
PAPERS = {Paper.Kind.CV: _("CV"), Paper.Kind.LETTER: _("Application letter")}
PAPER_STATES = {
    Paper.State.MADE: _("It is written here"),
    Paper.State.ELSEWHERE: _("It is kept elsewhere"),
    Paper.State.NOT_MADE: _("It will not be made now"),
}
PAPER_SOURCES = {"jobnet": _("Jobnet"), "other": _("Another place")}
SECTIONS = {
    Paper.Kind.CV: {
        "about": _("About me"),
        "work": _("Work"),
        "education": _("Education and courses"),
        "skills": _("What I can do"),
        "languages": _("Languages"),
        "other": _("Besides"),
    },
    Paper.Kind.LETTER: {
        "why": _("Why I want this work"),
        "can": _("What I bring"),
        "end": _("How you reach me and when I can begin"),
    },
}
CREDENTIALS = {
    "grades": _("Grades"),
    "certificate": _("Certificate"),
    "licence": _("Driving licence"),
    "reference": _("Reference"),
}
EXISTS = {"yes": _("Yes"), "no": _("No"), "unknown": _("Not known")}
OWNERS = {
    "participant": _("The person"),
    "case_worker": _("The case worker"),
    "both": _("Both together"),
}
LANGUAGE_NEEDS = {
    "none": _("No need"),
    "extra": _("Extra language training"),
    "vocational": _("The words of the trade"),
    "both": _("Both"),
}
MEMBER = {"unknown": _("Not known"), "yes": _("Member"), "no": _("Not a member")}
LICENCES = {"own": _("Our own content"), "licensed": _("Used under a licence")}
STUDIES = _("studies")
FAULTS = {
    "enrolment_ended": _("The person has left this programme."),
    "nothing_said": _("Write what it is about."),
    "not_their_words": _("These words are the person's. Only they change them."),
    "which_step_missing": _("Say which step, or write why the mapping is closed without it."),
    "which_measures_missing": _(
        "Say which measures, or write why the mapping is closed without them."
    ),
    "training_or_ready_missing": _(
        "Say whether training is needed, or write why the mapping is closed without it."
    ),
    "summary_missing": _("Write the summary, or why the mapping is closed without it."),
    "before_the_enrolment": _("The day lies before the enrolment."),
    "reason_missing": _("Write why it is not made."),
    "nothing_to_review": _("There is nothing to go through yet."),
    "licence_not_seen": _("Write the classes and the last day, as they stand on the licence."),
    "classes_of_a_licence": _("Only a driving licence has classes and a last day."),
    "consent_missing": _("A reference is kept with a contact only when the person has agreed."),
    "owner_missing": _("Say who gets it, and by when."),
    "applied_before_told": _("The application lies before the information."),
    "title_taken": _("There is already a card with that title."),
    "licence_unnamed": _("Name the licence."),
}


@dataclass(frozen=True, slots=True)
class Named:
    """A code with its words. `ours`: no programme says it."""

    code: str
    texts: Texts
    icon: str = "circle"
    ours: bool = False
    come_from: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        said = pick(self.texts, get_language() or "sv")
        return said[:1].upper() + said[1:]


@cache
def _ours() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("ours.toml").read_text("utf-8"))


@cache
def ours(vocabulary: str) -> dict[str, Named]:
    return {
        row["code"]: Named(
            row["code"],
            row["texts"],
            row.get("icon", "circle"),
            ours=True,
            come_from=tuple(row.get("from", ())),
            words=tuple(row.get("words", ())),
        )
        for row in _ours()[vocabulary]
    }


def named(model: Programme, vocabulary: str) -> dict[str, Named]:
    """A vocabulary by code: the programme's own words where it has them, else ours."""
    standard = ours(vocabulary)
    own = model.vocabularies.get(vocabulary)
    if own is None:
        return standard
    icons = {code: one.icon for code, one in standard.items()}
    return {
        term.code: Named(term.code, term.texts, icons.get(term.code, "circle"))
        for term in own.terms
    }


def word(model: Programme, vocabulary: str, code: str) -> str:
    """The code's words, also of one that the programme has since dropped."""
    found = named(model, vocabulary).get(code) or ours(vocabulary).get(code)
    return found.name if found else code


def starter_cards(language: str) -> list[dict[str, Any]]:
    """The cards a municipality begins with, in its language."""
    return [dict(card.get(language) or card["sv"]) for card in _ours()["cards"]]
