"""Files that only a passphrase opens: sealed in pieces, so that a film plays from any place of it at once.

AES-256-GCM (NIST SP 800-38D) by ``cryptography``; our own is only how the pieces lie in the file: a head
(``MAGIC`` and a salt), then pieces, each its length (4 bytes, big-endian) and its bytes with their tag.
Every file has a key of its own, HMAC-SHA256 of the head under the key of what is locked; a piece's number is
its nonce, so pieces can be neither changed, moved nor taken out unseen. An empty piece ends a file: where it
is missing, writing was broken off, and all whole pieces before can be read; what a power cut left behind them
is not looked at.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import json
import os
import sys
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from pathlib import Path, PosixPath, WindowsPath
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Self

from attune.errors import SealError

if TYPE_CHECKING:  # loading it takes a tenth of a second
    from _typeshed import WriteableBuffer
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"ATTUNES1"
SALT, LENGTH, TAG, NONCE = 16, 4, 16, 12
HEAD = len(MAGIC) + SALT
PIECE = 1 << 16
KEPT = 8  # pieces a reader keeps open: decoders jump to and fro a little
KEY = 32
# RFC 7914; 128 MiB and about half a second for each guess at a passphrase.
COST = {"n": 1 << 17, "r": 8, "p": 1}
MOST_MEMORY = (1 << 31) - 2


class SealedWriter:
    """Writes one sealed file; what was flushed can be read even if nothing more is ever written.

    Raises OSError; FileExistsError where there is one already.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        head = MAGIC + os.urandom(SALT)
        self._cipher = _cipher(key, head)
        self._file = path.open("xb")
        self._file.write(head)
        self._waiting = bytearray()
        self._number = 0

    def write(self, data: bytes | bytearray | memoryview) -> int:
        """Take some more bytes; they are on their way once a whole piece is there."""
        self._waiting += data
        while len(self._waiting) >= PIECE:
            self._seal(bytes(self._waiting[:PIECE]))
            del self._waiting[:PIECE]
        return len(data)

    def flush(self) -> None:
        """Return once everything written so far is on the disk."""
        if self._waiting:
            self._seal(bytes(self._waiting))
            self._waiting.clear()
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Say that the file is whole, and let go of it."""
        self.flush()
        self._seal(b"")
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def abandon(self) -> None:
        """Let go of the file as it is, without its end."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.close()
        else:
            self.abandon()

    def _seal(self, data: bytes) -> None:
        length = len(data).to_bytes(LENGTH, "big")
        self._file.write(length + self._cipher.encrypt(self._number.to_bytes(NONCE, "big"), data, length))
        self._number += 1


class SealedReader(io.RawIOBase):
    """Reads a sealed file at any place; ``whole``: it was written to its end.

    Raises SealError seal.not_sealed, seal.wrong_key or, for bytes that are not as they were written,
    seal.damaged; OSError. Use from one thread at a time.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        super().__init__()
        self._path = path
        self._file = path.open("rb")
        try:
            self._cipher = _cipher(key, _head(self._file, path))
            self._places, self._starts, self.size, ended = _pieces(self._file)
            self._piece = lru_cache(KEPT)(self._open)
            if self._places:
                self._check_first()
            if not ended:
                self._leave_out_torn()
            self.whole = ended and not self._piece(len(self._places) - 1)
        except BaseException:
            self._file.close()
            raise
        self._at = 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """Place of the next byte."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go somewhere, as files do."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        if base + offset < 0:
            raise ValueError("before the beginning")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill as much of the buffer as lies within one piece; 0 at the end."""
        into = memoryview(buffer).cast("B")
        if self._at >= self.size or not len(into):
            return 0
        number = bisect_right(self._starts, self._at) - 1
        within = self._at - self._starts[number]
        found = self._piece(number)[within : within + len(into)]
        into[: len(found)] = found
        self._at += len(found)
        return len(found)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
        super().close()

    def _check_first(self) -> None:
        """The first piece tells another's key from damage further on."""
        try:
            self._piece(0)
        except SealError as error:
            raise SealError("seal.wrong_key", path=str(self._path)) from error

    def _leave_out_torn(self) -> None:
        """After a power cut the last pages of a file may hold anything, zeros most of all."""
        while len(self._places) > 1:
            try:
                self._piece(len(self._places) - 1)
            except SealError:
                _, length = self._places.pop()
                self._starts.pop()
                self.size -= length
            else:
                return

    def _open(self, number: int) -> bytes:
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - as above

        place, length = self._places[number]
        self._file.seek(place)
        said = length.to_bytes(LENGTH, "big")
        try:
            return self._cipher.decrypt(number.to_bytes(NONCE, "big"), self._file.read(length + TAG), said)
        except InvalidTag as error:
            raise SealError("seal.damaged", path=str(self._path)) from error


