import subprocess
import sys

import pytest

import stepwire_service


def test_importing_the_package_loads_no_grpc() -> None:
    program = "import sys, stepwire_service.settings; sys.exit('grpc' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], timeout=30, check=False).returncode == 0


def test_embedded_is_there_when_it_is_asked_for_however_often() -> None:
    program = (
        "from stepwire_service import embedded; import stepwire_service.embedding; "
        "from stepwire_service import embedded as again; assert embedded is again and callable(embedded)"
    )
    assert subprocess.run([sys.executable, "-c", program], timeout=30, check=False).returncode == 0


def test_anything_else_is_not_there() -> None:
    with pytest.raises(AttributeError, match="colour"):
        stepwire_service.colour  # noqa: B018
