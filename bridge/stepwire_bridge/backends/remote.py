"""A backend on leased instances of a connected game: one environment, or a batch of copies with autoreset.

Knows Gymnasium's rules for single and vector environments, and which copy sits on which instance. Knows no messages'
form and no sockets. A batch is one request for each connection it is spread over, never one for each copy.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from gymnasium.spaces import Discrete
from gymnasium.vector import AutoresetMode
from numpy.typing import NDArray

from stepwire_bridge import batches, infos, outcome
from stepwire_bridge.backend import Observed, Spec, Transition
from stepwire_bridge.backends.shares import (
    Share,
    all_or_raise,
    ask_and_reset,
    ask_for_pictures,
    ask_for_states,
    ask_for_step,
    gathered,
    now,
    shares_of,
)  # fmt: skip
from stepwire_bridge.faults import Fault, GameGone, GameNonsense, GameSilent, Unsupported
from stepwire_bridge.lobby import Lease, Lobby
from stepwire_bridge.messages import Reset, Step
from stepwire_bridge.outcome import Outcome, Single


class RemoteBackend:
    """A game behind the backend seam; `open` makes one. See `stepwire_bridge.backend.Backend`."""

    def __init__(
        self, lobby: Lobby, name: str, spec: Spec, leases: Sequence[Lease], *, truncate_on_game_gone: bool
    ) -> None:
        self._lobby, self._name, self._spec = lobby, name, spec
        self._truncates = truncate_on_game_gone
        self._seats = [(lease.game, instance) for lease in leases for instance in lease.instances]
        self._game_spec = leases[0].game.spec
        self._count = len(self._seats)
        self._sit()
        self._last: Any = None
        """The observations that were given last, a batch."""
        self._over: list[int] = []
        """The copies whose episodes ended in the last step, where the next one resets them."""
        self.on_close: Callable[[], None] = _nothing
        """Called once, when the instances are given back."""

    @classmethod
    async def open(
        cls,
        lobby: Lobby,
        name: str,
        *,
        num_envs: int | None = None,
        autoreset_mode: AutoresetMode | None = None,
        render_mode: str | None = None,
        truncate_on_game_gone: bool = False,
        timeout: float,
    ) -> "RemoteBackend":
        """Lease instances of a game.

        Args:
            lobby: Where they wait.
            name: The game's.
            num_envs: How many copies; None for a single environment.
            autoreset_mode: Of a batch; NEXT_STEP when None.
            render_mode: One of those the game declares, or None.
            truncate_on_game_gone: Where a copy's game is lost, end that copy's episode as truncated instead of raising.
            timeout: Seconds to wait until there are instances enough.

        Raises:
            NoGameWaiting: There were not enough instances in time.
            Unsupported: The game has no such render mode.
        """
        leases = await _lease(lobby, name, num_envs or 1, render_mode, timeout)
        game = leases[0].game.spec
        autoreset = None if num_envs is None else autoreset_mode or AutoresetMode.NEXT_STEP
        spec = Spec(game.observation_space, game.action_space, num_envs, autoreset, game.metadata, render_mode)
        return cls(lobby, name, spec, leases, truncate_on_game_gone=truncate_on_game_gone)

    @classmethod
    async def open_each(
        cls,
        lobby: Lobby,
        name: str,
        count: int,
        *,
        render_mode: str | None = None,
        truncate_on_game_gone: bool = False,
        timeout: float,
    ) -> "list[RemoteBackend]":
        """Lease `count` instances at once, and give each a backend of its own, for a single environment; see `open`."""
        leases = await _lease(lobby, name, count, render_mode, timeout)
        game = leases[0].game.spec
        spec = Spec(game.observation_space, game.action_space, None, None, game.metadata, render_mode)
        seats = (Lease(lease.game, (instance,)) for lease in leases for instance in lease.instances)
        return [cls(lobby, name, spec, [seat], truncate_on_game_gone=truncate_on_game_gone) for seat in seats]

    @property
    def spec(self) -> Spec:
        """What this backend is."""
        return self._spec

    # ── reset ────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def reset(
        self,
        *,
        seeds: Sequence[int | None] | None,
        options: dict[str, Any] | None,
        mask: NDArray[np.bool_] | None,
        timeout: float,
    ) -> Observed:
        """Start an episode in all copies or in those of the mask; see `Backend.reset`."""
        copies = list(range(self._count)) if mask is None else [int(copy) for copy in np.flatnonzero(mask)]
        seeds = [None] * self._count if seeds is None else seeds
        result = await self._reset(copies, [seeds[copy] for copy in copies], options, timeout)
        if len(copies) == self._count:
            self._last = result.observations
        else:
            space = self._spec.observation_space
            self._last = batches.put(space, self._last, copies, result.observations, self._count)
        self._over = sorted(set(self._over) - set(copies))
        if self._spec.num_envs is None:
            return Observed(batches.single(self._spec.observation_space, result.observations, 0), result.infos[0])
        return Observed(self._last, infos.gathered(result.infos, copies, self._count))

    async def _reset(
        self, copies: list[int], seeds: list[int | None], options: dict[str, Any] | None, timeout: float
    ) -> Outcome:
        deadline = now() + timeout
        await self._replace_lost(copies, timeout)
        seed_of = dict(zip(copies, seeds, strict=True))
        shares = self._shares if len(copies) == self._count else shares_of(self._seats, copies)
        requests = [
            (share.game, Reset(share.game.new_id(), share.instances, [seed_of[copy] for copy in share.copies], options))
            for share in shares
        ]
        return self._merged(copies, shares, all_or_raise(await ask_for_states(requests, deadline - now())))

    # ── step ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def step(self, action: Any, *, timeout: float) -> Transition:
        """Take one step in every copy; see `Backend.step`."""
        if self._spec.num_envs is None:
            return await self._step_single(action, timeout)
        deadline, mode = now() + timeout, self._spec.autoreset_mode
        if over := self._over:
            await self._replace_lost(over, timeout)
            timeout = deadline - now()
        shares = self._shares
        requests = [(share.game, self._step_of(share, action, over)) for share in shares]
        results = await (ask_and_reset if self._asks_twice else ask_for_states)(requests, timeout)
        lost: list[int] = []
        if self._truncates:
            results, lost = self._with_lost_truncated(shares, results)
        result = self._merged(range(self._count), shares, all_or_raise(results))
        if over:
            result = _begun(result, over)
        if lost and mode is AutoresetMode.SAME_STEP:
            fresh = await self._reset(lost, [None] * len(lost), None, deadline - now())
            result = outcome.restarted(self._game_spec, result, lost, fresh)
        self._last = result.observations
        if mode is AutoresetMode.NEXT_STEP:
            self._over = _ended(result)
        return self._transition(result)

    async def _step_single(self, action: Any, timeout: float) -> Transition:
        (share,), space = self._shares, self._spec.action_space
        is_discrete = type(space) is Discrete  # an array of one number costs more than all of its way into the message
        actions = [int(action)] if is_discrete else batches.of_one(space, action)
        try:
            result = await ask_for_step(share.game, Step(share.game.new_id(), share.instances, actions), timeout)
        except (GameGone, GameSilent) as lost:
            if not self._truncates:
                raise
            result = Single(self._last, 0.0, False, True, {"game_gone": str(lost)})
        self._last = result.observations
        observation = batches.single(self._spec.observation_space, result.observations, 0)
        return Transition(observation, result.reward, result.terminated, result.truncated, result.info)

    def _step_of(self, share: Share, actions: Any, over: Sequence[int]) -> Step:
        is_all = len(share.copies) == self._count  # and then in order
        instead = [share.instances[copy] for copy in over] if is_all else share.instances_of(over)
        return Step(
            id=share.game.new_id(),
            instances=share.instances,
            actions=actions if is_all else batches.take(self._spec.action_space, actions, share.copies),
            reset_instead=instead,
            reset_after=self._spec.autoreset_mode == AutoresetMode.SAME_STEP,
        )

    def _transition(self, result: Outcome) -> Transition:
        said = infos.gathered(result.infos, range(self._count), self._count)
        last = [{"final_obs": observation, "final_info": info} for observation, info in result.finals.values()]
        said = infos.add(said, last, list(result.finals), self._count)
        return Transition(result.observations, result.rewards, result.terminated, result.truncated, said)

    # ── games that are lost ──────────────────────────────────────────────────────────────────────────────────────────

    async def _replace_lost(self, copies: Sequence[int], timeout: float) -> None:
        """Lease fresh instances for those of the copies whose game is over."""
        lost = [copy for copy in copies if self._seats[copy][0].over is not None]
        if not lost:
            return
        leases = await self._lobby.lease(self._name, len(lost), timeout=timeout)
        self._check_unchanged(leases)
        fresh = [(lease.game, instance) for lease in leases for instance in lease.instances]
        for copy, seat in zip(lost, fresh, strict=True):
            self._seats[copy] = seat
        self._sit()

    def _sit(self) -> None:
        """Note who sits where, after the seats have changed."""
        self._shares = shares_of(self._seats, range(self._count))
        is_same_step = self._spec.autoreset_mode is AutoresetMode.SAME_STEP
        self._asks_twice = is_same_step and not all(share.game.resets_after for share in self._shares)

    def _check_unchanged(self, leases: Sequence[Lease]) -> None:
        spec, known = leases[0].game.spec, self._game_spec
        if (spec.observation_space, spec.action_space) != (known.observation_space, known.action_space):
            self._lobby.give_back(leases)
            raise GameNonsense(self._name, "it has come back with other spaces than the session was made with")

    def _with_lost_truncated(
        self, shares: Sequence[Share], results: Sequence[Outcome | Fault]
    ) -> tuple[list[Outcome | Fault], list[int]]:
        """The results with lost games' truncated, where that was asked for, and the copies that were."""
        lost = [i for i, result in enumerate(results) if isinstance(result, (GameGone, GameSilent))]
        kept = [self._truncated(shares[i], str(result)) if i in lost else result for i, result in enumerate(results)]
        return kept, sorted(copy for i in lost for copy in shares[i].copies)

    def _truncated(self, share: Share, why: str) -> Outcome:
        """In place of a lost game's answer, a step that ends the episodes of its copies where they were."""
        count = len(share.copies)
        return Outcome(
            observations=batches.take(self._spec.observation_space, self._last, share.copies),
            rewards=np.zeros(count),
            terminated=np.zeros(count, dtype=np.bool_),
            truncated=np.ones(count, dtype=np.bool_),
            infos=[{"game_gone": why} for _ in share.copies],
            finals={},
        )

    # ── render and close ─────────────────────────────────────────────────────────────────────────────────────────────

    async def render(self, *, timeout: float) -> Any:
        """Draw every copy; see `Backend.render`."""
        mode = self._spec.render_mode
        if mode is None:
            return None
        deadline = now() + timeout

        async def ask(share: Share) -> list[Any]:
            return await ask_for_pictures(share.game, share.instances, mode, deadline - now())

        shares = self._shares
        drawn = all_or_raise(await gathered(ask, shares))
        by_copy = {
            copy: p for share, ps in zip(shares, drawn, strict=True) for copy, p in zip(share.copies, ps, strict=True)
        }
        frames = tuple(by_copy[copy] for copy in range(self._count))
        return frames[0] if self._spec.num_envs is None else frames

    async def close(self) -> None:
        """Give the instances back; see `Backend.close`."""
        shares, self._shares, self._seats = self._shares, [], []
        self._lobby.give_back([Lease(share.game, tuple(share.instances)) for share in shares])
        on_close, self.on_close = self.on_close, _nothing
        on_close()

    def _merged(self, copies: Sequence[int], shares: list[Share], results: list[Outcome]) -> Outcome:
        if len(shares) == 1:
            return results[0]
        place = {copy: i for i, copy in enumerate(copies)}
        parts = [([place[copy] for copy in share.copies], part) for share, part in zip(shares, results, strict=True)]
        return outcome.merge(self._game_spec, parts)


