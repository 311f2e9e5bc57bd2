"""Asynchronous batches, through `RemoteVectorEnv`: what a trainer meets, on both transports."""

import pickle
import random
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import gymnasium
import numpy as np
import pytest
from gymnasium.utils.env_checker import data_equivalence
from gymnasium.vector import AutoresetMode, SyncVectorEnv
from gymnasium.vector.utils import batch_space

from stepwire import RemoteVectorEnv, errors
from tests.client_py.conftest import Road
from tests.client_py.envs import Broken, Counter, Gate, env_id
from tests.odd_envs import Gated

_TRANSPORTS = pytest.mark.parametrize("transport", ["stream", "queued", "unary"], indirect=True)
_RESETTING = pytest.mark.parametrize("mode", [AutoresetMode.NEXT_STEP, AutoresetMode.SAME_STEP])


def _batch(address: str, env: type[Counter] = Counter, **arguments: Any) -> RemoteVectorEnv:
    return RemoteVectorEnv(env_id(env), address, **({"num_envs": 4, "batch_size": 2} | arguments))


@pytest.fixture
def gate() -> Iterator[type[Gate]]:
    Gate.shut()
    yield Gate
    Gate.opened.set()


@pytest.fixture
def gates() -> Iterator[type[Gated]]:
    Gated.shut()
    yield Gated
    Gated.gate.set()


# ── as Gymnasium ──


@pytest.mark.parametrize(
    ("transport", "served"),
    [("stream", "address"), ("queued", "address"), ("unary", "address"), ("stream", "shared")],
    indirect=True,
)
@_RESETTING
def test_with_all_copies_in_a_batch_it_equals_gymnasiums_own_by_env_id(
    transport: str, mode: AutoresetMode, served: str
) -> None:
    local = SyncVectorEnv([lambda: gymnasium.make("CartPole-v1")] * 5, autoreset_mode=mode)
    local.action_space.seed(3)
    batch = RemoteVectorEnv(
        "gym:CartPole-v1", served, num_envs=5, batch_size=5, autoreset_mode=mode, transport=transport
    )
    assert data_equivalence(batch.reset(seed=9), local.reset(seed=9), exact=True)
    for _ in range(150):
        actions = local.action_space.sample()
        batch.send(actions)
        *ours, infos = batch.recv()
        *theirs, said = local.step(actions)
        order = np.argsort(infos.pop("env_id"))
        assert data_equivalence([part[order] for part in ours], theirs, exact=True)
        assert infos.keys() == said.keys()
        if "final_obs" in said:
            assert data_equivalence(tuple(infos["final_obs"][order]), tuple(said["final_obs"]), exact=True)
    batch.close()
    local.close()


@_TRANSPORTS
@pytest.mark.parametrize("name", ["CartPole-v1", "FrozenLake-v1"])
def test_every_copy_gives_the_steps_of_an_env_of_its_own(transport: str, name: str, address: str) -> None:
    locals_ = [SyncVectorEnv([lambda: gymnasium.make(name)]) for _ in range(6)]
    batch = RemoteVectorEnv(f"gym:{name}", address, num_envs=6, batch_size=2, transport=transport)
    batch.single_action_space.seed(5)
    first, _ = batch.reset(seed=20)
    for copy, local in enumerate(locals_):
        assert np.array_equal(local.reset(seed=20 + copy)[0][0], first[copy])
    actions = np.array([batch.single_action_space.sample() for _ in locals_])
    batch.send(actions)
    for _ in range(200):
        observations, rewards, terminations, truncations, infos = batch.recv()
        assert observations in batch.observation_space
        for row, copy in enumerate(infos["env_id"]):
            theirs = locals_[copy].step([actions[copy]])
            ours = observations[row], rewards[row], terminations[row], truncations[row]
            assert data_equivalence(ours, tuple(part[0] for part in theirs[:4]))
            actions[copy] = batch.single_action_space.sample()
        batch.send(actions[infos["env_id"]], infos["env_id"])
    batch.close()
    for local in locals_:
        local.close()


