"""The measures a programme's automatic criteria may name, and the parameters each needs.

A parameter is a plain value or the key of one of the programme's settings. What a measure says
about a person's facts is worked out in core/progression/measures; a name missing there is a failing
test.
"""

from __future__ import annotations

from collections.abc import Mapping

MEASURES: Mapping[str, tuple[str, ...]] = {
    # The share of expected hours attended over the last `weeks` weeks is at least `at_least`.
    "attendance_share": ("weeks", "at_least"),
    # Late at most `at_most` times in the last `weeks` weeks.
    "late_count": ("weeks", "at_most"),
    # `weeks` whole weeks planned by the person and carried out, within the last `within_weeks`.
    "planned_weeks": ("weeks", "within_weeks"),
    # At least `hours` ordinary paid hours in each of `months` calendar months.
    "ordinary_hours_in_month": ("hours", "months"),
    # The open category in `set` is `category`.
    "category_is": ("set", "category"),
    # A fact of kind `fact` (or an event) exists whose values hold all the further parameters:
    # {fact: assignment, role: job_mediator, state: assigned}. A list must be contained.
    "recorded": ("fact",),
    # The latest fact of kind `fact` has something written in its field `field`.
    "answered": ("fact", "field"),
    # At least `per_month` facts of kind `fact` in each of the first `months` months after the fact
    # of kind `starts`.
    "monthly": ("fact", "per_month", "months", "starts"),
    # The latest reading on the scale ladder `ladder` is at least step number `at_least`.
    "scale_at_least": ("ladder", "at_least"),
}
# These take further parameters: values the fact must hold.
OPEN = frozenset({"recorded", "monthly"})

# Parameters that are amounts: a number, or the key of a setting that holds one.
AMOUNTS = frozenset(
    {"weeks", "within_weeks", "at_least", "at_most", "hours", "months", "per_month", "days"}
)

# The conditions of a milestone's `when`; the date is the first day any of them holds.
WHENS: Mapping[str, str] = {
    "first": "the first fact of this kind or event; further keys are values it must hold",
    "enters": "a step of this list begins",
    "leaves": "a step of this list is left",
    "met": "all criteria of this list hold",
    "decided": "a decision about this has been taken",
    "reaches": "a reading of a scale at this step or above",
    "after": "this milestone, plus `days`",
}
