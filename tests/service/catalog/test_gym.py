import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import gymnasium
import pytest
from gymnasium.vector import AutoresetMode

import stepwire
from stepwire_bridge.faults import InvalidOptions, UnknownEnv, Unsupported
from stepwire_service.catalog import Order
from tests.service.catalog.test_catalog import SECONDS, catalog, refused

MODULE = "stepwire_test_module_of_an_env"


async def test_an_id_that_the_settings_do_not_allow_names_the_setting_and_is_not_offered() -> None:
    some = catalog(gym_allow=("Odd/*",))
    for prefix in ("gym", "gymvec"):
        fault = await refused(some, f"{prefix}:CartPole-v1")
        assert isinstance(fault, UnknownEnv)
        assert f"{prefix}:CartPole-v1" in str(fault) and "gym_allow" in str(fault)
    assert {offer.env_id.partition("/")[0] for offer in some.offers()} == {"gym:Odd"}


async def test_our_own_client_is_registered_with_gymnasium_and_not_offered() -> None:
    assert stepwire.__version__ and "stepwire/Env-v0" in gymnasium.registry  # importing it has registered it
    assert not [offer for offer in catalog().offers() if "stepwire" in offer.env_id]


async def test_a_keyword_argument_outside_the_list_names_itself_and_the_setting() -> None:
    fault = await refused(catalog(gym_kwargs=("map_name",)), "gym:FrozenLake-v1", desc=["SG"])
    assert isinstance(fault, InvalidOptions)
    assert (fault.field, fault.given) == ("kwargs.desc", "['SG']")
    assert "gym_kwargs" in fault.expected and "map_name" in fault.expected


@pytest.mark.parametrize(("pattern", "threads"), [("gym:Odd/Counter-v0", 0), ("gym:Odd/*", 0), ("gymvec:*", 1)])
async def test_an_env_that_the_settings_name_inline_has_no_thread(pattern: str, threads: int) -> None:
    backend = await catalog(inline=(pattern,)).open(Order("gym:Odd/Counter-v0"), timeout=SECONDS)
    assert sum(thread.name == "gym:Odd/Counter-v0" for thread in threading.enumerate()) == threads
    await backend.close()


# ── vector environments of their own ──


async def test_those_that_there_are_are_offered() -> None:
    offers = {offer.env_id for offer in catalog().offers()}
    assert "gymvec:CartPole-v1" in offers
    assert "gymvec:Blackjack-v1" not in offers and "gym:Blackjack-v1" in offers


async def test_a_batch_is_opened_with_the_mode_that_the_env_has() -> None:
    backend = await catalog().open(Order("gymvec:CartPole-v1", num_envs=3), timeout=SECONDS)
    assert (backend.spec.num_envs, backend.spec.autoreset_mode) == (3, AutoresetMode.NEXT_STEP)
    await backend.close()


async def test_what_is_looked_at_is_a_single_copy() -> None:
    spec = await catalog().spec("gymvec:CartPole-v1", {}, timeout=SECONDS)
    assert (spec.num_envs, spec.autoreset_mode) == (None, None)
    assert spec.observation_space.shape == (4,)


async def test_a_single_copy_is_refused_and_told_where_to_go() -> None:
    with pytest.raises(Unsupported, match="gym:CartPole-v1"):
        await catalog().open(Order("gymvec:CartPole-v1"), timeout=SECONDS)


async def test_an_asynchronous_batch_is_refused() -> None:
    order = Order("gymvec:CartPole-v1", num_envs=3, batch_size=2)
    with pytest.raises(Unsupported, match="without batch_size"):
        await catalog().open_asynchronous(order, timeout=SECONDS)


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
