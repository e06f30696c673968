"""What a row was before: a table beside the row's own, written by triggers of the database.

The columns and the triggers are pghistory's (docs/decisions/0006), which is no app here: it would
bring a table and seven migrations for contexts, and the journal says why a row changed.
"""

from __future__ import annotations

import sys
from typing import Any

import pghistory
import pghistory.trigger
import pgtrigger
from django.db import models
from django.db.models.expressions import RawSQL


class Before(models.Model):
    """A row as it stood before a change (`pgh_label` update) or before it went (delete)."""

    pgh_id = models.AutoField(primary_key=True)
    pgh_created_at = models.DateTimeField(auto_now_add=True)
    pgh_label = models.TextField(help_text="The event label.")
    pgh_by = models.UUIDField(
        null=True,
        db_default=RawSQL("nullif(current_setting('stegvis.member', true), '')::uuid", []),
    )
    pgh_tracked_model: type[models.Model]

    class Meta:
        abstract = True


def remembered[M: type[models.Model]](model: M) -> M:
    """Keep every earlier state of a row, and who changed it, whatever way the change came.

    The row as it was is stored on update and delete, so a first insert costs nothing and a bulk
    load is not slowed; the present state is the row itself.
    """
    name = f"{model.__name__}Before"
    kept = {field.name: _kept(field) for field in model._meta.local_fields}
    about = {
        "__module__": model.__module__,
        "Meta": type("Meta", (), {"app_label": model._meta.app_label}),
        "pgh_tracked_model": model,
    }
    before: type[Before] = type(name, (Before,), about | kept)
    setattr(sys.modules[model.__module__], name, before)
    _tell_migrations(model, _triggers(before, list(kept)))
    return model


def _kept(field: models.Field[Any, Any]) -> models.Field[Any, Any]:
    """The field without its bonds: nothing in the past is unique, and nothing there holds on."""
    if isinstance(field, models.ForeignKey):
        return models.ForeignKey(
            field.remote_field.model,
            on_delete=models.DO_NOTHING,
            null=field.null,
            blank=field.blank,
            db_constraint=False,
            related_name="+",
            related_query_name="+",
        )
    _, _, given, named = field.deconstruct()
    return type(field)(*given, **named | {"primary_key": False, "unique": False, "db_index": False})


def _triggers(before: type[Before], names: list[str]) -> list[pgtrigger.Trigger]:
    """What keeps the row: on an update that changes one of the fields, and when it goes."""
    event: Any = pghistory.trigger.Event  # has no types
    kept: dict[str, Any] = {"row": pghistory.Old, "event_model": before}
    update = {"operation": pgtrigger.Update, "condition": pgtrigger.AnyChange(*names)}
    return [
        event(name="update_update", label="update", **update, **kept),
        event(name="delete_delete", label="delete", operation=pgtrigger.Delete, **kept),
    ]


def _tell_migrations(model: type[models.Model], triggers: list[pgtrigger.Trigger]) -> None:
    """Where makemigrations finds a model's triggers."""
    options: Any = model._meta
    options.triggers = [*getattr(options, "triggers", []), *triggers]
    options.original_attrs["triggers"] = options.triggers
