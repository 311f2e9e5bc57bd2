"""Writes what was measured: JSON with every block, and tables in Markdown."""

import json
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from bench.results import Figure, Measured
from bench.rows import Row
from bench.running import Block
from bench.targets import Outcome

KINDS = {
    "floor": "Floors: bare transports with the same messages",
    "stepwire": "stepwire",
    "local": "Gymnasium in the trainer's process",
    "plain": "Games over plain WebSockets",
    "peer": "Peers",
}


def write(
    folder: Path,
    about: dict[str, Any],
    blocks: dict[Row, list[Block]],
    measured: Measured,
    found: list[Outcome],
    skipped: dict[str, str],
) -> None:
    """Both files."""
    (folder / "results.json").write_text(json.dumps(_everything(about, blocks, measured, found, skipped)) + "\n")
    (folder / "results.md").write_text(markdown(about, measured, found, skipped, _interrupted(blocks)))


def _everything(
    about: dict[str, Any],
    blocks: dict[Row, list[Block]],
    measured: Measured,
    found: list[Outcome],
    skipped: dict[str, str],
) -> dict[str, Any]:
    return {
        "machine": about,
        "unit": "µs a round",
        "targets": [_as_json(outcome) for outcome in found],
        "rows": [
            {
                "name": row.name,
                "kind": row.driver.kind,
                "envs": row.envs,
                "us": measured.figures[row.name].us,
                "blocks": b,
            }
            for row, b in blocks.items()
        ],
        "idle_sessions": dict(measured.memory),
        "skipped": skipped,
    }


def _as_json(outcome: Outcome) -> dict[str, Any]:
    target = outcome.target
    bound = "at_most" if target.is_ceiling else "at_least"
    value = None if outcome.value is None else round(outcome.value, 3)
    return {"what": target.what, "measured": value, bound: target.limit, "met": outcome.is_met, "rows": outcome.rows}


def markdown(
    about: dict[str, Any],
    measured: Measured,
    found: list[Outcome],
    skipped: Mapping[str, str],
    interrupted: Mapping[str, str],
) -> str:
    """Both tables, what is not in them, and what went wrong on the way."""
    return "\n".join(
        [
            f"# Measured on {about['date']}",
            "",
            f"By `{about['command']}` on {about['cores']} shared cores ({about['processor']}), "
            f"Python {about['python']}, grpcio {about['grpcio']}, websockets {about['websockets']}: "
            f"{about['blocks']} interleaved blocks of {about['seconds']:g} s a row. Absolute times move "
            "with the machine and with what else it does; ratios within one run much less. "
            "[docs/benchmarks.md](../docs/benchmarks.md) says what each row is.",
            "",
            "## Targets",
            "",
            "| what | measured | target | met | rows |",
            "|---|---:|---:|---|---|",
            *map(_target_line, found),
            "",
            "## Rows",
            *_row_tables(measured),
            "",
            *_lines("Left out", skipped),
            *_lines("Set up anew in the middle of the run", interrupted),
        ]
    )


def _target_line(outcome: Outcome) -> str:
    target = outcome.target
    bound = f"{'≤' if target.is_ceiling else '≥'} {target.limit:g} {target.unit}".strip()
    if outcome.value is None:
        return f"| {target.what} | – | {bound} | not measured | {outcome.missing} |"
    value = f"{outcome.value:.3g} {target.unit}".strip()
    met = "yes" if outcome.is_met else "**no**"
    return f"| {target.what} | {value} | {bound} | {met} | {'; '.join(outcome.rows)} |"


def _row_tables(measured: Measured) -> Iterable[str]:
    for kind, figures in groupby(measured.figures.values(), key=lambda one: one.kind):
        yield from ("", f"### {KINDS[kind]}", "")
        yield from (
            "| row | µs a round | 95 % | 99 % | µs an env step | env steps/s |",
            "|---|---:|---:|---:|---:|---:|",
        )
        yield from map(_row_line, figures)


def _row_line(one: Figure) -> str:
    late = f"{one.percentiles['95']:,.0f} | {one.percentiles['99']:,.0f}"
    return f"| {one.name} | {one.us:,.0f} | {late} | {one.us_a_step:,.2f} | {one.rate:,.0f} |"


def _lines(title: str, by_row: Mapping[str, str]) -> Iterable[str]:
    if by_row:
        yield from (f"## {title}", "", *(f"* {name}: {why}" for name, why in by_row.items()), "")


def _interrupted(blocks: dict[Row, list[Block]]) -> dict[str, str]:
    """Why rows had to be set up again: a bench that hid it would hide a fault."""
    return {row.name: block["after"] for row, found in blocks.items() for block in found if "after" in block}
