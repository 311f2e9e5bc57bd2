from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import gymnasium
import numpy as np
import pytest
from gymnasium.vector import AutoresetMode

from stepwire_bridge.backend import Observed, Spec, Transition
from stepwire_bridge.faults import (
    EpisodeOver,
    Fault,
    GameGone,
    GameSilent,
    InvalidAction,
    InvalidOptions,
    NotReset,
    Unsupported,
)
from stepwire_service.sessions import Deadlines, Episodes

DEADLINES = Deadlines(make=1.0, reset=2.0, step=3.0, render=4.0)


@dataclass
class Scripted:
    """A backend that does what the test says and remembers what it was asked."""

    num_envs: int | None = None
    mode: AutoresetMode | None = None
    render_mode: str | None = None
    ends: Any = False
    fault: Fault | None = None
    asked: list[tuple[str, float]] = field(default_factory=list)

    @property
    def spec(self) -> Spec:
        spaces = gymnasium.spaces.Discrete(9), gymnasium.spaces.Discrete(4)
        return Spec(*spaces, num_envs=self.num_envs, autoreset_mode=self.mode, render_mode=self.render_mode)

    async def reset(self, *, seeds: Any, options: Any, mask: Any, timeout: float) -> Observed:
        self._note("reset", timeout)
        return Observed(0, {})

    async def step(self, action: Any, *, timeout: float) -> Transition:
        self._note("step", timeout)
        ends = self.ends if self.num_envs is None else np.array(self.ends)
        return Transition(0, 0.0, ends, ends & False, {})

    async def render(self, *, timeout: float) -> Any:
        self._note("render", timeout)

    async def close(self) -> None: ...

    def _note(self, operation: str, timeout: float) -> None:
        self.asked.append((operation, timeout))
        if self.fault is not None:
            raise self.fault


def batch(mode: AutoresetMode, ends: Sequence[bool] = (False, False, False)) -> tuple[Scripted, Episodes]:
    backend = Scripted(num_envs=3, mode=mode, ends=list(ends))
    return backend, Episodes(backend, DEADLINES)


ACTIONS = np.array([0, 1, 2])


async def test_every_operation_is_given_its_own_deadline() -> None:
    backend = Scripted(render_mode="ansi")
    episodes = Episodes(backend, DEADLINES)
    await episodes.reset(None, None, None)
    await episodes.step(1)
    await episodes.render()
    assert backend.asked == [("reset", 2.0), ("step", 3.0), ("render", 4.0)]


async def test_a_step_before_the_first_reset_reaches_nobody() -> None:
    backend = Scripted()
    with pytest.raises(NotReset):
        await Episodes(backend, DEADLINES).step(0)
    assert backend.asked == []


@pytest.mark.parametrize("end", [True, np.True_])
async def test_a_step_after_the_end_of_the_episode_is_refused_until_a_reset(end: Any) -> None:
    backend = Scripted(ends=end)
    episodes = Episodes(backend, DEADLINES)
    await episodes.reset(None, None, None)
    await episodes.step(0)
    with pytest.raises(EpisodeOver):
        await episodes.step(0)
    await episodes.reset(None, None, None)
    await episodes.step(0)


async def test_a_refused_action_leaves_the_episode_as_it_was() -> None:
    episodes = Episodes(Scripted(), DEADLINES)
    await episodes.reset(None, None, None)
    with pytest.raises(InvalidAction) as caught:
        await episodes.step(4)
    assert caught.value.field == "action"
    await episodes.step(3)


async def test_a_refused_action_of_a_batch_names_the_copy() -> None:
    _, episodes = batch(AutoresetMode.NEXT_STEP)
    await episodes.reset(None, None, None)
    with pytest.raises(InvalidAction) as caught:
        await episodes.step(np.array([0, 9, 2]))
    assert (caught.value.field, caught.value.given) == ("action[1]", "9")


@pytest.mark.parametrize("mode", [AutoresetMode.NEXT_STEP, AutoresetMode.SAME_STEP])
async def test_a_batch_that_resets_itself_may_go_on_after_an_end(mode: AutoresetMode) -> None:
    _, episodes = batch(mode, ends=(True, False, True))
    await episodes.reset(None, None, None)
    await episodes.step(ACTIONS)
    await episodes.step(ACTIONS)


