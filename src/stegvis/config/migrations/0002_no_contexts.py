"""pghistory is no app here any more: its table of contexts was never written to."""

from django.db import migrations

GONE = """
drop table if exists pghistory_context;
drop function if exists _pgh_attach_context();
"""


class Migration(migrations.Migration):
    dependencies = [("stegvis_config", "0001_grants")]
    operations = [migrations.RunSQL(GONE, migrations.RunSQL.noop)]
