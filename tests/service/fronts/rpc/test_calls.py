import pytest

from stepwire.v1 import env_service_pb2 as pb
from stepwire_bridge.faults import ContractMismatch, InvalidOptions, NotAuthenticated
from stepwire_service.fronts.rpc.calls import admit, parse


def test_a_call_belongs_to_its_token() -> None:
    assert admit([("authorization", "Bearer b")], ("a", "b")) == "b"
    assert admit([("authorization", b"Bearer b")], ("a", "b")) == "b"


def test_a_call_without_a_token_comes_in_where_none_is_wanted() -> None:
    assert admit([], ()) == ""
    with pytest.raises(NotAuthenticated):
        admit([], ("a",))


@pytest.mark.parametrize(("contract", "theirs"), [("2", 2), ("0", 0), ("latest", 0), ("", 0), ("1" * 5000, 0)])
def test_whoever_says_another_contract_version_is_sent_away(contract: str, theirs: int) -> None:
    with pytest.raises(ContractMismatch) as caught:
        admit([("stepwire-contract", contract)], ())
    assert (caught.value.theirs, caught.value.ours) == (theirs, 1)


def test_the_token_is_asked_for_first() -> None:
    with pytest.raises(NotAuthenticated):
        admit([("stepwire-contract", "2")], ("a",))


def test_a_request_is_read_and_junk_is_refused_by_the_name_of_what_was_expected() -> None:
    request = pb.MakeRequest(env_id="gym:CartPole-v1")
    assert parse(pb.MakeRequest, request.SerializeToString()) == request
    with pytest.raises(InvalidOptions, match="request: expected a MakeRequest, given bytes that are no message"):
        parse(pb.MakeRequest, b"\xff\xff")
