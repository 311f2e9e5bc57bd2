"""Run as a program with a server's address: forks while streams are open, and fails unless all goes on.

A program of its own, since a fork copies every thread's locks, and a test process has many.
"""

import os
import sys
import threading

import grpc
import gymnasium
import numpy as np
from gymnasium.vector import AsyncVectorEnv

import stepwire
from stepwire.connection.calls import CallEnded
from stepwire.connection.direct import DirectCall
from stepwire.v1.env_service_pb2 import StepStreamRequest, StepStreamResponse


def async_vector_env_after_use(address: str) -> None:
    """The parent has an open stream, then AsyncVectorEnv forks; the parent's stream goes on."""
    mine, local = stepwire.RemoteEnv("gym:CartPole-v1", address), gymnasium.make("CartPole-v1")
    mine.reset(seed=1)
    local.reset(seed=1)
    workers = AsyncVectorEnv([lambda: stepwire.RemoteEnv("gym:CartPole-v1", address)] * 3, context="fork")
    assert workers.reset(seed=5)[0].shape == (3, 4)
    for _ in range(5):
        workers.step(np.array([0, 1, 0]))
        assert np.array_equal(mine.step(0)[0], local.step(0)[0])
    workers.close()
    assert np.array_equal(mine.step(0)[0], local.step(0)[0])
    mine.close()


def inherited_env(address: str) -> None:
    """A forked child makes a session of its own; its parent's goes on as if nothing had been."""
    env, local = stepwire.RemoteEnv("gym:CartPole-v1", address), gymnasium.make("CartPole-v1")
    env.reset(seed=1)
    local.reset(seed=1)
    child = os.fork()
    if child == 0:
        os._exit(_use_inherited(env))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    for _ in range(5):
        assert np.array_equal(env.step(0)[0], local.step(0)[0])
    env.close()


def _use_inherited(env: stepwire.RemoteEnv) -> int:
    try:
        env.step(0)
    except stepwire.errors.NotReset:
        env.reset(seed=2)
        env.step(1)
        env.close()
        return 0
    return 1


def calls_of_all_threads(address: str) -> None:
    """A fork ends the direct calls of all threads, one that is waited for, too; new ones work in the parent.

    In the child gRPC promises nothing, where other threads were inside it: some versions end it at once.
    """
    with grpc.insecure_channel(address) as channel:
        idle, waited_for = _opened(channel), _opened(channel)
        codes: list[grpc.StatusCode] = []
        thread = threading.Thread(target=lambda: codes.append(_end_of(waited_for)))
        thread.start()
        while not waited_for.is_waited_for:
            assert thread.is_alive()
        child = os.fork()
        if child == 0:
            os._exit(0)
        os.waitpid(child, 0)
        thread.join()
        assert [*codes, _end_of(idle)] == [grpc.StatusCode.CANCELLED] * 2
        later = _opened(channel)
        later.send(StepStreamRequest(number=7).SerializeToString())
        assert StepStreamResponse.FromString(later.receive()).number == 7
        for call in (idle, waited_for, later):
            call.close()


def _opened(channel: grpc.Channel) -> DirectCall:
    return DirectCall(channel, "/stepwire.v1.EnvService/StepStream", ())


def _end_of(call: DirectCall) -> grpc.StatusCode:
    try:
        call.receive()
    except CallEnded as ended:
        return ended.code()
    raise AssertionError("it has not ended")


if __name__ == "__main__":
    situations = {"async": async_vector_env_after_use, "inherited": inherited_env, "calls": calls_of_all_threads}
    situations[sys.argv[1]](sys.argv[2])
