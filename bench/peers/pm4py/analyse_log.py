"""Reads one log by PM4Py and times its analyses: `analyse_log.py LOG KIND COLUMNS`; of each the faster of PM4Py's own ways."""
import json
import sys
import time
import warnings

warnings.filterwarnings("ignore")
import pandas
import pm4py
from pm4py.algo.conformance.temporal_profile import algorithm as temporal_conformance
from pm4py.algo.discovery.temporal_profile import algorithm as temporal_discovery

path, kind = sys.argv[1], sys.argv[2]
columns = json.loads(sys.argv[3]) if len(sys.argv) > 3 else {}


def timed(work):
    wall, cpu = time.perf_counter(), time.process_time()
    found = work()
    return found, {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}


def read():
    if kind == "xes":
        return pm4py.read_xes(path)
    return pm4py.format_dataframe(pandas.read_csv(path), **columns)


def analyse():
    graph, _, _ = pm4py.discover_dfg(frame)
    performance, _, _ = pm4py.discover_performance_dfg(frame)
    return pm4py.get_variants(frame), graph, performance, pm4py.get_all_case_durations(frame)


def temporal(log):
    profile = temporal_discovery.apply(log)
    return profile, temporal_conformance.apply(log, profile, parameters={"zeta": 6.0})


frame, reading = timed(read)
(variants, graph, performance, durations), analysing = timed(analyse)
(profile, deviations), by_frame = timed(lambda: temporal(frame))
traces = pm4py.convert_to_event_log(frame)
_, by_traces = timed(lambda: temporal(traces))
print(
    json.dumps(
        {
            "cases": int(frame["case:concept:name"].nunique()),
            "events": len(frame),
            "read": reading,
            "analysed": analysing,
            "temporal": min(by_frame, by_traces, key=lambda each: each["cpu"]),
            "counts": {
                "variants": len(variants),
                "edges": len(graph),
                "follows": int(sum(graph.values())),
                "pairs": len(profile),
                "deviations": sum(len(each) for each in deviations),
            },
            "means": {
                "edges": float(sum(each["mean"] for each in performance.values())),
                "duration": float(sum(durations) / len(durations)),
                "sds": float(sum(sd for _, sd in profile.values())),
            },
            "version": pm4py.__version__,
        }
    )
)
