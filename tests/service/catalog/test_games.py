from dataclasses import replace

import pytest

from stepwire_bridge.faults import InvalidOptions, NoGameWaiting
from stepwire_bridge.host import HostStatus
from stepwire_bridge.lobby import Lobby
from stepwire_service.catalog import GameSource
from tests.service.catalog.test_catalog import SECONDS, catalog, refused


async def test_a_game_that_is_not_connected_is_no_unknown_env() -> None:
    with pytest.raises(NoGameWaiting):
        await catalog().spec("game:snake", {}, timeout=SECONDS)


async def test_a_game_takes_no_keyword_arguments() -> None:
    assert isinstance(await refused(catalog(), "game:snake", board=3), InvalidOptions)


def test_a_game_whose_host_is_only_starting_is_listed_with_nothing_free() -> None:
    host = HostStatus("toy", pid=7, instances=4, restarts=1, rss_mb=50, steps=9, episodes=3, faults=2, uptime=8)
    source = GameSource(Lobby(), None, lambda: [host, replace(host, pid=8)])
    (offer,) = source.offers()
    assert (offer.env_id, offer.instances, offer.free) == ("game:toy", 0, 0)
    assert [one.pid for one in offer.hosts] == [7, 8]
