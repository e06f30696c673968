"""Saving one row of the administration: journaled, never over a newer one, names taken once."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.models import Row, StaleRow
from stegvis.platform.tenancy.scope import current
from stegvis.portals.administrator.forms import RowForm


def one[R: Row](model: type[R], key: uuid.UUID) -> R:
    """The row, or the page that says there is nothing here."""
    row = model._base_manager.filter(pk=key).first()
    if row is None:
        raise Http404
    return row


def add(form: RowForm, event: str, *, taken: str = "", **values: Any) -> bool:
    """Store a new row and say so. `taken`: the field whose value only one row may have."""
    row = form.instance
    row.tenant_id = current().tenant
    for name, value in values.items():
        setattr(row, name, value)
    if not _unique(form, taken, lambda: row.save(force_insert=True)):
        return False
    wrote(event, row=str(row.pk))
    return True


def change(form: RowForm, event: str, *, taken: str = "") -> bool:
    """Write what was changed. When a colleague was faster, nothing: the form then shows both."""
    row = form.instance
    changed = [name for name in form.changed_data if name in form.own]
    row.version = form.cleaned_data["version"] or 0
    try:
        if not _unique(form, taken, lambda: row.save_if_unchanged(*changed)):
            return False
    except StaleRow:
        form.compare(one(type(row), row.pk))
        return False
    wrote(event, row=str(row.pk), fields=changed)
    return True


def _unique(form: RowForm, taken: str, save: Any) -> bool:
    try:
        with transaction.atomic():
            save()
    except IntegrityError as fault:
        if not taken or "unique" not in str(fault):
            raise
        form.add_error(taken, _("This is taken already; choose another."))
        return False
    return True
