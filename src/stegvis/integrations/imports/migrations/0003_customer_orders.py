from django.db import migrations, models

KINDS = [
    ("participants", "Participants"),
    ("referrals", "Referrals"),
    ("step_history", "Step history"),
    ("earlier_interventions", "Earlier measures"),
    ("customer_orders", "Customer orders"),
]


class Migration(migrations.Migration):
    dependencies = [("imports", "0002_earlier_measures"), ("orders", "0001_initial")]

    operations = [  # the choices alone: no column changes
        migrations.AlterField(
            model_name=model,
            name="kind",
            field=models.CharField(choices=KINDS, max_length=24),
        )
        for model in ("importfile", "savedmapping")
    ]
