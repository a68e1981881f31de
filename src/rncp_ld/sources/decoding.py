"""The encoding of a source, decided once from its bytes, and its bytes as clean UTF-8 text.

What a file declares is only believed where its bytes allow it: files of 2020 declare UTF-16 and are UTF-8, damaged
copies are cp1252. The order is: byte order mark, UTF-16 by its zero bytes, UTF-8 if the bytes are valid, what the XML
declaration says if it is a single-byte encoding, cp1252. "iso-8859-1" is read as cp1252, as browsers do
(WHATWG Encoding, names and labels).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from rncp_ld.diagnostics import Diagnostic

HEAD = 65_536
"""Bytes on which the encoding and the format are decided."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARATION = re.compile(rb"""\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_LATIN = frozenset({"cp1252", "iso8859-1", "ascii"})
_ODD_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]")
XML_FORBIDDEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535), "\ufffd")
"""What XML 1.0 (2.2) does not allow in a document, control characters above all, NUL among them; for `str.translate`."""

CP1252_WHERE_NOT_UTF8 = "rncp_ld.cp1252"
"""Name of an error handler of `bytes.decode`."""


class Readable(Protocol):
    """All that a reader asks of a stream of bytes."""

    def read(self, size: int = -1, /) -> bytes:
        """Return at most `size` bytes; b"" at the end."""


def read_head(source: Readable) -> bytes:
    """Read the first `HEAD` bytes of a source, or all of it where it is shorter."""
    parts: list[bytes] = []
    missing = HEAD
    while missing > 0 and (part := source.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


@dataclass(frozen=True, slots=True)
class Encoding:
    """The encoding of a source.

    Attributes:
        name: codec, e.g. "utf-8", "cp1252".
        mark: length of the byte order mark.
        problem: in French, where the declaration is wrong or none of the expected encodings fits.
    """

    name: str
    mark: int = 0
    problem: str | None = None


def decide_encoding(head: bytes) -> Encoding:
    """Decide the encoding of a source from its first bytes (`HEAD` of them, or all)."""
    for mark, name in _BOMS:
        if head.startswith(mark):
            return Encoding(name, len(mark))
    for start, name in ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be")):
        if head.startswith(start):
            return Encoding(name)
    found = _DECLARATION.match(head)
    declared = found[1].decode("ascii") if found else None
    codec = _codec(declared)
    single_byte = codec if codec is not None and not codec.startswith("utf") else None
    if single_byte in _LATIN:
        single_byte = "cp1252"
    if _is_utf8(head):
        if single_byte is not None and head.isascii():
            return Encoding(single_byte)
        is_right = declared is None or codec == "utf-8"
        said = None if is_right else f"Le fichier se déclare {declared} ; ses octets sont de l'UTF-8."
        return Encoding("utf-8", 0, said)
    if single_byte is not None:
        return Encoding(single_byte)
    said = f"déclaré {declared}" if declared else "sans déclaration"
    return Encoding("cp1252", 0, f"Texte {said} ; les octets ne sont pas de l'UTF-8, lus comme du cp1252.")


def _codec(declared: str | None) -> str | None:
    """Return Python's name of a declared encoding, None where there is none or it is no text encoding."""
    if declared is None:
        return None
    try:
        name = codecs.lookup(declared).name
        b"<".decode(name)
    except (LookupError, UnicodeError):
        return "utf-16" if declared.lower().startswith("utf-16") else None
    return name


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.utf_8_decode(head, "strict", len(head) < HEAD)  # a character may be cut by the end of the head
    except UnicodeDecodeError:
        return False
    return True


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are no UTF-8 as cp1252; its five holes give control characters, reported later."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(_CP1252[byte] for byte in wrong), error.end


_CP1252 = [bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256)]
codecs.register_error(CP1252_WHERE_NOT_UTF8, _as_cp1252)


@dataclass(frozen=True, slots=True)
class DecodedText:
    r"""A whole text with "\n" at its line ends, and what was wrong with its bytes."""

    text: str
    diagnostics: tuple[Diagnostic, ...] = ()


def decode_text(data: bytes, file: str) -> DecodedText:
    """Decode a text source; nothing but its encoding is changed."""
    encoding = decide_encoding(data)
    name = "utf-8" if encoding.name == "cp1252" else encoding.name  # bytes that are no UTF-8 fall back one by one
    errors = CP1252_WHERE_NOT_UTF8 if name == "utf-8" else "replace"
    text = data[encoding.mark :].decode(name, errors).replace("\r\n", "\n").replace("\r", "\n")
    found = []
    if encoding.problem:
        found.append(Diagnostic.of("ENCODAGE", encoding.problem, file=file))
    found += odd_characters(text, file)
    return DecodedText(text, tuple(found))


def odd_characters(text: str, file: str) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each line that holds control or replacement characters."""
    if _ODD_CHARACTER.search(text) is None:
        return
    for number, line in enumerate(text.split("\n"), 1):
        odd = odd_character_names(line)
        if odd:
            yield Diagnostic.of("CARACTERE", f"{odd}.", file=file, line=number, excerpt=line)


def has_odd_characters(text: str) -> bool:
    """Tell whether a text holds control or replacement characters."""
    return _ODD_CHARACTER.search(text) is not None


def odd_character_names(text: str) -> str:
    """Name the control and replacement characters of a text: "U+FFFD ×3, U+0085"; "" where there are none."""
    found = _ODD_CHARACTER.findall(text)
    return ", ".join(
        f"U+{ord(char):04X}" + (f" ×{found.count(char)}" if found.count(char) > 1 else "")
        for char in dict.fromkeys(found)
    )
