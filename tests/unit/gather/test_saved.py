"""Files that were saved from a wiki."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from globalban_bot.errors import UserError
from globalban_bot.gather.saved import MOST_TEXT, open_saved, read_text, unpacked

PACKS: list[Callable[[bytes], bytes]] = [bytes, gzip.compress, bz2.compress, lzma.compress]


@pytest.mark.parametrize('pack', PACKS)
def test_unpacked(pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    """It should give the content of a file, however it is compressed and whatever it is called."""
    path = tmp_path / 'file.txt'
    path.write_bytes(pack(b'Some text.' * 9_999))
    with open_saved(path) as stream:
        assert stream.read() == b'Some text.' * 9_999


@pytest.mark.parametrize('pack', PACKS[1:])
def test_bomb(pack: Callable[[bytes], bytes]) -> None:
    """It should take no more out of a compressed file than the bound, and hold none of it."""
    packed = pack(bytes(20_000_000))
    stream = unpacked(io.BytesIO(packed), 'file.gz', most=1_000_000)
    tracemalloc.start()
    with pytest.raises(UserError, match=r'^file\.gz: holds more than can be read; '):
        while stream.read(10_000):
            pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 12_000_000


@pytest.mark.parametrize('pack', PACKS[1:])
def test_torn(pack: Callable[[bytes], bytes]) -> None:
    """It should say of a compressed file that is cut off that it cannot be unpacked."""
    packed = pack(bytes(range(256)) * 99)[:-12]
    with pytest.raises(UserError, match=r'^file: cannot be unpacked \(.*; fetch the file again$'):
        unpacked(io.BytesIO(packed), 'file').read()


def test_missing(tmp_path: Path) -> None:
    """It should say of a missing file what is wrong."""
    with pytest.raises(UserError, match='No such file'), open_saved(tmp_path / 'missing'):
        pass


def test_length() -> None:
    """It should take no text that is longer than any page."""
    assert read_text(b'a' * MOST_TEXT, 'file')[1] is None
    with pytest.raises(UserError, match='longer than a page can be'):
        read_text(b'a' * (MOST_TEXT + 1), 'file')
