import gymnasium
import numpy as np
import pytest
from google.protobuf.duration_pb2 import Duration
from gymnasium.vector import AutoresetMode

from stepwire.codec import decode_map, decode_space, encode_map, encode_tensor
from stepwire.v1 import env_service_pb2 as pb
from stepwire.v1 import value_pb2
from stepwire_bridge.backend import Spec
from stepwire_bridge.faults import InvalidAction, InvalidOptions, Unsupported
from stepwire_bridge.host import HostStatus
from stepwire_service.catalog import Offer
from stepwire_service.fronts import messages
from stepwire_service.settings import Settings

BROKEN = value_pb2.Value(tensor=value_pb2.Tensor(dtype=value_pb2.DATA_TYPE_INT64, shape=[2], data=b"1"))


def test_an_order_of_a_single_env_has_no_autoreset() -> None:
    order = messages.order_of(pb.MakeRequest(env_id="gym:X-v0", kwargs=encode_map({"g": 9.8}), render_mode="ansi"))
    assert (order.num_envs, order.autoreset_mode, order.render_mode) == (None, None, "ansi")
    assert order.kwargs == {"g": 9.8}


@pytest.mark.parametrize(
    ("wire", "mode"),
    [
        (pb.AUTORESET_MODE_UNSPECIFIED, None),
        (pb.AUTORESET_MODE_NEXT_STEP, AutoresetMode.NEXT_STEP),
        (pb.AUTORESET_MODE_SAME_STEP, AutoresetMode.SAME_STEP),
        (pb.AUTORESET_MODE_DISABLED, AutoresetMode.DISABLED),
    ],
)
def test_an_order_of_a_batch_has_gymnasiums_mode(wire: pb.AutoresetMode, mode: AutoresetMode) -> None:
    order = messages.order_of(pb.MakeRequest(env_id="gym:X-v0", num_envs=3, autoreset_mode=wire))
    assert (order.num_envs, order.autoreset_mode) == (3, mode)


def test_a_render_mode_for_windows_is_unsupported() -> None:
    with pytest.raises(Unsupported, match="human"):
        messages.order_of(pb.MakeRequest(env_id="gym:X-v0", render_mode="human"))


def test_deadlines_are_the_smaller_of_both_sides() -> None:
    theirs = pb.Deadlines(step=Duration(seconds=2, nanos=500_000_000), reset=Duration(seconds=99))
    deadlines = messages.deadlines_of(pb.MakeRequest(deadlines=theirs), Settings(step_deadline=10, reset_deadline=30))
    assert (deadlines.step, deadlines.reset, deadlines.make) == (2.5, 30, 30)


@pytest.mark.parametrize("seconds", [0, -1])
def test_a_deadline_that_has_passed_already_is_refused(seconds: int) -> None:
    theirs = pb.Deadlines(render=Duration(seconds=seconds))
    with pytest.raises(InvalidOptions, match=r"deadlines\.render"):
        messages.deadlines_of(pb.MakeRequest(deadlines=theirs), Settings())


def test_seeds_may_be_left_out_one_by_one_or_all() -> None:
    assert messages.seeds_of(pb.ResetRequest()) is None
    assert messages.seeds_of(pb.ResetRequest(seeds=[pb.Seed(value=0), pb.Seed()])) == [0, None]


def test_absent_options_are_none_and_empty_ones_are_empty() -> None:
    assert messages.options_of(pb.ResetRequest()) is None
    assert messages.options_of(pb.ResetRequest(options=encode_map({}))) == {}


def test_a_mask_is_an_array() -> None:
    mask = messages.mask_of(pb.ResetRequest(mask=encode_tensor(np.array([True, False]))))
    assert mask is not None
    assert mask.tolist() == [True, False]
    assert messages.mask_of(pb.ResetRequest()) is None


def test_bytes_that_make_no_value_are_the_callers_fault() -> None:
    with pytest.raises(InvalidAction, match="action"):
        messages.action_of(pb.StepRequest(action=BROKEN))
    with pytest.raises(InvalidOptions, match="options"):
        messages.options_of(pb.ResetRequest(options=value_pb2.Value.Map(keys=["x"], values=[BROKEN])))
    with pytest.raises(InvalidOptions, match="mask"):
        messages.mask_of(pb.ResetRequest(mask=BROKEN.tensor))
    with pytest.raises(InvalidOptions, match="kwargs"):
        messages.kwargs_of(value_pb2.Value.Map(keys=["x"]))


def test_spaces_of_a_batch_are_those_of_a_single_copy() -> None:
    message = pb.SpacesResponse()
    box, discrete = gymnasium.spaces.Box(0, 1, (2,)), gymnasium.spaces.Discrete(3)
    messages.write_spaces(message, Spec(box, discrete, 4, AutoresetMode.DISABLED, {"render_fps": 3, "f": print}))
    assert (decode_space(message.observation_space), decode_space(message.action_space)) == (box, discrete)
    assert (message.num_envs, message.autoreset_mode) == (4, pb.AUTORESET_MODE_DISABLED)
    assert decode_map(message.metadata) == {"render_fps": 3}


def test_the_batch_size_of_an_asynchronous_batch_goes_both_ways() -> None:
    asked = pb.MakeRequest(env_id="gym:X-v0", num_envs=4, batch_size=2)
    assert messages.order_of(asked).batch_size == 2
    asked.ClearField("batch_size")
    assert messages.order_of(asked).batch_size is None
    message, discrete = pb.SpacesResponse(), gymnasium.spaces.Discrete(3)
    messages.write_spaces(message, Spec(discrete, discrete, 4, AutoresetMode.NEXT_STEP, batch_size=2))
    assert message.batch_size == 2


def test_every_limit_of_the_contract_is_a_setting() -> None:
    message = pb.Limits()
    messages.write_limits(message, Settings(idle_time=1.5, max_sessions=7))
    assert (message.idle_time.ToTimedelta().total_seconds(), message.max_sessions) == (1.5, 7)
    assert all(message.HasField(f.name) for f in message.DESCRIPTOR.fields if f.message_type is not None)


def test_a_time_without_end_is_the_longest_that_the_contract_can_say() -> None:
    assert messages.duration(float("inf")).seconds == 315_576_000_000


def test_a_game_that_the_server_runs_has_its_hosts() -> None:
    host = HostStatus("y", pid=7, instances=4, restarts=1, rss_mb=50, steps=9, episodes=3, faults=2, uptime=8)
    (listed,) = messages.list_response([Offer("game:y", "y", 4, 0, (host,))]).envs
    (shown,) = listed.hosts
    assert (shown.pid, shown.instances, shown.restarts, shown.rss_mb) == (7, 4, 1, 50)
    assert (shown.steps, shown.episodes, shown.faults, shown.uptime) == (9, 3, 2, 8)


def test_what_is_made_on_demand_has_no_instances() -> None:
    listed = messages.list_response([Offer("gym:X-v0", "x"), Offer("game:y", "y", 4, 0)]).envs
    assert [env.HasField("instances") for env in listed] == [False, True]
    assert (listed[1].instances, listed[1].free) == (4, 0)
