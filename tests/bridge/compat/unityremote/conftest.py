"""Engines for programs whose calls wait: they play on the loop of the portal."""

from collections.abc import Iterator

import pytest

from stepwire_bridge.compat.portal import portal
from tests.bridge.udp.engine import Engine, engines


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = portal().run(Engine().open())
    yield engine
    portal().run(engine.close())


@pytest.fixture
def row() -> Iterator[list[Engine]]:
    """Three engines on ports one after the other."""
    playing = engines(3)
    yield portal().run(playing.__aenter__())
    portal().run(playing.__aexit__(None, None, None))
