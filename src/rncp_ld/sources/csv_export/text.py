"""One file of the export as text: decoded, its characters as XML allows them, its lines ended by newlines."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import IO, Protocol

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.errors import SourceError
from rncp_ld.sources.decoding import CP1252_WHERE_NOT_UTF8, XML_FORBIDDEN, decide_encoding, has_odd_characters
from rncp_ld.sources.source_stream import failures

LARGEST_FILE = 512 * 2**20
"""Bytes of one file; the largest real one, Partenaires, has some 40 MB."""

_PART = 1 << 20


class Hash(Protocol):
    """What takes the bytes for a checksum."""

    def update(self, data: bytes, /) -> None:
        """Take more bytes."""


@dataclass(frozen=True, slots=True)
class CsvText:
    r"""A file as text, with "\n" at its line ends.

    Attributes:
        diagnostics: what was wrong with its bytes.
        suspect: it holds control or replacement characters.
    """

    text: str
    diagnostics: tuple[Diagnostic, ...] = ()
    suspect: bool = False


def read_text(name: str, open_file: Callable[[], AbstractContextManager[IO[bytes]]], checksum: Hash) -> CsvText:
    """Read a file.

    Raises:
        SourceError: it cannot be read to its end, or is larger than any file of an export.
    """
    data = bytearray()
    with open_file() as stream:
        while True:
            with failures(name):
                part = stream.read(_PART)
            if not part:
                break
            checksum.update(part)
            data += part
            if len(data) > LARGEST_FILE:
                raise SourceError(name, f"fichier CSV de plus de {LARGEST_FILE // 2**20} Mio : refusé")
    return _decoded(bytes(data), name)


def _decoded(data: bytes, name: str) -> CsvText:
    encoding = decide_encoding(data)
    codec = "utf-8" if encoding.name == "cp1252" else encoding.name  # bytes that are no UTF-8 fall back one by one
    errors = CP1252_WHERE_NOT_UTF8 if codec == "utf-8" else "replace"
    text = data[encoding.mark :].decode(codec, errors).replace("\r\n", "\n").replace("\r", "\n")
    found = [Diagnostic.of("ENCODAGE", encoding.problem, file=name, line=1)] if encoding.problem else []
    if not (has_odd_characters(text) or "\ufffe" in text or "\uffff" in text):
        return CsvText(text, tuple(found))
    clean = text.translate(XML_FORBIDDEN)
    if clean != text:
        line = 1 + next(i for i, (a, b) in enumerate(zip(text.split("\n"), clean.split("\n"), strict=True)) if a != b)
        said = "Caractère interdit en XML, remplacé par U+FFFD."
        found.append(Diagnostic.of("CARACTERE", said, file=name, line=line))
    return CsvText(clean, tuple(found), suspect=True)
