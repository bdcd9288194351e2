-- Breakage: none (new tables and views).
-- What other modules may read of the list. A view's name carries its version: a changed meaning is a new view.

-- Powers that the list has published at some time, in the version that holds or last held.
create or replace view list_power_v1 as
select p.code, p.region, p.state, v.version, v.name_zh, v.name_en, v.kind, v.level, v.organs, v.procedure, v.net_hash,
  v.statutory_value, v.statutory_unit, v.statutory_basis, v.promised_value, v.promised_unit, v.case_kinds, v.special,
  v.published_at
from power p join power_version v on v.code = p.code and v.version = p.published_version;

-- Pieces of laws, with when their version holds; `effective_on` is null where nobody states it.
create or replace view list_law_node_v1 as
select coalesce(l.code, l.short_title) as law, l.title, l.rank, v.version, v.effective_on, v.effective_source,
  n.address, n.kind, n.label, n.text, g.zh as gist_zh, g.en as gist_en
from law l
join law_version v on v.law_key = l.law_key and v.copy = 1
join law_node n on n.version_key = v.version_key
left join law_gist g on g.version_key = n.version_key and g.address = n.address
union all
select coalesce(l.code, l.short_title), l.title, l.rank, v.version, v.effective_on, v.effective_source,
  g.address, null, null, null, g.zh, g.en
from law l
join law_version v on v.law_key = l.law_key and v.copy = 1
join law_gist g on g.version_key = v.version_key
where not exists (select from law_node n where n.version_key = g.version_key and n.address = g.address);
