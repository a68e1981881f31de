"""The members of a zip, read one after the other; nothing is ever written to the disk under their names.

Guard against zip bombs: a member that unpacks to more than `LARGEST_MEMBER`, or to more than `SUSPECT_SIZE` and over
`HIGHEST_RATIO` times its packed size, is refused before it is read. The official exports unpack to some 500 MB, 7 times
their size; deflate's own limit is 1,032 times. The sizes that a zip declares bind `zipfile`: it gives no byte more.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from rncp_ld.errors import SourceError
from rncp_ld.sources.source_stream import failures

LARGEST_MEMBER = 8 * 2**30
SUSPECT_SIZE = 64 * 2**20
HIGHEST_RATIO = 200

_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a zip.

    Attributes:
        name: `file.zip!folder/member.xml`, for messages; what cannot be printed is replaced.
        size: unpacked.
    """

    name: str
    size: int
    archive: zipfile.ZipFile
    info: zipfile.ZipInfo

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """Open the member for reading.

        Raises:
            SourceError: it is encrypted, damaged or a zip bomb.
        """
        if self.info.flag_bits & _ENCRYPTED:
            raise SourceError(self.name, "protégé par un mot de passe")
        packed = max(self.info.compress_size, 1)
        if self.size > LARGEST_MEMBER or (self.size > SUSPECT_SIZE and self.size > HIGHEST_RATIO * packed):
            limit = f"{self.size // 2**20} Mio pour {packed // 2**10} Kio comprimés"
            raise SourceError(self.name, f"refusé : {limit} ; c'est sans doute un zip piégé")
        with failures(self.name):
            stream = self.archive.open(self.info)
        with stream:
            yield stream


@contextmanager
def open_archive(file: IO[bytes], name: str) -> Iterator[list[Member]]:
    """Open a zip and list its files by name, hidden ones and folders left out.

    Raises:
        SourceError: the zip is damaged or truncated.
    """
    try:
        with failures(name):
            archive = zipfile.ZipFile(file)
    except (ValueError, struct.error, IndexError, UnicodeError) as error:
        raise SourceError(name, f"zip abîmé ou tronqué ({error})") from None
    with archive:
        yield sorted(
            (
                Member(f"{name}!{_printable(info.filename)}", info.file_size, archive, info)
                for info in archive.infolist()
                if not info.is_dir() and not _is_hidden(info.filename)
            ),
            key=lambda member: member.name,
        )


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") and part.strip(".") for part in path.split("/")) or path.startswith("__MACOSX/")


def _printable(path: str) -> str:
    return "".join(char if char.isprintable() else "\ufffd" for char in path)
