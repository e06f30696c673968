"""Django's own defaults, as far as they concern a page."""

from __future__ import annotations

import os

SECRET_KEY = os.environ.get("STEGVIS_SECRET_KEY", "nothing is secret in a check")
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
DEBUG = False
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "stegvis.config.bench.floor",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
ROOT_URLCONF = "stegvis.config.bench.floor.urls"
WSGI_APPLICATION = "stegvis.config.bench.floor.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
            ]
        },
    }
]
AUTH_USER_MODEL = "floor.User"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ.get("FLOOR_DATABASE", ""),
        "HOST": os.environ.get("FLOOR_SOCKET", ""),
        "USER": "postgres",  # no row security binds it
        "CONN_MAX_AGE": 600,
        "OPTIONS": {"application_name": "floor"},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SESSION_COOKIE_NAME = "session"
TIME_ZONE = "Europe/Stockholm"
LANGUAGE_CODE = "sv"
