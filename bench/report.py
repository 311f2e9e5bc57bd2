"""Writes what was measured: JSON with every block, a table in Markdown, a plot."""

import datetime
import json
import os
import platform
import statistics
from pathlib import Path
from typing import Any

import grpc
import gymnasium

from bench.rows import Row


def write(folder: Path, rows: list[Row], blocks: dict[str, list[float]]) -> None:
    """All three files."""
    medians = {name: statistics.median(times) for name, times in blocks.items()}
    lines = [line(row, medians) for row in rows]
    (folder / "results.json").write_text(
        json.dumps({"machine": machine(), "unit": "µs per round", "blocks": blocks, "rows": lines}, indent=1) + "\n"
    )
    (folder / "results.md").write_text(table(lines))
    plot(lines, folder / "results.png")


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    return {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "grpcio": grpc.__version__,
        "gymnasium": gymnasium.__version__,
    }


def line(row: Row, medians: dict[str, float]) -> dict[str, Any]:
    """One row's figures: µs a round, env steps/s, and how many times its floors' sum it costs."""
    floor = sum(medians[name] for name in row.floor)
    return {
        "name": row.name,
        "us": round(medians[row.name], 1),
        "env_steps_per_second": round(row.envs / medians[row.name] * 1e6),
        "over_floor": round(medians[row.name] / floor, 2) if floor else None,
        "floor": list(row.floor),
    }


def table(lines: list[dict[str, Any]]) -> str:
    """The Markdown table."""
    about = machine()
    rows = "".join(
        f"| {x['name']} | {x['us']:,.0f} | {x['env_steps_per_second']:,} | {x['over_floor'] or ''} "
        f"| {' + '.join(x['floor'])} |\n"
        for x in lines
    )
    return (
        f"Measured on {about['date']}, {about['cores']} shared cores, Python {about['python']}, "
        f"grpcio {about['grpcio']}, "
        f"by `make bench`. Absolute times move with the machine; ratios hold.\n\n"
        f"| what | µs a round | env steps/s | × floor | floor |\n|---|---:|---:|---:|---|\n{rows}"
    )


def plot(lines: list[dict[str, Any]], path: Path) -> None:
    """Bars: µs for one env step, floors grey."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(9, 5), layout="constrained")
    names = [x["name"] for x in lines][::-1]
    costs = [1e6 / x["env_steps_per_second"] for x in lines][::-1]
    colours = ["#2a7f4f" if name.startswith("stepwire") else "#bbbbbb" for name in names]
    axes.barh(names, costs, color=colours)
    axes.set(xscale="log", xlabel="µs an env step (log scale)", title="stepwire beside its bare transports")
    axes.bar_label(axes.containers[0], fmt="%.1f", padding=3)  # type: ignore[arg-type]
    figure.savefig(path, dpi=110)
    plt.close(figure)
