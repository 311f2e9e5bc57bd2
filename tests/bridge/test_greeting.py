"""Which games come in, and what those are told that do not."""

from typing import Any

import pytest

from stepwire_bridge.dialects.native import Native
from stepwire_bridge.greeting import Refused, Terms, hear_hello, refuse
from stepwire_bridge.links import LinkClosed
from stepwire_bridge.links.memory import pair
from stepwire_bridge.messages import Message, Ping
from tests.bridge.toy import Toy, hello, read


async def refusal(first: Message | str | None, terms: Terms) -> Refused:
    ours, theirs = pair()
    if first is not None:
        theirs.send(first if isinstance(first, str) else Native().encode(first))  # type: ignore[arg-type]
    with pytest.raises(Refused) as refused:
        await hear_hello(ours, Native(), terms, None)
    return refused.value


@pytest.mark.parametrize(
    ("first", "code", "says"),
    [
        (None, "SILENT", "no hello within 0.01 s"),
        ("?", "BAD_MESSAGE", "JSON"),
        (Ping(), "BAD_HELLO", "not a ping"),
        (hello(protocol=2), "BAD_HELLO", "protocol 2"),
        (hello(instances=0), "BAD_HELLO", "instances is 0"),
        (hello(instances=5000), "BAD_HELLO", "4096"),
        (hello(action_space={"type": "Discrete"}), "BAD_HELLO", "action_space"),
        (hello(observation_space=None), "BAD_HELLO", "observation_space"),
        (hello(metadata={"render_modes": "ansi"}), "BAD_HELLO", "render_modes"),
        (hello(metadata={"render_fps": "fast"}), "BAD_HELLO", "render_fps"),
        ("[" * (2**22 + 1), "BAD_HELLO", "a hello of 4194305 bytes; the most are 4194304"),
    ],
)
async def test_a_bad_hello_is_refused_with_code_and_reason(first: Any, code: str, says: str) -> None:
    refused = await refusal(first, Terms(hello_seconds=0.01))
    assert refused.code == code
    assert says in str(refused)


@pytest.mark.parametrize(("token", "says"), [(None, "no token"), ("wrong", "a wrong token"), ("öäü", "a wrong token")])
async def test_without_the_right_token_a_game_is_not_allowed(token: str | None, says: str) -> None:
    refused = await refusal(hello(token=token), Terms(tokens=frozenset({"right", "other"})))
    assert refused.code == "NOT_ALLOWED"
    assert says in str(refused)
    assert "right" not in str(refused)


@pytest.mark.parametrize(("said", "came"), [("two", None), ("two", "wrong"), (None, "one")])
async def test_any_of_the_tokens_opens_the_door(said: str | None, came: str | None) -> None:
    """In the hello, or with the connection where there is none in the hello."""
    ours, theirs = pair()
    theirs.send(Native().encode(hello(token=said)))
    given, spec = await hear_hello(ours, Native(), Terms(tokens=frozenset({"one", "two"})), came)
    assert given.token == said
    assert spec.observation_space == Toy.observation_space


async def test_a_refused_game_is_told_why_and_the_connection_is_closed() -> None:
    ours, theirs = pair()
    await refuse(ours, Native(), Refused("NOT_ALLOWED", "no token"))
    assert read(await theirs.receive()) == {"type": "fault", "code": "NOT_ALLOWED", "message": "no token"}
    with pytest.raises(LinkClosed, match="1008"):
        await theirs.receive()
