from collections.abc import AsyncIterator, Iterator

import pytest

from tests.odd_envs import Gated
from tests.service.harness import Caller, served


@pytest.fixture
async def caller() -> AsyncIterator[Caller]:
    async with served() as caller:
        yield caller


@pytest.fixture
def gates() -> Iterator[type[Gated]]:
    Gated.shut()
    yield Gated
    Gated.gate.set()
