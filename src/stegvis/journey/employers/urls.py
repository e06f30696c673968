"""The addresses of companies."""

from __future__ import annotations

from django.urls import path

from stegvis.journey.employers.pages import (
    access,
    ambassadors,
    companies,
    dialogue,
    openings,
    partnership,
    sharing,
    training,
)

urlpatterns = [
    path("companies/", companies.companies, name="companies"),
    path("companies/new/", companies.new_company, name="new_company"),
    path("companies/openings/", openings.openings, name="openings"),
    path("companies/training/", training.company_modules, name="company_modules"),
    path("companies/training/new/", training.new_company_module, name="new_company_module"),
    path(
        "companies/training/<uuid:module>/",
        training.change_company_module,
        name="change_company_module",
    ),
    path("companies/ambassadors/", ambassadors.ambassadors, name="ambassadors"),
    path("companies/ambassadors/list/", ambassadors.list_completions, name="list_completions"),
    path("companies/ambassadors/asked/", ambassadors.ambassadors_asked, name="ambassadors_asked"),
    path(
        "companies/ambassadors/asked/<uuid:asked>/",
        ambassadors.ambassador_answers,
        name="ambassador_answers",
    ),
    path("companies/silent/", dialogue.silent_sites, name="silent_sites"),
    path("companies/silent/rule/", dialogue.knock_rule, name="knock_rule"),
    path("companies/shared/", sharing.shared_places, name="shared_places"),
    path("companies/shared/offer/", sharing.new_pact, name="new_pact"),
    path("companies/shared/<uuid:place>/ask/", sharing.ask_place, name="ask_place"),
    path("companies/postal/", access.postal_areas, name="postal_areas"),
    path("companies/postal/new/", access.new_postal_area, name="new_postal_area"),
    path("companies/postal/<uuid:postal>/", access.postal_area, name="postal_area"),
    path("companies/<uuid:company>/", companies.company, name="company"),
    path("companies/<uuid:company>/change/", companies.change_company, name="change_company"),
    path("companies/<uuid:company>/sites/new/", companies.new_site, name="new_site"),
    path("companies/<uuid:company>/partnership/", partnership.partnership, name="partnership"),
    path(
        "companies/<uuid:company>/partnership/new/",
        partnership.new_partnership,
        name="new_partnership",
    ),
    path(
        "partnerships/<uuid:partnership>/sign/",
        partnership.sign_partnership,
        name="sign_partnership",
    ),
    path("sites/<uuid:site>/dialogue/", dialogue.site_dialogue, name="site_dialogue"),
    path("sites/<uuid:site>/dialogue/new/", dialogue.new_talk, name="new_talk"),
    path("sites/<uuid:site>/pause/", dialogue.new_site_pause, name="new_site_pause"),
    path("sites/<uuid:site>/headcount/", dialogue.new_headcount, name="new_headcount"),
    path("sites/<uuid:site>/accessibility/", access.site_access, name="site_access"),
    path("sites/<uuid:site>/change/", companies.change_site, name="change_site"),
    path(
        "sites/<uuid:site>/contacts/new/", companies.new_contact_person, name="new_contact_person"
    ),
    path("sites/<uuid:site>/openings/new/", openings.new_opening, name="new_opening"),
    path("sites/<uuid:site>/staff/", training.site_staff, name="site_staff"),
    path("sites/<uuid:site>/staff/new/", training.new_employee, name="new_employee"),
    path("contacts/<uuid:contact>/", companies.contact_person, name="contact_person"),
    path("openings/<uuid:opening>/", openings.change_opening, name="change_opening"),
    path("openings/<uuid:opening>/free/", access.free_places, name="free_places"),
    path("staff/<uuid:employee>/", training.change_employee, name="change_employee"),
]
