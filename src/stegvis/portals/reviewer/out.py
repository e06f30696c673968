"""The journal's codes of the road out to a company, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

OUT: dict[str, Any] = {
    "my_places": _("The person's own visits and places"),
    "match_profile_written": _("A match profile was written"),
    "visit_planned": _("A visit to a company was planned"),
    "visit_judged": _("How a visit was, was written down"),
    "visit_said": _("The person's view of a visit was written down"),
    "visit_called_off": _("A visit was called off"),
    "match_proposed": _("A match was proposed"),
    "match_set_aside": _("An opening was set aside"),
    "match_answered": _("A match was answered"),
    "requirement_adjusted": _("Something was done about a requirement"),
    "placed": _("A placement was registered"),
    "placement_decided": _("A placement was decided about"),
    "contact_person_set": _("The fixed contact person was set"),
    "dropped_out": _("A placement was broken off"),
    "drop_out_excepted": _("The exception after a drop-out was set"),
    "first_measures_planned": _("First measures were planned"),
    "early_trial_registered": _("A trial of early placement was written down"),
    "early_trials_counted": _("Trials of early placement were counted"),
    "reminder_set": _("After how many days a list names somebody was set"),
    "placements": _("Placements"),
    "match_profile": _("Match profile"),
    "match_profile_pdf": _("Match profile, on paper"),
    "openings_for": _("What fits among the openings"),
    "opening_fit": _("An opening beside the person"),
    "plan_visit": _("A visit"),
    "visit_seen": _("How a visit was"),
    "match": _("Match"),
    "first_measures": _("First measures"),
    "place": _("Placing"),
    "placement": _("Placement"),
    "drop_out": _("Broken off"),
    "drop_out_exception": _("The exception"),
    "needing_place": _("Who needs a place"),
    "match_rounds": _("Proposals for many and few places"),
    "match_round": _("A proposal for many and few places"),
    "round_begun": _("A proposal for many and few places was asked for"),
    "round_worked_out": _("A proposal for many and few places was worked out"),
    "round_places_set": _("The number of places in a proposal was set"),
    "round_set_by_hand": _("Somebody was moved by hand in a proposal for places"),
    "round_taken_over": _("Lines of a proposal for places were taken over"),
    "round_thrown_away": _("A proposal for places was thrown away"),
}
OUT_ROOMS: tuple[tuple[Any, str], ...] = (
    (
        _("Companies"),
        """
        companies company new_company change_company company_added company_changed new_site
        change_site site_added site_changed new_contact_person contact_person company_contact_added
        company_contact_changed openings new_opening change_opening opening_added opening_changed
        site_staff new_employee change_employee employee_added employee_changed company_modules
        new_company_module change_company_module company_module_added company_module_changed
        site_dialogue new_talk site_spoken_with site_answered new_site_pause site_paused
        site_resumed new_headcount employees_counted silent_sites knock_rule knock_rule_set
        partnership new_partnership partnership_agreed sign_partnership partnership_signed
        site_access site_access_changed free_places opening_shared opening_kept postal_areas
        new_postal_area postal_area postal_area_added postal_area_changed
        """,
    ),
    (
        _("Ambassadors"),
        """
        ambassadors list_completions completions_listed ambassadors_asked ambassador_answers
        ambassador_asked ambassador_answered
        """,
    ),
    (
        _("Places of others"),
        """
        shared_places new_pact sharing_offered sharing_accepted sharing_ended ask_place
        place_requested request_answered places_published
        """,
    ),
    (
        _("Hours by month"),
        """
        month_hours enter_hours correct_hours hours_statement my_hours hours_stated
        hours_corrected self_support self_support_said self_support_struck
        """,
    ),
    (
        _("The first year"),
        """
        first_year hand_over year_handed_over after_care after_care_planned
        after_care_ended after_care_contact
        """,
    ),
    (
        _("Screening"),
        """
        screening screened screening_talk_held screening_closed notice_sent
        rehabilitation_moved exception_made
        """,
    ),
    (
        _("Job mediator"),
        """
        mediator mediator_offered mediator_answered mediator_appointed mediator_kept sparring
        mediator_qualified qualification_ended lead_named touch touched support guide mediators
        partner_added partner_ended exchanged hindrance_noted hindrance_acted_on
        hindrance_solved advice_asked advice_answered sparred
        """,
    ),
)
