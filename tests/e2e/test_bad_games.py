"""What becomes of a bad game: it alone is told and turned away, and its trainer gets one clear error."""

import itertools
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pytest

import stepwire
from stepwire import errors
from tests.e2e.bad_game import ACTION, Answer, BadGame, Request, but, honest, state
from tests.e2e.serving import ROOT, Served, hosted

pytestmark = [pytest.mark.timeout(60), pytest.mark.usefixtures("neighbour")]

NAMES = (f"bad-{number}" for number in itertools.count())
FAULTY = ROOT / "tests" / "e2e" / "faulty_game.js"
SHORTLY = 0.5  # seconds for a step that will not be answered


@dataclass(frozen=True)
class Case:
    """One bad answer to a step.

    Attributes:
        answer: The whole of what the game sends.
        error: What the trainer gets.
        words: All in the trainer's error.
        code: Of the fault that the game hears; "" for none.
        closes: The close code, where the connection is closed.
    """

    answer: Answer
    error: type[errors.StepwireError]
    words: tuple[str, ...]
    code: str = ""
    closes: int | None = None


def sends(*frames: str | bytes) -> Answer:
    """The same frames whatever was asked."""
    return lambda *_: frames


def spoilt(**changes: Any) -> Answer:
    """A state with some fields changed or, with None, left out."""
    return lambda game, request: [state(game, request, **changes)]


def unreadable(answer: Answer, *words: str) -> Case:
    return Case(answer, errors.GameGone, ("is gone", *words, "reset()"), "BAD_MESSAGE", 1002)


def nonsense(*words: str, **changes: Any) -> Case:
    return Case(spoilt(**changes), errors.GameNonsense, ("nonsense", *words, "author"), "INVALID_OBSERVATION")


def unasked(answer: Answer) -> Case:
    """It does not answer what was asked, so the step's time runs out."""
    words = ("did not answer step within 0.5 s", "reset()")
    return Case(answer, errors.GameSilent, words, "UNEXPECTED", 4408)


def _bye(game: BadGame, request: Request) -> Iterable[str]:
    return ['{"type": "bye", "reason": "supper"}']


def _error(game: BadGame, request: Request) -> Iterable[str]:
    return [json.dumps({"type": "fault", "id": request["id"], "code": "GAME_ERROR", "message": "x is undefined"})]


def _frame(game: BadGame, request: Request) -> Iterable[str]:
    return [json.dumps({"type": "frame", "id": request["id"], "instance": 0, "encoding": "text", "data": ""})]


NUMBER = {"$number": "NaN"}
HUGE_ARRAY = {"$array": {"dtype": "float64", "shape": [10**9, 10**9], "data": []}}

