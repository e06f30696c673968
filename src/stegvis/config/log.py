"""One JSON line per event on standard error. No line carries a name, a number or a free text of a
person: requests are logged by page name and request id, never by address with its parameters."""

from __future__ import annotations

import logging.config
from typing import Any

import structlog


def configure(_: dict[str, Any]) -> None:
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        structlog.processors.JSONRenderer(),
                    ],
                    "foreign_pre_chain": shared,
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["stderr"], "level": "INFO"},
            # Django's own lines hold the full path, and its mails the whole request.
            "loggers": {
                "django.request": {"handlers": [], "propagate": False, "level": "CRITICAL"},
                "django.security": {"handlers": [], "propagate": False, "level": "CRITICAL"},
                "django.server": {"handlers": [], "propagate": False, "level": "CRITICAL"},
                "procrastinate": {"level": "WARNING"},
            },
        }
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
