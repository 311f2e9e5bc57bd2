import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from unittest.mock import ANY

import pytest

from stepwire_bridge.faults import Fault, OutOfOrder, SessionLost, SessionTaken
from stepwire_service.sessions import Deadlines, Episodes, Identity, Replies, Session, Turn
from tests.service.sessions.test_episodes import Scripted


@pytest.fixture
async def session() -> Session:
    identity = Identity("session-1", b"key", b"make", "", "gym:X-v0")
    episodes = Episodes(Scripted(), Deadlines(1.0, 1.0, 1.0, 1.0))
    return Session(identity, episodes, Replies(64, 2**20), longest=1.0, streamed=False)


class Gate:
    """Work that says when it has begun and ends when it is told to."""

    def __init__(self, reply: bytes = b"reply") -> None:
        self.reply = reply
        self.runs = 0
        self.begun = asyncio.Event()
        self.open = asyncio.Event()

    async def __call__(self) -> bytes:
        self.runs += 1
        self.begun.set()
        await self.open.wait()
        return self.reply


def at_once(reply: bytes) -> Callable[[], Awaitable[bytes]]:
    async def work() -> bytes:
        return reply

    return work


async def forbidden() -> bytes:
    raise AssertionError("executed twice")


async def test_requests_are_executed_one_at_a_time_and_in_order(session: Session) -> None:
    first = Gate(b"1")
    asked = [asyncio.create_task(session.ask(1, 0, first))]
    await first.begun.wait()
    second = Gate(b"2")
    asked.append(asyncio.create_task(session.ask(2, 0, second)))
    asked.append(asyncio.create_task(session.ask(3, 0, at_once(b"3"))))
    await asyncio.sleep(0)
    assert not second.begun.is_set()
    first.open.set()
    second.open.set()
    assert await asyncio.gather(*asked) == [b"1", b"2", b"3"]


async def test_a_number_that_comes_again_is_answered_from_memory(session: Session) -> None:
    assert await session.ask(1, 0, at_once(b"1")) == b"1"
    assert await session.ask(1, 0, forbidden) == b"1"


async def test_a_number_that_comes_again_while_it_is_executed_waits_for_the_same_reply(session: Session) -> None:
    gate = Gate()
    first = asyncio.create_task(session.ask(1, 0, gate))
    await gate.begun.wait()
    second = asyncio.create_task(session.ask(1, 0, forbidden))
    gate.open.set()
    assert await asyncio.gather(first, second) == [b"reply", b"reply"]
    assert gate.runs == 1


async def test_a_request_goes_on_when_whoever_asked_is_gone(session: Session) -> None:
    gate = Gate()
    asked = asyncio.create_task(session.ask(1, 0, gate))
    await gate.begun.wait()
    asked.cancel()
    gate.open.set()
    assert await session.ask(1, 0, forbidden) == b"reply"
    assert session.next_number == 2


async def test_a_gap_is_refused_and_leaves_the_session_as_it_was(session: Session) -> None:
    with pytest.raises(OutOfOrder):
        await session.ask(2, 0, forbidden)
    assert await session.ask(1, 0, at_once(b"1")) == b"1"


async def test_a_newer_holder_ends_the_older_one_and_the_older_one_releases_nothing(session: Session) -> None:
    ends: list[Fault] = []
    newer: list[Fault] = []
    session.hold(ends.append)
    session.hold(newer.append)
    assert [type(fault) for fault in ends] == [SessionTaken]
    session.release(ends.append)
    assert session.held
    session.release(newer.append)
    assert not session.held


async def test_the_end_reaches_the_holder_and_everybody_who_waits(session: Session) -> None:
    ends: list[Fault] = []
    session.hold(ends.append)
    gate = Gate()
    asked = [asyncio.create_task(session.ask(number, 0, gate)) for number in (1, 2)]
    await gate.begun.wait()
    lost = SessionLost("session-1", "why")
    session.end(lost)
    session.end(SessionLost("session-1", "another"))
    assert await asyncio.gather(*asked, return_exceptions=True) == [lost, lost]
    assert ends == [lost]
    with pytest.raises(SessionLost, match="why"):
        await session.ask(3, 0, forbidden)


async def test_the_request_that_finishes_a_session_is_still_answered(session: Session) -> None:
    async def last() -> bytes:
        session.finish(SessionLost("session-1", "closed"))
        return b"bye"

    asked = asyncio.create_task(session.ask(1, 0, last)), asyncio.create_task(session.ask(2, 0, forbidden))
    assert await asked[0] == b"bye"
    with pytest.raises(SessionLost, match="closed"):
        await asked[1]


async def test_a_session_in_use_is_not_idle(session: Session) -> None:
    gate = Gate()
    asked = asyncio.create_task(session.ask(1, 0, gate))
    await gate.begun.wait()
    assert session.idle_for() == 0.0
    gate.open.set()
    await asked
    session.hold(lambda _: None)
    assert session.idle_for() == 0.0


