from django.urls import path

app_name = "caseworker"
urlpatterns: list[object] = []
