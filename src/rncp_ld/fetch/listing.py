"""Which exports data.gouv.fr has: the list of a dataset's resources, and the newest of each register in it.

The API is that of udata (https://github.com/opendatateam/udata, `udata/core/dataset/apiv2.py`):

    GET {api}/datasets/{id or slug}/resources/?page=1&page_size=50&q=words of a title
    {"data": [{"title", "url", "latest", "filesize", "checksum": {"type", "value"}, "last_modified", …}],
     "page", "page_size", "total", "next_page": address or null, "previous_page"}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias
from urllib.parse import quote, urlsplit

from rncp_ld.errors import FetchError
from rncp_ld.fetch.checksum import Checksum, known_checksum
from rncp_ld.fetch.limits import Limits
from rncp_ld.fetch.names import ExportName, Register, parse_name
from rncp_ld.fetch.transport import Transport

_PAGE_SIZE: Final = 50
_WORDS: Final = "-v4-1-"
"""In the title of each export V4.1: the dataset has thousands of resources, and most are others."""

Listed: TypeAlias = Mapping[str, Any]
"""A resource as the API lists it."""


@dataclass(frozen=True, slots=True)
class Resource:
    """An export as data.gouv.fr states it.

    Attributes:
        name: of the file.
        url: where it is.
        size: bytes, None where nobody says.
        checksum: None where none is stated that can be verified.
    """

    name: ExportName
    url: str
    size: int | None
    checksum: Checksum | None


def newest_exports(transport: Transport, api: str, dataset: str, limits: Limits) -> list[Resource]:
    """Return the newest export V4.1 of each register, RNCP first.

    Newest by the day in its name; of two with one name the one that was modified last.

    Raises:
        FetchError: no answer, one that is not as expected, or a register without an export.
    """
    url = f"{api.rstrip('/')}/datasets/{quote(dataset, safe='')}/resources/"
    newest: dict[Register, tuple[ExportName, str, Listed]] = {}
    for listed in _resources(transport, url, limits):
        name = _name(listed)
        if name is None:
            continue
        found = (name, _text(listed.get("last_modified")), listed)
        if name.register not in newest or newest[name.register][:2] < found[:2]:
            newest[name.register] = found
    missing = [register.upper() for register in Register if register not in newest]
    if missing:
        raise FetchError(f"{url}: no export V4.1 of {' or '.join(missing)} among the resources")
    return [_read(newest[register][0], newest[register][2], url) for register in Register]


def _resources(transport: Transport, url: str, limits: Limits) -> Iterator[Listed]:
    """Yield all that is listed, page by page; the next page is counted, for its address may be that of another host."""
    for page in range(1, limits.pages + 1):
        content = transport.json(url, {"page": page, "page_size": _PAGE_SIZE, "q": _WORDS})
        if not isinstance(content, dict) or not isinstance(content.get("data"), list):
            raise FetchError(f'{url}: expected an object with a list "data", as the API of data.gouv.fr has it')
        yield from (one for one in content["data"] if isinstance(one, dict))
        if not content.get("next_page"):
            return
    raise FetchError(f"{url}: the list has more than {limits.pages} pages")


def _name(listed: Listed) -> ExportName | None:
    """Return what a resource is by its title, else by the end of its address."""
    return parse_name(_text(listed.get("title"))) or parse_name(_end(_text(listed.get("url"))))


def _end(url: str) -> str:
    try:
        return urlsplit(url).path.rpartition("/")[2]
    except ValueError:
        return ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _read(name: ExportName, listed: Listed, url: str) -> Resource:
    """Return what is listed of the export that is to be fetched."""
    address = _text(listed.get("url")) or _text(listed.get("latest"))
    size, checksum = listed.get("filesize"), listed.get("checksum")
    if not address:
        raise FetchError(f"{url}: {name} has no address")
    if size is not None and (not isinstance(size, int) or isinstance(size, bool) or size <= 0):
        raise FetchError(f"{url}: the size of {name} is {size!r}; expected a number of bytes")
    if checksum is not None and not isinstance(checksum, dict):
        raise FetchError(f"{url}: the checksum of {name} is {checksum!r}; expected its type and value")
    stated = checksum or {}
    return Resource(name, address, size, known_checksum(_text(stated.get("type")), _text(stated.get("value"))))
