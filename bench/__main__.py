"""Times stepwire beside what its transports cost bare, beside Gymnasium and beside its peers, in one run.

    python -m bench [--quick] [--blocks N] [--seconds S] [--only PATTERN …] [--into FOLDER]

Every row is set up once; then blocks of rounds are timed in turn, one row after the other, over and over, so that a
noise of the machine falls on all of them. Only ratios within one run mean anything. Writes results.json, results.md and
plots. docs/benchmarks.md says what the rows are.
"""

import argparse
import json
import subprocess
import sys
import time
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from bench import installing, payloads, plots, report, running, targets
from bench.drivers import realms
from bench.results import Measured, figure, machine
from bench.rows import Row, all_rows
from stepwire_service import assets

HERE = Path(__file__).parent
QUICK, FULL = (5, 0.15), (7, 0.4)
"""Blocks, and seconds of a row's block."""


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Time stepwire beside its floors and peers.")
    parser.add_argument("--quick", action="store_true", help="only the rows that the targets need, in short blocks")
    parser.add_argument("--blocks", type=int, help=f"timed blocks of each row (default {FULL[0]}, quick {QUICK[0]})")
    parser.add_argument("--seconds", type=float, help=f"of each block (default {FULL[1]}, quick {QUICK[1]})")
    parser.add_argument("--only", nargs="+", metavar="PATTERN", help='rows to time, such as "stepwire*: gym:CartPole*"')
    parser.add_argument("--list", action="store_true", help="name the rows and time none")
    parser.add_argument("--into", type=Path, default=HERE, help="where the results go (default bench/)")
    return parser.parse_args()


def main() -> None:
    """Run from the command line."""
    options = arguments()
    rows = [row for row in all_rows(quick=options.quick) if _is_wanted(row, options.only)]
    if options.list:
        print("\n".join(row.name for row in rows))
        return
    began = time.monotonic()
    blocks, seconds = QUICK if options.quick else FULL
    blocks, seconds = options.blocks or blocks, options.seconds or seconds
    skipped: dict[str, str] = {}
    if not options.quick:
        installing.install_peers()
    running.say("recording what is on the wire")
    payloads.main()
    running.say(f"starting {len({row.driver for row in rows})} processes for {len(rows)} rows")
    with running.started(rows, payloads.FOLDER / "logs", skipped) as ready:
        results = running.timed(ready, blocks, seconds, skipped)
    memory = {} if options.quick or options.only else _idle_sessions(skipped) | _unmodified_games(skipped)
    measured = Measured({row.name: figure(row, found) for row, found in results.items()}, memory)
    found = targets.outcomes(measured)
    about = machine() | {"command": _command(options), "blocks": blocks, "seconds": seconds}
    options.into.mkdir(parents=True, exist_ok=True)
    report.write(options.into, about, results, measured, found, skipped)
    plots.draw(options.into, measured)
    print((options.into / "results.md").read_text())
    running.say(f"{time.monotonic() - began:.0f} s; the same in {options.into / 'results.md'}")


def _is_wanted(row: Row, patterns: list[str] | None) -> bool:
    return not patterns or any(fnmatchcase(row.name, pattern) for pattern in patterns)


def _command(options: argparse.Namespace) -> str:
    return "make bench-quick" if options.quick else "make bench"


def _idle_sessions(skipped: dict[str, str]) -> dict[str, Any]:
    """In a process of its own, which has nothing else in its memory."""
    running.say("a thousand idle sessions")
    done = subprocess.run([sys.executable, "-m", "bench.idle"], capture_output=True, text=True)
    if done.returncode:
        skipped["idle sessions"] = (done.stderr.strip().splitlines() or ["it ended"])[-1]
        return {}
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _unmodified_games(skipped: dict[str, str]) -> dict[str, Any]:
    running.say("two hundred unmodified games, and a thousand hard resets")
    command = [str(assets.node()), "--expose-gc", *realms.FLAGS, "bench/games/realms-memory.mjs", "plane"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        skipped["unmodified games"] = (done.stderr.strip().splitlines() or ["it ended"])[-1]
        return {}
    return {f"realms_{key}": value for key, value in json.loads(done.stdout).items()}


if __name__ == "__main__":
    main()
