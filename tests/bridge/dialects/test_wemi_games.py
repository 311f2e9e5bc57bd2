"""The games that WemiEnv published, in their own messages: what they get, what they say, and what comes of it."""

import json
import re
from pathlib import Path
from typing import Any

import gymnasium as gym
import numpy as np
import pytest

from stepwire_bridge import outcome, spaces
from stepwire_bridge.dialects import wemi
from stepwire_bridge.dialects.declared import declarations
from stepwire_bridge.faults import GameNonsense
from stepwire_bridge.greeting import GameSpec
from stepwire_bridge.messages import Fault, Reset, State, Step
from stepwire_bridge.outcome import Outcome

TOML = (Path(wemi.__file__).parent / "wemi_games.toml").read_text()
GAMES = declarations(TOML)
PAGE = Path(__file__).parents[3] / "docs" / "declared-games.md"
RESET = Reset(1, [0], [None])


def spec_of(name: str) -> GameSpec:
    greeting = GAMES[name].new_dialect().greeting
    assert greeting is not None
    both = greeting.observation_space, greeting.action_space
    return GameSpec(name, *map(spaces.read, both), {"render_modes": []})


class Played:
    """A game whose part the test plays."""

    def __init__(self, name: str) -> None:
        self.spec, self.dialect = spec_of(name), GAMES[name].new_dialect()

    def gets(self, request: Reset | Step) -> str | bytes | None:
        return self.dialect.encode(request)

    def answers(self, text: str, request: Reset | Step = RESET) -> Outcome:
        """What a trainer is given when the game answers a request with this."""
        self.gets(request)
        answer = self.dialect.decode(text)
        assert isinstance(answer, State | Fault)
        return outcome.read(self.spec, request, [answer])


def step(action: Any) -> Step:
    return Step(2, [0], np.array([action]))


@pytest.mark.parametrize(
    ("name", "request_", "text"),
    [
        ("Game2048", RESET, '{"action":5,"restart":true}'),
        ("Game2048", step(3), '{"action":3,"restart":false}'),
        ("Flappybird", RESET, '{"action":3,"restart":true}'),
        ("Flappybird", step(1), '{"action":1,"restart":false}'),
        ("BottleJump", RESET, '{"action":-1,"restart":true}'),
        ("BottleJump", step(np.float32([0.28])), '{"action":812,"restart":false}'),
        ("BottleJump", step(np.float32([-1])), '{"action":300,"restart":false}'),
        ("GreedySnake", RESET, '{"action":5,"restart":true}'),
        ("GreedySnake", step(2), '{"action":2,"restart":false}'),
        ("Timberman", RESET, '{"action":5,"restart":true}'),
        ("Timberman", step(1), '{"action":1,"restart":false}'),
        ("PlaneWar", RESET, '{"action":0,"restart":true}'),
        ("PlaneWar", step(np.float64([0.8])), '{"action":0.8,"restart":false}'),
    ],
)
def test_what_each_game_gets(name: str, request_: Reset | Step, text: str) -> None:
    assert Played(name).gets(request_) == text


SNAKE = [[0] * 22 for _ in range(28)]
SNAKE[3][4:7], SNAKE[9][9] = [1, 1, 1], 3
TREE = [part for i in range(11) for part in (("center", True, False)[i % 3], 20 * i, 300 - 30 * i)]
PLANE = {"type": 1, "x": 10, "y": 20}
PLANE_NUMBERS = [2 * 1 / 3 - 1, 2 * 10 / 375 - 1, 2 * 20 / 625 - 1]
PLAYER = {"x": 180, "y": 500}
PLAYER_NUMBERS = [2 * 180 / 375 - 1, 2 * 500 / 625 - 1]


