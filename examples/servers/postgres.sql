-- Loads the export into PostgreSQL (15 or later), in place of what was loaded before:
--
--   cargo run --example export -- --format ndjson | psql -f examples/servers/postgres.sql
--
-- The schema `almanac` then has the tables `article`, `passage` (each lead and each section, with what
-- is searched) and `record`, and `almanac.search('words', 10)` ranks.

\set ON_ERROR_STOP on
\set QUIET on
set client_min_messages to warning;
begin;

create temporary table line (data jsonb not null) on commit drop;
-- One JSON value a line. JSON escapes control characters, so the two that quote and divide stand nowhere.
\copy line from pstdin with (format csv, quote e'\x01', delimiter e'\x02')

drop schema if exists almanac cascade;
create schema almanac;

create table almanac.article (
  id text primary key,
  title text not null,
  description text not null,
  position integer not null,
  data jsonb not null
);
comment on column almanac.article.position is 'place in sidebar order, from 1';

create table almanac.passage (
  article text not null references almanac.article,
  position integer not null,
  anchor text,
  heading text,
  body text not null,
  search tsvector not null,
  primary key (article, position)
);
comment on column almanac.passage.position is '0 is the lead; then the sections in document order';

create table almanac.record (
  kind text not null,
  id text not null,
  article text not null references almanac.article,
  section text not null,
  data jsonb not null,
  primary key (kind, id)
);

insert into almanac.article
select data->>'id', data->>'title', data->>'description', row_number() over (), data
from line
where not data ? 'record';

insert into almanac.record
select data->>'record', data->>'id', data->>'article', data->>'section', data
from line
where data ? 'record';

insert into almanac.passage
select article.id, part.position, part.anchor, part.heading, part.body,
  setweight(to_tsvector('english', concat_ws(' ', article.title, article.data->'keywords')), 'A')
  || setweight(to_tsvector('english', concat_ws(' ', article.description, part.heading)), 'B')
  || setweight(to_tsvector('english', concat_ws(' ', article.data->'questions')), 'C')
  || setweight(to_tsvector('english', part.body), 'D')
from almanac.article, lateral (
  select 0 as position, null as anchor, null as heading, article.data->>'lead' as body
  union all
  select section.position::integer, section.data->>'anchor', section.data->>'title', section.data->>'text'
  from jsonb_array_elements(article.data->'sections') with ordinality as section(data, position)
) as part;

create index on almanac.passage using gin (search);
create index on almanac.record using gin (data jsonb_path_ops);

-- The best passage of each article that has a word of the query, the best first.
create function almanac.search(query text, most integer default 10)
returns table (article text, anchor text, title text, heading text, rank real, snippet text)
language sql stable as $$
  with asked as (
    -- Any word may match; the more the better.
    select replace(plainto_tsquery('english', query)::text, ' & ', ' | ')::tsquery as words
  ),
  ranked as (
    select distinct on (passage.article) passage.*,
      -- Weights of D, C, B and A.
      ts_rank('{0.4, 0.5, 0.7, 1.0}', passage.search, asked.words) as rank
    from almanac.passage, asked
    where passage.search @@ asked.words
    order by passage.article, rank desc, passage.position
  ),
  best as (
    select ranked.*, article.title, article.position as place
    from ranked join almanac.article on article.id = ranked.article
    order by rank desc, article.position
    limit most
  )
  select best.article, best.anchor, best.title, best.heading, best.rank,
    ts_headline('english', best.body, asked.words, 'MaxFragments=1, MaxWords=35, MinWords=15')
  from best, asked
  order by best.rank desc, best.place
$$;

commit;
analyze almanac.article, almanac.passage, almanac.record;
select (select count(*) from almanac.article) as articles,
  (select count(*) from almanac.passage) as passages,
  (select count(*) from almanac.record) as records;
