"""Games that a client names by their folders: real hosts, whose game is the snake whatever the description says."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from stepwire_bridge import host
from stepwire_bridge.faults import AtCapacity, Fault, GameFailed, InvalidOptions, NoGameWaiting, UnknownEnv
from stepwire_bridge.games import Games
from stepwire_bridge.hosts import Hosts
from stepwire_bridge.lobby import Lobby
from stepwire_service import assets, descriptions, hosting
from stepwire_service.catalog import Catalog, GameSource, OnDemand, Order
from stepwire_service.catalog.on_demand import allowed
from stepwire_service.descriptions import BadDescription, Described
from stepwire_service.settings import ConfigError, Settings

SECONDS = 30.0
SNAKE = assets.path("js_client/examples/snake/game.js")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The server's working directory, with a game in it."""
    monkeypatch.chdir(tmp_path)
    game = tmp_path / "games" / "toy"
    game.mkdir(parents=True)
    (game / "stepwire.game.toml").touch()
    return game


@pytest.fixture(autouse=True)
def described(monkeypatch: pytest.MonkeyPatch, folder: Path) -> dict[str, Any]:
    """What every description is taken for: the snake, with the fields that a test puts here."""
    fields: dict[str, Any] = {"name": "toy", "source": SNAKE, "root": folder, "mounts": ()}

    def describe(path: Path, *, trusted: bool) -> Described:
        assert not trusted
        if "problem" in fields:
            raise BadDescription(fields["problem"])
        return Described(fields["source"], fields["root"], fields["mounts"], None, fields)

    monkeypatch.setattr(descriptions, "describe", describe)
    return fields


class Room:
    """A lobby, the catalog in front of it, and the hosts behind."""

    def __init__(self, **settings: Any) -> None:
        self.lobby = Lobby()
        self.games = Games(self.lobby)
        self.settings = Settings(**settings)
        self.hosts: Hosts | None = None
        self.on_demand = OnDemand(self.lobby, self.settings, self._hosts, self.games.declare)
        self.catalog = Catalog({"game": GameSource(self.lobby, self.on_demand, self.statuses)})

    async def _hosts(self) -> Hosts:
        if self.hosts is None:
            self.hosts = hosting.hosts(f"ws://127.0.0.1:{self.games.port}", self.settings, ())
            self.games.watch = self.hosts
        return self.hosts

    def statuses(self) -> list[Any]:
        return self.hosts.statuses() if self.hosts else []

    async def open(self, name: str, **order: Any) -> Any:
        return await self.catalog.open(Order(f"game:{name}", **order), timeout=SECONDS)

    async def refused(self, name: str, **order: Any) -> Fault:
        with pytest.raises(Fault) as raised:
            await self.open(name, **order)
        return raised.value

    async def close(self) -> None:
        await self.on_demand.close()
        if self.hosts:
            await self.hosts.close()
        await self.games.close()


@pytest.fixture
async def room(request: pytest.FixtureRequest) -> AsyncIterator[Room]:
    room = Room(**getattr(request, "param", {}))
    await room.games.start("127.0.0.1", 0)
    yield room
    await room.close()


def with_settings(**settings: Any) -> Any:
    return pytest.mark.parametrize("room", [settings], indirect=True)


async def test_a_game_is_started_when_it_is_opened_and_listed_under_its_path(room: Room) -> None:
    backend = await room.open("./games/toy")
    assert (await backend.reset(seeds=[1], options=None, mask=None, timeout=SECONDS)).observation.shape == (3, 10, 10)
    (offer,) = room.catalog.offers()
    assert (offer.env_id, offer.instances, offer.free, len(offer.hosts)) == ("game:./games/toy", 1, 0, 1)
    await backend.close()


@pytest.mark.parametrize("name", ["./games/toy/", "./games/../games/toy", "{folder}", "./link"])
async def test_every_way_to_write_a_path_is_the_same_game(name: str, room: Room, folder: Path) -> None:
    (folder.parents[1] / "link").symlink_to(folder)
    first, second = await room.open("./games/toy"), await room.open(name.format(folder=folder))
    assert [offer.env_id for offer in room.catalog.offers()] == ["game:./games/toy"]
    assert len(room.statuses()) == 2  # neither was free for the other
    await first.close()
    await second.close()


async def test_what_is_free_is_taken_before_more_is_started(room: Room) -> None:
    batch = await room.open("./games/toy", num_envs=3)
    await batch.close()
    again = await room.open("./games/toy", num_envs=2)
    assert sum(status.instances for status in room.statuses()) == 3
    more = await room.open("./games/toy", num_envs=2)
    assert sum(status.instances for status in room.statuses()) == 4
    await again.close()
    await more.close()


@with_settings(host_processes=2)
async def test_many_instances_are_spread_over_processes(room: Room) -> None:
    batch = await room.open("./games/toy", num_envs=5)
    assert sorted(status.instances for status in room.statuses()) == [2, 3]
    await batch.close()


async def test_two_that_come_at_one_time_do_not_take_each_others_instances(room: Room) -> None:
    both = await asyncio.gather(room.open("./games/toy", num_envs=2), room.open("./games/toy", num_envs=2))
    assert sum(status.instances for status in room.statuses()) == 4
    for backend in both:
        await backend.close()


