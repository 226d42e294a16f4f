"""One making of the site: read, look what is stale, build, prove, and only then put in place.

Nothing of the folder is touched before every page and document that is to stand in it has been
read back, and nothing was found that must not be public. A meeting that quotes what is withheld is
held back alone: it stays as it was, if that has none of it, or goes. Nothing is printed here.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from minutes import store
from minutes.archive import exports, vault
from minutes.build import runs, staleness
from minutes.build.staleness import Disk
from minutes.documents.pdf import html_to_pdf
from minutes.documents.proof import reading
from minutes.documents.proof.leaks import Watch
from minutes.meetings import folders, loading, redact, secrecy
from minutes.meetings.proceedings import Proceedings, Unsaid, work_out
from minutes.meetings.secrecy import Secrets
from minutes.model.office import Office
from minutes.problems.errors import Problem, problem
from minutes.rules import registry
from minutes.site import build_state, frame, lists, meeting_data, meeting_pages, search
from minutes.site.build_state import Memory
from minutes.site.frame import Site
from minutes.site.meeting_data import Data
from minutes.thai import dates

FEW = 3  # meetings that may go from the site without being asked for


@dataclass(frozen=True)
class Request:
    """What a site is asked for; ``address`` is where it will be found, if office.yaml says not.

    ``today`` lets the front page tell of meetings to come: their body, day, time and place alone.
    Of the ``archive``, if there is one, the head of its register is published, and each meeting
    names its newest version.
    """

    paths: tuple[Path, ...]
    output: Path
    address: str = ""
    today: date | None = None
    withdraws: bool = False
    archive: Path | None = None


@dataclass
class Outcome:
    """What was found and done; ``quoting`` are the problems that hold only their meetings back."""

    problems: list[Problem] = field(default_factory=list)
    quoting: list[Problem] = field(default_factory=list)
    meetings: int = 0
    built: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    written: int = 0
    removed: int = 0

    @property
    def stops(self) -> bool:
        """Whether a problem keeps the site as it was."""
        return any(found.severity == "error" for found in self.problems)

    @property
    def told(self) -> list[Problem]:
        """All that is to be told, in file order."""
        return folders.in_file_order([*self.problems, *self.quoting])


@dataclass
class _Plan:
    """A site that is being made."""

    request: Request
    site: Site
    before: Memory
    after: Memory
    every: list[Proceedings]
    keys: dict[str, str]
    secrets: Secrets = field(default_factory=Secrets)
    looked: dict[str, str] = field(default_factory=dict)  # by ids, digests of what was looked at
    held_back: dict[str, Proceedings] = field(default_factory=dict)  # by their ids
    as_they_were: set[str] = field(default_factory=set)  # those of them that stay
    stale: list[Proceedings] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    lists: dict[str, bytes] = field(default_factory=dict)
    head: Data | None = None

    @cached_property
    def finished(self) -> list[Proceedings]:
        """The meetings that may be published by their status."""
        return [meeting for meeting in self.every if redact.may_be_published(meeting.case)]

    @property
    def published(self) -> list[Proceedings]:
        """Those that are."""
        gone = self.held_back.keys() - self.as_they_were
        return [meeting for meeting in self.finished if meeting.case.id not in gone]

    @cached_property
    def corrected(self) -> dict[Path | None, list[Data]]:
        """What public meetings changed in the minutes before theirs, by the file of those."""
        made: dict[Path | None, list[Data]] = {}
        for meeting in self.published:
            if any(part.corrections for part in meeting.parts):
                before = loading.beside(meeting.case, -1)
                made[before] = meeting_data.corrections_by(redact.public(meeting))
        return made


Workers = Callable[[int], AbstractContextManager["Executor | None"]]


def run(
    request: Request,
    workers: Workers = lambda _: nullcontext(),
    watch: runs.Watch = lambda done, of, meeting: None,
) -> Outcome:
    """Bring the site up to date, or leave it as it is when a problem stops it.

    Raises OSError, and UnavailableError where a PDF is to be drawn and cannot.
    Where nothing at all is other than when it was made, no agenda is read.
    """
    before, state = build_state.read(request.output), _state(request)
    if before.is_whole(request.output, state):
        return Outcome(meetings=len(before.meetings))
    outcome = Outcome()
    plan = _planned(request, before, outcome)
    plan.after.state = state
    if not outcome.stops:
        _build(plan, workers, watch)
        _make_lists(plan)
        _prove(plan, outcome)
    outcome.problems = folders.in_file_order(outcome.problems)
    if outcome.quoting:
        plan.after.state = ""  # so that it is told again
    if not outcome.stops:
        _put(plan, outcome)
    return outcome


def roots(paths: Iterable[Path], problems: list[Problem]) -> list[Path]:
    """Give the offices' folders that are meant: what one part withholds, no other may tell."""
    bodies = folders.bodies(paths, problems)
    return list(dict.fromkeys(folders.office_of(body).parent for body in bodies))


