"""Whatever a stranger sends, each message has a reply or a close frame, and the server goes on."""

import json
import random
from typing import Any

import pytest

from tests.service.fronts.gymie.agents import classic, gymie

METHODS = ("make", "reset", "step", "render", "close", "observation_space", "action_space", "action_sample", "x", "")
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 1e308, 2**63, -(2**70), "", "x", "gym:CartPole-v1", "a\x00b", "é" * 300, [], [[]],
    {}, {"$number": "NaN"}, {"$array": {"dtype": "int8", "shape": [2], "data": [1, 2]}}, {"$array": {}},
    {"$bytes": "?"}, [1, "a", None], {"a": {"b": [1]}}, [0.5] * 50, "0" * 5000,
)  # fmt: skip
KEYS = ("instance_id", "env_id", "seed", "action", "kwargs", "options", "render_mode", "render", "other", "self", "")
SEEDS = range(6)


def message(rng: random.Random, known: str) -> str | bytes:
    """Something that is nearly a request, or nothing like one."""
    params: Any = {rng.choice(KEYS): rng.choice(VALUES) for _ in range(rng.randrange(4))}
    if rng.random() < 0.7:
        params["instance_id"] = known
    request: dict[str, Any] = {"id": rng.choice(VALUES), "method": rng.choice(METHODS), "params": params}
    for key in ("id", "method", "params"):
        if rng.random() < 0.1:
            request[key] = rng.choice(VALUES)
        elif rng.random() < 0.1:
            del request[key]
    text = json.dumps(request)
    match rng.randrange(12):
        case 0:
            return text[: rng.randrange(len(text))]
        case 1:
            return text.encode()[rng.randrange(len(text)) :]
        case 2:
            return rng.randbytes(rng.randrange(40))
        case 3:
            return "[" * rng.randrange(5000)
        case _:
            return text


@pytest.mark.parametrize("seed", SEEDS)
async def test_every_message_of_the_newer_mode_has_one_reply(seed: int, caplog: pytest.LogCaptureFixture) -> None:
    rng = random.Random(seed)
    async with gymie() as address, classic(address, "?v=2") as agent:
        await agent.socket.send('{"method": "make", "params": {"env_id": "Odd/Counter-v0"}}')
        known = json.loads(await agent.receive())["result"]["instance_id"]
        for _ in range(150):
            await agent.socket.send(message(rng, known))
            reply = json.loads(await agent.receive())
            assert ("result" in reply) != ("error" in reply) and "id" in reply
            assert reply.get("error", {}).get("reason") != "INTERNAL", reply
    assert "bug" not in caplog.text


@pytest.mark.parametrize("seed", SEEDS)
async def test_every_message_of_classic_has_a_reply_or_a_close_frame(
    seed: int, caplog: pytest.LogCaptureFixture
) -> None:
    rng = random.Random(seed)
    async with gymie() as address:
        for _ in range(60):
            async with classic(address) as agent:
                known = await agent.make("Odd/Counter-v0")
                await agent.socket.send(message(rng, known))
                try:
                    json.loads(f'"{said}"' if len(said := await agent.receive()) == 32 else said)
                except Exception:
                    code, reason = await agent.closed()
                    assert code in (1003, 1007) and reason
    assert "bug" not in caplog.text
