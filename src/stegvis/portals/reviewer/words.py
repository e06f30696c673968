"""The journal's codes in words. What a code is called is decided here and nowhere else."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from stegvis.portals.reviewer.agreed import AGREED
from stegvis.portals.reviewer.out import OUT, OUT_ROOMS

_ABOUT_YEARS: dict[str, Any] = {
    "agency_period_written": _("Time with an authority was written down"),
    "agency_period_changed": _("Time with an authority was changed"),
    "agency_period_struck": _("Time with an authority was struck out"),
    "earlier_intervention_written": _("An earlier measure was written down"),
    "earlier_intervention_changed": _("An earlier measure was changed"),
    "earlier_intervention_struck": _("An earlier measure was struck out"),
    "agency_handler_written": _("An authority's handler was written down"),
    "agency_handler_changed": _("An authority's handler was changed"),
    "agency_handler_struck": _("An authority's handler was struck out"),
    "contact_surface_written": _("A contact was written down"),
    "contact_surface_changed": _("A contact was changed"),
    "contact_surface_struck": _("A contact was struck out"),
    "coordination_meeting_written": _("A coordination meeting was written down"),
    "coordination_meeting_changed": _("A coordination meeting was changed"),
    "coordination_meeting_struck": _("A coordination meeting was struck out"),
    "critique_written": _("Critique was written down"),
    "critique_changed": _("Critique was changed"),
    "critique_struck": _("Critique was struck out"),
    "critique_turned": _("Critique became a goal"),
    "asset_written": _("A line of the forward mapping was written down"),
    "asset_changed": _("A line of the forward mapping was changed"),
    "asset_struck": _("A line of the forward mapping was struck out"),
    "outside_analysis_written": _("An outside analysis was written down"),
    "outside_analysis_changed": _("An outside analysis was changed"),
    "outside_analysis_struck": _("An outside analysis was struck out"),
    "cooperation_invited": _("A contact was invited to the cooperation"),
    "cooperation_answered": _("A contact answered the invitation"),
    "inventory_done": _("A part of the inventory was done"),
    "inventory_set_aside": _("A plan was made before the inventory"),
    "test_ordered": _("A test was ordered"),
    "test_came": _("The result of a test came"),
    "test_struck": _("A test was struck out"),
    "test_times_counted": _("Waiting times of tests were counted"),
    "team_asked": _("The resource team was asked"),
    "team_answered": _("The resource team answered"),
    "retention_set": _("A rule of deletion was set"),
    "deleted_by_rule": _("Deleted by rule"),
}
_WRONG: dict[str, Any] = {
    "incident_noted": _("A deviation was written down"),
    "incident_followed": _("A deviation was followed up"),
    "incident_closed": _("A deviation was closed"),
    "intoxication_tested": _("A test on suspicion was written down"),
    "value_measured": _("A measured value was written down"),
    "sent_home": _("Somebody was sent home"),
    "warning_given": _("A written warning was given"),
    "notice_drafted": _("A notice to whoever pays was drafted"),
    "notice_handed_over": _("A notice to whoever pays was handed over"),
    "first_aid_noted": _("First aid was written down"),
    "first_aid_withdrawn": _("First aid was taken back"),
    "incident_kind_set": _("The kinds of deviations were changed"),
}
WHAT: dict[str, Any] = {
    # pages
    "my_day": _("The list of my day"),
    **AGREED,
    "participants": _("The list of participants"),
    "person": _("The person's road"),
    "decide": _("The form of a step decision"),
    "decision": _("A step decision"),
    "correct": _("The correction of a step decision"),
    "judge": _("The form of a judgement"),
    "leave": _("The form for leaving the programme"),
    "this_week": _("The week's board"),
    "week_board": _("The week's board"),
    "week_paper": _("Everyone's week on paper"),
    "week_proposal": _("A proposal for the week"),
    "plan_aims": _("What a proposal aims at"),
    "plan_aims_set": _("What proposals aim at was chosen"),
    "proposal_asked": _("A week was asked to be proposed"),
    "week_proposed": _("A week was proposed"),
    "proposal_cancelled": _("A proposal was cancelled"),
    "proposal_thrown_away": _("A proposal was thrown away"),
    "proposal_taken_over": _("A proposal was taken over"),
    "proposal_undone": _("A proposal taken over was undone"),
    "week_feed": _("The calendar of a person's own week"),
    "feed_opened": _("The person made an address for their calendar"),
    "feed_ended": _("The person ended the address of their calendar"),
    "schedule": _("A person's week"),
    "person_week": _("A person's week"),
    "apart": _("Whom the person is kept apart from"),
    "week_planned": _("A person's week was planned"),
    "half_day_taken": _("A half day was taken or set free"),
    "week_published": _("A week was shown to everyone"),
    "week_gone_through": _("A week was gone through together"),
    "wish_answered": _("A wish about the week was answered"),
    "kept_apart": _("Two are kept apart"),
    "apart_ended": _("Two are kept apart no longer"),
    "area_lead_set": _("Who supervises an area"),
    "area_lead_ended": _("Supervising an area ended"),
    "my_calendar": _("My calendar"),
    "my_days": _("The person's own plan of their days"),
    "my_week": _("The person's own week"),
    "attendance": _("The list of who came"),
    "attendance_sheet": _("The list of who came"),
    "attendance_state": _("The list of who came"),
    "attendance_disputed": _("Two marks of one morning"),
    "attendance_settled": _("One of two marks was chosen"),
    "attendance_unit": _("Attendance in the unit"),
    "person_attendance": _("A person's attendance"),
    "work": _("A person's work"),
    "take_hours": _("Hours confirmed by the company"),
    "hours_taken_over": _("Hours were taken over from the company"),
    "work_hours": _("The hours of a person"),
    "hours_set": _("The hours of a person were set"),
    "give_work": _("Work is given"),
    "work_given": _("Work was given"),
    "decide_work": _("Whether work goes on"),
    "area_offers": _("The areas a person was offered"),
    "area_choice": _("What came of an area offered"),
    "areas_shown": _("Areas were shown to a person"),
    "area_choice_written": _("What came of an area was written down"),
    "fitting": _("Which tasks fit a person"),
    "limits": _("The limits agreed with a person"),
    "limit_agreed": _("A limit was agreed"),
    "limit_ended": _("A limit ended"),
    "task_people": _("Who could do a task"),
    "equal_offers": _("Equal offers in figures"),
    "equal_offers_counted": _("Equal offers were counted"),
    "left_out_reasons": _("Why areas are left out"),
    "why_left_out_changed": _("The reasons why areas are left out were changed"),
    "my_areas": _("Where the person can work, on their own page"),
    "equal_answered": _("Questions of an equal referral were answered"),
    "referrer_told": _("The referrer was told what is delivered instead"),
    "work_decided": _("It was decided whether work goes on"),
    "try_task": _("A task that was tried"),
    "task_tried": _("A tried task was written down"),
    "train_language": _("How the language is trained"),
    "language_planned": _("How the language is trained was planned"),
    "language_ended": _("A language exercise ended"),
    "language_left": _("Whose language training is not planned"),
    "ideas": _("Ideas of participants"),
    "idea": _("An idea of a participant"),
    "my_ideas": _("The person's own ideas"),
    "my_improvements": _("What the person would improve"),
    "my_council": _("The user council"),
    "council": _("The user council"),
    "idea_proposed": _("An idea was proposed"),
    "idea_taken_back": _("An idea was taken back"),
    "idea_accepted": _("An idea was accepted"),
    "idea_declined": _("An idea was declined"),
    "name_on_boards_allowed": _("A first name may stand on boards"),
    "council_seat_taken": _("Sits in the user council, with their first name"),
    "council_seat_left": _("Has left the user council"),
    "name_on_boards_withdrawn": _("A first name stands on boards no longer"),
    "after_exit": _("The list of those who have left"),
    "outcome": _("How it went after the exit"),
    "outcome_checked": _("How it went after the exit was written down"),
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
    "background": _("The years before"),
    "contact_surfaces": _("The contacts that take time"),
    "ahead": _("Critique and forward mapping"),
    "tests": _("The tests"),
    "team": _("The requests to the resource team"),
    "team_requests": _("The list of requests to the resource team"),
    "new_note": _("The form of a note about the years before"),
    "change_note": _("A note about the years before"),
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
    **_ABOUT_YEARS,
    **_WRONG,
    **OUT,
    "import_received": _("A file was received"),
    "import_mapped": _("The columns of a file were settled"),
    "import_answered": _("Rows of a file were decided"),
    "import_undone": _("An import was taken back"),
    "protected_row_decided": _("A protected row of a file was decided"),
    "rows_imported": _("Rows of a file were stored"),
    "voices": _("What the person says"),
    "way_in": _("The person's own way in"),
    "way_in_sheet": _("The paper with the way in"),
    "my_today": _("The own page: today"),
    "my_plan": _("The own page: my plan"),
    "my_folder": _("The own page: my folder"),
    "my_reads": _("The own page: who has read"),
    "my_shared": _("The own page: what is shared"),
    "my_write": _("The own page: messages"),
    "message_sent": _("The person sent a message"),
    "message_taken_back": _("The person took a message back"),
    "message_heard": _("A message was heard"),
    "mood_said": _("The person said how they are"),
    "placed_themselves": _("The person said where they stand"),
    "way_in_given": _("The person got a way in"),
    "way_in_closed": _("A way in was closed"),
    "way_in_ended": _("The person's own page was shut"),
    "way_in_tried": _("A wrong way in was tried"),
    "came_in": _("The person signed in"),
    "device_shared": _("A device was shared"),
    "device_closed": _("A device is shared no more"),
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
# Of these the log says the room: whether it was read or written stands beside it, and what was said
# there is nobody's to read here.
_ROOMS: tuple[tuple[Any, str], ...] = (
    (
        _("Deviations"),
        """
        incidents new_incident suspicions person_incidents incident warning_pdf notice_pdf
        """,
    ),
    (
        _("Trainings"),
        """
        trainings person_trainings diploma_pdf my_diploma training_added training_completed
        diploma_given diploma_taken_up
        """,
    ),
    (
        _("The day of a workplace"),
        """
        the_day place_day day_lists attendance_report point_ticked point_taken_back
        log_line_written log_line_taken_away list_changed break_added break_changed break_dropped
        """,
    ),
    (
        _("Safety topics"),
        """
        briefing person_briefings my_safety briefing_held
        """,
    ),
    (
        _("Vehicles"),
        """
        vehicles vehicle vehicle_added vehicle_changed vehicle_booked booking_called_off
        vehicle_checked vehicle_fault_found vehicle_mended vehicle_fault_passed_on
        colleague_licence_seen
        """,
    ),
    (
        _("First aid"),
        """
        first_aid my_incidents
        """,
    ),
    (
        _("Written warnings"),
        """
        my_warning
        """,
    ),
    (
        _("What the person can do"),
        """
        abilities ability_rate ability_series adaptations elsewhere mapping_order
        new_mapping_order new_observation_summary observation_summary observe
        observe_person order_trial step_place planning_document planning_paper
        planning_pdf summary_pdf trial adaptation_ended adapted mapping_answered
        mapping_order_closed observation_struck observations_summarised observed planned
        purpose_set self_rated step_placed support_given trial_called_off trial_ordered
        trial_recorded
        """,
    ),
    (
        _("Plan"),
        """
        plan plan_agree plan_answer plan_answers plan_choices plan_compare plan_edit
        plan_goals plan_measure plan_measures plan_paper plan_pdf plan_support
        plan_version plan_words plans activity_marked choice_written goal_reviewed
        measure_written plan_acknowledged plan_agreed plan_begun plan_saved
        support_needed
        """,
    ),
    (
        _("Behaviour"),
        """
        behaviour behaviours behaviour_agreed behaviour_ended behaviour_talked_about
        cross_taken_away
        """,
    ),
    (
        _("Talks"),
        """
        contact correct_note note talks week contact_written followed_up
        measures_evaluated need_answered note_corrected note_written outcome_checked
        ready_soon_said
        """,
    ),
    (
        _("Step reviews"),
        """
        review reviews
        """,
    ),
    (
        _("Job seeking"),
        """
        job_seeking job_search_answered job_search_logged
        """,
    ),
    (
        _("To do on the step"),
        """
        duties exempt duty_settled let_pass
        """,
    ),
    (
        _("Who waits"),
        """
        overdue
        """,
    ),
    (
        _("Follow-ups"),
        """
        unit_follow_ups
        """,
    ),
    (
        _("Tests"),
        """
        test_times
        """,
    ),
    (
        _("Documentation"),
        """
        documentation_counted
        """,
    ),
    (
        _("Extract"),
        """
        extract_counted
        """,
    ),
    (
        _("Fidelity"),
        """
        elements fidelity_people fidelity_counted fidelity_extract_counted
        fidelity_extract_taken
        """,
    ),
    (
        _("Reports"),
        """
        report report_paper reports reports_overview report_code_shown report_commented
        report_drafted report_dropped report_link_refused report_link_renewed
        report_mail_stopped report_opened report_paper_fetched report_refused
        report_rewritten report_seen report_sent report_shown
        """,
    ),
    (
        _("Sharing"),
        """
        sharing waiver_given waiver_withdrawn
        """,
    ),
    (
        _("Own page"),
        """
        my_agreement my_call my_cross my_development my_instead my_late my_mood
        my_otherwise my_papers my_place my_rate my_reports my_sick my_situation my_time
        my_told my_words
        """,
    ),
)
WHAT |= {code: words for words, codes in (*_ROOMS, *OUT_ROOMS) for code in codes.split()}
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
    "wrong": _("wrong code or pictures"),
    "shut": _("shut after too many tries"),
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
