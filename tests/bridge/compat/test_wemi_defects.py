"""What was wrong with WemiEnv, case by case: that it is so no more, in the same situation."""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import numpy as np
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from stepwire_bridge.compat.env import Patience
from stepwire_bridge.compat.interact import Connection
from stepwire_bridge.compat.wemi import ACTION_MEANINGS, WemiEnv, create_env
from stepwire_bridge.faults import GameGone, GameSilent
from tests.bridge.compat.guided import GuidedEnv, free_port
from tests.bridge.compat.talking import Answer, Talking, said, talking, walker


@pytest.fixture
def stay() -> Iterator[ExitStack]:
    with ExitStack() as stay:
        yield stay


def guided(stay: ExitStack, answer: Answer) -> tuple[Any, Talking]:
    """An environment of the guide's and its game, which comes once somebody waits for it."""
    port, games = free_port(), []

    def dial() -> None:
        while not games:
            try:
                games.append(stay.enter_context(talking(f"ws://127.0.0.1:{port}", answer)))
            except ConnectionRefusedError:
                time.sleep(0.01)  # until it listens

    dialling = threading.Thread(target=dial, daemon=True)
    dialling.start()
    env = GuidedEnv(port)  # type: ignore[no-untyped-call]
    stay.callback(env.conn.close)
    dialling.join()
    return env, games[0]


def played(stay: ExitStack, name: str, answer: Answer) -> tuple[WemiEnv, Talking]:
    env = stay.enter_context(create_env(name, port=0))
    return env, stay.enter_context(talking(env.address, answer))


def bird(obs: list[Any]) -> Answer:
    return lambda _: [said(obs, 1)]


# ── 1: waiting costs a core ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_loop_that_waits_for_a_message_costs_no_core(stay: ExitStack) -> None:
    def late(_: Any) -> list[str]:
        time.sleep(0.3)
        return [said([1, 2])]

    env, _ = guided(stay, late)
    began = time.process_time()
    assert env.reset() == [1, 2]
    assert time.process_time() - began < 0.1


# ── 2: a game that leaves hangs the trainer ──────────────────────────────────────────────────────────────────────────


def test_a_loop_ends_when_the_game_has_left(stay: ExitStack) -> None:
    env, game = guided(stay, walker())
    env.reset()
    game.leave()
    with pytest.raises(GameGone):
        env.step(1)


def test_an_environment_ends_when_the_game_has_left_or_is_silent(stay: ExitStack) -> None:
    env, game = played(stay, "Flappybird", bird([1, 2, 3]))
    env.reset()
    game.leave()
    with pytest.raises(GameGone):
        env.step(1)
    env = stay.enter_context(create_env("Flappybird", port=0, patience=Patience(reset=0.1)))
    stay.enter_context(talking(env.address, lambda _: []))
    with pytest.raises(GameSilent):
        env.reset()


# ── 3: a message too many shifts all that follow ─────────────────────────────────────────────────────────────────────


def test_a_message_that_nobody_asked_for_is_no_answer(stay: ExitStack) -> None:
    env, game = guided(stay, walker())
    env.reset()
    game.connection.send(said([66, 66]))
    assert game.connection.ping().wait(5)
    assert [env.step(1)[0] for _ in range(3)] == [[1, 1], [2, 2], [3, 3]]
    assert env.conn.dropped == 1


def test_two_quick_messages_do_not_overwrite_each_other(stay: ExitStack) -> None:
    env, _ = guided(stay, lambda _: ["first", "second"])
    env.conn.send_message("{}")
    assert [env.conn.recv_message() for _ in range(2)] == ["first", "second"]


def test_a_game_that_answers_each_restart_twice_shifts_nothing(stay: ExitStack) -> None:
    steps = [0]

    def twice(message: dict[str, Any]) -> list[str]:
        steps[0] += 1
        return [said([steps[0]] * 3), *([said([-1, -1, -1])] if message["restart"] else [])]

    env, game = played(stay, "Flappybird", twice)
    for episode in range(20):
        assert env.reset()[0].tolist() == [2 * episode + 1] * 3
        assert game.connection.ping().wait(5)
        assert env.step(1)[0].tolist() == [2 * episode + 2] * 3


# ── 4: several games at one connection ───────────────────────────────────────────────────────────────────────────────


def test_a_second_game_is_refused_and_its_messages_are_nobodys(stay: ExitStack) -> None:
    env, _ = guided(stay, walker())
    env.reset()
    with connect(f"ws://127.0.0.1:{env.conn.port}") as second, pytest.raises(ConnectionClosed, match="another game"):
        second.send(said([66, 66]))
        second.recv()
    assert env.step(1)[0] == [1, 1]


def test_no_other_game_takes_the_place_of_one_that_has_left_unless_the_trainer_knows(stay: ExitStack) -> None:
    env, game = guided(stay, walker())
    env.reset()
    game.leave()
    stay.enter_context(talking(f"ws://127.0.0.1:{env.conn.port}", walker()))
    with pytest.raises(GameGone):
        env.step(1)
    assert env.reset() == [0, 0]


# ── 5: open to everybody, and one environment a machine ──────────────────────────────────────────────────────────────


