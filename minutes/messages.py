"""Every sentence that tells a writer what is wrong, in Thai and in English, by its code.

``D…`` are faults met while a file is read, ``W…`` are what a checker of minutes would object to.
Slots in braces are filled from the values that the fault carries. A hint says what to do about it.
Keep each block in the order of its codes; a test fires every code once.
"""

from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "info"]
Language = Literal["th", "en"]


class Message(NamedTuple):
    """The wording of one code: its severity, the sentence and the remedy in both languages."""

    severity: Severity
    th: str
    en: str
    hint_th: str = ""
    hint_en: str = ""


SEVERITIES: dict[Severity, dict[Language, str]] = {
    "error": {"th": "ผิดพลาด", "en": "error"},
    "warning": {"th": "คำเตือน", "en": "warning"},
    "info": {"th": "แนะนำ", "en": "info"},
}

# Dates, times, money, numbers: minutes.thai
VALUES: dict[str, Message] = {}

# Reading YAML: minutes.source
SOURCE: dict[str, Message] = {}

# The shape and the fields of a file: minutes.model
MODEL: dict[str, Message] = {}

# Plain writing with a little Markdown: minutes.prose
PROSE: dict[str, Message] = {}

# Pictures and attachments: minutes.pictures
PICTURES: dict[str, Message] = {}

# Folders and neighbours: minutes.records
RECORDS: dict[str, Message] = {}

# What a checker of minutes objects to: minutes.rules
RULES: dict[str, Message] = {}

MESSAGES: dict[str, Message] = (
    VALUES | SOURCE | MODEL | PROSE | PICTURES | RECORDS | RULES
)
