"""A server for a test, and one agent of each mode."""

from collections.abc import AsyncIterator

import pytest

from tests.odd_envs import Gated
from tests.service.fronts.gymie.agents import Classic, Modern, classic, gymie, modern


@pytest.fixture
async def address() -> AsyncIterator[str]:
    async with gymie() as address:
        yield address


@pytest.fixture
async def agent(address: str) -> AsyncIterator[Classic]:
    async with classic(address) as agent:
        yield agent


@pytest.fixture
async def newer(address: str) -> AsyncIterator[Modern]:
    async with modern(address) as agent:
        yield agent


@pytest.fixture
async def gated() -> AsyncIterator[type[Gated]]:
    """The environment whose steps wait at a gate, which is open when the test ends."""
    Gated.shut()
    yield Gated
    Gated.gate.set()
