"""Stop and wait over real sockets, with an engine that loses, doubles and delays."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from stepwire_bridge.dialects.fields import command, read_fields, write_fields
from stepwire_bridge.links import LinkClosed
from stepwire_bridge.udp.endpoint import Endpoint, open_endpoint
from stepwire_bridge.udp.exchange import THEN, Exchange, Manners
from stepwire_bridge.udp_games import counted
from tests.bridge.udp.engine import Engine, Network, engines, until

QUICK = Manners(resend_after=0.05, quiet=0.05, duplicate_window=0.02)


class Asking:
    """Asks an engine, one command after the other."""

    def __init__(self, exchange: Exchange, endpoint: Endpoint) -> None:
        self.exchange, self.endpoint = exchange, endpoint

    async def ask(self, name: str, *arguments: Any) -> dict[str, Any]:
        self.exchange.send(command(name, arguments))
        return await self.answer()

    async def answer(self) -> dict[str, Any]:
        async with asyncio.timeout(20):
            data = await self.exchange.receive()
        assert isinstance(data, bytes)
        return read_fields(data)


@asynccontextmanager
async def asking(where: Engine | Network, manners: Manners = QUICK, **options: Any) -> AsyncIterator[Asking]:
    endpoint = await open_endpoint("127.0.0.1", 0, hosts={"127.0.0.1"})
    exchange = Exchange(endpoint, where.address, manners, **options)
    user = Asking(exchange, endpoint)
    try:
        yield user
    finally:
        await user.exchange.close(1000, "the test is over")
        await endpoint.close()


@pytest.fixture
async def engine() -> AsyncIterator[Engine]:
    async with engines() as (engine,):
        yield engine


def misbehave(engine: Engine, *answers: Callable[[bytes], list[bytes]]) -> None:
    """Let the engine's next answers be these of the honest one, and honest ones after them."""
    rest = list(answers)

    def answer(name: str, arguments: list[str]) -> list[bytes]:
        (honest,) = engine.honest(name, arguments)
        return rest.pop(0)(honest) if rest else [honest]

    engine.answer = answer


def lost(said: bytes) -> list[bytes]:
    return []


def twice(said: bytes) -> list[bytes]:
    return [said, said]


async def test_a_command_is_answered_by_what_the_engine_says_of_it(engine: Engine) -> None:
    async with asking(engine) as user:
        assert (await user.ask("restart"))["state"] == 0
        assert [(await user.ask("go", 1.5))["state"] for _ in range(2)] == [1.5, 3.0]
        assert engine.heard == ["restart;0;", "go;1;1.5;", "go;1;1.5;"]
        assert user.exchange.peer == "{}:{}".format(*engine.address)


async def test_a_lost_reply_is_mended_by_sending_the_command_again(engine: Engine) -> None:
    misbehave(engine, lost, lost)
    async with asking(engine) as user:
        assert (await user.ask("at", 2))["state"] == 2
        assert engine.heard == ["at;1;2;"] * 3
        assert user.exchange.counts.resent == 2


async def test_without_sending_again_a_lost_reply_stays_lost_and_nothing_is_done_twice(engine: Engine) -> None:
    misbehave(engine, lost)
    async with asking(engine, Manners(resend_after=0)) as user:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await user.ask("go", 1)
        assert engine.heard == ["go;1;1;"]


async def test_what_comes_while_nothing_is_asked_is_dropped(engine: Engine) -> None:
    async with asking(engine) as user:
        for _ in range(3):
            engine.say(write_fields({"state": 99.0}), user.endpoint.address)  # as Unity does when it starts
        await until(lambda: user.exchange.counts.unasked == 3)
        assert (await user.ask("restart"))["state"] == 0


async def test_both_copies_of_a_doubled_reply_answer_one_command(engine: Engine) -> None:
    misbehave(engine, *[twice] * 10)
    async with asking(engine) as user:
        assert [(await user.ask("go", 0.5))["state"] for _ in range(10)] == [0.5 * i for i in range(1, 11)]


async def test_a_copy_of_the_last_reply_is_not_the_reply_to_the_next_command(engine: Engine) -> None:
    late: list[bytes] = []

    def answer(name: str, arguments: list[str]) -> list[bytes]:
        said = engine.honest(name, arguments)
        before, late[:] = list(late), said
        return before + said  # the copy of the last one first

    engine.answer = answer
    async with asking(engine, Manners(duplicate_window=5)) as user:
        assert [(await user.ask("go", 1))["state"] for _ in range(4)] == [1, 2, 3, 4]
        assert user.exchange.counts.outdated == 3