# --- what is to be done -----------------------------------------------------------------------


def _state(request: Request) -> str:
    """Give one digest for everything that a site rests on, of which nothing is understood yet."""
    disk = Disk(runs.glimpse, {})
    asked = {"program": staleness.program(), "address": request.address, "on": str(request.today)}
    offices = enumerate(roots(request.paths, []))
    named = {
        f"{number}/{name}": disk.digest(f"{office}/{name}")
        for number, office in offices
        for name in _below(office)
    }
    register = str(request.archive / vault.REGISTER) if request.archive else ""
    return staleness.key({**asked, **named, "register": disk.digest(register)})


def _below(office: Path) -> Iterator[str]:
    """Go through the names of all files of an office, but for the history that Git keeps."""
    for where, below, names in os.walk(office):
        below[:] = [name for name in below if name != ".git"]
        yield from (Path(where, name).relative_to(office).as_posix() for name in names)


def _planned(request: Request, before: Memory, outcome: Outcome) -> _Plan:
    disk = Disk(runs.glimpse, {})
    found = loading.find(roots(request.paths, outcome.problems))
    outcome.problems += [one for one in found.problems if one.severity == "error"]
    register = exports.register_of(request.archive, outcome.problems)
    every, secrets = secrecy.of_all(list(exports.marked(map(work_out, found.cases), register)))
    offices: dict[str, Office] = {
        str(folders.office_of(m.case.path.parent)): m.case.office
        for m in every
        if redact.may_be_published(m.case)
    }
    site = frame.site_of(offices, request.address)
    plan = _Plan(request, site, before, Memory(), every, {}, secrets)
    _look_through(plan, disk, outcome)
    plan.keys = {one.case.id: _key(one, plan, disk) for one in plan.published}
    _let_stay(plan)
    for meeting in plan.published:
        if not before.is_fresh(request.output, meeting.case.id, plan.keys[meeting.case.id]):
            plan.stale.append(meeting)
    outcome.meetings = len(plan.published)
    outcome.built = [meeting.case.id for meeting in plan.stale]
    for meeting in plan.stale:
        told = [*meeting.problems, *registry.check(meeting)]
        outcome.problems += [one for one in told if one.severity == "error"]
    _withdraw(plan, outcome)
    plan.head = exports.head_file(register) if register else None
    return plan


def _look_through(plan: _Plan, disk: Disk, outcome: Outcome) -> None:
    """Hold back what quotes something withheld; what was looked through so before is not again."""
    for meeting in plan.finished:
        id_ = meeting.case.id
        rests_on = {**made_of(meeting, disk), "secrets": plan.secrets.digest}
        plan.looked[id_] = staleness.key(rests_on)
        if plan.before.meetings.get(id_, {}).get("looked") == plan.looked[id_]:
            continue
        if found := secrecy.problems(meeting.case, plan.secrets, meeting.unsaid):
            plan.held_back[id_] = meeting
            outcome.quoting += found


