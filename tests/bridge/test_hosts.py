"""The hosts of a bridge, with the real runner and a real game."""

from stepwire_bridge.games import Games
from stepwire_bridge.greeting import Terms
from stepwire_bridge.hosts import HostedGame
from stepwire_bridge.lobby import Lobby
from tests.bridge.hosting import SNAKE, hosts_of


async def test_a_hosted_game_comes_into_the_lobby_and_leaves_when_its_host_is_stopped(
    games: Games, lobby: Lobby
) -> None:
    running = hosts_of(games)
    running.start(HostedGame(SNAKE, 3, name="viper"))
    leases = await lobby.lease("viper", 3, timeout=30)
    await running.close()
    await running.close()
    await leases[0].game.finished.wait()
    assert lobby.describe() == []
    assert running.statuses() == []


async def test_one_of_them_is_stopped_and_the_others_go_on(games: Games, lobby: Lobby) -> None:
    running = hosts_of(games)
    first, _ = (running.start(HostedGame(SNAKE, 1, name=name)) for name in ("viper", "adder"))
    viper = await lobby.lease("viper", 1, timeout=30)
    await lobby.lease("adder", 1, timeout=30)
    await running.stop([first])
    await viper[0].game.finished.wait()
    assert [status.game for status in running.statuses()] == ["adder"]
    await running.close()


async def test_a_host_says_the_token_that_it_was_given(lobby: Lobby) -> None:
    games = Games(lobby, terms=Terms(tokens=frozenset({"right"})))
    await games.start("127.0.0.1", 0)
    running = hosts_of(games, token="right")
    running.start(HostedGame(SNAKE, 1))
    await lobby.lease("snake", 1, timeout=30)
    await running.close()
    await games.close()


async def test_a_host_is_known_by_the_name_that_its_game_has_said(games: Games, lobby: Lobby) -> None:
    running = hosts_of(games)
    running.start(HostedGame(SNAKE.with_name("index.js").with_name("game.js"), 2))
    await lobby.lease("snake", 2, timeout=30)
    (status,) = running.statuses()
    assert (status.game, status.instances, status.restarts) == ("snake", 2, 0)
    assert status.pid > 0
    await running.close()


async def test_what_the_bridge_says_of_hosts_that_are_gone_disturbs_nobody(games: Games) -> None:
    running = hosts_of(games)
    running.joined("nobody", "toy")
    running.silent("nobody")
    assert running.statuses() == []
