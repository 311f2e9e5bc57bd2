import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from stepwire_bridge.faults import (
    AtCapacity,
    Draining,
    Fault,
    GameFailed,
    InvalidOptions,
    NotAllowed,
    SessionLost,
    TooLarge,
    UnknownSession,
)
from stepwire_service.catalog import Catalog, GymSource, Order
from stepwire_service.sessions import Deadlines, Session, Sessions
from stepwire_service.settings import Settings
from tests.odd_envs import Gated

COUNTER = Order("gym:Odd/Counter-v0")
DEADLINES = Deadlines(make=20.0, reset=20.0, step=20.0, render=20.0)


@asynccontextmanager
async def opened(**settings: Any) -> AsyncIterator[Sessions]:
    wanted = Settings(**settings)
    async with Sessions(Catalog({"gym": GymSource(wanted)}), wanted) as sessions:
        yield sessions


async def make(sessions: Sessions, order: Order = COUNTER, **fields: Any) -> Session:
    fields = {"make_key": secrets.token_bytes(16), "owner": "", **fields}
    return await sessions.open(order, DEADLINES, **fields)


async def test_a_make_that_is_repeated_while_it_runs_opens_one_session() -> None:
    async with opened() as sessions:
        key = secrets.token_bytes(16)
        first, second = await asyncio.gather(make(sessions, make_key=key), make(sessions, make_key=key))
        assert first is second
        assert (len(sessions), sessions.envs) == (1, 1)


async def test_a_make_goes_on_when_its_caller_is_gone() -> None:
    Gated.shut()
    async with opened() as sessions:
        key = secrets.token_bytes(16)
        making = asyncio.create_task(make(sessions, Order("gym:Odd/SlowToMake-v0"), make_key=key))
        await asyncio.sleep(0)
        making.cancel()
        Gated.gate.set()
        session = await make(sessions, make_key=key)
        assert session.identity.env_id == "gym:Odd/SlowToMake-v0"


async def test_two_owners_may_choose_the_same_key() -> None:
    async with opened() as sessions:
        key = secrets.token_bytes(16)
        first, second = [await make(sessions, make_key=key, owner=owner) for owner in ("a", "b")]
        assert first is not second


async def test_a_failed_make_may_be_tried_again_with_its_key() -> None:
    async with opened(max_sessions=1) as sessions:
        key = secrets.token_bytes(16)
        with pytest.raises(GameFailed):
            await make(sessions, Order("gym:Odd/Unmakable-v0"), make_key=key)
        assert len(sessions) == 0
        await make(sessions, make_key=key)


@pytest.mark.parametrize(
    ("order", "key", "fault"),
    [
        (COUNTER, b"short", InvalidOptions),
        (Order("gym:Odd/Counter-v0", num_envs=0), b"k" * 16, InvalidOptions),
        (Order("gym:Odd/Counter-v0", num_envs=9), b"k" * 16, TooLarge),
        (Order("gym:Odd/Counter-v0", num_envs=3, batch_size=0), b"k" * 16, InvalidOptions),
        (Order("gym:Odd/Counter-v0", num_envs=3, batch_size=4), b"k" * 16, InvalidOptions),
        (Order("gym:Odd/Counter-v0", batch_size=1), b"k" * 16, InvalidOptions),
    ],
)
async def test_an_order_that_cannot_be_is_refused(order: Order, key: bytes, fault: type[Fault]) -> None:
    async with opened(max_envs_per_session=8) as sessions:
        with pytest.raises(fault):
            await make(sessions, order, make_key=key)


async def test_a_full_house_opens_again_when_somebody_leaves() -> None:
    async with opened(max_sessions=1) as sessions:
        session = await make(sessions)
        with pytest.raises(AtCapacity):
            await make(sessions)
        await sessions.close(session)
        await make(sessions)


async def test_a_session_is_found_by_id_key_and_owner() -> None:
    async with opened() as sessions:
        session = await make(sessions, owner="a")
        identity = session.identity
        assert sessions.find(identity.session_id, identity.resume_key, "a") is session
        with pytest.raises(NotAllowed):
            sessions.find(identity.session_id, identity.resume_key, "b")
        with pytest.raises(UnknownSession):
            sessions.find(identity.session_id, b"guess", "a")


