"""RemoteEnv: one environment on a server, as a `gymnasium.Env`.

It knows Gymnasium's rules for environments; the session behind it knows the rest.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import gymnasium
from gymnasium import logger
from gymnasium.spaces import Space

from stepwire.connection import Timeouts, target_for
from stepwire.session import Session, Spaces, decoded_step, make_request


class RemoteEnv(gymnasium.Env[Any, Any]):
    """An environment or game that runs on a stepwire server.

    It connects when its spaces are first looked at, or on the first reset. When its session is lost (the server
    stopped, the network was away for long, this process was forked) a step raises and `reset` makes a new session, on
    another server where several are given. It pickles as its arguments. Observations are fresh, writable arrays.

    Args:
        env_id: What to open, as the server lists it: "gym:CartPole-v1", "game:snake".
        address: "host:port", "dns:///name:port" (every address of that name), "unix:/path", or several of them. None:
            STEPWIRE_ADDRESS, else localhost:50051.
        render_mode: What `render` gives: "rgb_array", "ansi", or None. ("human" through `gymnasium.make`.)
        token: What opens the server. None: STEPWIRE_TOKEN, else what is in the file STEPWIRE_TOKEN_FILE.
        tls: True to encrypt and check the server by the system's certificates, or the path of a CA file to check it by.
        transport: "stream", or "unary" (half as fast) where long streams are not let through.
        connect_timeout: Seconds to find a server that answers.
        make_timeout: Seconds for the environment to open, waiting for a free place or game included.
        reset_timeout: Seconds for a reset; the server's own limit holds too, here and below.
        step_timeout: Seconds for a step.
        render_timeout: Seconds for a picture.
        truncate_on_game_gone: A lost game ends the episode as truncated, with `info["game_gone"]`, instead of raising.
        **kwargs: For the environment's own constructor; the server takes those that its settings allow.

    Raises:
        InvalidOptions: An argument that cannot be, at once. All else is raised when it connects.
        Unsupported: Another render mode.
    """

    metadata: dict[str, Any] = {"render_modes": ["rgb_array", "ansi"], "render_fps": 30}  # noqa: RUF012
    """All that some environment may have, for `gymnasium.make`; an instance has its own from when it is connected."""

    def __init__(
        self,
        env_id: str,
        address: str | Sequence[str] | None = None,
        *,
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
        self._arguments = {name: value for name, value in locals().items() if name not in ("self", "kwargs")} | kwargs
        self.render_mode = render_mode
        timeouts = Timeouts(connect_timeout, make_timeout, reset_timeout, step_timeout, render_timeout)
        self._session = Session(
            target_for(address, token=token, tls=tls, transport=transport, timeouts=timeouts),
            make_request(env_id, kwargs, render_mode, timeouts, truncate_on_game_gone=truncate_on_game_gone),
        )

    @cached_property
    def observation_space(self) -> Space[Any]:  # type: ignore[override]  # one that may be set, like an attribute
        """The environment's observation space. Connects on first use."""
        return self._spaces().observation_space

    @cached_property
    def action_space(self) -> Space[Any]:  # type: ignore[override]  # one that may be set, like an attribute
        """The environment's action space. Connects on first use."""
        return self._spaces().action_space

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Any, dict[str, Any]]:
        """Start an episode.

        Args:
            seed: At least 0, for the environment's random stream; None continues it.
            options: For the environment's own reset.

        Returns:
            The first observation, and the environment's info.

        Raises:
            StepwireError: See `stepwire.errors`; among others ConnectionFailed when no server answers, GameSilent when
                the game does not.
        """
        super().reset(seed=seed)
        self._spaces()
        return self._session.reset(None if seed is None else [seed], options)

    def step(self, action: Any) -> tuple[Any, Any, bool, bool, dict[str, Any]]:
        """Take one step.

        Args:
            action: In the action space.

        Returns:
            Observation, reward (of the environment's own kind of number), terminated, truncated, info.

        Raises:
            NotReset: Before the first reset, or after the session was lost.
            EpisodeOver: After the episode's end.
            InvalidAction: The action is not in the action space. Nothing was stepped.
            CallerError: Steps are on their way that `step_wait` has not waited for.
            StepwireError: See `stepwire.errors`. Where `isinstance(error, GameError | ServerError)`, the episode is
                over and `reset` starts another.
        """
        return decoded_step(self._session.step(action))

    def step_async(self, action: Any) -> None:
        """Send an action and go on; `step_wait` gives its step.

        Several may be on their way: up to 32 without waiting. Over unary calls each waits for its step here. `reset`
        forgets those that nobody has waited for.

        Args:
            action: In the action space.

        Raises:
            NotReset: Before the first reset, or after the session was lost.
            InvalidAction: The action is of a kind that cannot be sent. What the server has against it, and everything
                else, is raised by the `step_wait` whose turn it is.
        """
        self._session.step_async(action)

    def step_wait(self) -> tuple[Any, Any, bool, bool, dict[str, Any]]:
        """Wait for the step of the oldest action that is on its way.

        After a fault, and after an episode's end, the actions behind it meet an episode that is over: `reset` forgets
        them.

        Returns:
            As `step`.

        Raises:
            CallerError: No action is on its way.
            StepwireError: As `step`.
        """
        return decoded_step(self._session.step_wait())

    def render(self) -> Any:
        """Draw the current state: uint8[height, width, 3] for "rgb_array", a string for "ansi"; None without a mode."""
        if self.render_mode is None:
            logger.warn("render() without a render_mode draws nothing; pass render_mode='rgb_array' or 'ansi'.")
            return None
        return self._session.render()

    def close(self) -> None:
        """End the session. May be called twice, and while no server answers; never raises."""
        self._session.close()

    def _spaces(self) -> Spaces:
        spaces = self._session.spaces
        self.metadata = spaces.metadata
        return spaces

    def __getstate__(self) -> dict[str, Any]:
        return {"arguments": self._arguments, "spec": self.spec}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(**state["arguments"])  # type: ignore[misc]
        self.spec = state["spec"]
