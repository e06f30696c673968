"""The words of the week. Codes in the rows, sentences here."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

HALVES: dict[str, Any] = {"am": _("morning"), "pm": _("afternoon")}
SHORT_HALVES: dict[str, Any] = {"am": _("a.m."), "pm": _("p.m.")}
BY = {"person": _("The person"), "staff": _("Staff")}
SIGNS = {
    "closed": "calendar",
    "away": "clock-alert",
    "places": "users",
    "hours": "hourglass",
    "lead": "triangle-alert",
    "support": "users-round",
    "apart": "triangle-alert",
}
WHY: dict[str, Any] = {
    "places": _("%(n)s people on %(most)s places."),
    "hours": _("%(n)s hours are booked of %(most)s a week."),
    "support": _("%(n)s support points of %(most)s."),
    "apart": _("%(name)s and %(other)s are not to be in the same place."),
    "away": _("%(name)s is not here then."),
    "lead": _("Nobody who supervises is here."),
}
AIMS: dict[str, Any] = {
    "variety": _("As many different areas for each person as can be"),
    "even_load": _("Support spread evenly over the week"),
}
FAULTS: dict[str, Any] = {
    "enrolment_ended": _("The person has left this programme."),
    "not_a_weekday": _("A week is planned from Monday to Friday."),
    "no_licence": _(
        "Whoever works there drives, and no driving licence that holds that day has been seen."
    ),
    "no_such_area": _("There is no such area in the unit that day."),
    "changed_meanwhile": _(
        "A colleague has changed this week meanwhile. Your choices are kept below; save again to "
        "let them stand."
    ),
    "too_late": _("You plan from tomorrow on."),
    "over": _("That week is over. What happened is written as attendance."),
    "nobody_away": _("Choose who is away, and when."),
    "not_ready": _("This proposal is no longer there. Ask for a new one."),
    "aim_twice": _("The same aim stands twice."),
    "same_person": _("Choose somebody else."),
    "why_missing": _("Write why. Only those who hold the case read it."),
    "answer_missing": _("Say why it cannot be so."),
    "words_missing": _("Write what was wished."),
}
