import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gymnasium
import pytest
from gymnasium.vector import AutoresetMode

import stepwire
import tests.odd_envs  # noqa: F401
from stepwire_bridge.faults import Fault, InvalidOptions, NoGameWaiting, UnknownEnv
from stepwire_bridge.lobby import Lobby
from stepwire_service.catalog import Catalog, GameSource, GymSource, Order
from stepwire_service.settings import Settings

SECONDS = 20.0
MODULE = "stepwire_test_module_of_an_env"


def catalog(**settings: Any) -> Catalog:
    return Catalog({"game": GameSource(Lobby()), "gym": GymSource(Settings(**settings))})


async def refused(catalog: Catalog, env_id: str, **kwargs: Any) -> Fault:
    """The fault with which both ways of looking at an environment are refused; they agree."""
    with pytest.raises(Fault) as opened:
        await catalog.open(Order(env_id, kwargs), timeout=SECONDS)
    with pytest.raises(Fault) as looked_at:
        await catalog.spec(env_id, kwargs, timeout=SECONDS)
    assert str(opened.value) == str(looked_at.value)
    return opened.value


@pytest.mark.parametrize("env_id", ["", "CartPole-v1", "nope:CartPole-v1", ":CartPole-v1"])
async def test_an_id_without_a_known_prefix_is_told_which_there_are(env_id: str) -> None:
    fault = await refused(catalog(), env_id)
    assert isinstance(fault, UnknownEnv)
    assert "Ids begin with game: and gym:" in str(fault)


async def test_a_registered_env_is_opened_and_described() -> None:
    backend = await catalog().open(Order("gym:Odd/Counter-v0"), timeout=SECONDS)
    await backend.close()
    spec = await catalog().spec("gym:Odd/Counter-v0", {}, timeout=SECONDS)
    assert spec.action_space == backend.spec.action_space


@pytest.mark.parametrize(("pattern", "threads"), [("gym:Odd/Counter-v0", 0), ("gym:Odd/*", 0), ("gym:Odd/C", 1)])
async def test_an_env_that_the_settings_name_inline_has_no_thread(pattern: str, threads: int) -> None:
    backend = await catalog(inline=(pattern,)).open(Order("gym:Odd/Counter-v0"), timeout=SECONDS)
    assert sum(thread.name == "gym:Odd/Counter-v0" for thread in threading.enumerate()) == threads
    await backend.close()


async def test_an_asynchronous_batch_is_made_of_single_envs() -> None:
    order = Order("gym:Odd/Counter-v0", num_envs=3, autoreset_mode=AutoresetMode.SAME_STEP, batch_size=2)
    backend = await catalog().open_asynchronous(order, timeout=SECONDS)
    spec = backend.spec
    assert (spec.num_envs, spec.batch_size, spec.autoreset_mode) == (3, 2, AutoresetMode.SAME_STEP)
    await backend.close()


async def test_an_id_that_the_settings_do_not_allow_names_the_setting_and_is_not_offered() -> None:
    some = catalog(gym_allow=("Odd/*",))
    fault = await refused(some, "gym:CartPole-v1")
    assert isinstance(fault, UnknownEnv)
    assert "gym_allow" in str(fault)
    assert {offer.env_id.partition("/")[0] for offer in some.offers()} == {"gym:Odd"}


async def test_our_own_client_is_registered_with_gymnasium_and_not_offered() -> None:
    assert stepwire.__version__ and "stepwire/Env-v0" in gymnasium.registry  # importing it has registered it
    assert "gym:stepwire/Env-v0" not in {offer.env_id for offer in catalog().offers()}


async def test_a_keyword_argument_outside_the_list_names_itself_and_the_setting() -> None:
    fault = await refused(catalog(gym_kwargs=("map_name",)), "gym:FrozenLake-v1", desc=["SG"])
    assert isinstance(fault, InvalidOptions)
    assert (fault.field, fault.given) == ("kwargs.desc", "['SG']")
    assert "gym_kwargs" in fault.expected and "map_name" in fault.expected


async def test_a_game_that_is_not_connected_is_no_unknown_env() -> None:
    with pytest.raises(NoGameWaiting):
        await catalog().spec("game:snake", {}, timeout=SECONDS)


async def test_a_game_takes_no_keyword_arguments() -> None:
    assert isinstance(await refused(catalog(), "game:snake", board=3), InvalidOptions)


# ── ids that import a module ──


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A module that registers an environment when it is imported."""
    (tmp_path / f"{MODULE}.py").write_text(
        "import gymnasium\nimport tests.odd_envs\n"
        "gymnasium.register('Imported-v0', entry_point=tests.odd_envs.Counter, order_enforce=False)\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    yield MODULE
    sys.modules.pop(MODULE, None)


@pytest.mark.parametrize("allow", [("*",), (f"{MODULE}:*",), (f"{MODULE}*", "*:*", "*Imported-v0")])
async def test_no_pattern_allows_an_id_that_imports_a_module(allow: tuple[str, ...], module: str) -> None:
    fault = await refused(catalog(gym_allow=allow), f"gym:{module}:Imported-v0")
    assert isinstance(fault, UnknownEnv)
    assert "gym_allow" in str(fault) and "word for word" in str(fault)
    assert module not in sys.modules


async def test_an_id_that_imports_a_module_is_opened_where_it_is_listed(module: str) -> None:
    listed = catalog(gym_allow=(f"{module}:Imported-v0",))
    backend = await listed.open(Order(f"gym:{module}:Imported-v0"), timeout=SECONDS)
    await backend.close()
    assert module in sys.modules


async def test_a_listed_module_that_is_not_there_is_an_unknown_env() -> None:
    fault = await refused(catalog(gym_allow=("no.such.module:Foo-v0",)), "gym:no.such.module:Foo-v0")
    assert isinstance(fault, UnknownEnv)
    assert "No module named" in str(fault)
