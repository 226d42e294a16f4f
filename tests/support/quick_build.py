"""An office with two bodies, built quickly: a document holds all that it might depend on, as text.

That is more than any page shows, and costs a thousandth of a PDF.
"""

import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from minutes.build import pipeline, runs, staleness
from minutes.build.pipeline import Format
from minutes.build.runs import Outcome
from minutes.documents.pages import Kind
from minutes.documents.pdf import html_to_pdf
from minutes.documents.proof import layout
from minutes.meetings.proceedings import Proceedings
from tests.support.sample import picture

OFFICE = "ชื่อหน่วยงาน: ที่ว่าการอำเภอตัวอย่าง\n"
BODY = "ชื่อ: {}\nสมาชิก: [{{ชื่อ: นายก ดี, ตำแหน่ง: นายอำเภอ, หน้าที่: ประธาน}}]\n"
BODIES = {"board": "คณะกรรมการหนึ่ง", "council": "คณะกรรมการสอง"}
MEETING = """
ครั้งที่: {number}/2567
วันที่: {day} พฤษภาคม 2567
เวลาเริ่ม: 09.30
เวลาเลิก: 11.00
สถานที่: ห้องประชุม
สถานะ: {status}
ผู้จดรายงาน: นายก ดี
ระเบียบวาระ:
  - ชนิด: เพื่อพิจารณา
    เรื่อง:
      - ชื่อเรื่อง: {title}
        มติ: รับทราบ
""".lstrip()
MORE = "        สืบเนื่องจาก: {}\n"
IMAGES = "        ภาพ: [{{ไฟล์: {}, คำบรรยาย: ห้องประชุม}}]\n"
ALL: frozenset[str] = frozenset(f"{body}-2567-0{number}" for body in BODIES for number in (1, 2, 3))


def meeting(
    number: int,
    *,
    day: int | None = None,
    title: str = "เรื่องหนึ่ง",
    status: str = "รับรองแล้ว",
    follows: str = "",
    image: str = "",
) -> str:
    """Give a meeting's file."""
    text = MEETING.format(number=number, day=day or number, title=title, status=status)
    return (
        text + (MORE.format(follows) if follows else "") + (IMAGES.format(image) if image else "")
    )


def build(
    proceedings: Proceedings,
    kinds: Collection[Kind],
    formats: Collection[Format],
    *,
    embed_fonts: bool = False,
) -> dict[str, bytes]:
    """Give a meeting's documents, which say all that was worked out of it."""
    files: dict[str, bytes] = {}
    for kind in pipeline.wanted(proceedings, kinds):
        for suffix in (*formats, *(["txt"] if kind == "release" else [])):
            name = f"{proceedings.case.id}-{kind}.{suffix}"
            files[name] = _document(suffix, f"{name} {embed_fonts} {proceedings!r}".encode())
    return files


def _document(suffix: str, content: bytes) -> bytes:
    """Give content the beginning and the end that documents of its kind have."""
    ends = {"docx": (b"PK", b"PK\x05\x06"), "pdf": (b"%PDF", b"%%EOF")}
    start, end = ends.get(suffix, (b"", b""))
    return start + content + end


@contextmanager
def building(build: Callable[..., dict[str, bytes]] = build) -> Iterator[None]:
    """Build this way for a while."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "build", lambda *given, **_: build(*given))
        patch.setattr(pipeline, "possible", lambda formats: tuple(formats))
        patch.setattr(html_to_pdf, "page_count", lambda data: 1)
        patch.setattr(layout, "proof", lambda path, files: [])
        yield


class Desk:
    """An office's agendas and their documents, in a folder of their own."""

    folder: Path
    agendas: Path
    out: Path

    @classmethod
    def there(cls, folder: Path) -> "Desk":
        """Give the desk that is already in a folder."""
        desk = cls.__new__(cls)
        desk.folder, desk.agendas, desk.out = folder, folder / "agendas", folder / "out"
        return desk

    def __init__(self, folder: Path) -> None:
        self.__dict__ |= vars(Desk.there(folder))
        self.put("office.yaml", OFFICE)
        for body, name in BODIES.items():
            self.put(f"{body}/body.yaml", BODY.format(name))
            for number in (1, 2, 3):
                self.put(f"{body}/2567-0{number}.yaml", meeting(number))

    def put(self, name: str, content: str | bytes) -> Path:
        """Write a file below the agendas."""
        path = self.agendas / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def put_picture(self, name: str, width: int = 60) -> Path:
        """Draw a picture below the agendas."""
        return self.put(name, picture(width))

    def run(self, *paths: str, out: Path | None = None, **options: Any) -> Outcome:
        """Build what is stale."""
        staleness.program.cache_clear()
        request = runs.Request(
            tuple(self.agendas / path for path in paths or ("",)),
            out or self.out,
            options.pop("kinds", pipeline.KINDS),
            options.pop("formats", ("docx",)),
            **options,
        )
        return runs.run(request)

    def rebuilt(self, *paths: str, **options: Any) -> set[str]:
        """Build what is stale, and give the ids of the meetings that were."""
        outcome = self.run(*paths, **options)
        assert not outcome.crashes
        return {f"{stale.path.parent.name}-{stale.path.stem}" for stale in outcome.stale}

    def reasons(self, **options: Any) -> set[tuple[str, str]]:
        """Build what is stale, and give the reasons."""
        stale = self.run(**options).stale
        return {(reason.what, reason.name) for one in stale for reason in one.reasons}

    def output(self, id_: str, ending: str = "minutes.docx") -> Path:
        """Give the place of one output."""
        body, year, number = id_.rsplit("-", 2)
        return self.out / body / f"{year}-{number}" / f"{id_}-{ending}"

    def documents(self, out: Path | None = None) -> dict[str, bytes]:
        """Give all outputs by their names."""
        top = out or self.out
        return {
            path.relative_to(top).as_posix(): path.read_bytes()
            for path in sorted(top.rglob("*"))
            if path.is_file() and not path.name.startswith(".built")
        }

    def clean(self, *paths: str, **options: Any) -> dict[str, bytes]:
        """Give what a build from nothing gives."""
        out = self.folder / "clean"
        shutil.rmtree(out, ignore_errors=True)
        self.run(*paths, out=out, **options)
        return self.documents(out)
