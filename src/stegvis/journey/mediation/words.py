"""The mediator's room in words: codes of ours, and vocabularies a programme says."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from stegvis.core.programme.model import Programme
from stegvis.core.values.texts import pick

PROFESSIONS = {
    "mentor": _("Mentor"),
    "virksomhedskonsulent": _("Company consultant"),
    "sagsbehandler": _("Case worker"),
    "company_scout": _("Company scout"),
    "job_coach": _("Job coach"),
}
"""Who may be a mediator (FM-24), and the company scout who helps one (KN-125). Ours."""
QUALIFICATIONS = {
    "local_job_openings": _("Knows local job openings"),
    "company_network": _("Has a network of companies"),
    "target_group": _("Knows the people the programme is for"),
}
MOST = 30  # ours, where a programme says no number
RESPONSE_DAYS = 2  # ours, where a programme says none
TALKS_IN_STEP_1 = 2  # the source: typically one or two
ANSWERS = {"accepted": _("Said yes"), "declined": _("Said no")}
WENT = {"well": _("Went well"), "more": _("Needs more")}
WENT_SIGNS = {"well": "check", "more": "circle-alert"}
SORTS = {"primary": _("A barrier of its own"), "derived": _("Follows from another")}
DERIVED = {
    "transport": _("Transport"),
    "money": _("Money"),
    "parallel": _("Taking part in other support"),
}
ADVISERS = {
    "HEALTH_COORDINATOR": _("Health coordinator"),
    "MEDICAL_CONSULTANT": _("Medical consultant"),
}
SPARRING = {"peer": _("Colleagues"), "manager": _("With the manager")}
GUIDE: tuple[tuple[str, Any, tuple[Any, ...]], ...] = (
    (
        "resource",
        _("What carries"),
        (
            _("What do you do in a good week, from morning to evening?"),
            _("When did somebody last ask you for help, and with what?"),
            _("What have you learnt at work, at home or in your spare time?"),
        ),
    ),
    (
        "goal",
        _("A job of your own"),
        (
            _("If you could spend a day at any workplace, where would you go?"),
            _("What would you do there, and what would you rather leave to others?"),
            _("Whom do you know who works with something you would like to try?"),
        ),
    ),
    (
        "barrier",
        _("What stands in the way"),
        (
            _("What would make the first day hard, as you see it?"),
            _("Is there something that has to be in place first, such as the way there or money?"),
            _("What has helped before when it was hard?"),
        ),
    ),
)
"""Questions of ours for the talk about job goal and barriers (FM-18). The authority's own guide is
named on the page and not copied."""
FAULTS = {
    "enrolment_ended": _("The person has left this programme."),
    "not_in_group_one": _(
        "A personal job mediator is for group 1. Screen again first if the group has changed."
    ),
    "not_screened": _("Screen first: a personal job mediator is for group 1."),
    "offered_already": _("An offer is waiting for an answer."),
    "no_open_offer": _("There is no offer to answer."),
    "answered_before_it_was_offered": _("The answer would come before the offer."),
    "declined": _("The person said no to a mediator. Offer again first."),
    "reason_missing": _("Write why the mediator is changed. The person reads it."),
    "over_the_number": _(
        "This mediator already has as many people as agreed. The unit manager may pass the number."
    ),
    "over_reason_missing": _("Write why this mediator gets more people than agreed."),
    "no_such_mediator": _("Choose a mediator who works here now."),
    "nobody_to_lead": _("Choose somebody who works with the person now."),
    "not_ones_own": _("Only the manager or the mediator changes this."),
    "own_deputy": _("Nobody is their own deputy."),
    "evidence_missing": _("Write what shows it."),
    "text_missing": _("Write something first."),
    "no_consent": _(
        "The person has not agreed that we talk with them. A waiver of secrecy comes first."
    ),
    "consent_over": _(
        "The person’s waiver has ended. It can be given anew before the next contact."
    ),
    "nobody_chosen": _("Choose whom the contact was with."),
    "result_missing": _("Write what came of it."),
    "solved_already": _("It is solved already."),
    "answered_already": _("It is answered already."),
    "a_diagnosis": _(
        "This looks like the code of a diagnosis. Write how work can be mastered, and no diagnosis."
    ),
    "no_case_chosen": _("Choose at least one case."),
    "party_unknown": _("Choose who it was."),
}


def term(model: Programme, vocabulary: str, code: str, ours: dict[str, Any]) -> str:
    """A word of the programme, else of ours."""
    return dict(terms(model, vocabulary, ours)).get(code) or str(ours.get(code, code))


def terms(
    model: Programme, vocabulary: str, ours: dict[str, Any], on: dt.date | None = None
) -> list[tuple[str, str]]:
    """The programme's words, else ours."""
    known = model.vocabularies.get(vocabulary)
    if known is None:
        return [(code, str(words)) for code, words in ours.items()]
    lang = get_language() or "sv"
    rows = known.in_force(on) if on else known.terms
    return [(one.code, pick(one.texts, lang)) for one in rows]
