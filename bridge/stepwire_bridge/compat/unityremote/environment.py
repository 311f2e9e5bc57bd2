"""The old `UnityRemote-v0`: an engine as an environment, by an agent class that says how it is reset and acted on.

Knows the keys of `environment_definitions` and both of Gym's interfaces. An agent answers as it always did: a state
from `reset`, and state, reward, done and info from `act`.
"""

import inspect
import operator
import types
from typing import Any

import gymnasium
import numpy as np
from gymnasium import spaces

from stepwire_bridge import spaces as forms
from stepwire_bridge.compat.old_gym import TRUNCATED_KEY, modern_space
from stepwire_bridge.compat.unityremote.remote_env import Fields, RemoteEnv
from stepwire_bridge.compat.unityremote.utils import environment_definitions as defaults
from stepwire_bridge.faults import GameNonsense, InvalidAction

NOT_CONFIGURED = "The environment is not configured. Try to set up the environment before trying again!!!"
NOT_A_CLASS = "Agent object is not a class!!!!"
"""What programs have been told so far."""
CLOSED = "The environment is closed: configure it again."


class BasicAgent:
    """What is done without an agent of one's own; override what differs."""

    environment_definitions: dict[str, Any] | None = None
    """Where set, environments are configured with it as soon as they are made, each on ports of its own."""
    environment_port_id: int = 0

    def reset(self, env: "Environment") -> Any:
        """Start an episode and give its first state; None where the engine says none."""
        return env.remoteenv.step("restart").get("state")

    def act(self, env: "Environment", action: Any, info: Any = None) -> tuple[Any, Any, Any, dict[str, Any]]:
        """Take a step; gives state, reward, done and info. An engine that says no `done` has ended the episode."""
        said = env.one_step(action)
        return said.get("state"), said.get("reward", 0), said.get("done", True), {}

    def seed(self, env: "Environment", seed: int | None = None) -> list[int]:
        """Have the engine seed its chance with the command `seed`; without a seed, with one that we pick."""
        chosen = int(env.np_random.integers(2**31)) if seed is None else int(seed)
        env.remoteenv.step("seed", chosen)
        return [chosen]

    def render(self) -> Any:
        """Draw; an engine draws itself."""


