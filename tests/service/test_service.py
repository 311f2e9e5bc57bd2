import subprocess
import sys

import pytest

from stepwire_service.server import Server
from stepwire_service.service import service
from stepwire_service.settings import Settings
from stepwire_service.workers import Workers


@pytest.mark.parametrize(("workers", "kind"), [(1, Server), (2, Workers)])
def test_one_worker_is_this_process_and_more_are_processes_of_their_own(workers: int, kind: type) -> None:
    assert isinstance(service(Settings(workers=workers)), kind)


def test_the_parent_of_workers_loads_no_grpc() -> None:
    program = (
        "import sys\n"
        "from stepwire_service.cli import serve\n"
        "from stepwire_service.service import service\n"
        "from stepwire_service.settings import Settings\n"
        "service(Settings(workers=2))\n"
        "sys.exit('grpc' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
