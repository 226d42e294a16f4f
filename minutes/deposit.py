"""A meeting's signed minutes put into the archive, with all that they were made from.

The text that was built and the copy that was signed are tied together by the codes on the pages,
or the difference is said: then nothing is kept, unless a person has looked and says so.
"""

import json
import os
import platform
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from minutes.archive import bags, index, location, scans, signed_copies, vault
from minutes.archive.bags import Content
from minutes.archive.index import Held
from minutes.archive.scans import Expected, Leaf
from minutes.archive.vault import Kept, Vault, Version
from minutes.build import pipeline, review, staleness
from minutes.documents.pages import Kind
from minutes.meetings import folders
from minutes.meetings.proceedings import Proceedings
from minutes.model import pictures
from minutes.model.meeting import Attachment, Image
from minutes.paths import FONTS, ROOT
from minutes.problems.errors import Fault, MinutesError, Problem, problem
from minutes.thai import dates

SIGNED, ORIGINAL, SCAN, BUILT_WITH, VERIFIED = (
    "signed.pdf",
    "scan-original.pdf",
    "scan.pdf",
    "built-with.json",
    "verify.json",
)
STATUS = {"final": "ฉบับสมบูรณ์", "certified": "รับรองแล้ว"}
CORRECTED = "แก้ไขหลังรับรอง"
UNPROVEN = "ลายมือชื่อบนกระดาษ: โปรแกรมตรวจไม่ได้ว่าเป็นของผู้ใด"
MINUTES: tuple[Kind, ...] = ("minutes",)
ENDING = re.compile(r"\.[a-z0-9]{1,8}")
HEAD = 1024  # bytes in which a PDF says that it is one


@dataclass(frozen=True)
class Request:
    """What is to be kept: of which meeting, signed how, decided where, and when.

    ``checked`` says that a person has looked at what the codes object to.
    """

    meeting: Proceedings
    signed: Path
    archive: Path
    now: datetime
    approved_in: str = ""
    checked: bool = False


@dataclass(frozen=True)
class Deposit:
    """What was kept, and what there is to say about it."""

    kept: Kept
    problems: tuple[Problem, ...]
    is_tied: bool
    is_digital: bool
    record: Mapping[str, Any]


def meeting(given: str, agendas: Path) -> tuple[Proceedings, tuple[Problem, ...]]:
    """Read and check the meeting that is named by its file or its id; gives it with its warnings.

    Raises Fault for what can be no id, MinutesError for a meeting with errors or a draft.
    """
    if not Path(given).suffix and not os.path.exists(given):  # noqa: PTH110 - takes any name
        vault.check_id(given)
    found, problems = review.sound(review.meeting_named(Path(given), agendas))
    if found.meeting.is_draft:
        path, places = found.case.path, found.meeting.places
        raise MinutesError([problem(path, *places.of("status"), "D220")])
    return found, problems


def archive_of(meeting: Proceedings, otherwise: Path) -> Path:
    """Give the archive of a meeting's office; the other one where its file names none."""
    case = meeting.case
    return location.of(folders.office_of(case.path.parent), case.office.archive, otherwise)


@dataclass(frozen=True)
class _Looked:
    """What was found in a signed copy: under which name it is kept, with which other files."""

    name: str
    files: dict[str, Content]
    problems: list[Problem]
    record: dict[str, object]


def put(request: Request) -> Deposit:
    """Keep a signed copy as a new version.

    Raises MinutesError with what is wrong with the copy, Fault, and OSError: then nothing was
    kept.
    """
    case = request.meeting.case
    vault.check_id(case.id)
    with tempfile.TemporaryDirectory(prefix="minutes-") as folder:
        copy = Path(folder, ORIGINAL)
        _copy(request.signed, copy)
        is_signed = _read(copy, request.signed)
        if is_signed:
            built = _built(request)
            looked = _sealed(copy, built, request)
        else:  # what reads large pictures is done before what builds comes into memory
            looked = _scanned(copy, request)
            built = _built(request)
        is_tied = not any(_unties(one) for one in looked.problems)
        payload = _payload(request, built, looked, _record(looked, request, is_tied))
        kept = Vault(request.archive).put(case.id, payload, _Info(request, copy), looked.name)
    return Deposit(kept, tuple(looked.problems), is_tied, is_signed, looked.record)


def _scanned(copy: Path, request: Request) -> _Looked:
    """Look at a scan; raises MinutesError for what nobody has looked at."""
    text = pipeline.text_of(request.meeting)
    expected = Expected(request.meeting.case.id, text, _held(request).version(text))
    found = _leaves(copy, request.signed)
    problems = scans.judge(found, expected, request.signed)
    _refuse(problems, request)
    lasting = copy.with_name(SCAN)
    problems += archival(copy, lasting, request.signed)
    files: dict[str, Content] = {ORIGINAL: copy, **({SCAN: lasting} if lasting.exists() else {})}
    leaves = [asdict(leaf) for leaf in found]
    record = {"kind": "scan", "text_sha256": expected.text, "pages": leaves}
    return _Looked(ORIGINAL, files, problems, {**record, "not_proven": [UNPROVEN]})


