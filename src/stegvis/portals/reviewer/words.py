"""The journal's codes in words. What a code is called is decided here and nowhere else."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

WHAT: dict[str, Any] = {
    # pages
    "my_day": _("The list of my day"),
    "participants": _("The list of participants"),
    "person": _("The person's road"),
    "decide": _("The form of a step decision"),
    "decision": _("A step decision"),
    "correct": _("The correction of a step decision"),
    "judge": _("The form of a judgement"),
    "leave": _("The form for leaving the programme"),
    "standing": _("Pauses, categories and income"),
    "referral": _("A referral"),
    "referrals": _("The list of referrals"),
    "new_referral": _("The form of a new referral"),
    "about": _("Name, number and contact"),
    "assignments": _("Who works with the person"),
    "change_version": _("The change to another programme version"),
    "protected": _("The list of protected identities"),
    "known_to": _("Who may know of the person"),
    "person_reads": _("Who has read about the person"),
    "reads": _("The read log, without names"),
    "imports": _("The list of imports"),
    "import": _("An import and its rows"),
    "protected_rows": _("The list of protected rows of a file"),
    "protected_row": _("A protected row of a file"),
    "looked_up": _("A search by name or number"),
    # what was done
    "person_registered": _("The person was registered"),
    "person_protected": _("The identity was protected"),
    "person_edited": _("Name or language was changed"),
    "contact_edited": _("Contact data were changed"),
    "number_shown": _("The whole number was shown"),
    "number_tried": _("The number was tried for somebody else"),
    "made_known": _("Somebody was let know of the person"),
    "no_longer_known": _("Somebody is no longer to know of the person"),
    "protection_lifted": _("The protection was ended"),
    "person_renumbered": _("The number was changed"),
    "referral_draft": _("A referral was begun"),
    "referral_sent": _("A referral was sent"),
    "referral_received": _("A referral was received"),
    "referral_returned": _("A referral was returned with a question"),
    "referral_accepted": _("A referral was accepted"),
    "referral_declined": _("A referral was declined"),
    "enrolled": _("The person was enrolled"),
    "assigned": _("Somebody was assigned"),
    "assignment_ended": _("An assignment ended"),
    "paused": _("A pause began"),
    "pause_ended": _("A pause ended"),
    "category_set": _("A need category was set"),
    "scale_read": _("A scale was read"),
    "income_stated": _("A source of income was stated"),
    "criterion_judged": _("A criterion was judged"),
    "support_changed": _("The support was changed"),
    "step_decided": _("A step was decided"),
    "import_received": _("A file was received"),
    "import_mapped": _("The columns of a file were settled"),
    "import_answered": _("Rows of a file were decided"),
    "import_undone": _("An import was taken back"),
    "protected_row_decided": _("A protected row of a file was decided"),
    "rows_imported": _("Rows of a file were stored"),
    "demo_written": _("Invented for the demonstration"),
}
WHAT |= {
    # the mapping
    "mapping": _("The mapping"),
    "close_mapping": _("The closing of the mapping"),
    "new_entry": _("A new entry of the mapping"),
    "life_entry": _("An entry of the mapping"),
    "new_words": _("The form for own words"),
    "change_words": _("The person's own words"),
    "job_goal": _("The form of the job goal"),
    "told": _("What the person was told and offered"),
    "papers": _("Job goal, CV and credentials"),
    "paper": _("CV or application letter"),
    "new_credential": _("A new credential"),
    "credential": _("Grades, a certificate or a reference"),
    "mappings": _("The list of mappings"),
    "life_entry_noted": _("A resource or barrier was noted"),
    "life_entry_changed": _("A resource or barrier was changed"),
    "own_words_noted": _("The person's words were written down"),
    "own_words_changed": _("The person changed their words"),
    "mapping_closed": _("The mapping was closed"),
    "job_goal_set": _("A job goal was set"),
    "direction_talked_about": _("A direction of work was talked about"),
    "paper_written": _("A CV or letter was written"),
    "paper_reviewed": _("A CV or letter was gone through"),
    "credential_noted": _("A credential was noted"),
    "credential_changed": _("A credential was changed"),
    "credential_obtained": _("A credential was obtained"),
    "told_of_methods": _("The person was told of methods"),
    "fund_noted": _("The unemployment fund was noted"),
    "study_guidance_held": _("A study guidance session was held"),
    "language_need_judged": _("The need of language training was judged"),
}
SORTS: dict[str, Any] = {
    "read": _("Read"),
    "write": _("Wrote"),
    "denied": _("Refused"),
    "search": _("Searched"),
    "batch": _("Brought in from a file"),
}
PURPOSES: dict[str, Any] = {
    "case_work": _("Case work"),
    "intake": _("Referral"),
    "supervision": _("Supervision at work"),
    "protection": _("Protected identity"),
    "log_review": _("Review of the log"),
    "own": _("The person's own"),
    "job": _("A job of the system"),
}
BASES: dict[str, Any] = {
    "case_worker": _("is the person's case worker"),
    "work_supervisor": _("supervises the person at work"),
    "job_mediator": _("is the person's job mediator"),
    "unit": _("manages the unit"),
    "intake": _("a referral lies with the unit"),
    "named": _("is named for a protected person"),
    "self": _("is the person"),
}
REASONS: dict[str, Any] = {
    "no_relation": _("no assignment"),
    "other_tenant": _("another municipality"),
    "barred": _("barred from this person"),
    "protected": _("protected identity"),
    "field_class": _("not part of the task"),
    "no_actor": _("nobody behind it"),
}
RULES: dict[str, tuple[Any, str, str]] = {
    "denied": (_("Without assignment"), "user-x", "late"),
    "protected": (_("Protected identity"), "lock", "late"),
    "same_name": (_("Same family name"), "users", "warn"),
    "many": (_("Many in a short time"), "timer", "warn"),
    "evening": (_("Evening and weekend"), "moon", ""),
    "sample": (_("Sample"), "dices", "info"),
}
LOOKED_AT: dict[str, Any] = {
    "denied": _("all"),
    "protected": _("all, one person at a time"),
    "same_name": _("all, one person at a time"),
    "many": _("all of more than 25 people in 15 minutes"),
    "evening": _("every tenth"),
    "sample": _("2 of 100"),
}


def what(code: str) -> str:
    return str(WHAT.get(code) or code.replace("_", " ").capitalize())
