"""Meetings of an invented district as the website's data: as many as a test wants; the examples."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from minutes.build import pipeline
from minutes.documents.proof import reading
from minutes.meetings import loading, redact
from minutes.meetings.loading import Case
from minutes.meetings.proceedings import work_out
from minutes.paths import ROOT
from minutes.site import article, meeting_data
from minutes.site.meeting_data import Data

AGENDAS = ROOT / "agendas"

PLACES = ("บ้านหนองบัว", "บ้านโคกสูง", "บ้านทุ่งนา", "บ้านท่าน้ำ", "บ้านเขาแก้ว", "ตำบลตัวอย่าง")
WORKS = (
    "ซ่อมแซมถนนลูกรัง", "ขุดลอกคลองส่งน้ำ", "ติดตั้งไฟส่องสว่าง", "ก่อสร้างหอถังประปา", "จัดอบรมอาชีพ",
    "ปรับปรุงศูนย์พัฒนาเด็กเล็ก", "กำจัดผักตบชวา", "รณรงค์ป้องกันไข้เลือดออก", "ตรวจสอบฝุ่น PM2.5",
    "แก้ไขปัญหาน้ำท่วมซ้ำซาก", "ส่งเสริมการท่องเที่ยว OTOP", "ฝึกซ้อมแผนอพยพ", "เตรียมความพร้อมรับฤดูแล้ง",
)  # fmt: skip
PEOPLE = ("นายตัวอย่าง ที่หนึ่ง", "นางสาวตัวอย่าง ที่สอง", "นายเอกชัย ณ ตัวอย่าง", "นางมาลี ใจเย็น")
ENDS = ("เห็นชอบตามที่เสนอ", "รับทราบ", "ให้นำกลับมาเสนอใหม่", "อนุมัติ และให้รายงานผลภายใน {} วัน")
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def meetings(count: int, items: int = 6) -> list[Data]:
    """Give so many meetings of two bodies, over ten years."""
    chance = random.Random(2569)
    return [_meeting(chance, number, count, items) for number in range(count)]


def _meeting(chance: random.Random, number: int, count: int, items: int) -> Data:
    year = 2569 - number * 10 // count
    body = ("water", "หนองน้ำ") if number % 2 else ("board", "พัฒนาอำเภอ")
    name = f"รายงานการประชุมคณะกรรมการ{body[1]} ครั้งที่ {number + 1}/{year}"
    day = date(year - 543, 12, 28) - timedelta(days=3 * (number % 100))
    texts = [text for index in range(1, items + 1) for text in _item(chance, index)]
    return {
        "type": "https://schema.oparl.org/1.1/Meeting",
        "id": f"{body[0]}-{year}-{number + 1:04}",
        "web": "index.html",
        "name": name,
        "occasion": f"ครั้งที่ {number + 1}/{year}",
        "organization": {"id": body[0], "name": f"คณะกรรมการ{body[1]}", "office": "อำเภอตัวอย่าง"},
        "date": day.isoformat(),
        "modified": day.isoformat(),
        "meetingState": "รับรองแล้ว",
        "release": {"name": f"อำเภอตัวอย่างประชุมคณะกรรมการ{body[1]}"} if number % 3 else None,
        "agendaItem": [
            {"label": anchor[5:].replace("-", "."), "name": heading, "web": f"index.html#{anchor}"}
            | {"resolutionText": text.rpartition("มติที่ประชุม ")[2]}
            for anchor, heading, text in texts
        ],
        "text": [["minutes", "", f"{name} ผู้มาประชุม {' '.join(PEOPLE)}"], *texts],
    }


def _item(chance: random.Random, index: int) -> Iterator[list[str]]:
    work, place = chance.choice(WORKS), chance.choice(PLACES)
    sum_ = f"{chance.randrange(10, 990)},{chance.randrange(100, 999)} บาท".translate(THAI)
    end = chance.choice(ENDS).format(chance.randrange(7, 60)).translate(THAI)
    heading = f"๕.{str(index).translate(THAI)} {work}{place}"
    told = " ".join(
        f"{chance.choice(PEOPLE)} เสนอให้{chance.choice(WORKS)}ใน{chance.choice(PLACES)} "
        f"หมู่ที่ {chance.randrange(1, 20)} งบประมาณ {sum_}".translate(THAI)
        for _ in range(8)
    )
    yield [f"item-5-{index}", heading, f"{heading} {told} มติที่ประชุม {end}"]


def examples() -> Iterator[tuple[Data, str]]:
    """Go through the finished examples as the search has them, with all that their pages show."""
    for case in loading.find([AGENDAS]).cases:
        if case.meeting.status != "draft":
            office = case.office.model_copy(update={"publish_from": "final"})
            yield _example(replace(case, office=office))


def _example(case: Case) -> tuple[Data, str]:
    pages = pipeline.build_public(work_out(case), formats=["html"])
    shown = redact.public(work_out(case))
    documents = {
        kind: article.of(pages[name].decode())
        for kind in meeting_data.NAMES
        if (name := f"{case.id}-{kind}-public.html") in pages
    }
    data = {
        "type": f"{meeting_data.OPARL}Meeting",
        "id": case.id,
        "name": f"{documents['minutes'].title} {shown.occasion}",
        "occasion": shown.occasion,
        "organization": {"id": case.id.rsplit("-", 2)[0], "name": case.body.name},
        "date": case.meeting.date.isoformat(),
        "modified": case.meeting.date.isoformat(),
        "meetingState": meeting_data.STATES[case.meeting.status],
        "release": None,
        "agendaItem": [],
        "text": meeting_data.texts(documents["minutes"], documents.get("release")),
    }
    read = [reading.read(name, page).shown for name, page in pages.items() if "html" in name]
    return data, " ".join(read)
