"""What becomes of a game that the bridge cannot take: it is told why, and joins nothing."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

import stepwire
from stepwire import errors
from tests.e2e.bad_game import OBSERVATIONS, BadGame
from tests.e2e.serving import Served, serving

pytestmark = [pytest.mark.timeout(60), pytest.mark.usefixtures("neighbour")]

NAMES = (f"unwanted-{number}" for number in itertools.count())
HUGE_BOX = {"type": "Box", "shape": [10**6, 10**6]}
NESTED: Any = {"type": "Discrete", "n": 2}
for _ in range(40):
    NESTED = {"type": "Tuple", "spaces": [NESTED]}

HELLOS: dict[str, tuple[dict[str, Any], int, str, str]] = {
    "no JSON": ({"first": "hello"}, 1002, "BAD_MESSAGE", "not JSON"),
    "junk": ({"first": b"\0\0\0\0"}, 1002, "BAD_MESSAGE", ""),
    "something else first": ({"first": '{"type": "ping"}'}, 1002, "BAD_HELLO", "not a ping"),
    "no spaces": ({"first": '{"type": "hello", "protocol": 1, "name": "x"}'}, 1002, "BAD_MESSAGE", "observation_space"),
    "another protocol": ({"protocol": 2}, 1002, "BAD_HELLO", "version 1"),
    "no instances": ({"instances": 0}, 1002, "BAD_HELLO", "1 to 4096"),
    "a billion instances": ({"instances": 10**9}, 1002, "BAD_HELLO", "1 to 4096"),
    "no name": ({"name": ""}, 1002, "BAD_MESSAGE", "name"),
    "a name without end": ({"name": "x" * 1000}, 1002, "BAD_MESSAGE", "name"),
    "a name that commands a terminal": ({"name": "\x1b[2J"}, 1002, "BAD_MESSAGE", "name"),
    "a space of no kind": ({"action_space": {"type": "Cube"}}, 1002, "BAD_HELLO", "action_space"),
    "a space that is a number": ({"action_space": 4}, 1002, "BAD_HELLO", "action_space"),
    "a space without end": ({"observation_space": HUGE_BOX}, 1002, "BAD_HELLO", "elements"),
    "bits without end": ({"observation_space": {"type": "MultiBinary", "n": 10**12}}, 1002, "BAD_HELLO", "elements"),
    "a space too deep": ({"observation_space": NESTED}, 1002, "BAD_HELLO", "observation_space"),
    "a shape below zero": ({"observation_space": {"type": "Box", "shape": [-1]}}, 1002, "BAD_HELLO", "shape"),
    "a Discrete of nothing": ({"action_space": {"type": "Discrete", "n": 0}}, 1002, "BAD_HELLO", "action_space"),
    "a Discrete beyond any": ({"action_space": {"type": "Discrete", "n": 10**30}}, 1002, "BAD_HELLO", "action_space"),
    "a Box upside down": ({"observation_space": OBSERVATIONS | {"low": 9, "high": 0}}, 1002, "BAD_HELLO", "observat"),
    "a Box of text": ({"observation_space": OBSERVATIONS | {"dtype": "str"}}, 1002, "BAD_HELLO", "dtype"),
    "render modes of a number": ({"metadata": {"render_modes": 3}}, 1002, "BAD_HELLO", "render_modes"),
}  # fmt: skip


@pytest.mark.parametrize("case", HELLOS)
def test_a_game_that_cannot_be_taken_is_told_why_and_joins_nothing(case: str, served: Served) -> None:
    hello, closes, code, word = HELLOS[case]
    name = next(NAMES)
    with BadGame(served.games, **({"name": name} | hello)) as game:
        code_of_close, reason = game.until_closed()
        (fault,) = game.until("fault")
    assert code_of_close == closes
    assert fault["code"] == code and word in fault["message"]
    assert len(fault["message"]) < 1000 and "Traceback" not in fault["message"]
    assert reason and fault["message"].startswith(reason[:20])
    with pytest.raises(errors.NoGameWaiting, match=name):
        stepwire.RemoteEnv(f"game:{name}", served.address, make_timeout=0.1).reset()


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that wants a token of its games."""
    file = tmp_path_factory.mktemp("tokens") / "tokens"
    file.write_text("the-token-of-this-test\n")
    with serving("--token-file", str(file)) as served:
        yield served


@pytest.mark.parametrize(("token", "word"), [(None, "no token"), ("", "a wrong token"), ("another", "a wrong token")])
def test_a_game_without_the_token_is_told_and_joins_nothing(token: str | None, word: str, guarded: Served) -> None:
    said = {} if token is None else {"token": token}
    with BadGame(guarded.games, name="stranger", **said) as game:
        assert game.until_closed()[0] == 1008
        (fault,) = game.until("fault")
    assert fault["code"] == "NOT_ALLOWED" and word in fault["message"]


def test_a_game_with_the_token_joins(guarded: Served) -> None:
    with BadGame(guarded.games, name="friend", token="the-token-of-this-test") as friend:
        friend.until("welcome")


def test_a_game_that_pretends_to_be_another_is_told_the_difference(served: Served) -> None:
    with BadGame(served.games, name="snake") as game:
        assert game.until_closed()[0] == 1002
        assert "'snake' is connected here with" in game.until("fault")[0]["message"]


def test_a_web_page_of_another_origin_may_not_pose_as_a_game(served: Served) -> None:
    with pytest.raises(InvalidStatus) as caught:
        connect(served.games, subprotocols=["stepwire.v1"], origin="https://evil.example")  # type: ignore[list-item, arg-type]
    assert caught.value.response.status_code == 403
    assert b"allowed_origins" in caught.value.response.body


def test_a_stranger_without_the_subprotocol_is_told_which(served: Served) -> None:
    with pytest.raises(InvalidStatus) as caught, connect(served.games):
        pass
    assert caught.value.response.status_code == 400
    assert b"stepwire.v1" in caught.value.response.body
