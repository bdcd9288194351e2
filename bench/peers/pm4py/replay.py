"""Replays a log by PM4Py's token replay and says what it cost: `replay.py LOG NET.pnml EVENTS [COLUMNS as JSON]`.

The log is repeated under new case ids until it has so many events.
"""
import json
import math
import sys
import time
import warnings

warnings.filterwarnings("ignore")
import pandas
import pm4py

path, model, events = sys.argv[1], sys.argv[2], int(sys.argv[3])
columns = json.loads(sys.argv[4]) if len(sys.argv) > 4 else {}
if ".csv" in path:
    frame = pandas.read_csv(path, encoding=columns.pop("encoding", "utf-8"))
    frame = pm4py.format_dataframe(frame, **columns)
else:
    frame = pm4py.read_xes(path)
case = "case:concept:name"
frame = frame[[case, "concept:name", "time:timestamp"]]
copies = max(1, math.ceil(events / len(frame)))
log = pandas.concat([frame.assign(**{case: frame[case] + f"#{copy}"}) for copy in range(copies)], ignore_index=True)
net, initial, final = pm4py.read_pnml(model)

wall, cpu = time.perf_counter(), time.process_time()
found = pm4py.conformance_diagnostics_token_based_replay(log, net, initial, final)
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
total = lambda key: int(sum(case[key] for case in found))
print(
    json.dumps(
        {
            "cases": len(found),
            "events": len(log),
            "missing": total("missing_tokens"),
            "remaining": total("remaining_tokens"),
            "consumed": total("consumed_tokens"),
            "produced": total("produced_tokens"),
            "fitting": total("trace_is_fit"),
            "wall": wall,
            "cpu": cpu,
            "version": pm4py.__version__,
        }
    )
)
