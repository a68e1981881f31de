"""A file that is not whole yet: `NAME.part`, and `NAME.part.json`, which says what it is a part of.

With both a later run goes on where this one ended, if the file at the other end is still the same.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from types import TracebackType
from typing import Final, Self

_VALIDATOR: Final = re.compile(r'"[\x21\x23-\x7e]*"|[A-Z][A-Za-z0-9,: -]{10,40}')
"""A strong entity tag or an HTTP date: what If-Range takes (RFC 9110, section 13.1.5)."""


class Part:
    """What is there of a file; to be used as a context.

    Args:
        path: of the whole file, which is not touched before `finish`.
        source: what is fetched, as text: what is there of anything else is of no use.
    """

    def __init__(self, path: Path, source: str) -> None:
        self._whole = path
        self._path = path.with_name(f"{path.name}.part")
        self._facts = path.with_name(f"{path.name}.part.json")
        self._source = source
        self._file = self._path.open("ab")
        self.size = self._file.tell()
        self.validator = self._read_validator()
        if not self.validator:
            self.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        if self.size == 0:
            self.remove()

    def _read_validator(self) -> str:
        try:
            facts = json.loads(self._facts.read_text(encoding="utf-8"))
            validator = facts["validator"] if facts["source"] == self._source else ""
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return ""
        return validator if isinstance(validator, str) and _VALIDATOR.fullmatch(validator) else ""

    @property
    def path(self) -> Path:
        """Where it is, all that was written included."""
        self._file.flush()
        return self._path

    def clear(self) -> None:
        """Forget what is there."""
        self._facts.unlink(missing_ok=True)
        self._file.truncate(0)
        self.size, self.validator = 0, ""

    def start(self, validator: str) -> None:
        """Begin anew.

        Args:
            validator: of the file at the other end; with none of a form that If-Range takes it cannot be resumed.
        """
        self.clear()
        if _VALIDATOR.fullmatch(validator):
            self._facts.write_text(json.dumps({"source": self._source, "validator": validator}), encoding="utf-8")
            self.validator = validator

    def write(self, chunk: bytes) -> None:
        """Add what came."""
        self._file.write(chunk)
        self.size += len(chunk)

    def remove(self) -> None:
        """Leave nothing of it."""
        self._facts.unlink(missing_ok=True)
        self._path.unlink(missing_ok=True)

    def finish(self) -> None:
        """Let it take its name, once it is safely on the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._path.replace(self._whole)
        self._facts.unlink(missing_ok=True)
        folder = os.open(self._whole.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
