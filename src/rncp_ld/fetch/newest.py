"""The newest exports of both registers, in a folder."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rncp_ld.errors import OutputError
from rncp_ld.fetch.download import download
from rncp_ld.fetch.limits import DEFAULTS, Limits
from rncp_ld.fetch.listener import Listener
from rncp_ld.fetch.listing import newest_exports
from rncp_ld.fetch.names import API, DATASET, parse_name
from rncp_ld.fetch.transport import Transport


def fetch_newest(
    folder: Path, listener: Listener, *, api: str = API, dataset: str = DATASET, limits: Limits = DEFAULTS
) -> list[Path]:
    """Fetch the newest export V4.1 of each register that is not there yet; those of other days stay.

    Args:
        folder: where they are put; made if it is not there.
        listener: is told what happens.
        api: address of the API, of data.gouv.fr or a mirror.
        dataset: id or slug.
        limits: of tries, waits and sizes.

    Returns:
        The paths of the RNCP and of the RS export.

    Raises:
        FetchError: one of them cannot be had.
        OutputError: the folder cannot be written, is full, or another fetch is writing there.
    """
    with _as_output_error(folder), _alone(folder), _transport(api, limits, listener) as transport:
        resources = newest_exports(transport, api, dataset, limits)
        paths = [download(resource, folder, transport, limits, listener) for resource in resources]
        _remove_leftovers(folder)
        return paths


def _transport(api: str, limits: Limits, listener: Listener) -> Transport:
    return Transport(limits, listener, is_secure=api.lower().startswith("https:"))


def _remove_leftovers(folder: Path) -> None:
    """Remove what is left of broken transfers: all that is wanted is whole, so that nobody will go on with these."""
    for path in folder.glob("*.part*"):
        name, _, end = path.name.partition(".part")
        if parse_name(name) and end in {"", ".json"}:
            path.unlink()


@contextmanager
def _as_output_error(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        is_full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        reason = "no space left on the disk" if is_full else (error.strerror or str(error))
        place = f" ({error.filename})" if error.filename and str(error.filename) != str(folder) else ""
        raise OutputError(f"{folder}: {reason}{place}") from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder, so that no other fetch writes there meanwhile; the system lets go of it if we are killed."""
    folder.mkdir(parents=True, exist_ok=True)
    held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise OutputError(f"{folder}: another rncp-ld fetch is writing here; wait until it has ended") from None
    finally:
        os.close(held)
