"""One meeting's Word files, as people left them, beside what its agenda gives now."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from minutes import store
from minutes.build import ledger, pipeline, review
from minutes.diff import comparison, template_trace
from minutes.diff.comparison import Compared
from minutes.documents import pages
from minutes.documents.pages import Kind
from minutes.documents.word import reader
from minutes.documents.word.reader import Manuscript
from minutes.meetings import loading
from minutes.meetings.proceedings import Proceedings, work_out
from minutes.problems.errors import Fault, MinutesError, Problem, problem

OURS = re.compile(r"(?P<id>[a-z0-9-]+-[0-9]{4}-[0-9]{1,4}[a-z]?)-(?P<kind>minutes|release)")
WORD: tuple[pipeline.Format, ...] = ("docx",)


@dataclass(frozen=True)
class Document:
    """One Word file of a meeting; ``compared`` is None when nobody has edited it."""

    path: Path
    kind: Kind
    compared: Compared | None


@dataclass(frozen=True)
class Handwork:
    """What was found in the Word files of a meeting, and what its agenda is warned of."""

    meeting: Proceedings
    documents: tuple[Document, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether every document says what the agenda gives, and nobody wrote in its margin."""
        found = [one.compared for one in self.documents if one.compared]
        return not any(one.differences or one.comments for one in found)


def read(given: Path, documents: Sequence[Path], agendas: Path, output: Path) -> Handwork:
    """Compare a meeting's Word files with its agenda; without ``documents``, those in ``output``.

    ``given`` is a meeting's file, its id (then looked for below ``agendas``) or an edited Word
    file. Raises MinutesError with the problems of the agenda, or of a file that cannot be used.
    """
    if given.suffix.lower() == ".docx":
        documents = (given, *documents)
        path = _meeting_of(given, agendas)
    else:
        path = review.meeting_named(given, agendas)
    meeting, problems = review.sound(path)
    named = list(documents) or list(_built(meeting, output))
    return Handwork(meeting, tuple(_documents(meeting, named, output, bool(documents))), problems)


# --- which meeting ----------------------------------------------------------------------------


def _meeting_of(document: Path, agendas: Path) -> Path:
    """Give the meeting that a Word file belongs to: by its name, else by its title inside."""
    known = review.by_id(agendas)
    match = OURS.search(document.name)
    if match and match["id"] in known:
        return known[match["id"]]
    inside = _loaded(document)
    cases = loading.find([agendas]).cases if known else ()
    for meeting in map(work_out, cases):
        if any(_is_titled(inside, kind, meeting) for kind in pipeline.KINDS):
            return meeting.case.path
    raise MinutesError([problem(document, 1, 1, "D369")])


def _is_titled(document: Manuscript, kind: Kind, meeting: Proceedings) -> bool:
    """Whether a file has the title and the subject of a meeting's document in its properties."""
    context = pages.context(kind, meeting)
    wanted = [reader.folded(str(context[name])) for name in ("title", "subject")]
    return [document.title, document.subject] == wanted


# --- which documents --------------------------------------------------------------------------


def _built(meeting: Proceedings, output: Path) -> Iterator[Path]:
    """Give the Word files of a meeting in the output folder."""
    case = meeting.case
    folder = output / case.folder
    found = [folder / f"{case.id}-{kind}.docx" for kind in pipeline.KINDS]
    there = [path for path in found if path.is_file()]
    if not there:
        raise MinutesError([problem(case.path, 1, 1, "D368", folder=folder)])
    yield from there


def _documents(
    meeting: Proceedings, paths: Iterable[Path], output: Path, is_named: bool
) -> Iterator[Document]:
    atlas = template_trace.atlas(meeting)
    for path in paths:
        kind = _kind_of(path, meeting)
        if not is_named and _is_untouched(path, meeting.case.id, output):
            yield Document(path, kind, None)
            continue
        edited = _loaded(path)
        built = pipeline.build(meeting, (kind,), WORD)
        ours = reader.read(built[f"{meeting.case.id}-{kind}.docx"])
        blocks = template_trace.trace(kind, meeting)
        yield Document(path, kind, comparison.compare(ours, blocks, edited, atlas))


def _kind_of(path: Path, meeting: Proceedings) -> Kind:
    """Give which document a Word file is: by its name, else by its title inside."""
    for kind in pipeline.KINDS:
        if kind in path.stem:
            return kind
    inside = _loaded(path)
    for kind in pipeline.KINDS:
        if _is_titled(inside, kind, meeting):
            return kind
    raise MinutesError([problem(path, 1, 1, "D369")])


def _is_untouched(path: Path, id_: str, output: Path) -> bool:
    """Whether a file is as the program wrote it."""
    if not (output / ledger.NAME).is_file():
        return False
    with ledger.opened(output) as book:
        return book.is_ours(id_, path.name, store.digest_of(path) or "")


def _loaded(path: Path) -> Manuscript:
    try:
        return reader.load(path)
    except Fault as fault:
        raise MinutesError([problem(path, 1, 1, fault.code, **fault.values)]) from None
