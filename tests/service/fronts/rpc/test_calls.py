import pytest

from stepwire_bridge.faults import ContractMismatch, NotAuthenticated
from stepwire_service.fronts.rpc.calls import admit


def test_a_call_belongs_to_its_token() -> None:
    assert admit([("authorization", "Bearer b")], ("a", "b")) == "b"
    assert admit([("authorization", b"Bearer b")], ("a", "b")) == "b"


def test_a_call_without_a_token_comes_in_where_none_is_wanted() -> None:
    assert admit([], ()) == ""
    with pytest.raises(NotAuthenticated):
        admit([], ("a",))


@pytest.mark.parametrize(("contract", "theirs"), [("2", 2), ("0", 0), ("latest", 0), ("", 0)])
def test_whoever_says_another_contract_version_is_sent_away(contract: str, theirs: int) -> None:
    with pytest.raises(ContractMismatch) as caught:
        admit([("stepwire-contract", contract)], ())
    assert (caught.value.theirs, caught.value.ours) == (theirs, 1)


def test_the_token_is_asked_for_first() -> None:
    with pytest.raises(NotAuthenticated):
        admit([("stepwire-contract", "2")], ("a",))
