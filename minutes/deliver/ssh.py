"""A site brought to a server over SSH with the system's own clients: rsync, or SFTP without it.

Host keys are checked and nothing asks for a password. New pages come first, the front page after
all of them, and only then does what is gone go: an interrupted run leaves whole pages that lead to
whole pages, and the next one sends what is missing.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from minutes.deliver import manifest
from minutes.deliver.manifest import FRONT, RECORD, Changes, Parcel, Watch
from minutes.deliver.targets import Server
from minutes.problems.errors import Fault

SETTINGS = ("BatchMode=yes", "StrictHostKeyChecking=yes", "ConnectTimeout=20")
ALIVE = ("ServerAliveInterval=15", "ServerAliveCountMax=4")


@dataclass(frozen=True)
class Line:
    """The way to a server; ``config`` is an SSH configuration other than the user's own."""

    server: Server
    config: Path | None = None

    def options(self, port: str) -> list[str]:
        """Give the options of the SSH clients; ``port`` is their letter for it."""
        config = ["-F", str(self.config)] if self.config else []
        number = [port, str(self.server.port)] if self.server.port else []
        settings = (part for setting in (*SETTINGS, *ALIVE) for part in ("-o", setting))
        return [*config, *settings, *number]


def publish(
    line: Line, site: Parcel, watch: Watch, *, allow_removal: bool = False, dry: bool = False
) -> Changes:
    """Make the server's folder hold the site; with ``dry`` only say what would be done.

    Raises Fault, D383 to D389; what was there before is then whole, and the next run finishes.
    """
    if not shutil.which("ssh"):
        raise Fault("D384", names="ssh")
    if not line.server.by_sftp and _has_rsync() and (there := _looked_at(line)):
        return _by_rsync(line, site, watch, there, allow_removal=allow_removal, dry=dry)
    if not shutil.which("sftp"):
        raise Fault("D384", names="rsync, sftp")
    return _by_sftp(line, site, watch, allow_removal=allow_removal, dry=dry)


def _has_rsync() -> bool:
    """Whether this machine has an rsync that reads our folders; it takes ``C:`` for a server."""
    return sys.platform != "win32" and shutil.which("rsync") is not None


class There(NamedTuple):
    """What is in the server's folder: the record, if any, and the links by their names below it."""

    record: dict[str, str] | None
    links: set[str]


def _looked_at(line: Line) -> There | None:
    """Look at what is there; None where the server has no rsync, or runs no commands for us."""
    path, record = _in_shell(line.server.path), _in_shell(_record_of(line))
    told = _asked(
        line,
        f"rsync --version; printf '\\0'; cat -- {record} 2>/dev/null; printf '\\0'; "
        f"cd -- {path} 2>/dev/null && find . -type l; true",
    )
    version, _, rest = told.partition("\0")
    kept, _, links = rest.partition("\0")
    if not version.startswith("rsync "):
        return None
    names = {one.removeprefix("./") for one in links.splitlines()}
    return There(manifest.read_record(kept.encode()), names)


