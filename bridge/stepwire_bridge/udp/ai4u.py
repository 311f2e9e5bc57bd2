"""Where AI4U's engines dial in: one UDP port, on which each agent is told by its address and its id.

Knows who may come and how many, and which agent a datagram is of; what an agent is told is `ai4u_agent`'s. A datagram
of nobody's, or that cannot be read, gets no reply and is counted.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from stepwire_bridge.dialects.ai4u_declared import Declaration
from stepwire_bridge.dialects.ai4u_words import IDLE, agent_id
from stepwire_bridge.dialects.fields import read_fields
from stepwire_bridge.messages import BadMessage
from stepwire_bridge.udp.ai4u_agent import AgentLink, Patience
from stepwire_bridge.udp.endpoint import Address, Endpoint, open_endpoint

log = logging.getLogger(__name__)

Key = tuple[Address, str]
"""An agent: where its engine sends from, and its id."""

WATCHES = 4
"""How often the time of silence is looked for in it."""


@dataclass(slots=True)
class Unanswered:
    """How many datagrams got no reply, and why; what was dropped unread is the endpoint's."""

    unreadable: int = 0
    strangers: int = 0
    """They are of an agent that has said no config."""
    too_many: int = 0
    """They are of agents beyond `max_agents`."""


class Agents:
    """The agents of one declared game; `listen` makes it.

    Args:
        endpoint: Their port.
        declaration: What is declared of them.
        on_link: Is handed the link to each, once its config frame is here; also to one that comes back.
    """

    def __init__(self, endpoint: Endpoint, declaration: Declaration, on_link: Callable[[AgentLink], None]) -> None:
        self.unanswered = Unanswered()
        self._endpoint, self._declaration, self._on_link = endpoint, declaration, on_link
        self._patience = Patience(declaration.hold_seconds, declaration.repeat_after, declaration.silence_seconds)
        self._links: dict[Key, AgentLink] = {}
        """Those that have said their config, in the order in which they did; closed ones, too: they may come back."""
        self._watch = asyncio.create_task(self._end_silent_ones())
        endpoint.take = self._take

    @property
    def endpoint(self) -> Endpoint:
        """Their port, and what is dropped there."""
        return self._endpoint

    async def close(self) -> None:
        """End all links and give the port back. May be called twice."""
        self._watch.cancel()
        await asyncio.gather(self._watch, return_exceptions=True)
        for link in self._links.values():
            link.end("the bridge is stopping")
        self._links.clear()
        await self._endpoint.close()

    def _take(self, data: bytes, sender: Address) -> None:
        try:
            said = read_fields(data)
            key = sender, agent_id(said)
        except BadMessage as error:
            self._note_unreadable(sender, error)
            return
        target = said.get("__target__")
        if isinstance(target, str) and target == "envcontrol":
            self._control(key, data, said)
        elif (link := self._known(key)) is not None:
            link.hear_frame(data, said)

    def _control(self, key: Key, data: bytes, said: dict[str, Any]) -> None:
        """Act on what is no state frame: a config, an engine that waits or ends, an editor that asks for a server."""
        if "config" in said:
            self._configure(key, data)
        elif "__remote_starter__" in said:
            self._reply(key[0], IDLE.encode())  # any reply makes the editor play its scene
        elif "__stop__" in said:
            if (link := self._links.pop(key, None)) is not None:
                self._reply(key[0], IDLE.encode())
                link.end("the game was closed")
        elif (link := self._known(key)) is not None:
            link.hear_poll()

    def _configure(self, key: Key, data: bytes) -> None:
        link = self._links.get(key)
        if link is not None and not link.over:
            if link.is_copy_of_config(data):
                link.hear_config()
                return
            link.end("the game has started anew")
        elif link is not None and not link.may_come_back:
            return  # it has just been refused
        if link is None and not self._has_room():
            self._note_too_many(key)
            return
        self._open(key, data)

    def _open(self, key: Key, config: bytes, *, is_back: bool = False) -> AgentLink:
        (host, port), id = key
        self._links.pop(key, None)
        peer, reply = f"{host}:{port} (agent {id})", partial(self._reply, key[0])
        link = AgentLink(peer, config, reply, self._patience, is_back=is_back)
        self._links[key] = link
        self._on_link(link)
        return link

    def _known(self, key: Key) -> AgentLink | None:
        """The link to an agent; a new one where the last is closed and the agent still speaks."""
        link = self._links.get(key)
        if link is None:
            self._note_stranger(key)
        elif link.may_come_back:
            return self._open(key, link.config, is_back=True)
        return link

    def _has_room(self) -> bool:
        """Whether there is room for one more, once one that is gone has been forgotten for it.

        Not one that has gone just now, so that there are never more than `max_agents` new ones at a time.
        """
        if len(self._links) < self._declaration.max_agents:
            return True
        gone = next((key for key, link in self._links.items() if link.may_come_back), None)
        if gone is None:
            return False
        del self._links[gone]
        return True

    def _reply(self, to: Address, data: bytes) -> None:
        self._endpoint.send(data, to)

    async def _end_silent_ones(self) -> None:
        seconds = self._declaration.silence_seconds
        while True:
            await asyncio.sleep(seconds / WATCHES)
            for link in self._links.values():
                if link.is_silent():
                    link.end(f"nothing heard for {seconds:g} s")

    # ── what is not answered ─────────────────────────────────────────────────────────────────────────────────────────

    def _note_unreadable(self, sender: Address, error: BadMessage) -> None:
        self.unanswered.unreadable += 1
        if self.unanswered.unreadable == 1:
            log.warning("%s:%d has sent something that is no frame of AI4U: %s", *sender, error)

    def _note_stranger(self, key: Key) -> None:
        self.unanswered.strangers += 1
        if self.unanswered.strangers == 1:
            (host, port), id = key
            log.warning("agent %s at %s:%d has said no config frame here; start its game again", id, host, port)

    def _note_too_many(self, key: Key) -> None:
        self.unanswered.too_many += 1
        if self.unanswered.too_many == 1:
            log.warning("agent %s is one more than max_agents, %d", key[1], self._declaration.max_agents)


async def listen(declaration: Declaration, on_link: Callable[[AgentLink], None]) -> Agents:
    """Listen for the agents of a declared game.

    Args:
        declaration: Says where, and what else is to be known.
        on_link: See `Agents`.

    Raises:
        OSError: The port cannot be had.
    """
    peers = frozenset(declaration.peers) or None
    endpoint = await open_endpoint(declaration.host, declaration.port, hosts=peers)
    return Agents(endpoint, declaration, on_link)
