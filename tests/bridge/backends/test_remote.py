"""A batch of leased instances is exactly what Gymnasium's SyncVectorEnv of the same game is, faults aside."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import numpy as np
import pytest
from gymnasium.utils.env_checker import data_equivalence
from gymnasium.vector import AutoresetMode, SyncVectorEnv

from stepwire_bridge.backend import Observed, Transition
from stepwire_bridge.backends.remote import RemoteBackend
from stepwire_bridge.dialects.native import Native
from stepwire_bridge.faults import (
    GameFailed,
    GameGone,
    GameNonsense,
    GameSilent,
    NoGameWaiting,
    Unsupported,
)  # fmt: skip
from stepwire_bridge.lobby import Lobby
from stepwire_bridge.messages import Fault, State
from tests.bridge.toy import Playing, Toy, ToyGame

Join = Callable[[ToyGame], Awaitable[Playing]]


async def opened(lobby: Lobby, **kwargs: Any) -> RemoteBackend:
    return await RemoteBackend.open(lobby, "toy", timeout=2, **kwargs)


async def reset(backend: RemoteBackend, **kwargs: Any) -> Observed:
    return await backend.reset(**({"seeds": None, "options": None, "mask": None, "timeout": 2} | kwargs))


async def step(backend: RemoteBackend, *actions: int) -> Transition:
    return await backend.step(np.array(actions), timeout=2)


def sync_vector_env(count: int, mode: AutoresetMode) -> SyncVectorEnv:
    return SyncVectorEnv([lambda i=i: Toy(100 * (i + 1)) for i in range(count)], autoreset_mode=mode)  # type: ignore[misc]


# ── as Gymnasium ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("connections", [[5], [2, 1, 2]], ids=["one connection", "three connections"])
@pytest.mark.parametrize("mode", [AutoresetMode.NEXT_STEP, AutoresetMode.SAME_STEP])
async def test_a_batch_equals_sync_vector_env(
    lobby: Lobby, join: Join, mode: AutoresetMode, connections: list[int]
) -> None:
    for instances in connections:
        await join(ToyGame(instances=instances))
    backend, local = await opened(lobby, num_envs=5, autoreset_mode=mode), sync_vector_env(5, mode)
    seeds = [7, 3, 500, 40, 0]
    assert data_equivalence(tuple(await reset(backend, seeds=seeds)), local.reset(seed=list(seeds)))
    for actions in np.random.default_rng(1).integers(0, 4, (60, 5)):
        assert data_equivalence(tuple(await backend.step(actions, timeout=2)), local.step(actions))


@pytest.mark.parametrize("connections", [[3], [1, 2]], ids=["one connection", "two connections"])
async def test_without_autoreset_the_copies_outside_the_mask_stay_as_they_are(
    lobby: Lobby, join: Join, connections: list[int]
) -> None:
    for instances in connections:
        await join(ToyGame(instances=instances))
    mode = AutoresetMode.DISABLED
    backend, local = await opened(lobby, num_envs=3, autoreset_mode=mode), sync_vector_env(3, mode)
    ours, theirs = tuple(await reset(backend, seeds=[1, 2, 3])), local.reset(seed=[1, 2, 3])
    assert data_equivalence(ours, theirs)
    for actions in np.random.default_rng(1).integers(0, 4, (40, 3)):
        transition = tuple(await backend.step(actions, timeout=2))
        assert data_equivalence(transition, local.step(actions))
        if (mask := transition[2] | transition[3]).any():
            ours = tuple(await reset(backend, mask=mask, options={"wind": 1}))
            assert data_equivalence(ours, local.reset(options={"reset_mask": mask, "wind": 1}))


async def test_a_single_environment_has_no_leading_axis(lobby: Lobby, join: Join) -> None:
    await join(ToyGame())
    backend, local = await opened(lobby), Toy(100)
    assert data_equivalence(tuple(await reset(backend, seeds=[7])), local.reset(seed=7))
    for action in (1, 2, 3):
        transition = await backend.step(action, timeout=2)
        assert data_equivalence(tuple(transition), local.step(action))
        assert [type(value) for value in transition[1:4]] == [float, bool, bool]


async def test_a_whole_number_in_one_info_does_not_cut_the_fractions_of_the_others(lobby: Lobby, join: Join) -> None:
    game = ToyGame(instances=2)
    await join(game)
    backend = await opened(lobby, num_envs=2)
    game.answer = lambda m: [State(m["id"], [0, 1], [[0, 0]] * 2, infos=[{"speed": 1}, {"speed": 0.5}])]
    assert (await reset(backend)).info["speed"].tolist() == [1, 0.5]


async def test_a_batch_is_one_message(lobby: Lobby, join: Join) -> None:
    game = ToyGame(instances=8)
    await join(game)
    backend = await opened(lobby, num_envs=8)
    await reset(backend)
    await step(backend, *[1] * 8)
    assert [message["type"] for message in game.heard] == ["welcome", "reset", "step"]


async def test_the_spec_says_what_the_game_said(lobby: Lobby, join: Join) -> None:
    await join(ToyGame(instances=2))
    spec = (await opened(lobby, num_envs=2, autoreset_mode=AutoresetMode.SAME_STEP, render_mode="ansi")).spec
    assert (spec.observation_space, spec.action_space) == (Toy.observation_space, Toy.action_space)
    assert (spec.num_envs, spec.autoreset_mode, spec.render_mode) == (2, AutoresetMode.SAME_STEP, "ansi")
    assert spec.metadata["render_fps"] == 10


async def test_pictures_come_in_the_order_of_the_copies(lobby: Lobby, join: Join) -> None:
    for _ in range(2):
        await join(ToyGame(instances=2))
    backend = await opened(lobby, num_envs=4, render_mode="ansi")
    await reset(backend, seeds=[1, 2, 3, 4])
    assert await backend.render(timeout=2) == ("1 0", "2 0", "3 0", "4 0")


async def test_a_single_environment_renders_one_picture(lobby: Lobby, join: Join) -> None:
    await join(ToyGame())
    backend = await opened(lobby, render_mode="ansi")
    await reset(backend, seeds=[9])
    assert await backend.render(timeout=2) == "9 0"


async def test_without_a_render_mode_nothing_is_drawn(lobby: Lobby, join: Join) -> None:
    await join(ToyGame())
    assert await (await opened(lobby)).render(timeout=2) is None


async def test_a_render_mode_that_the_game_lacks_is_refused_and_leaves_nothing_held(lobby: Lobby, join: Join) -> None:
    await join(ToyGame())
    with pytest.raises(Unsupported, match="human"):
        await opened(lobby, render_mode="human")
    await opened(lobby)


# ── games that misbehave ─────────────────────────────────────────────────────────────────────────────────────────────


async def misbehaving(
    lobby: Lobby, join: Join, answer: Callable[[dict[str, Any]], list[Any]], **kwargs: Any
) -> tuple[RemoteBackend, ToyGame]:
    """A backend that was reset, on a game that from now on answers steps in its own way."""
    game = ToyGame(instances=2)
    await join(game)
    backend = await opened(lobby, num_envs=2, **kwargs)
    await reset(backend)
    game.answer = lambda message: answer(message) if message["type"] == "step" else game.honest(message)
    return backend, game


def state(message: dict[str, Any], **changes: Any) -> State:
    fields: dict[str, Any] = {
        "observations": [[0, 0], [0, 0]], "rewards": [0, 0], "terminated": [False] * 2, "truncated": [False] * 2,
    }  # fmt: skip
    return State(message["id"], [0, 1], **(fields | changes))


NONSENSE: dict[str, tuple[dict[str, Any], str]] = {
    "a wrong shape": ({"observations": [[0, 0, 0]] * 2}, r"shape \[2, 3\], expected numbers of shape \[2, 2\]"),
    "too few observations": ({"observations": [[0, 0]]}, r"shape \[1, 2\]"),
    "an observation out of bounds": ({"observations": [[0, 0], [0, 1001]]}, r"observations\[1, 1\] is 1001"),
    "NaN where the space forbids it": ({"observations": [[0, 0], [float("nan"), 0]]}, r"observations\[1, 0\] is nan"),
    "text for numbers": ({"observations": "x"}, "observations is 'x'"),
    "null": ({"observations": None}, "observations is None"),
    "too few rewards": ({"rewards": [1]}, "rewards"),
    "no rewards": ({"rewards": None}, "rewards"),
    "rewards that are text": ({"rewards": ["1", "2"]}, "rewards"),
    "flags that are numbers": ({"terminated": [0, 1]}, "terminated"),
    "no flags": ({"truncated": None}, "truncated"),
    "too few infos": ({"infos": [{}]}, "infos"),
}


@pytest.mark.parametrize(("changes", "says"), NONSENSE.values(), ids=NONSENSE)
async def test_nonsense_never_reaches_a_trainer_and_the_game_is_told(
    lobby: Lobby, join: Join, changes: dict[str, Any], says: str
) -> None:
    backend, game = await misbehaving(lobby, join, lambda message: [state(message, **changes)])
    with pytest.raises(GameNonsense, match=says):
        await step(backend, 0, 0)
    (fault,) = await game.until_heard("fault")
    assert fault["code"] == "INVALID_OBSERVATION"
    await reset(backend)


async def test_same_step_without_the_last_observation_is_nonsense(lobby: Lobby, join: Join) -> None:
    backend, _ = await misbehaving(
        lobby, join, lambda message: [state(message, terminated=[True, False])], autoreset_mode=AutoresetMode.SAME_STEP
    )
    with pytest.raises(GameNonsense, match="finals"):
        await step(backend, 0, 0)


@pytest.mark.parametrize(
    ("code", "raised"),
    [("GAME_ERROR", GameFailed), ("INVALID_OBSERVATION", GameNonsense), ("UNSUPPORTED", Unsupported)],
)
async def test_a_fault_of_the_game_says_what_happened_and_a_reset_goes_on(
    lobby: Lobby, join: Join, code: str, raised: type[Exception]
) -> None:
    backend, _ = await misbehaving(
        lobby,
        join,
        lambda m: [Fault(code, "it broke", m["id"], [1]), State(m["id"], [0], [[0, 0]], [0], [False], [False])],
    )
    with pytest.raises(raised, match="it broke"):
        await step(backend, 0, 0)
    await reset(backend)


async def test_silence_raises_in_time_and_the_next_reset_has_a_fresh_instance(lobby: Lobby, join: Join) -> None:
    backend, _ = await misbehaving(lobby, join, lambda message: [])
    with pytest.raises(GameSilent, match=r"step within 0\.05 s"):
        await backend.step(np.array([0, 0]), timeout=0.05)
    await join(ToyGame(instances=2))
    assert (await reset(backend, seeds=[1, 2])).observation.tolist() == [[1, 0], [2, 0]]


async def test_a_lost_connection_faults_the_step_and_only_the_lost_copies_are_replaced(
    lobby: Lobby, join: Join
) -> None:
    lost, kept = ToyGame(instances=2), ToyGame(instances=1)
    leaving = await join(lost)
    await join(kept)
    backend = await opened(lobby, num_envs=3)
    await reset(backend)
    await leaving.leave()
    with pytest.raises(GameGone, match="closed"):
        await step(backend, 0, 0, 0)
    await join(ToyGame(instances=2))
    assert (await reset(backend, seeds=[1, 2, 3])).observation[:, 0].tolist() == [1, 2, 3]
    assert len(await kept.until_heard("reset", 2)) == 2


async def test_a_reset_without_a_fresh_instance_says_so(lobby: Lobby, join: Join) -> None:
    leaving = await join(ToyGame())
    backend = await opened(lobby)
    await reset(backend)
    await leaving.leave()
    await backend._seats[0][0].finished.wait()
    with pytest.raises(NoGameWaiting):
        await reset(backend, timeout=0.05)


async def test_a_game_that_comes_back_with_other_spaces_is_not_taken(lobby: Lobby, join: Join) -> None:
    leaving = await join(ToyGame())
    backend = await opened(lobby)
    await leaving.leave()
    await backend._seats[0][0].finished.wait()
    await join(ToyGame(action_space={"type": "Discrete", "n": 9}))
    with pytest.raises(GameNonsense, match="other spaces"):
        await reset(backend)


# ── truncated instead of faulted ─────────────────────────────────────────────────────────────────────────────────────


async def half_lost(lobby: Lobby, join: Join, mode: AutoresetMode) -> RemoteBackend:
    """A batch of three whose second and third copies lose their game in the middle of an episode."""
    await join(ToyGame(instances=1))
    leaving = await join(ToyGame(instances=2))
    backend = await opened(lobby, num_envs=3, autoreset_mode=mode, truncate_on_game_gone=True)
    await reset(backend, seeds=[10, 20, 30])
    await step(backend, 1, 1, 1)
    order = [copy for share in backend._shares if share.game.instances == 2 for copy in share.copies]
    assert order == [0, 1]  # the larger connection is leased first
    await leaving.leave()
    return backend


async def test_a_lost_game_ends_its_copies_episodes_as_truncated_and_the_others_go_on(lobby: Lobby, join: Join) -> None:
    backend = await half_lost(lobby, join, AutoresetMode.NEXT_STEP)
    await join(ToyGame(instances=2))
    transition = await step(backend, 2, 2, 2)
    assert transition.observation.tolist() == [[10, 1], [20, 1], [30, 3]]
    assert transition.reward.tolist() == [0, 0, 2]
    assert transition.truncated.tolist() == [True, True, False]
    assert not transition.terminated.any()
    assert transition.info["_game_gone"].tolist() == [True, True, False]
    assert "gone" in transition.info["game_gone"][0]
    transition = await step(backend, 2, 2, 2)
    assert transition.observation.tolist() == [[101, 0], [201, 0], [30, 5]]
    assert not transition.truncated.any()


async def test_with_same_step_a_lost_copy_starts_over_at_once_on_a_fresh_instance(lobby: Lobby, join: Join) -> None:
    backend = await half_lost(lobby, join, AutoresetMode.SAME_STEP)
    await join(ToyGame(instances=2))
    transition = await step(backend, 2, 2, 2)
    assert transition.observation.tolist() == [[101, 0], [201, 0], [30, 3]]
    assert transition.truncated.tolist() == [True, True, False]
    assert transition.info["final_obs"][1].tolist() == [20, 1]
    assert "gone" in transition.info["final_info"]["game_gone"][1]
    assert transition.info["start"].tolist() == [101, 201, 0]


async def test_without_autoreset_a_lost_copy_is_replaced_by_its_masked_reset(lobby: Lobby, join: Join) -> None:
    backend = await half_lost(lobby, join, AutoresetMode.DISABLED)
    transition = await step(backend, 2, 2, 2)
    await join(ToyGame(instances=2))
    observed = await reset(backend, mask=transition.truncated)
    assert observed.observation.tolist() == [[101, 0], [201, 0], [30, 3]]


async def test_a_single_environment_is_truncated_where_it_was(lobby: Lobby, join: Join) -> None:
    leaving = await join(ToyGame())
    backend = await opened(lobby, truncate_on_game_gone=True)
    await reset(backend, seeds=[5])
    await leaving.leave()
    transition = await backend.step(1, timeout=2)
    assert transition.observation.tolist() == [5, 0]
    assert (transition.reward, transition.terminated, transition.truncated) == (0.0, False, True)
    assert set(transition.info) == {"game_gone"}


# ── the end ──────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_closing_gives_the_instances_back_and_may_be_done_twice(lobby: Lobby, join: Join) -> None:
    game = ToyGame(instances=2)
    await join(game)
    backend = await opened(lobby, num_envs=2)
    await backend.close()
    await backend.close()
    assert (await game.until_heard("close"))[0]["instances"] == [0, 1]
    await opened(lobby, num_envs=2)


async def test_what_a_cancelled_step_left_outstanding_is_not_leased_before_it_is_answered(
    lobby: Lobby, join: Join
) -> None:
    game = ToyGame()
    playing = await join(game)
    backend = await opened(lobby)
    await reset(backend)
    game.answer = lambda message: []
    stepping = asyncio.create_task(backend.step(1, timeout=2))
    (asked,) = await game.until_heard("step")
    stepping.cancel()
    await asyncio.wait([stepping])
    await backend.close()
    with pytest.raises(NoGameWaiting):
        await RemoteBackend.open(lobby, "toy", timeout=0.02)
    game.answer = game.honest
    playing.link.send(Native().encode(State(asked["id"], [0], [[0, 0]])))
    await opened(lobby)