def _asked(line: Line, words: str) -> str:
    """Let the server's shell do something; gives what it printed, nothing where it will not."""
    done = subprocess.run(
        ["ssh", *line.options("-p"), "--", line.server.name, words],
        env=_plain(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode == 255 and "exec request failed" not in done.stderr:
        raise _fault(line, done.stderr)
    return "" if done.returncode else done.stdout


# --- rsync ------------------------------------------------------------------------------------

# Content is compared, not times, which every build makes anew; rights are what the web needs.
ALIKE = ("-r", "--checksum", "--chmod=D755,F644", "--protect-args", "--itemize-changes")
# What belongs to the server stays; what killed runs left behind does not.
LEFTOVERS = ("R .~tmp~/", "R .~tmp~/**")
BELONGING = (*(f"--filter={rule}" for rule in LEFTOVERS), "--exclude=.*")


def _by_rsync(
    line: Line, site: Parcel, watch: Watch, there: There, *, allow_removal: bool, dry: bool
) -> Changes:
    record = there.record
    rows = _rsync(line, site, ["--dry-run", "--delete"])
    _refuse_in_the_way(line, site, rows, there.links)
    found, leftovers = _compared(rows, record)
    count = len(site.digests) - len(found.added) + len(found.removed)
    manifest.guard(found.removed, count, allowed=allow_removal)
    if dry or not (found.count or leftovers or record != site.digests):
        return found
    touched = [*found.added, *found.changed]
    _keep_record(line, {**(record or {}), **dict.fromkeys(touched, "")})
    if touched:
        _rsync(line, site, ["--delay-updates", f"--exclude=/{FRONT}"], watch, len(touched))
        _rsync(line, site, [])
    if found.removed or leftovers:
        _remove(line, site, found.removed)
    _keep_record(line, site.digests)
    return found


def _refuse_in_the_way(line: Line, site: Parcel, rows: Sequence[str], links: set[str]) -> None:
    """Raise Fault (D451) where a folder of ours meets somebody's link, or a file a folder.

    rsync would put a folder in the place of the link, and say nothing.
    """
    gone = (row.partition(" ")[2].strip() for row in rows if row.startswith("*deleting"))
    meets = links & manifest.folders_of(site.digests)
    if taken := sorted(meets | (manifest.folders_of(gone) & site.digests.keys())):
        raise Fault("D451", path=f"{line.server.path}/{taken[0]}")


def _record_of(line: Line) -> str:
    return f"{line.server.path}/{RECORD}"


def _keep_record(line: Line, record: Mapping[str, str]) -> None:
    """Write down there what is brought, before and after: nothing else is ever removed.

    Makes the folder, for rsync makes no more than the last part of its path.
    """
    folder, place = _in_shell(line.server.path), _in_shell(_record_of(line))
    part = _in_shell(f"{_record_of(line)}.part")
    words = f"mkdir -p -- {folder} && cat > {part} && chmod 644 {part} && mv -f -- {part} {place}"
    done = subprocess.run(
        ["ssh", *line.options("-p"), "--", line.server.name, words],
        env=_plain(),
        input=manifest.written_record(record),
        capture_output=True,
        check=False,
    )
    said = done.stderr.decode("utf-8", "replace")
    if done.returncode == 255:
        raise _fault(line, said)
    if done.returncode:
        detail = " ".join(said.split("\n")[:1])
        raise Fault("D389", host=line.server.host, path=line.server.path, detail=detail)


def _remove(line: Line, site: Parcel, names: Sequence[str]) -> None:
    """Let rsync take away these files and the folders that this empties, and nothing else."""
    emptied = manifest.folders_of(names) - manifest.folders_of(site.digests)
    gone = [*names, *(f"{folder}/" for folder in sorted(emptied))]
    with tempfile.TemporaryDirectory() as folder:
        rules = Path(folder, "rules")
        ours = [*LEFTOVERS, *(f"R /{_as_pattern(name)}" for name in gone)]
        rules.write_text("\n".join([*ours, "P *", ""]), "utf-8")
        _rsync(line, site, ["--delete-after", f"--filter=merge {rules}"])


def _as_pattern(name: str) -> str:
    """Give a name as a rule of rsync holds it: what is special inside is meant as it stands."""
    return re.sub(r"([\\*?\[])", r"\\\1", name) if re.search(r"[*?\[]", name) else name


def _rsync(
    line: Line, site: Parcel, more: Sequence[str], watch: Watch | None = None, of: int = 0
) -> list[str]:
    """Run rsync over the whole site; gives what it says of each file."""
    place = f"{line.server.name}:{line.server.path}/"
    source = f"{site.root.resolve()}/"
    command = ["rsync", *ALIKE, *more, *BELONGING, *_way(line), "--", source, place]
    rows: list[str] = []
    for row in _talk(line, command):
        rows.append(row)
        if watch and row.startswith("<f"):
            watch(min(len(rows), of), of, row[12:])
    return rows


def _way(line: Line) -> tuple[str, str]:
    """Give the options that tell rsync how to reach the server."""
    return "-e", " ".join(["ssh", *map(_quoted, line.options("-p"))])


def _quoted(part: str) -> str:
    """Give a part of a command as rsync splits it."""
    return f"'{part}'" if " " in part else part


def _compared(rows: Iterable[str], record: Mapping[str, str] | None) -> tuple[Changes, bool]:
    """Read what rsync would do: ``<f+++++++++ name`` new, ``<fc… name`` other, ``*deleting``.

    Of what the site has not, only that goes which the record names. Besides the changes gives
    whether killed runs left something behind.
    """
    found: dict[str, list[str]] = {"new": [], "other": [], "gone": []}
    for row in rows:
        deed, _, name = row.partition(" ")
        if deed == "*deleting" and not name.endswith("/"):
            found["gone"].append(name.strip())
        elif deed.startswith("<f"):
            found["new" if "+++" in deed else "other"].append(name)
    shown = sorted(name for name in found["gone"] if not manifest.is_hidden(name))
    gone = tuple(name for name in shown if name in (record or ()))
    kept = tuple(name for name in shown if name not in (record or ()))
    new, other = tuple(sorted(found["new"])), tuple(sorted(found["other"]))
    changes = Changes(new, other, gone, kept, record is None and bool(kept))
    return changes, len(shown) < len(found["gone"])


def _in_shell(path: str) -> str:
    """Give a path as one word of the server's shell, which may begin at its home."""
    home, rest = ("~/", path[2:]) if path.startswith("~/") else ("", path)
    quoted = rest.replace("'", "'\\''")
    return f"{home}'{quoted}'"


# --- SFTP -------------------------------------------------------------------------------------


def _by_sftp(line: Line, site: Parcel, watch: Watch, *, allow_removal: bool, dry: bool) -> Changes:
    there = _record(line)
    found = manifest.changes(there, site.digests)
    manifest.guard(found.removed, len(there), allowed=allow_removal)
    if dry or not found.count:
        return found
    touched = {*found.added, *found.changed}
    names = [name for name in site.in_order() if name in touched]
    # before the first file: what is being replaced counts as unknown until the end
    on_the_way = {**there, **dict.fromkeys(names, "")}
    _put_record(line, on_the_way, folders=_folders(line.server.path, names))
    _batch(line, _uploads(site, names), watch, len(names))
    _batch(line, [f"-rm {_in_quotes(name)}" for name in found.removed])
    _put_record(line, site.digests)
    return found


def _record(line: Line) -> dict[str, str]:
    """Read what was sent before; nothing where no record is."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "record.json")
        command = f"-get {_in_quotes(_record_of(line))} {_in_quotes(place.as_posix())}"
        _sftp(line, [command])
        return (manifest.read_record(place.read_bytes()) if place.exists() else None) or {}


def _put_record(line: Line, record: Mapping[str, str], folders: Sequence[str] = ()) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "record.json")
        place.write_bytes(manifest.written_record(record))
        made = [f"-mkdir {_in_quotes(name)}" for name in folders]
        _sftp(line, [*made, f"cd {_in_quotes(line.server.path)}", *_upload(place, RECORD)])


def _folders(root: str, names: Iterable[str]) -> list[str]:
    """Give every folder that the files need, outer ones first."""
    start = PurePosixPath(root)
    wanted = {start, *start.parents}
    for name in names:
        wanted |= {p for p in (start / name).parents if p.is_relative_to(start)}
    return [str(p) for p in sorted(wanted, key=lambda p: (len(p.parts), p)) if p.name]


def _uploads(site: Parcel, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from _upload(site.root / name, name)


def _upload(source: Path, name: str) -> tuple[str, str, str]:
    """Send one file under another name, then let it take its place at once."""
    place = _in_quotes(f"{name}.part")
    return (
        f"put {_in_quotes(source.resolve().as_posix())} {place}",
        f"-chmod 644 {place}",
        f"rename {place} {_in_quotes(name)}",
    )


def _batch(line: Line, commands: Iterable[str], watch: Watch | None = None, of: int = 0) -> None:
    _sftp(line, [f"cd {_in_quotes(line.server.path)}", *commands], watch, of)


def _sftp(line: Line, commands: Sequence[str], watch: Watch | None = None, of: int = 0) -> None:
    """Let sftp do what is written; a command with ``-`` before it may fail."""
    with tempfile.TemporaryDirectory() as folder:
        batch = Path(folder, "batch")
        batch.write_text("".join(f"{command}\n" for command in commands), "utf-8")
        done = 0
        options = [*line.options("-P"), "-b", str(batch)]
        for row in _talk(line, ["sftp", *options, "--", line.server.name]):
            if watch and row.startswith("sftp> rename "):
                done += 1
                watch(done, of, row.rpartition(" ")[2].strip('"'))


def _in_quotes(name: str) -> str:
    """Give a name as a batch of sftp holds it: what is special inside is meant as it stands."""
    return '"' + re.sub(r'(["\\*?\[\]])', r"\\\1", name) + '"'


# --- what went wrong --------------------------------------------------------------------------


def _plain() -> dict[str, str]:
    """Give the environment in which the clients speak English, for their words are read."""
    return {**os.environ, "LC_ALL": "C.UTF-8"}


def _talk(line: Line, command: Sequence[str]) -> Iterator[str]:
    """Run a client and go through the rows that it prints; raises Fault with why it failed."""
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=_plain(),
            encoding="utf-8",
            errors="replace",
        )
        with process:
            yield from (row.rstrip("\r\n") for row in process.stdout or ())
        if process.returncode:
            errors.seek(0)
            raise _fault(line, errors.read().decode("utf-8", "replace"))


def _fault(line: Line, said: str) -> Fault:
    """Tell from the words of a client what is wrong."""
    host, rows = line.server.host, [row.strip() for row in said.splitlines() if row.strip()]
    named = f"[{host}]:{line.server.port}" if line.server.port else host
    if "HOST IDENTIFICATION HAS CHANGED" in said:
        return Fault("D386", host=named, command=f'ssh-keygen -R "{named}"')
    if "Host key verification failed" in said or "key is known for" in said:
        port = f" -p {line.server.port}" if line.server.port else ""
        return Fault("D385", host=named, command=f"ssh{port} {line.server.name}")
    if refused := _row(rows, REFUSED):
        return Fault("D387", host=named, detail=refused)
    if full := _row(rows, FULL) or (not _row(rows, BROKEN) and _row(rows, UNWRITABLE)):
        return Fault("D389", host=named, path=line.server.path, detail=full)
    return Fault("D388", host=named, detail=_row(rows, BROKEN) or " ".join(rows[:1]))


# What the clients and the systems below them say, as patterns.
REFUSED = r"Permission denied \([a-z]|Too many authentication failures"
FULL = r"No space left|[Qq]uota exceeded|Read-only file system|Permission denied"
BROKEN = (
    r"Connection (?:refused|closed|reset|timed out)|Could not resolve|Broken pipe|"
    r"connection unexpectedly closed|[Tt]imeout|No route to host|unreachable"
)
UNWRITABLE = r"No such file|[Nn]ot a directory|Failure|[Cc]ouldn't|failed"


def _row(rows: Sequence[str], pattern: str) -> str:
    """Give the first row in which the pattern is found."""
    return next((row for row in rows if re.search(pattern, row)), "")
