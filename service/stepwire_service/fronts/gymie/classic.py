"""Gymie-Server's own protocol: one JSON request, one reply as text, and an error closes the connection.

Requests and replies are those of its code; where its README differs, `readme` says so. Every reply is valid JSON but
one: `make` answers with a bare id. docs/coming-from-gymie.md is the page.
"""

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any, Final, NamedTuple

import msgspec
import numpy as np

from stepwire_bridge.backend import Transition
from stepwire_bridge.faults import Fault, GameNonsense, InvalidOptions, UnknownEnv
from stepwire_service.fronts.gymie import forms, hanging_up
from stepwire_service.fronts.gymie.hanging_up import HangUp
from stepwire_service.fronts.gymie.instances import PREFIXES, Instance, Instances, UnknownInstance
from stepwire_service.fronts.gymie.processing import Processing, Raised
from stepwire_service.fronts.gymie.saying import without_unsayable
from stepwire_service.fronts.gymie.terms import Step, Terms

logger = logging.getLogger(__name__)

TRUNCATED_KEY: Final = "TimeLimit.truncated"
"""Where Gym's time limit said in the info that it, and not the game, has ended the episode."""

RENDER_MODES: Final = ("rgb_array", "ansi")

_WITH_VERSION: Final = re.compile(r"-v\d+$")
"""What an id that is well formed ends with."""

Seed = Annotated[int, msgspec.Meta(ge=0)] | None


class _Of(msgspec.Struct, forbid_unknown_fields=True):
    instance_id: str


class _Step(_Of, forbid_unknown_fields=True, kw_only=True):
    action: Any
    render: Any = False


class _Make(msgspec.Struct):
    env_id: str
    seed: Seed = None


class _Request(NamedTuple):
    method: str
    params: dict[str, Any]


class Classic:
    """See the module.

    Args:
        instances: The connection's.
        terms: See there.
        readme: Whether to use the names and replies of the README.
    """

    waiting = 1
    """Requests that may be under way: the next one begins when this one is answered."""

    def __init__(self, instances: Instances, terms: Terms, *, readme: bool = False) -> None:
        self._instances = instances
        self._terms = terms
        self._readme = readme
        own = terms.process_step
        self._processing = None if own is None else Processing(own, terms.settings.step_deadline)
        self._methods: dict[str, Callable[[Mapping[str, Any]], Awaitable[str]]] = {
            "make": self._make,
            "reset": self._reset,
            "step": self._step,
            "close": self._close,
            "observation_space": self._observation_space,
            "action_space": self._action_space,
            "action_sample": self._action_sample,
        }

    async def answer(self, message: str | bytes) -> str:
        """The reply to a message.

        Raises:
            HangUp: There is none.
        """
        method, params = _read(message)
        if method not in self._methods:
            raise hanging_up.unknown_method(method)
        try:
            reply = await self._methods[method](params)
        except msgspec.ValidationError as error:
            raise hanging_up.wrong(params) from error
        except (Fault, UnknownInstance) as error:
            raise hanging_up.hung_up(error, params) from error
        except HangUp:
            raise
        except Exception as error:
            logger.exception("%s met a bug of the server's", method)
            raise hanging_up.unknown_error("the server has a bug; its log says more") from error
        if len(reply) > self._terms.settings.max_message_bytes:
            raise hanging_up.unknown_error("the reply is larger than max_message_bytes")
        return reply

    def end(self) -> None:
        """Nothing more will be asked."""
        if self._processing is not None:
            self._processing.end()

    # ── the methods ──

    async def _make(self, params: Mapping[str, Any]) -> str:
        known = msgspec.convert(params, _Make)
        kwargs = {name: value for name, value in params.items() if name not in ("env_id", "seed")}
        render_mode = None if self._terms.prefix else kwargs.pop("render_mode", None)
        if render_mode not in (None, *RENDER_MODES):
            raise hanging_up.wrong(params)
        try:
            instance = await self._instances.make(known.env_id, known.seed, kwargs, render_mode)
        except UnknownEnv as fault:
            is_malformed = self._is_gyms(known.env_id) and not _WITH_VERSION.search(known.env_id)
            raise (hanging_up.malformed if is_malformed else hanging_up.not_found)(known.env_id) from fault
        except InvalidOptions as fault:
            if fault.field == "env_id":
                raise hanging_up.malformed(known.env_id) from fault
            raise hanging_up.wrong(params) from fault
        return forms.text({"instance_id": instance.instance_id}) if self._readme else instance.instance_id

    async def _reset(self, params: Mapping[str, Any]) -> str:
        observed = await self._found(params).reset()
        return _text(observed.observation)

    async def _step(self, params: Mapping[str, Any]) -> str:
        asked = msgspec.convert(params, _Step)
        instance = self._instances.find(asked.instance_id)
        transition = await instance.step(asked.action)
        if asked.render and instance.spec.render_mode is not None:
            await _drawn(instance)
        observation, reward, done, info = _four(transition)
        if self._processing is not None:
            observation, reward, done, info = await _processed(self._processing, (observation, reward, done, info))
        return _step_text(observation, reward, done, info)

    async def _close(self, params: Mapping[str, Any]) -> str:
        await self._instances.close(msgspec.convert(params, _Of).instance_id)
        return "true"

    async def _observation_space(self, params: Mapping[str, Any]) -> str:
        spec = await self._found(params).look()
        return forms.text(forms.space_form(spec.observation_space, readme=self._readme))

    async def _action_space(self, params: Mapping[str, Any]) -> str:
        spec = await self._found(params).look()
        return forms.text(forms.space_form(spec.action_space, readme=self._readme))

    async def _action_sample(self, params: Mapping[str, Any]) -> str:
        return _text(await self._found(params).sample())

    # ── what they need ──

    def _found(self, params: Mapping[str, Any]) -> Instance:
        return self._instances.find(msgspec.convert(params, _Of).instance_id)

    def _is_gyms(self, env_id: str) -> bool:
        prefix = env_id.partition(":")[0]
        return not self._terms.prefix and (prefix in ("gym", "gymvec") or prefix not in PREFIXES)