async def _lease(lobby: Lobby, name: str, count: int, render_mode: str | None, timeout: float) -> list[Lease]:
    leases = await lobby.lease(name, count, timeout=timeout)
    modes = leases[0].game.spec.metadata["render_modes"]
    if render_mode is not None and render_mode not in modes:
        lobby.give_back(leases)
        raise Unsupported(f"render mode {render_mode!r} of game {name!r}", f"It has {', '.join(modes) or 'none'}.")
    return leases


def _nothing() -> None:
    """What is called where nobody wants to know."""


def _ended(result: Outcome) -> list[int]:
    """The copies whose episodes are over."""
    if not np.count_nonzero(result.terminated) and not np.count_nonzero(result.truncated):
        return []
    ended: list[int] = (result.terminated | result.truncated).nonzero()[0].tolist()
    return ended


def _begun(result: Outcome, copies: Sequence[int]) -> Outcome:
    """The result with nothing but an observation and info for the copies that were reset instead of stepped."""
    rewards, terminated, truncated = result.rewards, result.terminated, result.truncated
    if not any(rewards[copy] or terminated[copy] or truncated[copy] for copy in copies):
        return result  # as it has to be
    stepped = np.ones(len(rewards), dtype=np.bool_)
    stepped[copies] = False
    return result._replace(
        rewards=np.where(stepped, rewards, 0.0), terminated=terminated & stepped, truncated=truncated & stepped
    )
