#!/usr/bin/env python3
"""PyVRP beside milkrun: pyvrp.py FILE SECONDS THREADS SEED OUT. PyVRP searches on one thread, whatever THREADS says."""

import sys
from pathlib import Path

import instance as adapter

# This file is named as the package is, and lies first on the path.
sys.path = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).resolve().parent]

import pyvrp  # noqa: E402
from pyvrp.stop import MaxRuntime  # noqa: E402


def problem(instance):
    """PyVRP's own form of the instance; its vehicles are as many as the file's, or as the clients."""
    clients = range(1, len(instance.clients))
    legs = instance.legs()

    def times(place):
        if instance.windows is None:
            return {}
        ready, due = instance.windows[place]
        return {"tw_early": ready, "tw_late": due}

    return pyvrp.ProblemData(
        locations=[pyvrp.Location(x, y) for x, y in instance.points],
        clients=[
            pyvrp.Client(
                location=place,
                delivery=[instance.demands[place]],
                service_duration=instance.services[place],
                **times(place),
            )
            for place in clients
        ],
        depots=[pyvrp.Depot(location=0, **times(0))],
        vehicle_types=[
            pyvrp.VehicleType(
                num_available=instance.vehicles or len(clients),
                capacity=[instance.capacity],
                **times(0),
            )
        ],
        distance_matrices=[legs],
        duration_matrices=[legs * 0 if instance.windows is None else legs],
    )


def solve(instance, left, _threads, seed):
    """The best routes of PyVRP."""
    data = problem(instance)
    best = pyvrp.solve(data, stop=MaxRuntime(left()), seed=seed, collect_stats=False, display=False).best
    # PyVRP counts clients from 0, and the depot is no client.
    return [[visit.idx + 1 for visit in route if visit.is_client()] for route in best.routes()]


adapter.run(solve)
