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

create temporary table export (line text not null) on commit drop;
-- One JSON value a line. JSON escapes control characters, so the two that quote and divide stand nowhere.
\copy export from pstdin with (format csv, quote e'\x01', delimiter e'\x02')

-- PostgreSQL has no text with the character NUL, which becomes U+FFFD. `\\u0000` is a backslash and five
-- letters: with each escaped backslash written as another escape, what is left of `\u0000` is a NUL.
create temporary table line on commit drop as
select replace(replace(line, '\\', '\u005c'), '\u0000', '\ufffd')::jsonb as data from export;

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
comment on column almanac.passage.search is
  'words of each text, up to where they outgrow a tsvector, which holds 1 MB';

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

-- Returns the words of four texts with the weights A to D. Of texts with more words than a tsvector holds,
-- only the beginnings are indexed, which a warning says.
create function pg_temp.weighted(place text, a text, b text, c text, d text)
returns tsvector language plpgsql as $$
declare
  whole constant integer := greatest(length(a), length(b), length(c), length(d));
  most integer := whole;
  words tsvector;
begin
  loop
    begin
      words := setweight(to_tsvector('english', left(a, most)), 'A')
        || setweight(to_tsvector('english', left(b, most)), 'B')
        || setweight(to_tsvector('english', left(c, most)), 'C')
        || setweight(to_tsvector('english', left(d, most)), 'D');
      exit;
    exception when program_limit_exceeded then
      most := most * 0.9;
    end;
  end loop;
  if most < whole then
    raise warning '%: search finds words of the first % of % characters only', place, most, whole;
  end if;
  return words;
end
$$;

insert into almanac.passage
select article.id, part.position, part.anchor, part.heading, part.body,
  pg_temp.weighted(
    concat_ws('#', article.id, part.anchor),
    concat_ws(' ', article.title, article.data->'keywords'),
    concat_ws(' ', article.description, part.heading),
    concat_ws(' ', article.data->'questions'),
    part.body
  )
from almanac.article, lateral (
  select 0 as position, null as anchor, null as heading, article.data->>'lead' as body
  union all
  select section.position::integer, section.data->>'anchor', section.data->>'title', section.data->>'text'
  from jsonb_array_elements(article.data->'sections') with ordinality as section(data, position)
) as part;

create index on almanac.passage using gin (search);
create index on almanac.record using gin (data jsonb_path_ops);

-- The best passage of each article that has a word of the query, the best first. `"quoted words"` must
-- stand together, `-word` must not stand in the passage.
create function almanac.search(query text, most integer default 10)
returns table (article text, anchor text, title text, heading text, rank real, snippet text)
language sql stable as $$
  with asked as (
    select
      -- Any word may match; the more the better. Excluded ones are taken out, but not in quotes.
      replace(plainto_tsquery('english', regexp_replace(
        query, '("[^"]*"?)|(?:^|\s)-(?:"[^"]*"?|[^\s"]+)', '\1 ', 'g'
      ))::text, ' & ', ' | ')::tsquery as words,
      -- Quoted ones must stand together, and what has a minus must not stand in the passage.
      websearch_to_tsquery('english', (
        select string_agg(part[1], ' ')
        from regexp_matches(query, '(?:^|\s)-[^\s"]+|(?:(?:^|\s)-)?"[^"]*"?', 'g') as part
      )) as marked
  ),
  ranked as (
    select distinct on (passage.article) passage.*,
      -- Weights of D, C, B and A.
      ts_rank('{0.4, 0.5, 0.7, 1.0}', passage.search, asked.words) as rank
    from almanac.passage, asked
    where passage.search @@ asked.words
      and (passage.search @@ asked.marked or coalesce(numnode(asked.marked), 0) = 0)
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
