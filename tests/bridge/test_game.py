"""A live game from hello to bye: who may come in, what ends it, and that nothing of it disturbs anybody else."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import numpy as np
import pytest

from stepwire_bridge.dialects import Dialect
from stepwire_bridge.dialects.declared import declarations
from stepwire_bridge.dialects.native import Native
from stepwire_bridge.faults import GameGone, GameSilent, TooLarge
from stepwire_bridge.game import MAX_ASIDES, Game, greet
from stepwire_bridge.greeting import Terms
from stepwire_bridge.links import Link, LinkClosed
from stepwire_bridge.links.memory import MemoryLink, pair
from stepwire_bridge.messages import Bye, Fault, Frame, Message, Ping, Pong, Reset, State, Step
from tests.bridge.toy import ToyGame, hello, in_memory, read


@asynccontextmanager
async def serving(link: Link, terms: Terms | None = None, dialect: Dialect | None = None) -> AsyncIterator[Game]:
    """The bridge's side of one connection, welcomed and served."""
    game = await greet(link, dialect or Native(), terms or Terms())
    game.welcome()
    task = asyncio.create_task(game.serve())
    try:
        yield game
    finally:
        game.end("BYE", "the test is over")
        await task


@asynccontextmanager
async def by_hand(terms: Terms | None = None, **changes: Any) -> AsyncIterator[tuple[Game, MemoryLink]]:
    """A served game whose other end the test plays itself, after the welcome."""
    ours, theirs = pair()
    theirs.send(Native().encode(hello(**changes)))
    async with serving(ours, terms) as game:
        assert read(await theirs.receive())["type"] == "welcome"
        yield game, theirs


def say(link: Link, message: Message) -> None:
    link.send(Native().encode(message))  # type: ignore[arg-type]


async def hear(link: Link) -> dict[str, Any]:
    return read(await link.receive())


async def closed_with(link: MemoryLink) -> str:
    """Read until the link closes; give how."""
    with pytest.raises(LinkClosed) as closed:
        while True:
            await link.receive()
    return str(closed.value)


def reset(game: Game, instances: list[int]) -> Reset:
    return Reset(game.new_id(), instances, [None] * len(instances))


# ── asking ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_answers_are_matched_by_id_and_instance_in_whatever_order_they_come() -> None:
    async with by_hand(instances=3) as (game, theirs):
        first = asyncio.create_task(game.ask(reset(game, [0, 1]), timeout=1))
        second = asyncio.create_task(game.ask(reset(game, [2]), timeout=1))
        ids = [(await hear(theirs))["id"] for _ in range(2)]
        say(theirs, State(ids[1], [2], "c"))
        say(theirs, State(ids[0], [1], "b"))
        say(theirs, State(ids[0], [0], "a"))
        assert [answer.observations for answer in await second] == ["c"]  # type: ignore[union-attr]
        assert [answer.observations for answer in await first] == ["b", "a"]  # type: ignore[union-attr]


async def test_an_answer_nobody_asked_for_is_refused_and_not_taken_for_a_later_one() -> None:
    async with by_hand() as (game, theirs):
        say(theirs, State(1, [0], "unsolicited"))
        assert (await hear(theirs))["code"] == "UNEXPECTED"
        asked = asyncio.create_task(game.ask(reset(game, [0]), timeout=1))
        assert (await hear(theirs))["id"] == 1
        say(theirs, State(1, [0], "asked for"))
        (answer,) = await asked
        assert isinstance(answer, State)
        assert answer.observations == "asked for"


async def test_silence_raises_at_the_deadline_and_closes_so_that_a_late_answer_meets_nobody() -> None:
    async with by_hand() as (game, theirs):
        started = time.monotonic()
        with pytest.raises(GameSilent, match=r"reset within 0\.05 s"):
            await game.ask(reset(game, [0]), timeout=0.05)
        assert time.monotonic() - started < 5
        assert game.over is not None
        with pytest.raises(GameGone, match="no answer to reset"):
            await game.ask(reset(game, [0]), timeout=1)
        assert "4408" in await closed_with(theirs)


async def test_a_closed_connection_is_noticed_at_once_by_all_who_wait() -> None:
    async with by_hand(instances=2) as (game, theirs):
        asked = [asyncio.create_task(game.ask(reset(game, [i]), timeout=10)) for i in range(2)]
        await hear(theirs)
        await hear(theirs)
        started = time.monotonic()
        await theirs.close(1000, "off")
        for result in await asyncio.gather(*asked, return_exceptions=True):
            assert isinstance(result, GameGone)
        assert time.monotonic() - started < 1


