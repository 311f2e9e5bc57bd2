"""What a trainer gets for bad input: one clear error, soon, while its neighbours notice nothing."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import grpc
import numpy as np
import pytest

import stepwire
from stepwire import errors
from stepwire.v1 import env_service_pb2 as pb
from stepwire.v1.env_service_pb2_grpc import EnvServiceStub
from tests.e2e.bad_game import ACTION, BadGame
from tests.e2e.saying import says
from tests.e2e.serving import SHORT, Served, serving

pytestmark = [pytest.mark.timeout(60), pytest.mark.usefixtures("neighbour")]

NOBODY = "127.0.0.1:9"  # the discard port, where nobody listens


@pytest.fixture(params=["stream", "unary"])
def env(request: pytest.FixtureRequest, served: Served) -> Iterator[Any]:
    with stepwire.RemoteEnv("game:snake", served.address, transport=request.param) as env:
        yield env


@pytest.fixture
def toy(served: Served) -> Iterator[Any]:
    """A game with a Dict of actions."""
    with BadGame(served.games, name="toy"), stepwire.RemoteEnv("game:toy", served.address) as env:
        yield env


# ── what is not there ──


@pytest.mark.parametrize(
    "env_id", ["gym:Nope-v0", "nope:snake", "snake", "", "gym:os.path:Foo-v0", "gym:antigravity:X-v0"]
)
def test_an_unknown_env_is_told_at_once_with_where_to_look(env_id: str, served: Served) -> None:
    with says(errors.UnknownEnv, repr(env_id)), stepwire.RemoteEnv(env_id, served.address) as env:
        env.reset()


def test_a_game_that_is_not_connected_is_waited_for_and_then_told(served: Served) -> None:
    with says(errors.NoGameWaiting, "no game 'pong'", "there is snake", "Start it"):
        stepwire.RemoteEnv("game:pong", served.address, make_timeout=0.3).reset()


@pytest.mark.parametrize("address", ["localhost", "http://localhost:50051", "localhost:port", "localhost:99999"])
def test_an_address_of_no_known_form_is_told_at_once(address: str) -> None:
    with says(errors.InvalidOptions, "address", repr(address), "host:port"):
        stepwire.RemoteEnv("game:snake", address)


@pytest.mark.parametrize("address", [NOBODY, "unix:/no/such/socket"])
def test_a_server_that_is_not_there_is_told_with_address_and_remedy(address: str) -> None:
    with says(errors.ConnectionFailed, address, "stepwire serve"):
        stepwire.RemoteEnv("game:snake", address, connect_timeout=0.5).reset()


def test_a_name_that_nobody_knows_is_told(served: Served) -> None:
    with says(errors.ConnectionFailed, "no-such-host.invalid"):
        stepwire.RemoteEnv("game:snake", "dns:///no-such-host.invalid:1", connect_timeout=0.5).reset()


def test_another_kind_of_server_is_told(served: Served) -> None:
    """The games port instead of the trainers': an easy mistake."""
    with says(errors.ConnectionFailed, "no stepwire server answers", "check the address"):
        stepwire.RemoteEnv("game:snake", served.games.removeprefix("ws://"), connect_timeout=0.5).reset()


def test_a_server_that_goes_down_is_told_and_the_next_reset_finds_another(served: Served) -> None:
    with serving() as mortal:
        addresses = [mortal.address, served.address]
        with stepwire.RemoteEnv("gym:CartPole-v1", mortal.address, step_timeout=0.5, connect_timeout=0.5) as env:
            env.reset(seed=1)
            mortal.process.kill()
            with says(errors.ConnectionFailed, mortal.address, "did not answer", "reset()"):
                env.step(0)
            with says(errors.NotReset, "reset()"):
                env.step(0)
            with says(errors.ConnectionFailed, "stepwire serve"):
                env.reset()
    with stepwire.RemoteEnv("gym:CartPole-v1", addresses, connect_timeout=2) as env:
        assert env.reset(seed=1)[0] in env.observation_space


# ── actions ──

OUTSIDE_THE_TOY = {
    "action.gear": (ACTION | {"gear": 7}, "7"),
    "action.thrust[1]": (ACTION | {"thrust": np.array([0, 3], np.float32)}, "3.0"),
    "action.thrust": (ACTION | {"thrust": np.zeros(3, np.float32)}, "shape"),
    "action": ({"gear": 1}, "thrust"),
}


