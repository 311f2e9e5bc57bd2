import subprocess
import sys

import gymnasium
import pytest

import stepwire

_IMPORT_TIME = """
import time
import gymnasium
before = time.perf_counter()
import stepwire
print(time.perf_counter() - before)
"""


def _run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()


def test_importing_costs_at_most_50_ms_beyond_gymnasium() -> None:
    assert min(float(_run(_IMPORT_TIME)) for _ in range(3)) < 0.05


def test_the_codec_alone_loads_no_grpc() -> None:
    assert _run("import sys, stepwire.codec; print('grpc' in sys.modules)") == "False"


def test_the_lazy_names_are_there_and_listed() -> None:
    assert stepwire.RemoteEnv.__name__ == "RemoteEnv"
    assert stepwire.RemoteVectorEnv.__name__ == "RemoteVectorEnv"
    assert stepwire.errors.StepwireError is stepwire.errors.BY_REASON["NOT_RESET"].__mro__[2]
    assert set(stepwire.__all__) <= set(dir(stepwire))


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'RemoteEnvironment'"):
        stepwire.RemoteEnvironment  # noqa: B018


def test_gymnasium_makes_one_environment_by_id(address: str) -> None:
    with gymnasium.make("stepwire/Env-v0", env_id="gym:CartPole-v1", address=address) as env:
        assert env.reset(seed=1)[0].shape == (4,)


def test_gymnasium_imports_the_module_that_an_id_names(address: str) -> None:
    code = f"""
import gymnasium
env = gymnasium.make("stepwire:stepwire/Env-v0", env_id="gym:CartPole-v1", address={address!r})
print(env.reset(seed=1)[0].shape)
env.close()
"""
    assert _run(code) == "(4,)"


def test_gymnasium_makes_a_batch_by_id(address: str) -> None:
    venv = gymnasium.make_vec("stepwire/Env-v0", num_envs=3, env_id="gym:CartPole-v1", address=address)

    assert isinstance(venv, stepwire.RemoteVectorEnv)
    assert venv.reset(seed=1)[0].shape == (3, 4)
    venv.close()


def test_a_batch_takes_the_step_limit_that_gymnasium_hands_on(address: str) -> None:
    venv = gymnasium.make_vec(
        "stepwire/Env-v0", num_envs=2, env_id="gym:CartPole-v1", address=address, max_episode_steps=2
    )
    venv.reset(seed=1)
    venv.step([0, 0])

    assert venv.step([0, 0])[3].tolist() == [True, True]
    venv.close()
