from stepwire_bridge.faults import SessionLost, UnknownSession
from stepwire_service.sessions.graves import REMEMBERED, Graves, new_session_id
from stepwire_service.sessions.session import Identity


def identity(number: int) -> Identity:
    return Identity(f"session-{number:016x}", b"key", number.to_bytes(16, "big"), "owner", "gym:X-v0")


def test_whoever_returns_with_the_key_learns_what_became_of_the_session() -> None:
    graves = Graves()
    graves.bury(identity(1), "it rained")
    fault = graves.fault(identity(1).session_id, b"key")
    assert isinstance(fault, SessionLost)
    assert fault.why == "it rained"


def test_whoever_returns_with_a_wrong_key_learns_nothing() -> None:
    graves = Graves()
    graves.bury(identity(1), "it rained")
    assert isinstance(graves.fault(identity(1).session_id, b"guess"), UnknownSession)


def test_an_id_in_our_form_may_be_another_servers() -> None:
    assert isinstance(Graves().fault(new_session_id(), b"key"), SessionLost)


def test_an_id_that_nobody_gives_out_is_unknown() -> None:
    for name in ("", "session-1", "session-zzzzzzzzzzzzzzzz", f"{new_session_id()}0", "\N{SNOWMAN}"):
        assert isinstance(Graves().fault(name, b"key"), UnknownSession)


def test_a_make_key_is_remembered_for_its_owner_alone() -> None:
    graves = Graves()
    graves.bury(identity(1), "it rained")
    lost = graves.of_make_key("owner", identity(1).make_key)
    assert lost is not None
    assert lost.session_id == identity(1).session_id
    assert graves.of_make_key("other", identity(1).make_key) is None


def test_only_so_many_are_remembered() -> None:
    graves = Graves()
    for number in range(REMEMBERED + 1):
        graves.bury(identity(number), "it rained")
    oldest, newest = (graves.fault(identity(n).session_id, b"key") for n in (0, REMEMBERED))
    assert isinstance(oldest, SessionLost)
    assert isinstance(newest, SessionLost)
    assert (oldest.why == "it rained", newest.why == "it rained") == (False, True)
    assert graves.of_make_key("owner", identity(0).make_key) is None
