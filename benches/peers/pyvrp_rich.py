#!/usr/bin/env python3
"""PyVRP beside milkrun on VRPLIB files of richer problems: pyvrp_rich.py FILE SECONDS THREADS SEED OUT.

Several depots, mixed fleets, windows, backhauls, prizes, several trips and release times, as PyVRP's own reader
understands them, with lengths, times and costs rounded as milkrun's reader rounds them for the type of the file. PyVRP
searches on one thread, whatever THREADS says.
"""

import json
import sys
from pathlib import Path

import instance as adapter

# The adapter beside this one is named as the package is, and lies first on the path.
sys.path = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).resolve().parent]

import pyvrp  # noqa: E402
from pyvrp.stop import MaxRuntime  # noqa: E402


def rounding(path):
    """What PyVRP calls the convention that milkrun follows for such a file."""
    kind, windows = None, False
    with open(path, encoding="latin-1") as file:
        for line in file:
            if line.startswith("TYPE"):
                kind = line.partition(":")[2].strip()
            windows = windows or line.startswith("TIME_WINDOW_SECTION")
    if kind in ("HFVRP", "MDVRP", "MDVRPTW"):
        return "exact"
    return "dimacs" if windows and kind != "VRPB" else "round"


def read(path):
    """PyVRP's own form of the file."""
    return pyvrp.read(path, round_func=rounding(path))


def solve(data, left, _threads, seed):
    """The best routes of PyVRP."""
    return pyvrp.solve(data, stop=MaxRuntime(left()), seed=seed, collect_stats=False, display=False).best.routes()


def trips(route, depots):
    """The clients of a route by trip, numbered behind the depots."""
    found = [[]]
    for visit in route:
        if visit.is_client():
            found[-1].append(visit.idx + depots)
        elif found[-1]:
            found.append([])
    return [trip for trip in found if trip]


def write(path, data, routes):
    """Writes routes in the neutral form; PyVRP's vehicle types are in the order of the file, as milkrun's are."""
    depots = data.num_depots
    driven = [(route.vehicle_type(), trips(route, depots)) for route in routes]
    served = {client for _, route in driven for trip in route for client in trip}
    answer = {
        "routes": [{"vehicle_type": kind, "trips": route} for kind, route in driven if route],
        "unserved": [client for client in range(depots, depots + data.num_clients) if client not in served],
    }
    with open(path, "w", encoding="ascii") as file:
        json.dump(answer, file)


adapter.run(solve, read, write)
