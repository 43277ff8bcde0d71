#!/usr/bin/env python3
"""vrp-cli beside milkrun: vrp_cli.py FILE SECONDS THREADS SEED OUT.

The program `vrp-cli` is looked for on the PATH, or where the variable VRP_CLI says. It is given its own pragmatic format
with a table of lengths, as its readers of benchmark files measure otherwise. It takes no seed.
"""

import json
import math
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

import instance as adapter


def clock(units):
    """A moment of the pragmatic format, one second a unit."""
    return (datetime(2020, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=units)).strftime("%Y-%m-%dT%H:%M:%SZ")


def problem(instance):
    """The problem: every job on a tour first, then the least length."""

    def job(place):
        stay = {"location": {"index": place}, "duration": instance.services[place]}
        if instance.windows is not None:
            stay["times"] = [[clock(moment) for moment in instance.windows[place]]]
        return {"id": str(place), "deliveries": [{"places": [stay], "demand": [instance.demands[place]]}]}

    # Without times a day is as long as any route could be.
    opens, closes = instance.windows[0] if instance.windows is not None else (0, 10**9)
    shift = {
        "start": {"earliest": clock(opens), "location": {"index": 0}},
        "end": {"latest": clock(closes), "location": {"index": 0}},
    }
    vehicle = {
        "typeId": "vehicle",
        "vehicleIds": [f"vehicle {number}" for number in range(instance.fleet())],
        "profile": {"matrix": "car"},
        "costs": {"fixed": 0, "distance": 1, "time": 0},
        "shifts": [shift],
        "capacity": [instance.capacity],
    }
    return {
        "plan": {"jobs": [job(place) for place in range(1, len(instance.clients))]},
        "fleet": {"vehicles": [vehicle], "profiles": [{"name": "car"}]},
        "objectives": [{"type": "minimize-unassigned"}, {"type": "minimize-cost"}],
    }


def table(instance):
    """Lengths and travel times, row by row."""
    legs = instance.legs()
    flat = [leg for row in legs for leg in row] if isinstance(legs, list) else legs.ravel().tolist()
    return {"profile": "car", "travelTimes": flat, "distances": flat}


def solve(instance, left, threads, _seed):
    """The tours of vrp-cli."""
    program = os.environ.get("VRP_CLI") or shutil.which("vrp-cli")
    if program is None:
        sys.exit("vrp-cli is not on the PATH; `cargo install vrp-cli` brings it")
    with tempfile.TemporaryDirectory() as folder:
        files = {name: Path(folder) / f"{name}.json" for name in ("problem", "matrix", "solution")}
        files["problem"].write_text(json.dumps(problem(instance)), encoding="ascii")
        files["matrix"].write_text(json.dumps(table(instance)), encoding="ascii")
        command = [program, "solve", "pragmatic", str(files["problem"]), "-m", str(files["matrix"])]
        # Its limit is in whole seconds, so that it is told to stop when the budget is spent.
        command += ["-o", str(files["solution"]), "-p", f"1,{threads}", "-t", str(max(1, math.ceil(left())))]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
            try:
                process.wait(left())
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGINT)
            said = process.communicate()[1]
        if not files["solution"].exists():
            sys.exit(f"vrp-cli: {said.decode(errors='replace')}")
        found = json.loads(files["solution"].read_text(encoding="utf-8"))
    return [list(visits(tour)) for tour in found["tours"]]


def visits(tour):
    """The places of a tour in order."""
    for stop in tour["stops"]:
        for activity in stop["activities"]:
            if activity["type"] == "delivery":
                yield int(activity["jobId"])


adapter.run(solve)