async def test_ids_and_keys_are_never_the_same_twice() -> None:
    async with opened() as sessions:
        made = [(await make(sessions)).identity for _ in range(20)]
        assert len({identity.session_id for identity in made}) == 20
        assert len({identity.resume_key for identity in made}) == 20
        assert min(len(identity.resume_key) for identity in made) >= 16


async def test_an_idle_session_is_closed_and_says_why_to_whoever_returns() -> None:
    Gated.shut()
    async with opened(idle_time=0.05) as sessions:
        identity = (await make(sessions, Order("gym:Odd/Gated-v0"))).identity
        await sessions.emptied()
        await asyncio.to_thread(Gated.closed.wait, 10)
        with pytest.raises(SessionLost, match="nobody called it"):
            sessions.find(identity.session_id, identity.resume_key, "")


async def test_a_streamed_session_waits_for_a_stream_for_the_grace_time() -> None:
    async with opened(grace_time=0.05) as sessions:
        session = await make(sessions, streamed=True)
        await sessions.emptied()
        with pytest.raises(SessionLost, match="its stream ended"):
            await session.ask(1, 0, lambda: asyncio.sleep(0, b""))


async def test_without_any_grace_a_new_session_can_still_be_taken_hold_of() -> None:
    async with opened(grace_time=0.0) as sessions:
        session = await make(sessions, streamed=True)
        session.hold(lambda _: None)
        await asyncio.sleep(0.15)  # longer than the sweeper sleeps: that nothing happens cannot be waited for
        assert len(sessions) == 1


async def test_a_session_whose_request_does_not_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Session, "stuck", lambda _: True)
    async with opened(grace_time=0.05) as sessions:
        session = await make(sessions)
        with pytest.raises(SessionLost, match="bug"):
            await session.ask(1, 0, lambda: asyncio.sleep(60, b""))


async def test_draining_waits_for_the_last_session_and_takes_no_new_one() -> None:
    async with opened() as sessions:
        session = await make(sessions)
        draining = asyncio.create_task(sessions.drain(20.0))
        await asyncio.sleep(0)
        assert sessions.draining
        assert 0 < sessions.seconds_left <= 20.0
        with pytest.raises(Draining):
            await make(sessions)
        again = await make(sessions, make_key=session.identity.make_key)
        assert again is session
        await sessions.close(session)
        await draining


async def test_draining_gives_up_when_its_time_is_over() -> None:
    async with opened() as sessions:
        await make(sessions)
        await sessions.drain(0.02)
        assert sessions.seconds_left == 0.0
        assert len(sessions) == 1


async def test_while_it_is_left_no_session_is_made() -> None:
    sessions = Sessions(Catalog({"gym": GymSource(Settings())}), Settings())
    await sessions.__aenter__()
    await make(sessions)
    leaving = asyncio.create_task(sessions.__aexit__())
    await asyncio.sleep(0)
    with pytest.raises(Draining):
        await make(sessions)
    await leaving
    assert len(sessions) == 0


async def test_leaving_closes_every_session_and_its_env() -> None:
    Gated.shut()
    async with opened() as sessions:
        session = await make(sessions, Order("gym:Odd/Gated-v0"))
        ends: list[Fault] = []
        session.hold(ends.append)
    assert Gated.closed.is_set()
    assert [fault.reason for fault in ends] == ["SESSION_LOST"]


async def test_leaving_ends_a_make_that_is_still_running() -> None:
    Gated.shut()
    async with opened() as sessions:
        making = asyncio.create_task(make(sessions, Order("gym:Odd/SlowToMake-v0")))
        await asyncio.sleep(0)
    with pytest.raises(Draining):
        await making
    Gated.gate.set()


async def test_leaving_while_draining_ends_streams_with_draining() -> None:
    async with opened() as sessions:
        session = await make(sessions)
        ends: list[Fault] = []
        session.hold(ends.append)
        await sessions.drain(0.0)
    assert [fault.reason for fault in ends] == ["DRAINING"]
