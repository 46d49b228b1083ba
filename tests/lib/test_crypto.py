"""A ciphertext opens only where it was sealed, whole, with its key; keys are added and dropped, never lost."""

import json
import os
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinguo.lib import crypto
from jinguo.lib.crypto import KeyMissing, KeyRing, Tampered

RING = KeyRing("k2", {"k1": b"1" * 32, "k2": b"2" * 32}, b"l" * 32)
places = st.text(min_size=1, max_size=60)


@pytest.fixture
def path(tmp_path):
    crypto.create_ring(tmp_path / "keys" / "ring.json")
    return tmp_path / "keys" / "ring.json"


@given(plain=st.binary(max_size=300), place=places)
def test_what_was_sealed_opens_at_its_place(plain, place):
    assert RING.open(RING.seal(plain, place), place) == plain


@given(plain=st.binary(max_size=300), place=places, other=places)
def test_it_does_not_open_anywhere_else(plain, place, other):
    if place != other:
        with pytest.raises(Tampered):
            RING.open(RING.seal(plain, place), other)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plain=st.binary(min_size=1, max_size=80), bit=st.integers(min_value=0))
def test_any_changed_bit_is_noticed(plain, bit):
    sealed = bytearray(RING.seal(plain, "place"))
    bit %= len(sealed) * 8
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises((Tampered, KeyMissing)):
        RING.open(bytes(sealed), "place")


@given(plain=st.binary(min_size=1, max_size=80), kept=st.integers(min_value=0))
def test_any_cut_is_noticed(plain, kept):
    sealed = RING.seal(plain, "place")
    with pytest.raises(Tampered):
        RING.open(sealed[: kept % len(sealed)], "place")


@given(rubbish=st.binary(max_size=200))
def test_rubbish_is_never_opened(rubbish):
    with pytest.raises((Tampered, KeyMissing)):
        RING.open(rubbish, "place")


def test_a_head_that_names_another_of_our_keys_does_not_open():
    sealed = KeyRing("k1", RING.keys, RING.lookup).seal(b"secret", "place")
    assert RING.open(sealed, "place") == b"secret"
    with pytest.raises(Tampered):
        RING.open(sealed.replace(b"k1.", b"k2.", 1), "place")


def test_equal_values_are_sealed_differently_each_time():
    assert RING.seal(b"secret", "place") != RING.seal(b"secret", "place")


def test_a_value_of_another_ring_is_said_to_lack_its_key_or_not_to_open():
    stranger = KeyRing("k7", {"k7": b"7" * 32}, b"m" * 32)
    with pytest.raises(KeyMissing, match="k7"):
        RING.open(stranger.seal(b"secret", "place"), "place")
    with pytest.raises(Tampered):
        RING.open(KeyRing("k1", {"k1": b"x" * 32}, b"m" * 32).seal(b"secret", "place"), "place")


@given(value=st.text(max_size=40), other=st.text(max_size=40))
def test_look_up_hashes_are_equal_only_for_equal_values_of_one_purpose_and_ring(value, other):
    assert (RING.hash(value, "phone") == RING.hash(other, "phone")) == (value == other)
    assert RING.hash(value, "phone") != RING.hash(value, "mobile")
    assert RING.hash(value, "phone") != KeyRing("k1", RING.keys, b"n" * 32).hash(value, "phone")


def test_a_ring_is_made_once_and_only_its_owner_may_read_it(path):
    assert path.stat().st_mode & 0o777 == 0o600
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        crypto.create_ring(path)
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_new_key_seals_from_now_on_and_the_old_one_still_opens(path):
    old = crypto.load_ring(path)
    sealed = old.seal(b"secret", "place")
    new = crypto.add_key(path)
    assert (new.current, set(new.keys)) == ("k2", {"k1", "k2"})
    assert new.identity == old.identity
    assert new.open(sealed, "place") == b"secret"
    assert new.seal(b"secret", "place").startswith(b"k2.")
    with pytest.raises(KeyMissing, match="k2"):
        old.open(new.seal(b"secret", "place"), "place")


def test_a_dropped_key_opens_nothing_any_more_and_the_current_one_cannot_be_dropped(path):
    sealed = crypto.load_ring(path).seal(b"secret", "place")
    crypto.add_key(path)
    with pytest.raises(ValueError, match="current"):
        crypto.drop_keys(path, {"k2"})
    left = crypto.drop_keys(path, {"k1"})
    assert set(left.keys) == {"k2"}
    with pytest.raises(KeyMissing, match="k1"):
        left.open(sealed, "place")
    assert set(crypto.add_key(path).keys) == {"k2", "k3"}, "a number is never given twice"


def test_keys_added_by_four_processes_at_once_are_all_kept(path):
    code = "import sys; from pathlib import Path; from jinguo.lib import crypto; crypto.add_key(Path(sys.argv[1]))"
    running = [subprocess.Popen([sys.executable, "-c", code, str(path)]) for _ in range(4)]
    assert [process.wait() for process in running] == [0] * 4
    assert set(crypto.load_ring(path).keys) == {"k1", "k2", "k3", "k4", "k5"}


def test_a_running_process_uses_a_new_key_without_being_started_again(path, monkeypatch):
    monkeypatch.setenv("JINGUO_KEYRING", str(path))
    assert crypto.ring().current == "k1"
    crypto.add_key(path)
    assert crypto.ring().current == "k2"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "not json",
        "[]",
        "{}",
        '{"current": "k1", "keys": {}, "lookup": ""}',
        '{"current": "k1", "keys": {"k1": "!"}}',
    ],
)
def test_a_broken_ring_is_named_with_what_to_do(path, content):
    path.write_text(content)
    for use in (crypto.load_ring, crypto.add_key):
        with pytest.raises(KeyMissing, match="restore the key file"):
            use(path)
    assert path.read_text() == content


def test_a_cut_key_is_not_used(path):
    document = json.loads(path.read_text())
    document["keys"]["k1"] = "c2hvcnQ="
    path.write_text(json.dumps(document))
    with pytest.raises(KeyMissing):
        crypto.load_ring(path)


def test_without_a_ring_it_says_where_it_looked(tmp_path, monkeypatch):
    monkeypatch.setenv("JINGUO_KEYRING", str(tmp_path / "gone.json"))
    with pytest.raises(KeyMissing, match=r"gone\.json"):
        crypto.ring()
    monkeypatch.setenv("JINGUO_KEYRING", "")
    assert "JINGUO_KEYRING" in os.environ
    with pytest.raises(KeyMissing, match="not set"):
        crypto.ring()
