"""Games of the WeScale guide: message by message, and over real WebSockets what goes wrong and what does not."""

import asyncio
import base64
import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import gymnasium as gym
import numpy as np
import pytest
from websockets.asyncio.client import ClientConnection, connect

from stepwire_bridge import outcome, spaces
from stepwire_bridge.backends.remote import RemoteBackend
from stepwire_bridge.dialects.declared import BadDeclaration, declarations
from stepwire_bridge.dialects.wescale import Declaration, WeScale
from stepwire_bridge.faults import GameGone, GameNonsense, GameSilent, Unsupported
from stepwire_bridge.game import MAX_ASIDES
from stepwire_bridge.games import Games
from stepwire_bridge.greeting import GameSpec
from stepwire_bridge.lobby import Lobby
from stepwire_bridge.messages import BadMessage, Frame, FromBridge, Render, Reset, State, Step
from tests.bridge.dialects.every_message import all_but
from tests.bridge.dialects.odd_json import odd

TOML = """
[chase]
dialect = "wescale"
action_space = { type = "Discrete", n = 4 }
[chase.observation_space]
type = "Dict"
spaces.player_pos = { type = "Box", low = 0, high = 10, shape = [2], dtype = "int32" }
spaces.enemy_pos = { type = "Box", low = 0, high = 10, shape = [2], dtype = "int32" }

[rich]
dialect = "wescale"
observation_space = { type = "Tuple", spaces = [{ type = "Discrete", n = 9 }, { type = "Text", max_length = 5 }] }
action_space = { type = "Dict", spaces = { move = { type = "Box", shape = [2] }, fire = { type = "Discrete", n = 2 } } }
seeds = true
render_modes = ["ansi", "rgb_array"]

[drawn]
dialect = "wescale"
observation_space = { type = "Discrete", n = 9 }
action_space = { type = "MultiDiscrete", nvec = [3, 3] }
render_modes = ["rgb_array"]
"""
DECLARED = declarations(TOML)
SEEN = {"player_pos": [1, 2], "enemy_pos": [9, 9]}
ENDS = {"terminated": False, "truncated": False}
OVER = {"terminated": True, "truncated": False}


def dialect(game: str = "chase") -> WeScale:
    return WeScale(DECLARED[game])  # type: ignore[arg-type]


# ── message by message ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("game", "message", "sent"),
    [
        ("chase", Reset(1, [0], [None]), '{"type":"reset"}'),
        ("chase", Reset(1, [0], [7], {"any": 1}), '{"type":"reset"}'),
        ("rich", Reset(1, [0], [7], {"any": np.int64(1)}), '{"type":"reset","seed":7,"options":{"any":1}}'),
        ("rich", Reset(1, [0], [None], {"any": 1}), '{"type":"reset","options":{"any":1}}'),
        ("chase", Step(1, [0], np.int64([2])), '{"type":"step","action":2}'),
        ("chase", Step(1, [0], [2]), '{"type":"step","action":2}'),
        ("chase", Step(1, [0], np.int64([2]), reset_instead=[0]), '{"type":"reset"}'),
        ("drawn", Step(1, [0], np.int64([[2, 0]])), '{"type":"step","action":[2,0]}'),
        (
            "rich",
            Step(1, [0], {"move": np.float32([[0.5, -1]]), "fire": np.int64([1])}),
            '{"type":"step","action":{"fire":1,"move":[0.5,-1.0]}}',
        ),
        ("drawn", Render(1, [0], "rgb_array"), '{"type":"render"}'),
        ("rich", Render(1, [0], "ansi"), '{"type":"render","mode":"ansi"}'),
    ],
)
def test_what_the_game_gets(game: str, message: FromBridge, sent: str) -> None:
    text = dialect(game).encode(message)
    assert text is not None
    assert json.loads(text) == json.loads(sent)


@pytest.mark.parametrize("message", all_but(Reset, Step, Render), ids=type)
def test_what_such_a_game_has_no_word_for_is_not_sent(message: FromBridge) -> None:
    assert dialect().encode(message) is None


RESET, STEP, INSTEAD = Reset(4, [0], [None]), Step(4, [0], np.int64([1])), Step(4, [0], np.int64([1]), [0])
BATCH = {"player_pos": [[1, 2]], "enemy_pos": [[9, 9]]}


def stepped(reward: float = 0, info: Any = None, *, terminated: bool = False, truncated: bool = False) -> State:
    return State(4, [0], BATCH, [reward], [terminated], [truncated], [info or {}])


