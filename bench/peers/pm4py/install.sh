#!/bin/sh
# Installs PM4Py beside this file, in .venv (not kept in git). PM4Py is AGPL: it is measured here and never shipped.
set -eu
cd "$(dirname "$0")"
python3 -m venv .venv
.venv/bin/pip install --quiet --disable-pip-version-check pm4py==2.7.23.11
.venv/bin/python -c 'import pm4py; print("PM4Py", pm4py.__version__)'
