import pytest

from bench.results import Figure, Measured
from bench.rows import CARTPOLE, NOOP, NOOP_BATCH, all_rows
from bench.targets import TARGETS, Outcome, outcomes

MEMORY = {"server_kb": 1, "inline_server_kb": 1, "client_kb": 1, "failed": 0, "realms_mb": 1, "realms_grown_mb": 0}


def measured(**memory: float) -> Measured:
    """A run in which every row takes a millisecond a round."""
    figures = {
        row.name: Figure(row.name, row.driver.kind, row.envs, 1000.0, 1000.0, {}) for row in all_rows(quick=False)
    }
    return Measured(figures, memory)


def with_times(times: dict[str, float]) -> Measured:
    """The same, but for some rows."""
    run = measured(**MEMORY)
    figures = {
        name: Figure(name, one.kind, one.envs, times.get(name, one.us), times.get(name, one.us), {})
        for name, one in run.figures.items()
    }
    return Measured(figures, run.memory)


def outcome(run: Measured, start: str) -> Outcome:
    (found,) = [found for found in outcomes(run) if found.target.what.startswith(start)]
    return found


def test_every_target_is_made_of_rows_that_a_whole_run_measures() -> None:
    assert [found.missing for found in outcomes(measured(**MEMORY)) if found.missing] == []


def test_every_target_but_memory_is_made_of_rows_that_a_quick_run_measures() -> None:
    rows = {row.name for row in all_rows(quick=True)}
    whole = measured(**MEMORY)
    quick = Measured({name: one for name, one in whole.figures.items() if name in rows}, whole.memory)
    assert [found.missing for found in outcomes(quick) if found.missing] == []


def test_the_echo_is_the_fastest_one_that_a_synchronous_caller_can_have() -> None:
    run = with_times(
        {
            "gRPC echo, stream: noop×1": 400.0,
            "gRPC echo, aio, tuned, pinned: noop×1": 250.0,
            "gRPC echo, aio-inside, tuned, pinned: noop×1": 10.0,
            f"stepwire, inline, pinned: {NOOP}×1": 300.0,
        }
    )
    found = outcome(run, "one no-op env, stepped on the loop")
    assert found.value == pytest.approx(300 / 250)
    assert found.rows == (f"stepwire, inline, pinned: {NOOP}×1", "gRPC echo, aio, tuned, pinned: noop×1")
    assert found.is_met is False


def test_peers_are_compared_with_the_settings_as_they_come() -> None:
    run = with_times(
        {
            f"stepwire: {CARTPOLE}×1": 500.0,
            f"stepwire, inline, pinned: {CARTPOLE}×1": 1.0,
            "EnvPool: CartPole×1": 1.0,
            "OpenEnv: inside:CartPole×1": 800.0,
        }
    )
    found = outcome(run, "one CartPole, settings as they come")
    assert found.value == pytest.approx(500 / 800)


def test_throughput_counts_the_copies_of_a_batch() -> None:
    run = with_times({"Gymnasium: sync×64": 300.0, f"stepwire: {CARTPOLE}×64": 400.0})
    assert outcome(run, "64 CartPoles, env steps/s ÷ local SyncVectorEnv").value == pytest.approx(300 / 400)


def test_large_and_small_batches_are_compared_on_the_same_server() -> None:
    run = with_times({f"stepwire: {NOOP_BATCH}×64": 200.0, f"stepwire: {NOOP_BATCH}×1024": 400.0})
    assert outcome(run, "cost per env step").value == pytest.approx((1000 / 1024) / (1000 / 64))
    run = with_times({name: 8000.0 for name in run.figures if name.endswith(f"{NOOP_BATCH}×1024")})
    assert outcome(run, "cost per env step").value == pytest.approx(8 / 16)


def test_what_was_not_measured_is_neither_met_nor_missed() -> None:
    found = outcomes(Measured({}))
    assert len(found) == len(TARGETS)
    assert {one.is_met for one in found} == {None}
    assert all(one.missing for one in found)
