import pytest

from stepwire_bridge.faults import OutOfOrder
from stepwire_service.sessions import Replies


def answered(count: int, *, max_count: int = 64, max_bytes: int = 1000, size: int = 10) -> Replies:
    replies = Replies(max_count, max_bytes)
    for number in range(1, count + 1):
        assert replies.admit(number, 0)
        replies.keep(number, bytes([number]) * size)
    return replies


def test_numbers_that_grow_by_one_are_new() -> None:
    replies = answered(3)
    assert replies.next_number == 4
    assert replies.admit(4, 3)


def test_a_number_that_comes_again_is_not_new_and_has_its_reply() -> None:
    replies = answered(3)
    assert not replies.admit(2, 0)
    assert replies.get(2) == bytes([2]) * 10


def test_a_number_that_comes_again_while_it_is_executed_has_no_reply_yet() -> None:
    replies = Replies(64, 1000)
    assert replies.admit(1, 0)
    assert not replies.admit(1, 0)
    assert replies.get(1) is None


@pytest.mark.parametrize("number", [0, 5, 6, 2**63])
def test_a_gap_is_out_of_order_and_names_the_expected_number(number: int) -> None:
    replies = answered(3)
    with pytest.raises(OutOfOrder) as caught:
        replies.admit(number, 0)
    assert (caught.value.number, caught.value.expected) == (number, 4)
    assert replies.admit(4, 0)


def test_an_acknowledged_reply_is_forgotten_and_its_number_refused() -> None:
    replies = answered(3)
    assert replies.admit(4, 2)
    with pytest.raises(OutOfOrder, match="forgotten"):
        replies.admit(2, 2)
    assert not replies.admit(3, 2)


@pytest.mark.parametrize("acked", [4, 100])
def test_nobody_can_acknowledge_what_was_not_asked(acked: int) -> None:
    with pytest.raises(OutOfOrder, match="acked"):
        answered(3).admit(4, acked)


def test_nobody_can_acknowledge_what_was_not_answered() -> None:
    replies = answered(2)
    replies.admit(3, 0)
    with pytest.raises(OutOfOrder, match="not been answered"):
        replies.admit(4, 3)


def test_too_many_unacknowledged_replies_stop_new_requests_until_some_are_acknowledged() -> None:
    replies = answered(4, max_count=4)
    with pytest.raises(OutOfOrder, match=r"4 replies .*max_unacked_replies"):
        replies.admit(5, 0)
    assert not replies.admit(4, 0)
    assert replies.admit(5, 1)


def test_too_many_unacknowledged_bytes_stop_new_requests_until_some_are_acknowledged() -> None:
    replies = answered(2, max_bytes=20)
    with pytest.raises(OutOfOrder, match=r"20 bytes .*max_unacked_bytes"):
        replies.admit(3, 0)
    assert replies.admit(3, 1)


def test_an_acknowledgement_counts_even_where_the_request_came_before() -> None:
    replies = answered(4, max_count=4)
    assert not replies.admit(4, 3)
    assert replies.admit(5, 3)
