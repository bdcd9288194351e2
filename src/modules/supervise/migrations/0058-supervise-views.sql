-- Breakage: none (new views).
-- What other modules may read of supervision. A view's name carries its version: a changed meaning is a new view.

create view supervise_result_v1 as
select r.id, r.log_id, l.name as log_name, r.plan_id, r.check_id, r.check_version, r.code, r.severity, r.case_id, r.subject,
  r.says, r.columns, r.evidence, r.officer_marks, r.region, r.power, r.state, r.changed_in, r.changed_at,
  c.definition -> 'title' as check_title,
  -- The plan's articles first, then the check's, each once.
  (select coalesce(jsonb_agg(b.ref order by b.place), '[]')
    from (select e.ref, min(e.place) as place
      from jsonb_array_elements_text(to_jsonb(r.basis) || (c.definition -> 'basis')) with ordinality as e (ref, place)
      group by e.ref) b) as basis,
  c.definition -> 'innocent' as innocent, c.definition -> 'guide' as guide
from supervise_result r
join log l on l.id = r.log_id
join supervise_check c on c.check_id = r.check_id and c.version = r.check_version;
