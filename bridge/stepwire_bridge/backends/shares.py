"""Asking the games that a backend's copies sit on: one request for each connection, all of them at once.

Knows which copies share a connection and what to make of a game's answers as a whole; knows nothing of episodes.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

from stepwire_bridge import messages, outcome
from stepwire_bridge.faults import Fault, GameNonsense
from stepwire_bridge.frames import BadFrame, picture
from stepwire_bridge.game import Game
from stepwire_bridge.messages import Frame, Render, Reset, Step
from stepwire_bridge.outcome import Outcome
from stepwire_bridge.protocol import Answer

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Share:
    """The copies of a backend that sit on one connection, and the instances they sit on."""

    game: Game
    copies: list[int]
    instances: list[int]


def shares_of(seats: Sequence[tuple[Game, int]], copies: Sequence[int]) -> list[Share]:
    """The copies grouped by the connection they sit on, given game and instance of every copy."""
    shares: dict[Game, Share] = {}
    for copy in copies:
        game, instance = seats[copy]
        share = shares.setdefault(game, Share(game, [], []))
        share.copies.append(copy)
        share.instances.append(instance)
    return list(shares.values())


async def gathered(ask: Callable[[Share], Awaitable[T]], shares: Sequence[Share]) -> list[T | Fault]:
    """What each share's game answers, or the fault it came to. All are waited for, so that none answers later."""

    async def settled(share: Share) -> T | Fault:
        try:
            return await ask(share)
        except Fault as fault:
            return fault

    if len(shares) == 1:
        return [await settled(shares[0])]
    return await asyncio.gather(*map(settled, shares))


def all_or_raise(results: Sequence[T | Fault]) -> list[T]:
    """The results, or the first fault among them."""
    for result in results:
        if isinstance(result, Fault):
            raise result
    return [result for result in results if not isinstance(result, Fault)]


async def ask_for_state(game: Game, request: Reset | Step, timeout: float) -> Outcome:
    """Reset or step, and read the answers; a game that answered nonsense is told.

    For a game that does not know `reset_after` it is done in two requests.
    """
    if isinstance(request, Step) and request.reset_after and not game.resets_after:
        return await _step_then_reset(game, request, timeout)
    answers = await game.ask(request, timeout=timeout)
    try:
        return outcome.read(game.spec, request, answers)
    except GameNonsense as nonsense:
        game.tell(messages.Fault(code="INVALID_OBSERVATION", message=nonsense.problem, id=request.id))
        raise


async def _step_then_reset(game: Game, request: Step, timeout: float) -> Outcome:
    deadline = now() + timeout
    stepped = await ask_for_state(game, msgspec.structs.replace(request, reset_after=False), timeout)
    over = [i for i, ends in enumerate(stepped.terminated | stepped.truncated) if ends]
    if not over:
        return stepped
    instances = [request.instances[i] for i in over]
    reset = Reset(id=game.new_id(), instances=instances, seeds=[None] * len(over))
    return outcome.restarted(game.spec, stepped, over, await ask_for_state(game, reset, deadline - now()))


async def ask_for_pictures(game: Game, instances: list[int], mode: str, timeout: float) -> list[Any]:
    """A picture of each instance, in their order."""
    request = Render(id=game.new_id(), instances=instances, mode=mode)
    answers = await game.ask(request, timeout=timeout)
    return await asyncio.to_thread(_pictures, game, request, answers)  # unpacking takes long enough to be felt


def _pictures(game: Game, request: Render, answers: Sequence[Answer]) -> list[Any]:
    frames = {answer.instance: answer for answer in answers if isinstance(answer, Frame)}
    if len(frames) < len(answers):
        outcome.raise_first_fault(game.spec, request, answers)
    try:
        return [picture(frames[instance], request.mode) for instance in request.instances]
    except BadFrame as error:
        raise GameNonsense(game.spec.name, str(error)) from error


def now() -> float:
    """The event loop's clock, in seconds."""
    return asyncio.get_running_loop().time()