@pytest.mark.parametrize(
    ("request_", "said", "message"),
    [
        (RESET, {"observation": SEEN}, State(4, [0], BATCH, infos=[{}])),
        (RESET, {"type": "reset", "observation": SEEN, "reward": None}, State(4, [0], BATCH, infos=[{}])),
        (RESET, {"observation": SEEN, "info": {"level": 1}}, State(4, [0], BATCH, infos=[{"level": 1}])),
        (STEP, {"observation": SEEN, "reward": 1, **ENDS}, stepped(1)),
        (STEP, {"type": "observation", "observation": SEEN, "reward": 1, **ENDS}, stepped(1)),
        (STEP, {"type": "step", "observation": SEEN, "reward": -1, **ENDS, "info": {"k": 1}}, stepped(-1, {"k": 1})),
        (STEP, {"type": "state", "observation": SEEN, "reward": 0, **OVER}, stepped(terminated=True)),
        (STEP, {"observation": SEEN, "reward": 0, **ENDS, "truncated": True}, stepped(truncated=True)),
        (INSTEAD, {"type": "observation", "observation": SEEN}, stepped(0.0)),
        (STEP, {"type": "action", "action": 3}, None),
        (STEP, {"type": "action", "observation": SEEN, "reward": 1, **ENDS}, None),
        (STEP, {"type": "log", "observation": SEEN}, None),
        (STEP, {"type": ["step"], "observation": SEEN}, None),
        (STEP, {"hello": "there"}, None),
        (Render(4, [0], "ansi"), {"type": "frame", "text": "ab"}, Frame(4, 0, "text", "ab")),
        (Render(4, [0], "ansi"), {"observation": SEEN}, None),
    ],
)  # fmt: skip
def test_what_the_game_says(request_: FromBridge, said: dict[str, Any], message: Any) -> None:
    game = dialect()
    game.encode(request_)
    assert game.decode(json.dumps(said)) == message


@pytest.mark.parametrize(
    ("said", "encoding", "data"),
    [
        ({"png": base64.b64encode(b"\x89PNG").decode()}, "png", b"\x89PNG"),
        ({"png": "data:image/png;base64," + base64.b64encode(b"\x89PNG").decode()}, "png", b"\x89PNG"),
        ({"jpeg": base64.b64encode(b"jp").decode()}, "jpeg", b"jp"),
        ({"rgb": [[[1, 2, 3]]]}, "rgb", [[[1, 2, 3]]]),
    ],
)
def test_pictures_that_the_game_sends(said: dict[str, Any], encoding: str, data: Any) -> None:
    game = dialect("drawn")
    game.encode(Render(4, [0], "rgb_array"))
    assert game.decode(json.dumps({"type": "frame"} | said)) == Frame(4, 0, encoding, data)


def test_an_observation_of_parts_becomes_a_batch_of_parts() -> None:
    game = dialect("rich")
    game.encode(RESET)
    answer = game.decode('{"observation": [3, "abc"]}')
    assert isinstance(answer, State)
    assert answer.observations == [[3], ["abc"]]


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("", "JSON"),
        ("[]", "JSON"),
        ("{", "JSON"),
        (b"\xff", "JSON"),
        ('{"observation": ' + "[" * 5000, "JSON"),
        ('{"observation": 1, "reward": NaN}', "JSON"),
        ({"type": "step", **ENDS, "reward": 1}, "no field 'observation'"),
        ({**ENDS, "reward": 1}, "no field 'observation'"),
        ({"observation": SEEN}, "the answer to a step has no field 'reward'"),
        ({"observation": SEEN, "reward": 1, "truncated": False}, "no field 'terminated'"),
        ({"observation": SEEN, "reward": 1, "terminated": False}, "no field 'truncated'"),
        ({"observation": SEEN, "reward": True, **ENDS}, "reward is a number, not True"),
        ({"observation": SEEN, "reward": 10**400, **ENDS}, "reward is a number that no float can hold"),
        ({"observation": SEEN, "reward": "much", **ENDS}, "reward is a number, not 'much'"),
        ({"observation": SEEN, "reward": 1, **ENDS, "terminated": 1}, "terminated is true or false, not 1"),
        ({"observation": SEEN, "reward": 1, **ENDS, "truncated": None}, "truncated is true or false, not None"),
        ({"observation": SEEN, "reward": 1, **ENDS, "info": [1]}, "info is an object, not [1]"),
    ],
)
def test_what_cannot_be_an_answer_is_refused_by_its_field(said: Any, names: str) -> None:
    game = dialect()
    game.encode(STEP)
    with pytest.raises(BadMessage) as refused:
        game.decode(json.dumps(said) if isinstance(said, dict) else said)
    assert names in str(refused.value)


