"""The bytes of one source while they are read: how it begins, what they hash to, and failures as messages."""

from __future__ import annotations

import errno
import hashlib
import lzma
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from rncp_ld.errors import SourceError
from rncp_ld.sources.decoding import Readable, read_head

_REASONS = {
    errno.ENOENT: "fichier introuvable",
    errno.EACCES: "lecture refusée (droits insuffisants)",
    errno.EPERM: "lecture refusée (droits insuffisants)",
    errno.EISDIR: "c'est un dossier",
    errno.ENOSPC: "plus de place sur le disque",
    errno.EIO: "erreur de lecture du disque",
    errno.ELOOP: "trop de liens symboliques",
    errno.ENAMETOOLONG: "nom de fichier trop long",
    errno.EMFILE: "trop de fichiers ouverts",
}


@contextmanager
def failures(name: str) -> Iterator[None]:
    """Turn failures of the system and of zip files into a `SourceError` for the source of that name."""
    try:
        yield
    except OSError as error:
        raise SourceError(name, _reason(error)) from None
    except zipfile.BadZipFile as error:
        raise SourceError(name, f"zip abîmé ou tronqué ({error})") from None
    except (zlib.error, lzma.LZMAError, EOFError) as error:
        raise SourceError(name, f"zip abîmé ou tronqué : données compressées illisibles ({error})") from None
    except NotImplementedError as error:
        raise SourceError(name, f"zip comprimé d'une façon que Python ne sait pas lire ({error})") from None


def _reason(error: OSError) -> str:
    if error.errno in _REASONS:
        return _REASONS[error.errno]
    return f"illisible ({os.strerror(error.errno)})" if error.errno else f"illisible ({error})"


class SourceStream:
    """A stream that can be looked at before it is read, and that hashes what is read.

    Attributes:
        name: as the user named the source.
        head: its first bytes, `decoding.HEAD` of them or all.
    """

    def __init__(self, stream: Readable, name: str) -> None:
        self.name = name
        self._stream = stream
        self._hash = hashlib.sha256()
        with failures(name):
            self.head = read_head(stream)
        self._pending: bytes | None = self.head

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, first the head as a whole; b"" at the end."""
        if self._pending is not None:
            data, self._pending = self._pending, None
            if not data or size >= 0:
                self._hash.update(data)
                return data
            data += self._read(size)
        else:
            data = self._read(size)
        self._hash.update(data)
        return data

    def _read(self, size: int) -> bytes:
        with failures(self.name):
            return self._stream.read(size)

    def sha256(self) -> str:
        """Read what is left, and return the digest of all bytes."""
        while self.read(1 << 20):
            pass
        return self._hash.hexdigest()
