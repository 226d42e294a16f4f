"""One run over many meetings: what is stale is read, checked, built and written; the rest is left.

Nothing is printed here. A meeting that cannot be used keeps the documents that it had.
"""

import json
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, field, replace
from errno import EDQUOT, ENOSPC, EROFS
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from minutes import store
from minutes.archive import index, location
from minutes.archive.index import Held
from minutes.archive.location import Archives
from minutes.build import ledger, staleness
from minutes.build.ledger import Entry, Ledger, Output
from minutes.build.staleness import Disk, Outputs, Reason
from minutes.meetings import folders
from minutes.problems.errors import Problem, problem

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from minutes.build.pipeline import Format
    from minutes.documents.pages import Kind
    from minutes.meetings.loading import Case
    from minutes.meetings.proceedings import Proceedings

HOPELESS = (ENOSPC, EDQUOT, EROFS)  # no other meeting could be written either
REGISTER = "register"  # the input's name
_one_at_a_time = threading.Lock()  # a cluster's worker has threads; a page is laid out in one


@dataclass(frozen=True)
class Request:
    """What a run is asked for; ``aside`` is the word under which ``force`` keeps hand edits."""

    paths: tuple[Path, ...]
    output: Path
    kinds: "tuple[Kind, ...]"
    formats: "tuple[Format, ...]"
    aside: str = ""
    strict: bool = False
    verify: bool = False
    force: bool = False
    embed_fonts: bool = False
    archives: Archives = location.NONE


@dataclass(frozen=True)
class Document:
    """One output that the run wrote: where, from which agenda, how many pages, how many bytes."""

    source: Path
    path: Path
    pages: int | None
    size: int


@dataclass(frozen=True)
class Stale:
    """A meeting that is to be built, and why."""

    path: Path
    inputs: Mapping[str, str]  # without the files that the agenda names
    reasons: tuple[Reason, ...]
    held: Held = index.NOTHING


@dataclass(frozen=True)
class Job:
    """A stale meeting that is sound: what it says, and all that its documents will rest on."""

    stale: Stale
    meeting: "Proceedings"
    named: tuple[str, ...]
    inputs: Mapping[str, str]
    problems: tuple[Mapping[str, object], ...] = ()


class Built(NamedTuple):
    """What was made of one meeting: files, the pages of each PDF, objections to what they show.

    ``text`` is the SHA-256 of what the minutes say, where their pages print it.
    """

    files: dict[str, bytes]
    pages: dict[str, int]
    objections: list[Problem]
    text: str = ""


@dataclass
class Outcome:
    """What a run found and did; ``seen`` are those of the problems that only the pages show."""

    problems: list[Problem] = field(default_factory=list)
    seen: list[Problem] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    stale: list[Stale] = field(default_factory=list)
    fresh: list[Path] = field(default_factory=list)
    edited: list[Problem] = field(default_factory=list)
    crashes: list[tuple[Path, str]] = field(default_factory=list)
    unwritten: list[OSError] = field(default_factory=list)
    lacking: "tuple[Format, ...]" = ()

    def stops(self, strict: bool) -> bool:
        """Whether a problem keeps a meeting from being built."""
        return any(_stops(found, strict) for found in self.problems)


Workers = Callable[[int], AbstractContextManager["Executor | None"]]
Watch = Callable[[int, int, str], None]


def run(
    request: Request,
    workers: Workers = lambda _: nullcontext(),
    report: Callable[[Sequence[Problem]], None] = lambda _: None,
    watch: Watch = lambda done, of, meeting: None,
) -> Outcome:
    """Bring the documents of all meetings up to date.

    ``report`` is given all problems, in file order, before anything is built; ``workers`` gives an
    executor for a number of meetings, or None to build them here; ``watch`` is told of each.
    Raises OSError when the output folder cannot be used, and what ``workers`` raises.
    """
    outcome = Outcome()
    with ledger.opened(request.output) as book:
        disk = _looked(request, book, outcome)
        # workers load their libraries while the meetings are read here
        with workers(len(outcome.stale)) if outcome.stale else nullcontext() as executor:
            sound = list(_sound(request, disk, outcome)) if outcome.stale else []
            outcome.problems = folders.in_file_order(outcome.problems)
            report(outcome.problems)
            if sound:
                request = _possible(request, executor, outcome)
                _build(request, book, sound, executor, outcome, watch)
        book.remember_glimpses(staleness.program(), disk.learned)
    return outcome


