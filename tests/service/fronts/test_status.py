from collections.abc import Iterator

import pytest
from google.rpc import code_pb2, error_details_pb2

from stepwire_bridge import faults
from stepwire_bridge.faults import Fault
from stepwire_service.fronts.status import CODES, status_of
from tests.service.harness import detail, error_info, reason

SAMPLES = [
    faults.UnknownEnv("game:snail", "Did you mean snake?"),
    faults.UnknownSession("session-1"),
    faults.NotReset("step"),
    faults.EpisodeOver([1, 2]),
    faults.OutOfOrder(3, 2, "a gap"),
    faults.Unsupported("render"),
    faults.ContractMismatch(2, 1),
    faults.TooLarge("the request", 3, 2, "max_message_bytes"),
    faults.SessionTaken("session-1"),
    faults.InvalidAction("action.x[1]", "7", "at most 3"),
    faults.InvalidOptions("seeds", "2 of them", "1"),
    faults.NotAuthenticated("no token"),
    faults.NotAllowed("another's session"),
    faults.GameGone("snake", "cable"),
    faults.GameSilent("snake", "step", 1.5),
    faults.GameNonsense("snake", "NaN", '{"type":"state"}'),
    faults.GameFailed("snake", "step", "TypeError: x"),
    faults.NoGameWaiting("snake", 2, 1),
    faults.AtCapacity("sessions", 4, "max_sessions"),
    faults.Draining(3.0),
    faults.SessionLost("session-1", "it was idle"),
]


def leaves(kind: type[Fault]) -> Iterator[type[Fault]]:
    below = kind.__subclasses__()
    for subclass in below:
        yield from leaves(subclass)
    if not below:
        yield kind


def test_every_fault_has_a_code_and_a_sample_here() -> None:
    known = {kind for kind in leaves(Fault) if kind.__module__ == faults.__name__}
    assert set(CODES) == known == {type(sample) for sample in SAMPLES}


@pytest.mark.parametrize("fault", SAMPLES, ids=lambda fault: fault.reason)
def test_a_fault_becomes_code_message_reason_and_data(fault: Fault) -> None:
    status = status_of(fault)
    assert status.code == CODES[type(fault)] != code_pb2.INTERNAL
    assert status.message == str(fault)
    info = error_info(status)
    assert (info.reason, info.domain, dict(info.metadata)) == (fault.reason, "stepwire", fault.data)


def test_only_a_draining_server_is_unavailable() -> None:
    assert [kind for kind, code in CODES.items() if code == code_pb2.UNAVAILABLE] == [faults.Draining]


@pytest.mark.parametrize("fault", [SAMPLES[9], SAMPLES[10]], ids=lambda fault: fault.reason)
def test_what_is_wrong_with_a_field_is_a_bad_request(fault: faults.InvalidAction) -> None:
    violation = detail(status_of(fault), error_details_pb2.BadRequest).field_violations[0]
    assert violation.field == fault.field
    assert fault.expected in violation.description
    assert fault.given in violation.description


@pytest.mark.parametrize("fault", SAMPLES, ids=lambda fault: fault.reason)
def test_whoever_may_come_back_is_told_when(fault: Fault) -> None:
    status = status_of(fault)
    told = any(packed.Is(error_details_pb2.RetryInfo.DESCRIPTOR) for packed in status.details)
    assert told is (fault.retry_after is not None)
    if told:
        assert detail(status, error_details_pb2.RetryInfo).retry_delay.ToSeconds() == fault.retry_after


def test_the_longest_fault_fits_into_trailers() -> None:
    long = "\N{SNOWMAN}" * 100_000
    for fault in (faults.GameNonsense(long, long, long), faults.InvalidAction(long, long, long)):
        status = status_of(fault)
        percent_encoded = 3 * len(status.message.encode())
        in_base64 = 4 * len(status.SerializeToString()) / 3
        assert percent_encoded + in_base64 < 8192 - 512
        assert status.message.endswith("…")


def test_an_exception_that_is_no_fault_is_our_bug_and_stays_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    status = status_of(KeyError("secret"))
    assert status.code == code_pb2.INTERNAL
    assert "secret" not in str(status)
    assert reason(status) == ""
    assert "KeyError: 'secret'" in caplog.text


def test_text_that_is_no_unicode_is_told_all_the_same() -> None:
    assert "?" in status_of(faults.NotAllowed("\ud800")).message


def test_a_games_words_cannot_command_a_terminal() -> None:
    status = status_of(faults.GameFailed("snake", "step", "one\x1b[2J\0\n\ttwo\x9b"))
    assert r"one\x1b[2J\x00" + "\n\ttwo" + r"\x9b" in status.message
    assert error_info(status).metadata["error"] == r"one\x1b[2J\x00" + "\n\ttwo" + r"\x9b"
