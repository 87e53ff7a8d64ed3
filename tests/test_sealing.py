"""What is sealed opens with its key alone, from any place, and up to where it was broken off."""

import io
import os
import pickle
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune import sealing
from attune.errors import SealError
from attune.resources import Words
from attune.sealing import (
    LENGTH,
    MAGIC,
    PIECE,
    SALT,
    TAG,
    SealedReader,
    SealedWriter,
    new_lock,
    open_lock,
    opened,
    sealed_path,
)

KEY = bytes(range(32))


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "COST", {"n": 16, "r": 8, "p": 1})


def sealed(path: Path, *parts: bytes, end: bool = True) -> Path:
    writer = SealedWriter(path, KEY)
    for part in parts:
        writer.write(part)
        writer.flush()
    if end:
        writer.close()
    else:
        writer.abandon()
    return path


def read(path: Path, key: bytes = KEY) -> bytes:
    with io.BufferedReader(SealedReader(path, key)) as reader:
        return reader.read()


def fails(key: str, path: Path, secret: bytes = KEY) -> None:
    with pytest.raises(SealError) as caught:
        read(path, secret)
    assert caught.value.key == f"seal.{key}"
    assert "{" not in Words().error(caught.value)


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 17])
def test_what_was_sealed_comes_back(tmp_path: Path, size: int) -> None:
    data = os.urandom(size)
    path = sealed(tmp_path / "film", data)
    assert read(path) == data
    assert size < 16 or data[:64] not in path.read_bytes()  # a byte or two may stand there by chance
    with SealedReader(path, KEY) as reader:
        assert (reader.size, reader.whole) == (size, True)


