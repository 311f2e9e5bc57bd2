"""A function of the user's as a source of environments: what it is called with, and what its exceptions become."""

import threading
from typing import Any

import gymnasium
import pytest

from stepwire_bridge.faults import Fault, GameFailed, InvalidAction, InvalidOptions, UnknownEnv, Unsupported
from stepwire_service.catalog import Order
from stepwire_service.catalog.hooked import EnvironmentMalformed, EnvironmentNotFound, HookedSource, WrongAction

SECONDS = 20.0


async def refused(get_env: Any, order: Order | None = None) -> Fault:
    with pytest.raises(Fault) as caught:
        await HookedSource(get_env).open("mine", order or Order("hook:mine"), timeout=SECONDS)
    return caught.value


async def test_the_function_is_called_with_the_id_and_the_keyword_arguments_in_the_environments_own_thread() -> None:
    called: list[Any] = []

    def get_env(env_id: str, seed: int | None = None, **kwargs: Any) -> Any:
        called.append((env_id, seed, kwargs, threading.current_thread() is threading.main_thread()))
        return gymnasium.make("CartPole-v1")

    order = Order("hook:mine", {"seed": 0, "worker_id": 3})
    backend = await HookedSource(get_env).open("mine", order, timeout=SECONDS)
    assert called == [("mine", 0, {"worker_id": 3}, False)]
    assert backend.spec.action_space == gymnasium.spaces.Discrete(2)
    await backend.close()


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (EnvironmentNotFound, UnknownEnv),
        (EnvironmentNotFound("mine"), UnknownEnv),
        (EnvironmentMalformed("mine"), InvalidOptions),
        (RuntimeError("no display"), GameFailed),
    ],
)
async def test_what_the_function_raises_is_a_fault(error: Any, fault: type[Fault]) -> None:
    def get_env(env_id: str) -> Any:
        raise error

    assert type(await refused(get_env)) is fault


async def test_what_is_no_environment_is_its_authors_fault() -> None:
    assert isinstance(await refused(lambda env_id: None), GameFailed)


async def test_there_are_no_batches_and_no_offers() -> None:
    assert isinstance(await refused(gymnasium.make, Order("hook:mine", num_envs=2)), Unsupported)
    with pytest.raises(Unsupported):
        await HookedSource(gymnasium.make).open_copies("mine", Order("hook:mine"), 2, timeout=SECONDS)
    assert list(HookedSource(gymnasium.make).offers()) == []


async def test_an_environment_may_call_an_action_wrong() -> None:
    class Choosy(gymnasium.Wrapper[Any, Any, Any, Any]):
        def step(self, action: Any) -> Any:
            raise WrongAction("left")

    source = HookedSource(lambda env_id: Choosy(gymnasium.make("CartPole-v1")))
    backend = await source.open("mine", Order("hook:mine"), timeout=SECONDS)
    await backend.reset(seeds=None, options=None, mask=None, timeout=SECONDS)
    with pytest.raises(InvalidAction, match="left"):
        await backend.step(1, timeout=SECONDS)
    await backend.close()


async def test_a_look_leaves_nothing_behind() -> None:
    spec = await HookedSource(lambda env_id: gymnasium.make("CartPole-v1")).spec("mine", {}, timeout=SECONDS)
    assert spec.action_space == gymnasium.spaces.Discrete(2)
