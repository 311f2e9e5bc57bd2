"""Draws what was measured: how long a step takes and how that varies, throughput over batch size, cost per env step."""

from pathlib import Path

from bench.results import Figure, Measured
from bench.rows import BATCHES, CARTPOLE, CARTPOLE_BATCH, NOOP, NOOP_BATCH, SNAKE

COLOURS = {"floor": "#9a9a9a", "stepwire": "#2a7f4f", "local": "#3b6ea8", "plain": "#b8860b", "peer": "#b5493b"}
SINGLE = (
    "TCP echo: noop×1", "gRPC echo, stream, tuned: noop×1", "gRPC echo, stream, tuned, pinned: noop×1",
    f"stepwire, inline, pinned: {NOOP}×1", f"stepwire: {NOOP}×1", f"stepwire: {CARTPOLE}×1", f"stepwire: {SNAKE}×1",
    "dm_env_rpc: CartPole×1", "OpenEnv: CartPole×1", "remote-gym: CartPole×1",
)  # fmt: skip
"""Of the latency distribution."""


def draw(folder: Path, measured: Measured) -> None:
    """All plots, as PNG."""
    import matplotlib

    matplotlib.use("Agg")
    _latency(folder / "latency.png", measured)
    _throughput(folder / "throughput.png", measured)
    _cost(folder / "cost.png", measured)


def _latency(path: Path, measured: Measured) -> None:
    """How many of a hundred steps take no longer than so long."""
    figure, axes = _axes("One step, there and back", "µs (log scale)", "% of steps that take no longer")
    for one in (measured.figures[name] for name in SINGLE if name in measured.figures):
        times, percents = [*one.percentiles.values()], [float(p) for p in one.percentiles]
        axes.plot(times, percents, label=one.name, linestyle=":" if one.kind == "floor" else "-")
    axes.set_xscale("log")
    _finish(figure, axes, path)


def _throughput(path: Path, measured: Measured) -> None:
    """Env steps a second over batch size."""
    figure, axes = _axes("Throughput over batch size", "copies in a batch", "env steps a second")
    for env_id in (NOOP_BATCH, CARTPOLE_BATCH, NOOP, CARTPOLE, SNAKE):
        found = [(n, measured.figures.get(f"stepwire: {env_id}×{n}")) for n in BATCHES]
        points = [(n, one.rate) for n, one in found if one is not None]
        if len(points) > 1:
            axes.plot(*zip(*points, strict=True), marker="o", label=f"stepwire: {env_id}")
    for one in measured.figures.values():
        if one.kind in ("local", "peer") and one.envs > 1:
            axes.plot([one.envs], [one.rate], marker="x", linestyle="", label=one.name)
    axes.set_xscale("log", base=2)
    axes.set_yscale("log")
    _finish(figure, axes, path)


def _cost(path: Path, measured: Measured) -> None:
    """What an env step costs, all rows but the floors'."""
    figures = [one for one in measured.figures.values() if one.kind != "floor"]
    figures.sort(key=lambda one: -one.us_a_step)
    figure, axes = _axes("Cost of an env step", "µs (log scale)", "", height=max(4.0, 0.2 * len(figures)))
    bars = axes.barh([one.name for one in figures], [one.us_a_step for one in figures], color=_colours(figures))
    axes.bar_label(bars, fmt="{:,.1f}", padding=3, fontsize=7)
    axes.tick_params(axis="y", labelsize=7)
    axes.margins(y=0.01)
    axes.set_xscale("log")
    _save(figure, path)


def _colours(figures: list[Figure]) -> list[str]:
    return [COLOURS[one.kind] for one in figures]


def _axes(title: str, x: str, y: str, height: float = 5.5):  # type: ignore[no-untyped-def]  # matplotlib's are no help here
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(9, height), layout="constrained")
    axes.set(title=title, xlabel=x, ylabel=y)
    axes.grid(alpha=0.3)
    axes.set_axisbelow(True)
    return figure, axes


def _finish(figure, axes, path: Path) -> None:  # type: ignore[no-untyped-def]
    axes.legend(fontsize=7)
    _save(figure, path)


def _save(figure, path: Path) -> None:  # type: ignore[no-untyped-def]
    import matplotlib.pyplot as plt

    figure.savefig(path, dpi=110)
    plt.close(figure)
