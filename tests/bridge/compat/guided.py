"""An environment class as WemiEnv's guide has people write one: only its import is another."""

import json
import socket

import numpy as np

from stepwire_bridge.compat import interact


class GuidedEnv:
    """A game with moves 0 to 3 and the guide's calls: loops that end when a message has come."""

    def __init__(self, port=7891):
        self.action_space = None
        self.observation_space = None
        self.conn = interact.Connection()
        self.conn.create_server(port=port)
        self.conn.waiting_client()

    def reset(self):
        self.conn.send_message(json.dumps({"action": None, "restart": True}))
        obs = None
        while obs == None:  # noqa: E711
            data = self.conn.recv_message()
            if data != None:  # noqa: E711
                obs = json.loads(data)["obs"]
        return list(np.array(obs).ravel())

    def step(self, action):
        self.conn.send_message(json.dumps({"action": int(action), "restart": False}))
        obs = None
        while obs == None:  # noqa: E711
            data = self.conn.recv_message()
            if data != None:  # noqa: E711
                data = json.loads(data)
                obs, reward, done = data["obs"], data["reward"], data["done"]
        return list(np.array(obs).ravel()), reward, done, None


def free_port() -> int:
    """A port that nobody has: the class waits for its game before it could say which one it got."""
    with socket.socket() as picked:
        picked.bind(("127.0.0.1", 0))
        port: int = picked.getsockname()[1]
        return port
