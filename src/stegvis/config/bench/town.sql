-- Municipalities full of invented people, made by the database itself: a million take a minute or
-- two. Sizes come as settings (ground.py). Nothing here passes the product's verbs, so it is for
-- measuring only. Person p of all: municipality p / per_tenant, in it number i = p % per_tenant.
set session_replication_role = replica;  -- no triggers: the rows refer to each other by design
create schema bench;

-- A key that says what it is the key of; rows made together lie together, as with version 7.
create function bench.key(kind int, n bigint) returns uuid language sql immutable parallel safe as
$$ select (lpad(to_hex(kind), 8, '0') || '00007000' || '8000' || lpad(to_hex(n), 12, '0'))::uuid $$;

create function bench.size(name text) returns bigint language sql stable as
$$ select current_setting('bench.' || name)::bigint $$;

create table bench.person as
select p, p / bench.size('per_tenant') as t, i, i / bench.size('per_unit') as u,
       bench.key(1, p / bench.size('per_tenant')) as tenant,
       bench.key(2, p / bench.size('per_tenant') * 1000 + i / bench.size('per_unit')) as unit,
       bench.key(3, p / bench.size('per_tenant') * 1000000 + i / bench.size('per_worker')) as worker,
       bench.key(3, p / bench.size('per_tenant') * 1000000 + 700000 + i / 30) as supervisor,
       bench.key(5, p / bench.size('per_tenant')) as programme,
       3 + (i % 4)::int as step, current_date - 10 - (i * 7 % 180)::int as since,
       (array['Ada','Bo','Cilla','Dag','Ebba','Folke','Gun','Hugo','Ines','Jarl','Kaj','Lo'])
         [1 + i % 12] as given,
       (array['Grönlid','Ekwall','Sandvik','Åkerby','Öhman','Lindvall','Ström','Hedlund','Bergö',
              'Nyquist','Tallberg','Vik','Ahlbom'])[1 + i % 13] || i % 997 as family
  from (select p, p % bench.size('per_tenant') as i
          from generate_series(0, bench.size('tenants') * bench.size('per_tenant') - 1) p) n;
alter table bench.person add primary key (p);
analyze bench.person;

insert into tenancy_tenant (id, slug, name, country, timezone)
select bench.key(1, t), 'bench-' || t, 'Mätby ' || t, 'SE', 'Europe/Stockholm'
  from generate_series(0, bench.size('tenants') - 1) t;
insert into tenancy_unit (tenant_id, id, version, name, kind, track)
select distinct tenant, unit, 1, 'Enhet ' || u, 'office', 'ame' from bench.person;
insert into programmes_programmeversion (tenant_id, id, version, submission, created_at, key,
       number, text, others, checksum, note, published_on)
select bench.key(1, t), bench.key(5, t), 1, gen_random_uuid(), now(), 'jobbtrappa', 1,
       current_setting('bench.programme'), '{}', repeat('0', 64), '', current_date - 500
  from generate_series(0, bench.size('tenants') - 1) t;

create table bench.member as
select distinct tenant, t * 1000000 + i / bench.size('per_worker') as n, worker as id, unit,
       'case_worker' as role, 'Karin Handledsdotter ' || i / bench.size('per_worker') as name
  from bench.person where i % bench.size('per_unit') % bench.size('per_worker') = 0
union all
select distinct tenant, t * 1000000 + 500000 + u, bench.key(3, t * 1000000 + 500000 + u), unit,
       'unit_manager', 'Maj Chefsdotter ' || u from bench.person
union all
select distinct on (supervisor) tenant, t * 1000000 + 700000 + i / 30, supervisor, unit,
       'work_supervisor', 'Sten Arbetsledare ' || i / 30 from bench.person;
insert into accounts_user (id, password, email, name, language, is_active)
overriding system value
select n + 1, '!' || md5(n::text), 'm' || n || '@matby.example', name, '', true from bench.member;
insert into accounts_member (tenant_id, id, version, user_id, name, title, signature, unit_id)
select tenant, id, 1, n + 1, name, '', '', unit from bench.member;
insert into accounts_grant (tenant_id, id, version, role, since, need, unit_id, member_id)
select tenant, bench.key(4, n), 1, role, current_date - 700, '', unit, id from bench.member;

insert into people_person (tenant_id, id, version, given_name, family_name, sort_key, search,
       born_on, sex, language, needs_interpreter)
select tenant, bench.key(6, p), 1, given, family, lower(family || ', ' || given),
       lower(given || ' ' || family), date '1970-01-01' + (p % 12000)::int, 'u', '', false
  from bench.person;
insert into people_identity (tenant_id, id, version, country, kind, sealed, mark, hint, since,
       person_id)
select tenant, bench.key(13, p), 1, 'SE', 'personal', sha256(p::text::bytea),
       sha256(('mark' || p)::bytea), '700101-••••', current_date - 400, bench.key(6, p)
  from bench.person;
insert into intake_referral (tenant_id, id, version, submission, created_at, number, referrer_kind,
       referrer_name, referrer_contact, state, received_on, answer_by, answered_on, question,
       answer, need, services_asked, services_accepted, difference_told, imported, person_id,
       unit_id)
select tenant, bench.key(8, p), 1, bench.key(108, p), now(), '2025-' || i, 'AF', 'AF', '',
       'accepted', current_date - 430, current_date - 416, current_date - 420, '', '',
       'Arbetsträning', '{}', '{}', '', false, bench.key(6, p), unit
  from bench.person;
