"""The addresses of companies."""

from __future__ import annotations

from django.urls import path

from stegvis.journey.employers.pages import companies, openings, training

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
    path("companies/<uuid:company>/", companies.company, name="company"),
    path("companies/<uuid:company>/change/", companies.change_company, name="change_company"),
    path("companies/<uuid:company>/sites/new/", companies.new_site, name="new_site"),
    path("sites/<uuid:site>/change/", companies.change_site, name="change_site"),
    path(
        "sites/<uuid:site>/contacts/new/", companies.new_contact_person, name="new_contact_person"
    ),
    path("sites/<uuid:site>/openings/new/", openings.new_opening, name="new_opening"),
    path("sites/<uuid:site>/staff/", training.site_staff, name="site_staff"),
    path("sites/<uuid:site>/staff/new/", training.new_employee, name="new_employee"),
    path("contacts/<uuid:contact>/", companies.contact_person, name="contact_person"),
    path("openings/<uuid:opening>/", openings.change_opening, name="change_opening"),
    path("staff/<uuid:employee>/", training.change_employee, name="change_employee"),
]