async def test_a_message_over_the_limit_is_not_sent() -> None:
    async with by_hand(Terms(max_message_bytes=1000)) as (game, theirs):
        step = Step(game.new_id(), [0], np.zeros((1, 1000), np.float32))
        with pytest.raises(TooLarge, match="max_message_bytes"):
            await game.ask(step, timeout=1)
        asked = asyncio.create_task(game.ask(reset(game, [0]), timeout=1))
        assert (await hear(theirs))["type"] == "reset"
        say(theirs, State(2, [0], None))
        await asked


WIDE = """
[wide]
observation_space = {type = "Box", shape = [1]}
action_space = {type = "Box", shape = [1000]}
"""


@pytest.mark.parametrize(
    ("more", "answer"),
    [
        ('dialect = "wemi"', '{"obs": [7]}'),
        ('dialect = "wescale"', '{"observation": [7]}'),
        (
            'dialect = "wescale-http"\nurl = "http://h"\npaths = {reset = "/r", step = "/s'
            + "".join(f"/{{{k}}}" for k in range(1000))
            + '"}\nobservation = "obs"\nterminated = "over"',
            '200\n{"obs": [7], "over": false}',
        ),
    ],
    ids=["wemi", "wescale", "wescale-http"],
)
async def test_what_was_too_large_to_send_is_not_waited_for_by_a_dialect_without_numbers(
    more: str, answer: str
) -> None:
    ours, theirs = pair()
    dialect = declarations(WIDE + more)["wide"].new_dialect()
    async with serving(ours, Terms(max_message_bytes=1000), dialect) as game:
        with pytest.raises(TooLarge, match="max_message_bytes"):
            await game.ask(Step(game.new_id(), [0], np.ones((1, 1000), np.float32)), timeout=1)
        asked = asyncio.create_task(game.ask(reset(game, [0]), timeout=5))
        assert len(await theirs.receive()) < 100
        theirs.send(answer)
        (state,) = await asked
        assert isinstance(state, State)
        assert (state.id, state.observations) == (2, [[7]])


async def test_a_cancelled_caller_leaves_a_deadline_behind() -> None:
    async with by_hand() as (game, theirs):
        asked = asyncio.create_task(game.ask(reset(game, [0]), timeout=0.05))
        await hear(theirs)
        asked.cancel()
        assert "4408" in await closed_with(theirs)


# ── giving back ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_released_instances_are_closed_before_anybody_else_may_have_them() -> None:
    async with by_hand(instances=2) as (game, theirs):
        freed = asyncio.Event()
        game.release([1], freed.set)
        await freed.wait()
        assert await hear(theirs) == {"type": "close", "instances": [1]}


async def test_an_instance_with_something_outstanding_is_released_when_it_is_answered() -> None:
    async with by_hand(instances=2) as (game, theirs):
        asked = asyncio.create_task(game.ask(reset(game, [0]), timeout=1))
        id = (await hear(theirs))["id"]
        freed, other = asyncio.Event(), asyncio.Event()
        game.release([0], freed.set)
        game.release([1], other.set)
        await other.wait()
        assert not freed.is_set()
        say(theirs, State(id, [0], None))
        await freed.wait()
        await asked


# ── games that misbehave ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "said",
    [
        "not JSON", "[]", '{"type": "dance"}', '{"type": "state"}', b"\x00", b"\xff\xff\xff\xff{}",
        '{"type": "state", "id": "x", "instances": [0], "observations": 1}',
    ],
)  # fmt: skip
async def test_what_cannot_be_read_ends_the_game_and_says_what_it_was(said: str | bytes) -> None:
    async with by_hand() as (game, theirs):
        asked = asyncio.create_task(game.ask(reset(game, [0]), timeout=5))
        await hear(theirs)
        theirs.send(said)
        fault = await hear(theirs)
        assert fault["code"] == "BAD_MESSAGE"
        assert "it was" in fault["message"]
        assert "1002" in await closed_with(theirs)
        with pytest.raises(GameGone, match="it was"):
            await asked


@pytest.mark.parametrize(
    "said", [State(77, [0], None), Frame(77, 0, "text", ""), Pong(), hello(), Fault("GAME_ERROR", "hm")], ids=type
)
async def test_a_flood_of_unexpected_messages_ends_the_game_after_sixteen(said: Message) -> None:
    async with by_hand() as (game, theirs):
        for _ in range(10_000):
            say(theirs, said)
        faults = [(await hear(theirs))["code"] for _ in range(16)]
        assert faults == ["UNEXPECTED"] * 16
        assert "1002" in await closed_with(theirs)
        assert "16 unexpected" in str(game.over)


