from typing import Any

import pytest
from gymnasium.vector import AutoresetMode

import tests.odd_envs  # noqa: F401
from stepwire_bridge.faults import Fault, UnknownEnv
from stepwire_bridge.lobby import Lobby
from stepwire_service.catalog import Catalog, GameSource, GymSource, GymVecSource, Order
from stepwire_service.settings import Settings

SECONDS = 20.0


def catalog(**settings: Any) -> Catalog:
    wanted = Settings(**settings)
    sources = {"game": GameSource(Lobby()), "gym": GymSource(wanted), "gymvec": GymVecSource(wanted)}
    return Catalog(sources)


async def refused(catalog: Catalog, env_id: str, **kwargs: Any) -> Fault:
    """The fault with which both ways of looking at an environment are refused; they agree."""
    with pytest.raises(Fault) as opened:
        await catalog.open(Order(env_id, kwargs, num_envs=2), timeout=SECONDS)
    with pytest.raises(Fault) as looked_at:
        await catalog.spec(env_id, kwargs, timeout=SECONDS)
    assert str(opened.value) == str(looked_at.value)
    return opened.value


@pytest.mark.parametrize("env_id", ["", "CartPole-v1", "nope:CartPole-v1", ":CartPole-v1"])
async def test_an_id_without_a_known_prefix_is_told_which_there_are(env_id: str) -> None:
    fault = await refused(catalog(), env_id)
    assert isinstance(fault, UnknownEnv)
    assert "Ids begin with game:, gym: and gymvec:" in str(fault)


@pytest.mark.parametrize("prefix", ["gym", "gymvec"])
async def test_an_id_is_opened_and_described_by_the_source_of_its_prefix(prefix: str) -> None:
    backend = await catalog().open(Order(f"{prefix}:CartPole-v1", num_envs=2), timeout=SECONDS)
    await backend.close()
    spec = await catalog().spec(f"{prefix}:CartPole-v1", {}, timeout=SECONDS)
    assert spec.action_space == backend.spec.action_space


async def test_an_asynchronous_batch_is_made_of_single_envs() -> None:
    order = Order("gym:Odd/Counter-v0", num_envs=3, autoreset_mode=AutoresetMode.SAME_STEP, batch_size=2)
    backend = await catalog().open_asynchronous(order, timeout=SECONDS)
    spec = backend.spec
    assert (spec.num_envs, spec.batch_size, spec.autoreset_mode) == (3, 2, AutoresetMode.SAME_STEP)
    await backend.close()


def test_offers_come_in_the_order_of_the_sources() -> None:
    prefixes = [offer.env_id.partition(":")[0] for offer in catalog().offers()]
    assert list(dict.fromkeys(prefixes)) == ["gym", "gymvec"]
    assert prefixes == sorted(prefixes)
