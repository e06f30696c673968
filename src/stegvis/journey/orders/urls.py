from __future__ import annotations

from django.urls import path

from stegvis.journey.orders import pages

urlpatterns = [
    path("orders/", pages.orders, name="orders"),
    path("orders/new/", pages.new_order, name="new_order"),
    path("orders/<uuid:order>/", pages.order, name="order"),
    path("invoice-basis/<uuid:basis>/<slug:form>/", pages.basis_file, name="basis_file"),
    path("purchases/", pages.purchases, name="purchases"),
]