def look(request: Request) -> Outcome:
    """Find what a run would build, and what is fresh with its warnings; no document is written.

    Raises OSError when the output folder cannot be used.
    """
    outcome = Outcome()
    with ledger.opened(request.output) as book:
        disk = _looked(request, book, outcome)
        book.remember_glimpses(staleness.program(), disk.learned)
    return outcome


# --- what is stale ----------------------------------------------------------------------------


def _looked(request: Request, book: Ledger, outcome: Outcome) -> Disk:
    """Part the meetings into stale and fresh; gives what was read of the disk for that."""
    known = book.glimpses(staleness.program())
    disk = Disk(glimpse, known, archives=request.archives)
    book.look_again(_sort(request, book, disk, outcome))
    return disk


def _sort(
    request: Request, book: Ledger, disk: Disk, outcome: Outcome
) -> dict[str, dict[str, Output]]:
    """Part the meetings into stale and fresh; gives the outputs that are sound but look otherwise.

    A fresh meeting's warnings are told again.
    """
    looks: dict[str, dict[str, Output]] = {}
    entries = book.entries()
    for folder, files in folders.wanted(request.paths, outcome.problems).items():
        body = folders.body_id(folder)
        for path in files:
            id_ = f"{body}-{path.stem}"
            text = entries.get(id_)
            place = f"{request.output}/{body}/{path.stem}"
            outputs = Outputs(place, partial(book.is_ours, id_), request.verify)
            _sort_one(
                request, path, id_, ledger.entry(text) if text else None, outputs, disk, outcome
            )
            if outputs.looks:
                looks[id_] = outputs.looks
    return looks


def _sort_one(
    request: Request,
    path: Path,
    id_: str,
    entry: Entry | None,
    outputs: Outputs,
    disk: Disk,
    outcome: Outcome,
) -> None:
    base = staleness.inputs(path, disk)
    if request.embed_fonts:
        base["embedded fonts"] = "yes"
    held, printed = _register(path, id_, entry, disk, outcome)
    if printed:
        base[REGISTER] = printed
    named = entry.named if entry else ()
    found = {**base, **staleness.files(path, named, disk)} if named else base
    if request.force:
        why: tuple[Reason, ...] = (Reason("forced"),)
    else:
        why = tuple(outputs.reasons(entry, found, _names(id_, request)))
    if why or entry is None:
        outcome.stale.append(Stale(path, base, why, held))
    else:
        outcome.fresh.append(path)
        outcome.problems += [_problem(path, stored) for stored in entry.problems]


def _register(
    path: Path, id_: str, entry: Entry | None, disk: Disk, outcome: Outcome
) -> tuple[Held, str]:
    """Give what the archive's register says of a meeting, and what its pages now print of that.

    An archive that is away says what it said before.
    """
    before = entry.inputs.get(REGISTER, "") if entry else ""
    try:
        held = disk.held(path.parent, id_)
        return held, held.printed(before.partition(" ")[0])
    except OSError as error:
        place = Path(error.filename or folders.office_of(path.parent))
        outcome.problems.append(problem(place, 1, 1, "D191"))
        return Held.last(before), before


def glimpse(path: Path) -> str:
    """Give what a neighbour prints of a meeting; read from YAML, so only for unseen content."""
    from minutes.meetings import loading

    glimpse = loading.glimpse(path)
    return json.dumps(asdict(glimpse), default=str) if glimpse else ""


def _names(id_: str, request: Request) -> Iterator[str]:
    """Give the outputs that a request asks of a meeting."""
    for kind in request.kinds:
        for suffix in request.formats:
            yield f"{id_}-{kind}.{suffix}"
        if kind == "release":
            yield f"{id_}-{kind}.txt"


# --- what is sound ----------------------------------------------------------------------------


