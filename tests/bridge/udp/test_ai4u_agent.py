"""The link to one AI4U agent, datagram by datagram."""

import asyncio
from typing import Any

import pytest

from stepwire_bridge.dialects.fields import read_fields, write_fields
from stepwire_bridge.links import LinkClosed
from stepwire_bridge.udp.ai4u_agent import AgentLink, Patience

CONFIG = b"a config"
WELCOME, WAIT, IDLE, RESET, ADD = (
    "max_steps;1;4@id;1;0", "__waitnewaction__;1;0", "__noop__;1;0", "__reset__;1;0", "add;1;2",
)  # fmt: skip
NEVER = 1e9
NAMES = {"stopped": "__ctrl_stopped__", "paused": "__ctrl_paused__", "acting": "__ctrl_applyingAction__"}


class Talk:
    """A link, what an engine says to it, what it replies and what it hands on."""

    def __init__(self, *, is_back: bool = False, **patience: float) -> None:
        self.replies: list[str] = []
        self.handed_on: list[dict[str, Any]] = []
        self.gone: list[str] = []
        times = Patience(**({"repeat_after": NEVER} | patience))
        self.link = AgentLink("someone", CONFIG, self._reply, times, is_back=is_back)

    def _reply(self, data: bytes) -> None:
        self.replies.append(data.decode())

    def _take(self, data: str | bytes) -> None:
        if data != CONFIG:
            assert isinstance(data, bytes)
            self.handed_on.append(read_fields(data))

    async def begin(self) -> None:
        assert await self.link.receive() == CONFIG
        self.link.deliver(self._take, self.gone.append)
        self.link.send(WELCOME)

    def say(self, **fields: Any) -> list[str]:
        """Say a state; gives what is replied to it."""
        said = {NAMES.get(name, name): value for name, value in fields.items()}
        data = write_fields({"done": False, "reward": 0.0, "id": "0", "steps": 0} | said)
        before = len(self.replies)
        self.link.hear_frame(data, read_fields(data))
        return self.replies[before:]

    def poll(self) -> list[str]:
        before = len(self.replies)
        self.link.hear_poll()
        return self.replies[before:]

    def reset(self) -> None:
        """Begin an episode."""
        self.link.send(RESET)
        assert self.poll() == [RESET]
        assert self.say() == [WAIT]
        assert len(self.handed_on) == 1
        self.handed_on.clear()


def end_and_begin_anew(talk: Talk) -> None:
    """An episode of one action, and the next one."""
    talk.reset()
    talk.link.send(ADD)
    talk.say()
    talk.say(done=True, stopped=True)
    talk.link.send(RESET)
    assert talk.say(done=True, stopped=True) == [RESET]
    while len(talk.handed_on) < 2:
        talk.say()
    talk.handed_on.clear()


@pytest.fixture
async def talk() -> Talk:
    talk = Talk()
    await talk.begin()
    return talk


async def test_a_config_is_received_first_and_answered_by_the_welcome(talk: Talk) -> None:
    assert talk.replies == [WELCOME]
    talk.link.hear_config()
    assert talk.replies == [WELCOME, WELCOME]


async def test_an_actuator_may_have_the_name_of_the_welcome(talk: Talk) -> None:
    talk.reset()
    talk.link.send("max_steps;1;3")
    assert talk.say() == ["max_steps;1;3"]


async def test_an_agent_that_comes_back_is_not_welcomed_again() -> None:
    talk = Talk(is_back=True)
    await talk.begin()
    assert talk.replies == []
    assert talk.say() == [WAIT]


async def test_an_engine_that_waits_is_idle_until_a_reset(talk: Talk) -> None:
    assert talk.poll() == [IDLE]
    talk.link.send(RESET)
    assert talk.poll() == [RESET]
    assert talk.poll() == []
    assert talk.say(steps=0, done=True, stopped=True) == []
    assert talk.say(steps=0) == [WAIT]
    assert [said["steps"] for said in talk.handed_on] == [0]


async def test_an_action_goes_in_the_next_reply_and_its_answer_is_the_frame_one_step_later(talk: Talk) -> None:
    talk.reset()
    assert talk.say() == [WAIT]
    talk.link.send(ADD)
    assert talk.say() == [ADD]
    assert talk.handed_on == []
    assert talk.say(steps=1, reward=2.0) == [WAIT]
    assert [said["reward"] for said in talk.handed_on] == [2.0]
    assert talk.say(steps=1, reward=2.0) == [WAIT]
    assert len(talk.handed_on) == 1


@pytest.mark.parametrize(
    "end", [{"done": True, "steps": 1}, {"done": True, "stopped": True}, {"stopped": True}, {"done": True}]
)
async def test_an_action_is_answered_by_the_end_of_the_episode_too(talk: Talk, end: dict[str, Any]) -> None:
    talk.reset()
    talk.link.send(ADD)
    talk.say()
    assert talk.say(**end) == [WAIT]
    assert len(talk.handed_on) == 1


@pytest.mark.parametrize("old", [{}, {"steps": 7}, {"steps": 7, "done": True}])
async def test_what_is_heard_while_an_action_is_under_way_and_does_not_answer_it_gets_no_reply(
    talk: Talk, old: dict[str, Any]
) -> None:
    talk.reset()
    talk.link.send(ADD)
    talk.say()
    assert talk.say(**old) == []
    assert talk.handed_on == []
    assert talk.link.ignored == 1


