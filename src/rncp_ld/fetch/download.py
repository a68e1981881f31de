"""One export, whole or not at all: gets what is missing of it, verifies its size and checksum, then gives it its name."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Final
from zipfile import is_zipfile

import httpx

from rncp_ld.errors import FetchError, OutputError
from rncp_ld.fetch.limits import Limits
from rncp_ld.fetch.listener import Listener
from rncp_ld.fetch.listing import Resource
from rncp_ld.fetch.part import Part
from rncp_ld.fetch.transport import AgainError, Transport

_CONTENT_RANGE: Final = re.compile(r"bytes ([0-9]{1,15})-[0-9]{1,15}/([0-9]{1,15}|\*)")
_NO_SUCH_RANGE: Final = 416


class WrongFileError(Exception):
    """What came is not the file that was announced."""


def download(resource: Resource, folder: Path, transport: Transport, limits: Limits, listener: Listener) -> Path:
    """Return the path of an export in a folder, fetched if it is not there whole.

    Raises:
        FetchError: it cannot be had, or is not what is announced; then nothing of it stays.
        OutputError: there is no space for it.
        OSError: the folder cannot be written.
    """
    path = folder / str(resource.name)
    if path.is_file() and not _fault(path, resource):
        listener.note(f"{path.name}: already there")
        return path
    if resource.size is not None and resource.size > limits.largest:
        raise FetchError(_too_large(resource, resource.size, limits))
    source = f"{resource.url} {resource.size} {resource.checksum}"
    with Part(path, source) as part:
        tries = _Tries(resource, part, transport, limits, listener)
        transport.retried(path.name, tries.attempt)
        part.finish()
    listener.note(f"{path.name}: fetched, {path.stat().st_size / 1e6:,.1f} MB, {_verified(resource)}")
    return path


def _verified(resource: Resource) -> str:
    return f"{resource.checksum.algorithm} verified" if resource.checksum else "no checksum to verify"


class _Tries:
    """The tries to get one file."""

    def __init__(
        self, resource: Resource, part: Part, transport: Transport, limits: Limits, listener: Listener
    ) -> None:
        self._resource = resource
        self._part = part
        self._transport = transport
        self._limits = limits
        self._listener = listener

    def attempt(self) -> None:
        """Get what is missing, and verify the whole.

        Raises:
            AgainError, FetchError, OutputError: see `download`.
        """
        if not self._part.validator:  # nobody could tell whether the rest is of the same file
            self._part.clear()
        start = self._part.size
        try:
            if not start or start != self._resource.size:
                self._receive(start)
            self._verify()
        except WrongFileError as error:
            if start:  # the two pieces need not be of one file: the next try has none of the old one
                self._part.clear()
                raise AgainError(f"{error}; begins anew") from error
            self._part.remove()
            raise FetchError(f"{self._resource.name}: {error}; removed") from error

    def _verify(self) -> None:
        fault = _fault(self._part.path, self._resource)
        if fault:
            raise WrongFileError(fault)

    def _receive(self, start: int) -> None:
        headers = {"Range": f"bytes={start}-", "If-Range": self._part.validator} if start else {}
        with self._transport.stream(self._resource.url, headers, pace=self._limits.pace) as incoming:
            response = incoming.response
            if response.status_code == _NO_SUCH_RANGE:
                raise WrongFileError("is shorter now than what is here of it")
            if response.status_code == httpx.codes.PARTIAL_CONTENT:
                _expect_range(response, start)
            else:
                self._part.start(_validator(response))
            left = _length(response)
            total = self._resource.size if left is None else self._part.size + left
            self._expect_total(total)
            for chunk in incoming.chunks():
                self._part.write(chunk)
                if self._part.size > (total or self._limits.largest):
                    raise WrongFileError(f"has more than {total or self._limits.largest:,} bytes")
                self._listener.progress(str(self._resource.name), self._part.size, total)
        if total is not None and self._part.size < total:
            raise AgainError(f"broke off after {self._part.size:,} of {total:,} bytes")

    def _expect_total(self, total: int | None) -> None:
        """Refuse a file before it is fetched: of another size than announced, too large, or more than the disk has left."""
        if total is None:
            return
        if self._resource.size is not None and total != self._resource.size:
            raise WrongFileError(_other_size(total, self._resource.size))
        if total > self._limits.largest:
            self._part.remove()
            raise FetchError(_too_large(self._resource, total, self._limits))
        missing, folder = total - self._part.size, self._part.path.parent
        free = shutil.disk_usage(folder).free
        if missing > free:
            raise OutputError(f"{folder}: {self._resource.name} needs {missing:,} bytes more, and {free:,} are free")


def _expect_range(response: httpx.Response, start: int) -> None:
    match = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
    if not start or match is None or int(match[1]) != start:
        raise WrongFileError("another part came than the one that was asked for")


def _length(response: httpx.Response) -> int | None:
    value = response.headers.get("Content-Length", "")
    return int(value) if re.fullmatch(r"[0-9]{1,15}", value) else None


def _validator(response: httpx.Response) -> str:
    """Return what If-Range may say of a file: its strong entity tag, else its date."""
    tag: str = response.headers.get("ETag", "")
    modified: str = response.headers.get("Last-Modified", "")
    return tag if tag.startswith('"') else modified


def _fault(path: Path, resource: Resource) -> str:
    """Return why a file is not the announced one, "" where it is. It is not opened as a zip: that is what `build` does."""
    size = path.stat().st_size
    if resource.size is not None and size != resource.size:
        return _other_size(size, resource.size)
    if resource.checksum is None:
        return "" if is_zipfile(path) else "is no zip"
    found = resource.checksum.of(path)
    return "" if found == resource.checksum else f"has {found}, announced is {resource.checksum}"


def _other_size(size: int, announced: int) -> str:
    return f"has {size:,} bytes, announced are {announced:,}"


def _too_large(resource: Resource, size: int, limits: Limits) -> str:
    return f"{resource.name}: has {size:,} bytes, more than the {limits.largest:,} that an export may have; not fetched"
