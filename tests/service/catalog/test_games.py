import pytest

from stepwire_bridge.faults import InvalidOptions, NoGameWaiting
from tests.service.catalog.test_catalog import SECONDS, catalog, refused


async def test_a_game_that_is_not_connected_is_no_unknown_env() -> None:
    with pytest.raises(NoGameWaiting):
        await catalog().spec("game:snake", {}, timeout=SECONDS)


async def test_a_game_takes_no_keyword_arguments() -> None:
    assert isinstance(await refused(catalog(), "game:snake", board=3), InvalidOptions)