@pytest.mark.parametrize(("window", "seconds"), [(0.05, (0.2, 5)), (None, (0, 0.2))], ids=["50 ms", "here: 0"])
async def test_a_reply_that_equals_the_last_one_is_taken_when_its_time_is_over(
    engine: Engine, window: float | None, seconds: tuple[float, float]
) -> None:
    began = asyncio.get_running_loop().time()
    async with asking(engine, Manners(duplicate_window=window)) as user:
        engine.answer = lambda name, arguments: [write_fields({"state": 7.0})]
        assert [(await user.ask("NOOP"))["state"] for _ in range(5)] == [7.0] * 5
        assert engine.heard == ["NOOP;0;"] * 5
    assert seconds[0] <= asyncio.get_running_loop().time() - began < seconds[1]


async def test_a_number_tells_old_replies_from_new_ones(engine: Engine) -> None:
    said: list[bytes] = []

    def answer(name: str, arguments: list[str]) -> list[bytes]:
        said.extend(engine.honest(name, arguments))
        return said[-3:]  # the older ones first

    engine.answer = answer
    async with asking(engine, number=counted("frame")) as user:
        assert [(await user.ask("go", 0.5))["frame"] for _ in range(10)] == list(range(1, 11))


async def test_the_other_replies_to_a_command_that_was_sent_again_are_waited_for(engine: Engine) -> None:
    loop = asyncio.get_running_loop()

    def answer(name: str, arguments: list[str]) -> list[bytes]:
        said = engine.honest(name, arguments)
        loop.call_later(0.12, lambda: [engine.say(data, user.endpoint.address) for data in said])
        return []

    engine.answer = answer
    async with asking(engine, Manners(resend_after=0.05, quiet=0.5)) as user:
        assert [(await user.ask("at", x))["state"] for x in (3.0, 1.0, 2.0)] == [3.0, 1.0, 2.0]
        assert user.exchange.counts.resent >= 6


async def test_after_a_command_without_reply_the_last_of_those_that_come_is_taken(engine: Engine) -> None:
    withheld: list[bytes] = []

    def answer(name: str, arguments: list[str]) -> list[bytes]:
        said = engine.honest(name, arguments)
        if name == "go":
            withheld.extend(said)
            return []
        late, withheld[:] = list(withheld), []
        return late + said  # it has woken up, and answers what it was asked in the meantime

    engine.answer = answer
    async with asking(engine, Manners(resend_after=0, quiet=0.2)) as user:
        user.exchange.send(command("go", [1]))
        await engine.until_heard(1)
        user.exchange.give_up()
        assert user.exchange.unanswered == 1
        assert (await user.ask("restart"))["state"] == 0
        assert (await user.ask("at", 4))["state"] == 4


async def test_a_later_exchange_knows_what_the_one_before_has_asked_in_vain(engine: Engine) -> None:
    engine.answer = lambda name, arguments: []
    async with asking(engine, Manners(resend_after=0)) as user:
        user.exchange.send(command("go", [1]))
        await engine.until_heard(1)
        await user.exchange.close(1000, "")
        late, engine.answer = engine.honest("go", ["1"]), lambda name, arguments: late + engine.honest(name, arguments)
        user.exchange = Exchange(user.endpoint, engine.address, QUICK, unanswered=user.exchange.unanswered)
        assert (await user.ask("restart"))["state"] == 0


async def test_the_second_reply_to_a_doubled_command_is_waited_out_in_the_gap(engine: Engine) -> None:
    async with Network(engine, doubled=(1, 0)) as network, asking(network, Manners(gap=0.02)) as user:
        assert [(await user.ask("at", x))["state"] for x in (3.0, 1.0, 2.0)] == [3.0, 1.0, 2.0]
        assert engine.heard == [f"at;1;{x};" for x in (3.0, 3.0, 1.0, 1.0, 2.0, 2.0)]


async def test_commands_of_one_message_go_one_after_the_other_and_the_last_reply_is_the_answer(engine: Engine) -> None:
    async with asking(engine) as user:
        user.exchange.send(THEN.join([command("seed", [3]), command("restart")]))
        user.exchange.send(command("go", [1]))
        assert [(await user.answer())["state"] for _ in range(2)] == [3, 4]
        assert engine.heard == ["seed;1;3;", "restart;0;", "go;1;1;"]


async def test_others_on_the_engines_host_are_dropped_once_it_has_answered(engine: Engine) -> None:
    async with engines() as (stranger,), asking(engine) as user:
        await user.ask("restart")
        engine.answer = lambda name, arguments: []
        user.exchange.send(command("go", [1]))
        await engine.until_heard(2)
        stranger.say(write_fields({"state": 66.0}), user.endpoint.address)
        await until(lambda: user.exchange.counts.elsewhere == 1)
        engine.answer = engine.honest
        assert (await user.answer())["state"] < 66


