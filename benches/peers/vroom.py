#!/usr/bin/env python3
"""VROOM beside milkrun: vroom.py FILE SECONDS THREADS SEED OUT.

The program that the variable VROOM names is called; without it the package `pyvroom`, else `vroom` on the PATH. VROOM
takes no seed, and ends by itself when its heuristics are through at the highest exploration level.
"""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

import instance as adapter

# This file is named as the package is, and lies first on the path.
sys.path = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).resolve().parent]

EXPLORATION = 5


def problem(instance):
    """VROOM's JSON; without further costs it minimises travel time, which is the length here."""
    legs = instance.legs()
    legs = legs if isinstance(legs, list) else legs.tolist()

    def job(place):
        job = {"id": place, "location_index": place, "delivery": [instance.demands[place]]}
        if instance.windows is not None:
            job |= {"service": instance.services[place], "time_windows": [instance.windows[place]]}
        return job

    vehicle = {"start_index": 0, "end_index": 0, "capacity": [instance.capacity]}
    if instance.windows is not None:
        vehicle["time_window"] = instance.windows[0]
    return {
        "jobs": [job(place) for place in range(1, len(legs))],
        "vehicles": [{"id": number} | vehicle for number in range(instance.fleet())],
        "matrices": {"car": {"durations": legs}},
    }


def by_program(program, file, left, threads):
    """The solution of the program, which counts its limit from before it reads."""
    options = ["-t", str(threads), "-x", str(EXPLORATION), "-l", f"{left():.3f}"]
    done = subprocess.run([program, "-i", str(file), *options], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"vroom: {done.stderr or done.stdout}")
    return json.loads(done.stdout)


def by_package(file, left, threads):
    """The solution of the package."""
    import vroom

    given = vroom.Input.from_json(file)
    limit = timedelta(milliseconds=max(1, int(left() * 1000)))
    return given.solve(exploration_level=EXPLORATION, nb_threads=threads, timeout=limit).to_dict()


def solve(instance, left, threads, _seed):
    """The routes of VROOM; jobs that it leaves unassigned are on none."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "problem.json"
        file.write_text(json.dumps(problem(instance)), encoding="ascii")
        program = os.environ.get("VROOM")
        if program is None and importlib.util.find_spec("vroom") is None:
            program = shutil.which("vroom") or sys.exit("there is neither a package nor a program of VROOM")
        found = by_program(program, file, left, threads) if program else by_package(file, left, threads)
    return [[step["id"] for step in route["steps"] if step["type"] == "job"] for route in found["routes"]]


adapter.run(solve)
