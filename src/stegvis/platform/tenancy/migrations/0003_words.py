"""A municipality's own words. The column is made by hand: rendering everybody's models for it, as
Django does for a field of the table all others hang on, would cost a first start more than all
its tables. An administrator changes the words of their own municipality, and nothing else of it.
"""

from django.db import migrations, models

from stegvis.platform.tenancy.tables import NewTables

WORDS = """
alter table tenancy_tenant add column words jsonb not null default '{}'
  check (jsonb_typeof(words) = 'object');
alter table tenancy_tenant enable row level security;
create policy known on tenancy_tenant for select using (true);
create policy founded on tenancy_tenant for insert with check (true);
create policy own on tenancy_tenant for update using (id = (select stegvis_tenant()));
grant update (words) on tenancy_tenant to stegvis_app;
"""
BEFORE = """
revoke update (words) on tenancy_tenant from stegvis_app;
drop policy own on tenancy_tenant;
drop policy founded on tenancy_tenant;
drop policy known on tenancy_tenant;
alter table tenancy_tenant disable row level security;
alter table tenancy_tenant drop column words;
"""


class Migration(NewTables):

    dependencies = [
        ('tenancy', '0002_closed_days'),
    ]

    operations = [
        migrations.RunSQL(
            WORDS,
            BEFORE,
            state_operations=[
                migrations.AddField(
                    model_name='tenant', name='words', field=models.JSONField(blank=True, default=dict),
                ),
            ],
        ),
    ]
