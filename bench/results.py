"""What a run brought: figures by row, from its blocks, and what the run was made on.

A figure is the median over the blocks of each block's median (or mean, or percentile), so that a noise of the machine
that lasts for a block or two moves none.
"""

import datetime
import importlib.metadata
import os
import platform
import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from bench.rows import Row
from bench.running import Block

PACKAGES = ("stepwire", "grpcio", "protobuf", "gymnasium", "numpy", "websockets", "uvloop")


@dataclass(frozen=True, slots=True)
class Figure:
    """One row's figures, in µs a round.

    Attributes:
        name: The row's.
        kind: Its driver's.
        envs: Env steps in a round.
        us: The median.
        mean_us: The mean: for throughput where rounds differ much by nature.
        percentiles: By percent.
    """

    name: str
    kind: str
    envs: int
    us: float
    mean_us: float
    percentiles: Mapping[str, float]

    @property
    def us_a_step(self) -> float:
        """What one env step costs."""
        return self.us / self.envs

    @property
    def rate(self) -> float:
        """Env steps a second."""
        return 1e6 * self.envs / self.us


def figure(row: Row, blocks: list[Block]) -> Figure:
    """Put a row's blocks together."""
    return Figure(
        row.name,
        row.driver.kind,
        row.envs,
        statistics.median(block["median"] for block in blocks),
        statistics.median(block["mean"] for block in blocks),
        {p: statistics.median(block["percentiles"][p] for block in blocks) for p in blocks[0]["percentiles"]},
    )


class Missing(Exception):
    """A row that is asked for was not measured."""


@dataclass(frozen=True, slots=True)
class Measured:
    """All figures of a run.

    Attributes:
        figures: By row name, in the order of the rows.
        memory: As `bench.idle` gives it; empty when it was not measured.
        asked: Notes which rows `best` has given, by name, for the report.
    """

    figures: Mapping[str, Figure]
    memory: Mapping[str, float] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def best(self, *patterns: str) -> Figure:
        """The row with the cheapest env step among those whose names match one of the patterns.

        Raises:
            Missing: None of them was measured.
        """
        found = [one for name, one in self.figures.items() if any(fnmatchcase(name, pattern) for pattern in patterns)]
        if not found:
            raise Missing(f"no row {patterns[0]}")
        cheapest = min(found, key=lambda one: one.us_a_step)
        self.asked.append(cheapest.name)
        return cheapest


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    return {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "cores": os.cpu_count(),
        "processor": _processor(),
        "system": platform.platform(),
        "python": platform.python_version(),
        **dict(_versions(PACKAGES)),
    }


def _versions(packages: Iterable[str]) -> Iterable[tuple[str, str]]:
    for package in packages:
        try:
            yield package, importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue


def _processor() -> str:
    """Linux tells it here; elsewhere Python knows, or not."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as info:  # noqa: PTH123  # not a file of ours
            names = (line.partition(":")[2].strip() for line in info if line.startswith("model name"))
            return next(names, platform.processor())
    except OSError:
        return platform.processor()