async def test_an_engine_that_was_started_anew_is_heard_once_the_old_one_has_been_silent(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("stepwire_bridge.udp.exchange.PORT_SECONDS", 0.2)
    async with engines() as (anew,), asking(engine, QUICK, number=counted("frame")) as user:
        for frame in (1, 2, 3):
            assert (await user.ask("at", frame))["frame"] == frame

        def from_another_port(name: str, arguments: list[str]) -> list[bytes]:
            anew.say(write_fields({"state": 7.0, "frame": 1}), user.endpoint.address)  # and it counts anew
            return []

        engine.answer = from_another_port
        with caplog.at_level(logging.INFO):
            assert await user.ask("restart") == {"state": 7.0, "frame": 1}
        assert user.exchange.counts.elsewhere > 0
        assert len([record for record in caplog.records if "is dropped" in record.message]) == 1


async def test_an_engine_that_must_send_from_where_it_listens_is_held_to_it(engine: Engine) -> None:
    async with asking(engine, Manners(resend_after=0.05, any_port=False)) as user:
        user.exchange.send(command("restart"))
        await until(lambda: user.exchange.counts.elsewhere > 0)  # the engine sends from another port
    async with Network(engine) as network, asking(network, Manners(any_port=False)) as user:
        assert (await user.ask("restart"))["state"] == 0


async def test_a_closed_exchange_sends_and_hears_nothing(engine: Engine) -> None:
    async with asking(engine) as user:
        gone: list[str] = []
        user.exchange.deliver(lambda data: None, gone.append)
        user.exchange.send(command("restart"))
        await user.exchange.close(4408, "silent")
        await user.exchange.close(1000, "again")
        assert gone == ["closed with 4408: silent"]
        with pytest.raises(LinkClosed, match="4408: silent"):
            user.exchange.send(command("restart"))


async def test_waiting_takes_no_computing_and_one_line_in_the_log(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    engine.answer = lambda name, arguments: []
    async with asking(engine, Manners(resend_after=0.1)) as user:
        with caplog.at_level(logging.INFO):
            user.exchange.send(command("restart"))
            computed = time.process_time()
            await engine.until_heard(15)
            assert time.process_time() - computed < 0.3  # of 1.4 s
            engine.answer = engine.honest
            await user.answer()
            ours = user.endpoint.address[1]
        assert [record.message.split(" ", 1)[1].split(",")[0] for record in caplog.records] == [
            f"does not answer to our port {ours}; it is asked again every 0.1 s",
            "answers",
        ]


# ── a bad network ────────────────────────────────────────────────────────────────────────────────────────────────────

STEPS = 300


def places() -> list[float]:
    return [round((i * 7 % 41) / 10, 1) for i in range(STEPS)]


async def test_300_steps_through_loss_copies_and_overtaking_are_those_of_a_good_network(engine: Engine) -> None:
    manners = Manners(resend_after=0.02, quiet=0.015, gap=0.005)
    async with (
        Network(engine, loss=0.2, doubled=(0.1, 0.1), turns=4, seed=5) as network,
        asking(network, manners, number=counted("frame")) as user,
    ):
        assert [(await user.ask("at", place))["state"] for place in places()] == places()
        assert network.lost > 50
        assert network.copied > 30


async def test_300_steps_through_loss_and_strangers_need_no_number(engine: Engine) -> None:
    async with (
        engines() as (stranger,),
        Network(engine, loss=0.2, seed=6) as network,
        asking(network, Manners(resend_after=0.02, quiet=0.005)) as user,
    ):
        assert (await user.ask("at", 1))["state"] == 1
        states = []
        for place in places():
            user.exchange.send(command("at", [place]))
            stranger.say(write_fields({"state": 66.0, "frame": 10_000}), user.endpoint.address)
            states.append((await user.answer())["state"])
        assert states == places()
        assert user.exchange.counts.elsewhere > 200
        assert network.lost > 50


async def test_300_steps_through_doubled_replies_need_no_number(engine: Engine) -> None:
    async with (
        Network(engine, doubled=(0, 0.3), turns=4, seed=7) as network,
        asking(network, Manners(resend_after=5, duplicate_window=5)) as user,
    ):
        assert [(await user.ask("go", 0.25))["state"] for _ in range(STEPS)] == [0.25 * i for i in range(1, STEPS + 1)]
        assert network.copied > 50