def test_its_spaces_are_those_of_what_recv_gives_and_it_says_so_through_make_vec(address: str) -> None:
    batch = gymnasium.make_vec("stepwire/Env-v0", num_envs=4, env_id="gym:CartPole-v1", address=address, batch_size=3)
    assert batch.observation_space == batch_space(batch.single_observation_space, 3)
    assert batch.action_space == batch_space(batch.single_action_space, 3)
    batch.reset()
    batch.send(np.zeros(4, int))
    observations, rewards, terminations, truncations, infos = batch.recv()
    assert [len(part) for part in (observations, rewards, terminations, truncations)] == [3, 3, 3, 3]
    assert (infos["env_id"].dtype, infos["env_id"].shape) == (np.int32, (3,))
    batch.close()


def test_a_pickled_one_is_asynchronous_again(address: str) -> None:
    with closing(_batch(address)) as batch, closing(pickle.loads(pickle.dumps(batch))) as again:
        assert again.batch_size == 2
        again.reset()
        again.send([0, 0], [1, 3])
        assert sorted(again.recv()[4]["env_id"]) == [1, 3]


# ── each in its own time ──


@_TRANSPORTS
def test_a_slow_copy_holds_up_nobody_else(transport: str, address: str, gates: type[Gated]) -> None:
    batch = RemoteVectorEnv("gym:Odd/Gated-v0", address, num_envs=4, batch_size=2, transport=transport)
    batch.reset()
    batch.send([1, 0, 0, 0])  # the first one waits at the gate
    for _ in range(30):
        infos = batch.recv()[4]
        assert 0 not in infos["env_id"]
        batch.send([0, 0], infos["env_id"])
    gates.gate.set()
    received = np.concatenate([batch.recv()[4]["env_id"] for _ in range(2)])
    assert sorted(received) == [0, 1, 2, 3]
    batch.close()


def test_more_sends_than_a_server_keeps_replies_to_need_no_recv_between_them(address: str) -> None:
    with closing(_batch(address, num_envs=100, batch_size=100)) as batch:
        batch.reset()
        for copy in range(100):
            batch.send([1], [copy])
        assert sorted(batch.recv()[4]["env_id"]) == list(range(100))


@_TRANSPORTS
def test_a_reset_forgets_what_was_not_received(transport: str, address: str) -> None:
    with closing(_batch(address, batch_size=1, transport=transport)) as batch:
        batch.reset()
        batch.send([0] * 4)
        first = batch.recv()[4]["env_id"]
        batch.reset()
        batch.send([0], first)
        observations, _, _, _, infos = batch.recv()
        assert infos["env_id"] == first
        assert observations.tolist() == [[2]]


@pytest.mark.timeout(180)  # a few seconds on an idle machine
@pytest.mark.parametrize(
    ("transport", "served", "cuts", "rounds"),
    [
        ("stream", "address", 200, 1500),
        ("queued", "address", 30, 200),
        ("unary", "address", 60, 200),
        ("stream", "shared", 30, 200),
        ("unary", "shared", 60, 200),
    ],
    indirect=["transport", "served"],
)
def test_cuts_step_no_copy_twice_and_lose_no_step(transport: str, cuts: int, rounds: int, road: Road) -> None:
    before, randomly = Counter.total, random.Random(1)
    steps = np.zeros(4, int)
    batch = _batch(road.proxies.address, transport=transport)
    batch.reset()
    road.proxies.limit(lambda: randomly.randint(500, 3700))
    batch.send([0] * 4)
    for _ in range(rounds):
        observations, _, _, _, infos = batch.recv()
        steps[infos["env_id"]] += 1
        assert observations[:, 0].tolist() == steps[infos["env_id"]].tolist()
        batch.send([0, 0], infos["env_id"])
    for _ in range(2):
        steps[batch.recv()[4]["env_id"]] += 1
    assert road.proxies.cuts >= cuts
    batch.close()
    assert steps.sum() == 2 * rounds + 4
    assert Counter.total - before == (steps.sum() if road.inside else 0)