def _read(message: str | bytes) -> _Request:
    """The request in a message."""
    try:
        text = message if isinstance(message, str) else message.decode()
        data = msgspec.json.decode(text)
    except (ValueError, RecursionError) as error:  # not UTF-8, not JSON, or nested without end
        raise hanging_up.no_request(message) from error
    if not isinstance(data, dict):
        raise hanging_up.no_request(message)
    if "method" not in data or "params" not in data:
        raise hanging_up.missing(list(data))
    method, params = data["method"], data["params"]
    if not isinstance(method, str):
        raise hanging_up.unknown_method(method)
    if not isinstance(params, dict):
        raise hanging_up.wrong(params)
    return _Request(method, params)


def _four(transition: Transition) -> Step:
    """A step as Gym had it: one flag says that the episode is over, and the info whether that was the time limit."""
    terminated, truncated = bool(transition.terminated), bool(transition.truncated)
    limit = {TRUNCATED_KEY: not terminated} if truncated else {}
    return transition.observation, transition.reward, terminated or truncated, {**limit, **transition.info}


async def _processed(processing: Processing, step: Step) -> Step:
    """What the user's own function makes of a step."""
    observation, *rest = step
    if isinstance(observation, int | float) and not isinstance(observation, np.generic):
        observation = np.asarray(observation)[()]  # such functions say observation.tolist()
    try:
        made = await processing.of((observation, *rest))
    except Raised as raised:
        raise hanging_up.raised(raised.error) from raised.error
    except TimeoutError as error:
        raise hanging_up.unknown_error("process_step did not return within step_deadline") from error
    if not isinstance(made, list | tuple) or len(made) != 4:
        given = f"{len(made)} parts" if isinstance(made, list | tuple) else f"a {type(made).__name__}"
        raise hanging_up.unknown_error(f"process_step gave {given}, expected [observation, reward, done, info]")
    observation, reward, done, info = made
    return observation, reward, done, info


def _step_text(observation: Any, reward: Any, done: Any, info: Any) -> str:
    """A step as JSON; its info is without what cannot be said."""
    sayable = without_unsayable(info, forms.said) if isinstance(info, Mapping) else info
    return _text([observation, reward, done, sayable])


def _text(value: Any) -> str:
    try:
        return forms.text(value)
    except (TypeError, ValueError, RecursionError) as error:
        raise GameNonsense("the environment", f"what it gave cannot be said: {error}") from error


async def _drawn(instance: Instance) -> None:
    """Have the new state drawn; the step has been taken, whatever becomes of that."""
    try:
        await instance.render()
    except Fault as fault:
        logger.warning("instance %s: %s", instance.instance_id, fault)
