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


# --- WordPress --------------------------------------------------------------------------------


@dataclass(frozen=True)
class WordPress:
    """A site on loopback with an author and that author's application password."""

    address: str
    user: str
    password: str
    root: Path

    def php(self, script: str, before: str = "") -> str:
        """Let PHP do something inside WordPress; gives what it prints."""
        host = self.address.removeprefix("http://")
        start = f"$_SERVER['HTTP_HOST'] = '{host}'; {before} require '{self.root}/wp-load.php'; "
        command = ["php", "-d", "display_errors=stderr", "-r", start + script]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


CONFIG = """<?php
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:{socket}');
define('DB_CHARSET', 'utf8mb4');
define('AUTH_KEY', 'a'); define('SECURE_AUTH_KEY', 'b'); define('LOGGED_IN_KEY', 'c');
define('NONCE_KEY', 'd'); define('AUTH_SALT', 'e'); define('SECURE_AUTH_SALT', 'f');
define('LOGGED_IN_SALT', 'g'); define('NONCE_SALT', 'h');
define('WP_HOME', '{address}'); define('WP_SITEURL', '{address}');
define('WP_ENVIRONMENT_TYPE', 'local');
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true);
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
INSTALL = """
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('อำเภอตัวอย่าง', 'admin', 'admin@example.org', true, '', 'admin password');
"""
AUTHOR = """
$fields = ['user_login' => 'clerk', 'user_pass' => 'x', 'role' => 'author'];
$id = wp_insert_user($fields + ['user_email' => 'clerk@example.org']);
$made = WP_Application_Passwords::create_new_application_password($id, ['name' => 'minutes']);
echo $made[0];
"""


@contextmanager
def mariadb(home: Path) -> Iterator[Path]:
    """Start MariaDB with an empty database ``wordpress``; gives its socket."""
    home.mkdir(parents=True)
    data, user, socket_ = home / "data", f"--user={getpass.getuser()}", home / "socket"
    made = ["mariadb-install-db", "--no-defaults", f"--datadir={data}", user]
    made += ["--auth-root-authentication-method=normal", "--skip-test-db"]
    subprocess.run(made, check=True, capture_output=True)
    program = shutil.which("mariadbd", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program, "mariadb-server is not installed"
    command = [program, "--no-defaults", f"--datadir={data}", user, f"--socket={socket_}"]
    with running([*command, "--skip-networking", f"--pid-file={home}/pid"], home / "log"):
        client = ["mariadb", "--no-defaults", "-u", "root", f"--socket={socket_}", "-e"]
        create = [*client, "CREATE DATABASE IF NOT EXISTS wordpress CHARACTER SET utf8mb4"]
        wait_for(lambda: not subprocess.run(create, capture_output=True).returncode, "mariadbd")
        yield socket_


@contextmanager
def web(site: WordPress) -> Iterator[None]:
    """Let PHP's own server answer for a site."""
    host = site.address.removeprefix("http://")
    limits = ["-d", "upload_max_filesize=32M", "-d", "post_max_size=32M"]
    command = ["php", *limits, "-S", host, "-t", str(site.root)]
    with running(command, site.root.parent / "log"):
        wait_for(lambda: listens(int(host.rpartition(":")[2])), "php")
        yield


@contextmanager
def wordpress(home: Path) -> Iterator[WordPress]:
    """Install Debian's WordPress into a folder; nobody answers for it until ``web`` does."""
    root, address = home / "www", f"http://127.0.0.1:{free_port()}"
    shutil.copytree("/usr/share/wordpress", root, symlinks=True)
    with mariadb(home / "mariadb") as socket_:
        (root / "wp-config.php").write_text(CONFIG.format(socket=socket_, address=address))
        bare = WordPress(address, "clerk", "", root)
        bare.php(INSTALL, "define('WP_INSTALLING', true);")
        yield WordPress(address, "clerk", bare.php(AUTHOR), root)
