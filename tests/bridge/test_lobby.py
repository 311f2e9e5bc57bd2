"""Who gets which instances, and who waits."""

import asyncio
from typing import Any, cast

import pytest

from stepwire_bridge.faults import NoGameWaiting
from stepwire_bridge.game import Game
from stepwire_bridge.greeting import GameSpec, Refused
from stepwire_bridge.lobby import Lease, Lobby
from tests.bridge.toy import Toy


class Standing:
    """As much of a game as the lobby sees: it gives instances back at once."""

    def __init__(self, instances: int, name: str = "toy", **changes: Any) -> None:
        spaces = {"observation_space": Toy.observation_space, "action_space": Toy.action_space} | changes
        self.spec = GameSpec(name=name, metadata={}, **spaces)
        self.instances = instances
        self.over = None

    def release(self, instances: list[int], then: Any) -> None:
        then()


def standing(*args: Any, **kwargs: Any) -> Game:
    return cast(Game, Standing(*args, **kwargs))


def lobby_of(*games: Game) -> Lobby:
    lobby = Lobby()
    for game in games:
        lobby.add(game)
    return lobby


def spread(leases: list[Lease]) -> list[tuple[int, ...]]:
    return [lease.instances for lease in leases]


async def test_a_lease_is_on_one_connection_where_one_has_room() -> None:
    small, large = standing(4), standing(16)
    lobby = lobby_of(large, small)
    (lease,) = await lobby.lease("toy", 3, timeout=0)
    assert lease.game is small
    assert lease.instances == (0, 1, 2)
    assert lobby.free("toy") == 17


async def test_a_lease_that_fits_nowhere_is_spread_over_as_few_connections_as_possible() -> None:
    lobby = lobby_of(standing(2), standing(8), standing(3))
    assert spread(await lobby.lease("toy", 10, timeout=0)) == [tuple(range(8)), (0, 1)]


async def test_whoever_finds_too_few_is_told_that_other_processes_have_games_of_their_own() -> None:
    lobby = Lobby(processes=4)
    lobby.add(standing(16))
    with pytest.raises(NoGameWaiting, match=r"64 wanted, 16 free.*one of 4 server processes") as refused:
        await lobby.lease("toy", 64, timeout=0)
    assert refused.value.data["processes"] == "4"


async def test_nothing_is_leased_twice() -> None:
    lobby = lobby_of(standing(4))
    leases = [(await lobby.lease("toy", 1, timeout=0))[0] for _ in range(4)]
    assert sorted(lease.instances for lease in leases) == [(0,), (1,), (2,), (3,)]
    with pytest.raises(NoGameWaiting):
        await lobby.lease("toy", 1, timeout=0)


async def test_what_is_given_back_can_be_leased_again() -> None:
    lobby = lobby_of(standing(2))
    lobby.give_back(await lobby.lease("toy", 2, timeout=0))
    assert spread(await lobby.lease("toy", 2, timeout=0)) == [(0, 1)]


async def test_a_lease_waits_until_there_are_enough() -> None:
    lobby = lobby_of(standing(2))
    waiting = asyncio.create_task(lobby.lease("toy", 3, timeout=5))
    await asyncio.sleep(0)
    lobby.add(standing(1))
    assert sum(map(len, spread(await waiting))) == 3


async def test_when_there_are_not_enough_in_time_the_fault_says_how_many_there_are() -> None:
    with pytest.raises(NoGameWaiting) as raised:
        await lobby_of(standing(2)).lease("toy", 3, timeout=0.01)
    assert (raised.value.game, raised.value.wanted, raised.value.free) == ("toy", 3, 2)


async def test_who_waits_for_many_is_not_passed_by_who_wants_few() -> None:
    lobby = lobby_of(standing(2))
    many = asyncio.create_task(lobby.lease("toy", 3, timeout=5))
    await asyncio.sleep(0)
    few = asyncio.create_task(lobby.lease("toy", 1, timeout=5))
    await asyncio.sleep(0)
    lobby.add(standing(1))
    await many
    assert not few.done()
    lobby.add(standing(1))
    await few


async def test_who_gives_up_lets_the_next_one_through() -> None:
    lobby = lobby_of(standing(2))
    many = asyncio.create_task(lobby.lease("toy", 3, timeout=0.02))
    await asyncio.sleep(0)
    few = asyncio.create_task(lobby.lease("toy", 1, timeout=5))
    with pytest.raises(NoGameWaiting):
        await many
    await few


async def test_who_is_cancelled_at_the_moment_of_the_lease_leaves_nothing_held() -> None:
    lobby = lobby_of()
    waiting = asyncio.create_task(lobby.lease("toy", 2, timeout=5))
    await asyncio.sleep(0)
    lobby.add(standing(2))
    waiting.cancel()
    await asyncio.wait([waiting])
    assert waiting.cancelled()
    assert lobby.free("toy") == 2


async def test_games_of_other_names_do_not_count() -> None:
    lobby = lobby_of(standing(5, "chess"))
    with pytest.raises(NoGameWaiting, match="no game 'toy' is connected; there is chess"):
        await lobby.lease("toy", 1, timeout=0)


async def test_a_game_that_left_is_forgotten_with_its_instances() -> None:
    game = standing(2)
    lobby = lobby_of(game, standing(1))
    lobby.remove(game)
    lobby.remove(game)
    assert lobby.free("toy") == 1


async def test_instances_given_back_after_their_game_left_come_to_nobody() -> None:
    game = standing(2)
    lobby = lobby_of(game)
    leases = await lobby.lease("toy", 2, timeout=0)
    lobby.remove(game)
    lobby.give_back(leases)
    assert lobby.describe() == []


@pytest.mark.parametrize("which", ["observation_space", "action_space"])
def test_a_second_game_of_the_name_with_other_spaces_is_refused(which: str) -> None:
    other = Toy.action_space if which == "observation_space" else Toy.observation_space
    with pytest.raises(Refused, match=which) as refused:
        lobby_of(standing(1), standing(1, **{which: other}))
    assert refused.value.code == "BAD_HELLO"


def test_describe_says_what_is_there() -> None:
    lobby = lobby_of(standing(2), standing(3), standing(1, "chess"))
    assert [(s.spec.name, s.connections, s.instances, s.free) for s in lobby.describe()] == [
        ("chess", 1, 1, 1),
        ("toy", 2, 5, 5),
    ]


async def test_the_spec_of_a_game_is_known_while_all_its_instances_are_held() -> None:
    lobby = lobby_of(standing(1))
    await lobby.lease("toy", 1, timeout=0)
    assert lobby.spec("toy").action_space == Toy.action_space
    with pytest.raises(NoGameWaiting):
        lobby.spec("chess")
