"""Cuts an export into its FICHE elements as bytes, without parsing it: other processes parse them, or nobody where they are known.

Only what needs no parser to be understood is cut: `<FICHES>`, whatever stands before its first FICHE, FICHE elements
with nothing but white space between them, `</FICHES>`. Comments, sections of CDATA, processing instructions, a FICHE
inside another one, or anything between two of them are `Irregular`: from there on the document is walked through by
`stream.read_xml`, which knows them all. A test shows that both ways give the same readings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rncp_ld.errors import SourceError
from rncp_ld.sources.utf8_stream import Utf8Stream

START, END = b"<FICHE>", b"</FICHE>"
_ROOT = re.compile(rb"<FICHES\s*>")
_TAIL = re.compile(rb"\s*</FICHES\s*>\s*")
_BLOCK = 1 << 20
_NEEDS_A_PARSER = (b"<!", b"<?")


class Irregular(Exception):  # noqa: N818 - not an error: another way to read the same
    """What follows cannot be cut; `cut` pieces were given."""

    def __init__(self, cut: int) -> None:
        super().__init__(cut)
        self.cut = cut


@dataclass(frozen=True, slots=True)
class Piece:
    """One FICHE element.

    Attributes:
        line: of the document where it starts, from 1.
        data: `<FICHE>…</FICHE>`, UTF-8.
        head: what stands before the first FICHE, the start tag of the root included; b"" for all others.
    """

    line: int
    data: bytes
    head: bytes = b""


def cut(source: Utf8Stream) -> Iterator[Piece]:
    """Yield the pieces of a document, each once it is sure that what follows it is regular too.

    Raises:
        Irregular: the rest needs a parser.
        SourceError: the source cannot be read to its end.
    """
    given, line, kept, searched = 0, 1, b"", 0
    waiting: Piece | None = None  # the last piece goes to the parser too where something odd follows it
    try:
        while data := source.read(_BLOCK):
            kept += data
            start = 0
            while (end := kept.find(END, max(searched, start))) >= 0:
                end += len(END)
                piece = _piece(kept[start:end], line, is_first=waiting is None)
                if piece is None:
                    raise Irregular(given)
                if waiting is not None:
                    yield waiting
                    given += 1
                waiting = piece
                line += kept.count(b"\n", start, end)
                start = searched = end
                source.given = 0
            kept = kept[start:]
            searched = max(len(kept) - len(END), 0)
    except SourceError:
        if waiting is not None:
            yield waiting
        raise
    if waiting is None or not _TAIL.fullmatch(kept):
        raise Irregular(given)
    yield waiting


def _piece(data: bytes, line: int, *, is_first: bool) -> Piece | None:
    """Return a piece, None where it is none: `data` is all from the end of the one before to the end of its own."""
    start = data.find(START)
    head, fiche = data[:start], data[start:]
    if start < 0 or fiche.count(b"<FICHE") != 1 or any(mark in fiche for mark in _NEEDS_A_PARSER):
        return None
    if is_first:
        if len(_ROOT.findall(head)) != 1 or b"<!" in head or head.count(b"<?") > 1:
            return None
    elif not head.isspace() and head:
        return None
    return Piece(line + head.count(b"\n"), fiche, head if is_first else b"")
