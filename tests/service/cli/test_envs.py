"""`stepwire envs` against a real server."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from stepwire_service import embedded


def test_it_lists_what_the_server_can_open(stepwire: Callable[..., Any], address: str) -> None:
    ran = stepwire("envs", "--address", address)
    lines = ran.out.splitlines()
    assert ran.code == 0
    assert lines[0].split() == ["env", "free", "what", "it", "is"]
    assert any(line.startswith("gym:CartPole-v1 ") for line in lines)


def test_a_part_of_the_id_leaves_the_others_out(stepwire: Callable[..., Any], address: str) -> None:
    lines = stepwire("envs", "CartPole-v1", "--address", address).out.splitlines()[1:]
    assert lines and all("CartPole-v1" in line for line in lines)


def test_of_the_games_that_the_server_runs_itself_it_says_how_they_are(stepwire: Callable[..., Any]) -> None:
    with embedded(games=("snake=4",), host_processes=2) as games_address:
        shown = stepwire("envs", "game:", "--address", games_address).out
        listed = json.loads(stepwire("envs", "game:", "--json", "--address", games_address).out)
    table = shown.splitlines()
    assert table[1].startswith("game:snake  4 of 4")
    assert table[3].split()[:4] == ["env", "process", "instances", "restarts"]
    assert [line.split()[0] for line in table[4:]] == ["game:snake", "game:snake"]
    (snake,) = listed
    assert (snake["env_id"], snake["free"], snake["instances"]) == ("game:snake", 4, 4)
    assert [(host["instances"], host["restarts"], host["faults"]) for host in snake["hosts"]] == [(2, 0, 0)] * 2


def test_as_json_what_is_made_on_demand_has_no_counts(stepwire: Callable[..., Any], address: str) -> None:
    listed = json.loads(stepwire("envs", "gym:CartPole-v1", "--json", "--address", address).out)
    assert listed[0]["instances"] is None and listed[0]["hosts"] == []


def test_the_address_may_come_from_the_environment(
    stepwire: Callable[..., Any], address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STEPWIRE_ADDRESS", address)
    assert stepwire("envs").code == 0


def test_without_a_server_one_line_says_so_and_what_to_do(stepwire: Callable[..., Any]) -> None:
    ran = stepwire("envs", "--address", "127.0.0.1:1")
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert ran.err.startswith("stepwire: no stepwire server answers at 127.0.0.1:1: ")
    assert "Start one with `stepwire serve`" in ran.err


def test_an_address_that_cannot_be_is_wrong_usage(stepwire: Callable[..., Any]) -> None:
    ran = stepwire("envs", "--address", "localhost")
    assert ran.code == 2
    assert ran.err.startswith("stepwire: address: expected host:port")


def test_a_part_that_no_id_has_is_an_error_for_people_and_an_empty_list_for_scripts(
    stepwire: Callable[..., Any], address: str
) -> None:
    ran = stepwire("envs", "game:nope", "--address", address)
    assert (ran.code, ran.out, ran.err) == (
        1,
        "",
        "stepwire: nothing that this server can open contains 'game:nope'.\n",
    )
    ran = stepwire("envs", "game:nope", "--json", "--address", address)
    assert (ran.code, ran.out) == (0, "[]\n")
