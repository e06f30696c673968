from django.urls import path

from stegvis.journey.agreements import pages

WHOSE = "people/<uuid:person>/agreement"

urlpatterns = [
    path(f"{WHOSE}/", pages.agreement, name="agreement"),
    path(f"{WHOSE}/answers/", pages.agreement_forms, name="agreement_forms"),
    path(f"{WHOSE}/<uuid:placement>/", pages.agreement_edit, name="agreement_edit"),
    path(f"{WHOSE}/<uuid:placement>/seen/", pages.agreement_seen, name="agreement_seen"),
    path(f"{WHOSE}/<uuid:placement>/form.pdf", pages.agreement_form_pdf, name="agreement_form_pdf"),
    path(f"{WHOSE}/<uuid:placement>/<int:number>.pdf", pages.agreement_pdf, name="agreement_pdf"),
]
