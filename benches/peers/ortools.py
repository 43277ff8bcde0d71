#!/usr/bin/env python3
"""OR-Tools' routing library beside milkrun: ortools.py FILE SECONDS THREADS SEED OUT.

The search is guided local search, which the library's own documentation names as the best for vehicle routing. It works
on one thread and takes no seed, whatever THREADS and SEED say. The first plans were the better ones of four strategies
tried on three instances for six seconds each: cheapest arcs without windows, parallel insertion with them.
"""

import sys
from pathlib import Path

import instance as adapter

# This file is named as the package is, and lies first on the path.
sys.path = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).resolve().parent]

from ortools.constraint_solver import pywrapcp, routing_enums_pb2  # noqa: E402


def add_times(routing, manager, instance, legs):
    """Windows on the start of service; the time at a place counts to the leg that leaves it."""
    travel = [[instance.services[place] + leg for leg in row] for place, row in enumerate(legs)]
    horizon = instance.windows[0][1]
    routing.AddDimension(routing.RegisterTransitMatrix(travel), horizon, horizon, False, "time")
    time = routing.GetDimensionOrDie("time")
    for place, (ready, due) in enumerate(instance.windows):
        if place > 0:
            time.CumulVar(manager.NodeToIndex(place)).SetRange(ready, due)
    for vehicle in range(instance.fleet()):
        for index in (routing.Start(vehicle), routing.End(vehicle)):
            time.CumulVar(index).SetRange(*instance.windows[0])


def solve(instance, left, _threads, _seed):
    """The best routes of guided local search."""
    legs = instance.legs()
    legs = legs if isinstance(legs, list) else legs.tolist()
    fleet = instance.fleet()
    manager = pywrapcp.RoutingIndexManager(len(legs), fleet, 0)
    routing = pywrapcp.RoutingModel(manager)
    routing.SetArcCostEvaluatorOfAllVehicles(routing.RegisterTransitMatrix(legs))
    demands = routing.RegisterUnaryTransitVector(instance.demands)
    routing.AddDimension(demands, 0, instance.capacity, True, "load")
    if instance.windows is not None:
        add_times(routing, manager, instance, legs)
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    first = routing_enums_pb2.FirstSolutionStrategy
    parameters.first_solution_strategy = (
        first.PATH_CHEAPEST_ARC if instance.windows is None else first.PARALLEL_CHEAPEST_INSERTION
    )
    parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    parameters.time_limit.FromMilliseconds(max(1, int(left() * 1000)))
    found = routing.SolveWithParameters(parameters)
    if found is None:
        sys.exit("OR-Tools found no plan within the budget")
    return [list(visits(routing, manager, found, vehicle)) for vehicle in range(fleet)]


def visits(routing, manager, found, vehicle):
    """The places of a route in order, without the depot."""
    index = found.Value(routing.NextVar(routing.Start(vehicle)))
    while not routing.IsEnd(index):
        yield manager.IndexToNode(index)
        index = found.Value(routing.NextVar(index))


adapter.run(solve)
