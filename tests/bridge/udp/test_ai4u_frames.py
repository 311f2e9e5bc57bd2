"""What AI4U's state frames say of the engine, and which may be copies."""

from typing import Any

import pytest

from stepwire_bridge.udp.ai4u_frames import MAX_ANSWERS, Answers, Frame


@pytest.mark.parametrize(
    ("said", "frame"),
    [
        ({}, Frame(None, done=False, stopped=False, paused=False, is_acting=False)),
        ({"steps": 3, "done": True}, Frame(3, done=True, stopped=False, paused=False, is_acting=False)),
        (
            {"__ctrl_stopped__": True, "__ctrl_paused__": True, "__ctrl_applyingAction__": True},
            Frame(None, done=False, stopped=True, paused=True, is_acting=True),
        ),
        (
            {"steps": 3.5, "done": 1, "__ctrl_stopped__": "1"},
            Frame(None, done=False, stopped=False, paused=False, is_acting=False),
        ),
    ],
)
def test_what_is_missing_or_of_another_kind_does_no_harm(said: dict[str, Any], frame: Frame) -> None:
    assert Frame.of(said) == frame


def test_a_frame_may_be_a_copy_as_long_as_its_like_was_heard_shortly_before() -> None:
    answers = Answers(1.0)
    assert not answers.may_be_copy(b"over", 0.0)
    answers.note(b"over", 0.0)
    assert not answers.may_be_copy(b"other", 0.5)
    assert answers.may_be_copy(b"over", 0.9)
    assert answers.may_be_copy(b"over", 1.8)
    assert not answers.may_be_copy(b"over", 2.9)


def test_the_oldest_are_forgotten() -> None:
    answers = Answers(1.0)
    for number in range(MAX_ANSWERS + 1):
        answers.note(str(number).encode(), 0.0)
    assert not answers.may_be_copy(b"0", 0.0)
    assert answers.may_be_copy(b"1", 0.0)
