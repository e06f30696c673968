"""Text on its way. A browser may die, a session end, a telephone ring: what was typed lies here,
sealed, for the one who typed it, until it is sent or thrown away."""

from __future__ import annotations

from django.db import models

from stegvis.platform.tenancy.models import Row, tenant_key


class Draft(Row):
    """What one member has typed into one form. `person`: whom the page is about, if anybody."""

    member = tenant_key("accounts.Member", related_name="+")
    path = models.CharField(max_length=300)
    form = models.CharField(max_length=40, blank=True)
    person = models.UUIDField(null=True)
    sealed = models.BinaryField()
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["-saved_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "member", "path", "form"], name="draft_of_a_form_once"
            )
        ]
