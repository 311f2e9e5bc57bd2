"""Every kind of space: its actions come in and its observations go out, in both modes, as what they are."""

import json
from typing import Any

import pytest
from gymnasium.spaces import Space

from stepwire_bridge import spaces as forms
from tests.bridge.catalogue import SPACES
from tests.bridge.written import value_of
from tests.odd_envs import Counter
from tests.service.fronts.gymie.agents import classic, gymie, modern


class Echo(Counter):
    """Its observation is its action."""

    def __init__(self, space: Space[Any]) -> None:
        super().__init__()
        self.observation_space = self.action_space = space

    def reset(self, **_: Any) -> Any:
        self.action_space.seed(1)
        return self.action_space.sample(), {}

    def step(self, action: Any) -> Any:
        assert action in self.action_space, action
        return action, 0.0, False, False, {}


@pytest.mark.parametrize("space", SPACES, ids=str)
async def test_an_action_comes_back_as_an_observation(space: Space[Any]) -> None:
    async with gymie({"get_env": lambda env_id: Echo(space)}) as address:
        async with modern(address) as newer:
            made = await newer.ask("make", env_id="echo")
            assert forms.read(value_of(json.dumps(made["action_space"]))) == space
            of = {"instance_id": made["instance_id"]}
            await newer.ask("reset", **of)
            for seed in range(3):
                action = await newer.ask("action_sample", **of, seed=seed)
                assert (await newer.ask("step", **of, action=action))["observation"] == action
        async with classic(address) as agent:
            instance = await agent.make("echo")
            await agent.ask("reset", instance_id=instance)
            action = await agent.ask("action_sample", instance_id=instance)
            assert (await agent.ask("step", instance_id=instance, action=action))[0] == action
