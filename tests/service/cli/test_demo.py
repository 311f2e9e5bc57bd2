"""`stepwire demo`: starts a server with snakes and hands the trainer what it needs."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stepwire_service import assets

TRAINER = """
import json, stepwire

def main(argv):
    options = dict(zip(argv[::2], argv[1::2]))
    envs = stepwire.RemoteVectorEnv("game:snake", num_envs=16, address=options["--address"])
    observation, _ = envs.reset(seed=1)
    envs.close()
    with open(options["--out"], "w") as file:
        json.dump(options | {"envs": len(observation)}, file)
    return 3
"""
"""Plays with all the snakes that the demo starts, and tells what it was given; learning takes too long for a test."""


def test_the_trainer_gets_a_server_with_snakes_and_its_exit_code_is_the_commands(
    stepwire: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trainer = tmp_path / "client_py/examples/train_snake.py"
    trainer.parent.mkdir(parents=True)
    trainer.write_text(TRAINER)
    monkeypatch.setattr(assets, "INSTALLED", tmp_path)
    ran = stepwire("demo", "--steps", "100", "--seed", "7", "--out", str(tmp_path / "told.json"))
    assert ran.code == 3, ran.err
    told = json.loads((tmp_path / "told.json").read_text())
    assert (told["--steps"], told["--seed"], told["envs"]) == ("100", "7", 16)


def test_without_what_it_draws_with_it_says_what_to_install(
    stepwire: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    ran = stepwire("demo")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "pip install 'stepwire[demo]'" in ran.err
