"""Pictures and attachments that a meeting's file names: found, checked and made fit for print.

A picture leaves as JPEG or PNG, upright, at most 2,000 px long, in RGB or grey, without metadata
(a telephone writes the place and the owner into it); the same picture always gives the same bytes.
"""

import difflib
import hashlib
import io
import os.path
import re
import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from minutes.problems.errors import Fault

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_FILE = 50_000_000
"""Bytes of a picture or an attachment."""

MOST_PIXELS = 100_000_000
"""What a picture may unfold to; beyond it a small file can fill the memory."""

LONGEST_SIDE = 2_000
"""Pixels of the longer side in print: 12 cm at 400 dots an inch."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is fit for print; ``suffix`` is .jpg or .png, the size is in pixels.

    ``origin`` is the SHA-256 of the file that it was made from.
    """

    data: bytes
    suffix: str
    width: int
    height: int
    origin: str = field(default="", compare=False)


def load(path: Path, folder: Path, name: str) -> Picture:
    """Read the picture that the file at ``path`` calls ``name``; raises Fault D70 to D79."""
    data = _content(attachment(path, folder, name), name)
    _refuse_other_kinds(data, name)
    with _pillow_errors_as_faults(data, name), _whole_pictures_only():
        printable = _printable(_opened(data, name))
        return replace(printable, origin=hashlib.sha256(data).hexdigest())


def attachment(path: Path, folder: Path, name: str) -> Path:
    """Find the file that the file at ``path`` calls ``name``; raises Fault D70 to D75.

    It must lie inside ``folder``, links followed; a backslash parts folders as in Windows.
    """
    base, root = path.parent.resolve(), folder.resolve()
    wanted = _inside(base, root, name)
    try:
        found = wanted.resolve(strict=True)
    except (OSError, RuntimeError, ValueError):  # not there, a loop of links, no name for a disk
        raise _missing(base, name) from None
    if not found.is_relative_to(root):
        raise Fault("D72", name=name)
    _check_file(found, name)
    return found


# Files


def relative(name: str) -> str:
    """Give a file's name as its path from the meeting's folder, with the slash of all systems."""
    return name.strip().replace("\\", "/")


def _inside(base: Path, root: Path, name: str) -> Path:
    """Give the file's place, unless a drive, a web address or ``..`` leads out of the folder."""
    place = Path(os.path.normpath(base / relative(name)))
    if re.match(r"[A-Za-z]:|\w+://", name.strip()) or not place.is_relative_to(root):
        raise Fault("D72", name=name)
    return place


def _check_file(found: Path, name: str) -> None:
    if not found.is_file():
        raise Fault("D73", name=name)
    size = found.stat().st_size
    if not size:
        raise Fault("D74", name=name)
    if size > LARGEST_FILE:
        raise Fault("D75", name=name, limit=f"{LARGEST_FILE // 1_000_000} MB")
    try:
        found.open("rb").close()
    except OSError:
        raise Fault("D73", name=name) from None


def _content(found: Path, name: str) -> bytes:
    try:
        return found.read_bytes()
    except OSError:
        raise Fault("D73", name=name) from None


def _missing(base: Path, name: str) -> Fault:
    near = _nearest(base, relative(name))
    return Fault("D70", name=name, near=near) if near else Fault("D71", name=name)


def _nearest(base: Path, name: str) -> str:
    """Name the file that was probably meant: other letter case, other folder, or a slip."""
    files = islice((file for file in base.rglob("[!.]*") if file.is_file()), 1_000)
    known = {
        _folded(file): file for file in sorted(item.relative_to(base).as_posix() for item in files)
    }
    wanted = _folded(name)
    if wanted in known:
        return known[wanted]
    same = [known[file] for file in known if Path(file).name == Path(wanted).name]
    close = difflib.get_close_matches(wanted, known, n=1)
    return (same or [known[file] for file in close] or [""])[0]


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


# What the bytes are

_READABLE = {
    "JPEG": rb"\xff\xd8\xff",
    "PNG": rb"\x89PNG",
    "GIF": rb"GIF8",
    "WEBP": rb"RIFF....WEBP",
    "TIFF": rb"II\*\x00|MM\x00\*",
    "BMP": rb"BM",
}
_OTHERS = {
    "PDF": rb"%PDF",
    "Word, PowerPoint, ZIP": rb"PK\x03\x04|\xd0\xcf\x11\xe0",
    "HTML": rb"(?i:(?:\xef\xbb\xbf)?\s*<(?:!doctype )?html\b)",
    "SVG": rb"(?:\xef\xbb\xbf)?\s*<(?:[?!][^\x00]*<)?svg\b",
    "PSD": rb"8BPS",
    "EPS": rb"%!PS",
    "AVIF": rb"....ftyp(?:avif|avis|mif1....avif)",
}
_HEIC = re.compile(rb"....ftyp(?:he[ivc][cxms]|mif1|msf1)", re.DOTALL)


