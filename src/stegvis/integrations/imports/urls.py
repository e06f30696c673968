from django.urls import path

from stegvis.integrations.imports import pages

urlpatterns = [
    path("imports/", pages.imports, name="imports"),
    path("imports/protected/", pages.protected_rows, name="protected_rows"),
    path("imports/protected/<uuid:row>/", pages.protected_row, name="protected_row"),
    path("imports/<uuid:file>/", pages.import_file, name="import"),
]