@pytest.mark.parametrize("leaf", OUTSIDE_THE_TOY)
def test_an_action_outside_a_dict_names_leaf_given_and_expected(leaf: str, toy: Any) -> None:
    action, word = OUTSIDE_THE_TOY[leaf]
    toy.reset()
    with says(errors.InvalidAction, f"{leaf} is outside the action space", "expected", "given", word):
        toy.step(action)
    assert toy.step(ACTION)[0].tolist() == [1, 1]  # nothing was stepped, and the episode goes on


OUTSIDE_A_DISCRETE = [
    (4, "expected between 0 and 3, given 4"),
    (-1, "expected between 0 and 3, given -1"),
    (1.5, "expected a whole number, given 1.5"),
    (np.nan, "expected a whole number, given nan"),
    (np.float32(1), "expected whole numbers, given numbers of dtype float32"),
    ("up", "expected a number, given 'up'"),
    (None, "expected a number, given None"),
    ({}, "expected a number, given {}"),
    (np.array([1]), "expected a number, given numbers of shape [1]"),
]


@pytest.mark.parametrize(("action", "why"), OUTSIDE_A_DISCRETE, ids=str)
def test_an_action_outside_a_discrete_says_what_was_given_and_expected(action: Any, why: str, env: Any) -> None:
    env.reset(seed=1)
    with says(errors.InvalidAction, "action is outside the action space", why):
        env.step(action)
    env.step(0)


def test_an_action_of_a_batch_names_the_copy(served: Served) -> None:
    with closing(stepwire.RemoteVectorEnv("game:snake", num_envs=3, address=served.address)) as envs:
        envs.reset(seed=1)
        with says(errors.InvalidAction, "action[1]", "9"):
            envs.step(np.array([0, 9, 0]))
        with says(errors.InvalidAction, "action", "shape"):
            envs.step(np.array([0, 0]))
        envs.step(np.array([0, 0, 0]))


# ── order ──


def test_a_step_before_the_first_reset_is_told_with_the_remedy(env: Any) -> None:
    assert env.action_space.n == 4  # connected
    with says(errors.NotReset, "step before the first reset", "Call reset()"):
        env.step(0)
    env.reset()
    env.step(0)


def test_a_step_after_the_end_is_told_with_the_remedy(env: Any) -> None:
    env.reset(seed=1)
    while not env.step(0)[2]:
        pass
    with says(errors.EpisodeOver, "after the end of the episode", "Call reset()"):
        env.step(0)
    env.reset()
    env.step(0)


# ── sizes ──


def test_a_request_that_is_too_large_names_limit_value_and_setting(env: Any) -> None:
    env.reset(seed=1)
    with says(errors.TooLarge, "65536", "max_message_bytes", "700"):
        env.step(np.zeros(70_000, np.uint8))
    env.step(0)


def test_a_reply_that_is_too_large_names_limit_value_and_setting(served: Served) -> None:
    with stepwire.RemoteEnv("gym:tests.odd_envs:Odd/Pixels-v0", served.address) as env:
        with says(errors.TooLarge, "response", "3145", "65536", "max_message_bytes"):
            env.reset()
        assert env.action_space.n == 4  # the session is still there


def test_a_request_beyond_grpcs_own_limit_is_too_large_as_well(served: Served) -> None:
    """A client of somebody else's, which does not look at the limit before it sends."""
    with grpc.insecure_channel(served.address) as channel, pytest.raises(grpc.RpcError) as caught:
        EnvServiceStub(channel).Make(pb.MakeRequest(env_id="x" * 3_000_000), timeout=5)
    assert caught.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED


@pytest.mark.parametrize("num_envs", [5000, 2**31 - 1])
def test_too_many_copies_name_limit_value_and_setting(num_envs: int, served: Served) -> None:
    with says(errors.TooLarge, "num_envs", str(num_envs), "4096", "max_envs_per_session"):
        stepwire.RemoteVectorEnv("gym:CartPole-v1", num_envs=num_envs, address=served.address).reset()


def test_a_full_server_says_its_limit_and_when_to_come_back() -> None:
    with serving(*SHORT, "--max-sessions", "1") as small:
        with stepwire.RemoteEnv("gym:CartPole-v1", small.address) as first:
            first.reset()
            second = stepwire.RemoteEnv("gym:CartPole-v1", small.address, make_timeout=0.2)
            with pytest.raises(errors.AtCapacity, match=r"limit of sessions: 1 \(max_sessions\).*Wait") as caught:
                second.reset()
            assert caught.value.retry_after == 1.0
        assert second.reset(seed=1)[1] == {}
        second.close()
