"""Times stepwire beside what its transports cost bare, in one run on one machine.

    python -m bench [--quick] [--blocks N]

Every row is set up once; then blocks of steps are timed in turn, one row after the other, over and over, so that a
noise of the machine falls on all of them. A figure is the median over the blocks of each block's median. Only ratios
within one run mean anything. Writes bench/results.json, bench/results.md and bench/results.png.
"""

import argparse
import contextlib
import statistics
import sys
import time
from pathlib import Path

from bench import report, rows

HERE = Path(__file__).parent


def measure(row: rows.Running, seconds: float) -> float:
    """The median time of one round, in µs, over a block of about that many seconds."""
    times: list[float] = []
    end = time.perf_counter() + seconds
    while (began := time.perf_counter()) < end:
        row.round()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1e6


def run(chosen: list[rows.Row], blocks: int, seconds: float) -> dict[str, list[float]]:
    """Block medians of each row, in µs, by row name."""
    with contextlib.ExitStack() as stack:
        running = {row.name: stack.enter_context(row.start()) for row in chosen}
        for row in running.values():
            measure(row, seconds / 4)
        results: dict[str, list[float]] = {name: [] for name in running}
        for block in range(blocks):
            print(f"block {block + 1} of {blocks}", file=sys.stderr, flush=True)
            for name, row in running.items():
                results[name].append(measure(row, seconds))
        return results


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Time stepwire beside bare transports.")
    parser.add_argument("--quick", action="store_true", help="short blocks: a first impression, not a figure")
    parser.add_argument("--blocks", type=int, default=7, help="timed blocks of each row (default 7)")
    options = parser.parse_args()
    with rows.servers() as addresses:
        chosen = rows.all_rows(addresses)
        results = run(chosen, options.blocks, 0.2 if options.quick else 1.0)
    report.write(HERE, chosen, results)
    print((HERE / "results.md").read_text())


if __name__ == "__main__":
    main()