# ── what must not be ──


@_TRANSPORTS
def test_a_refused_send_is_told_by_the_next_recv_and_loses_nothing(transport: str, address: str) -> None:
    with closing(_batch(address, transport=transport)) as batch:
        batch.reset()
        batch.send([0], [1])
        batch.send([7], [2])
        with pytest.raises(errors.InvalidAction):
            batch.recv()
        batch.send([0], [2])
        assert sorted(batch.recv()[4]["env_id"]) == [1, 2]


@_TRANSPORTS
def test_copies_under_way_must_not_be_sent_to(transport: str, address: str) -> None:
    with closing(_batch(address, transport=transport)) as batch:
        batch.reset()
        batch.send([0, 0], [0, 1])
        batch.send([0], [1])
        with pytest.raises(errors.InvalidOptions, match="env_ids"):
            batch.recv()
        assert sorted(batch.recv()[4]["env_id"]) == [0, 1]


@_TRANSPORTS
def test_a_recv_that_nothing_can_fulfil_says_so_in_time(transport: str, address: str) -> None:
    with closing(_batch(address, step_timeout=0.2, transport=transport)) as batch:
        batch.reset()
        batch.send([0], [3])
        with pytest.raises(errors.InvalidOptions, match="under way"):
            batch.recv()
        batch.send([0], [0])
        assert sorted(batch.recv()[4]["env_id"]) == [0, 3]


@_TRANSPORTS
def test_an_error_of_a_copy_is_raised_by_recv_and_a_reset_goes_on(transport: str, address: str) -> None:
    with closing(_batch(address, Broken, transport=transport)) as batch:
        batch.reset()
        batch.send([0], [2])
        with pytest.raises(errors.GameFailed, match="a bug in the environment"):
            batch.recv()
        with pytest.raises(errors.NotReset):
            batch.recv()
        batch.reset()


def test_silence_of_a_copy_is_raised_by_recv(address: str, gate: type[Gate]) -> None:
    with closing(_batch(address, Gate, step_timeout=0.2)) as batch:
        batch.reset()
        batch.send([0, 0], [0, 1])
        with pytest.raises(errors.GameSilent):
            batch.recv()


def test_it_has_no_step(address: str) -> None:
    with closing(_batch(address)) as batch:
        batch.reset()
        with pytest.raises(errors.Unsupported, match=r"use send\(\) and recv\(\)"):
            batch.step([0] * 4)


def test_a_batch_that_steps_together_has_no_send_and_no_recv(address: str) -> None:
    with closing(_batch(address, batch_size=None)) as batch:
        batch.reset()
        for call in (batch.recv, lambda: batch.send([0], [0])):
            with pytest.raises(errors.Unsupported, match=r"use step\(\)"):
                call()


@pytest.mark.parametrize("batch_size", [0, 5, "2", 1.0], ids=repr)
def test_a_batch_size_that_cannot_be_is_refused_without_a_server(batch_size: Any) -> None:
    with pytest.raises(errors.InvalidOptions, match="from 1 to num_envs, 4"):
        _batch("localhost:1", batch_size=batch_size)


@pytest.mark.parametrize("env_ids", ["one", [[0]], [0.5], [2**40], [True]], ids=repr)
def test_env_ids_that_are_no_numbers_are_refused_at_once(env_ids: Any, address: str) -> None:
    with closing(_batch(address)) as batch:
        batch.reset()
        with pytest.raises(errors.InvalidOptions, match="env_ids"):
            batch.send([0], env_ids)


def test_an_action_that_cannot_be_carried_is_refused_at_once(address: str) -> None:
    with closing(_batch(address)) as batch:
        batch.reset()
        with pytest.raises(errors.InvalidAction, match="numpy arrays"):
            batch.send([print], [0])


def test_nothing_comes_before_a_reset(address: str) -> None:
    with closing(_batch(address)) as batch:
        for call in (batch.recv, lambda: batch.send([0], [0])):
            with pytest.raises(errors.NotReset):
                call()
