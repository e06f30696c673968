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
  room text;
  there boolean;
begin
  if here is null or not stegvis_service() then
    return null;
  end if;
  select kind into what from imports_importfile where tenant_id = here and id = wanted;
  select coalesce(array_agg(distinct person) filter (where before ? 'new'), '{}'),
         coalesce(array_agg(distinct enrolment) filter (
           where what = 'participants' and period is not null), '{}'),
         coalesce(array_agg(distinct period) filter (where period is not null
           and (what = 'participants' or (what = 'step_history' and outcome = 'created'))), '{}'),
         coalesce(array_agg(distinct referral) filter (where outcome = 'created'
           and referral is not null), '{}'),
         coalesce(array_agg(distinct enrolment) filter (where what = 'step_history'
           and outcome = 'created'), '{}'),
         coalesce(array_agg(distinct period) filter (where what = 'earlier_interventions'
           and outcome = 'created' and period is not null), '{}')
    into come, stays, spans, asked, behind, years
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
                 and enrolment_id = any(stays) and (version > 1 or created_at > (
                   select max(created_at) from intake_enrolment
                    where tenant_id = here and id = any(stays))))
     or exists (select 1 from standing_pause where tenant_id = here
                 and enrolment_id = any(stays))
     or exists (select 1 from standing_category where tenant_id = here
                 and enrolment_id = any(stays))
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
         'intake_assignment', 'standing_stepperiod', 'background_earlierintervention',
         'background_agencyperiod'])
  loop
    execute format('select exists (select 1 from %s where tenant_id = $1 and person_id = any($2))',
                   room) into there using here, come;
    if there then
      return null;
    end if;
  end loop;
  delete from background_earlierintervention where tenant_id = here and id = any(years);
  delete from background_agencyperiod where tenant_id = here and id = any(years);
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
