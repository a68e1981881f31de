"""A gzip is read as what it holds; one that is damaged, truncated or a bomb is refused."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rncp_ld.errors import SourceError
from rncp_ld.sources import archives, gzip_stream
from rncp_ld.sources.gzip_stream import GzipStream
from rncp_ld.sources.reading import SourceReader
from tests.exports import export, fiche
from tests.nomenclatures import SERIES


def unpacked(data: bytes, size: int = 1000) -> bytes:
    stream = GzipStream(io.BytesIO(data), "x.gz")
    parts = []
    while part := stream.read(size):
        parts.append(part)
    return b"".join(parts)


@given(st.lists(st.binary(max_size=3000), min_size=1, max_size=4), st.integers(0, 3))
def test_members_are_read_one_after_the_other_and_padding_is_none(contents: list[bytes], padding: int) -> None:
    data = b"".join(gzip.compress(content) for content in contents) + b"\0" * padding
    assert unpacked(data) == b"".join(contents)
    assert GzipStream(io.BytesIO(data), "x").read() == b"".join(contents)


def test_a_long_content_comes_in_parts() -> None:
    content = os.urandom(3_000_000)
    assert unpacked(gzip.compress(content)) == content


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: data[:-1], "x.gz: gzip tronqué : sa fin manque"),
        (lambda data: data[:20], "x.gz: gzip tronqué : sa fin manque"),
        (lambda data: data[:-8] + b"\0" * 8, "x.gz: gzip abîmé"),
        (lambda data: data + b"x", "x.gz: gzip tronqué"),  # the beginning of another member, as far as one can see
        (lambda data: data + b"xyz", "x.gz: gzip abîmé"),
        (lambda data: data[:12] + b"\xff\xff\xff" + data[15:], "x.gz: gzip abîmé"),
    ],
)
def test_a_damaged_gzip_says_so(change: object, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        unpacked(change(gzip.compress(b"Bonjour " * 50)))  # type: ignore[operator]
    assert str(caught.value).startswith(message)


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gzip_stream, "SUSPECT_SIZE", 1 << 20)
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    data = packer.compress(b" " * (8 << 20)) + packer.flush()
    stream = GzipStream(io.BytesIO(data), "x.gz")
    given_out: list[int] = []
    with pytest.raises(SourceError, match="gzip piégé"):
        given_out.extend(len(part) for part in iter(lambda: stream.read(1000), b""))
    assert 1 << 20 <= sum(given_out) <= archives.HIGHEST_RATIO * len(data)


def test_a_gzip_of_any_source_is_that_source(tmp_path: Path) -> None:
    xml, codes = export(fiche("RNCP1")).encode(), SERIES["rome-4-0"][0].encode()
    (tmp_path / "export_2026-08-16.xml.gz").write_bytes(gzip.compress(xml))
    (tmp_path / "rome_v460.csv.gz").write_bytes(gzip.compress(codes))
    reader = SourceReader([str(tmp_path)])
    assert [reading.number for reading in reader.readings()] == ["RNCP1"]
    assert [(d.name.removeprefix(f"{tmp_path}/"), d.sha256, d.version) for d in reader.documents] == [
        ("export_2026-08-16.xml.gz!export_2026-08-16.xml", hashlib.sha256(xml).hexdigest(), None),
        ("rome_v460.csv.gz!rome_v460.csv", hashlib.sha256(codes).hexdigest(), "V460"),
    ]


def test_what_is_in_a_gzip_and_none_of_ours_says_what_was_expected(tmp_path: Path) -> None:
    for name, content, message in (
        ("a.gz", b"Bonjour", "a.gz!a: format inconnu ; attendu"),
        ("b.gz", b"PK\x03\x04", "b.gz!b: zip dans un zip ou un gzip"),
        ("c.xml.gz", b"", "c.xml.gz!c.xml: fichier vide"),
    ):
        path = tmp_path / name
        path.write_bytes(gzip.compress(content))
        with pytest.raises(SourceError) as caught:
            list(SourceReader([str(path)]).readings())
        assert str(caught.value).removeprefix(f"{tmp_path}/").startswith(message)
