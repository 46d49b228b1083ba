"""Long files in pieces: what was encrypted comes back byte for byte, and nothing done to the pieces goes unnoticed."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinguo.lib import streams
from jinguo.lib.crypto import Tampered
from jinguo.lib.streams import decrypt_file, encrypt_file

KEY = b"k" * 32
PIECE = 64  # small pieces, so that short files have many
SEALED_PIECE = PIECE + 16


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    monkeypatch.setattr(streams, "PIECE", PIECE)


def sealed(folder, plain: bytes):
    """The encrypted file of these bytes; both files are made anew."""
    source, target = folder / "plain", folder / "sealed"
    source.write_bytes(plain)
    target.unlink(missing_ok=True)
    encrypt_file(source, target, KEY)
    return target


def opened(folder, key=KEY) -> bytes:
    """The bytes of the encrypted file."""
    target = folder / "opened"
    target.unlink(missing_ok=True)
    decrypt_file(folder / "sealed", target, key)
    return target.read_bytes()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(plain=st.one_of(st.binary(max_size=400), st.sampled_from([b"x" * n * PIECE for n in range(4)])))
def test_it_comes_back_as_it_was(tmp_path, plain):
    sealed(tmp_path, plain)
    assert opened(tmp_path) == plain


def test_nothing_of_it_can_be_read_in_the_encrypted_file(tmp_path):
    assert b"13900000001" not in sealed(tmp_path, b"13900000001 " * 50).read_bytes()


def cut_at_a_border(data: bytes) -> bytes:
    return data[: 8 + SEALED_PIECE * 2]


def cut_inside(data: bytes) -> bytes:
    return data[:-5]


def cut_to_the_head(data: bytes) -> bytes:
    return data[:8]


def cut_inside_the_head(data: bytes) -> bytes:
    return data[:3]


def nothing_left(data: bytes) -> bytes:
    return b""


def swap(data: bytes) -> bytes:
    first, second = data[8 : 8 + SEALED_PIECE], data[8 + SEALED_PIECE : 8 + 2 * SEALED_PIECE]
    return data[:8] + second + first + data[8 + 2 * SEALED_PIECE :]


def drop_one(data: bytes) -> bytes:
    return data[: 8 + SEALED_PIECE] + data[8 + 2 * SEALED_PIECE :]


def double_one(data: bytes) -> bytes:
    return data[: 8 + SEALED_PIECE] + data[8 : 8 + SEALED_PIECE] + data[8 + SEALED_PIECE :]


def append(data: bytes) -> bytes:
    return data + b"more"


def change_one_bit(data: bytes) -> bytes:
    return data[:100] + bytes([data[100] ^ 1]) + data[101:]


@pytest.mark.parametrize(
    "attack",
    [
        cut_at_a_border,
        cut_inside,
        cut_to_the_head,
        cut_inside_the_head,
        nothing_left,
        swap,
        drop_one,
        double_one,
        append,
        change_one_bit,
    ],
)
def test_what_is_done_to_the_pieces_is_noticed_and_nothing_is_left(tmp_path, attack):
    path = sealed(tmp_path, bytes(range(256)))
    path.write_bytes(attack(path.read_bytes()))
    with pytest.raises(Tampered, match="sealed is damaged"):
        opened(tmp_path)
    assert not (tmp_path / "opened").exists()


def test_another_key_does_not_open_it(tmp_path):
    sealed(tmp_path, b"secret")
    with pytest.raises(Tampered):
        opened(tmp_path, b"x" * 32)


def test_a_file_that_is_there_already_is_never_touched(tmp_path):
    sealed(tmp_path, b"secret")
    (tmp_path / "there").write_text("kept")
    with pytest.raises(FileExistsError):
        encrypt_file(tmp_path / "plain", tmp_path / "there", KEY)
    with pytest.raises(FileExistsError):
        decrypt_file(tmp_path / "sealed", tmp_path / "there", KEY)
    assert (tmp_path / "there").read_text() == "kept"


def test_a_disk_that_is_full_leaves_nothing_half_written(tmp_path):
    sealed(tmp_path, b"x" * 1000)
    with pytest.raises(OSError, match="No space"):
        decrypt_file_onto_full_device(tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("opened")] == []


def decrypt_file_onto_full_device(folder):
    """Linux's own full device stands in for the disk: everything written to it is refused."""
    with streams._whole_or_not(folder / "opened"), open("/dev/full", "wb", buffering=0) as full:
        full.write(b"x")