def _sealed(copy: Path, built: Mapping[str, bytes], request: Request) -> _Looked:
    """Look at a copy that was signed digitally; raises MinutesError, and Fault without pyHanko."""
    case, now = request.meeting.case, request.now
    office = folders.office_of(case.path.parent)
    trusted = signed_copies.trusted_by(office, case.office.trust)
    verdict, tie = signed_copies.look(copy.read_bytes(), built["minutes.pdf"], trusted, now)
    fields = signed_copies.expected(built["minutes.pdf"], now)
    problems = signed_copies.judge(verdict, tie, fields, request.signed)
    _refuse(problems, request)
    files: dict[str, Content] = {SIGNED: copy, **signed_copies.lists(trusted)}
    record = signed_copies.record(verdict, tie, fields)
    return _Looked(SIGNED, files, problems, record)


def _unties(found: Problem) -> bool:
    return found.severity == "error" or found.code == "D230"


def _copy(signed: Path, copy: Path) -> None:
    """Take a copy on which everything is looked at: nobody changes it meanwhile."""
    try:
        with bags.named(copy), copy.open("xb") as file:
            for piece in bags.pieces(signed):
                file.write(piece)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MinutesError([problem(signed, 1, 1, "D80")]) from error
    except Fault as fault:
        raise MinutesError([problem(signed, 1, 1, fault.code, **fault.values)]) from fault


def _read(copy: Path, signed: Path) -> bool:
    """Whether a PDF was signed digitally; D221, D222: no PDF, or one that asks for a password."""
    import pikepdf

    with copy.open("rb") as file:
        is_pdf = b"%PDF-" in file.read(HEAD)
    try:
        if not is_pdf:
            raise ValueError("no PDF")
        with pikepdf.open(copy, access_mode=pikepdf.AccessMode.stream) as pdf:
            if not len(pdf.pages):
                raise ValueError("no page")
        return signed_copies.is_signed(copy)
    except pikepdf.PasswordError as error:
        raise MinutesError([problem(signed, 1, 1, "D222")]) from error
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError) as error:
        raise MinutesError([problem(signed, 1, 1, "D221")]) from error


def _leaves(copy: Path, signed: Path) -> list[Leaf]:
    """Read the pages; D223 for the document itself, which nobody signed."""
    try:
        found = list(scans.leaves(copy))
    except ValueError as error:
        raise MinutesError([problem(signed, 1, 1, "D221")]) from error
    if not any(leaf.is_scan for leaf in found):
        raise MinutesError([problem(signed, 1, 1, "D223")])
    return found


def _refuse(problems: Sequence[Problem], request: Request) -> None:
    """Raise MinutesError for errors that nobody has looked at; else they become warnings."""
    errors = {one.code for one in problems if one.severity == "error"}
    if errors & signed_copies.HOPELESS or (errors and not request.checked):
        raise MinutesError(problems)


def archival(copy: Path, place: Path, signed: Path) -> list[Problem]:
    """Make PDF/A-2b of a scan, beside the untouched one; D233 where that cannot be done."""
    import pikepdf
    from pikepdf import pdfa

    try:
        with pikepdf.open(copy, access_mode=pikepdf.AccessMode.stream) as pdf, bags.named(place):
            pdfa.save(pdf, place, "2b")
    except (pdfa.PdfaError, pikepdf.PdfError, ValueError, RuntimeError):
        return [problem(signed, 1, 1, "D233")]
    return []


# --- what is kept -----------------------------------------------------------------------------


def _built(request: Request) -> dict[str, bytes]:
    """Build the minutes as they are now; raises Fault where no PDF can be made."""
    if "pdf" not in pipeline.possible(pipeline.FORMATS):
        raise Fault("D239")
    held = _held(request)
    built = pipeline.build(request.meeting, MINUTES, held=held)
    return {f"minutes.{name.rpartition('.')[2]}": data for name, data in built.items()}


def _held(request: Request) -> Held:
    """Give what the archive has of the meeting so far; nothing before its first version."""
    if not request.archive.is_dir():
        return index.NOTHING
    id_ = request.meeting.case.id
    return index.read(request.archive, of=id_).held(id_)


def _payload(
    request: Request, built: Mapping[str, bytes], looked: _Looked, record: bytes
) -> dict[str, Content]:
    """Give the files of a version by their names."""
    case = request.meeting.case
    shown, handed_out = _pictures(request.meeting), _attachments(request.meeting)
    files: dict[str, Content] = {
        **looked.files,
        **built,
        "source.yaml": case.source,
        "body.yaml": case.path.parent / folders.BODY,
        "office.yaml": folders.office_of(case.path.parent),
        **{name: data for name, _, data in shown},
        **{name: path for name, _, path in handed_out},
        VERIFIED: record,
    }
    told: dict[str, object] = {
        "pictures": {name: given for name, given, _ in shown},
        "attachments": {
            name: {"file": one.file, "title": one.title} for name, one, _ in handed_out
        },
    }
    return files | {BUILT_WITH: _json(_built_with() | told)}


