"""What programs written for AI4U's Python import instead of `ai4u` and `AI4UEnv`: `gymnasium.make("AI4UEnv-v0")`.

Importing it registers that id. An environment is one agent of an engine that dials this process; environments on one
port share it, each with its own agent. docs/coming-from-ai4u.md says which lines of a program change.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Protocol

import gymnasium
import msgspec
from gymnasium.spaces import Space

from stepwire_bridge import spaces
from stepwire_bridge.backends.remote import RemoteBackend
from stepwire_bridge.compat.env import BackendEnv, Patience
from stepwire_bridge.compat.portal import portal
from stepwire_bridge.compat.sharing import Shared
from stepwire_bridge.dialects.ai4u_declared import Declaration
from stepwire_bridge.faults import NoGameWaiting
from stepwire_bridge.games import Games
from stepwire_bridge.lobby import Lobby
from stepwire_bridge.udp_games import UdpGames

NAME = "ai4u"
"""Of all the games of a process; each agent is one by its id."""

TIMEOUT, AGENT_TIMEOUT = 30.0, 20.0
"""Seconds until an agent must be there or a reset be done, and until a step must be: AI4U's own defaults."""

WITHOUT_MEANING = ("waittime", "waittime_on_startup", "action_buffersize", "buffer_size", "force_exit", "metadata")
"""Keys of AI4U's `config` that are taken and change nothing: nothing here is polled, buffered or killed."""


Stepped = tuple[Any, float, bool, bool, dict[str, Any]]
"""Observation, reward, terminated, truncated and info."""


class EnvEventCallback(Protocol):
    """Is told what an environment gives, before its caller is."""

    def on_reset(self, result: tuple[Any, dict[str, Any]]) -> object:
        """Hear of what a reset gives."""
        ...

    def on_step(
        self, action: Any, result: tuple[Any, float, bool, bool, dict[str, Any]], info: dict[str, Any]
    ) -> object:
        """Hear of an action and of all that a step gives."""
        ...


class AI4UEnv(BackendEnv):
    """One agent of an AI4U engine; see `stepwire_bridge.compat.env.BackendEnv`.

    Making one waits until the agent is there.

    Args:
        rid: The agent's id, as its engine was given it with --ai4u_rid; "0" is an engine's own default.
        config: AI4U's keys: server_IP, server_port, timeout, agent_timeout, observation_space, action_space, and those
            that mean nothing here. Any other one is a field of `stepwire_bridge.dialects.ai4u_declared.Declaration`.
        event_callback: Is told of resets and steps.
        controller_class: None. A subclass of AI4U's controller becomes a `gymnasium.Wrapper`.

    Raises:
        ValueError: A key or controller that there is not, a value that cannot be, or a port that is open with another
            config.
        OSError: The port cannot be had.
        NoGameWaiting: The agent was not there in time.
    """

    def __init__(
        self,
        rid: str | int | list[str] = "0",
        config: Mapping[str, Any] | None = None,
        event_callback: EnvEventCallback | None = None,
        controller_class: None = None,
    ) -> None:
        if controller_class is not None:
            raise ValueError("there are no controllers here: what one changes is a gymnasium.Wrapper's to change")
        given = dict(config or {})
        timeout, agent_timeout = _seconds(given, "timeout", TIMEOUT), _seconds(given, "agent_timeout", AGENT_TIMEOUT)
        declaration = _declaration(given)
        self.event_callback = event_callback
        self.rid = _only(rid)
        port = self._port = portal().run(_entered(declaration))
        try:
            opening = RemoteBackend.open(port.lobby, f"{NAME}/{self.rid}", timeout=timeout)
            patience = Patience(reset=timeout, step=agent_timeout)
            super().__init__(opening, patience=patience, on_close=lambda: _ports.leave(port))
        except BaseException as error:
            if isinstance(error, NoGameWaiting):
                where = f"{port.host}:{port.port}"
                error.add_note(f"Its engine dials UDP {where}; an agent plays in one environment until that is closed.")
            portal().run(_ports.leave(port))
            raise

    @property
    def server_port(self) -> int:
        """Where engines dial in, also where the config says 0 for a free port."""
        return self._port.port

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Any, dict[str, Any]]:
        """Start an episode; see `BackendEnv.reset`."""
        result = super().reset(seed=seed, options=options)
        if self.event_callback is not None:
            self.event_callback.on_reset(result)
        return result

    def step(self, action: Any) -> Stepped:
        """Take one step; see `BackendEnv.step`."""
        result = super().step(action)
        if self.event_callback is not None:
            self.event_callback.on_step(action, result, result[4])
        return result


def _only(rid: str | int | list[str]) -> str:
    ids = rid if isinstance(rid, list) else [rid]
    if len(ids) != 1:
        raise ValueError(f"an environment has one agent: make one for each of {ids}")
    return str(ids[0])


def _seconds(config: dict[str, Any], key: str, default: float) -> float:
    given = config.pop(key, default)
    if isinstance(given, bool) or not isinstance(given, (int, float)) or not 0 <= given < float("inf"):
        raise ValueError(f"config: {key} is a number of seconds, not {given!r:.80}")
    return given


def _declaration(config: dict[str, Any]) -> Declaration:
    """What is listened for, out of AI4U's keys and ours."""
    for key in WITHOUT_MEANING:
        config.pop(key, None)
    if "port_generator" in config:
        raise ValueError("config has no port_generator: say server_port; environments of one process may share it")
    named = {"host": config.pop("server_IP", "127.0.0.1"), "port": config.pop("server_port", 8080)}
    for key in ("observation_space", "action_space"):
        if isinstance(config.get(key), Space):
            config[key] = spaces.write(config[key])
    known = {one.name for one in fields(Declaration)} - {"name", "by_id", *named}
    if unknown := set(config) - known:
        raise ValueError(f"config has no {min(unknown)!r}; beside AI4U's keys there are {', '.join(sorted(known))}")
    try:
        return msgspec.convert({"name": NAME, "by_id": True, **named, **config}, Declaration)
    except msgspec.ValidationError as error:
        raise ValueError(f"config: {error}") from error


# ── ports, which the environments of a process share ─────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, eq=False)
class _Port:
    """One port, on the portal's loop."""

    declaration: Declaration
    lobby: Lobby
    games: UdpGames

    @property
    def host(self) -> str:
        return self.declaration.host

    @property
    def port(self) -> int:
        return self.games.agents_addresses[0][1]

    async def close(self) -> None:
        await self.games.close()


_ports: Shared[_Port] = Shared()


async def _entered(declaration: Declaration) -> _Port:
    async def opened() -> _Port:
        lobby = Lobby()
        port = _Port(declaration, lobby, UdpGames(Games(lobby)))
        await port.games.start(declaration)
        return port

    def join(port: _Port) -> None:
        if port.declaration != replace(declaration, port=port.declaration.port):
            raise ValueError(f"port {declaration.port} is open already, with another config")

    return await _ports.enter(declaration.host, declaration.port, opened, join)


gymnasium.register("AI4UEnv-v0", entry_point="stepwire_bridge.compat.ai4u:AI4UEnv")
