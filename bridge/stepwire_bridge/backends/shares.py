"""Asking the games that a backend's copies sit on: one request for each connection, all of them at once.

Knows which copies share a connection and what to make of a game's answers as a whole; knows nothing of episodes.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
import numpy as np

from stepwire_bridge import messages, outcome
from stepwire_bridge.faults import Fault, GameNonsense
from stepwire_bridge.frames import BadFrame, picture
from stepwire_bridge.game import Game
from stepwire_bridge.messages import Frame, Render, Reset, Step
from stepwire_bridge.outcome import Outcome, Single
from stepwire_bridge.protocol import Answer

T = TypeVar("T")
Request = Reset | Step


@dataclass(frozen=True, slots=True)
class Share:
    """The copies of a backend that sit on one connection, and the instances they sit on."""

    game: Game
    copies: list[int]
    instances: list[int]

    def instances_of(self, copies: Collection[int]) -> list[int]:
        """The instances of those of the copies that are of this share."""
        seats = dict(zip(self.copies, self.instances, strict=True))
        return [seats[copy] for copy in copies if copy in seats]


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


async def ask_for_states(requests: Sequence[tuple[Game, Request]], timeout: float) -> list[Outcome | Fault]:
    """Reset or step several games at once: what each answers, or the fault it came to.

    All are waited for, so that none answers later. The last one first: when it has answered most others have, too, and
    each wait costs a turn of the loop.
    """
    posted = [_posted(game, request, timeout) for game, request in requests]
    for answers in reversed(posted):
        if not isinstance(answers, Fault):
            try:
                await answers
            except Fault:
                continue  # `_read` meets it again
    return [_read(game, request, answers) for (game, request), answers in zip(requests, posted, strict=True)]


async def ask_and_reset(requests: Sequence[tuple[Game, Request]], timeout: float) -> list[Outcome | Fault]:
    """`ask_for_states` where some of the games do not know `reset_after`: those are asked twice."""
    deadline = now() + timeout
    results = await ask_for_states([(game, _known_to(game, request)) for game, request in requests], timeout)
    return await _with_resets(requests, results, deadline - now())


def _known_to(game: Game, request: Request) -> Request:
    if isinstance(request, Step) and request.reset_after and not game.resets_after:
        return msgspec.structs.replace(request, reset_after=False)
    return request


def _posted(game: Game, request: Request, timeout: float) -> asyncio.Future[list[Answer]] | Fault:
    try:
        return game.post(request, timeout=timeout)
    except Fault as fault:
        return fault


def _read(game: Game, request: Request, answers: asyncio.Future[list[Answer]] | Fault) -> Outcome | Fault:
    """What the answers come to; a game that answered nonsense is told."""
    if isinstance(answers, Fault):
        return answers
    try:
        return outcome.read(game.spec, request, answers.result())
    except GameNonsense as nonsense:
        _complain(game, request, nonsense)
        return nonsense
    except Fault as fault:
        return fault


def _complain(game: Game, request: Request, nonsense: GameNonsense) -> None:
    game.tell(messages.Fault(code="INVALID_OBSERVATION", message=nonsense.problem, id=request.id))


async def ask_for_step(game: Game, request: Step, timeout: float) -> Single:
    """Step one instance, and read the answer; a game that answered nonsense is told."""
    answers = await game.post(request, timeout=timeout)
    try:
        return outcome.read_single(game.spec, request, answers)
    except GameNonsense as nonsense:
        _complain(game, request, nonsense)
        raise


async def _with_resets(
    requests: Sequence[tuple[Game, Request]], results: Sequence[Outcome | Fault], timeout: float
) -> list[Outcome | Fault]:
    """The results of games that do not reset by themselves, with the instances reset whose episodes ended."""
    over = [_over(game, request, result) for (game, request), result in zip(requests, results, strict=True)]
    resets = [
        (game, Reset(game.new_id(), [request.instances[i] for i in ended], [None] * len(ended)))
        for (game, request), ended in zip(requests, over, strict=True)
        if ended
    ]
    fresh = iter(await ask_for_states(resets, timeout))
    return [
        _restarted(game, result, ended, next(fresh)) if ended else result
        for (game, _), result, ended in zip(requests, results, over, strict=True)
    ]


def _over(game: Game, request: Request, result: Outcome | Fault) -> list[int]:
    if isinstance(result, Fault) or _known_to(game, request) is request:
        return []
    return np.flatnonzero(result.terminated | result.truncated).tolist()


def _restarted(game: Game, ended: Outcome | Fault, places: list[int], fresh: Outcome | Fault) -> Outcome | Fault:
    if isinstance(ended, Fault) or isinstance(fresh, Fault):
        return fresh
    return outcome.restarted(game.spec, ended, places, fresh)


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
