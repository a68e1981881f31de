"""A gzip file as the stream of what it holds (RFC 1952), several members after each other included.

Guard against bombs as for members of a zip: what unpacks to more than `SUSPECT_SIZE` and over `HIGHEST_RATIO` times its
packed size is refused while it is read.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from rncp_ld.errors import SourceError
from rncp_ld.sources.archives import HIGHEST_RATIO, LARGEST_MEMBER, SUSPECT_SIZE
from rncp_ld.sources.decoding import Readable

MAGIC = b"\x1f\x8b"
_GZIP = 16 + zlib.MAX_WBITS
_PART = 1 << 18


def unpacked_name(name: str) -> str:
    """Return what the content of a gzip file is called in messages, as for a member of a zip.

    >>> unpacked_name("listes/rome_v344.xml.gz"), unpacked_name("-")
    ('listes/rome_v344.xml.gz!rome_v344.xml', '-')
    """
    return f"{name}!{name.rsplit('/', 1)[-1].rsplit('!', 1)[-1][:-3]}" if name.lower().endswith(".gz") else name


class GzipStream:
    """Reads what a gzip stream holds.

    Args:
        packed: the gzip.
        name: of the source, for messages.
    """

    def __init__(self, packed: Readable, name: str) -> None:
        self._packed = packed
        self._name = name
        self._consumed = 0
        self._given = 0
        self._parts = self._unpack()

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, or all of them where `size` is negative; b"" at the end.

        Raises:
            SourceError: the gzip is damaged, truncated or a bomb.
        """
        if size < 0:
            return b"".join(self._parts)
        return next(self._parts, b"")

    def _unpack(self) -> Iterator[bytes]:
        """Yield parts that are not empty."""
        unpacker = zlib.decompressobj(_GZIP)
        try:
            while data := self._packed.read(_PART):
                self._consumed += len(data)
                while data:
                    if unpacker.eof:
                        data = data.lstrip(b"\0")  # padding behind a member is allowed
                        if not data:
                            break
                        unpacker = zlib.decompressobj(_GZIP)
                    if part := unpacker.decompress(data, _PART):
                        yield self._counted(part)
                    data = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
            while not unpacker.eof and (part := unpacker.decompress(b"", _PART)):
                yield self._counted(part)
        except zlib.error as error:
            raise SourceError(self._name, f"gzip abîmé ({error})") from None
        if not unpacker.eof:
            raise SourceError(self._name, "gzip tronqué : sa fin manque")

    def _counted(self, part: bytes) -> bytes:
        self._given += len(part)
        ratio = self._given / max(self._consumed, 1)
        if self._given > LARGEST_MEMBER or (self._given > SUSPECT_SIZE and ratio > HIGHEST_RATIO):
            said = f"plus de {self._given // 2**20} Mio pour {self._consumed // 2**10} Kio comprimés"
            raise SourceError(self._name, f"refusé : {said} ; c'est sans doute un gzip piégé")
        return part
