"""LibreOffice as an office's computer has it: with the font TH SarabunPSK."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from minutes.paths import ROOT

FONT = ROOT / "templates/fonts/THSarabunPSK.ttf"


def converted(documents: Sequence[Path], folder: Path) -> list[Path]:
    """Let LibreOffice make PDFs of the documents in `folder`; gives their paths."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    environment = {**os.environ, "FONTCONFIG_FILE": str(_fonts(folder))}
    subprocess.run(
        [*command, *documents], check=True, capture_output=True, timeout=300, env=environment
    )
    return [folder / f"{document.stem}.pdf" for document in documents]


def _fonts(folder: Path) -> Path:
    """Give a fontconfig file that knows the font alone: the system's own differ by machine."""
    (folder / "fonts").mkdir()
    shutil.copy(FONT, folder / "fonts")
    settings = folder / "fonts.conf"
    places = f"<dir>{folder / 'fonts'}</dir><cachedir>{folder / 'cache'}</cachedir>"
    settings.write_text(f"<fontconfig>{places}</fontconfig>", encoding="utf-8")
    return settings
