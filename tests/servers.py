"""Real servers on loopback: OpenSSH's, and WordPress with MariaDB; each as this test's own user."""

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 60  # seconds until a server answers


def free_port() -> int:
    """Give a port of loopback on which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def wait_for(answers: Callable[[], bool], what: str) -> None:
    """Wait until a server answers; fail with its name when it does not."""
    end = time.monotonic() + PATIENCE
    while not answers():
        assert time.monotonic() < end, f"{what} does not answer"
        time.sleep(0.1)


def listens(port: int) -> bool:
    """Whether somebody takes connections on a port of loopback."""
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def running(command: list[str], log: Path, **options: object) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the end of the block, with what it says in a file."""
    with log.open("ab") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, **options)  # type: ignore[call-overload]  # its options are Popen's
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


# --- OpenSSH ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sshd:
    """A server for this user on loopback; ``config`` is the client's way to it."""

    port: int
    config: Path
    known_hosts: Path
    home: Path

    def target(self, folder: Path, *, sftp: bool = False) -> str:
        """Give what one writes after ``--to``."""
        kind = "sftp" if sftp else "ssh"
        return f"{kind}://{getpass.getuser()}@127.0.0.1:{self.port}{folder}"


SERVER = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {home}/host_key
AuthorizedKeysFile {home}/user_key.pub
PidFile {home}/pid
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
MaxStartups 100
Subsystem sftp internal-sftp
{more}
"""
CLIENT = """\
Host *
  IdentityFile {home}/user_key
  IdentitiesOnly yes
  UserKnownHostsFile {home}/known_hosts
  GlobalKnownHostsFile /dev/null
"""


@contextmanager
def sshd(home: Path, *, sftp_only: bool = False) -> Iterator[Sshd]:
    """Start OpenSSH's server with keys of its own; ``sftp_only`` lets nobody run a command."""
    home.mkdir(parents=True)
    port = free_port()
    for name in ("host_key", "user_key"):
        make_key(home / name)
    more = "ForceCommand internal-sftp" if sftp_only else ""
    (home / "sshd_config").write_text(SERVER.format(port=port, home=home, more=more))
    (home / "ssh_config").write_text(CLIENT.format(home=home))
    trust(home / "known_hosts", port, home / "host_key.pub")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # where it locks its helpers in
    program = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program, "openssh-server is not installed"
    with running([program, "-D", "-e", "-f", str(home / "sshd_config")], home / "log"):
        wait_for(lambda: listens(port), "sshd")
        yield Sshd(port, home / "ssh_config", home / "known_hosts", home)


def make_key(path: Path) -> None:
    """Make a pair of keys without a password."""
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path], check=True)


def trust(known_hosts: Path, port: int, key: Path) -> None:
    """Let the client know a server by its public key."""
    known_hosts.write_text(f"[127.0.0.1]:{port} {key.read_text()}")