def _pictures(meeting: Proceedings) -> list[tuple[str, str, bytes]]:
    """Give the pictures that a meeting shows: the name in the bag, the one in the agenda, bytes."""
    shown = meeting.case.pictures
    files = {one.file: None for one in meeting.meeting.files() if isinstance(one, Image)}
    return [
        (f"pictures/{index}{shown[file].suffix.lower()}", file, shown[file].data)
        for index, file in enumerate(files, 1)
    ]


def _attachments(meeting: Proceedings) -> list[tuple[str, Attachment, Path]]:
    """Give the files that were handed out: the name in the bag, what the agenda says, the file.

    Raises Fault for one that is gone meanwhile, or that no picture either could be.
    """
    agenda = meeting.case.path
    named: dict[str, Attachment] = {}
    for one in meeting.meeting.files():
        if isinstance(one, Attachment):
            named.setdefault(one.file, one)
    found = ((one, pictures.attachment(agenda, agenda.parent, one.file)) for one in named.values())
    return [
        (f"attachments/{number}{_ending(path)}", one, path)
        for number, (one, path) in enumerate(found, 1)
    ]


def _ending(path: Path) -> str:
    """Give a file's ending, as far as every system can have it."""
    ending = path.suffix.lower()
    return ending if ENDING.fullmatch(ending) else ""


def _built_with() -> dict[str, object]:
    """Say what made the documents: program, libraries, fonts."""
    fonts = sorted(FONTS.rglob("*.ttf"))
    return {
        "program": str(import_module("minutes").__version__),
        "program_sha256": staleness.program(),
        "python": platform.python_version(),
        "requirements_sha256": bags.digest_of(ROOT / "requirements.txt"),
        "fonts": {font.name: bags.digest_of(font) for font in fonts},
    }


def _record(looked: _Looked, request: Request, is_tied: bool) -> bytes:
    """Say how the copy was looked at, and what came out."""
    told = [
        {"page": one.line, "code": one.code, "message": one.message()} for one in looked.problems
    ]
    return _json(
        {
            **looked.record,
            "on": request.now.isoformat(timespec="seconds"),
            "file": looked.name,
            "problems": told,
            "checked_by_a_person": request.checked,
            "tied_to_the_text": is_tied,
        }
    )


def _json(values: Mapping[str, object]) -> bytes:
    return (json.dumps(values, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


@dataclass(frozen=True)
class _Info:
    """What bag-info.txt says of a version that follows another, or is the first."""

    request: Request
    signed: Path

    def __call__(self, newest: Version | None) -> bags.Info:
        """Give the lines; raises Fault where the new version must not follow the newest."""
        meeting = self.request.meeting
        case = meeting.case
        held, retention = meeting.meeting.date, case.office.retention
        return (
            ("Source-Organization", case.office.name),
            ("External-Identifier", case.id),
            ("External-Description", _title(meeting)),
            ("Bagging-Date", self.request.now.date().isoformat()),
            (index.TEXT, pipeline.text_of(meeting)),
            ("Minutes-Status", self._status(newest)),
            ("Minutes-Supersedes", newest.name if newest else ""),
            ("Minutes-Approved-In", self.request.approved_in),
            ("Meeting-Date", f"{held.isoformat()} ({dates.date_text(held)})"),
            ("Retention-Class", "permanent" if retention == "forever" else f"{retention} years"),
        )

    def _status(self, newest: Version | None) -> str:
        """D234: what was certified is changed by a decision of a later meeting alone."""
        before = newest.info.get("Minutes-Status", "") if newest else ""
        if newest is None or before not in (STATUS["certified"], CORRECTED):
            return STATUS[self.request.meeting.meeting.status]
        if newest.signed == bags.digest_of(self.signed):
            return before  # the same again: it will not be kept twice
        if not self.request.approved_in:
            raise Fault("D234", name=newest.name)
        return CORRECTED


def _title(meeting: Proceedings) -> str:
    return f"รายงานการประชุม{meeting.convened} {meeting.occasion}".strip()


def refuse_unknown_decision(meeting: Proceedings, decided_in: str, archive: Path) -> None:
    """D235: the meeting that decided a correction is a later one of the same body.

    Raises Fault for one that is neither among the agendas nor in the archive.
    """
    own = meeting.case.path
    later = [folders.meeting_id(path) for path in _later(own)]
    if archive.is_dir():
        later += [one.id for one in Vault(archive).versions() if _is_later(one.id, own)]
    if decided_in not in later:
        raise Fault("D235", id=decided_in, near=tuple(dict.fromkeys(later)) or ("-",))


def _later(path: Path) -> Iterator[Path]:
    own = folders.order(path)
    return (one for one in folders.meetings_in(path.parent) if folders.order(one) > own)


def _is_later(id_: str, path: Path) -> bool:
    name = path.with_stem(id_.removeprefix(f"{folders.body_id(path.parent)}-"))
    is_same_body = folders.meeting_id(name) == id_ and folders.is_meeting(name)
    return is_same_body and folders.order(name) > folders.order(path)
