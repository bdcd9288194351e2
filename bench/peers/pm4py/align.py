"""Aligns one log with one net by one exact variant of PM4Py and says what it cost: `align.py LOG NET.pnml SECONDS VARIANT`."""
import json
import sys
import time
import warnings

warnings.filterwarnings("ignore")
import pm4py
from pm4py.algo.conformance.alignments.petri_net.variants import dijkstra_no_heuristics, state_equation_a_star
from pm4py.objects.petri_net.utils.check_soundness import check_easy_soundness_net_in_fin_marking

path, model, limit = sys.argv[1], sys.argv[2], float(sys.argv[3])
algorithm = {"a-star": state_equation_a_star, "dijkstra": dijkstra_no_heuristics}[sys.argv[4]]
log = pm4py.convert_to_event_log(pm4py.read_xes(path))
net, initial, final = pm4py.read_pnml(model)
variants = {}
for trace in log:
    variants.setdefault(tuple(event["concept:name"] for event in trace), []).append(trace)

wall, cpu = time.perf_counter(), time.process_time()
solved, cost, begun = 0, 0, 0
if check_easy_soundness_net_in_fin_marking(net, initial, final):
    for traces in variants.values():
        if time.process_time() - cpu > limit:
            break
        begun += 1
        found = algorithm.apply(traces[0], net, initial, final, {"max_align_time_trace": limit})
        if found is not None:
            solved += len(traces)
            cost += len(traces) * int(found["cost"])
print(
    json.dumps(
        {
            "cases": len(log),
            "variants": len(variants),
            "begun": begun,
            "solved": solved,
            "cost": cost,
            "wall": time.perf_counter() - wall,
            "cpu": time.process_time() - cpu,
            "version": pm4py.__version__,
        }
    )
)