async def test_a_batch_without_autoreset_waits_until_every_ended_copy_is_reset() -> None:
    _, episodes = batch(AutoresetMode.DISABLED, ends=(True, False, True))
    await episodes.reset(None, None, None)
    await episodes.step(ACTIONS)
    with pytest.raises(EpisodeOver, match=r"\[0, 2\]"):
        await episodes.step(ACTIONS)
    await episodes.reset(None, None, np.array([True, False, False]))
    with pytest.raises(EpisodeOver, match=r"\[2\]"):
        await episodes.step(ACTIONS)
    await episodes.reset(None, None, np.array([False, True, True]))
    await episodes.step(ACTIONS)


@pytest.mark.parametrize("fault", [GameGone("g", "cable"), GameSilent("g", "step", 1.0)])
async def test_after_a_fault_of_the_games_only_a_whole_reset_goes_on(fault: Fault) -> None:
    backend, episodes = batch(AutoresetMode.DISABLED)
    await episodes.reset(None, None, None)
    backend.fault = fault
    with pytest.raises(type(fault)):
        await episodes.step(ACTIONS)
    backend.fault = None
    with pytest.raises(NotReset):
        await episodes.step(ACTIONS)
    with pytest.raises(NotReset, match="mask"):
        await episodes.reset(None, None, np.array([True, True, True]))
    await episodes.reset(None, None, None)
    await episodes.step(ACTIONS)


async def test_a_failed_reset_leaves_nothing_to_step() -> None:
    backend = Scripted()
    episodes = Episodes(backend, DEADLINES)
    await episodes.reset(None, None, None)
    backend.fault = GameGone("g", "cable")
    with pytest.raises(GameGone):
        await episodes.reset(None, None, None)
    backend.fault = None
    with pytest.raises(NotReset):
        await episodes.step(0)


async def test_a_backend_that_refuses_to_draw_ends_no_episode() -> None:
    backend = Scripted(render_mode="ansi")
    episodes = Episodes(backend, DEADLINES)
    await episodes.reset(None, None, None)
    backend.fault = Unsupported("render")
    with pytest.raises(Unsupported):
        await episodes.render()
    backend.fault = None
    await episodes.step(0)


async def test_render_wants_a_render_mode_and_a_reset() -> None:
    with pytest.raises(Unsupported, match="render_mode"):
        await Episodes(Scripted(), DEADLINES).render()
    with pytest.raises(NotReset):
        await Episodes(Scripted(render_mode="ansi"), DEADLINES).render()


@pytest.mark.parametrize(
    ("seeds", "options", "mask", "field"),
    [
        ([1, 2], None, None, "seeds"),
        ([1, 2, 3, 4], None, None, "seeds"),
        (None, {"reset_mask": np.array([True])}, None, "options.reset_mask"),
        (None, None, np.array([True, False]), "mask"),
        (None, None, np.array([1, 0, 1]), "mask"),
        (None, None, np.array([False, False, False]), "mask"),
        (None, None, "all", "mask"),
    ],
)
async def test_a_reset_that_cannot_be_names_its_field(seeds: Any, options: Any, mask: Any, field: str) -> None:
    backend, episodes = batch(AutoresetMode.DISABLED)
    await episodes.reset(None, None, None)
    with pytest.raises(InvalidOptions) as caught:
        await episodes.reset(seeds, options, mask)
    assert caught.value.field == field
    assert len(backend.asked) == 1
    await episodes.step(ACTIONS)


@pytest.mark.parametrize("mode", [AutoresetMode.NEXT_STEP, AutoresetMode.SAME_STEP])
async def test_masks_are_for_batches_without_autoreset(mode: AutoresetMode) -> None:
    _, episodes = batch(mode)
    await episodes.reset(None, None, None)
    with pytest.raises(InvalidOptions, match="DISABLED"):
        await episodes.reset(None, None, np.array([True, False, False]))