@pytest.mark.parametrize(
    ("name", "text", "observation", "reward", "over"),
    [
        (
            "Game2048",
            '{"done": false, "reward": 4, "obs": [[0,0,2,2],[0,2,4,0],[0,4,0,0],[0,0,0,0]], '
            '"send_time": 1700000000000}',
            [0, 0, 2, 2, 0, 2, 4, 0, 0, 4, 0, 0, 0, 0, 0, 0], 4, False,
        ),
        ("Flappybird", '{"obs": [300, 400, 200], "done": false, "reward": 100}', [300, 400, 200], 100, False),
        ("Flappybird", '{"obs": [-20.5, 400, 200], "done": true, "reward": -10}', [-20.5, 400, 200], -10, True),
        ("BottleJump", '{"done": false, "reward": 0, "obs": [23.4]}', [23.4 / 40], 0, False),
        ("GreedySnake", json.dumps({"obs": SNAKE, "reward": 10, "done": False}), np.ravel(SNAKE), 10, False),
        (
            "Timberman",
            json.dumps({"obs": [*TREE, True], "reward": 3, "done": True}),
            [{"center": 0.5}.get(part, part) for part in [*TREE, True]], 3, True,  # type: ignore[call-overload]
        ),
        (
            "PlaneWar",
            '{"plains": [{"type":1,"x":10,"y":20}], "player": {"x":180,"y":500}, "reward": 1, "status": false}',
            [*PLAYER_NUMBERS, *PLANE_NUMBERS, *[-1] * 21], 1, False,
        ),
        (
            "PlaneWar",
            json.dumps({"plains": [{**PLANE, "y": -900}, *[PLANE] * 8], "player": PLAYER, "reward": 0, "status": True}),
            [*PLAYER_NUMBERS, *PLANE_NUMBERS * 8], 0, True,
        ),
    ],
)  # fmt: skip
def test_what_each_game_says(name: str, text: str, observation: Any, reward: float, over: bool) -> None:
    game = Played(name)
    first = game.answers(text)
    assert np.array_equal(first.observations[0], np.asarray(observation, game.spec.observation_space.dtype))
    assert first.observations[0] in game.spec.observation_space
    action = game.spec.action_space.sample()
    stepped = game.answers(text, step(action))
    assert np.array_equal(stepped.observations, first.observations)
    assert (stepped.rewards.tolist(), stepped.terminated.tolist()) == ([reward], [over])


def test_the_reward_that_2048_sends_with_a_restart_is_nobodys() -> None:
    text = '{"done": false, "reward": -10, "obs": [[0,0,0,0],[0,2,0,0],[0,0,2,0],[0,0,0,0]]}'
    assert Played("Game2048").answers(text).rewards.tolist() == [0]


def test_the_tree_that_has_no_place_yet_right_after_a_restart_is_at_the_declared_one() -> None:
    unplaced = [part for i in range(11) for part in (("center", True, False)[i % 3], None, None)]
    observed = Played("Timberman").answers(json.dumps({"obs": [*unplaced, False], "reward": 0, "done": False}))
    assert observed.observations[0].tolist() == [*[0.5, 0, 0, 1, 0, 0, 0, 0, 0] * 3, 0.5, 0, 0, 1, 0, 0, 0]


def test_a_word_that_the_declaration_does_not_have_is_nonsense_that_names_it() -> None:
    with pytest.raises(GameNonsense, match="value 0 of obs is 'top', expected a number, 'center', null"):
        Played("Timberman").answers(json.dumps({"obs": ["top", *TREE], "reward": 0, "done": False}))


@pytest.mark.parametrize("name", ["GreedySnake", "Timberman"])
def test_a_score_so_far_becomes_what_each_step_has_gained(name: str) -> None:
    game = Played(name)
    obs = SNAKE if name == "GreedySnake" else [*TREE, True]

    def said(score: int) -> str:
        return json.dumps({"obs": obs, "reward": score, "done": False})

    game.answers(said(70))  # of the episode before
    assert [float(game.answers(said(score), step(1)).rewards[0]) for score in (0, 10, 10, 30)] == [0, 10, 0, 20]


def test_the_spaces_are_those_that_the_games_keep_to() -> None:
    box = gym.spaces.Box
    assert {name: (spec_of(name).observation_space, spec_of(name).action_space) for name in GAMES} == {
        "Game2048": (box(0, 131072, (16,), np.int32), gym.spaces.Discrete(4)),
        "Flappybird": (box(-np.inf, np.inf, (3,)), gym.spaces.Discrete(2)),
        "BottleJump": (box(-np.inf, np.inf, (1,)), box(-1, 1, (1,))),
        "GreedySnake": (box(0, 10, (616,), np.int32), gym.spaces.Discrete(4)),
        "Timberman": (box(-np.inf, np.inf, (34,)), gym.spaces.Discrete(2)),
        "PlaneWar": (box(-np.inf, np.inf, (26,)), box(-1, 1, (1,))),
    }


def test_the_page_on_picking_shows_one_of_these_games() -> None:
    (shown,) = re.findall(r"```toml\n(.*?)```", PAGE.read_text().partition("## Picking numbers")[2], re.DOTALL)
    assert shown in TOML


def test_each_answer_is_that_of_one_instance() -> None:
    game = Played("Flappybird")
    game.gets(RESET)
    answer = game.dialect.decode('{"obs": [1, 2, 3]}')
    assert isinstance(answer, State) and answer.instances == [0]
