"""Taking a file back. The app role may delete nothing; this may, within the walls of the open
municipality, what one file brought and nobody has touched since: wholly or not at all."""

UNDO = """
create or replace function imports_undo(wanted uuid) returns uuid[]
language plpgsql security definer set search_path = public, pg_catalog, pg_temp as $$
declare
  here uuid := stegvis_tenant();
  what text;
  come uuid[];      -- persons it brought
  stays uuid[];     -- enrolments it brought
  spans uuid[];     -- periods it brought
  asked uuid[];     -- referrals it brought
  behind uuid[];    -- enrolments whose history it brought
  years uuid[];     -- earlier measures and enrolments it brought
  paid uuid[];      -- lines of slips of pay it brought
  at timestamptz;   -- when it was stored
  room text;
  there boolean;
begin
  if here is null or not stegvis_service() then
    return null;
  end if;
  select kind, stored_at into what, at from imports_importfile where tenant_id = here and id = wanted;
  select coalesce(array_agg(distinct person) filter (where before ? 'new'), '{}'),
         coalesce(array_agg(distinct enrolment) filter (
           where what in ('participants', 'citizens_dk') and period is not null), '{}'),
         coalesce(array_agg(distinct period) filter (where period is not null
           and (what in ('participants', 'citizens_dk') or (what = 'step_history' and outcome = 'created'))), '{}'),
         coalesce(array_agg(distinct referral) filter (where outcome = 'created'
           and referral is not null), '{}'),
         coalesce(array_agg(distinct enrolment) filter (where what = 'step_history'
           and outcome = 'created'), '{}'),
         coalesce(array_agg(distinct period) filter (where what = 'earlier_interventions'
           and outcome = 'created' and period is not null), '{}'),
         coalesce(array_agg(distinct period) filter (where what = 'ordinary_hours'
           and outcome = 'created' and period is not null), '{}')
    into come, stays, spans, asked, behind, years, paid
    from imports_importrow where tenant_id = here and file_id = wanted and done;
  -- Rows that added to somebody who was there before cannot be told from what came after.
  if exists (select 1 from imports_importrow where tenant_id = here and file_id = wanted and done
              and ((outcome = 'updated' and not person = any(come))
                or (outcome = 'created' and what = 'referrals' and not person = any(come)
                    and before is not null)))
     or exists (select 1 from imports_shieldedrow s join imports_importrow r
                  on r.tenant_id = s.tenant_id and r.id = s.row_id
                 where s.tenant_id = here and r.file_id = wanted and s.done and s.person is not null)
     or exists (select 1 from steps_stepdecision where tenant_id = here
                 and enrolment_id = any(stays || behind))
     or exists (select 1 from people_person where tenant_id = here and id = any(come)
                 and version > 1)
     or exists (select 1 from people_contact where tenant_id = here and person_id = any(come)
                 and version > 1)
     or exists (select 1 from people_identity where tenant_id = here and person_id = any(come)
                 and version > 1)
     or exists (select 1 from intake_enrolment where tenant_id = here
                 and ((id = any(stays) and version > 1)
                   or (person_id = any(come) and not id = any(stays))))
     or exists (select 1 from intake_referral where tenant_id = here
                 and ((id = any(asked) and version > 1)
                   or (person_id = any(come) and not id = any(asked))))
     or exists (select 1 from standing_stepperiod where tenant_id = here
                 and ((id = any(spans) and version > 1)
                   or (enrolment_id = any(stays) and not id = any(spans))))
     or exists (select 1 from intake_assignment where tenant_id = here
                 and enrolment_id = any(stays) and (version > 1 or created_at > case
                   when what = 'citizens_dk' then at else (
                     select max(created_at) from intake_enrolment
                      where tenant_id = here and id = any(stays)) end))
     or exists (select 1 from standing_pause where tenant_id = here
                 and enrolment_id = any(stays))
     or exists (select 1 from standing_category where tenant_id = here
                 and (enrolment_id = any(stays) or person_id = any(come))
                 and (version > 1 or not imported))
     or exists (select 1 from hours_hoursentry where tenant_id = here
                 and (corrects_id = any(paid)
                   or (person_id = any(come) and (source <> 'list' or not imported))))
     or exists (select 1 from standing_datedfact where tenant_id = here
                 and person_id = any(come) and kind <> 'hours')
     or exists (select 1 from standing_scalereading where tenant_id = here
                 and enrolment_id = any(stays))
     or exists (select 1 from standing_judged where tenant_id = here
                 and enrolment_id = any(stays))
     or exists (select 1 from intake_income where tenant_id = here
                 and enrolment_id = any(stays) and (version > 1 or moment <> 'entry'))
     or exists (select 1 from background_earlierintervention where tenant_id = here
                 and ((id = any(years) and (version > 1 or struck))
                   or (person_id = any(come) and not id = any(years))))
     or exists (select 1 from background_agencyperiod where tenant_id = here
                 and ((id = any(years) and (version > 1 or struck))
                   or (person_id = any(come) and not id = any(years))))
     or exists (select 1 from access_shield where tenant_id = here and person = any(come))
     or exists (select 1 from imports_importrow where tenant_id = here and file_id <> wanted
                 and done and outcome in ('created', 'updated')
                 and (person = any(come) or enrolment = any(stays) or period = any(spans)))
  then
    return null;
  end if;
  -- What any other room has written about those who came, whichever rooms there are.
  for room in
    select a.attrelid::regclass::text from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
       and not c.relispartition and a.attname = 'person_id' and not a.attisdropped
       and c.relname !~ 'before$' and c.relname <> all (array['people_contact', 'people_identity',
         'intake_enrolment', 'intake_referral', 'intake_orderline', 'intake_income',
         'intake_assignment', 'standing_stepperiod', 'standing_category', 'standing_datedfact',
         'hours_hoursentry', 'background_earlierintervention', 'background_agencyperiod'])
  loop
    execute format('select exists (select 1 from %s where tenant_id = $1 and person_id = any($2))',
                   room) into there using here, come;
    if there then
      return null;
    end if;
  end loop;
  delete from background_earlierintervention where tenant_id = here and id = any(years);
  delete from background_agencyperiod where tenant_id = here and id = any(years);
  delete from hours_hoursentry where tenant_id = here
    and (id = any(paid) or person_id = any(come));
  delete from standing_datedfact where tenant_id = here and person_id = any(come);
  delete from standing_category where tenant_id = here and person_id = any(come);
  delete from standing_stepperiod where tenant_id = here and id = any(spans);
  update standing_stepperiod p
     set since = e.since, until = e.until, voided_at = null, version = p.version + 1
    from intake_enrolment e
   where p.tenant_id = here and e.tenant_id = here and e.id = p.enrolment_id
     and e.id = any(behind) and p.imported and p.id in (
       select r.period from imports_importrow r join imports_importfile f
           on f.tenant_id = r.tenant_id and f.id = r.file_id
        where r.tenant_id = here and r.enrolment = e.id and f.kind = 'participants');
  delete from intake_income where tenant_id = here and enrolment_id = any(stays);
  delete from intake_assignment where tenant_id = here and enrolment_id = any(stays);
  delete from intake_orderline where tenant_id = here and referral_id = any(asked);
  delete from intake_referral where tenant_id = here and id = any(asked);
  delete from intake_enrolment where tenant_id = here and id = any(stays);
  delete from access_relation where tenant_id = here and person = any(come);
  delete from people_contact where tenant_id = here and person_id = any(come);
  delete from people_identity where tenant_id = here and person_id = any(come);
  delete from people_person where tenant_id = here and id = any(come);
  return come;
end $$;
revoke all on function imports_undo(uuid) from public;
grant execute on function imports_undo(uuid) to stegvis_app;
"""

