"""Files under MEDIA_ROOT: whole or not at all, also for two writers, a full disk and a power failure."""

import os

import pytest

from reports.rules.stored_files import write_atomically
from tests.rules.test_races import together


def test_writers_of_one_file_leave_it_whole(tmp_path):
    path = tmp_path / "records" / "BE-1.pdf"
    contents = [bytes([number]) * 2_000_000 for number in range(4)]

    def work(number):
        for _turn in range(20):
            write_atomically(path, contents[number])
            assert path.read_bytes() in contents

    assert together(work, len(contents)) == []
    assert os.listdir(path.parent) == ["BE-1.pdf"]


def test_a_file_is_on_the_disk_before_it_has_its_name(tmp_path, monkeypatch):
    path, synced, sync = tmp_path / "BE-1.pdf", [], os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (synced.append(path.exists()), sync(handle)))
    write_atomically(path, b"sealed")
    assert synced == [False, True]  # the content, and then the name in its folder


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "BE-1.pdf"
    write_atomically(path, b"before")

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(path, b"after")
    assert (path.read_bytes(), os.listdir(tmp_path)) == (b"before", ["BE-1.pdf"])
