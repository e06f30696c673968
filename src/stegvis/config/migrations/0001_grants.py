"""What the app role may do with the tables of libraries. They hold no municipality and no
participant (tests/matrix/test_census.py lists them, each with its reason)."""

from django.db import migrations

GRANTS = """
grant select on django_migrations, django_content_type, auth_permission to stegvis_app;
grant select, insert, update, delete on django_session, account_emailaddress,
  account_emailconfirmation, mfa_authenticator to stegvis_app;
grant usage on all sequences in schema public to stegvis_app;
grant select, insert, update, delete on procrastinate_jobs, procrastinate_events,
  procrastinate_periodic_defers, procrastinate_workers to stegvis_app;
grant select on all tables in schema public to stegvis_backup;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("procrastinate", "0041_post_retry_failed_job"),
        ("sessions", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("steps", "0001_initial"),
        ("journal", "0001_initial"),
    ]
    operations = [migrations.RunSQL(GRANTS)]