FIRMS = """
create or replace function imports_undo_firms(wanted uuid) returns boolean
language plpgsql security definer set search_path = public, pg_catalog, pg_temp as $$
declare
  here uuid := stegvis_tenant();
  made uuid[];      -- companies, staff and work on offer that it brought
  spots uuid[];    -- sites of those companies
  stored timestamptz;
  began timestamptz;
begin
  if here is null or not stegvis_service() then
    return false;
  end if;
  select stored_at, created_at into stored, began from imports_importfile
   where tenant_id = here and id = wanted;
  select coalesce(array_agg(distinct period) filter (where outcome = 'created'), '{}') into made
    from imports_importrow where tenant_id = here and file_id = wanted and done;
  select coalesce(array_agg(id), '{}') into spots from employers_site
   where tenant_id = here and company_id = any(made);
  if exists (select 1 from imports_importrow where tenant_id = here and file_id = wanted and done
              and outcome = 'updated')
     or exists (select 1 from imports_importrow where tenant_id = here and file_id <> wanted and done
                 and outcome in ('created', 'updated') and period = any(made))
     or exists (select 1 from employers_company where tenant_id = here and id = any(made)
                 and version > 1)
     or exists (select 1 from employers_site where tenant_id = here and id = any(spots)
                 and (version > 1 or created_at > stored))
     or exists (select 1 from employers_contactperson where tenant_id = here
                 and site_id = any(spots) and (version > 1 or created_at > stored))
     or exists (select 1 from employers_headcount where tenant_id = here
                 and site_id = any(spots) and (source <> 'list' or created_at > stored))
     or exists (select 1 from employers_opening where tenant_id = here
                 and (id = any(made) or site_id = any(spots))
                 and (version > 1 or created_at > stored))
     or exists (select 1 from employers_employee where tenant_id = here
                 and (id = any(made) or site_id = any(spots))
                 and (version > 1 or created_at > stored))
     or exists (select 1 from employers_completed c join employers_employee e
                  on e.tenant_id = c.tenant_id and e.id = c.employee_id
                 where c.tenant_id = here and c.version > 1
                   and (e.id = any(made) or e.site_id = any(spots)))
  then
    return false;
  end if;
  -- Whatever any other room says of them, whichever rooms there are, refuses the deletion.
  delete from employers_openingrequirement where tenant_id = here and opening_id in (
    select id from employers_opening where tenant_id = here
       and (id = any(made) or site_id = any(spots)));
  delete from employers_opening where tenant_id = here
    and (id = any(made) or site_id = any(spots));
  delete from employers_completed where tenant_id = here and employee_id in (
    select id from employers_employee where tenant_id = here
       and (id = any(made) or site_id = any(spots)));
  delete from employers_employee where tenant_id = here
    and (id = any(made) or site_id = any(spots));
  delete from employers_headcount where tenant_id = here and site_id = any(spots);
  delete from employers_contactperson where tenant_id = here and site_id = any(spots);
  delete from employers_site where tenant_id = here and id = any(spots);
  delete from employers_company where tenant_id = here and id = any(made);
  delete from employers_ambassadormodule m where m.tenant_id = here and m.version = 1
    and m.created_at between began and stored and not exists (
      select 1 from employers_completed c where c.tenant_id = here and c.module_id = m.id);
  set constraints all immediate;
  set constraints all deferred;
  return true;
exception when foreign_key_violation then
  return false;
end $$;
revoke all on function imports_undo_firms(uuid) from public;
grant execute on function imports_undo_firms(uuid) to stegvis_app;
"""
