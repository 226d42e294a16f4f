"""What a browser shows of meetings that are watched: their pages, the release's text, the problems.

A scene of ``watching`` becomes JSON; a file is given only under a name that stands in that JSON.
"""

import json
import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from minutes import store
from minutes.build.runs import Request
from minutes.console.terminal import shown, why_not_written
from minutes.console.wording import WORDS
from minutes.meetings import folders, loading
from minutes.model import office, record
from minutes.paths import TEMPLATES
from minutes.problems.errors import MinutesError, Problem
from minutes.problems.messages import SEVERITIES
from minutes.source import reader
from minutes.thai import dates
from minutes.watch import page_images
from minutes.watch.loop import Scene, Standing
from minutes.watch.server import Bell, Reply

OWN = {
    "": ("preview/preview.html", "text/html; charset=utf-8"),
    "preview.css": ("preview/preview.css", "text/css; charset=utf-8"),
    "preview.js": ("preview/preview.js", "text/javascript; charset=utf-8"),
    "icon.svg": ("preview/icon.svg", "image/svg+xml"),
    "regular.ttf": ("fonts/MinutesSarabun-Regular.ttf", "font/ttf"),
    "bold.ttf": ("fonts/MinutesSarabun-Bold.ttf", "font/ttf"),
}
NAMES = {"minutes": "รายงานการประชุม", "release": "ข่าว"}
GRAVEST_FIRST = tuple(SEVERITIES)
LONGEST_LINE = 160  # characters of the writer's file that are shown below a problem
REMEMBERED = 8  # PDFs whose pages can be asked for: a browser may still want those before the last
PAGE = re.compile(r"page/([0-9a-f]{32})-([0-9]+)\.png")


class Board:
    """The scene as it is now, for a browser to ask about; the bell rings at each change."""

    def __init__(self, request: Request, clock: Callable[[], datetime]) -> None:
        self.bell = Bell()
        self._request = request
        self._clock = clock
        self._scene = Scene()
        self._built: dict[Path, datetime] = {}
        self._pdfs: deque[bytes] = deque(maxlen=REMEMBERED)

    def show(self, scene: Scene) -> None:
        """Show a new scene."""
        before = self._scene.standings
        for path, standing in scene.standings.items():
            if standing.state == "built" and before and before.get(path) is not standing:
                self._built[path] = self._clock()
        self._scene = scene
        self.bell.ring()

    def give(self, name: str) -> Reply | None:
        """Give what stands under a name: the page and its parts, the state, pictures, PDFs."""
        if name in OWN:
            file, kind = OWN[name]
            return Reply(kind, (TEMPLATES / file).read_bytes())
        kind, _, rest = name.partition("/")
        if kind == "state":
            state = json.dumps(self.state(rest), ensure_ascii=False)
            return Reply("application/json", state.encode())
        if kind == "pdf":
            return self._pdf(rest)
        match = PAGE.fullmatch(name)
        return self._picture(match[1], int(match[2])) if match else None

    def state(self, id_: str = "") -> dict[str, Any]:
        """Give all that the page shows; ``id_`` is the meeting that its reader has chosen."""
        scene = self._scene
        of = {standing.id: standing for standing in scene.standings.values()}
        latest = scene.standings.get(scene.latest) if scene.latest else None
        chosen = of.get(id_) or latest or self._newest(of.values())
        return {
            "busy": scene.busy,
            "saves": scene.saves,
            "latest": latest.id if latest else "",
            "trouble": why_not_written(scene.trouble, self._request.output, WORDS["th"])
            if scene.trouble
            else "",
            "groups": list(_groups(scene)),
            "others": _problems(scene.others),
            "meeting": self._meeting(chosen, scene) if chosen else None,
        }

    def _newest(self, standings: Iterable[Standing]) -> Standing | None:
        """Give the meeting whose file was written last: it is likely the one at hand."""
        times = [(looks.mtime_ns, one) for one in standings if (looks := store.looks(one.path))]
        return max(times, key=lambda pair: pair[0])[1] if times else None

    # --- one meeting --------------------------------------------------------------------------

    def _meeting(self, standing: Standing, scene: Scene) -> dict[str, Any]:
        is_building = standing.path == scene.building or (
            scene.busy and standing.state == "waiting"
        )
        return {
            "id": standing.id,
            "title": _title(standing.path),
            "file": shown(standing.path),
            "folder": shown(self._request.output / folders.output_folder(standing.path)),
            "state": "building" if is_building else standing.state,
            "at": self._when(standing.path),
            "documents": list(self._documents(standing)),
            "text": self._text(standing),
            "problems": _problems(standing.problems),
            "trouble": self._trouble(standing),
        }

    def _documents(self, standing: Standing) -> Iterator[dict[str, Any]]:
        """Give the documents whose PDF is there, page by page."""
        for kind in self._request.kinds:
            path = self._output(standing.path, f"{kind}.pdf")
            pdf = _read(path)
            if pdf is None:
                continue
            if pdf not in self._pdfs:
                self._pdfs.append(pdf)
            yield {
                "kind": kind,
                "name": NAMES[kind],
                "pdf": f"pdf/{standing.id}-{kind}",
                "pages": [_page(sheet) for sheet in page_images.sheets(pdf)],
            }

    def _text(self, standing: Standing) -> str:
        if "release" not in self._request.kinds:
            return ""
        return (_read(self._output(standing.path, "release.txt")) or b"").decode().strip()

    def _output(self, meeting: Path, ending: str) -> Path:
        """Give the place of a document; the new one's, where an edited one was kept."""
        folder = self._request.output / folders.output_folder(meeting)
        path = folder / f"{folders.meeting_id(meeting)}-{ending}"
        newer = store.beside(path, "new")
        return newer if newer.is_file() else path

    def _when(self, meeting: Path) -> str:
        """Give when the documents were built: the time of day, before it the day if not today."""
        ending = "minutes.pdf" if "minutes" in self._request.kinds else "release.pdf"
        looks = store.looks(self._output(meeting, ending))
        if looks is None:
            return ""
        now = self._clock()
        built = self._built.get(meeting)
        when = built or datetime.fromtimestamp(looks.mtime_ns / 1e9, now.tzinfo)
        time = dates.time_text(when.time())
        day = "" if when.date() == now.date() else f"{dates.date_text(when.date(), short=True)} "
        return day + time

    def _trouble(self, standing: Standing) -> str:
        """Say what, other than its file, keeps a meeting from being built."""
        words = WORDS["th"]
        if standing.trace:
            what = words.crash.format(path=shown(standing.path))
            return f"{what}\n{standing.trace.strip().splitlines()[-1]}"
        reasons = (why_not_written(one, Path(), words) for one in standing.unwritten)
        return "\n".join(reasons)

    # --- files --------------------------------------------------------------------------------

    def _pdf(self, name: str) -> Reply | None:
        """Give a document by the name that the state gave it."""
        id_, _, kind = name.rpartition("-")
        for standing in self._scene.standings.values():
            if standing.id == id_ and kind in self._request.kinds:
                pdf = _read(self._output(standing.path, f"{kind}.pdf"))
                return Reply("application/pdf", pdf) if pdf else None
        return None

    def _picture(self, digest: str, width: int) -> Reply | None:
        """Draw a page that the state told of."""
        if width not in page_images.WIDTHS:
            return None
        for pdf in tuple(self._pdfs):
            for number, sheet in enumerate(page_images.sheets(pdf)):
                if sheet.digest == digest:
                    return Reply("image/png", page_images.picture(pdf, number, width))
        return None


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _page(sheet: page_images.Sheet) -> dict[str, Any]:
    size = {"width": round(sheet.width), "height": round(sheet.height)}
    return {"digest": sheet.digest, **size, "text": sheet.text}


