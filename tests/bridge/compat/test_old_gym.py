"""Old environments as Gymnasium's: what they give, what they are told, and what their spaces become."""

from typing import Any

import gymnasium
import numpy as np
import pytest
from gymnasium import spaces

from stepwire_bridge.compat.old_gym import Modern, modern_space


class Old:
    """An environment as Gym had them: seed(), a reset without info, steps of four parts."""

    observation_space = spaces.Box(-1, 1, (2,), np.float32)
    action_space = spaces.Discrete(2)
    metadata = {"render.modes": ["human", "rgb_array"]}  # noqa: RUF012

    def __init__(self, *, truncated: bool = False, info: Any = None) -> None:
        self.heard: list[Any] = []
        self._truncated, self._info = truncated, info

    def seed(self, seed: int | None = None) -> list[int | None]:
        self.heard.append(seed)
        return [seed]

    def reset(self) -> Any:
        return np.zeros(2, np.float32)

    def step(self, action: Any) -> Any:
        info = {"TimeLimit.truncated": True} if self._truncated else self._info
        return np.ones(2, np.float32), 1.5, action == 1, info

    def render(self, mode: str = "human") -> str:
        return mode


def of(name: str, **attributes: Any) -> Any:
    """A space of a package that is not installed."""
    return type(name, (), attributes)()


def test_an_episode_of_an_old_environment_reads_as_one_of_today() -> None:
    env = Modern(Old())
    observation, info = env.reset()
    assert observation in env.observation_space and info == {}
    observation, *rest = env.step(0)
    assert rest == [1.5, False, False, {}]
    assert env.step(1)[2:4] == (True, False)
    env.close()


def test_a_time_limit_that_the_info_tells_of_is_a_truncation() -> None:
    env = Modern(Old(truncated=True))
    assert env.step(1)[2:4] == (False, True)
    assert env.step(0)[2:4] == (False, False)


def test_a_seed_goes_to_seed_and_zero_is_one() -> None:
    old = Old()
    env = Modern(old)
    env.reset(seed=0)
    env.reset()
    env.reset(seed=7)
    assert old.heard == [0, 7]


def test_an_environment_of_today_is_given_its_seed_and_gives_the_same_episode() -> None:
    env, local = Modern(gymnasium.make("CartPole-v1")), gymnasium.make("CartPole-v1")
    assert np.array_equal(env.reset(seed=3)[0], local.reset(seed=3)[0])
    ours, theirs = env.step(1), local.step(1)
    assert np.array_equal(ours[0], theirs[0]) and ours[1:] == theirs[1:]
    env.close()
    local.close()


def test_a_reset_that_takes_no_seed_is_not_given_one() -> None:
    class Deaf(Old):
        seed = None  # type: ignore[assignment]

    assert Modern(Deaf()).reset(seed=1, options={"level": 2})[1] == {}


def test_an_old_environment_is_told_its_mode_when_it_draws() -> None:
    env = Modern(Old(), render_mode="rgb_array")
    assert (env.render(), env.metadata["render_modes"]) == ("rgb_array", ["human", "rgb_array"])
    assert Modern(Old()).render_mode is None


def test_a_step_of_another_number_of_parts_is_refused() -> None:
    class Odd(Old):
        def step(self, action: Any) -> Any:
            return 0, 1, False

    with pytest.raises(TypeError, match="3 parts"):
        Modern(Odd()).step(0)


def test_an_observation_that_is_a_pair_is_not_taken_for_observation_and_info() -> None:
    class Paired(Old):
        observation_space = spaces.Tuple([spaces.Discrete(2), spaces.Dict(a=spaces.Discrete(2))])  # type: ignore[assignment]

        def reset(self) -> Any:
            return (1, {"a": 1})

    assert Modern(Paired()).reset() == ((1, {"a": 1}), {})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            of("Box", low=np.zeros(2), high=np.ones(2), shape=(2,), dtype=np.dtype("float32")),
            spaces.Box(0, 1, (2,), np.float32),
        ),
        (of("Discrete", n=np.int64(3)), spaces.Discrete(3)),
        (of("Discrete", n=3, start=-1), spaces.Discrete(3, start=-1)),
        (of("MultiDiscrete", nvec=np.array([2, 3])), spaces.MultiDiscrete([2, 3])),
        (of("MultiBinary", n=4), spaces.MultiBinary(4)),
        (of("MultiBinary", n=(2, 2)), spaces.MultiBinary([2, 2])),
        (of("Tuple", spaces=(of("Discrete", n=2),)), spaces.Tuple([spaces.Discrete(2)])),
        (of("Dict", spaces={"a": of("Discrete", n=2)}), spaces.Dict(a=spaces.Discrete(2))),
    ],
)
def test_a_space_of_the_old_package_becomes_one_of_gymnasiums(old: Any, new: Any) -> None:
    assert modern_space(old) == new


def test_a_space_of_an_unknown_kind_is_refused_by_its_name() -> None:
    with pytest.raises(TypeError, match="Strange"):
        modern_space(of("Strange"))
