"""Asking several games at once: all are waited for, and a game that cannot reset itself is reset."""

import asyncio
from typing import Any, cast

import pytest

from stepwire_bridge.backends.shares import Share, all_or_raise, ask_for_pictures, gathered, shares_of
from stepwire_bridge.faults import GameGone, GameNonsense, Unsupported
from stepwire_bridge.game import Game
from stepwire_bridge.messages import Fault, Frame


def seats(*names: str) -> list[tuple[Game, int]]:
    """Copies on games that only have a name; each on the next instance of its game."""
    return [(cast(Game, name), names[:i].count(name)) for i, name in enumerate(names)]


def test_copies_are_grouped_by_their_connection_and_keep_their_order() -> None:
    shares = shares_of(seats("a", "b", "a", "b"), [3, 0, 2])
    assert [(share.game, share.copies, share.instances) for share in shares] == [("b", [3], [1]), ("a", [0, 2], [0, 1])]


@pytest.mark.parametrize("names", ["a", "ab"])
async def test_faults_are_results_so_that_all_are_waited_for(names: str) -> None:
    done: list[str] = []

    async def ask(share: Share) -> str:
        await asyncio.sleep(0)
        done.append(str(share.game))
        if share.game == "a":  # type: ignore[comparison-overlap]
            raise GameGone("a", "unplugged")
        return "well"

    results = await gathered(ask, shares_of(seats(*names), range(len(names))))
    assert sorted(done) == sorted(names)
    with pytest.raises(GameGone):
        all_or_raise(results)
    assert all_or_raise(results[1:]) == ["well"] * (len(names) - 1)


class Painter:
    """As much of a game as a render sees."""

    spec: Any

    def __init__(self, *answers: Any) -> None:
        self.spec = type("Spec", (), {"name": "painter"})
        self._answers = list(answers)

    def new_id(self) -> int:
        return 1

    async def ask(self, request: Any, *, timeout: float) -> list[Any]:
        return self._answers


async def pictures(*answers: Any) -> list[Any]:
    return await ask_for_pictures(cast(Game, Painter(*answers)), [2, 5], "ansi", 1)


async def test_pictures_come_in_the_order_of_the_instances() -> None:
    assert await pictures(Frame(1, 5, "text", "five"), Frame(1, 2, "text", "two")) == ["two", "five"]


async def test_a_frame_that_is_no_picture_is_nonsense() -> None:
    with pytest.raises(GameNonsense, match="no picture"):
        await pictures(Frame(1, 2, "text", "two"), Frame(1, 5, "text", 5))


async def test_a_fault_instead_of_a_frame_is_raised() -> None:
    with pytest.raises(Unsupported, match="no ink"):
        await pictures(Frame(1, 2, "text", "two"), Fault("UNSUPPORTED", "no ink", 1, [5]))