CASES = {
    "text that is no JSON": unreadable(sends("{not json"), "{not json"),
    "half a message": unreadable(sends('{"type": "state", "id": 1'), "state"),
    "JSON that is no object": unreadable(sends("[1, 2]")),
    "JSON nested without end": unreadable(sends("[" * 60_000)),
    "text that is no Unicode": unreadable(sends(b'\x03\0\0\0"\xff"')),
    "no such type": unreadable(sends('{"type": "dance"}'), "dance"),
    "no type": unreadable(sends("{}"), "type"),
    "no id": unreadable(spoilt(id=None), "id"),
    "no instances": unreadable(spoilt(instances=None), "instances"),
    "an id that is text": unreadable(spoilt(id="one"), "id"),
    "a binary frame of junk": unreadable(sends(b"\xff" * 64)),
    "an empty binary frame": unreadable(sends(b"")),
    "an array larger than its data": unreadable(spoilt(infos=[HUGE_ARRAY])),
    "a second hello": unasked(lambda game, _: [game.hello]),
    "a wrong id": unasked(spoilt(id=999)),
    "a wrong instance": unasked(spoilt(instances=[7])),
    "the same instance twice": unasked(spoilt(instances=[0, 0])),
    "a picture of no step": unasked(_frame),
    "nothing at all": Case(sends(), errors.GameSilent, ("did not answer step within 0.5 s", "reset()"), "SILENT", 4408),
    "ten thousand messages": Case(
        sends(*['{"type": "pong"}'] * 10_000), errors.GameGone, ("16 unexpected", "reset()"), "UNEXPECTED", 1002
    ),
    "ten thousand answers": Case(
        sends(*['{"type":"state","id":77,"instances":[0],"observations":[]}'] * 10_000),
        errors.GameGone, ("16 unexpected", "reset()"), "UNEXPECTED", 1002,
    ),
    "a message over the limit": Case(
        sends(f'{{"type": "pong", "x": "{70_000 * "x"}"}}'), errors.GameGone, ("max_message_bytes", "65536"), "", 1009
    ),
    "a farewell in mid-step": Case(_bye, errors.GameGone, ("is gone", "supper", "reset()"), "", 1000),
    "an error of its own": Case(_error, errors.GameFailed, ("failed in step", "x is undefined", "author"), ""),
    "an observation too short": nonsense("observations", "[1, 1]", "[1, 2]", observations=[[0]]),
    "an observation too deep": nonsense("observations", "[1, 2]", observations=[[[0, 0]]]),
    "a ragged observation": nonsense("observations", observations=[[0, [0]]]),
    "an observation for nobody": nonsense("observations", "[0]", observations=[]),
    "no observation": nonsense("observations", observations="null"),
    "an observation out of bounds": nonsense("observations[0, 1]", "1001", "1000", observations=[[0, 1001]]),
    "NaN where the space forbids it": nonsense("observations[0, 0]", "nan", observations=[[NUMBER, 0]]),
    "a number beyond the dtype's": nonsense("observations[0, 0]", "inf", observations=[[1e300, 0]]),
    "a number beyond any": nonsense("observations", "100000", observations=[[10**300, 0]]),
    "no rewards": nonsense("rewards", "1 numbers", rewards=None),
    "two rewards": nonsense("rewards", "1 numbers", rewards=[1, 1]),
    "a reward that is text": nonsense("rewards", "1 numbers", rewards=["much"]),
    "no flag": nonsense("terminated", "1 booleans", terminated=None),
    "a flag that is a number": nonsense("truncated", "1 booleans", truncated=[0]),
    "two infos": nonsense("infos", "1 objects", infos=[{}, {}]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_bad_answer_is_one_clear_error_and_the_trainer_can_go_on(name: str, served: Served) -> None:
    case, game = CASES[name], next(NAMES)
    with BadGame(served.games, but("step", case.answer), name=game) as bad, _env(game, served) as env:
        env.reset()
        with pytest.raises(errors.StepwireError) as caught, BadGame(served.games, name=game):
            env.step(ACTION)
        assert type(caught.value) is case.error, caught.value
        assert not [word for word in (game, *case.words) if word not in str(caught.value)], str(caught.value)
        assert "\n" not in str(caught.value)
        if case.code:
            assert case.code in {fault["code"] for fault in bad.until("fault")}
        if case.closes is not None:
            assert bad.until_closed()[0] == case.closes
        with BadGame(served.games, name=game):
            env.reset()  # another instance where the bad one is lost
            assert case.closes is None or env.step(ACTION)[0].tolist() == [1, 1]


def _env(game: str, served: Served) -> Any:
    return stepwire.RemoteEnv(f"game:{game}", served.address, step_timeout=SHORTLY, reset_timeout=SHORTLY)


MISTAKES = {
    1: (errors.GameFailed, "failed in step: speed is undefined"),
    2: (errors.GameNonsense, "observation[1]: expected a number in [0, 1], got NaN"),
    3: (errors.GameNonsense, "observation[1]: expected a number in [0, 1], got 2"),
    4: (errors.GameNonsense, "observation: expected"),
    5: (errors.GameFailed, "the reward must be a number, got much"),
    6: (errors.GameFailed, "terminated and truncated must be true or false, got undefined"),
    7: (errors.GameFailed, "the reward must be a number, got undefined"),
    8: (errors.GameFailed, "no network"),
    9: (errors.GameSilent, "did not answer step within 0.5 s"),
    10: (errors.GameSilent, "did not answer step within 0.5 s"),
}


@pytest.mark.parametrize("action", MISTAKES)
def test_a_mistake_of_a_javascript_author_is_told_in_the_authors_words(action: int, served: Served) -> None:
    kind, words = MISTAKES[action]
    with hosted(served.games, FAULTY), _env("faulty", served) as env:
        env.reset()
        env.step(0)
        with pytest.raises(errors.StepwireError) as caught:
            env.step(action)
    assert type(caught.value) is kind and words in str(caught.value), caught.value
    assert "'faulty'" in str(caught.value) and "\n" not in str(caught.value)


UNASKED = {
    "before the answer": lambda game, request: [state(game, request, id=999), *honest(game, request)],
    "after the answer": lambda game, request: [*honest(game, request), state(game, request, id=999)],
    "the answer again": lambda game, request: [*honest(game, request), state(game, request)],
}


@pytest.mark.parametrize("when", UNASKED)
def test_an_answer_that_nobody_asked_for_is_refused_and_never_taken_for_another(when: str, served: Served) -> None:
    name = next(NAMES)
    with BadGame(served.games, but("step", UNASKED[when]), name=name) as game, _env(name, served) as env:
        env.reset()
        for count in range(1, 11):
            assert env.step(ACTION)[0].tolist() == [1, count]
        faults = game.until("fault", 10)
        assert {fault["code"] for fault in faults} == {"UNEXPECTED"}
        assert "nobody asked for" in faults[0]["message"] or "not all waited for" in faults[0]["message"]


def test_a_late_answer_meets_nobody(served: Served) -> None:
    """The connection is closed with the deadline, so that it cannot come as the answer to a later step."""
    name, held = next(NAMES), list[str]()

    def hold(game: BadGame, request: Request) -> Iterable[str]:
        held.append(state(game, request, observations=[[9, 9]]))
        return []

    with BadGame(served.games, but("step", hold), name=name) as late, _env(name, served) as env:
        env.reset()
        with pytest.raises(errors.GameSilent):
            env.step(ACTION)
        late.say(held[0])
        with BadGame(served.games, name=name):
            assert env.reset()[0].tolist() == [1, 0]
            assert env.step(ACTION)[0].tolist() == [1, 1]


def test_a_bad_reset_is_told_as_a_bad_step_is(served: Served) -> None:
    name = next(NAMES)
    with BadGame(served.games, but("reset", spoilt(observations=[[-1, 0]])), name=name), _env(name, served) as env:
        with pytest.raises(errors.GameNonsense, match=r"observations\[0, 0\] is -1.*expected between 0"):
            env.reset()
        with pytest.raises(errors.NotReset, match="Call reset"):
            env.step(ACTION)


def test_a_bad_picture_is_told(served: Served) -> None:
    def draw(game: BadGame, request: Request) -> Iterable[str]:
        frame = {"type": "frame", "id": request["id"], "instance": 0, "encoding": "png", "data": {"$bytes": "AAAA"}}
        return [json.dumps(frame)]

    name = next(NAMES)
    env = stepwire.RemoteEnv(f"game:{name}", served.address, render_mode="rgb_array")
    with BadGame(served.games, but("render", draw), name=name, metadata={"render_modes": ["rgb_array"]}), env:
        env.reset()
        with pytest.raises(errors.GameNonsense, match=r"nonsense: .*(png|picture)"):
            env.render()


def test_an_action_that_is_too_large_for_the_game_names_limit_value_and_setting(served: Served) -> None:
    """As text an array takes more room than it took on its way here."""
    name, wide = next(NAMES), {"type": "Box", "low": -1, "high": 1, "shape": [8000]}
    with BadGame(served.games, name=name, action_space=wide), _env(name, served) as env:
        env.reset()
        with pytest.raises(
            errors.TooLarge, match=r"the message to game .* is \d+, the limit is 65536.*max_message_bytes"
        ):
            env.step(env.action_space.sample())
        env.reset()
        assert env.step(env.action_space.low)[0].tolist() == [2, 1]