@pytest.mark.parametrize(("said", "names"), [({}, "png"), ({"png": 3}, "png"), ({"png": "?"}, "base64")])
def test_a_frame_without_a_picture_is_refused(said: dict[str, Any], names: str) -> None:
    game = dialect("drawn")
    game.encode(Render(4, [0], "rgb_array"))
    with pytest.raises(BadMessage, match=names):
        game.decode(json.dumps({"type": "frame"} | said))


def test_answers_are_taken_in_the_order_of_the_requests_and_no_more_of_them() -> None:
    game = dialect()
    assert game.decode(json.dumps({"observation": SEEN})) is None
    game.encode(RESET)
    game.encode(Step(5, [0], [1]))
    answer = json.dumps({"observation": SEEN, "reward": 1, **ENDS})
    assert [getattr(game.decode(answer), "id", None) for _ in range(3)] == [4, 5, None]


def test_an_answer_to_a_drawing_is_taken_for_nothing_else() -> None:
    game = dialect()
    answer = json.dumps({"observation": SEEN, "reward": 1, **ENDS})
    assert game.draw(answered=True) == '{"type":"render"}'
    game.encode(STEP)
    assert game.decode(answer) is None
    assert game.decode(answer) == stepped(1)


FULL = json.dumps({"observation": SEEN, "reward": 1, **ENDS})


def test_that_a_game_answers_drawings_is_found_out_when_nothing_else_is_asked() -> None:
    game = dialect()
    game.draw(answered=False)
    assert game.decode(FULL) is None
    for _ in range(3):
        game.draw(answered=False)
        game.encode(STEP)
        assert [game.decode(FULL), game.decode(FULL)] == [None, stepped(1)]


def test_that_a_game_answers_drawings_is_found_out_by_what_cannot_be_the_answer_to_a_step() -> None:
    game = dialect()
    for _ in range(3):
        game.draw(answered=False)
        game.encode(STEP)
        assert game.decode(json.dumps({"observation": SEEN})) is None
        assert game.decode(FULL) == stepped(1)


def test_an_answer_too_many_after_a_drawing_is_refused_because_the_last_may_have_been_the_drawings() -> None:
    game = dialect()
    game.draw(answered=False)
    game.encode(STEP)
    assert game.decode(FULL) == stepped(1)
    with pytest.raises(BadMessage, match="answers_render"):
        game.decode(FULL)


def test_a_game_that_answers_no_drawing_is_played_on() -> None:
    game = dialect()
    for _ in range(3):
        game.draw(answered=False)
        game.encode(STEP)
        assert game.decode(FULL) == stepped(1)
        assert game.decode('{"type": "action", "action": 1}') is None
        assert game.decode('{"type": "drawn"}') is None


def test_what_cannot_be_written_leaves_nothing_to_be_answered() -> None:
    game = dialect("rich")
    with pytest.raises(TypeError):
        game.encode(Reset(3, [0], [None], {"a": {1, 2}}))
    assert game.decode('{"observation": [3, "abc"]}') is None


def test_whatever_a_game_says_comes_to_an_answer_or_a_fault_and_to_nothing_else() -> None:
    keys = [
        "type",
        "observation",
        "reward",
        "terminated",
        "truncated",
        "info",
        "player_pos",
        "enemy_pos",
        "text",
        "png",
    ]
    greeting = dialect().greeting
    spec = GameSpec("chase", spaces.read(greeting.observation_space), gym.spaces.Discrete(4), {})
    found = Counter[str]()
    for k, said in enumerate(odd(keys, 3000)):
        game, request = dialect(), [RESET, STEP, INSTEAD, Render(4, [0], "ansi")][k % 4]
        game.encode(request)
        if k % 3 == 0:
            said["type"] = "frame" if k % 4 == 3 else "step"
        if k % 5 == 0:
            said |= {"reward": 1, **ENDS}
        try:
            answer = game.decode(json.dumps(said))
            found[type(answer).__name__] += 1
            if isinstance(answer, State) and isinstance(request, (Reset, Step)):
                outcome.read(spec, request, [answer])
        except (BadMessage, GameNonsense) as error:
            found[type(error).__name__] += 1
    assert set(found) >= {"NoneType", "State", "BadMessage", "GameNonsense"}


