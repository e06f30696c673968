from django.db import migrations, models

from stegvis.integrations.imports.migrations import _undo_sql as undo_sql

KINDS = [
    ("participants", "Participants"),
    ("referrals", "Referrals"),
    ("step_history", "Step history"),
    ("earlier_interventions", "Earlier measures"),
]


class Migration(migrations.Migration):
    dependencies = [("imports", "0001_initial"), ("background", "0001_initial")]

    operations = [
        migrations.AlterField(  # held for a moment: a longer varchar rewrites nothing
            model_name=model,
            name="kind",
            field=models.CharField(choices=KINDS, max_length=24),
        )
        for model in ("importfile", "savedmapping")
    ] + [migrations.RunSQL(undo_sql.UNDO, reverse_sql=migrations.RunSQL.noop)]
