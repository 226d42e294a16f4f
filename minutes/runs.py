"""One run over many meetings: what is stale is read, checked, built and written; the rest is left.

Nothing is printed here. A meeting that cannot be used keeps the documents that it had.
"""

import json
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minutes import folders, freshness, ledger, store
from minutes.errors import Problem, problem
from minutes.freshness import Disk, Reason
from minutes.ledger import Entry, Ledger, Output

if TYPE_CHECKING:
    from minutes.pages import Kind
    from minutes.pipeline import Format
    from minutes.proceedings import Proceedings


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


@dataclass(frozen=True)
class Job:
    """A stale meeting that is sound: what it says, and all that its documents will rest on."""

    stale: Stale
    meeting: "Proceedings"
    named: tuple[str, ...]
    inputs: Mapping[str, str]


@dataclass
class Outcome:
    """What a run found and did."""

    problems: list[Problem] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    stale: list[Stale] = field(default_factory=list)
    fresh: list[Path] = field(default_factory=list)
    edited: list[Problem] = field(default_factory=list)
    crashes: list[tuple[Path, str]] = field(default_factory=list)
    lacking: "tuple[Format, ...]" = ()

    def stops(self, strict: bool) -> bool:
        """Whether a problem keeps a meeting from being built."""
        return any(_stops(found, strict) for found in self.problems)


Workers = Callable[[int], AbstractContextManager[Executor | None]]
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
    """
    outcome = Outcome()
    with ledger.opened(request.output) as book:
        entries = book.entries()
        disk = Disk(_glimpse, book.glimpses())
        _sort(request, entries, disk, outcome)
        sound = list(_sound(request, outcome)) if outcome.stale else []
        outcome.problems = folders.in_file_order(outcome.problems)
        report(outcome.problems)
        if sound:
            request = _possible(request, outcome)
            with workers(len(sound)) as executor:
                _build(request, book, entries, sound, executor, outcome, watch)
        book.remember_glimpses(disk.learned)
    return outcome


# --- what is stale ----------------------------------------------------------------------------


def _sort(request: Request, entries: Mapping[str, Entry], disk: Disk, outcome: Outcome) -> None:
    """Part the meetings into stale and fresh; a fresh one's warnings are told again."""
    for files in folders.wanted(request.paths, outcome.problems).values():
        for path in files:
            _sort_one(request, path, entries.get(folders.meeting_id(path)), disk, outcome)


def _sort_one(
    request: Request, path: Path, entry: Entry | None, disk: Disk, outcome: Outcome
) -> None:
    base = freshness.inputs(path, disk)
    found = {**base, **freshness.files(path, entry.named if entry else (), disk)}
    folder = request.output / folders.output_folder(path)
    names = list(_names(path, request))
    why = tuple(freshness.reasons(entry, found, names, folder, verify=request.verify))
    if request.force:
        why = (Reason("forced"),)
    if why or entry is None:
        outcome.stale.append(Stale(path, base, why))
    else:
        outcome.fresh.append(path)
        outcome.problems += [_problem(path, stored) for stored in entry.problems]


def _glimpse(path: Path) -> str:
    """Give what a neighbour prints of a meeting; read from YAML, so only for unseen content."""
    from minutes import records

    glimpse = records.glimpse(path)
    return json.dumps(asdict(glimpse), default=str) if glimpse else ""


def _names(path: Path, request: Request) -> Iterator[str]:
    """Give the outputs that a request asks of a meeting."""
    for kind in request.kinds:
        yield from (f"{folders.meeting_id(path)}-{kind}.{suffix}" for suffix in request.formats)
        if kind == "release":
            yield f"{folders.meeting_id(path)}-{kind}.txt"


def _problem(path: Path, stored: Mapping[str, Any]) -> Problem:
    return Problem(path, **stored)


# --- what is sound ----------------------------------------------------------------------------


def _sound(request: Request, outcome: Outcome) -> Iterator[Job]:
    """Read and check the stale meetings; every problem joins the outcome's."""
    from minutes import proceedings, records, rules

    stale = {stale.path: stale for stale in outcome.stale}
    found = records.find(stale)
    outcome.problems += found.problems
    for case in found.cases:
        worked_out = proceedings.work_out(case)
        objections = [*worked_out.problems, *rules.check(worked_out)]
        outcome.problems += objections
        if not any(_stops(objection, request.strict) for objection in objections):
            yield _job(stale[case.path], worked_out)


