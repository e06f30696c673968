"""Codes in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

FAULTS: dict[str, Any] = {
    "changed": _("The text has been changed meanwhile. Read it again before you sign."),
    "not_ready": _("It is not laid out to be signed."),
    "already_signed": _("It is signed by all. Make a new version to change it."),
    "lacking": _("Something is missing before it can be signed."),
    "same_function": _(
        "Say what the paid hours are for and what the practice is for. The law wants two different "
        "functions."
    ),
    "why_missing": _("Say what is changed, and why."),
    "begins_before": _("A new version cannot begin before the one it changes."),
    "protected": _("Protected identity: no link is made. Sign on paper."),
    "no_contact": _("Choose a contact person at the company first."),
    "no_address": _("The contact person has no e-mail address. Hand the link over otherwise."),
    "over": _("The placement is over."),
    "not_there": _("The contact person is no longer there."),
    "answered": _("It has been answered for that month."),
    "ahead": _("That month has not come yet."),
    "taken": _("Somebody has called already."),
    "no_adaptation": _("What helps at work has been changed. Look again."),
    "on_the_way": _("There is a version on its way already."),
}
LACKING: dict[str, Any] = {
    "tasks": _("Tasks"),
    "working_time": _("Hours"),
    "sub_goals": _("At least one sub-goal"),
    "considerations": _("Regard for health: ask about each, or say that there is nothing"),
    "ordinary_hours": _("Paid hours from the start, or whether and when they begin"),
    "follow_up": _("A plan for following up"),
    "contact": _("A fixed contact person"),
}
MENDED: dict[str, Any] = {
    "tasks": _("Choose or write at least one task."),
    "working_time": _("Write the hours of at least one line."),
    "sub_goals": _("Write at least one sub-goal."),
    "considerations": _("Ask about each regard for health, or say that there is none."),
    "ordinary_hours": _("Write the paid hours, or whether and when they begin."),
    "follow_up": _("Choose how often you follow up, and what you talk about."),
    "contact": _("Choose the fixed contact person."),
}
STATES: dict[str, tuple[str, str, Any]] = {
    "draft": ("", "pencil", _("Being written")),
    "ready": ("warn", "pen-line", _("Waits for signatures")),
    "signed": ("ok", "check", _("Signed by all")),
}
SIDES: dict[str, Any] = {
    "participant": _("The participant"),
    "employer": _("The company"),
    "municipality": _("The municipality"),
}
HOW: dict[str, Any] = {
    "own_page": _("on the own page"),
    "beside": _("on a colleague’s screen"),
    "paper": _("on paper"),
    "link": _("by link and code"),
    "signed_in": _("signed in"),
}
RHYTHMS: dict[str, Any] = {
    "taper": _("Close, then less often"),
    "fortnightly": _("Every other week"),
    "monthly": _("Every month"),
}
WAYS: dict[str, Any] = {
    "visit": _("Visit"),
    "phone": _("Telephone"),
    "meeting": _("Meeting, all three"),
}
TOPICS: dict[str, Any] = {
    "attendance": _("Attendance"),
    "tasks": _("Tasks and sub-goals"),
    "hours": _("Hours"),
    "colleagues": _("Colleagues"),
    "regard": _("What is to be considered"),
}
# The form that both answer
CAME: dict[str, Any] = {"yes": _("Yes"), "mostly": _("Mostly"), "no": _("No")}
MORE_OR_LESS: dict[str, Any] = {"more": _("More"), "fits": _("Fits"), "fewer": _("Fewer")}
REGARD: dict[str, Any] = {"yes": _("Yes"), "talk": _("We need to talk about it")}
REASONS: dict[str, Any] = {
    "sick": _("Ill"),
    "child": _("Ill child"),
    "appointment": _("Another appointment"),
    "transport": _("Could not get there"),
    "agreed": _("Agreed beforehand"),
    "unknown": _("No reason given"),
    "other": _("Something else"),
}
QUESTIONS: dict[str, tuple[Any, Any, dict[str, Any]]] = {
    # field: (asked of the company, asked of the person, the answers)
    "came": (_("Did %(name)s come as agreed?"), _("Did you come as agreed?"), CAME),
    "guided": (
        _("Does %(name)s get the right guidance day by day?"),
        _("Do you get the right guidance day by day?"),
        CAME,
    ),
    "tasks_go": (_("Do the tasks go well?"), _("Do the tasks go well?"), CAME),
    "belongs": (_("Is %(name)s one of the group?"), _("Are you one of the group?"), CAME),
    "hours_fit": (_("Do the hours fit?"), _("Do the hours fit?"), MORE_OR_LESS),
    "regard_fits": (
        _("Does what was to be considered work?"),
        _("Does what was to be considered work?"),
        REGARD,
    ),
}
WRITTEN: dict[str, tuple[Any, Any]] = {
    "goes_well": (_("What goes well?"), _("What goes well?")),
    "needs_more": (_("What needs more?"), _("What do you need more of?")),
    "other": (_("Something else?"), _("Something else?")),
}
KINDS: dict[str, Any] = {
    "ordinary": _("Ordinary hours, wage"),
    "practice": _("Practice"),
}
