"""Writes nets that PM4Py discovers from one log, and the log as it reads it: `models.py LOG FOLDER`."""
import os
import sys
import warnings

warnings.filterwarnings("ignore")
import pandas
import pm4py

path, folder = sys.argv[1], sys.argv[2]
if path.endswith(".csv"):
    table = pandas.read_csv(path)
    table["time:timestamp"] = pandas.to_datetime(table["time:timestamp"], utc=True, format="mixed")
    table = pm4py.format_dataframe(table, case_id="case:concept:name", activity_key="concept:name", timestamp_key="time:timestamp")
else:
    table = pm4py.convert_to_dataframe(pm4py.read_xes(path))
table = table[["case:concept:name", "concept:name", "time:timestamp"]]
os.makedirs(os.path.join(folder, "models"), exist_ok=True)
pm4py.write_xes(table, os.path.join(folder, "log.xes"))
nets = {
    "heu": lambda: pm4py.discover_petri_net_heuristics(table),
    "im00": lambda: pm4py.discover_petri_net_inductive(table),
    "imf02": lambda: pm4py.discover_petri_net_inductive(table, noise_threshold=0.2),
}
for name, discover in nets.items():
    net, initial, final = discover()
    pm4py.write_pnml(net, initial, final, os.path.join(folder, "models", name + ".pnml"))