def _job(stale: Stale, meeting: "Proceedings") -> Job:
    named = tuple(record.file for record in meeting.meeting.files())
    files = freshness.files(stale.path, named, Disk(_glimpse, {}))
    return Job(stale, meeting, named, {**stale.inputs, **files})


def _stops(found: Problem, strict: bool) -> bool:
    return found.severity == "error" or (strict and found.severity == "warning")


# --- what is built ----------------------------------------------------------------------------


def _possible(request: Request, outcome: Outcome) -> Request:
    """Give the request for what can be made on this machine, and note what cannot."""
    from minutes import pipeline

    formats = pipeline.possible(request.formats)
    outcome.lacking = tuple(f for f in request.formats if f not in formats)
    return replace(request, formats=formats)


def _build(
    request: Request,
    book: Ledger,
    entries: Mapping[str, Entry],
    jobs: Sequence[Job],
    executor: Executor | None,
    outcome: Outcome,
    watch: Watch,
) -> None:
    """Build the jobs and write what comes back, in their order."""
    for done, (job, result) in enumerate(_results(request, jobs, executor), 1):
        id_ = job.meeting.case.id
        watch(done, len(jobs), id_)
        try:
            built = result()
        except Exception:  # a fault of the program: the other meetings are built all the same
            outcome.crashes.append((job.stale.path, traceback.format_exc()))
            continue
        _store(request, book, entries.get(id_, Entry()), job, built, outcome)


def _results(
    request: Request, jobs: Sequence[Job], executor: Executor | None
) -> Iterator[tuple[Job, Callable[[], Any]]]:
    work = partial(_work, kinds=request.kinds, formats=request.formats)
    if executor is None:
        yield from ((job, partial(work, job.meeting)) for job in jobs)
        return
    from minutes import workers

    results = workers.in_order(executor, work, [job.meeting for job in jobs])
    yield from ((job, result) for job, (_, result) in zip(jobs, results, strict=True))


def _work(
    meeting: "Proceedings", *, kinds: "tuple[Kind, ...]", formats: "tuple[Format, ...]"
) -> tuple[dict[str, bytes], dict[str, int]]:
    """Build one meeting; gives its files, and the pages of each PDF. Runs where the worker is."""
    from minutes import pdf, pipeline

    files = pipeline.build(meeting, kinds, formats)
    pages = {n: pdf.page_count(data) for n, data in files.items() if n.endswith(".pdf")}
    return files, pages


def _store(
    request: Request,
    book: Ledger,
    before: Entry,
    job: "Job",
    built: tuple[dict[str, bytes], dict[str, int]],
    outcome: Outcome,
) -> None:
    """Write one meeting's documents and note how; a hand-edited one is told of."""
    files, pages = built
    id_, path = job.meeting.case.id, job.stale.path
    with book.writing(id_, {name: store.digest(data) for name, data in files.items()}) as ours:
        written = store.write(
            request.output / folders.output_folder(path),
            files,
            ours,
            request.aside if request.force else "",
        )
        problems = [_stored(found) for found in outcome.problems if found.path == path]
        absent = [name for name in _names(path, request) if name not in files]
        book.record(id_, _entry(before, job.inputs, job.named, problems, written, absent))
    for name, one in written.items():
        outcome.documents.append(Document(path, one.path, pages.get(name), len(files[name])))
        if one.edited is not None:
            outcome.edited.append(problem(one.edited, 1, 1, "D98", new=one.path.name))


def _entry(
    before: Entry,
    inputs: Mapping[str, str],
    named: tuple[str, ...],
    problems: Sequence[Mapping[str, object]],
    written: Mapping[str, store.Written],
    absent: Iterable[str],
) -> Entry:
    """Give a meeting's new entry; outputs that the run was not asked for stay as noted."""
    whole = freshness.key(inputs)
    outputs = {name: _output(one, whole) for name, one in written.items()}
    lacks = dict.fromkeys(absent, whole)
    return Entry(
        inputs, named, tuple(problems), {**before.outputs, **outputs}, {**before.lacks, **lacks}
    )


def _output(one: store.Written, whole: str) -> Output:
    seen = (one.edited or one.path).stat()
    return Output(whole, one.digest, seen.st_size, seen.st_mtime_ns, seen.st_ino)


def _stored(found: Problem) -> dict[str, object]:
    """Give a problem as the ledger keeps it; its path is the meeting's."""
    values = {name: str(value) for name, value in found.values.items()}
    line = {"line": found.line, "column": found.column, "code": found.code}
    return {**line, "values": values, "severity": found.severity}
