-- Breakage: none (new columns; what was judged before keeps its counts and gets what can be told of it).
-- What is not solved within its limits of time and memory keeps the proven bounds of its cost, and why.

alter table log_variant_conformance
  add column cost_lower bigint,
  add column cost_upper bigint,
  -- states, time, memory or defect where the cost is not known.
  add column why text;
update log_variant_conformance set cost_lower = cost, cost_upper = cost;
update log_variant_conformance set why = 'states' where cost is null;

alter table log_conformance
  -- Cases without a cost by the reason why.
  add column unsolved_by jsonb not null default '{}',
  -- What the judging was allowed to take: threads, memory (MiB), seconds, caseSeconds.
  add column limits jsonb,
  add column fitness double precision,
  -- Between which values the fitness of all cases lies, the unsolved with their bounds.
  add column fitness_lower double precision,
  add column fitness_upper double precision,
  -- How often the cases came through each element of the diagram.
  add column elements jsonb not null default '[]';
update log_conformance set unsolved_by = jsonb_build_object('states', unsolved) where unsolved > 0;

-- Each count of a deviation now names the element that it is drawn at, and how many events it stands for.
create temporary table deviation_count on commit drop as
select v.conformance_id, (d ->> 'kind') || ':' || (d ->> 'step') as key, min(d ->> 'element') as element,
  sum(n.cases * case when d ->> 'kind' in ('skipped', 'order') then 1 else jsonb_array_length(d -> 'events') end) as events
from log_variant_conformance v
join log_conformance j on j.id = v.conformance_id
cross join lateral (
  select count(*) as cases from log_case c
  where c.log_id = j.log_id and c.variant = v.variant and c.unfinished = v.unfinished) n
cross join lateral jsonb_array_elements(v.deviations) d
group by 1, 2;
update log_conformance j set deviations = coalesce((
  select jsonb_agg(o.d || jsonb_build_object('element', c.element, 'events', coalesce(c.events, 0)) order by o.place)
  from jsonb_array_elements(j.deviations) with ordinality o (d, place)
  left join deviation_count c on c.conformance_id = j.id and c.key = o.d ->> 'key'), '[]');
