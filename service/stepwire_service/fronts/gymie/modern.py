"""The second version of Gymie's protocol: requests with ids, replies with results or errors, which close nothing.

    {"id": 1, "method": "step", "params": {"instance_id": "…", "action": 0}}
    {"id": 1, "result": {"observation": …, "reward": 1.0, "terminated": false, "truncated": false, "info": {}}}
    {"id": 1, "error": {"reason": "EPISODE_OVER", "message": "…"}}

Values are in the text form of docs/game-protocol.md. docs/coming-from-gymie.md is the page.
"""

import asyncio
import base64
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final

import msgspec

from stepwire.v1 import value_pb2
from stepwire_bridge import spaces
from stepwire_bridge.backend import Spec
from stepwire_bridge.faults import Fault, GameNonsense, TooLarge
from stepwire_bridge.spaces import BadSpace
from stepwire_bridge.writing import listed, plain, tagged
from stepwire_service.fronts.gymie.instances import Instances, UnknownInstance
from stepwire_service.fronts.gymie.requests import (
    NO_ID,
    Make,
    Of,
    Params,
    Refused,
    Reset,
    Sample,
    Step,
    params_of,
    read,
)
from stepwire_service.fronts.gymie.saying import without_unsayable
from stepwire_service.fronts.gymie.terms import Terms
from stepwire_service.fronts.pictures import Packed, packed

logger = logging.getLogger(__name__)

VERSION: Final = 2

BATCHES: Final = "gymvec:"
"""Before ids that have no single environment, which is all that an agent of this front can make."""

_MOST_SHOWN: Final = 1000
"""Characters of a message and of each of its data."""

Method = Callable[[Any], Awaitable[Any]]


class Modern:
    """See the module.

    Args:
        instances: The connection's.
        terms: See there.
    """

    waiting = 64
    """Requests that may be under way; more are not read before some of these are answered."""

    def __init__(self, instances: Instances, terms: Terms) -> None:
        self._instances = instances
        self._terms = terms
        self._methods: dict[str, tuple[type[Params], Method]] = {
            "make": (Make, self._make),
            "reset": (Reset, self._reset),
            "step": (Step, self._step),
            "render": (Of, self._render),
            "close": (Of, self._close),
            "observation_space": (Of, self._observation_space),
            "action_space": (Of, self._action_space),
            "action_sample": (Sample, self._action_sample),
            "list_envs": (Params, self._list_envs),
            "server_info": (Params, self._server_info),
        }

    async def answer(self, message: str | bytes) -> str:
        """The reply to a message; never raises what a message can bring about."""
        request_id = NO_ID
        try:
            request = read(message)
            request_id = request.id
            kind, method = self._method(request.method)
            return self._written({"id": request_id, "result": await method(params_of(request, kind))})
        except Exception as error:
            return _encoded({"id": request_id, "error": _error(error)})

    def end(self) -> None:
        """Nothing more will be asked."""

    def _method(self, name: Any) -> tuple[type[Params], Method]:
        if not isinstance(name, str):
            raise Refused("BAD_REQUEST", 'A request is {"id": …, "method": "…", "params": {…}}.')
        if name not in self._methods:
            raise Refused("UNKNOWN_METHOD", f"There is no method {name!r:.80}. There are {', '.join(self._methods)}.")
        return self._methods[name]

    def _written(self, reply: dict[str, Any]) -> str:
        try:
            text = _encoded(reply)
        except (TypeError, ValueError, RecursionError) as error:
            raise _unsayable(error) from error
        most = self._terms.settings.max_message_bytes
        if len(text) > most:
            raise TooLarge("the reply in bytes", len(text), most, "max_message_bytes")
        return text

    # ── the methods ──

    async def _make(self, params: Make) -> Any:
        if params.render_mode not in (None, "rgb_array", "ansi"):
            raise Refused("UNSUPPORTED", f"render_mode={params.render_mode!r:.80}: there are rgb_array and ansi.")
        instance = await self._instances.make(params.env_id, params.seed, params.kwargs or {}, params.render_mode)
        spec = instance.spec
        try:
            described = {"observation_space": _space(spec.observation_space), "action_space": _space(spec.action_space)}
        except GameNonsense:
            await self._instances.close(instance.instance_id)
            raise
        metadata = without_unsayable(spec.metadata, _info)
        return {
            "instance_id": instance.instance_id, **described, "metadata": metadata, "render_mode": spec.render_mode
        }  # fmt: skip

    async def _reset(self, params: Reset) -> Any:
        observed = await self._instances.find(params.instance_id).reset(params.seed, params.options)
        return {"observation": _seen(observed.observation), "info": without_unsayable(observed.info, _info)}

    async def _step(self, params: Step) -> Any:
        transition = await self._instances.find(params.instance_id).step(params.action)
        return {
            "observation": _seen(transition.observation),
            "reward": _seen(transition.reward),
            "terminated": bool(transition.terminated),
            "truncated": bool(transition.truncated),
            "info": without_unsayable(transition.info, _info),
        }

    async def _render(self, params: Of) -> Any:
        frame = await self._instances.find(params.instance_id).render()
        if isinstance(frame, str):
            return {"text": frame}
        picture = await asyncio.to_thread(packed, frame, value_pb2.ENCODING_PNG)
        if not isinstance(picture, Packed):
            raise GameNonsense(
                "the environment", f"it drew a {type(frame).__name__}, which is neither text nor picture"
            )
        return {"png": base64.b64encode(picture.file).decode()}

    async def _close(self, params: Of) -> Any:
        await self._instances.close(params.instance_id)
        return True

    async def _observation_space(self, params: Of) -> Any:
        return _space((await self._spec(params)).observation_space)

    async def _action_space(self, params: Of) -> Any:
        return _space((await self._spec(params)).action_space)

    async def _action_sample(self, params: Sample) -> Any:
        return _seen(await self._instances.find(params.instance_id).sample(params.seed))

    async def _list_envs(self, _: Params) -> Any:
        offers = self._terms.catalog.offers()
        return [
            {"env_id": offer.env_id, "description": offer.description, "instances": offer.instances, "free": offer.free}
            for offer in offers
            if not offer.env_id.startswith(BATCHES)
        ]

    async def _server_info(self, _: Params) -> Any:
        settings, sessions = self._terms.settings, self._terms.sessions
        return {
            "version": self._terms.version,
            "protocol": VERSION,
            "sessions": len(sessions),
            "max_sessions": settings.max_sessions,
            "max_message_bytes": settings.max_message_bytes,
            "draining": sessions.draining,
        }

    async def _spec(self, params: Of) -> Spec:
        return await self._instances.find(params.instance_id).look()


