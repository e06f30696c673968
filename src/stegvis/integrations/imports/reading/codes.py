"""What may be said about a row or a file, and how grave it is; worded in sentences.toml."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from stegvis.core.values.sentences import Sentences, catalogue


class Level(StrEnum):
    HOLD = "hold"  # nothing of the row is stored until a named person has decided
    WARN = "warn"  # stored; that field is left empty or is uncertain
    NOTE = "note"  # stored; how it was read


class Issue(NamedTuple):
    column: str
    code: str
    level: Level


_HOLD = [
    "id_checksum",
    "id_missing",
    "id_incomplete",
    "id_date",
    "id_kind_unknown",
    "id_digits",
    "dup_name_differs",
    "maybe_same_person",
    "dup_conflict",
    "conflicts_with_register",
    "person_not_found",
    "date_missing",
    "date_unreadable",
    "date_impossible",
    "date_future",
    "date_order",
    "date_1900",
    "end_date_missing",
    "step_missing",
    "step_unknown",
    "step_two_values",
    "hours_out_of_range",
    "too_few_fields",
    "too_many_fields",
    "referrer_missing",
    "referrer_self",
    "referrer_unknown",
    "purpose_missing",
    "number_reused",
    "overlap",
    "two_open",
    "protected_mark",
    "protected_person",
    "name_missing",
    "hours_negative",
    "too_long",
    "enrolment_missing",
    "unit_elsewhere",
    "time_impossible",
    "agency_unknown",
    "measure_missing",
    "customer_missing",
    "order_missing",
    "order_says_nothing",
    "qty_negative",
    "qty_unreadable",
    "price_unreadable",
    "status_unknown",
    "done_in_future",
    "name_not_found",
    "name_not_unique",
    "sheet_dates_do_not_match",
    "sheet_same_week_twice",
    "group_conflict",
    "group_unknown",
    "hours_before_start",
    "hours_unreadable",
    "future_month",
    "employer_missing",
    "kind_unknown",
    "period_two_months",
    "company_missing",
    "company_held",
    "company_not_found",
    "maybe_same_company",
    "share_conflict",
    "more_trained_than_employed",
]
_WARN = [
    "year_assumed",
    "scope_ambiguous",
    "scope_out_of_range",
    "scope_unreadable",
    "worker_unknown",
    "worker_missing",
    "income_ambiguous",
    "income_unknown",
    "name_lost_character",
    "end_reason_missing",
    "end_reason_unknown",
    "end_date_unclear",
    "service_not_ours",
    "scheme_expired",
    "service_unknown",
    "use_missing",
    "use_unknown",
    "verb_ambiguous",
    "verb_unknown",
    "due_unclear",
    "gap",
    "no_open_period",
    "grounds_missing",
    "same_day",
    "contact_unreadable",
    "language_unclear",
    "differs_from_earlier",
    "referrer_spelling",
    "unit_unknown",
    "overlap_same_agency",
    "result_unknown",
    "person_in_text",
    "two_values",
    "code_unknown",
    "mediator_missing",
    "contact_missing",
    "grade_typed_differs",
    "module_date_missing",
    "module_unclear",
    "hours_not_one_number",
    "figure_unreadable",
    "days_unclear",
    "org_number_unclear",
]
_NOTE = [
    "century_added",
    "leading_zero_restored",
    "hidden_row",
    "back_step",
    "skip",
    "touching_day",
    "dup_same",
    "dup_adds",
    "second_enrolment",
    "adds_contact",
    "adds_data",
    "closes",
    "changed_by_sender",
    "older_than_window",
    "start_unknown",
    "not_completed_yet",
]

LEVELS: dict[str, Level] = {
    **dict.fromkeys(_HOLD, Level.HOLD),
    **dict.fromkeys(_WARN, Level.WARN),
    **dict.fromkeys(_NOTE, Level.NOTE),
}


def issue(column: str, code: str) -> Issue:
    return Issue(column, code, LEVELS[code])


def sentences() -> Sentences:
    """One sentence per code; whoever shows it says the place in the file beside it."""
    return catalogue("stegvis.integrations.imports.reading")
