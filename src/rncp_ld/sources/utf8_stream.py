"""The bytes of an XML source as valid UTF-8, streaming, whatever encoding they came in."""

from __future__ import annotations

import codecs
import re

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.errors import SourceError
from rncp_ld.sources.decoding import CP1252_WHERE_NOT_UTF8, HEAD, XML_FORBIDDEN, Readable, decide_encoding, read_head

LONGEST_FICHE = 64 * 2**20
"""Bytes after which a fiche that does not end is refused; the longest real ones have some 2 MB."""

_FORBIDDEN_BYTES = bytes(code for code in XML_FORBIDDEN if code < 32)
_CONTROL = re.compile(rb"\xc2[\x80-\x9f]")  # a pattern with a fixed beginning is ten times faster than one without


_ODD = (b"\xef\xbf\xbd", b"\x7f")


def is_suspect(data: bytes) -> bool:
    """Tell whether UTF-8 holds characters that are worth a look at each text: replacement and control characters."""
    return any(one in data for one in _ODD) or _CONTROL.search(data) is not None


class Utf8Stream:
    """Reads a source, and gives UTF-8 that an XML parser takes.

    Bytes of a UTF-8 source that are not UTF-8 are read as cp1252, and characters that no XML document may hold become
    U+FFFD; both are reported once, with the first line.

    Attributes:
        head: the beginning of the document, decoded.
        suspect: characters were seen that are worth a look at each text (control, replacement).
        is_at_end: the source has been read to its end.
        given: bytes given since whoever reads set it to 0.
    """

    def __init__(self, source: Readable, file: str) -> None:
        self._source = source
        self._file = file
        first = read_head(source)
        self._encoding = decide_encoding(first)
        self._decoder = codecs.getincrementaldecoder(self._encoding.name)("replace")  # not used for UTF-8
        self._errors = "strict"
        self._cut = b""  # the beginning of a UTF-8 character whose end has not come yet
        self._first: bytes | None = first[self._encoding.mark :]
        self._line = 1
        self._reported: set[str] = set()
        self._found: list[Diagnostic] = []
        self.head = codecs.getincrementaldecoder(self._encoding.name)("replace").decode(self._first)
        self.suspect = False
        self.is_at_end = False
        self.given = 0
        if self._encoding.problem:
            self._report("ENCODAGE", self._encoding.problem, 1)

    def read(self, size: int = -1, /) -> bytes:
        """Return some bytes of UTF-8, `HEAD` of them or more where there are so many; b"" at the end."""
        while True:
            data = self._source.read(max(size, HEAD)) if self._first is None else self._first
            self._first = None
            self.is_at_end = not data
            out = self._clean(data)
            self.given += len(out)
            if self.given > LONGEST_FICHE:
                limit = f"{LONGEST_FICHE // 2**20} Mio"
                raise SourceError(self._file, f"plus de {limit} sans la fin d'une FICHE : refusé", self._line)
            if out or self.is_at_end:
                return out

    def take_diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return what was found since the last call."""
        found, self._found = tuple(self._found), []
        return found

    def _clean(self, data: bytes) -> bytes:
        if self._encoding.name == "utf-8":
            text, out = self._utf8(data)
        else:
            text = self._decoder.decode(data, not data)
            out = text.encode()
        if len(out.translate(None, _FORBIDDEN_BYTES)) != len(out) or "\ufffe" in text or "\uffff" in text:
            clean = text.translate(XML_FORBIDDEN)
            before = next(i for i, (old, new) in enumerate(zip(text, clean, strict=True)) if old != new)
            line = self._line + text.count("\n", 0, before)
            self._report("CARACTERE", "Caractère interdit en XML, remplacé par U+FFFD.", line)
            text, out = clean, clean.encode()
        if not self.suspect:
            self.suspect = is_suspect(out)
        self._line += out.count(b"\n")
        return out

    def _utf8(self, data: bytes) -> tuple[str, bytes]:
        """Return text and bytes that are valid UTF-8, keeping back a character that is cut at their end."""
        data = self._cut + data if self._cut else data
        try:
            text, used = codecs.utf_8_decode(data, self._errors, self.is_at_end)
        except UnicodeDecodeError as error:
            line = self._line + data.count(b"\n", 0, error.start)
            self._report("ENCODAGE", "Octets qui ne sont pas de l'UTF-8, lus comme du cp1252.", line)
            self._errors = CP1252_WHERE_NOT_UTF8
            text, used = codecs.utf_8_decode(data, self._errors, self.is_at_end)
        self._cut = data[used:]
        if self._errors != "strict":
            return text, text.encode()
        return text, data[:used] if self._cut else data

    def _report(self, code: str, detail: str, line: int) -> None:
        if detail not in self._reported:
            self._reported.add(detail)
            self._found.append(Diagnostic.of(code, detail, file=self._file, line=line))
