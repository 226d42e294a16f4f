import io
import os
import random
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw, ImageFile

from minutes.model import pictures
from minutes.model.pictures import Picture
from minutes.problems.errors import Fault
from minutes.problems.messages import PICTURES


def drawn(mode: str = "RGB", size: tuple[int, int] = (60, 40)) -> Image.Image:
    """Draw a red picture with a white upper left quarter."""
    image = Image.new("RGB", size, "red")
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1] // 2), "white")
    return image.convert(mode)


def noise(size: tuple[int, int] = (300, 200)) -> Image.Image:
    """Give a picture with as many colours as a photograph has."""
    data = random.Random(1).randbytes(size[0] * size[1] * 3)
    return Image.frombytes("RGB", size, data)


def encoded(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


@pytest.fixture
def body(tmp_path: Path) -> Path:
    """Give a body's folder inside another folder."""
    folder = tmp_path / "agendas" / "otop"
    (folder / "images").mkdir(parents=True)
    return folder


def put(body: Path, data: bytes, name: str = "images/a.jpg") -> str:
    (body / name).write_bytes(data)
    return name


def load(body: Path, name: str) -> Picture:
    return pictures.load(body / "2567-01.yaml", body, name)


def loaded(body: Path, data: bytes) -> Picture:
    return load(body, put(body, data))


def fault(body: Path, name: str) -> Fault:
    with pytest.raises(Fault) as caught:
        load(body, name)
    return caught.value


def opened(picture: Picture) -> Image.Image:
    image = Image.open(io.BytesIO(picture.data))
    assert image.size == (picture.width, picture.height)
    assert image.format == {".jpg": "JPEG", ".png": "PNG"}[picture.suffix]
    return image


@pytest.mark.parametrize(
    ("data", "suffix", "mode"),
    [
        (encoded(drawn(), "JPEG"), ".jpg", "RGB"),
        (encoded(drawn("L"), "JPEG"), ".jpg", "L"),
        (encoded(drawn("CMYK"), "JPEG"), ".jpg", "RGB"),
        (encoded(drawn(), "MPO"), ".jpg", "RGB"),
        (encoded(drawn()), ".png", "RGB"),
        (encoded(noise()), ".jpg", "RGB"),
        (encoded(drawn("P")), ".png", "RGB"),
        (encoded(drawn("1")), ".png", "L"),
        (encoded(drawn("L")), ".png", "L"),
        (encoded(drawn("RGBA")), ".png", "RGB"),
        (encoded(drawn("LA")), ".png", "RGB"),
        (encoded(drawn("I;16")), ".png", "L"),
        (encoded(drawn(), "WEBP"), ".png", "RGB"),
        (encoded(noise(), "WEBP", quality=99), ".jpg", "RGB"),
        (encoded(drawn("P"), "GIF"), ".png", "RGB"),
        (encoded(drawn(), "TIFF"), ".png", "RGB"),
        (encoded(drawn("CMYK"), "TIFF"), ".png", "RGB"),
        (encoded(drawn("F"), "TIFF"), ".png", "L"),
        (encoded(drawn(), "BMP"), ".png", "RGB"),
    ],
)
def test_a_picture_becomes_a_jpeg_or_a_png_in_rgb_or_grey(
    body: Path, data: bytes, suffix: str, mode: str
) -> None:
    picture = loaded(body, data)
    assert picture.suffix == suffix
    assert opened(picture).mode == mode


def test_colours_stay_what_they_were(body: Path) -> None:
    for data in (encoded(drawn("P")), encoded(drawn(), "BMP"), encoded(drawn("CMYK"), "TIFF")):
        image = opened(loaded(body, data))
        assert (image.getpixel((1, 1)), image.getpixel((50, 30))) == ((255, 255, 255), (255, 0, 0))


def test_transparency_is_kept(body: Path) -> None:
    clear = drawn("RGBA")
    clear.putpixel((0, 0), (0, 0, 0, 0))
    assert opened(loaded(body, encoded(clear))).getpixel((0, 0)) == (0, 0, 0, 0)
    palette = encoded(drawn("P"), "PNG", transparency=drawn("P").getpixel((0, 0)))
    image = opened(loaded(body, palette))
    assert image.mode == "RGBA"
    assert image.getchannel("A").getextrema() == (0, 255)


def test_sixteen_bits_of_grey_keep_their_range(body: Path) -> None:
    grey = Image.new("I;16", (2, 1), 65_535)
    grey.putpixel((1, 0), 32_896)
    image = opened(loaded(body, encoded(grey)))
    assert [image.getpixel((x, 0)) for x in (0, 1)] == [255, 128]


def test_a_large_picture_is_made_smaller_and_a_small_one_is_left(body: Path) -> None:
    large = loaded(body, encoded(drawn(size=(4_500, 3_000)), "JPEG"))
    assert (large.width, large.height) == (2_000, 1_333)
    tall = loaded(body, encoded(drawn("P", (10, 2_500)), "GIF"))
    assert (tall.width, tall.height) == (8, 2_000)
    assert opened(loaded(body, encoded(drawn()))).size == (60, 40)


PRIVATE = (b"Nikon", b"secret", b"Somchai", b"iCCP", b"eXIf", b"Exif", b"ICC_PROFILE", b"tEXt")


def telephone() -> Image.Exif:
    """Give what a telephone writes: held upright, its maker, and where it was."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Nikon"
    exif.get_ifd(0x8825)[29] = "secret"
    return exif


def private(kind: str, **options: Any) -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return encoded(drawn(), kind, exif=telephone(), icc_profile=profile, **options)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_stands_upright_and_says_nothing_of_its_maker(body: Path, kind: str) -> None:
    options = {"comment": "Somchai"} if kind == "JPEG" else {}
    data = private(kind, **options)
    assert b"Nikon" in data
    picture = loaded(body, data)
    assert (picture.width, picture.height) == (40, 60)
    assert opened(picture).convert("L").getpixel((35, 5)) > 200  # type: ignore[operator] # a number, in mode L
    assert not [word for word in PRIVATE if word in picture.data]


def test_a_broken_exif_block_turns_nothing(body: Path) -> None:
    data = encoded(drawn(), "JPEG", exif=b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\xff\xff\x01\x12")
    assert opened(loaded(body, data)).size == (60, 40)


def test_an_exif_block_that_pillow_fails_on_turns_nothing(
    body: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(image: Image.Image, *, in_place: bool) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("PIL.ImageOps.exif_transpose", fail)
    assert opened(loaded(body, private("JPEG"))).size == (60, 40)


def test_a_colour_profile_is_carried_over(body: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"____").replace(b"gXYZ", b"rXYZ").replace(b"____", b"gXYZ")
    image = opened(loaded(body, encoded(drawn(), icc_profile=swapped)))
    red, green, blue = image.getpixel((50, 30))  # type: ignore[misc] # three, in mode RGB
    assert green > 200 > red + blue


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "CMYK", "L"])
def test_a_colour_profile_that_does_not_fit_is_dropped(body: Path, mode: str) -> None:
    image = drawn(mode)
    if mode == "RGBA":
        image.putpixel((0, 0), (0, 0, 0, 0))
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for profile in (b"no profile", lab):
        found = opened(loaded(body, encoded(image, "TIFF", icc_profile=profile)))
        assert found.convert("RGB").getpixel((50, 30)) == drawn(mode).convert("RGB").getpixel(
            (50, 30)
        )


def test_the_same_picture_gives_the_same_bytes_whatever_is_said_about_it(body: Path) -> None:
    plain, again = loaded(body, encoded(noise())), loaded(body, encoded(noise()))
    assert plain == again
    commented = encoded(noise(), "PNG", dpi=(72, 72), exif=b"Exif\x00\x00MM\x00*\x00\x00\x00\x08")
    assert loaded(body, commented) == plain


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP"])
@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_refuses_a_truncated_picture(body: Path, kind: str, kept: float) -> None:
    data = encoded(noise(), kind)
    name = put(body, data[: int(len(data) * kept)])
    assert fault(body, name).code == "D76"


def test_refuses_a_truncated_picture_after_another_library_allowed_them(
    body: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint does
    data = encoded(noise(), "JPEG")
    assert fault(body, put(body, data[: len(data) // 2])).code == "D76"
    assert ImageFile.LOAD_TRUNCATED_IMAGES


@pytest.mark.parametrize("start", [b"\xff\xd8\xff", b"\x89PNG", b"GIF89a", b"BM", b"II*\x00"])
def test_refuses_a_picture_with_nothing_but_its_first_bytes(body: Path, start: bytes) -> None:
    assert fault(body, put(body, start)).code == "D76"


@pytest.mark.parametrize(
    ("data", "code", "kind"),
    [
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "D78", None),
        (b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic", "D78", None),
        (b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00", "D77", "AVIF"),
        (b"\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00avif", "D77", "AVIF"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "D77", "SVG"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- x -->\n<svg>', "D77", "SVG"),
        (b"<!DOCTYPE html><html><svg>", "D77", "HTML"),
        (b"%PDF-1.7", "D77", "PDF"),
        (b"PK\x03\x04", "D77", "Word, PowerPoint, ZIP"),
        (b"\xd0\xcf\x11\xe0", "D77", "Word, PowerPoint, ZIP"),
        (b"8BPS", "D77", "PSD"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "D77", "EPS"),
        ("ไม่ใช่ภาพ".encode(), "D79", None),
        (b"\x00" * 100, "D79", None),
        (b"P6 1 1 255 \x00\x00\x00", "D79", None),
    ],
)
def test_refuses_what_is_no_picture_whatever_its_suffix(
    body: Path, data: bytes, code: str, kind: str | None
) -> None:
    found = fault(body, put(body, data))
    assert found.code == code
    assert found.values.get("kind") == kind


def test_refuses_a_scan_of_several_pages_rather_than_losing_them(body: Path) -> None:
    pages = encoded(drawn(), "TIFF", save_all=True, append_images=[drawn(), drawn()])
    found = fault(body, put(body, pages))
    assert (found.code, found.values["kind"]) == ("D77", "TIFF (1/3)")


def test_takes_the_first_picture_of_an_animation(body: Path) -> None:
    moving = encoded(drawn(), "GIF", save_all=True, append_images=[drawn("L")])
    assert opened(loaded(body, moving)).getpixel((50, 30)) == (255, 0, 0)


def png_that_claims(width: int, height: int) -> bytes:
    """Give a PNG of a few bytes that says it is ``width`` by ``height``."""
    data = bytearray(encoded(Image.new("1", (1, 1))))
    data[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    return bytes(data)


@pytest.mark.parametrize("side", [10_001, 12_000, 30_000, 2_000_000_000])
def test_refuses_a_picture_that_would_fill_the_memory(body: Path, side: int) -> None:
    found = fault(body, put(body, png_that_claims(side, side)))
    assert (found.code, found.values["limit"]) == ("D75", "100 MP")


def test_a_picture_that_does_fill_the_memory_is_too_large(
    body: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(image: Image.Image) -> None:
        raise MemoryError

    monkeypatch.setattr(pictures, "_turn_upright", fail)
    assert fault(body, put(body, encoded(drawn()))).code == "D75"


def test_a_missing_pillow_is_no_fault_of_the_writer(
    body: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(image: Image.Image) -> None:
        raise ImportError

    monkeypatch.setattr(pictures, "_turn_upright", fail)
    name = put(body, encoded(drawn()))
    with pytest.raises(ImportError):
        load(body, name)


SAMPLES = [encoded(drawn(), kind) for kind in ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP")]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    data=st.sampled_from(SAMPLES),
    changes=st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=4)), min_size=1
    ),
)
def test_damaged_bytes_give_a_picture_or_a_fault_and_nothing_else(
    body: Path, data: bytes, changes: list[tuple[float, bytes]]
) -> None:
    for place, piece in changes:
        at = int(place * len(data))
        data = data[:at] + piece + data[at + len(piece) :]
    name = put(body, data)
    codes = set()
    try:
        opened(load(body, name))
    except Fault as found:
        codes.add(found.code)
    assert codes <= PICTURES.keys()


@pytest.mark.parametrize(
    "name",
    [
        "images/a.png",
        "./images/a.png",
        "images/../images/a.png",
        "images\\a.png",
        " images/a.png ",
        "../otop/images/a.png",
        "ภาพ ที่ 1.png",
        "Screenshot 2.00.00\u202fPM.png",
        "12:30.png",
    ],
)
def test_finds_a_picture_inside_the_folder(body: Path, name: str) -> None:
    for place in ("images/a.png", "ภาพ ที่ 1.png", "Screenshot 2.00.00\u202fPM.png", "12:30.png"):
        put(body, encoded(drawn()), place)
    assert load(body, name).suffix == ".png"


def test_a_name_is_relative_to_the_file_that_says_it(
    body: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(body, encoded(drawn()))
    monkeypatch.chdir(body.parent)
    root, meeting = Path(), Path("otop/2567-01.yaml")
    assert pictures.load(meeting, root, "images/a.jpg").width == 60
    assert pictures.attachment(meeting, root.absolute(), "../otop/images/a.jpg").is_absolute()


@pytest.mark.parametrize(
    "name",
    [
        "../a.jpg",
        "images/../../a.jpg",
        "images\\..\\..\\a.jpg",
        "..",
        "/etc/hostname",
        "//server/share/a.jpg",
        "\\\\server\\share\\a.jpg",
        "C:\\a.jpg",
        "c:a.jpg",
        "https://example.org/a.jpg",
        "file:///etc/hostname",
        "../otop-2/a.jpg",
        "../missing.jpg",
    ],
)
def test_refuses_a_place_outside_the_folder(body: Path, name: str) -> None:
    (body.parent / "a.jpg").write_bytes(encoded(drawn(), "JPEG"))
    (body.parent / "otop-2").mkdir()
    (body.parent / "otop-2" / "a.jpg").write_bytes(encoded(drawn(), "JPEG"))
    assert fault(body, name).code == "D72"


def test_refuses_a_link_that_leads_out(body: Path) -> None:
    outside = body.parent / "a.jpg"
    outside.write_bytes(encoded(drawn(), "JPEG"))
    (body / "link.jpg").symlink_to(outside)
    (body / "folder").symlink_to(body.parent)
    assert fault(body, "link.jpg").code == "D72"
    assert fault(body, "folder/a.jpg").code == "D72"


def test_follows_a_link_that_stays_inside(body: Path) -> None:
    put(body, encoded(drawn()), "images/a.png")
    (body / "b.png").symlink_to(body / "images" / "a.png")
    assert load(body, "b.png").suffix == ".png"


@pytest.mark.parametrize("name", ["gone.jpg", "loop.jpg", "x" * 5_000, "a\x00b", "a\ud800b"])
def test_what_is_not_there_is_missing(body: Path, name: str) -> None:
    (body / "gone.jpg").symlink_to(body / "nothing.jpg")
    (body / "loop.jpg").symlink_to(body / "loop.jpg")
    assert fault(body, name).code == "D71"


def test_refuses_what_is_no_file(body: Path) -> None:
    os.mkfifo(body / "pipe.jpg")
    for name in ("pipe.jpg", "images", "images/", "", "."):
        assert fault(body, name).code == "D73"


def test_refuses_a_file_that_may_not_be_read(body: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    name = put(body, encoded(drawn()))
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", refuse)
        assert fault(body, name).code == "D73"
    monkeypatch.setattr(Path, "open", refuse)
    assert fault(body, name).code == "D73"


def test_refuses_an_empty_and_a_huge_file(body: Path) -> None:
    assert fault(body, put(body, b"")).code == "D74"
    with (body / "huge.jpg").open("wb") as huge:
        huge.truncate(50_000_001)
    found = fault(body, "huge.jpg")
    assert (found.code, found.values["limit"]) == ("D75", "50 MB")


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("images/Photo-1.JPG", "images/photo-1.jpg"),
        ("Images/photo-1.jpg", "images/photo-1.jpg"),
        ("photo-1.jpg", "images/photo-1.jpg"),
        ("images\\photo-1.jpeg", "images/photo-1.jpg"),
        ("images/photo-l.jpg", "images/photo-1.jpg"),
        ("images/cafe\u0301.png", "images/caf\u00e9.png"),
        ("images/น\u0e49\u0e38ง.png", "images/น\u0e38\u0e49ง.png"),
    ],
)
def test_names_the_file_that_was_probably_meant(body: Path, name: str, near: str) -> None:
    for place in ("photo-1.jpg", "caf\u00e9.png", "น\u0e38\u0e49ง.png"):
        put(body, b"x", f"images/{place}")
    found = fault(body, name)
    assert found.code == "D70"
    assert found.values == {"name": name, "near": near}


def test_names_no_file_that_is_hidden_or_far(body: Path) -> None:
    put(body, b"x", ".photo.jpg")
    put(body, b"x", "images/garuda.png")
    assert fault(body, "photo.jpg").code == "D71"


def test_an_attachment_is_found_and_need_be_no_picture(body: Path) -> None:
    name = put(body, b"%PDF-1.7", "images/แผน.pdf")
    assert pictures.attachment(body / "2567-01.yaml", body, name) == body / name


@pytest.mark.parametrize(
    ("name", "code"), [("images/แผ่น.pdf", "D70"), ("b.pdf", "D71"), ("../a.pdf", "D72")]
)
def test_an_attachment_is_checked_like_a_picture(body: Path, name: str, code: str) -> None:
    put(body, b"%PDF-1.7", "images/แผน.pdf")
    with pytest.raises(Fault) as caught:
        pictures.attachment(body / "2567-01.yaml", body, name)
    assert caught.value.code == code


def test_pillow_is_not_imported_before_it_is_needed() -> None:
    question = "import sys, minutes.model.pictures; sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", question], check=False).returncode == 0
