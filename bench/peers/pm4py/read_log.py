"""Reads one log as PM4Py's documentation does, and says how long it took: a process of its own, so that its memory is its own."""
import json
import resource
import sys
import time

import pandas
import pm4py

path, kind = sys.argv[1], sys.argv[2]
columns = json.loads(sys.argv[3]) if len(sys.argv) > 3 else {}
cpu = resource.getrusage(resource.RUSAGE_SELF)
start = time.perf_counter()
if kind == "xes":
    log = pm4py.read_xes(path)
else:
    frame = pandas.read_csv(path, encoding=columns.pop("encoding", "utf-8"))
    log = pm4py.format_dataframe(frame, **columns)
wall = time.perf_counter() - start
after = resource.getrusage(resource.RUSAGE_SELF)
print(
    json.dumps(
        {
            "cases": int(log["case:concept:name"].nunique()),
            "events": int(len(log)),
            "wall": wall,
            "cpu": after.ru_utime + after.ru_stime - cpu.ru_utime - cpu.ru_stime,
            "memory": after.ru_maxrss / 1024,
            "version": pm4py.__version__,
        }
    )
)
