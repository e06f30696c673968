"""A database made while pghistory kept the earlier states: its tables become ours, with what they
hold. In one made from nothing there is nothing to do."""

from django.db import migrations

OURS = """
do $$
declare past text; now_ text; names text; old_ text; gone record;
begin
  for past in select table_name from information_schema.columns
               where table_schema = 'public' and column_name = 'pgh_id'
                 and table_name like '%before'
  loop
    now_ := left(past, -6);
    for gone in select tgname, proname from pg_trigger join pg_proc p on p.oid = tgfoid
                 where tgrelid = now_::regclass and proname like 'pgtrigger_%'
                   and prosrc like '%"' || past || '"%'
    loop
      execute format('drop trigger %I on %I', gone.tgname, now_);
      execute format('drop function %I()', gone.proname);
    end loop;
    -- The person's index stays, under our name; a table of nobody's is short and needs none.
    for gone in select indexrelid::regclass::text as name, attname
                  from pg_index join pg_attribute on attrelid = indrelid and attnum = indkey[0]
                 where indrelid = past::regclass and not indisprimary
    loop
      if gone.attname = 'person_id' then
        execute format('alter index %s rename to %I', gone.name, past || '_of');
      else
        execute 'drop index ' || gone.name;
      end if;
    end loop;
    execute format('alter table %I drop column pgh_id', past);
    execute format('alter table %I rename pgh_created_at to kept_at', past);
    execute format('alter table %I rename pgh_label to kept_on', past);
    execute format('alter table %I rename pgh_by to kept_by', past);
    execute format('alter table %I alter kept_at set default clock_timestamp()', past);
    select string_agg(format('"%s"', attname), ', '), string_agg(format('old."%s"', attname), ', ')
      into names, old_ from pg_attribute
     where attrelid = now_::regclass and attnum > 0 and not attisdropped;
    execute format('create function %I() returns trigger language plpgsql as %L', now_ || '_kept',
      format('begin insert into %I (kept_on, %s) values (lower(tg_op), %s); return null; end',
             past, names, old_));
    execute format('create trigger kept_update after update on %I for each row '
      'when (old.* is distinct from new.*) execute function %I()', now_, now_ || '_kept');
    execute format('create trigger kept_delete after delete on %I for each row '
      'execute function %I()', now_, now_ || '_kept');
  end loop;
end $$
"""


class Migration(migrations.Migration):
    dependencies = [("stegvis_config", "0002_no_contexts")]
    operations = [migrations.RunSQL(OURS, migrations.RunSQL.noop)]