def _let_stay(plan: _Plan) -> None:
    """Let those that are held back stay as they were, where that has nothing withheld."""
    if plan.held_back:
        watch = Watch.over(plan.every, plan.before.shells(plan.keys), plan.held_back)
        for id_, meeting in plan.held_back.items():
            if _may_stay(meeting, plan, watch):
                plan.as_they_were.add(id_)
                plan.keys[id_] = plan.before.meetings[id_]["key"]


def _may_stay(meeting: Proceedings, plan: _Plan, watch: Watch) -> bool:
    """Whether what stands of a meeting has nothing of what is withheld now."""
    known = plan.before.meetings.get(meeting.case.id, {})
    is_whole = plan.before.is_fresh(plan.request.output, meeting.case.id, known.get("key", ""))
    if not is_whole or known.get("unsaid") != _digest_of(meeting.unsaid):
        return False
    files = {name: (plan.request.output / name).read_bytes() for name in known["files"]}
    shown = (reading.read(name, data).shown for name, data in files.items())
    attending = secrecy.people_of(meeting.case)
    quotes = (quote for text in shown for quote in plan.secrets.quotes(text, attending))
    return not any(quotes) and not watch.leaks(files)


def _digest_of(unsaid: Unsaid) -> str:
    return store.digest(repr(sorted(unsaid)).encode())


def _key(meeting: Proceedings, plan: _Plan, disk: Disk) -> str:
    """Give one digest for all that a meeting's pages are made of."""
    own = {**made_of(meeting, disk), "site": repr(plan.site)}
    own["corrections"] = json.dumps(_corrections(meeting, plan), ensure_ascii=False)
    return staleness.key(own)


def made_of(meeting: Proceedings, disk: Disk) -> dict[str, str]:
    """Give by name all that a meeting's public documents are made of, as digests or short texts."""
    path = folders.absolute(meeting.case.path)
    found = {**staleness.inputs(path, disk), **runs.drawn_on(meeting.case, disk)}
    return {**found, "kept": meeting.kept, "unsaid": _digest_of(meeting.unsaid)}


def _corrections(meeting: Proceedings, plan: _Plan) -> list[Data]:
    """Give what the next meeting changed in a meeting's minutes, once that is public itself."""
    return plan.corrected.get(meeting.case.path, [])


def _withdraw(plan: _Plan, outcome: Outcome) -> None:
    """Note what was public and is no longer; many at once must be asked for."""
    outcome.withdrawn = [id_ for id_ in plan.before.meetings if id_ not in plan.keys]
    gone = [id_ for id_ in outcome.withdrawn if id_ not in plan.held_back]
    are_many = len(gone) > FEW and 2 * len(gone) > len(plan.before.meetings)
    if are_many and not plan.request.withdraws:
        values = {"count": len(gone), "of": len(plan.before.meetings)}
        outcome.problems.append(problem(plan.request.output, 1, 1, "D170", **values))


# --- what is built ----------------------------------------------------------------------------


def _build(plan: _Plan, workers: Workers, watch: runs.Watch) -> None:
    """Build the pages and documents of the stale meetings; ``watch`` is told of each."""
    jobs = [(meeting, plan.site, _corrections(meeting, plan)) for meeting in plan.stale]
    if jobs:
        html_to_pdf.engine()
    with workers(len(jobs)) if jobs else nullcontext() as executor:
        waiting = [executor.submit(meeting_pages.build, *job) for job in jobs] if executor else []
        for number, job in enumerate(jobs):
            watch(number + 1, len(jobs), job[0].case.id)
            made = waiting[number].result() if executor else meeting_pages.build(*job)
            plan.files |= made
            _remember(plan, job[0].case.id, made)
    for meeting in plan.published:
        plan.after.meetings.setdefault(
            meeting.case.id, plan.before.meetings.get(meeting.case.id, {})
        )
        if meeting.case.id not in plan.held_back:
            looked = {"looked": plan.looked[meeting.case.id]}
            looked["unsaid"] = _digest_of(meeting.unsaid)
            plan.after.meetings[meeting.case.id] |= looked


