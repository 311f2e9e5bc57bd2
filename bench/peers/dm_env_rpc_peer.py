"""dm_env_rpc: a CartPole server written on its own messages and packers, and its own client.

python -m bench.peers.dm_env_rpc_peer
"""

import contextlib
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
import gymnasium
import numpy as np
from dm_env_rpc.v1 import connection, dm_env_adaptor, dm_env_rpc_pb2_grpc, spec_manager, tensor_spec_utils
from dm_env_rpc.v1 import dm_env_rpc_pb2 as pb

from bench.drivers.driving import Timing, drive, repeated
from bench.drivers.serving import python, wait_for_end

ACTION = pb.TensorSpec(name="action", dtype=pb.INT64)
tensor_spec_utils.set_bounds(ACTION, minimum=0, maximum=1)
SPECS = pb.ActionObservationSpecs(
    actions={1: ACTION},
    observations={
        1: pb.TensorSpec(name="observation", dtype=pb.FLOAT, shape=[4]),
        2: pb.TensorSpec(name="reward", dtype=pb.DOUBLE),
    },
)


class World:
    """One stream's CartPole."""

    def __init__(self) -> None:
        self._env = gymnasium.make("CartPole-v1")
        self._actions = spec_manager.SpecManager(SPECS.actions)
        self._observations = spec_manager.SpecManager(SPECS.observations)
        self._is_over = True

    def step(self, request: Any) -> Any:
        """A step, or, after an episode's end, the beginning of the next one, as dm_env has it."""
        if self._is_over:
            (observation, _), reward, self._is_over = self._env.reset(), 0.0, False
        else:
            action = self._actions.unpack(request.actions)["action"]
            observation, reward, terminated, truncated, _ = self._env.step(int(action))
            self._is_over = terminated or truncated
        packed = self._observations.pack({"observation": observation, "reward": np.float64(reward)})
        return pb.StepResponse(
            state=pb.TERMINATED if self._is_over else pb.RUNNING,
            observations={uid: packed[uid] for uid in request.requested_observations},
        )

    def reset(self) -> Any:
        """The next step begins an episode."""
        self._is_over = True
        return pb.ResetResponse(specs=SPECS)


class Environment(dm_env_rpc_pb2_grpc.EnvironmentServicer):
    """Answers the requests that its client sends."""

    def Process(self, request_iterator: Any, context: Any) -> Iterator[Any]:  # noqa: N802  # gRPC's name
        """One stream."""
        world = World()
        for request in request_iterator:
            yield _answer(world, request)


def _answer(world: World, request: Any) -> Any:
    match request.WhichOneof("payload"):
        case "step":
            return pb.EnvironmentResponse(step=world.step(request.step))
        case "reset":
            return pb.EnvironmentResponse(reset=world.reset())
        case "create_world":
            return pb.EnvironmentResponse(create_world=pb.CreateWorldResponse(world_name="CartPole"))
        case "join_world":
            return pb.EnvironmentResponse(join_world=pb.JoinWorldResponse(specs=SPECS))
        case "leave_world":
            return pb.EnvironmentResponse(leave_world=pb.LeaveWorldResponse())
        case "destroy_world":
            return pb.EnvironmentResponse(destroy_world=pb.DestroyWorldResponse())
    raise ValueError(f"not understood: {request}")


def serve() -> None:
    """Run a server, in threads as in its own examples."""
    server = grpc.server(ThreadPoolExecutor(4))
    dm_env_rpc_pb2_grpc.add_EnvironmentServicer_to_server(Environment(), server)
    port = server.add_secure_port("127.0.0.1:0", grpc.local_server_credentials())
    server.start()
    print(f"127.0.0.1:{port}", flush=True)
    wait_for_end()


@contextlib.contextmanager
def stepping(address: str) -> Iterator[Timing]:
    """Its adaptor, which goes on to the next episode by itself."""
    channel = connection.create_secure_channel_and_connect(address, grpc.local_channel_credentials())
    env, _ = dm_env_adaptor.create_and_join_world(channel, create_world_settings={}, join_world_settings={})
    env.reset()
    actions = [{"action": np.int64(action)} for action in (0, 1)]
    turns = iter(range(10**12))

    def once() -> None:
        env.step(actions[next(turns) % 2])

    yield repeated(once)
    env.close()


if __name__ == "__main__":
    if "--serve" in sys.argv:
        serve()
    else:
        with python("bench.peers.dm_env_rpc_peer", "--serve") as server:
            drive(lambda case: stepping(server))