async def test_a_request_that_outlives_every_deadline_is_stuck(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate()
    asked = asyncio.create_task(session.ask(1, 0, gate))
    await gate.begun.wait()
    assert not session.stuck()
    later = monotonic() + 12.0
    monkeypatch.setattr("stepwire_service.sessions.session.monotonic", lambda: later)
    assert session.stuck()
    monkeypatch.undo()
    gate.open.set()
    await asked
    assert not session.stuck()


# ── requests that the caller executes by itself ──


def me() -> asyncio.Task[None]:
    task = asyncio.current_task()
    assert task is not None
    return task


async def test_a_caller_may_execute_a_request_itself_and_its_reply_is_kept(session: Session) -> None:
    assert session.begin(1, 0, me())
    assert session.executes_in(me())
    assert session.idle_for() == 0.0
    session.settle(1, b"1")
    assert not session.executes_in(me())
    assert await session.ask(1, 0, forbidden) == b"1"


async def test_what_is_asked_meanwhile_waits_for_its_turn(session: Session) -> None:
    assert session.begin(1, 0, me())
    asked = [asyncio.create_task(session.ask(number, 0, at_once(b"2"))) for number in (1, 2)]
    await asyncio.sleep(0.01)
    assert not any(task.done() for task in asked)
    session.settle(1, b"1")
    assert await asyncio.gather(*asked) == [b"1", b"2"]


async def test_nobody_executes_a_request_itself_while_another_is_under_way(session: Session) -> None:
    gate = Gate()
    asked = asyncio.create_task(session.ask(1, 0, gate))
    await asyncio.sleep(0)
    assert not session.begin(2, 0, me())
    await gate.begun.wait()
    assert not session.begin(2, 0, me())
    gate.open.set()
    await asked
    assert session.begin(2, 1, me())
    session.settle(2, b"2")


async def test_nobody_executes_a_request_itself_while_another_waits(session: Session) -> None:
    waits = Gate()
    asked = asyncio.create_task(session.ask(1, 0, waits, Turn.WAITS))
    await waits.begun.wait()
    assert not session.begin(2, 0, me())
    waits.open.set()
    await asked


async def test_only_a_number_that_is_new_is_begun(session: Session) -> None:
    assert not session.begin(2, 0, me())
    with pytest.raises(OutOfOrder, match="acked"):
        session.begin(1, 1, me())
    assert session.begin(1, 0, me())
    session.settle(1, b"1")
    assert not session.begin(1, 0, me())


async def test_the_end_reaches_the_task_in_which_a_request_is_executed(session: Session) -> None:
    lost = SessionLost("session-1", "why")

    async def execute() -> None:
        session.begin(1, 0, me())
        await asyncio.sleep(30)

    executing = asyncio.create_task(execute())
    await asyncio.sleep(0)
    waiting = asyncio.create_task(session.ask(1, 0, forbidden))
    await asyncio.sleep(0)
    session.end(lost)
    assert await asyncio.gather(executing, waiting, return_exceptions=True) == [ANY, lost]
    assert executing.cancelled()
    with pytest.raises(SessionLost):
        session.begin(2, 0, me())


# ── requests that wait beside the road ──


async def test_what_passes_is_executed_and_answered_while_another_waits(session: Session) -> None:
    waits = Gate(b"1")
    asked = asyncio.create_task(session.ask(1, 0, waits, Turn.WAITS))
    await waits.begun.wait()
    assert await session.ask(2, 0, at_once(b"2"), Turn.PASSES) == b"2"
    waits.open.set()
    assert await asked == b"1"


async def test_what_passes_goes_past_all_that_wait_and_those_keep_their_order(session: Session) -> None:
    gates = Gate(b"1"), Gate(b"2")
    asked = [asyncio.create_task(session.ask(i + 1, 0, gate, Turn.WAITS)) for i, gate in enumerate(gates)]
    await gates[0].begun.wait()
    assert await session.ask(3, 0, at_once(b"3"), Turn.PASSES) == b"3"
    assert not gates[1].begun.is_set()
    for gate in gates:
        gate.open.set()
    assert await asyncio.gather(*asked) == [b"1", b"2"]


async def test_any_other_request_waits_for_those_that_wait_and_holds_up_what_passes(session: Session) -> None:
    waits, alone = Gate(b"1"), Gate(b"2")
    asked = [asyncio.create_task(session.ask(1, 0, waits, Turn.WAITS)), asyncio.create_task(session.ask(2, 0, alone))]
    asked.append(asyncio.create_task(session.ask(3, 0, at_once(b"3"), Turn.PASSES)))
    await waits.begun.wait()
    await asyncio.sleep(0)
    assert not alone.begun.is_set()
    waits.open.set()
    await alone.begun.wait()
    assert not asked[2].done()
    alone.open.set()
    assert await asyncio.gather(*asked) == [b"1", b"2", b"3"]


async def test_a_request_that_waits_is_executed_once_and_repeated_like_any_other(session: Session) -> None:
    waits = Gate()
    asked = asyncio.create_task(session.ask(1, 0, waits, Turn.WAITS))
    await waits.begun.wait()
    asked.cancel()
    again = asyncio.create_task(session.ask(1, 0, forbidden, Turn.WAITS))
    waits.open.set()
    assert await again == b"reply"
    assert waits.runs == 1


async def test_a_session_in_which_somebody_waits_is_not_idle(session: Session) -> None:
    waits = Gate()
    asked = asyncio.create_task(session.ask(1, 0, waits, Turn.WAITS))
    await waits.begun.wait()
    await session.ask(2, 0, at_once(b"2"), Turn.PASSES)
    assert session.idle_for() == 0.0
    waits.open.set()
    await asked


async def test_the_end_reaches_those_that_wait_beside_the_road(session: Session) -> None:
    gates = Gate(), Gate()
    asked = [asyncio.create_task(session.ask(i + 1, 0, gate, Turn.WAITS)) for i, gate in enumerate(gates)]
    await gates[0].begun.wait()
    lost = SessionLost("session-1", "why")
    session.end(lost)
    assert await asyncio.gather(*asked, return_exceptions=True) == [lost, lost]
    gates[0].open.set()
    await asyncio.sleep(0)
    assert not gates[1].begun.is_set()
