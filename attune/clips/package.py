"""``.attune`` files: one zip of a clip set's folder. Nothing in one is believed before it was checked."""

from __future__ import annotations

import errno
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from attune.clips.folder import holdable, relative_name
from attune.clips.manifest import MANIFEST
from attune.errors import PackageError

ENDING = ".attune"
MOST_ENTRIES = 100_000
MOST_BYTES = 200 << 30  # of everything unpacked
MOST_RATIO = 200  # bytes unpacked for each packed one; tables shrink to a twentieth, films not at all
SLACK_BYTES = 16 << 20  # a small file may shrink as it likes
LONGEST_NAME = 240  # letters; a path may have 260 on Windows
CHUNK = 1 << 20
_TIME = (1980, 1, 1, 0, 0, 0)  # the same set makes the same package


class Package:
    """An open package, every name and size in it checked."""

    def __init__(self, package: zipfile.ZipFile, path: Path) -> None:
        self._package = package
        self._path = path
        self._files = dict(_checked(package, path))

    @property
    def sizes(self) -> Mapping[str, int]:
        """Name of each file → its bytes unpacked."""
        return {name: info.file_size for name, info in self._files.items()}

    def read(self, name: str, most_bytes: int) -> bytes:
        """One file, whole. Raises PackageError package.file_missing, file_large, damaged."""
        if name not in self._files:
            raise _wrong("file_missing", self._path, name)
        if self._files[name].file_size > most_bytes:
            raise _wrong("file_large", self._path, name, megabytes=most_bytes >> 20)
        return b"".join(self.pieces(name))

    def pieces(self, name: str) -> Iterator[bytes]:
        """One file that is there, piece by piece, never more than was announced. Raises PackageError."""
        info = self._files[name]
        left = info.file_size
        try:
            with self._package.open(info) as entry:
                while piece := entry.read(min(CHUNK, left + 1)):
                    left -= len(piece)
                    if left < 0:
                        break
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
            raise _wrong("damaged", self._path, name) from error
        if left:
            raise _wrong("damaged", self._path, name)


@contextmanager
def opened_package(path: Path) -> Iterator[Package]:
    """A package, after every name and size was checked. Raises PackageError package.*."""
    with _opened(path) as package:
        yield Package(package, path)


def entries(path: Path) -> Mapping[str, int]:
    """Name of each file of a package → its bytes unpacked. Raises PackageError package.*."""
    with opened_package(path) as package:
        return package.sizes


def unpack(
    path: Path,
    folder: Path,
    *,
    progress: Callable[[int, int], None],
    wanted: frozenset[str] | None = None,
) -> None:
    """Write a package's files, those wanted, into an empty folder.

    ``progress`` hears bytes written and bytes in all, and may raise to stop. What is half written then, or
    when something fails, is the caller's to remove. Raises PackageError package.*, OSError where the folder
    cannot be written.
    """
    with opened_package(path) as package:
        sizes = {name: size for name, size in package.sizes.items() if wanted is None or name in wanted}
        total, written = sum(sizes.values()), 0
        for name in sizes:
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:
                for piece in package.pieces(name):
                    written += file.write(piece)
                    progress(written, total)


def pack(folder: Path, names: tuple[str, ...], target: Path, *, progress: Callable[[int, int], None]) -> None:
    """Write files of a folder as one package. The same files make the same bytes.

    ``progress`` hears bytes written and bytes in all, and may raise to stop. What is half written then, or
    when something fails, is the caller's to remove. Raises PackageError package.name_* for a name another
    computer could not hold, OSError.
    """
    _check_names(sorted(names), target)
    total, done = sum((folder / name).stat().st_size for name in names), 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as package:
        for name in sorted(names, key=lambda name: (name != MANIFEST, name)):
            with (
                (folder / name).open("rb") as file,
                package.open(_info(name), "w", force_zip64=True) as to,
            ):
                while chunk := file.read(CHUNK):
                    done += to.write(chunk)
                    progress(done, total)


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _TIME)
    info.external_attr = (stat.S_IFREG | 0o644) << 16
    small = name.lower().endswith((".toml", ".csv", ".json", ".txt", ".md"))
    info.compress_type = zipfile.ZIP_DEFLATED if small else zipfile.ZIP_STORED
    return info


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError) as error:
        raise PackageError("package.not_a_package", file=path.name) from error
    except OSError as error:
        if error.errno == errno.EINVAL:  # it points to a place before its own beginning
            raise PackageError("package.not_a_package", file=path.name) from error
        raise PackageError("package.unreadable", file=path.name, problem=error.strerror) from error


def _checked(package: zipfile.ZipFile, path: Path) -> list[tuple[str, zipfile.ZipInfo]]:
    """The package's files by their names as kept here. Raises PackageError."""
    infos = package.infolist()
    if len(infos) > MOST_ENTRIES:
        raise PackageError("package.too_many", file=path.name, found=len(infos), most=MOST_ENTRIES)
    for info in infos:
        if not info.filename:
            raise _wrong("name_outside", path, info.filename)
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
            raise _wrong("link", path, info.filename)
        if info.flag_bits & 0x1:
            raise _wrong("encrypted", path, info.filename)
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise _wrong("other_zip", path, info.filename)
    files = [info for info in infos if not info.is_dir()]
    names = _check_names([info.filename for info in files], path)
    total = sum(info.file_size for info in files)
    packed = sum(info.compress_size for info in files)
    if total > MOST_BYTES or total > SLACK_BYTES + MOST_RATIO * packed:
        raise PackageError("package.bomb", file=path.name, gigabytes=total / (1 << 30))
    return list(zip(names, files, strict=True))


def _check_names(given: list[str], path: Path) -> list[str]:
    """Names that every computer can hold side by side. Raises PackageError package.name_*."""
    names: list[str] = []
    taken: dict[str, str] = {}
    for text in given:
        name = relative_name(text)
        if name is None or name != text:  # ./a, a//b and a\b would be other names than the table's
            raise _wrong("name_outside", path, text)
        parts = name.split("/")
        if len(name) > LONGEST_NAME or any(not holdable(part) for part in parts):
            raise _wrong("name_unusable", path, text)
        folded = unicodedata.normalize("NFC", name).casefold()
        if folded in taken:
            raise _wrong("name_twice", path, text, first=taken[folded])
        taken[folded] = name
        names.append(name)
    for folded, name in taken.items():
        above = folded.rpartition("/")[0]
        while above:
            if above in taken:  # a file cannot be a folder as well
                raise _wrong("name_twice", path, name, first=taken[above])
            above = above.rpartition("/")[0]
    return names


def _wrong(problem: str, path: Path, entry: str, **more: object) -> PackageError:
    return PackageError(f"package.{problem}", file=path.name, entry=ascii(entry)[1:-1][:80], **more)
