"""The golden conversations, from the bridge's side: what it says is written so, and what games say is understood."""

import asyncio
import base64
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest

from stepwire_bridge import outcome
from stepwire_bridge.dialects.native import Native
from stepwire_bridge.faults import Fault as GameFault
from stepwire_bridge.game import Game, greet
from stepwire_bridge.greeting import Refused, Terms, refuse
from stepwire_bridge.links.memory import MemoryLink, pair
from stepwire_bridge.messages import Bye, Close, Fault, FromBridge, Hello, Ping, Pong, Render, Reset, Step, Welcome
from stepwire_bridge.protocol import Answer, Conversation
from tests.bridge.written import value_of

TRANSCRIPTS = sorted((Path(__file__).resolve().parents[1] / "transcripts").glob("*.jsonl"))


@dataclass(frozen=True)
class Line:
    """One WebSocket message of a transcript."""

    by_game: bool
    data: str | bytes


def lines(path: Path) -> list[Line]:
    entries = [json.loads(line) for line in path.read_text().splitlines()]
    assert entries[0]["dialect"] == "native/1"
    return [Line(entry["from"] == "game", data_of(entry)) for entry in entries[1:]]


def data_of(entry: dict[str, Any]) -> str | bytes:
    return base64.b64decode(entry["binary"]) if "binary" in entry else json.dumps(entry["message"])


def by_bridge(data: str | bytes) -> Any:
    """The message in a line of the bridge's."""
    return msgspec.convert(value_of(data), FromBridge)


def said(data: str | bytes) -> Any:
    """What a line of the bridge's says, whether as text or as a frame, but for the words of a fault."""
    return json.loads(Native().encode(by_bridge(data))) | ({"message": ""} if b'"fault"' in as_bytes(data) else {})


def as_bytes(data: str | bytes) -> bytes:
    return data.encode() if isinstance(data, str) else data


def dialect_of(path: Path) -> Native:
    """A dialect that has heard the transcript's hello."""
    dialect = Native()
    dialect.decode(lines(path)[0].data)
    return dialect


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_what_the_bridge_says_in_text_is_written_just_so(path: Path) -> None:
    for line in lines(path):
        if not line.by_game and isinstance(line.data, str):
            assert json.loads(Native().encode(by_bridge(line.data))) == json.loads(line.data)


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_what_a_game_says_means_the_same_after_it_was_written_again(path: Path) -> None:
    dialect = dialect_of(path)
    for line in lines(path):
        if line.by_game:
            message = dialect.decode(line.data)
            again = Native().decode(dialect.encode(message))
            assert Native().encode(again) == Native().encode(message)


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_every_line_of_a_game_comes_in_turn_and_answers_what_was_asked(path: Path) -> None:
    conversation, dialect = Conversation(), Native()
    for line in lines(path):
        if line.by_game:
            conversation.hear(dialect.decode(line.data))
            continue
        message = by_bridge(line.data)
        if isinstance(message, (Reset, Step, Render)):
            conversation.ask(message)
        conversation.pings += isinstance(message, Ping)
    assert not conversation.outstanding or path.stem == "nonsense"


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
async def test_a_live_bridge_says_its_lines_and_understands_the_others(path: Path) -> None:
    ours, theirs = pair()
    await Played(path, ours, theirs).play()


class Played:
    """The bridge's side by the real thing, the game's side by the transcript."""

    def __init__(self, path: Path, ours: MemoryLink, theirs: MemoryLink) -> None:
        self.lines, self.ours, self.theirs = lines(path), ours, theirs
        self.game: Game | None = None
        self.asked: list[tuple[Any, asyncio.Task[list[Answer]]]] = []

    async def play(self) -> None:
        for line in self.lines:
            if line.by_game:
                self.theirs.send(line.data)
                await self._heard()
            else:
                await self._act(by_bridge(line.data))
                assert said(await self.theirs.receive()) == said(line.data)
        await self._check_answers()

    async def _heard(self) -> None:
        """Wait until the bridge has read everything and made of it what it will."""
        for _ in range(10):  # a message passes from task to task in fewer turns of the loop
            await asyncio.sleep(0)

    async def _act(self, message: FromBridge) -> None:
        """Make the bridge say that."""
        match message:
            case Welcome():
                await self._welcome()
            case Reset() | Step() | Render() if self.game:
                task = asyncio.create_task(self.game.ask(message, timeout=1))
                self.asked.append((message, task))
            case Close(instances=instances) if self.game:
                self.game.release(instances, lambda: None)
            case Ping() if self.game:
                self.game._conversation.pings += 1
                self.game._say(Ping())
            case Bye(reason=reason) if self.game:
                self.game.end("BYE", reason)
            case Pong():
                pass
            case _:
                await self._turn_away()

    async def _welcome(self) -> None:
        self.game = await greet(self.ours, Native(), Terms())
        self.game.welcome()
        self.serving = asyncio.create_task(self.game.serve())

    async def _turn_away(self) -> None:
        dialect = Native()
        with pytest.raises(Refused) as refused:
            await greet(self.ours, dialect, Terms(tokens=frozenset({"the right one"})))
        await refuse(self.ours, dialect, refused.value)

    async def _check_answers(self) -> None:
        if self.game is None:
            return
        for request, task in self.asked:
            (answers,) = await asyncio.gather(task, return_exceptions=True)
            if isinstance(answers, list) and isinstance(request, (Reset, Step)):
                self._check_outcome(request, answers)
        self.game.end("BYE", "the transcript is over")
        await self.serving

    def _check_outcome(self, request: Reset | Step, answers: list[Answer]) -> None:
        assert self.game is not None
        if any(isinstance(answer, Fault) for answer in answers):
            with pytest.raises(GameFault):
                outcome.read(self.game.spec, request, answers)
        else:
            read = outcome.read(self.game.spec, request, answers)
            assert len(read.infos) == len(request.instances)


def test_there_are_transcripts() -> None:
    assert len(TRANSCRIPTS) >= 10
    assert all(isinstance(Native().decode(lines(path)[0].data), Hello) for path in TRANSCRIPTS)
