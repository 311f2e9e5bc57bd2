"""RemoteVectorEnv: a batch of copies of an environment on a server, as a `gymnasium.vector.VectorEnv`.

One step of the batch is one message, or, where its copies step each in its own time, one for the actions of some copies
and one for the steps of those that are done first. It knows Gymnasium's rules for vector environments; the session
behind it knows the rest.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from gymnasium import logger
from gymnasium.spaces import Space
from gymnasium.vector import AutoresetMode, VectorEnv
from gymnasium.vector.utils import batch_space
from numpy.typing import ArrayLike, NDArray

from stepwire.asynchronous import Pipeline
from stepwire.connection import Timeouts, target_for
from stepwire.errors import InvalidOptions, Unsupported
from stepwire.session import Session, Spaces, decoded_batch_step, make_request
from stepwire.v1 import env_service_pb2 as pb

_ON_THE_WIRE = {
    AutoresetMode.NEXT_STEP: pb.AUTORESET_MODE_NEXT_STEP,
    AutoresetMode.SAME_STEP: pb.AUTORESET_MODE_SAME_STEP,
    AutoresetMode.DISABLED: pb.AUTORESET_MODE_DISABLED,
}


class RemoteVectorEnv(VectorEnv[Any, Any, Any]):
    """Copies of an environment or game that run on a stepwire server and step together.

    Values are exactly those of `gymnasium.vector.SyncVectorEnv` over the same environments. For connecting, losing the
    session, pickling, and the arguments not named here, see `RemoteEnv`.

    Args:
        env_id: What to open, as the server lists it.
        address: Where the server is.
        num_envs: How many copies, at least 1.
        autoreset_mode: When a copy starts its next episode: `gymnasium.vector.AutoresetMode`, or its value "NextStep",
            "SameStep" or "Disabled".
        batch_size: None for copies that step together. A number from 1 to `num_envs` makes the batch asynchronous, as
            EnvPool's: `send` and `recv` take the place of `step`, and each `recv` gives the `batch_size` copies that
            are done first. Without DISABLED autoreset and without render modes.

    Attributes:
        num_envs: How many copies.
        autoreset_mode: As given, as the enum; also in `metadata["autoreset_mode"]`.
        batch_size: As given.
        observation_space: Batched, as `batch_space(single_observation_space, num_envs)`; with a batch_size, of what
            `recv` gives: that many. Connects on first use, as the other spaces do.
        action_space: Batched in the same way.
    """

    metadata: dict[str, Any] = {"render_modes": ["rgb_array", "ansi"], "render_fps": 30}  # noqa: RUF012

    def __init__(
        self,
        env_id: str,
        address: str | Sequence[str] | None = None,
        *,
        num_envs: int = 1,
        autoreset_mode: AutoresetMode | str = AutoresetMode.NEXT_STEP,
        batch_size: int | None = None,
        render_mode: str | None = None,
        token: str | None = None,
        tls: bool | str | None = None,
        transport: str = "stream",
        connect_timeout: float = 10.0,
        make_timeout: float = 30.0,
        reset_timeout: float = 30.0,
        step_timeout: float = 10.0,
        render_timeout: float = 10.0,
        truncate_on_game_gone: bool = False,
        **kwargs: Any,
    ) -> None:
        self.closed = True  # until there is something to close: Gymnasium closes also what was never made
        self._arguments = {name: value for name, value in locals().items() if name not in _NO_ARGUMENTS} | kwargs
        self.num_envs = _checked_count(num_envs)
        self.autoreset_mode = _checked_mode(autoreset_mode)
        self.batch_size = None if batch_size is None else _checked_batch_size(batch_size, self.num_envs)
        self.render_mode = render_mode
        self.metadata = {**type(self).metadata, "autoreset_mode": self.autoreset_mode}
        timeouts = Timeouts(connect_timeout, make_timeout, reset_timeout, step_timeout, render_timeout)
        kwargs = {name: value for name, value in kwargs.items() if (name, value) != ("max_episode_steps", None)}
        request = make_request(env_id, kwargs, render_mode, timeouts, truncate_on_game_gone=truncate_on_game_gone)
        request.num_envs = self.num_envs
        request.autoreset_mode = _ON_THE_WIRE[self.autoreset_mode]
        if self.batch_size is not None:
            request.batch_size = self.batch_size
        self._session = Session(
            target_for(address, token=token, tls=tls, transport=transport, timeouts=timeouts), request
        )
        self._pipeline = Pipeline(self._session)
        self.closed = False

    @cached_property
    def single_observation_space(self) -> Space[Any]:  # type: ignore[override]  # one that may be set, like an attribute
        """One copy's observation space."""
        return self._spaces().observation_space

    @cached_property
    def single_action_space(self) -> Space[Any]:  # type: ignore[override]  # one that may be set, like an attribute
        """One copy's action space."""
        return self._spaces().action_space

    @cached_property
    def observation_space(self) -> Space[Any]:  # type: ignore[override]  # one that may be set, like an attribute
        """The batch's observation space."""
        return batch_space(self.single_observation_space, self.batch_size or self.num_envs)

    @cached_property
    def action_space(self) -> Space[Any]:  # type: ignore[override]  # one that may be set, like an attribute
        """The batch's action space."""
        return batch_space(self.single_action_space, self.batch_size or self.num_envs)

    def reset(
        self,
        *,
        seed: int | Sequence[int | None] | None = None,
        options: dict[str, Any] | None = None,
    ) -> tuple[Any, dict[str, Any]]:
        """Start an episode in every copy, or in some. An asynchronous batch forgets what was not received.

        Args:
            seed: One number, which gives copy i the seed + i; or one for each copy, None continuing that copy's random
                stream; or None, which continues them all.
            options: For every copy's own reset. With DISABLED autoreset, `options["reset_mask"]`, bool[num_envs] with
                at least one True, names the copies to reset; it is not handed on, and the dict is left as it is.

        Returns:
            Batched observations and infos; copies that were not reset show their last observation.

        Raises:
            StepwireError: See `stepwire.errors`.
        """
        super().reset(seed=seed if isinstance(seed, int) else None)
        self._spaces()
        mask, options = _without_mask(options)
        self._pipeline.forget()
        return self._session.reset(self._seeds(seed), options, mask)

    def step(
        self, actions: Any
    ) -> tuple[Any, NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_], dict[str, Any]]:
        """Take one step in every copy.

        Args:
            actions: In the batched action space.

        Returns:
            Batched observations, rewards float64[num_envs], terminations and truncations bool[num_envs], infos.

        Raises:
            Unsupported: The batch is asynchronous.
            StepwireError: As `RemoteEnv.step`.
        """
        self._check_together("step")
        return decoded_batch_step(self._session.step(actions))

    def step_async(self, actions: Any) -> None:
        """Send a batch of actions and go on; `step_wait` gives their step. See `RemoteEnv.step_async`."""
        self._check_together("step_async")
        self._session.step_async(actions)

    def step_wait(
        self,
    ) -> tuple[Any, NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_], dict[str, Any]]:
        """Wait for the step of the oldest actions that are on their way, and give what `step` gives."""
        self._check_together("step_wait")
        return decoded_batch_step(self._session.step_wait())

    def send(self, actions: Any, env_ids: ArrayLike | None = None) -> None:
        """Let some copies take a step, without waiting; over unary calls only until the server has the actions.

        Args:
            actions: One for each of `env_ids`, laid out as a batch of that many.
            env_ids: Which copies, int[n], each once; None for all. None of them may be under way: after its `send` a
                copy is so until a `recv` gives it.

        Raises:
            Unsupported: The batch has no batch_size.
            InvalidOptions: `env_ids` are no numbers.
            StepwireError: As `RemoteEnv.step`; what the server has against it is raised by the next `recv`.
        """
        self._check_asynchronous("send")
        self._pipeline.send(actions, range(self.num_envs) if env_ids is None else env_ids)

    def recv(self) -> tuple[Any, NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_], dict[str, Any]]:
        """Wait for the first `batch_size` copies whose steps are done.

        Returns:
            As `step`, of `batch_size` copies in the order in which they were done; `infos["env_id"]`,
            int32[batch_size], says which they are.

        Raises:
            Unsupported: The batch has no batch_size.
            InvalidOptions: Too few copies were under way for as long as a step may take; or an earlier `send` named
                copies that it must not. What the other sends named is stepped, and nothing of it is lost.
            GameError: A copy came to it; reset.
            StepwireError: As `RemoteEnv.step`.
        """
        self._check_asynchronous("recv")
        return self._pipeline.recv()

    def render(self) -> tuple[Any, ...] | None:
        """Draw every copy: a tuple of what `RemoteEnv.render` gives. None without a render mode."""
        if self.render_mode is None:
            logger.warn("render() without a render_mode draws nothing; pass render_mode='rgb_array' or 'ansi'.")
            return None
        frames: tuple[Any, ...] | None = self._session.render()
        return frames

    def close_extras(self, **kwargs: Any) -> None:
        """End the session; `close` calls it. Never raises."""
        self._session.close()

    def _check_together(self, operation: str) -> None:
        if self.batch_size is not None:
            raise Unsupported(f"{operation}() of an asynchronous batch: it has a batch_size, so use send() and recv().")

    def _check_asynchronous(self, operation: str) -> None:
        if self.batch_size is None:
            raise Unsupported(
                f"{operation}() of a batch that steps together: make it with a batch_size, or use step()."
            )

    def _seeds(self, seed: int | Sequence[int | None] | None) -> list[int | None] | None:
        if seed is None:
            return None
        if isinstance(seed, int | np.integer):
            return [int(seed) + copy for copy in range(self.num_envs)]
        return [None if one is None else int(one) for one in seed]

    def _spaces(self) -> Spaces:
        spaces = self._session.spaces
        self.metadata = {**spaces.metadata, "autoreset_mode": self.autoreset_mode}
        return spaces

    def __getstate__(self) -> dict[str, Any]:
        return {"arguments": self._arguments, "spec": self.spec}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(**state["arguments"])  # type: ignore[misc]
        self.spec = state["spec"]


_NO_ARGUMENTS = ("self", "kwargs", "__class__")


def _checked_count(num_envs: Any) -> int:
    if isinstance(num_envs, int | np.integer) and num_envs >= 1:
        return int(num_envs)
    raise InvalidOptions.of("num_envs", num_envs, "a whole number of at least 1")


def _checked_batch_size(batch_size: Any, num_envs: int) -> int:
    if isinstance(batch_size, int | np.integer) and 1 <= batch_size <= num_envs:
        return int(batch_size)
    raise InvalidOptions.of("batch_size", batch_size, f"a whole number from 1 to num_envs, {num_envs}, or None")


def _checked_mode(mode: AutoresetMode | str) -> AutoresetMode:
    try:
        return AutoresetMode(mode)
    except ValueError as error:
        names = ", ".join(repr(known.value) for known in AutoresetMode)
        raise InvalidOptions.of("autoreset_mode", mode, f"one of {names}") from error


def _without_mask(options: dict[str, Any] | None) -> tuple[Any, dict[str, Any] | None]:
    if not isinstance(options, dict) or "reset_mask" not in options:
        return None, options
    return options["reset_mask"], {name: value for name, value in options.items() if name != "reset_mask"}
