import os
import stat
import struct
import zipfile
from collections.abc import Callable
from concurrent.futures import CancelledError
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attune.clips import package
from attune.clips.package import entries, pack, unpack
from attune.errors import PackageError

Make = Callable[..., Path]


def ignore(_done: int, _total: int) -> None:
    pass


def stop(_done: int, _total: int) -> None:
    raise CancelledError


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def make(*names: str, content: bytes = b"x", mode: int = 0) -> Path:
        path = tmp_path / "made.attune"
        with zipfile.ZipFile(path, "w") as made:
            for name in names:
                info = zipfile.ZipInfo(name)
                info.external_attr = mode << 16
                made.writestr(info, content, zipfile.ZIP_DEFLATED)
        return path

    return make


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "set"
    (folder / "media").mkdir(parents=True)
    (folder / "set.toml").write_text('name = "Mine"\n', "utf-8")
    (folder / "clips.csv").write_text("file,emotion\nmedia/ä.mp4,fear\n", "utf-8")
    (folder / "media" / "ä.mp4").write_bytes(os.urandom(3_000_000))
    return folder


NAMES = ("set.toml", "clips.csv", "media/ä.mp4")


def test_what_was_packed_is_unpacked_byte_for_byte(folder: Path, tmp_path: Path) -> None:
    target, heard = tmp_path / "mine.attune", list[tuple[int, int]]()
    pack(folder, NAMES, target, progress=lambda *said: heard.append(said))
    assert heard[-1][0] == heard[-1][1] == sum((folder / name).stat().st_size for name in NAMES)
    assert list(entries(target)) == ["set.toml", "clips.csv", "media/ä.mp4"]
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    unpack(target, elsewhere, progress=ignore)
    for name in NAMES:
        assert (elsewhere / name).read_bytes() == (folder / name).read_bytes()


def test_the_same_files_make_the_same_package(folder: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one.attune", tmp_path / "other.attune"
    pack(folder, NAMES, one, progress=ignore)
    os.utime(folder / "set.toml", (1, 1))
    pack(folder, NAMES[::-1], other, progress=ignore)
    assert one.read_bytes() == other.read_bytes()


def test_packing_can_be_stopped(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(CancelledError):
        pack(folder, NAMES, tmp_path / "mine.attune", progress=stop)


def test_unpacking_can_be_stopped(folder: Path, tmp_path: Path) -> None:
    target, elsewhere = tmp_path / "mine.attune", tmp_path / "elsewhere"
    pack(folder, NAMES, target, progress=ignore)
    elsewhere.mkdir()
    with pytest.raises(CancelledError):
        unpack(target, elsewhere, progress=stop)
    assert sum(path.stat().st_size for path in elsewhere.rglob("*.mp4")) < 3_000_000


@pytest.mark.parametrize(
    ("names", "problem"),
    [
        (("",), "name_outside"),
        (("../out.mp4",), "name_outside"),
        (("media/../../out.mp4",), "name_outside"),
        (("/etc/passwd",), "name_outside"),
        (("C:/windows/system.ini",), "name_outside"),
        (("C:evil.mp4",), "name_outside"),
        (("media\\..\\..\\out.mp4",), "name_outside"),
        (("//server/share/a.mp4",), "name_outside"),
        (("./set.toml",), "name_outside"),
        (("media//a.mp4",), "name_outside"),
        (("con.mp4",), "name_unusable"),
        (("media/LPT1",), "name_unusable"),
        (("media/a?.mp4",), "name_unusable"),
        (("media/a.",), "name_unusable"),
        (("media /a.mp4",), "name_unusable"),
        (("m" * 300,), "name_unusable"),
        (("media/a:stream",), "name_unusable"),
        (("media/a.mp4", "media/A.mp4"), "name_twice"),
        (("media/\u00e9.mp4", "media/e\u0301.mp4"), "name_twice"),
        (("media", "media/a.mp4"), "name_twice"),
    ],
)
def test_names_that_are_not_safe_everywhere_are_refused(
    make: Make, tmp_path: Path, names: tuple[str, ...], problem: str
) -> None:
    path, into = make(*names), tmp_path / "into"
    into.mkdir()
    for attempt in (lambda: entries(path), lambda: unpack(path, into, progress=ignore)):
        with pytest.raises(PackageError) as caught:
            attempt()
        assert caught.value.key == f"package.{problem}"
    assert sorted(found.name for found in tmp_path.rglob("*")) == ["into", "made.attune"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_same_name_twice_is_refused(make: Make) -> None:
    with pytest.raises(PackageError, match="name_twice"):
        entries(make("a.mp4", "a.mp4"))


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_links_and_devices_are_refused(make: Make, kind: int) -> None:
    with pytest.raises(PackageError, match=r"package\.link"):
        entries(make("a.mp4", mode=kind | 0o777, content=b"/etc/passwd"))


def test_a_bomb_is_refused_before_a_byte_is_written(make: Make) -> None:
    with pytest.raises(PackageError, match=r"package\.bomb"):
        entries(make("a.mp4", content=bytes(64 << 20)))


def test_a_size_that_was_understated_writes_no_more_than_was_said(make: Make, tmp_path: Path) -> None:
    path = make("a.mp4", content=bytes(5_000_000))
    data = path.read_bytes()
    path.write_bytes(data.replace(struct.pack("<I", 5_000_000), struct.pack("<I", 1000)))
    into = tmp_path / "into"
    into.mkdir()
    with pytest.raises(PackageError, match=r"package\.damaged"):
        unpack(path, into, progress=ignore)
    assert sum(found.stat().st_size for found in into.iterdir()) <= 1000


def test_too_many_entries_are_refused(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_ENTRIES", 3)
    with pytest.raises(PackageError, match=r"package\.too_many"):
        entries(make("a", "b", "c", "d"))


def test_a_broken_checksum_is_told(folder: Path, tmp_path: Path) -> None:
    target, into = tmp_path / "mine.attune", tmp_path / "into"
    pack(folder, NAMES, target, progress=ignore)
    data = bytearray(target.read_bytes())
    data[1_500_000] ^= 0xFF
    target.write_bytes(data)
    into.mkdir()
    with pytest.raises(PackageError) as caught:
        unpack(target, into, progress=ignore)
    assert caught.value.key == "package.damaged"
    assert caught.value.fields["entry"] == "media/\\xe4.mp4"


def test_a_directory_that_points_before_its_beginning_is_told(make: Make) -> None:
    path = make("a.mp4")
    data = bytearray(path.read_bytes())
    data[-10:-6] = struct.pack("<I", 0xFFFFFF)  # the size of the directory
    path.write_bytes(data)
    with pytest.raises(PackageError, match=r"package\.not_a_package"):
        entries(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a zip at all", bytes(1000)])
def test_what_is_no_package_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.attune"
    path.write_bytes(content)
    with pytest.raises(PackageError, match=r"package\.not_a_package"):
        entries(path)


def test_a_package_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=r"package\.unreadable"):
        entries(tmp_path / "none.attune")


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
def test_a_damaged_package_is_unpacked_whole_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    base = tmp_path_factory.mktemp("any")
    path, into = base / "a.attune", base / "into"
    into.mkdir()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("set.toml", 'name = "Mine"')
        made.writestr("media/a.mp4", bytes(range(256)) * 8)
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    try:
        unpack(path, into, progress=ignore)
    except PackageError as error:
        assert error.key.startswith("package.")  # noqa: PT017 - unpacked whole is as good
    assert {found.name for found in base.iterdir()} == {"a.attune", "into"}