# --- all meetings -----------------------------------------------------------------------------


def _groups(scene: Scene) -> Iterator[dict[str, Any]]:
    """Give the meetings by their bodies, each with its state and how many problems it has."""
    for folder, members in groupby(scene.standings.values(), lambda one: one.path.parent):
        meetings = [_line(standing, scene) for standing in members]
        yield {"name": _body_name(folder), "meetings": meetings}


def _line(standing: Standing, scene: Scene) -> dict[str, Any]:
    found = Counter(problem.severity for problem in standing.problems)
    return {
        "id": standing.id,
        "name": standing.path.stem,
        "state": "building" if standing.path == scene.building else standing.state,
        "errors": found["error"],
        "warnings": found["warning"],
    }


def _body_name(folder: Path) -> str:
    """Give a body's name, or the name of its folder where the file does not tell."""
    try:
        node = reader.read(folder / folders.BODY)
    except (MinutesError, OSError):
        return folders.body_id(folder)
    for entry in node.entries:
        key = office.Body.keys.get(record.folded(entry.key.text))
        if key == "name" and isinstance(entry.value, reader.Scalar) and entry.value.text:
            return entry.value.text
    return folders.body_id(folder)


def _title(path: Path) -> str:
    """Give number and day of a meeting, as far as its file tells."""
    try:
        known = loading.glimpse(path)
    except OSError:
        known = None
    if known is None:
        return path.stem
    number = f"ครั้งที่ {known.number} " if known.number else ""
    return f"{known.session} {number}วันที่ {dates.date_text(known.date)}".strip()


# --- problems ---------------------------------------------------------------------------------


def _problems(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Give problems with their wording, the gravest first, in the order of the files."""
    told = sorted(dict.fromkeys(problems), key=lambda one: GRAVEST_FIRST.index(one.severity))
    return [_problem(one) for one in told]


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "place": f"{shown(problem.path)}:{problem.line}:{problem.column}",
        "line": problem.line,
        "severity": problem.severity,
        "word": SEVERITIES[problem.severity]["th"],
        "code": problem.code,
        "message": problem.message(),
        "hint": problem.hint(),
        "excerpt": _excerpt(problem),
    }


def _excerpt(problem: Problem) -> str:
    """Give the line of the writer's file that a problem is about."""
    if problem.path.suffix != ".yaml":
        return ""
    lines = (_read(problem.path) or b"").decode("utf-8-sig", "replace").splitlines()
    text = lines[problem.line - 1].strip() if problem.line <= len(lines) else ""
    return text[: LONGEST_LINE - 1] + "…" if len(text) > LONGEST_LINE else text