insert into intake_enrolment (tenant_id, id, version, submission, created_at, agency, eligibility,
       since, exit_reason, exit_note, imported, person_id, programme_id, unit_id, referral_id)
select tenant, bench.key(7, p), 1, bench.key(107, p), now(), 'AF', '', current_date - 410, '', '',
       false, bench.key(6, p), programme, unit, bench.key(8, p)
  from bench.person;
insert into intake_assignment (tenant_id, id, version, submission, created_at, part, since, because,
       member_id, person_id, enrolment_id)
select tenant, bench.key(11, p * 2), 1, bench.key(111, p * 2), now(), 'case_worker',
       current_date - 410, '', worker, bench.key(6, p), bench.key(7, p)
  from bench.person
union all
select tenant, bench.key(11, p * 2 + 1), 1, bench.key(111, p * 2 + 1), now(), 'work_supervisor',
       current_date - 300, '', supervisor, bench.key(6, p), bench.key(7, p)
  from bench.person;
insert into access_relation (tenant_id, id, version, person, kind, since, because, member_id,
       unit_id)
select tenant, bench.key(12, p * 3), 1, bench.key(6, p), 'case_worker', current_date - 410, '',
       worker, null::uuid from bench.person
union all
select tenant, bench.key(12, p * 3 + 1), 1, bench.key(6, p), 'work_supervisor', current_date - 300,
       '', supervisor, null from bench.person
union all
select tenant, bench.key(12, p * 3 + 2), 1, bench.key(6, p), 'unit', current_date - 410, '', null,
       unit from bench.person;
insert into access_shield (tenant_id, id, version, person, grade, since, source)
select tenant, bench.key(18, p), 1, bench.key(6, p), 'marked', current_date - 400, 'staff'
  from bench.person where i % 200 = 199;  -- one in two hundred is protected

insert into standing_stepperiod (tenant_id, id, version, submission, created_at, ladder, step,
       ordinal, attempt, since, until, support, purpose, note, imported, enrolment_id, person_id)
select tenant, bench.key(9, p * 3 + k), 1, bench.key(109, p * 3 + k), now(), 'trappa',
       's' || case when k < 2 then k + 1 else step end, case when k < 2 then k + 1 else step end, 1,
       case k when 0 then current_date - 400 when 1 then current_date - 300 else since end,
       case k when 0 then current_date - 300 when 1 then since end,
       '', '', '', false, bench.key(7, p), bench.key(6, p)
  from bench.person cross join generate_series(0, 2) k;
insert into standing_pause (tenant_id, id, version, submission, created_at, since, until, reason,
       note, enrolment_id, person_id)
select tenant, bench.key(14, p), 1, bench.key(114, p), now(), current_date - 250,
       current_date - 230, 'illness', '', bench.key(7, p), bench.key(6, p)
  from bench.person where i % 3 = 0;
insert into standing_category (tenant_id, id, version, submission, created_at, category_set, code,
       instrument, "on", grounds, imported, enrolment_id, person_id)
select tenant, bench.key(15, p), 1, bench.key(115, p), now(), 'need_category', 'AM' || 1 + i % 3, '',
       current_date - 390, '', false, bench.key(7, p), bench.key(6, p)
  from bench.person;
insert into standing_judged (tenant_id, id, version, submission, created_at, criterion, met, basis,
       "on", by_id, enrolment_id, person_id)
select tenant, bench.key(16, p), 1, bench.key(116, p), now(), current_setting('bench.criterion'),
       true, 'Sett i arbetet.', current_date - 20, worker, bench.key(7, p), bench.key(6, p)
  from bench.person;
insert into intake_income (tenant_id, id, version, submission, created_at, moment, source, "on",
       enrolment_id, person_id)
select tenant, bench.key(17, p), 1, bench.key(117, p), now(), 'entry', 'social_assistance',
       current_date - 410, bench.key(7, p), bench.key(6, p)
  from bench.person;
insert into steps_stepdecision (tenant_id, id, version, submission, created_at, kind, ladder,
       from_step, to_step, skipped, effective_on, advice, against_advice, reasons, grounds,
       own_words, own_words_missing, review_on, by_id, closes_id, opens_id, enrolment_id,
       programme_id, person_id)
select tenant, bench.key(10, p * 3 + k), 1, bench.key(110, p * 3 + k),
       now() - (10 - k) * interval '30 days',
       case when k = 0 then 'enter' when k = 2 and step > 3 then 'skip' else 'forward' end, 'trappa',
       case k when 0 then '' when 1 then 's1' else 's2' end,
       's' || case when k < 2 then k + 1 else step end, '{}',
       case k when 0 then current_date - 400 when 1 then current_date - 300 else since end,
       current_setting('bench.advice')::jsonb, false, '{}', 'Kartläggningen är klar och gick väl.',
       'Jag vill prova mer.', '', case when k = 2 then current_date - 20 + (i * 11 % 90)::int end,
       worker, case when k > 0 then bench.key(9, p * 3 + k - 1) end, bench.key(9, p * 3 + k),
       bench.key(7, p), programme, bench.key(6, p)
  from bench.person cross join generate_series(0, 2) k;
set session_replication_role = origin;
analyze;