async def test_a_command_that_was_not_carried_out_in_time_goes_again() -> None:
    talk = Talk(repeat_after=0.0)
    await talk.begin()
    talk.link.send(RESET)
    assert [talk.poll(), talk.poll()] == [[RESET], [RESET]]
    talk.say()
    talk.link.send(ADD)
    assert [talk.say(), talk.say(), talk.say(steps=1)] == [[ADD], [ADD], [WAIT]]


async def test_an_engine_that_has_moved_on_by_itself_is_not_made_to_act_again() -> None:
    talk = Talk(repeat_after=0.0)
    await talk.begin()
    talk.reset()
    talk.link.send(ADD)
    talk.say()
    assert talk.say(steps=3) == [WAIT]
    assert [said["steps"] for said in talk.handed_on] == [3]


async def test_an_answer_that_equals_an_earlier_one_is_believed_at_the_third_time(talk: Talk) -> None:
    end_and_begin_anew(talk)
    talk.link.send(ADD)
    assert talk.say() == [ADD]
    believed = []
    for _ in range(3):
        assert talk.say(done=True, stopped=True) == [WAIT]
        believed.append(len(talk.handed_on))
    assert believed == [0, 0, 1]


async def test_a_copy_of_an_earlier_end_is_not_taken_for_the_next(talk: Talk) -> None:
    end_and_begin_anew(talk)
    talk.link.send(ADD)
    assert talk.say() == [ADD]
    assert talk.say(done=True, stopped=True) == [WAIT]
    assert talk.handed_on == []
    assert talk.say(steps=1) == [WAIT]
    assert [said["steps"] for said in talk.handed_on] == [1]


async def test_an_episode_that_ends_between_two_actions_answers_the_next_with_what_it_earned(talk: Talk) -> None:
    talk.reset()
    talk.link.send(ADD)
    assert talk.say(done=True, reward=10.0) == [WAIT]
    assert [said["reward"] for said in talk.handed_on] == [10.0]


async def test_an_engine_that_is_paused_is_told_to_go_on_before_an_action(talk: Talk) -> None:
    talk.reset()
    talk.link.send(ADD)
    assert [talk.say(paused=True), talk.say()] == [["__resume__;1;0"], [ADD]]


async def test_a_pause_is_told_once_and_answered_by_nothing(talk: Talk) -> None:
    talk.reset()
    talk.link.send("__pause__;1;0")
    assert [talk.say(), talk.say(paused=True)] == [["__pause__;1;0"], [WAIT]]
    assert talk.handed_on == []
    talk.link.send("__pause__;1;0")
    assert talk.poll() == []  # a copy of a poll, since the engine sends frames


async def test_a_frame_in_which_the_action_goes_on_is_no_answer(talk: Talk) -> None:
    talk.reset()
    talk.link.send(ADD)
    talk.say()
    assert talk.say(steps=1, acting=True) == [WAIT]
    assert talk.handed_on == []


async def test_an_engine_without_a_number_of_steps_answers_with_its_next_frame(talk: Talk) -> None:
    talk.reset()
    talk.link.send(ADD)
    assert [talk.say(steps=0.5), talk.say(steps=0.5, reward=1.0)] == [[ADD], [WAIT]]
    assert len(talk.handed_on) == 1


async def test_an_engine_that_acted_twice_is_found_out(talk: Talk) -> None:
    talk.reset()
    talk.link.send(ADD)
    assert [talk.say(steps=1), talk.say(steps=1), talk.say(steps=1)] == [[WAIT]] * 3
    (why,) = talk.gone
    assert "1 steps where 0 were asked for" in why
    with pytest.raises(LinkClosed, match="come twice"):
        talk.link.send(ADD)


async def test_a_held_frame_is_answered_by_an_action_at_once() -> None:
    talk = Talk(hold=NEVER)
    await talk.begin()
    talk.link.send(RESET)
    talk.poll()
    assert talk.say() == []
    talk.link.send(ADD)
    assert talk.replies[-1] == ADD
    assert talk.say(steps=1) == []
    await talk.link.close(1000, "bye")
    assert talk.replies[-1] == WAIT


async def test_a_held_frame_is_answered_when_its_time_is_over() -> None:
    talk = Talk(hold=0.01)
    await talk.begin()
    talk.link.send(RESET)
    talk.poll()
    assert talk.say() == []
    async with asyncio.timeout(5):
        while talk.replies[-1] != WAIT:  # noqa: ASYNC110
            await asyncio.sleep(0.002)


async def test_a_copy_of_the_config_is_told_from_a_game_that_starts_anew() -> None:
    soon, late = Talk(), Talk(repeat_after=0.0)
    for talk in (soon, late):
        await talk.begin()
        assert talk.link.is_copy_of_config(CONFIG)
        talk.poll()
        assert not talk.link.is_copy_of_config(b"another")
    assert soon.link.is_copy_of_config(CONFIG)
    assert not late.link.is_copy_of_config(CONFIG)


async def test_silence_counts_while_nothing_is_asked() -> None:
    talk = Talk(silence=0.0)
    await talk.begin()
    assert talk.link.is_silent()
    talk.link.send(RESET)
    assert not talk.link.is_silent()
    assert not Talk(silence=NEVER).link.is_silent()


async def test_closing_twice_is_quiet_and_an_engine_that_goes_on_asking_is_told_to_wait(talk: Talk) -> None:
    talk.reset()
    talk.link.send(ADD)
    await talk.link.close(1000, "bye")
    await talk.link.close(1000, "bye")
    assert talk.gone == ["closed with 1000: bye"]
    assert talk.say(steps=1) == [WAIT]
    assert talk.handed_on == []
    assert not talk.link.may_come_back
    again = Talk(repeat_after=0.0)
    again.link.end("gone")
    assert again.link.may_come_back