def test_it_listens_to_this_machine_alone() -> None:
    with Connection() as conn:
        conn.create_server(port=0)
        with pytest.raises(OSError), connect(f"ws://127.0.0.2:{conn.port}", open_timeout=2):
            pass


def test_several_environments_are_in_one_process_at_a_port_of_their_own_or_the_same(stay: ExitStack) -> None:
    one, _ = played(stay, "Flappybird", bird([1, 1, 1]))
    two, _ = played(stay, "Flappybird", bird([2, 2, 2]))
    three = stay.enter_context(create_env("BottleJump", port=one.port))
    stay.enter_context(talking(three.address, bird([40])))
    assert [env.reset()[0][0] for env in (three, two, one)] == [1, 2, 1]


def test_a_game_must_say_the_token_where_there_is_one(stay: ExitStack) -> None:
    env = stay.enter_context(create_env("Flappybird", port=0, token="secret"))
    with connect(env.address) as stranger, pytest.raises(ConnectionClosed, match="token"):
        stranger.recv()
    stay.enter_context(talking(f"{env.address}?token=secret", bird([1, 2, 3])))
    assert env.reset()[0].tolist() == [1, 2, 3]


# ── 6, and the names: seven copies of one class, two games that cannot be made, an error for others ──────────────────


def test_every_game_can_be_made_and_all_are_of_one_class() -> None:
    assert sorted(ACTION_MEANINGS) == sorted(
        ["Flappybird", "BottleJump", "Game2048", "PlaneWar", "GreedySnake", "Timberman"]
    )
    for name in ACTION_MEANINGS:
        with create_env(name, port=0) as env:
            assert type(env) is WemiEnv
    with pytest.raises(ValueError, match=r"no game 'Snake'; there are .*GreedySnake"):
        create_env("Snake")


# ── 7, 8: observations that are no numbers ───────────────────────────────────────────────────────────────────────────


def planes(count: int) -> str:
    flying = [{"type": 1, "x": 10 * i, "y": 0} for i in range(count)]
    return said(None, 1, plains=flying, player={"x": 0, "y": 0}, status=False)


@pytest.mark.parametrize("count", [0, 1, 8, 9, 50])
def test_any_number_of_planes_is_observed_alike_after_a_restart_and_a_step(stay: ExitStack, count: int) -> None:
    env, _ = played(stay, "PlaneWar", lambda _: [planes(count)])
    first, _ = env.reset()
    assert np.array_equal(env.step(np.float32([0.8]))[0], first)
    seen = min(count, 8)
    expected = [-1, -1, *[value for i in range(seen) for value in (2 / 3 - 1, 2 * 10 * i / 375 - 1, -1)]]
    assert np.array_equal(first, np.float32([*expected, *[-1] * (24 - 3 * seen)]))


def test_a_tree_is_numbers_also_before_it_has_a_place(stay: ExitStack) -> None:
    unplaced = ["center", None, None, *[True, 1.5, 2] * 10, False]
    env, _ = played(stay, "Timberman", lambda _: [said(unplaced)])
    observation, _ = env.reset()
    assert (observation.dtype, observation.shape) == (np.float32, (34,))
    assert observation.tolist() == [0.5, 0, 0, *[1, 1.5, 2] * 10, 0]


# ── 9: scores for rewards ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_reward_of_a_step_is_what_it_has_gained(stay: ExitStack) -> None:
    scores = iter([0, 0, 10, 10, 30])
    env, _ = played(stay, "GreedySnake", lambda _: [said([[0] * 22] * 28, next(scores))])
    env.reset()
    assert [env.step(0)[1] for _ in range(4)] == [0, 10, 0, 20]


# ── 11: waits that nobody needs ──────────────────────────────────────────────────────────────────────────────────────


def test_python_adds_no_waiting_of_its_own_to_a_jump(stay: ExitStack) -> None:
    env, _ = played(stay, "BottleJump", bird([20]))
    began = time.monotonic()
    env.reset()
    env.step(np.float32([0]))
    assert time.monotonic() - began < 1  # WemiEnv slept two seconds before the one and one before the other


# ── 13: the program's own example fails ──────────────────────────────────────────────────────────────────────────────


def test_the_action_of_a_jump_may_be_a_bare_number_with_the_calls_of_before(stay: ExitStack) -> None:
    env = stay.enter_context(create_env("BottleJump", port=0, old_api=True))
    game = stay.enter_context(talking(env.env.address, bird([20])))
    assert env.reset() == [0.5]
    assert env.step(0) == ([0.5], 1, False, None)
    assert game.heard[1] == {"action": 700, "restart": False}


# ── 15: what the tables of its README say ────────────────────────────────────────────────────────────────────────────


def test_the_calls_of_the_readmes_tables_do_what_they_say(stay: ExitStack) -> None:
    port = free_port()
    conn = stay.enter_context(Connection())
    conn.create_server(port=port)
    assert conn.port == port
    stay.enter_context(talking(f"ws://localhost:{port}", walker()))
    conn.waiting_client()
    conn.send_message('{"action": null, "restart": true}')
    assert conn.recv_message() == said([[0], [0]], -10)