def _head(file: BinaryIO, path: Path) -> bytes:
    head = file.read(HEAD)
    if len(head) < HEAD or not head.startswith(MAGIC):
        raise SealError("seal.not_sealed", path=str(path))
    return head


def _pieces(file: BinaryIO) -> tuple[list[tuple[int, int]], list[int], int, bool]:
    """Place and length of each whole piece, where each begins, the size of all, whether it was ended."""
    size = os.fstat(file.fileno()).st_size
    places: list[tuple[int, int]] = []
    starts: list[int] = []
    at, total, ended = HEAD, 0, False
    while at + LENGTH + TAG <= size and not ended:
        file.seek(at)
        length = int.from_bytes(file.read(LENGTH), "big")
        if length == 0 and not any(file.read(TAG)):
            break  # zeros, which were never written
        if length > PIECE or at + LENGTH + length + TAG > size:
            break  # broken off here
        places.append((at + LENGTH, length))
        starts.append(total)
        at, total, ended = at + LENGTH + length + TAG, total + length, length == 0
    return places, starts, total, ended


def _cipher(key: bytes, head: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - as above

    return AESGCM(hmac.digest(key, head, "sha256"))


# The key itself is drawn by chance, and kept sealed under the passphrase: that can be changed at once.


def new_lock(passphrase: str, key: bytes | None = None) -> tuple[str, bytes]:
    """A lock for a passphrase, as a text to be kept beside what it locks, and the key of that.

    ``key``: one that has a lock already, which gets another. Raises SealError seal.no_passphrase.
    """
    if not passphrase:
        raise SealError("seal.no_passphrase")
    key = key or os.urandom(KEY)
    salt, nonce = os.urandom(SALT), os.urandom(NONCE)
    told = {
        "attune_lock": 1,
        **COST,
        "salt": _text(salt),
        "nonce": _text(nonce),
        "key": _text(_cipher(_stretched(passphrase, salt, COST), MAGIC).encrypt(nonce, key, MAGIC)),
    }
    return json.dumps(told, indent=1) + "\n", key


def open_lock(text: str, passphrase: str) -> bytes:
    """The key that a lock keeps. Raises SealError seal.wrong_passphrase, seal.lock_damaged."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - as above

    try:
        told = json.loads(text)
        cost = _affordable({name: int(told[name]) for name in COST})
        salt, nonce, sealed = (base64.b64decode(told[name]) for name in ("salt", "nonce", "key"))
        return _cipher(_stretched(passphrase, salt, cost), MAGIC).decrypt(nonce, sealed, MAGIC)
    except InvalidTag as error:
        raise SealError("seal.wrong_passphrase") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise SealError("seal.lock_damaged") from error


def _affordable(cost: dict[str, int]) -> dict[str, int]:
    """A lock from elsewhere must not make the computer stand still. Raises ValueError."""
    if not (2 <= cost["n"] <= 1 << 20 and 1 <= cost["r"] <= 8 and 1 <= cost["p"] <= 4):
        raise ValueError(cost)
    return cost


def _stretched(passphrase: str, salt: bytes, cost: dict[str, int]) -> bytes:
    """The same from every keyboard."""
    text = unicodedata.normalize("NFC", passphrase).encode()
    return hashlib.scrypt(text, salt=salt, dklen=KEY, maxmem=MOST_MEMORY, **cost)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


# Where a sealed file goes, its key goes along: whoever opens files asks `opened`.

_Path = WindowsPath if sys.platform == "win32" else PosixPath


class SealedPath(_Path):  # type: ignore[misc, valid-type]
    """The path of a sealed file with its key, which no text of it shows; paths made from it have none."""

    key: bytes

    def __reduce__(self) -> tuple[object, ...]:
        """To the measuring process and back."""
        return (sealed_path, (str(self), self.key))


def sealed_path(path: str | Path, key: bytes) -> SealedPath:
    """A path that carries its key."""
    found = SealedPath(path)
    found.key = key
    return found


def opened(path: Path) -> io.BufferedReader:
    """A file as it was before it was sealed, or as it is. Raises OSError, SealError."""
    if isinstance(path, SealedPath):
        return io.BufferedReader(SealedReader(path, path.key), PIECE)
    return path.open("rb")