@given(st.data())
def test_any_place_is_read_as_in_a_plain_file(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("sealed") / "film"
    sizes = data.draw(st.lists(st.integers(0, 2 * PIECE), max_size=4))
    plain = random.Random(1).randbytes(sum(sizes))
    parts, at = [], 0
    for size in sizes:
        parts.append(plain[at : at + size])
        at += size
    sealed(path, *parts)
    with io.BufferedReader(SealedReader(path, KEY)) as reader:
        for _ in range(5):
            place, length = data.draw(st.integers(0, len(plain) + 9)), data.draw(st.integers(0, 3 * PIECE))
            reader.seek(place)
            assert reader.read(length) == plain[place : place + length]
        assert reader.seek(0, os.SEEK_END) == len(plain)


def test_a_recording_broken_off_is_there_up_to_what_was_flushed(tmp_path: Path) -> None:
    seconds = [os.urandom(100_000) for _ in range(5)]
    path = sealed(tmp_path / "film", *seconds, end=False)
    whole = path.read_bytes()
    with SealedReader(path, KEY) as reader:
        assert not reader.whole
    assert read(path) == b"".join(seconds)
    for cut in (1, TAG, 3 * LENGTH, 5000, 34_000):  # the power went while the last piece was written
        path.write_bytes(whole[:-cut])
        assert read(path) == b"".join(seconds)[: 4 * 100_000 + PIECE]
    path.write_bytes(whole[: len(MAGIC) + SALT])
    assert read(path) == b""


@pytest.mark.parametrize("torn", [20_000, 0])
def test_pages_that_never_reached_the_disk_end_a_recording(tmp_path: Path, torn: int) -> None:
    """After a power cut they are zeros; ``torn``: how many bytes of the last second did reach it."""
    seconds = [os.urandom(30_000) for _ in range(3)]
    path = sealed(tmp_path / "film", *seconds, end=False)
    one = LENGTH + 30_000 + TAG
    kept = path.read_bytes()[: len(MAGIC) + SALT + 2 * one + torn]
    path.write_bytes(kept + bytes(one - torn) + bytes(9000))
    assert read(path) == b"".join(seconds[:2])
    with SealedReader(path, KEY) as reader:
        assert (reader.size, reader.whole) == (60_000, False)


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    fails("wrong_key", sealed(tmp_path / "film", b"face"), bytes(32))


def test_two_files_of_the_same_bytes_are_nothing_alike(tmp_path: Path) -> None:
    one, two = (sealed(tmp_path / name, bytes(1000)).read_bytes() for name in ("one", "two"))
    assert not set(zip(*[iter(one[24:])] * 16, strict=False)) & set(zip(*[iter(two[24:])] * 16, strict=False))


@pytest.mark.parametrize("place", [30, PIECE + 100, 2 * PIECE + 200, -1])
def test_one_bit_changed_is_told(tmp_path: Path, place: int) -> None:
    path = sealed(tmp_path / "film", os.urandom(3 * PIECE))
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    fails("wrong_key" if place == 30 else "damaged", path)


def test_pieces_taken_out_or_moved_are_told(tmp_path: Path) -> None:
    path = sealed(tmp_path / "film", os.urandom(3 * PIECE))
    data = path.read_bytes()
    head, one = len(MAGIC) + SALT, LENGTH + PIECE + TAG
    pieces = [data[head + n * one : head + (n + 1) * one] for n in range(3)]
    end = data[head + 3 * one :]
    for order in ((0, 2), (0, 2, 1), (0, 1, 1)):
        path.write_bytes(data[:head] + b"".join(pieces[n] for n in order) + end)
        fails("damaged", path)
    path.write_bytes(data[:head] + end)  # as if nothing had been in it
    fails("wrong_key", path)


def test_what_is_not_sealed_is_told(tmp_path: Path) -> None:
    for data in (b"", MAGIC, b"RIFF" * 100):
        (tmp_path / "film").write_bytes(data)
        fails("not_sealed", tmp_path / "film")


@given(st.binary(max_size=200))
def test_no_bytes_do_harm(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "film"
    path.write_bytes(MAGIC + data)
    try:
        assert read(path) == b""  # nobody makes up a piece without the key
    except SealError:
        return


@pytest.mark.usefixtures("cheap")
def test_a_lock_opens_with_its_passphrase_and_can_get_another() -> None:
    text, key = new_lock("a quiet blue lamp \u00e9")
    assert open_lock(text, "a quiet blue lamp e\u0301") == key
    again, same = new_lock("another", key)
    assert (same, open_lock(again, "another")) == (key, key)
    for wrong in ("", "A quiet blue lamp", "another"):
        with pytest.raises(SealError, match="wrong_passphrase"):
            open_lock(text, wrong)
    with pytest.raises(SealError, match="no_passphrase"):
        new_lock("")


@pytest.mark.usefixtures("cheap")
@given(st.data())
def test_a_damaged_lock_is_told(data: st.DataObject) -> None:
    text, _ = new_lock("a quiet blue lamp")
    begin = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(begin + 1, len(text)))
    piece = data.draw(st.one_of(st.text(max_size=9), st.sampled_from(["99999999999", "-1", "null", "{}"])))
    assert text[begin:end] == piece or _told(text[:begin] + piece + text[end:])


def _told(text: str) -> bool:
    try:
        open_lock(text, "a quiet blue lamp")
    except SealError as error:
        return error.key in ("seal.lock_damaged", "seal.wrong_passphrase")
    return True  # a blank, or a figure of no meaning


def test_a_lock_costs_what_it_should() -> None:
    assert sealing.COST == {"n": 1 << 17, "r": 8, "p": 1}


def test_a_path_carries_its_key_and_shows_it_nowhere(tmp_path: Path) -> None:
    path = sealed_path(sealed(tmp_path / "film", b"face"), KEY)
    with opened(pickle.loads(pickle.dumps(path))) as file:
        assert file.read() == b"face"
    assert path == tmp_path / "film"
    assert repr(KEY) not in repr(path)
    (tmp_path / "plain").write_bytes(b"face")
    with opened(tmp_path / "plain") as file:
        assert file.read() == b"face"