class Environment(gymnasium.Env[Any, Any]):
    """An engine as an environment. `configure` comes first.

    Args:
        old_api: Whether `reset` gives a state alone and `step` four parts, as the agent gives them. Otherwise both
            speak Gymnasium's interface, and a state gets the observation space's dtype and shape where its size allows.
        environment_definitions: With it, `configure` has been called.
        port_inc: See `configure`.
        render_mode: Not used: the agent draws.
    """

    metadata = {"render_modes": ["human"]}  # noqa: RUF012

    def __init__(
        self,
        old_api: bool = False,
        environment_definitions: dict[str, Any] | None = None,
        port_inc: int = 0,
        render_mode: str | None = None,
    ) -> None:
        self.old_api, self.render_mode = old_api, render_mode
        self.nlives = 1
        self.id = 0
        self._is_closed = False
        self._remoteenv: RemoteEnv | None = None
        if environment_definitions is not None:
            self.configure(environment_definitions, port_inc)
        elif BasicAgent.environment_definitions is not None:
            self.configure(BasicAgent.environment_definitions, BasicAgent.environment_port_id)
            BasicAgent.environment_port_id += 1

    @property
    def ale(self) -> types.SimpleNamespace:
        """What has `lives()`, as Atari's environments have it."""
        return types.SimpleNamespace(lives=lambda: self.nlives)

    @property
    def remoteenv(self) -> RemoteEnv:
        """The engine."""
        if self._remoteenv is None:
            raise Exception(NOT_CONFIGURED)
        return self._remoteenv

    def configure(self, environment_definitions: dict[str, Any], port_inc: int = 0) -> None:
        """Say what the engine is, and listen to it; what is not said has the old defaults.

        Args:
            environment_definitions: See docs/coming-from-unityremote.md for every key.
            port_inc: Is added to both ports, for one of several environments.

        Raises:
            OSError: The port cannot be had.
            ValueError: A port that is no whole number.
        """
        given = {**defaults, **environment_definitions}
        agent: Any = given.get("agent", BasicAgent)
        if not inspect.isclass(agent):
            raise Exception(NOT_A_CLASS)
        if self._remoteenv is not None:
            self._remoteenv.close()
            self._remoteenv = None
        self.actions = list(given["actions"])
        self.action_space, self.observation_space = _acts(given), _observes(given)
        self.action_meaning = list(given["action_meaning"] or given.get("actions_meaning", ()))
        self.n_envs, self.verbose, self.id = given["n_envs"], bool(given.get("verbose", False)), port_inc
        self._takes_seeds, self._first_seed = "seed" in given, given.get("seed")
        self.agent: Any = agent()
        theirs, ours = (_whole(given[key], key) + port_inc for key in ("output_port", "input_port"))
        remoteenv = RemoteEnv(given["host"], theirs, ours)
        remoteenv.verbose = self.verbose
        remoteenv.open(0)
        self._remoteenv, self._is_closed = remoteenv, False

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> Any:
        """Start an episode, as the agent does it.

        A seed goes to the agent's `seed` where the definitions have the key `seed`, and to nobody otherwise; the value
        of that key is the seed of the first episode.
        """
        self._check()
        super().reset(seed=seed)
        seed, self._first_seed = self._first_seed if seed is None else seed, None
        if self._takes_seeds and seed is not None:
            self.seed(seed)
        state = self.agent.reset(self)
        return state if self.old_api else (self._observation(state), {})

    def step(self, action: Any, info: Any = None) -> Any:
        """Take a step, as the agent does it; `info` is handed to it."""
        self._check()
        given = self.agent.act(self, action, info)
        if self.old_api:
            return given
        state, reward, done, said = given
        truncated = bool(done) and bool(said.get(TRUNCATED_KEY, False))
        return self._observation(state), float(reward), bool(done) and not truncated, truncated, said

    def one_step(self, action: Any) -> Fields:
        """Have the engine do one of `actions`, by its index; of a Box, the numbers. Gives the fields of its reply."""
        self._check()
        if not isinstance(self.action_space, spaces.Discrete):
            return self.remoteenv.stepfv(self.actions[0][0] if self.actions else "act", action)
        match self.actions[self._index(action)]:
            case [str(name), *arguments]:
                return self.remoteenv.step(name, *arguments[:1])
            case other:
                raise ValueError(f"actions are (name, argument) or (name,), not {other!r:.80}")

    def seed(self, seed: int | None = None) -> Any:
        """Seed the engine, as the agent does it."""
        self._check()
        return self.agent.seed(self, seed)

    def get_action_meanings(self) -> list[str]:
        """Words for the actions: those of the definitions, and the names of the actions that have none."""
        self._check()
        words = self.action_meaning
        return [words[i] if i < len(words) else str(action[0]) for i, action in enumerate(self.actions)]

    def render(self, mode: str = "human", close: bool = False) -> Any:
        """What the agent draws."""
        self._check()
        return self.agent.render()

    def close(self) -> None:
        """Give the ports back. May be called twice."""
        self.remoteenv.close()
        self._is_closed = True

    def _check(self) -> None:
        if self._remoteenv is None:
            raise Exception(NOT_CONFIGURED)
        if self._is_closed:
            raise Exception(CLOSED)

    def _index(self, action: Any) -> int:
        """Where an action of a Discrete stands in `actions`; an array of one number is taken, as trainers give it."""
        assert isinstance(self.action_space, spaces.Discrete)
        array = np.asarray(action)
        index = int(array.item()) - int(self.action_space.start) if array.dtype.kind in "iu" and array.size == 1 else -1
        if not 0 <= index < len(self.actions):
            raise InvalidAction("action", f"{action!r:.80}", f"an index of the {len(self.actions)} actions")
        return index

    def _observation(self, state: Any) -> Any:
        """The state in the observation space's own types; one of another size as the agent gave it."""
        if state is None:
            raise GameNonsense("UnityRemote", "a reply without the field 'state', and the agent makes none of it")
        space = self.observation_space
        if not isinstance(space, spaces.Box):
            return state
        array = np.asarray(state)
        if array.dtype.kind not in "fiub" or array.size != np.prod(space.shape, dtype=int):
            return state
        return array.astype(space.dtype).reshape(space.shape)


def _whole(value: Any, key: str) -> int:
    try:
        return operator.index(value)
    except TypeError as error:
        raise ValueError(f"{key} is a whole number, not {value!r:.80}") from error


def _acts(given: dict[str, Any]) -> spaces.Space[Any]:
    if (space := given.get("action_space")) is not None:
        return _space(space, "action_space")
    count = given["action_shape"][0]
    return spaces.Discrete(count if count > 1 else max(1, len(given["actions"])))  # of 1 nobody may have thought


def _observes(given: dict[str, Any]) -> spaces.Space[Any]:
    if (space := given.get("observation_space")) is not None:
        return _space(space, "observation_space")
    shape, dtype = tuple(given["state_shape"]), np.dtype(given["state_type"]).type
    return spaces.Box(given["min_value"], given["max_value"], shape, dtype)


def _space(given: Any, key: str) -> spaces.Space[Any]:
    """A space of Gymnasium's, of Gym's, or in the form of docs/game-protocol.md."""
    return forms.read(given, key) if isinstance(given, dict) else modern_space(given)
