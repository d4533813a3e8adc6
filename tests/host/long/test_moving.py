"""A gateway moves to another host while cameras send: two backups and two restores, by a key that cannot delete."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.host.gateway import Gateway
from tests.host.playbook import Operator
from tests.host.telling import Telling
from tests.host.test_78_backups import NEVER
from tests.host.test_80_taken_hosts import deployed, host_of
from tests.integration.gateway import free_ports

pytestmark = pytest.mark.timeout(1200, func_only=True)

PASSWORD = "four lenses and a strap"


@contextmanager
def store(folder: Path, port: int) -> Iterator[None]:
    """Serve a repository of restic as a store does whose key may read and add, and not delete."""
    rclone = Path(sys.executable).with_name("rclone")
    words = [str(rclone), "serve", "restic", "--append-only", "--addr", f"0.0.0.0:{port}", str(folder)]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            yield
        finally:
            server.terminate()


def with_backups(operator: Operator, port: int) -> Operator:
    repository = f"rest:http://{operator.machine.outside}:{port}/"
    operator.variables |= {"backup_repository": repository, "backup_password": PASSWORD, **NEVER}
    return operator


def back_up(gateway: Gateway) -> None:
    gateway.machine.run("systemctl start camspool-backup", timeout_s=300)


def ids(gateway: Gateway) -> set[str]:
    return {sidecar["id"] for sidecar in gateway.sidecars()}


def test_a_gateway_moves_while_cameras_send(
    checkout: Path, tmp_path_factory: pytest.TempPathFactory, telling: Telling
) -> None:
    (port,) = free_ports(1)
    with ExitStack() as stack:
        stack.enter_context(store(tmp_path_factory.mktemp("store"), port))
        hosts = [
            with_backups(stack.enter_context(host_of("trixie", checkout, tmp_path_factory.mktemp(name))), port)
            for name in ("former", "new")
        ]
        former, new = (deployed(operator, operator.play()) for operator in hosts)
        former.await_accepted(*former.send_many(20))
        back_up(former)
        first = new.operator.play(playbook="restore.yml")
        telling.add("moving: the first restore", first)
        assert first.status == 0 and ids(new) == ids(former), first.said
        # The name leads to the new host by now, which not every camera has heard of.
        former.await_accepted(*former.send_many(5))
        new.await_accepted(*new.send_many(5))
        back_up(former)
        second = new.operator.play(playbook="restore.yml")
        telling.add("moving: the second restore, of what came meanwhile", second)
        assert second.status == 0, second.said
        assert ids(former) < ids(new) and len(ids(new)) == 30
        assert new.machine.run("camspool audit", check=False).returncode == 0
        new.proves_itself()
        kept = former.machine.said("camspool-backup list")
        forgotten = former.machine.run("camspool-backup restic forget --keep-last 1", check=False, timeout_s=120)
        assert "unable to remove snapshot" in forgotten.stdout + forgotten.stderr, "the host's key can delete backups"
        assert former.machine.said("camspool-backup list") == kept
