"""Where a publication goes, as one writes it after ``--to``."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from minutes.problems.errors import Fault

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_USER = r"(?P<user>[A-Za-z0-9_][A-Za-z0-9_.-]*)"
_HOST = r"(?P<host>[A-Za-z0-9][A-Za-z0-9.-]*)"
_SHORT = re.compile(rf"{_USER}@{_HOST}:(?P<path>[^\x00-\x1f]+)")
_LONG = re.compile(
    rf"(?:ssh|sftp)://{_USER}@{_HOST}(?::(?P<port>[0-9]{{1,5}}))?(?P<path>/[^\x00-\x1f]+)"
)


class Folder(NamedTuple):
    """A folder that this computer can write to, a network drive among them."""

    path: Path


@dataclass(frozen=True)
class Server:
    """A folder of a server that is reached over SSH; ``port`` 0 is what SSH itself is set to."""

    user: str
    host: str
    path: str
    port: int = 0
    by_sftp: bool = False

    @property
    def name(self) -> str:
        """What people call it: ``user@host``."""
        return f"{self.user}@{self.host}"


class WordPress(NamedTuple):
    """A WordPress site, by the address of its front page, without a slash at the end."""

    address: str
    user: str = ""


Target = Folder | Server | WordPress


def read(text: str) -> Target:
    """Understand ``folder:/path``, ``user@host:/path``, ``sftp://…`` or ``https://…``.

    Raises Fault (D380), also for a secret inside an address, and D381 for an unencrypted site.
    """
    if text.startswith("folder:") and text != "folder:":
        return Folder(Path(text.removeprefix("folder:")).expanduser())
    if text.startswith(("https://", "http://")):
        return _wordpress(text)
    if match := _LONG.fullmatch(text) or _SHORT.fullmatch(text):
        parts = match.groupdict()
        port, by_sftp = int(parts.get("port") or 0), text.startswith("sftp:")
        return Server(parts["user"], parts["host"], _folder(text, parts["path"]), port, by_sftp)
    raise Fault("D380", to=_without_secret(text))


def _folder(text: str, path: str) -> str:
    """Give a server's folder without a slash at its end; never the whole disk."""
    if not path.strip("/.~"):
        raise Fault("D380", to=_without_secret(text))
    return path.rstrip("/")


def _wordpress(text: str) -> WordPress:
    parts = urlsplit(text)
    if not parts.hostname or parts.password is not None or parts.query or parts.fragment:
        raise Fault("D380", to=_without_secret(text))
    if parts.scheme == "http" and parts.hostname not in LOCAL:
        raise Fault("D381", to=text)
    address = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}".rstrip("/")
    return WordPress(address, unquote(parts.username or ""))


def _without_secret(text: str) -> str:
    """Give an address as it may be shown: without what stands before its last ``@``."""
    _, at, rest = text.rpartition("@")
    return f"…{at}{rest}" if at else text
