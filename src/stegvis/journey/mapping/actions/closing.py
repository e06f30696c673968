"""The end of a mapping: an assessment with four answers, and what it rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.mapping.actions.ground import common, still_open
from stegvis.journey.mapping.models import Assessment, Cited
from stegvis.journey.standing.actions import tell
from stegvis.journey.standing.models import DatedFact
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.journal.writing import wrote

ANSWERS = ("which_step", "which_measures", "training_or_ready", "summary")


@dataclass(frozen=True, slots=True)
class NewAssessment:
    """`despite`: why it is closed with a question left open."""

    on: dt.date
    which_step: str = ""
    which_measures: tuple[str, ...] = ()
    measures_words: str = ""
    training_or_ready: str = ""
    summary: str = ""
    despite: str = ""

    @property
    def unanswered(self) -> list[str]:
        answers = {name: getattr(self, name) for name in ANSWERS}
        return [name for name, value in answers.items() if not (value and str(value).strip())]


def close_mapping(
    enrolment: Enrolment, new: NewAssessment, *, by: Actor | None, rests_on: Iterable[DatedFact]
) -> Assessment:
    """Raises NotNow with the name of the first question without an answer, unless a person says in
    writing why. Nothing cited is kept as that: a warning, never a bar (AJ-16)."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.SENSITIVE)
    still_open(enrolment)
    if new.on < enrolment.since:
        raise NotNow("before_the_enrolment")
    if new.unanswered and not new.despite.strip():
        raise NotNow(f"{new.unanswered[0]}_missing")
    row = Assessment(
        **common(enrolment, by),
        on=new.on,
        which_step=new.which_step,
        which_measures=list(new.which_measures),
        measures_words=new.measures_words,
        training_or_ready=new.training_or_ready,
        summary=new.summary,
        unanswered=new.unanswered,
        despite=new.despite if new.unanswered else "",
    )
    row.save(force_insert=True)
    cited = Cited.objects.bulk_create([_cited(row, fact) for fact in rests_on])
    _tell(enrolment, row)
    wrote(
        "mapping_closed",
        [enrolment.person_id],
        row=str(row.pk),
        unanswered=row.unanswered,
        cited=len(cited),
    )
    return row


def _tell(enrolment: Enrolment, row: Assessment) -> None:
    """The answers that are codes; of the summary that it is there, never its words."""
    tell(
        enrolment,
        "mapping_closed",
        source=row.pk,
        on=row.on,
        which_step=row.which_step or None,
        which_measures=row.which_measures or None,
        training_or_ready=row.training_or_ready or None,
        summary="written" if row.summary.strip() else None,
    )


def _cited(assessment: Assessment, fact: DatedFact) -> Cited:
    return Cited(
        tenant_id=assessment.tenant_id,
        assessment=assessment,
        person_id=assessment.person_id,
        kind=fact.kind,
        source=fact.source,
        on=fact.on,
    )