async def test_the_copies_of_an_asynchronous_batch_share_processes(room: Room) -> None:
    order = Order("game:./games/toy", num_envs=4, batch_size=2)
    backend = await room.catalog.open_asynchronous(order, timeout=SECONDS)
    assert [status.instances for status in room.statuses()] == [4]
    await backend.close()


async def test_the_spaces_of_a_game_that_nobody_has_opened_are_its_own(room: Room) -> None:
    spec = await room.catalog.spec("game:./games/toy", {}, timeout=SECONDS)
    assert spec.observation_space.shape == (3, 10, 10)
    await room.catalog.spec("game:./games/toy", {}, timeout=SECONDS)
    assert len(room.statuses()) == 1


@with_settings(host_idle_time=0.05)
async def test_some_time_after_the_last_session_has_closed_its_hosts_stop(room: Room) -> None:
    first, second = await room.open("./games/toy"), await room.open("./games/toy")
    await first.close()
    await asyncio.sleep(0.2)
    assert len(room.statuses()) == 2
    await second.close()
    async with asyncio.timeout(SECONDS):
        while room.lobby.describe() or room.statuses():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    third = await room.open("./games/toy")
    await third.close()


# ── what is refused ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("./games/no", "There is no file or folder"),
        ("../", "game_folders does not allow it"),
        ("/etc", "game_folders does not allow it"),
        ("/no/such/folder", "game_folders does not allow it"),
        ("./outside", "game_folders does not allow it"),
        ("./games/game.js", "A module is started by whoever runs the server"),
        ("./games/\x00", "no control characters"),
    ],
)
async def test_a_path_that_may_not_be_named_is_no_environment(name: str, words: str, room: Room, folder: Path) -> None:
    (folder.parents[1] / "outside").symlink_to("/etc")
    (folder.parent / "game.js").touch()
    fault = await room.refused(name)
    assert isinstance(fault, UnknownEnv) and words in str(fault)
    assert room.statuses() == []


def test_a_path_that_is_too_long_for_a_name_is_refused(tmp_path: Path) -> None:
    deep = tmp_path / ("a" * 120) / ("b" * 120)
    deep.mkdir(parents=True)
    with pytest.raises(UnknownEnv, match="at most 200 characters"):
        allowed(str(deep), [tmp_path])


@with_settings(game_folders=())
async def test_without_folders_no_path_may_be_named(room: Room) -> None:
    assert "game_folders does not allow it" in str(await room.refused("./games/toy"))


async def test_a_description_with_problems_tells_them_all(room: Room, described: dict[str, Any]) -> None:
    described["problem"] = "action.space is missing; reward.scale is text"
    fault = await room.refused("./games/toy")
    assert isinstance(fault, InvalidOptions)
    assert "action.space is missing; reward.scale is text" in str(fault)


@pytest.mark.parametrize("field", ["root", "mounts"])
async def test_a_description_may_not_lead_out_of_the_folders(field: str, room: Room, described: dict[str, Any]) -> None:
    described[field] = Path("/etc") if field == "root" else (Path("/etc/passwd"),)
    fault = await room.refused("./games/toy")
    assert isinstance(fault, UnknownEnv) and "game_folders does not allow /etc" in str(fault)


async def test_a_link_in_the_game_may_not_lead_out_of_the_folders(room: Room, folder: Path) -> None:
    (folder / "secrets").symlink_to("/etc")
    fault = await room.refused("./games/toy")
    assert isinstance(fault, UnknownEnv) and "toy/secrets leads to" in str(fault)


async def test_code_may_not_be_the_description_of_a_game_that_is_not_confined(
    room: Room, described: dict[str, Any], folder: Path
) -> None:
    described |= {"driver": "chromium", "source": folder / "stepwire.game.mjs"}
    assert isinstance(await room.refused("./games/toy"), UnknownEnv)


async def test_a_game_that_does_not_start_says_why_and_may_be_mended(
    room: Room, described: dict[str, Any], folder: Path
) -> None:
    described["source"] = folder / "broken.js"
    fault = await room.refused("./games/toy")
    assert isinstance(fault, GameFailed) and "broken.js" in str(fault)
    assert room.statuses() == []
    described["source"] = SNAKE
    backend = await room.open("./games/toy")
    await backend.close()


async def test_a_game_that_ends_again_and_again_says_its_last_words(
    room: Room, described: dict[str, Any], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host, "FIRST_PAUSE", 0.01)
    described["source"] = folder / "crash.mjs"
    described["source"].write_text("console.error('the last words'); process.exit(7)")
    with pytest.raises(GameFailed, match="the last words"):
        await room.catalog.open(Order("game:./games/toy"), timeout=3)


@with_settings(max_games=1)
async def test_no_more_processes_are_started_than_there_may_be_games(room: Room) -> None:
    backend = await room.open("./games/toy")
    assert isinstance(await room.refused("./games/toy"), AtCapacity)
    await backend.close()


async def test_without_node_it_is_no_environment(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    def hosts(*_: Any) -> Hosts:
        raise ConfigError("games: no Node.")

    monkeypatch.setattr(hosting, "hosts", hosts)
    fault = await room.refused("./games/toy")
    assert isinstance(fault, UnknownEnv) and "no Node" in str(fault)


async def test_a_name_that_is_no_path_is_looked_for_among_the_connected_games(room: Room) -> None:
    with pytest.raises(NoGameWaiting):
        await room.catalog.open(Order("game:toy"), timeout=0.01)
    assert not OnDemand.means("toy")
