"""A body's folder on the disk, its meetings put there one after another."""

from pathlib import Path
from textwrap import dedent, indent

from minutes.meetings import actions, folders, loading
from minutes.meetings.actions import Assignment
from minutes.meetings.loading import History

OFFICE = "ชื่อหน่วยงาน: ที่ว่าการอำเภอตัวอย่าง\n"
BODY = """
ชื่อ: คณะกรรมการตัวอย่าง
สถานที่: ห้องประชุม ชั้น 2
สมาชิก:
  - {ชื่อ: นายตัวอย่าง ที่หนึ่ง, ตำแหน่ง: นายอำเภอตัวอย่าง, หน้าที่: ประธานกรรมการ}
  - {ชื่อ: นางตัวอย่าง ที่สอง, ตำแหน่ง: ปลัดอำเภอ, หน้าที่: กรรมการและเลขานุการ}
ผู้จดรายงาน: นางตัวอย่าง ที่สอง
"""


class Shelf:
    """An office with one body, named ``board`` unless told otherwise."""

    def __init__(self, root: Path, body: str = BODY, name: str = "board") -> None:
        self.root, self.folder = root, root / name
        self.folder.mkdir(parents=True, exist_ok=True)
        (root / "office.yaml").write_text(OFFICE, "utf-8")
        (self.folder / "body.yaml").write_text(body, "utf-8")

    def put(self, name: str, text: str) -> Path:
        """Write a meeting's file as it is given."""
        path = self.folder / f"{name}.yaml"
        path.write_text(dedent(text), "utf-8")
        return path

    def meet(self, name: str, day: str, *items: str, number: str = "", more: str = "") -> Path:
        """Write a meeting's file; each item is its lines, under เพื่อพิจารณา or, following, สืบเนื่อง."""
        follow = [item for item in items if "สืบเนื่องจาก:" in item]
        other = [item for item in items if item not in follow]
        lines = [f"วันที่: {day}", f"ครั้งที่: {number}" if number else "", dedent(more)]
        lines += ["ระเบียบวาระ:", *_section("สืบเนื่อง", follow), *_section("เพื่อพิจารณา", other)]
        return self.put(name, "\n".join(line for line in lines if line) + "\n")

    @property
    def files(self) -> list[Path]:
        """The files of the body's meetings, in order."""
        return folders.meetings_in(self.folder)

    def history(self) -> History:
        """Read all; nothing may be wrong."""
        history = loading.history(self.folder)
        assert history.problems == ()
        return history

    def actions(self) -> list[Assignment]:
        """Give all that was assigned."""
        return list(actions.of(self.history()))


def _section(kind: str, items: list[str]) -> list[str]:
    """Give a section's lines."""
    if not items:
        return []
    listed = "\n".join(f"- {indent(dedent(item).strip(), '  ')[2:]}" for item in items)
    return [f"  - ชนิด: {kind}", "    เรื่อง:", indent(listed, "      ")]


def item(title: str, *tasks: str, more: str = "") -> str:
    """Give an item's lines; a task is what stands between the braces of an action."""
    lines = [f"ชื่อเรื่อง: {title}", *dedent(more).strip().splitlines()]
    lines += ["มอบหมาย:", *(f"  - {{{task}}}" for task in tasks)] if tasks else []
    return "\n".join(lines)
