"""What may be declared of a UnityRemote game, and what may not."""

import pytest
from gymnasium import spaces

from stepwire_bridge.dialects.declared import BadDeclaration, declarations
from stepwire_bridge.dialects.unityremote_declared import Declaration


def declared(toml: str) -> Declaration:
    (declaration,) = declarations(f'[cube]\ndialect = "unityremote"\n{toml}').values()
    assert isinstance(declaration, Declaration)
    return declaration


def test_nothing_need_be_said_beyond_the_dialect() -> None:
    declaration = declared("")
    assert (declaration.host, declaration.ports()) == ("127.0.0.1", [(8080, 7070)])
    assert declaration.acts() == spaces.Discrete(1)
    assert declaration.observes() == spaces.Box(-100, 100, (1,))


def test_agents_have_ports_one_after_the_other() -> None:
    declaration = declared("n_envs = 3\ninput_port = 9000\noutput_port = 9100\nstep_output_port = 10")
    assert declaration.ports() == [(9000, 9100), (9001, 9110), (9002, 9120)]


def test_free_ports_are_picked_for_all_agents() -> None:
    assert declared("n_envs = 2\ninput_port = 0\noutput_port = 9100").ports() == [(0, 9100), (0, 9101)]


def test_the_spaces_are_those_of_the_old_keys_or_of_the_new_ones() -> None:
    old = declared('action_shape = [4]\nstate_shape = [2, 3]\nmin_value = 0\nmax_value = 255\nstate_type = "uint8"')
    assert (old.acts(), old.observes()) == (spaces.Discrete(4), spaces.Box(0, 255, (2, 3), "uint8"))
    new = declared(
        'action_space = {type = "Box", shape = [2], low = -1, high = 1}\n'
        'observation_space = {type = "Dict", spaces = {a = {type = "Discrete", n = 2}}}'
    )
    assert new.acts() == spaces.Box(-1, 1, (2,))
    assert new.consumed() == {"a", "reward", "done"}


@pytest.mark.parametrize(
    ("toml", "problem"),
    [
        ("port = 1", "no field 'port'"),
        ("n_envs = 0", "n_envs is 0; one table has 1 to 256"),
        ("n_envs = 257", "n_envs is 257"),
        ("n_envs = 3\noutput_port = 65534", "no port 65536"),
        ("input_port = -1", "no port -1"),
        ("n_envs = 2\noutput_port = 8081", "port 8081 is both ours and an engine's: .* further apart"),
        ("input_port = 7070", "port 7070 is both ours and an engine's"),
        ("n_envs = 2\nstep_input_port = 0", "2 agents need ports of their own: step_input_port"),
        ("n_envs = 2\nstep_output_port = 0", "2 agents need ports of their own: step_output_port"),
        ("buffer_size = 0", "buffer_size is 1 to 65507"),
        ("buffer_size = 65508", "buffer_size is 1 to 65507"),
        ('host = "192.168.0.7"', "another machine: say .* with bind"),
        ("resend_after = -1", "none below 0"),
        ("quiet = nan", "finite and none below 0"),
        ("gap = inf", "finite and none below 0"),
        ("observation = []", "observation names a field, or several"),
        ('actions = [["fx", 1, 2]]', r"\[name, argument\] or \[name\]"),
        ("actions = [[1]]", r"\[name, argument\] or \[name\]"),
        ('actions = [["say", "a;b"]]', "cannot be escaped"),
        ('restart = "re;start"', "cannot be escaped"),
        ('actions = [["a"], ["b"]]\naction_shape = [3]', "there are 2 actions, and the action space is Discrete.3."),
        ('actions = [["a"]]\naction_space = {type = "Box", shape = [1]}', "there are 1 actions, and the action space"),
        ('actions = [["a"]]\nactions_meaning = ["a", "b"]', "1 actions and 2 meanings"),
        ('action_space = {type = "Text", max_length = 3}', "a Discrete, Box, MultiDiscrete or MultiBinary"),
        ('action_space = {type = "Blox"}', "action_space"),
        ('state_type = "float33"', "no such dtype"),
        ("observation_space = {}", "observation_space"),
    ],
)
def test_what_does_not_go_together_is_refused(toml: str, problem: str) -> None:
    with pytest.raises(BadDeclaration, match=problem):
        declared(toml)


def test_another_machine_is_heard_where_that_is_said() -> None:
    assert declared('host = "192.168.0.7"\nbind = "0.0.0.0"').bind == "0.0.0.0"


def test_on_another_machine_the_engine_may_have_the_port_that_we_have_here() -> None:
    assert declared('host = "192.168.0.7"\nbind = "0.0.0.0"\noutput_port = 8080').ports() == [(8080, 8080)]
