"""The web process: granian loads `application`."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stegvis.config.settings")
application = get_wsgi_application()
# Django loads the pages when the first is asked for: a second that somebody waits for.
_ = get_resolver().url_patterns
gc.freeze()
