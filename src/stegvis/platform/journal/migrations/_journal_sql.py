"""The journal's tables and verbs. Partitioned by month: the read log of a country is billions of
rows, and what is old is taken out by dropping a month, not by deleting rows."""

JOURNAL = """
create table journal_event (
  tenant_id uuid not null,
  seq bigint not null,
  at timestamptz not null,
  sort text not null check (sort in ('read', 'write', 'denied', 'search', 'batch')),
  what text not null,
  member uuid,
  service text not null,
  unit uuid,
  purpose text not null,
  basis text not null,
  shows text not null,
  persons uuid[] not null,
  request uuid,
  details jsonb not null,
  previous bytea not null,
  hash bytea not null,
  primary key (tenant_id, at, seq)
) partition by range (at);
create index journal_event_seq on journal_event (tenant_id, seq);
create index journal_event_persons on journal_event using gin (persons);
create index journal_event_member on journal_event (tenant_id, member, at);
create table journal_event_rest partition of journal_event default;
create table journal_head (
  tenant_id uuid primary key references tenancy_tenant (id),
  seq bigint not null,
  hash bytea not null
);

-- Makes the months from this one on. Runs as the owner: the app role may add rows, never tables.
create function journal_months(ahead int default 3) returns int
language plpgsql security definer set search_path = public, pg_catalog, pg_temp as $$
declare
  first date := date_trunc('month', now() at time zone 'UTC')::date;
  month date;
  made int := 0;
begin
  for i in 0..least(ahead, 24) loop
    month := (first + make_interval(months => i))::date;
    if to_regclass('public.journal_event_' || to_char(month, 'YYYYMM')) is null then
      execute format('create table journal_event_%s partition of journal_event '
        'for values from (%L) to (%L)', to_char(month, 'YYYYMM'),
        month::text || ' 00:00+00', (month + interval '1 month')::date::text || ' 00:00+00');
      made := made + 1;
    end if;
  end loop;
  return made;
end $$;

create function journal_digest(previous bytea, e journal_event) returns bytea
language sql stable as $$
  select sha256(previous || convert_to(concat_ws(chr(31), e.tenant_id, e.seq,
    (extract(epoch from e.at) * 1000000)::bigint, e.sort, e.what, coalesce(e.member::text, ''),
    e.service, coalesce(e.unit::text, ''), e.purpose, e.basis, e.shows, e.persons::text,
    coalesce(e.request::text, ''), e.details::text), 'UTF8')) $$;

-- Appends in the caller's transaction. The head row is the lock of the municipality's chain.
create function journal_append(events jsonb) returns bigint language plpgsql volatile as $$
declare
  tenant uuid := stegvis_tenant();
  last_seq bigint;
  last_hash bytea;
  entry jsonb;
  e journal_event;
begin
  if tenant is null then
    raise exception 'the journal is written inside a municipality';
  end if;
  insert into journal_head values (tenant, 0, '\\x') on conflict do nothing;
  select seq, hash into last_seq, last_hash from journal_head where tenant_id = tenant for update;
  for entry in select * from jsonb_array_elements(events) loop
    last_seq := last_seq + 1;
    e.tenant_id := tenant;
    e.seq := last_seq;
    e.at := clock_timestamp();
    e.sort := entry->>'sort';
    e.what := entry->>'what';
    e.member := stegvis_member();
    e.service := coalesce(current_setting('stegvis.service', true), '');
    e.unit := nullif(entry->>'unit', '')::uuid;
    e.purpose := coalesce(entry->>'purpose', '');
    e.basis := coalesce(entry->>'basis', '');
    e.shows := coalesce(entry->>'shows', '');
    e.persons := array(select value::uuid from jsonb_array_elements_text(entry->'persons'));
    e.request := nullif(entry->>'request', '')::uuid;
    e.details := coalesce(entry->'details', '{}'::jsonb);
    e.previous := last_hash;
    e.hash := journal_digest(last_hash, e);
    insert into journal_event values (e.*);
    last_hash := e.hash;
  end loop;
  update journal_head set seq = last_seq, hash = last_hash where tenant_id = tenant;
  return last_seq;
end $$;

create function journal_verify(out length bigint, out broken_at bigint, out head bytea)
language plpgsql stable as $$
declare
  e journal_event;
  kept record;
  expected bigint := 0;
  running bytea := '\\x';
begin
  length := 0;
  for e in select * from journal_event where tenant_id = stegvis_tenant() order by seq loop
    expected := expected + 1;
    length := length + 1;
    if e.seq <> expected or e.previous <> running or e.hash <> journal_digest(running, e) then
      broken_at := expected;
      exit;
    end if;
    running := e.hash;
  end loop;
  head := running;
  select seq, hash into kept from journal_head where tenant_id = stegvis_tenant();
  if broken_at is null and (coalesce(kept.seq, 0) <> expected or
     coalesce(kept.hash, '\\x') <> running) then
    broken_at := expected + 1;
  end if;
end $$;
select journal_months();
"""


def wall(table: str, rights: str) -> str:
    inside = "tenant_id = (select stegvis_tenant())"
    return f"""
alter table {table} enable row level security;
alter table {table} force row level security;
create policy tenant on {table} using ({inside}) with check ({inside});
grant {rights} on {table} to stegvis_app;
"""


WALLS = (
    wall("journal_event", "select, insert")
    + wall("journal_head", "select, insert, update")
    + wall("journal_submission", "select, insert, update")
)