def _sound(request: Request, disk: Disk, outcome: Outcome) -> Iterator[Job]:
    """Read and check the stale meetings; every problem joins the outcome's."""
    from minutes.meetings import loading, proceedings
    from minutes.rules import registry

    stale = {stale.path: stale for stale in outcome.stale}
    found = loading.find(stale)
    outcome.problems += found.problems
    told: dict[Path, list[Problem]] = {}
    for one in found.problems:
        told.setdefault(one.path, []).append(one)
    for case in found.cases:
        others = drawn_on(case, disk)  # before they are read: a change meanwhile is seen next time
        worked_out = proceedings.work_out(case)
        objections = [*worked_out.problems, *registry.check(worked_out)]
        outcome.problems += objections
        if not any(_stops(objection, request.strict) for objection in objections):
            stored = [_stored(one, case.path) for one in (*told.get(case.path, ()), *objections)]
            yield _job(stale[case.path], worked_out, others, stored)


def drawn_on(case: "Case", disk: Disk) -> dict[str, str]:
    """Give the other files that a meeting draws on, by name, each as a digest."""
    from minutes.model import pictures

    shown = {pictures.relative(name): picture.origin for name, picture in case.pictures.items()}
    named = [pictures.relative(record.file) for record in case.meeting.files()]
    named += _followed_up(case)
    found = staleness.files(case.path, named, disk)
    return {**found, **{staleness.input_name(name): origin for name, origin in shown.items()}}


def _followed_up(case: "Case") -> Iterator[str]:
    """Name the earlier meetings' files whose items a meeting follows up, and their bodies'."""
    from minutes.meetings import loading, proceedings

    for id_ in proceedings.followed_up(case.meeting):
        folder, name = loading.place_of(case.path, id_)
        yield f"../{folder.name}/{name}.yaml"
        if folder.name != folders.body_id(case.path.parent):
            yield f"../{folder.name}/{folders.BODY}"


def _job(
    stale: Stale,
    meeting: "Proceedings",
    others: Mapping[str, str],
    problems: Sequence[Mapping[str, object]],
) -> Job:
    """Give what is to be built, with paths that mean the same wherever it is built."""
    case = replace(meeting.case, path=folders.absolute(stale.path))
    named = tuple(name.removeprefix("./") for name in others)
    inputs = {**stale.inputs, **others}
    return Job(stale, replace(meeting, case=case), named, inputs, tuple(problems))


def _stops(found: Problem, strict: bool) -> bool:
    return found.severity == "error" or (strict and found.severity == "warning")


def _stored(found: Problem, meeting: Path) -> dict[str, object]:
    """Give a problem as the ledger keeps it, with the file's name where it is not the meeting's."""
    values = {name: _plain(value) for name, value in found.values.items()}
    place = {"line": found.line, "column": found.column, "code": found.code}
    name = {} if found.path == meeting else {"name": found.path.name}
    return {**place, "values": values, "severity": found.severity, **name}


def _plain(value: object) -> object:
    """Give a value as JSON can hold it and a message shows it."""
    return [str(one) for one in value] if isinstance(value, tuple) else str(value)


def _problem(path: Path, stored: Mapping[str, Any]) -> Problem:
    """Give back a problem of a fresh meeting."""
    known = dict(stored)
    name = known.pop("name", path.name)
    lists = {n: tuple(v) for n, v in known["values"].items() if isinstance(v, list)}
    return Problem(path.with_name(name), **{**known, "values": {**known["values"], **lists}})


# --- what is built ----------------------------------------------------------------------------


def _possible(request: Request, executor: "Executor | None", outcome: Outcome) -> Request:
    """Give the request for what can be made where it is built, and note what cannot."""
    from minutes.build import pipeline

    if executor is None:
        formats = pipeline.possible(request.formats)
    else:  # to ask is to load WeasyPrint, which the workers have done
        formats = executor.submit(pipeline.possible, request.formats).result()
    outcome.lacking = tuple(f for f in request.formats if f not in formats)
    return replace(request, formats=formats)


def _build(
    request: Request,
    book: Ledger,
    jobs: Sequence[Job],
    executor: "Executor | None",
    outcome: Outcome,
    watch: Watch,
) -> None:
    """Build the jobs and write what comes back, in their order; one failure stops no other."""
    for done, (job, result) in enumerate(_results(request, jobs, executor), 1):
        watch(done, len(jobs), job.meeting.case.id)
        try:
            built = result()
        except Exception:  # a fault of the program
            outcome.crashes.append((job.stale.path, traceback.format_exc()))
            continue
        seen = [replace(objection, path=job.stale.path) for objection in built.objections]
        outcome.seen += seen
        outcome.problems += seen
        if any(_stops(objection, request.strict) for objection in seen):
            continue
        told = (*job.problems, *(_stored(o, o.path) for o in seen))
        job = replace(job, problems=told, inputs=_inputs(job, built.text))
        try:
            _store(request, book, job, built, outcome)
        except OSError as error:
            if error.errno in HOPELESS:
                raise
            outcome.unwritten.append(error)


