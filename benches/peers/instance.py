"""What the adapters share: the instance, the budget, and the answer.

Reads CVRPLIB files of type CVRP with EUC_2D lengths, which are rounded to the nearest integer, and files of Solomon's
form, whose lengths and times are taken in tenths and cut off (the DIMACS convention). Anything else is refused, so that
no adapter solves another problem than milkrun. Lengths and times are whole numbers in these units from here on, and the
solver at hand has nothing left to round.

Places are numbered from 0, the depot; `Instance.clients[place]` is a place's number in solutions.
"""

import json
import math
import os
import sys
import time
from dataclasses import dataclass

# Kept back of every budget for writing the answer and leaving the process, in seconds.
RESERVE = 0.05

IMPORTED = time.monotonic()


def elapsed():
    """Seconds since the process started, the interpreter's own start included where the system tells it."""
    try:
        with open("/proc/self/stat", encoding="ascii") as stat:
            # The second field is the program's name and may hold blanks; the start time is the 22nd field.
            ticks = int(stat.read().rpartition(")")[2].split()[19])
        return time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")
    except (OSError, AttributeError, ValueError, IndexError):
        return time.monotonic() - IMPORTED


@dataclass
class Instance:
    """A problem with one depot and equal vehicles."""

    capacity: int
    vehicles: int | None  # None: as many as wished for
    scale: int  # units of length and time that make one unit of the file
    clients: list  # numbers in solutions, by place; the depot's first
    points: list
    demands: list
    windows: list | None  # (ready, due) of the start of service; None: no times at all
    services: list

    def legs(self):
        """The square table of lengths, which are travel times too; numpy's where numpy is installed."""
        try:
            import numpy
        except ImportError:
            rows = ([math.dist(a, b) for b in self.points] for a in self.points)
            return [[self._whole(length) for length in row] for row in rows]
        x, y = numpy.array(self.points, dtype=float).T
        lengths = numpy.sqrt((x[:, None] - x) ** 2 + (y[:, None] - y) ** 2)
        if self.scale == 1:
            return numpy.floor(lengths + 0.5).astype(numpy.int64)
        return numpy.floor(lengths * self.scale).astype(numpy.int64)

    def _whole(self, length):
        return math.floor(length + 0.5) if self.scale == 1 else math.floor(length * self.scale)

    def fleet(self):
        """The vehicles of the file; where there is no limit, a fifth more than the demand needs at the least.

        Solvers that hold every vehicle in memory would be slowed by one vehicle a client.
        """
        if self.vehicles is not None:
            return self.vehicles
        least = -(-sum(self.demands) // self.capacity)
        return min(len(self.clients) - 1, least + least // 5 + 3)


def whole(text, scale=1):
    """A number of the file in units; one that is not whole there is refused."""
    value = float(text) * scale
    if value != round(value):
        raise ValueError(f"{text} is not a whole number of units")
    return round(value)


def read(path):
    """The instance of a file, by its content."""
    with open(path, encoding="latin-1") as file:
        lines = [line.strip() for line in file if line.strip()]
    if any(line.split()[:2] == ["NUMBER", "CAPACITY"] for line in lines[:12]):
        return read_solomon(lines)
    return read_vrplib(lines)


def read_solomon(lines):
    """`NUMBER CAPACITY`, its two numbers, and rows `number x y demand ready due service`."""
    heading = next(i for i, line in enumerate(lines) if line.split()[:2] == ["NUMBER", "CAPACITY"])
    vehicles, capacity = (int(word) for word in lines[heading + 1].split())
    rows = [line.split() for line in lines[heading + 2 :] if line[0].isdigit()]
    if not rows or any(len(row) != 7 for row in rows) or rows[0][0] != "0":
        raise ValueError("a row is not `number x y demand ready due service`, or the first is not the depot's")
    return Instance(
        capacity=capacity,
        vehicles=vehicles,
        scale=10,
        clients=[int(row[0]) for row in rows],
        points=[(float(row[1]), float(row[2])) for row in rows],
        demands=[whole(row[3]) for row in rows],
        windows=[(whole(row[4], 10), whole(row[5], 10)) for row in rows],
        services=[whole(row[6], 10) for row in rows],
    )


def read_vrplib(lines):
    """`KEY : VALUE` lines, then sections; a section that is not known here would change the problem."""
    keys, sections, section = {}, {}, None
    for line in lines:
        word = line.split()[0]
        if word == "EOF":
            break
        if ":" in line:
            key, _, value = line.partition(":")
            keys[key.strip()] = value.strip()
        elif word.endswith("_SECTION"):
            section = sections.setdefault(word, [])
        elif section is not None:
            section.append(line.split())
    known = {"NODE_COORD_SECTION", "DEMAND_SECTION", "DEPOT_SECTION"}
    limits = {"VEHICLES", "DISTANCE", "SERVICE_TIME"} & set(keys)
    if keys.get("TYPE") != "CVRP" or keys.get("EDGE_WEIGHT_TYPE") != "EUC_2D" or set(sections) != known or limits:
        raise ValueError("only CVRP with EUC_2D lengths and without further limits is read")
    nodes = {int(row[0]): (float(row[1]), float(row[2])) for row in sections["NODE_COORD_SECTION"]}
    demands = {int(row[0]): whole(row[1]) for row in sections["DEMAND_SECTION"]}
    if [row[0] for row in sections["DEPOT_SECTION"]] != ["1", "-1"] or sorted(nodes) != list(range(1, len(nodes) + 1)):
        raise ValueError("only nodes 1 to n with the depot at 1 are read")
    return Instance(
        capacity=whole(keys["CAPACITY"]),
        vehicles=None,
        scale=1,
        clients=[node - 1 for node in sorted(nodes)],
        points=[nodes[node] for node in sorted(nodes)],
        demands=[demands[node] for node in sorted(nodes)],
        windows=None,
        services=[0] * len(nodes),
    )


def write(path, instance, routes):
    """Writes routes, lists of places, in the neutral form; clients on none of them are stated as unserved."""
    trips = [[instance.clients[place] for place in route] for route in routes if route]
    served = {client for trip in trips for client in trip}
    answer = {
        "routes": [{"vehicle_type": 0, "trips": [trip]} for trip in trips],
        "unserved": [client for client in instance.clients[1:] if client not in served],
    }
    with open(path, "w", encoding="ascii") as file:
        json.dump(answer, file)


def run(solve, read=read, write=write):
    """Runs an adapter: reads FILE, calls `solve(instance, left, threads, seed)` for routes, and writes OUT.

    `left()` says how many seconds of the budget are left. Whoever reads files in another way writes in another way too.
    """
    if len(sys.argv) != 6:
        sys.exit(f"usage: {sys.argv[0]} FILE SECONDS THREADS SEED OUT")
    file, seconds, threads, seed, out = sys.argv[1:]
    budget = float(seconds) - RESERVE

    def left():
        return max(0.0, budget - elapsed())

    try:
        instance = read(file)
    except (OSError, ValueError, KeyError, IndexError) as fault:
        sys.exit(f"{file}: {fault}")
    write(out, instance, solve(instance, left, int(threads), int(seed)))
    # Freeing a solver's memory object by object may take long, and nobody needs it.
    sys.stdout.flush()
    os._exit(0)
