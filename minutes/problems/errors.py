"""What can be wrong with a writer's file, and the exceptions that carry it.

Whose fault? The writer's: a ``Problem`` with its place. Ours: a traceback.
"""

import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from minutes.problems.messages import MESSAGES, SEVERITIES, Language, Severity

LONGEST_SHOWN = 160
PYTHON = "python" if sys.platform == "win32" else "python3"  # which Windows does not have
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True)
class Correction:
    """What mends a fault for certain: at this place of the file ``new`` takes the place of ``old``.

    ``line`` and ``column`` count from 1, a column is one character; ``old`` ends on its line.
    """

    line: int
    column: int
    old: str
    new: str

    @property
    def end(self) -> int:
        """The column behind the last character that is taken away."""
        return self.column + len(self.old)


@dataclass(frozen=True)
class Problem:
    """One fault at one place; ``line`` and ``column`` count from 1, a column is one character."""

    path: Path
    line: int
    column: int
    code: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)
    severity: Severity = "error"
    correction: Correction | None = field(default=None, compare=False)

    def message(self, language: Language = "th") -> str:
        """Say what is wrong, in one sentence on one line."""
        wording = MESSAGES[self.code]
        return (wording.th if language == "th" else wording.en).format_map(self._shown_values)

    def hint(self, language: Language = "th") -> str:
        """Say what to do about it, on one line; empty when there is nothing to add."""
        wording = MESSAGES[self.code]
        hint = wording.hint_th if language == "th" else wording.hint_en
        return as_typed(hint).format_map(self._shown_values)

    @property
    def _shown_values(self) -> dict[str, str]:
        return {name: _shown(value) for name, value in self.values.items()}

    def line_of_text(self, shown_path: str, language: Language = "th") -> str:
        """Give the line that a terminal and an editor understand: ``file:line:column: …``."""
        severity = SEVERITIES[self.severity][language]
        place = f"{shown_path}:{self.line}:{self.column}"
        return f"{place}: {severity}[{self.code}]: {self.message(language)}"


def as_typed(text: str) -> str:
    """Give a text with its commands as they are typed on this system."""
    return text.replace("python3 build.py", f"{PYTHON} build.py")


def without_unseen(text: str) -> str:
    """Give a text with a space for each character that would command a terminal instead."""
    return _UNSEEN.sub(" ", text)


def _shown(value: object) -> str:
    """Give a value as a message can show it: on one line, not too long; words with dots between."""
    if isinstance(value, tuple):
        return " · ".join(map(str, value))
    text = str(value)
    line = " ".join(without_unseen(text[: 4 * LONGEST_SHOWN]).split())
    cut = len(line) > LONGEST_SHOWN or len(text) > 4 * LONGEST_SHOWN
    return line[: LONGEST_SHOWN - 1] + "…" if cut else line


def problem(path: Path, line: int, column: int, code: str, /, **values: object) -> Problem:
    """Make a Problem with the severity that its code has."""
    return Problem(path, line, column, code, values, MESSAGES[code].severity)


class Fault(ValueError):
    """A value that cannot be read, before anybody knows where it stands.

    ``line`` is the line inside a text, from 0, when it matters; the reader of the file adds its
    own place.
    """

    def __init__(self, code: str, *, line: int | None = None, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.line = line
        self.values = values

    def __str__(self) -> str:
        return f"{self.code}: {MESSAGES[self.code].en.format_map(self.values)}"


class MinutesError(Exception):
    """A writer's file cannot be used; carries every problem that was found, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(p.line_of_text(str(p.path), "en") for p in self.problems))


class ClusterError(Exception):
    """A Dask cluster that cannot be used, and why: nobody's fault who wrote or programmed."""

    def __init__(
        self, why: Literal["address", "extra", "workers", "program"], detail: object = ""
    ) -> None:
        super().__init__(str(detail))
        self.why = why
