"""What a game may say when, row by row."""

from typing import Any

import pytest

from stepwire_bridge.messages import Bye, Fault, Frame, Ping, Pong, Render, Reset, State, Step
from stepwire_bridge.protocol import Conversation, Phase, Unexpected
from tests.bridge.toy import hello


def state(id: int, *instances: int) -> State:
    return State(id, list(instances), None)


def opened() -> Conversation:
    conversation = Conversation()
    conversation.hear(hello())
    return conversation


ANYTHING: list[Any] = [state(1, 0), Frame(1, 0, "text", ""), Fault("GAME_ERROR", "", 1), Ping(), Pong()]


@pytest.mark.parametrize("message", ANYTHING, ids=lambda message: type(message).__name__)
def test_nothing_comes_before_the_hello(message: Any) -> None:
    conversation = Conversation()
    with pytest.raises(Unexpected, match="before the hello"):
        conversation.hear(message)
    assert conversation.phase is Phase.GREETING


@pytest.mark.parametrize("message", [*ANYTHING, hello(), Bye()], ids=lambda message: type(message).__name__)
def test_nothing_comes_after_the_bye(message: Any) -> None:
    conversation = opened()
    conversation.hear(Bye())
    with pytest.raises(Unexpected, match="after the bye"):
        conversation.hear(message)


def test_a_second_hello_is_out_of_turn() -> None:
    with pytest.raises(Unexpected, match="hello after the hello"):
        opened().hear(hello())


@pytest.mark.parametrize(
    ("request_", "answer"),
    [
        (Reset(1, [0, 1], [None, None]), state(1, 0, 1)),
        (Step(1, [0, 1], None), state(1, 1, 0)),
        (Step(1, [0, 1], None), Fault("GAME_ERROR", "", 1, [0, 1])),
        (Step(1, [0, 1], None), Fault("GAME_ERROR", "", 1)),
        (Render(1, [0], "ansi"), Frame(1, 0, "text", "")),
        (Render(1, [0], "ansi"), Fault("UNSUPPORTED", "", 1)),
    ],
)
def test_one_answer_for_all_instances_completes_a_request(request_: Any, answer: Any) -> None:
    conversation = opened()
    exchange = conversation.ask(request_)
    assert conversation.hear(answer) is exchange
    assert exchange.answers == [answer]
    assert not conversation.outstanding


def test_several_answers_complete_a_request_in_any_order_and_others_may_come_between() -> None:
    conversation = opened()
    first, second = conversation.ask(Step(1, [0, 1, 2], None)), conversation.ask(Step(2, [3], None))
    assert conversation.hear(state(1, 2)) is None
    assert conversation.hear(state(2, 3)) is second
    assert conversation.hear(Fault("GAME_ERROR", "", 1, [0])) is None
    assert conversation.hear(state(1, 1)) is first


@pytest.mark.parametrize(
    "answer",
    [
        state(2, 0),
        state(1, 5),
        state(1, 0, 5),
        state(1, 1, 1),
        state(1),
        state(1, 0),
        Frame(1, 1, "text", ""),
        Fault("GAME_ERROR", "", 7),
        Fault("GAME_ERROR", "", 1, [0]),
    ],
    ids=str,
)
def test_an_answer_that_nobody_waits_for_is_refused_and_changes_nothing(answer: Any) -> None:
    conversation = opened()
    exchange = conversation.ask(Step(1, [0, 1], None))
    conversation.hear(state(1, 0))
    with pytest.raises(Unexpected):
        conversation.hear(answer)
    assert conversation.hear(state(1, 1)) is exchange


def test_an_answer_of_the_wrong_kind_is_refused() -> None:
    conversation = opened()
    conversation.ask(Render(1, [0], "ansi"))
    with pytest.raises(Unexpected, match="state with id 1"):
        conversation.hear(state(1, 0))


def test_a_pong_comes_only_after_a_ping() -> None:
    conversation = opened()
    with pytest.raises(Unexpected, match="pong"):
        conversation.hear(Pong())
    conversation.pings += 1
    assert conversation.hear(Pong()) is None


def test_a_fault_about_no_request_may_come_at_any_time() -> None:
    assert opened().hear(Fault("BAD_MESSAGE", "?")) is None
