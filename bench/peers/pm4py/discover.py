"""Discovers a process tree by PM4Py's inductive miner and says what it cost: `discover.py LOG NOISE OUT.pnml [COLUMNS as JSON]`."""
import json
import sys
import time
import warnings

warnings.filterwarnings("ignore")
import pandas
import pm4py

path, noise, out = sys.argv[1], float(sys.argv[2]), sys.argv[3]
columns = json.loads(sys.argv[4]) if len(sys.argv) > 4 else {}
if ".csv" in path:
    frame = pandas.read_csv(path, encoding=columns.pop("encoding", "utf-8"))
    log = pm4py.format_dataframe(frame, **columns)
else:
    log = pm4py.read_xes(path)

wall, cpu = time.perf_counter(), time.process_time()
tree = pm4py.discover_process_tree_inductive(log, noise_threshold=noise)
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
pm4py.write_pnml(*pm4py.convert_to_petri_net(tree), out)


def nodes(node):
    return 1 + sum(nodes(child) for child in node.children)


print(
    json.dumps(
        {
            "cases": int(log["case:concept:name"].nunique()),
            "nodes": nodes(tree),
            "wall": wall,
            "cpu": cpu,
            "version": pm4py.__version__,
        }
    )
)
