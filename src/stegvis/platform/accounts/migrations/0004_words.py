"""Signing in says which words the municipality uses, in the one query it is."""

from django.db import migrations

from stegvis.platform.accounts.migrations import _enter_sql as enter_sql
from stegvis.platform.tenancy.tables import NewTables


class Migration(NewTables):

    dependencies = [
        ('accounts', '0003_leave'),
        ('tenancy', '0003_words'),
    ]

    operations = [
        migrations.RunSQL(enter_sql.function(words=True), enter_sql.function(words=False)),
    ]
