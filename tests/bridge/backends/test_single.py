import gymnasium
import pytest
from gymnasium.utils.env_checker import data_equivalence

from stepwire_bridge.backends.single import Single
from tests.odd_envs import Counter, Raising


@pytest.mark.parametrize("gym_id", ["CartPole-v1", "FrozenLake-v1", "Blackjack-v1", "Pendulum-v1"])
def test_it_gives_exactly_what_the_env_gives(gym_id: str) -> None:
    local, single = gymnasium.make(gym_id), Single(gymnasium.make(gym_id))
    assert data_equivalence(tuple(single.reset([7], None, None)), local.reset(seed=7), exact=True)
    local.action_space.seed(1)
    for _ in range(200):
        action = local.action_space.sample()
        theirs, ours = local.step(action), single.step(action)
        assert data_equivalence(tuple(ours), theirs, exact=True)
        assert [type(part) for part in ours] == [type(part) for part in theirs]
        if ours.terminated or ours.truncated:
            assert data_equivalence(tuple(single.reset(None, None, None)), local.reset(), exact=True)
    local.close()
    single.close()


def test_it_says_of_itself_what_the_env_says() -> None:
    spec = Single(Counter(render_mode="ansi")).describe()
    assert (spec.observation_space, spec.action_space) == (Counter.observation_space, Counter.action_space)
    assert (spec.num_envs, spec.autoreset_mode, spec.render_mode) == (None, None, "ansi")
    assert spec.metadata == {"render_modes": ["ansi", "rgb_array"], "render_fps": 7}


@pytest.mark.parametrize(
    ("action", "error"), [(5, "Expected 5 arguments, got 3"), (6, "its info is a NoneType, expected a dict")]
)
def test_what_makes_no_step_is_refused_where_it_arises(action: int, error: str) -> None:
    single = Single(Raising())
    single.reset(None, None, None)
    with pytest.raises(TypeError, match=error):
        single.step(action)
