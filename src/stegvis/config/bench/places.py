"""The municipality a list is brought to, as those find it who do not pass the product's verbs."""

from __future__ import annotations

import uuid
from typing import Any

from stegvis.config.bench.lists import Place

_FIND = """
select t.id, (select id from tenancy_unit limit 1), (select id from programmes_programmeversion)
  from tenancy_tenant t"""
_FILE = """
insert into imports_importfile (tenant_id, id, version, submission, created_at, kind, name, sender,
       unit_id, programme_id, checksum, day, state, mapping, units, sheets, issues, counts, size,
       done)
values (%s, %s, 1, %s, now(), 'participants', 'list.xlsx', '', %s, %s, '', current_date, 'stored',
        '{}', '{}', '[]', '[]', '{}', 0, 0)"""


def place_of(connection: Any) -> Place:
    """Through a connection of the driver's or of Django's; with the file the rows are of."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND)
        tenant, unit, programme = cursor.fetchone()
        cursor.execute("select name, id from accounts_member")
        workers = dict(cursor.fetchall())
        file = uuid.uuid4()
        cursor.execute(_FILE, [tenant, file, file, unit, programme])
    return Place(tenant, unit, programme, file, workers)