def _refuse_other_kinds(data: bytes, name: str) -> None:
    head = data[:4096]
    for kind, signature in _OTHERS.items():
        if re.match(signature, head, re.DOTALL):
            raise Fault("D77", name=name, kind=kind)
    if _HEIC.match(head):
        raise Fault("D78", name=name)


@contextmanager
def _pillow_errors_as_faults(data: bytes, name: str) -> Iterator[None]:
    """Whatever Pillow says of hostile bytes, it is the file's fault; it raises a dozen kinds."""
    from PIL.Image import DecompressionBombError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # oddities of EXIF blocks and palettes, mended below
            yield
    except (Fault, ImportError):
        raise
    except (DecompressionBombError, MemoryError):
        raise _too_many_pixels(name) from None
    except Exception as error:
        known = any(re.match(start, data, re.DOTALL) for start in _READABLE.values())
        raise Fault("D76" if known else "D79", name=name) from error


@contextmanager
def _whole_pictures_only() -> Iterator[None]:
    """Refuse half a picture: WeasyPrint tells Pillow, once for all, to let it pass."""
    from PIL import ImageFile

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _too_many_pixels(name: str) -> Fault:
    return Fault("D75", name=name, limit=f"{MOST_PIXELS // 1_000_000} MP")


# Fit for print


def _opened(data: bytes, name: str) -> "Image":
    from PIL import Image

    image = Image.open(io.BytesIO(data), formats=list(_READABLE))
    if image.width * image.height > MOST_PIXELS:
        raise _too_many_pixels(name)
    pages = getattr(image, "n_frames", 1)
    if image.format == "TIFF" and pages > 1:  # the other pages would be lost in silence
        raise Fault("D77", name=name, kind=f"TIFF (1/{pages})")
    image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG need not be unfolded whole
    image.load()
    return image


def _printable(image: "Image") -> Picture:
    """Re-encode: photographs as JPEG; what is transparent or has few colours as PNG."""
    from PIL import Image

    is_jpeg = image.format in {"JPEG", "MPO"}
    profile = image.info.get("icc_profile", b"")
    _turn_upright(image)
    image = _in_srgb(_shrunk(_in_8_bits(image)), profile)
    bare = Image.frombytes(image.mode, image.size, image.tobytes())  # pixels and nothing else
    as_jpeg = is_jpeg or (image.mode == "RGB" and bare.getcolors(32_768) is None)
    stream = io.BytesIO()
    bare.save(stream, "JPEG" if as_jpeg else "PNG", **({"quality": 85} if as_jpeg else {}))
    return Picture(stream.getvalue(), ".jpg" if as_jpeg else ".png", *bare.size)


def _turn_upright(image: "Image") -> None:
    """Turn the picture as the camera was held; a broken EXIF block turns nothing."""
    from PIL import ImageOps

    with suppress(Exception):  # whatever the block provokes; the pixels are sound
        ImageOps.exif_transpose(image, in_place=True)


def _in_8_bits(image: "Image") -> "Image":
    """Give RGB, RGBA, CMYK or L; 16 bits of grey keep their whole range."""
    if image.mode.startswith("I"):
        return image.convert("F").point(lambda value: value * (1 / 257) + 0).convert("L")
    if image.has_transparency_data:
        image = _as(image, "RGBA")
        is_opaque = image.getchannel("A").getextrema() == (255, 255)
        return image.convert("RGB") if is_opaque else image
    if image.mode in {"1", "L", "F", "CMYK"}:
        return _as(image, "CMYK" if image.mode == "CMYK" else "L")
    return _as(image, "RGB")


def _as(image: "Image", mode: str) -> "Image":
    return image if image.mode == mode else image.convert(mode)


def _shrunk(image: "Image") -> "Image":
    from PIL import Image

    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return image


def _in_srgb(image: "Image", profile: bytes) -> "Image":
    """Carry over the colours of a camera's or print shop's profile; an unusable one is dropped."""
    from PIL import ImageCms

    mode = "RGB" if image.mode == "CMYK" else image.mode
    if profile and image.mode != "L":
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, source, target, outputMode=mode)
            return converted or _as(image, mode)
        except (ImageCms.PyCMSError, OSError):
            return _as(image, mode)
    return _as(image, mode)
