"""A driver's side of the talk with the bench: opens cases and times them when it is told to.

The bench writes lines, each is answered by one line of JSON:

    open CASE            → {}
    time CASE SECONDS    → {"rounds": …, "median": …, "mean": …, "percentiles": {…}}, in µs a round

or {"error": "…"}. The end of the input ends the driver. Uses the standard library only, since the drivers of peers run
in environments of their own; knows nothing of what is timed.
"""

import asyncio
import contextlib
import json
import os
import statistics
import sys
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from time import perf_counter
from typing import Any

Timing = Callable[[float], list[float]]
"""Does rounds for about so many seconds, at least one, and gives the seconds that each took."""

OpenCase = Callable[[str], AbstractContextManager[Timing]]
"""Sets a case up, by its name; closed when the driver ends."""

PERCENTILES = (1, 5, 10, 25, 50, 75, 90, 95, 99, 99.9)
LONGEST_WARM_UP = 0.1


def drive(open_case: OpenCase) -> None:
    """Answer the bench until it closes our input."""
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # what libraries print is no answer
    with contextlib.ExitStack() as stack:
        timings: dict[str, Timing] = {}
        for line in sys.stdin:
            try:
                answer = _answer(line.split(), open_case, stack, timings)
            except Exception as error:  # whatever it is, it concerns this case only
                answer = {"error": _in_one_line(error)}
            answers.write(json.dumps(answer) + "\n")


def _answer(
    words: list[str], open_case: OpenCase, stack: contextlib.ExitStack, timings: dict[str, Timing]
) -> dict[str, Any]:
    match words:
        case ["open", case]:
            timings[case] = stack.enter_context(open_case(case))
            return {}
        case ["time", case, seconds]:
            timings[case](min(float(seconds) / 5, LONGEST_WARM_UP))  # it has slept while the others had their turns
            return _block(timings[case](float(seconds)))
    raise ValueError(f"not understood: {words}")


def _block(durations: list[float]) -> dict[str, Any]:
    """The statistics of a block of rounds, in µs."""
    ordered = sorted(duration * 1e6 for duration in durations)
    last = len(ordered) - 1
    return {
        "rounds": len(ordered),
        "median": round(statistics.median(ordered), 2),
        "mean": round(statistics.fmean(ordered), 2),
        "percentiles": {str(p): round(ordered[round(last * p / 100)], 2) for p in PERCENTILES},
    }


def _in_one_line(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error).strip().partition(chr(10))[0]}"[:300]


def repeated(act: Callable[[], object]) -> Timing:
    """Time a round that is a plain call."""

    def timing(seconds: float) -> list[float]:
        durations: list[float] = []
        began = now = perf_counter()
        while now - began < seconds or not durations:
            act()
            before, now = now, perf_counter()
            durations.append(now - before)
        return durations

    return timing


def repeated_in(loop: asyncio.AbstractEventLoop, act: Callable[[], Awaitable[object]]) -> Timing:
    """Time a round that is a coroutine, from inside the event loop."""

    async def rounds(seconds: float) -> list[float]:
        durations: list[float] = []
        began = now = perf_counter()
        while now - began < seconds or not durations:
            await act()
            before, now = now, perf_counter()
            durations.append(now - before)
        return durations

    return lambda seconds: loop.run_until_complete(rounds(seconds))
