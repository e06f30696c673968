"""A bare Django project with the same libraries installed, for what starting costs."""

from __future__ import annotations

from stegvis.config.bench.floor.settings import *  # noqa: F403 a settings file is a namespace
from stegvis.config.bench.floor.settings import MIDDLEWARE

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "pgtrigger",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    *MIDDLEWARE,
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "allauth.urls"
AUTH_USER_MODEL = "auth.User"
STATIC_URL = "static/"