# ── declarations ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_declaration_stands_for_the_hello() -> None:
    greeting = dialect("rich").greeting
    assert (greeting.name, greeting.instances) == ("rich", 1)
    assert greeting.metadata == {"render_modes": ["ansi", "rgb_array"]}


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ('url = "http://localhost:3000"', "wescale-http"),
        ('url = "localhost:1"', "ws:// or wss://"),
        ('url = "ws://"', "a host"),
        ('url = "ws://a b"', "blanks"),
        ('url = "ws://a:70000"', "url has a port"),
        ('url = "ws://a:0"', "url has a port"),
        ('render_modes = ["human"]', "render_modes are some of ansi, rgb_array"),
        ('seeds = "yes"', "seeds"),
    ],
)
def test_a_declaration_that_cannot_be_names_its_field(field: str, says: str) -> None:
    bit = '{type = "Discrete", n = 2}'
    with pytest.raises(BadDeclaration, match=says):
        declarations(f'[x]\ndialect = "wescale"\nobservation_space = {bit}\naction_space = {bit}\n{field}')


# ── games that dial, and what they do wrong ──────────────────────────────────────────────────────────────────────────


@pytest.fixture
async def games(lobby: Lobby) -> AsyncIterator[Games]:
    games = Games(lobby, declared=DECLARED)
    await games.start("127.0.0.1", 0)
    yield games
    await games.close()


@asynccontextmanager
async def by_hand(games: Games, lobby: Lobby, game: str = "chase") -> AsyncIterator[tuple[ClientConnection, Any]]:
    async with connect(f"ws://127.0.0.1:{games.port}/wescale/{game}") as connection:
        yield connection, await RemoteBackend.open(lobby, game, timeout=5)


async def answered(connection: ClientConnection, backend: RemoteBackend, *said: Any, timeout: float = 5) -> Any:
    """Reset, with what the game says to it."""
    resetting = asyncio.create_task(backend.reset(seeds=None, options=None, mask=None, timeout=timeout))
    assert await connection.recv() == '{"type":"reset"}'
    for one in said:
        await connection.send(json.dumps(one))
    return await resetting


async def test_what_nobody_asked_for_is_dropped_however_often(games: Games, lobby: Lobby) -> None:
    async with by_hand(games, lobby) as (connection, backend):
        await answered(connection, backend, {"observation": SEEN})
        for k in range(100):
            await connection.send(json.dumps({"observation": {"player_pos": [k, k], "enemy_pos": [0, 0]}}))
            await connection.send('{"type": "action", "action": 1}')
        await (await connection.ping())  # by now the bridge has read them
        observed = await answered(connection, backend, {"type": "action", "action": 1}, {"observation": SEEN})
        assert observed.observation["player_pos"].tolist() == [1, 2]


async def test_what_nobody_asked_for_has_an_end(games: Games, lobby: Lobby) -> None:
    async with by_hand(games, lobby) as (connection, _):
        for _ in range(MAX_ASIDES + 1):
            await connection.send("{}")
        await connection.wait_closed()
        assert connection.close_code == 1002


async def test_an_observation_outside_its_space_is_nonsense(games: Games, lobby: Lobby) -> None:
    async with by_hand(games, lobby) as (connection, backend):
        with pytest.raises(GameNonsense, match="player_pos"):
            await answered(connection, backend, {"observation": {"player_pos": [1, 200], "enemy_pos": [1, 2]}})
        with pytest.raises(GameNonsense, match="enemy_pos"):
            await answered(connection, backend, {"observation": {"player_pos": [1, 2]}})


async def test_a_field_that_is_missing_ends_the_game_by_its_name(games: Games, lobby: Lobby) -> None:
    async with by_hand(games, lobby) as (connection, backend):
        await answered(connection, backend, {"observation": SEEN})
        stepping = asyncio.create_task(backend.step(1, timeout=5))
        assert await connection.recv() == '{"type":"step","action":1}'
        await connection.send(json.dumps({"observation": SEEN, "reward": 1, "truncated": False}))
        with pytest.raises(GameGone, match="no field 'terminated'"):
            await stepping


async def test_a_silent_game_is_closed(games: Games, lobby: Lobby) -> None:
    async with by_hand(games, lobby) as (connection, backend):
        with pytest.raises(GameSilent):
            await answered(connection, backend, timeout=0.1)
        await connection.wait_closed()
        assert connection.close_code == 4408


async def test_a_picture_that_is_not_declared_is_unsupported(games: Games, lobby: Lobby) -> None:
    async with connect(f"ws://127.0.0.1:{games.port}/wescale/chase"):
        with pytest.raises(Unsupported, match="render mode 'ansi'"):
            await RemoteBackend.open(lobby, "chase", render_mode="ansi", timeout=5)


def test_numpy_numbers_are_json_numbers() -> None:
    spec = Declaration("x", {"type": "Discrete", "n": 2}, {"type": "Discrete", "n": 4, "start": -1})
    assert WeScale(spec).encode(Step(1, [0], np.int64([-1]))) == '{"type":"step","action":-1}'
