"""What went wrong of late: a talk about being late, a quarrel, one sent home; and first aid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from stegvis.config.demo.case import Case
from stegvis.config.demo.plan import Plan, Row, days

KINDS = ("late_talk", "refusal", "quarrel", "ran_off", "first_aid", "intoxication")
EVERY = 4  # most people's weeks pass without


def incidents(made: Plan, going: Sequence[Case]) -> None:
    for turn, case in enumerate(going[::EVERY]):
        texts: dict[str, Any] = case.texts["incidents"]
        kind = KINDS[turn % len(KINDS)]
        on = made.today - days(made.rng.randrange(1, 21))
        if on <= case.enrolment["since"]:
            continue
        shared = made.add(
            "incidents.Incident", on, kind=kind, on=on, text=texts[kind],
            persons=[case.enrolment["person_id"]], by_id=case.worker,
        )  # fmt: skip
        if turn % 3 == 0:
            _diploma(made, case, texts)
        is_over = kind != "intoxication" and made.some(0.6)
        case.dated(
            "incidents.Involved", on, incident_id=shared["id"], kind=kind, on=on,
            measures=[] if kind == "intoxication" else ["talk"], due=on + days(7),
            closed_on=min(on + days(2), made.today) if is_over else None,
            outcome="agreed" if is_over else "",
        )  # fmt: skip
        if kind == "first_aid":
            case.add(
                "incidents.SafetyNote", on, todo=texts["aid"], consent="written", consent_on=on,
                by_id=case.worker,
            )  # fmt: skip


def _diploma(made: Plan, case: Case, texts: dict[str, Any]) -> None:
    """One of the municipality's trainings, completed of late."""
    on = made.today - days(2)
    module = _module(made, texts)
    done = case.dated(
        "certificates.Completion", on, module_id=module["id"], name=module["name"],
        holds=module["holds"], on=on, by_id=case.worker,
    )  # fmt: skip
    case.add(
        "certificates.Certificate", on, completion_id=done["id"], number=1, on=on,
        by_id=case.worker,
    )  # fmt: skip


def _module(made: Plan, texts: dict[str, Any]) -> Row:
    rows = made.rows.get("certificates.TrainingModule", [])
    if rows:
        return rows[0]
    name, holds, place = texts["training"]
    return made.add(
        "certificates.TrainingModule", made.today - days(400), name=name, holds=holds, place=place
    )
