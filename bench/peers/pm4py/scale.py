"""Reads one CSV and answers about it with PM4Py: a process of its own, so that its peak is its own."""
import json
import re
import resource
import sys
import time

import pandas
import pm4py

columns = json.loads(sys.argv[2])
stages = {}
last = time.perf_counter()


def stage(name):
    global last
    now = time.perf_counter()
    stages[name] = now - last
    last = now


log = pm4py.format_dataframe(pandas.read_csv(sys.argv[1]), **columns)
stage("read")
variants = pm4py.get_variants(log)
stage("variants")
graph, _, _ = pm4py.discover_performance_dfg(log)
stage("graph")
durations = pm4py.get_all_case_durations(log)
stage("durations")
usage = resource.getrusage(resource.RUSAGE_SELF)
peak = int(re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read()).group(1)) / 1024
print(
    json.dumps(
        {
            "found": {
                "cases": int(log["case:concept:name"].nunique()),
                "events": len(log),
                "variants": len(variants),
                "edges": len(graph),
            },
            "stages": stages,
            "wall": sum(stages.values()),
            "cpu": usage.ru_utime + usage.ru_stime,
            "peak": peak,
            "version": pm4py.__version__,
        }
    )
)