class Absent(Native):
    """A dialect in which some messages mean nothing."""

    def decode(self, data: str | bytes) -> Any:
        return None if data == "psst" else super().decode(data)


async def test_what_means_nothing_disturbs_nothing_until_there_is_no_end_to_it() -> None:
    ours, theirs = pair()
    theirs.send(Native().encode(hello()))
    async with serving(ours, dialect=Absent()) as game:
        await hear(theirs)
        for _ in range(3):
            asked = asyncio.create_task(game.ask(reset(game, [0]), timeout=5))
            id = (await hear(theirs))["id"]
            for _ in range(MAX_ASIDES):
                theirs.send("psst")
            say(theirs, State(id, [0], None))
            await asked
        theirs.send("psst")
        assert (await hear(theirs))["code"] == "UNEXPECTED"
        assert "1002" in await closed_with(theirs)
        assert "mean nothing" in str(game.over)


@pytest.mark.parametrize(
    "said", [State(77, [0], None, infos=[{"words": "x" * 2**20}]), Fault("GAME_ERROR", "x" * 2**20)], ids=type
)
async def test_one_large_unexpected_message_is_enough(said: Message) -> None:
    async with by_hand() as (_, theirs):
        say(theirs, said)
        fault = await hear(theirs)
        assert fault["code"] == "UNEXPECTED"
        assert "1 unexpected message of 10" in fault["message"]
        assert len(fault["message"]) < 1000
        assert "1002" in await closed_with(theirs)


async def test_a_game_says_bye_in_as_many_words_as_it_likes_and_few_are_kept() -> None:
    async with by_hand() as (game, theirs):
        say(theirs, Bye("x" * 10_000))
        await closed_with(theirs)
        assert len(str(game.over)) < 1000


async def test_a_flood_of_pings_ends_the_game_too() -> None:
    async with by_hand() as (_, theirs):
        for _ in range(100):
            say(theirs, Ping())
        assert "1002" in await closed_with(theirs)


async def test_a_game_that_cannot_read_the_bridge_is_closed_with_its_own_words() -> None:
    async with by_hand() as (game, theirs):
        asked = asyncio.create_task(game.ask(reset(game, [0]), timeout=5))
        await hear(theirs)
        say(theirs, Fault("BAD_MESSAGE", "no instance 7"))
        with pytest.raises(GameGone, match="no instance 7"):
            await asked


async def test_bye_ends_the_game_with_its_reason() -> None:
    async with by_hand() as (game, theirs):
        say(theirs, Bye("out of coins"))
        await game.finished.wait()
        assert game.over == "it said bye: out of coins"
        assert "1000" in await closed_with(theirs)


async def test_on_over_is_called_once_at_the_end() -> None:
    async with by_hand() as (game, theirs):
        called: list[bool] = []
        game.on_over = lambda: called.append(True)
        await theirs.close(1000, "")
        await game.finished.wait()
        game.end("BYE", "again")
    assert called == [True]


# ── heartbeats ───────────────────────────────────────────────────────────────────────────────────────────────────────

QUICK = Terms(heartbeat_seconds=0.05, silence_seconds=0.15)


async def test_an_idle_game_is_pinged_and_lives_as_long_as_it_answers() -> None:
    toy = ToyGame()
    async with in_memory(toy) as link, serving(link, Terms(heartbeat_seconds=0.01, silence_seconds=5)) as game:
        await toy.until_heard("ping", 6)
        assert game.over is None


async def test_an_idle_game_that_does_not_answer_is_closed_in_time() -> None:
    async with by_hand(QUICK) as (game, theirs):
        started = time.monotonic()
        assert "4408" in await closed_with(theirs)
        assert 0.14 < time.monotonic() - started < 5
        assert "nothing heard" in str(game.over)


async def test_a_game_that_computes_is_not_pinged() -> None:
    async with by_hand(QUICK) as (game, theirs):
        asked = asyncio.create_task(game.ask(reset(game, [0]), timeout=5))
        id = (await hear(theirs))["id"]
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.4):
                await theirs.receive()
        say(theirs, State(id, [0], None))
        await asked


async def test_a_ping_of_the_game_is_answered() -> None:
    async with by_hand() as (_, theirs):
        say(theirs, Ping())
        assert await hear(theirs) == {"type": "pong"}