def _remember(plan: _Plan, id_: str, made: Mapping[str, bytes]) -> None:
    plan.after.meetings[id_] = {
        "key": plan.keys[id_],
        "name": json.loads(made[f"{meeting_data.address(id_)}meeting.json"])["name"],
        "files": {name: store.digest(data) for name, data in made.items()},
    }


def _make_lists(plan: _Plan) -> None:
    """Make what is made of all meetings, from the data of each, and what is left of the gone."""
    addresses = (f"{meeting_data.address(id_)}meeting.json" for id_ in plan.keys)
    meetings = [json.loads(_content(plan, address)) for address in addresses]
    made = lists.build(meetings, plan.site, _upcoming(plan), plan.head)
    plan.after.lists = sorted(made)
    shown = plan.after.names()
    once = plan.before.pages(plan.site.name).items()
    plan.after.withdrawn = {
        name: plan.site.name if any(plan.secrets.quotes(called)) else called
        for name, called in once
        if name not in shown
    }
    gone = plan.after.withdrawn.items()
    plan.lists = {name: lists.withdrawn(name, called, plan.site) for name, called in gone} | made
    plan.after.shared = {name: store.digest(data) for name, data in plan.lists.items()}


def _content(plan: _Plan, name: str) -> bytes:
    made = plan.files.get(name)
    return (plan.request.output / name).read_bytes() if made is None else made


def _upcoming(plan: _Plan) -> list[Data]:
    """Give the meetings to come, the next first: nothing of a draft but where and when."""
    today = plan.request.today
    to_come = [m for m in plan.every if today and m.meeting.is_draft and m.meeting.date >= today]
    return [
        {
            "name": meeting.body.name,
            "date": meeting.meeting.date.isoformat(),
            "time": dates.time_text(meeting.meeting.start) if meeting.meeting.start else "",
            "place": "" if any(plan.secrets.quotes(meeting.place)) else meeting.place,
        }
        for meeting in sorted(to_come, key=lambda one: (one.meeting.date, one.case.id))
    ]


# --- what is proved and put in place ----------------------------------------------------------


def _prove(plan: _Plan, outcome: Outcome) -> None:
    """Tell of what must not be public; what is learnt of the fresh meetings is remembered."""
    known = plan.before.shells(plan.keys)
    watch = Watch.over(plan.every, known, plan.held_back)
    outcome.problems += watch.findings(_to_prove(plan))
    outcome.problems += [
        problem(meeting.case.path, *change.places.of("old"), "W81")
        for meeting in plan.stale
        if meeting.unsaid
        for change in secrecy.withheld_corrections(meeting.case, plan.secrets)
    ]
    for id_, shell in watch.shells.items():
        plan.after.meetings[id_] = {**plan.after.meetings[id_], "shell": shell}


def _to_prove(plan: _Plan) -> dict[str, bytes]:
    """Give every file that is new, and the index of the search unpacked.

    The index holds every word of the meetings that stay too: what has become secret since they were
    put there is found in it.
    """
    told = {
        name: data
        for name, data in plan.lists.items()
        if not name.startswith(("assets/", "search/"))
    }
    index = {
        f"{name}.json": search.unpacked(data)
        for name, data in plan.lists.items()
        if name.startswith("search/")
    }
    return {**plan.files, **told, **index}


def _put(plan: _Plan, outcome: Outcome) -> None:
    """Put everything in its place, the front page last; then take away what is no longer shown.

    What was done is remembered at the end: a run that was cut off is done again.
    """
    output = plan.request.output
    for name, data in [*plan.files.items(), *plan.lists.items()]:
        outcome.written += store.put(output / name, data)
    for name in sorted(plan.before.names() - plan.after.names()):
        if (path := output / name).is_file():
            path.unlink()
            outcome.removed += 1
            _drop_empty(path.parent, output)
    build_state.write(output, plan.after)


def _drop_empty(place: Path, top: Path) -> None:
    """Take away a folder that holds nothing any more, and those around it."""
    while place != top and not any(place.iterdir()):
        place.rmdir()
        place = place.parent