# ── writing ──


def _seen(value: Any) -> Any:
    """A value whose dtype a space tells."""
    try:
        return plain(value, listed)
    except (TypeError, RecursionError) as error:
        raise _unsayable(error) from error


def _info(value: Any) -> Any:
    """A value whose dtype nothing else tells."""
    return plain(value, tagged)


def _space(space: Any) -> Any:
    try:
        return plain(spaces.write(space), listed)
    except (BadSpace, TypeError) as error:
        raise GameNonsense("the environment", f"its spaces cannot be said: {error}") from error


def _error(error: Exception) -> dict[str, Any]:
    """What to tell of an error: a reason to branch on, a sentence, and a fault's own data."""
    match error:
        case Fault():
            data: dict[str, Any] = {name: value[:_MOST_SHOWN] for name, value in error.data.items()}
            data |= {} if error.retry_after is None else {"retry_after": error.retry_after}
            return {"reason": error.reason, "message": str(error)[:_MOST_SHOWN], "data": data}
        case Refused():
            return {"reason": error.reason, "message": str(error)[:_MOST_SHOWN]}
        case UnknownInstance():
            return {"reason": "UNKNOWN_INSTANCE", "message": str(error)}
        case _:
            logger.error("a request met a bug of the server's", exc_info=error)
            return {"reason": "INTERNAL", "message": "the server has a bug; its log says more. Tell its operator."}


def _unsayable(error: Exception) -> GameNonsense:
    return GameNonsense("the environment", f"what it gave cannot be said: {error}")


def _encoded(reply: dict[str, Any]) -> str:
    return _ENCODE(reply).decode(errors="replace")


_ENCODE: Final = msgspec.json.Encoder().encode
