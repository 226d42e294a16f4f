"""Where the program's own folders are: the only module that asks where it lies itself."""

from pathlib import Path

PROGRAM = Path(__file__).parent
ROOT = PROGRAM.parent
TEMPLATES = ROOT / "templates"
FONTS = TEMPLATES / "fonts"
