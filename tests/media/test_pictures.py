import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.errors import MediaError
from attune.media.open import open_media, open_sequence
from attune.media.opencv import cv2
from attune.media.picture_header import picture_size

FORMATS = [".png", ".jpg", ".bmp", ".webp", ".tiff"]


def encoded(ending: str, bgr: np.ndarray) -> bytes:
    return cv2.imencode(ending, bgr)[1].tobytes()


def shown(path: Path) -> np.ndarray:
    with open_media(path) as source:
        (frame,) = source.frames()
        assert frame.time_ns == 0
        return frame.rgb


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_becomes_rgb(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"picture{ending}"
    path.write_bytes(encoded(ending, np.full((11, 17, 3), (200, 100, 20), np.uint8)))
    rgb = shown(path)
    assert rgb.shape == (11, 17, 3)
    assert np.allclose(rgb, (20, 100, 200), atol=3)


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        (np.full((5, 7), 99, np.uint8), (99, 99, 99)),
        (np.full((5, 7), 40_000, np.uint16), (156, 156, 156)),
        (np.full((5, 7, 3), (1_000, 20_000, 60_000), np.uint16), (234, 78, 3)),
        (np.full((5, 7, 4), (10, 20, 30, 128), np.uint8), (30, 20, 10)),
        (np.full((5, 7, 4), (1_000, 20_000, 60_000, 30_000), np.uint16), (234, 78, 3)),
    ],
    ids=["grey", "grey 16", "colour 16", "alpha", "alpha 16"],
)
def test_grey_alpha_and_16_bits_become_rgb_of_8(
    picture: np.ndarray, expected: tuple[int, int, int], tmp_path: Path
) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(encoded(".png", picture))
    rgb = shown(path)
    assert rgb.dtype == np.uint8
    assert (rgb == expected).all()


@pytest.mark.parametrize(
    ("orientation", "size", "corner"),
    [
        (1, (40, 60), (0, 0)),
        (3, (40, 60), (20, 30)),
        (6, (60, 40), (0, 20)),
        (8, (60, 40), (30, 0)),
        (2, (40, 60), (0, 30)),
    ],
)
def test_exif_orientation_is_honoured(
    orientation: int, size: tuple[int, int], corner: tuple[int, int], tmp_path: Path
) -> None:
    bgr = np.zeros((40, 60, 3), np.uint8)
    bgr[:20, :30] = 255
    jpeg = encoded(".jpg", bgr)
    exif = b"Exif\0\0II*\0" + struct.pack("<IHHHIHHI", 8, 1, 0x112, 3, 1, orientation, 0, 0)
    path = tmp_path / "turned.jpg"
    path.write_bytes(jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:])
    with open_media(path) as source:
        assert (source.info.height, source.info.width) == size
    white = np.argwhere(shown(path)[..., 0] > 128)
    assert tuple(white.min(axis=0)) == corner


@pytest.mark.parametrize("ending", FORMATS)
@given(width=st.integers(1, 300), height=st.integers(1, 300))
def test_the_header_tells_the_size(ending: str, width: int, height: int) -> None:
    data = encoded(ending, np.zeros((height, width, 3), np.uint8))
    assert picture_size(data) == (ending[1:].replace("jpg", "jpeg"), width, height)


def test_the_header_of_every_kind_of_webp_tells_the_size() -> None:
    bgr = np.random.default_rng(1).integers(0, 255, (33, 21, 4), np.uint8)
    lossless = cv2.imencode(".webp", bgr, [cv2.IMWRITE_WEBP_QUALITY, 101])[1].tobytes()
    lossy = cv2.imencode(".webp", bgr, [cv2.IMWRITE_WEBP_QUALITY, 50])[1].tobytes()
    plain = cv2.imencode(".webp", bgr[..., :3], [cv2.IMWRITE_WEBP_QUALITY, 50])[1].tobytes()
    assert {data[12:16] for data in (lossless, lossy, plain)} == {b"VP8L", b"VP8X", b"VP8 "}
    assert {picture_size(data) for data in (lossless, lossy, plain)} == {("webp", 21, 33)}


@given(st.sampled_from([b"\x89PNG", b"\xff\xd8\xff", b"BM", b"RIFF1234WEBPVP8X", b"II*\0"]), st.binary())
def test_a_header_of_anything_is_a_size_or_none(start: bytes, rest: bytes) -> None:
    size = picture_size(start + rest)
    assert size is None or min(size[1:]) >= 0


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("share", [0.05, 0.5, 0.9])
def test_a_picture_cut_short_is_told(
    ending: str, share: float, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    picture = np.random.default_rng(1).integers(0, 255, (64, 64, 3), np.uint8)
    data = encoded(ending, picture)
    path = tmp_path / f"cut{ending}"
    path.write_bytes(data[: int(share * len(data))])
    with pytest.raises(MediaError) as error:
        open_media(path)
    assert error.value.key == "media.unreadable"
    assert capfd.readouterr() == ("", "")


def test_one_wrong_bit_in_a_png_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    data = bytearray(encoded(".png", np.random.default_rng(1).integers(0, 255, (64, 64, 3), np.uint8)))
    data[len(data) // 2] ^= 1
    path = tmp_path / "damaged.png"
    path.write_bytes(data)
    with pytest.raises(MediaError) as error:
        open_media(path)
    assert error.value.key == "media.unreadable"
    assert capfd.readouterr() == ("", "")


def test_an_absurd_size_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 100_000, 90_000) + b"\x08\2\0\0\0IEND"
    )
    with pytest.raises(MediaError) as error:
        open_media(path)
    assert error.value.key == "media.too_large"
    assert error.value.fields == {"path": str(path), "width": 100_000, "height": 90_000, "limit": 8192}


@pytest.mark.parametrize(("width", "height"), [(8193, 2), (2, 8193)])
def test_the_limit_is_8192_a_side(width: int, height: int, tmp_path: Path) -> None:
    path = tmp_path / "long.png"
    path.write_bytes(encoded(".png", np.zeros((height, width), np.uint8)))
    with pytest.raises(MediaError) as error:
        open_media(path)
    assert error.value.key == "media.too_large"
    path.write_bytes(encoded(".png", np.zeros((min(height, 8192), min(width, 8192)), np.uint8)))
    assert max(shown(path).shape) == 8192


def test_a_picture_of_many_gigabytes_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "heavy.bmp"
    with path.open("wb") as file:
        file.write(b"BM")
        file.truncate(1 << 36)  # sparse: it takes no room
    with pytest.raises(MediaError) as error:
        open_media(path)
    assert error.value.key == "media.too_heavy"


def test_a_sequence_tells_of_the_picture_that_is_missing_or_unlike(tmp_path: Path) -> None:
    one, other, gone = tmp_path / "one.png", tmp_path / "other.png", tmp_path / "gone.png"
    one.write_bytes(encoded(".png", np.zeros((4, 6, 3), np.uint8)))
    other.write_bytes(encoded(".png", np.zeros((6, 4, 3), np.uint8)))
    for second, key in ((other, "media.other_size"), (gone, "media.missing")):
        with open_sequence([one, second], 25.0) as source:
            frames = source.frames()
            assert next(frames).index == 0
            with pytest.raises(MediaError) as error:
                next(frames)
            assert (error.value.key, error.value.fields["path"]) == (key, str(second))
