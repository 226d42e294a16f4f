"""Make what is committed and made by us: ``python tools/generate.py [--check] [NAME …]``.

``--check`` writes nothing and names what is stale (exit status 1). What needs more than the
program's own packages has a script of its own: the other faces (``derive_fonts``,
``derive_other_fonts``), the pictures of the examples and of the documentation (``draw_…``,
``compare_lines``), the locks (``lock``).
"""

import argparse
import sys
from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from minutes.paths import ROOT


class Maker(NamedTuple):
    """A module of ``tools`` whose ``files()`` says what each file holds, and where they are."""

    module: str
    places: str  # a pattern below the repository: what else matches it is left over

    def made(self) -> Mapping[Path, bytes]:
        """Return what each file must hold."""
        made: Mapping[Path, bytes] = import_module(f"tools.{self.module}").files()
        return made


MAKERS = {
    "messages": Maker("make_messages", "docs/messages.md"),
    "rules": Maker("make_rules", "docs/rules/*.md"),
    "schemas": Maker("make_schemas", "schema/*/*.json"),
    "styles": Maker("make_styles", "templates/styles.docx"),
    "draft mark": Maker("draw_draft_mark", "templates/draft.svg"),
    "regular face": Maker("derive_fonts", "templates/fonts/MinutesSarabun-Regular.ttf"),
}


def stale(name: str) -> list[Path]:
    """Return the files that are not what their maker gives, and those that it gives no more."""
    made = MAKERS[name].made()
    if not made:
        raise ValueError(f"{name} makes nothing")
    kept = {path: path.read_bytes() for path in ROOT.glob(MAKERS[name].places)}
    return sorted(path for path in made.keys() | kept.keys() if made.get(path) != kept.get(path))


def make(name: str) -> list[Path]:
    """Write what is stale, take away what is made no more; return both."""
    changed, made = stale(name), MAKERS[name].made()
    for path in changed:
        if path in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(made[path])
        else:
            path.unlink()
    return changed


def main(given: Iterable[str] | None = None) -> int:
    """Make or check what is named, or all; return 1 where a check found something stale."""
    parser = argparse.ArgumentParser(description="Make the generated files anew.")
    parser.add_argument("--check", action="store_true", help="write nothing, name what is stale")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(MAKERS))
    chosen = parser.parse_args(None if given is None else list(given))
    if unknown := set(chosen.names) - MAKERS.keys():
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are: {', '.join(MAKERS)}")
    changed = [
        path for name in chosen.names or MAKERS for path in (stale if chosen.check else make)(name)
    ]
    for path in changed:
        print(f"{'stale' if chosen.check else 'made'}: {path.relative_to(ROOT).as_posix()}")
    return 1 if chosen.check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
