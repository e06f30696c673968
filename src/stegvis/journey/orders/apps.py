from django.apps import AppConfig


class OrdersApp(AppConfig):
    name = "stegvis.journey.orders"
    label = "orders"