def _inputs(job: Job, text: str) -> dict[str, str]:
    """Give all that a meeting was built from, what its pages print of the register included."""
    others = {name: value for name, value in job.inputs.items() if name != REGISTER}
    printed = job.stale.held.printed(text)
    return {**others, REGISTER: printed} if printed else others


def _results(
    request: Request, jobs: Sequence[Job], executor: "Executor | None"
) -> Iterator[tuple[Job, Callable[[], Any]]]:
    work = partial(
        _work, kinds=request.kinds, formats=request.formats, embed_fonts=request.embed_fonts
    )
    if executor is None:
        yield from ((job, partial(work, (job.meeting, job.stale.held))) for job in jobs)
        return
    from minutes.build import workers

    tasks = [(job.meeting, job.stale.held) for job in jobs]
    results = workers.in_order(executor, work, tasks)
    yield from ((job, result) for job, (_, result) in zip(jobs, results, strict=True))


def _work(
    task: tuple["Proceedings", Held],
    *,
    kinds: "tuple[Kind, ...]",
    formats: "tuple[Format, ...]",
    embed_fonts: bool,
) -> Built:
    """Build one meeting and look over what was made. Runs where the worker is."""
    from minutes.build import pipeline
    from minutes.documents.pdf import html_to_pdf
    from minutes.documents.proof import layout

    with _one_at_a_time:
        meeting, held = task
        files = pipeline.build(meeting, kinds, formats, held=held, embed_fonts=embed_fonts)
        pages = {n: html_to_pdf.page_count(data) for n, data in files.items() if n.endswith(".pdf")}
        return Built(files, pages, layout.objections(meeting, files), pipeline.text(meeting))


def _store(
    request: Request,
    book: Ledger,
    job: Job,
    built: Built,
    outcome: Outcome,
) -> None:
    """Write one meeting's documents and note how; a hand-edited one is told of."""
    files = built.files
    case, path = job.meeting.case, job.stale.path
    folder = request.output / case.folder
    absent = [name for name in _names(case.id, request) if name not in files]
    with store.prepared(folder, files) as ready:
        digests = {name: store.digest(data) for name, data in files.items()}
        renew = partial(_entry, job=job, digests=digests, looks=ready.looks, absent=absent)
        ours = book.record(case.id, digests, renew)
        written = ready.put(ours, request.aside if request.force else "")
        store.withdraw(folder, absent, ours)
    for name, one in written.items():
        outcome.documents.append(Document(path, one.path, built.pages.get(name), len(files[name])))
        if one.edited is not None:
            outcome.edited.append(_edited(one.edited, one.path, path))
        if one.kept is not None:
            outcome.edited.append(problem(one.path, 1, 1, "D99", kept=one.kept.name))


def _edited(path: Path, new: Path, meeting: Path) -> Problem:
    """Say that a document was edited by hand, and how to see what was changed in it."""
    here = Path.cwd()
    typed = meeting.relative_to(here) if meeting.is_relative_to(here) else meeting
    shown = typed.as_posix() if " " not in str(typed) else f'"{typed.as_posix()}"'
    return problem(path, 1, 1, "D98", new=new.name, meeting=shown)


def _entry(
    before: Entry,
    job: Job,
    digests: Mapping[str, str],
    looks: Mapping[str, store.Looks],
    absent: Iterable[str],
) -> Entry:
    """Give a meeting's new entry; outputs that the run was not asked for stay as noted."""
    key = staleness.key(job.inputs)
    outputs = {name: Output(key, digest, *looks[name]) for name, digest in digests.items()}
    lacks = {**before.lacks, **dict.fromkeys(absent, key)}
    return Entry(key, job.inputs, job.named, job.problems, {**before.outputs, **outputs}, lacks)
