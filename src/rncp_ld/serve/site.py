"""Answers a request for what a publication has: documents, resources by their IRIs, tombstones; reads files, writes nothing.

`respond` is a function of the publication and the request alone, so that a test needs no server.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from email.utils import format_datetime
from typing import Final
from urllib.parse import unquote_to_bytes

from rncp_ld.formats import BY_SUFFIX, TURTLE, Format, content_type_of
from rncp_ld.headers import CACHE, PREFLIGHT
from rncp_ld.publish.context import LICENCE
from rncp_ld.serve.answer import Answer, FilePart
from rncp_ld.serve.coding import compress, is_compressible, takes_gzip
from rncp_ld.serve.conditions import byte_range, is_refused, is_unchanged
from rncp_ld.serve.conversion import convert
from rncp_ld.serve.locate import Document, Folder, Gone, Missing, Resource, locate
from rncp_ld.serve.nearest import nearest
from rncp_ld.serve.negotiation import negotiate
from rncp_ld.serve.problems import Problem, render_problem
from rncp_ld.serve.publication import Publication

_STREAMED: Final = "dumps/"
"""Files that are sent in parts as they are read, and of which a range may be asked."""


def respond(publication: Publication, method: str, raw_path: str, headers: Mapping[str, str]) -> Answer:
    """Answer a request.

    Args:
        publication: what is served.
        method: as the request says it.
        raw_path: as the request says it, percent-encoded, without its query.
        headers: names in lower case; several of one name joined by ", ".
    """
    accept = headers.get("accept")
    if method == "OPTIONS":
        return Answer(204, PREFLIGHT)
    if method not in {"GET", "HEAD"}:
        detail = f"Ce site se lit seulement : {PREFLIGHT['Allow']}."
        problem = Problem(405, "Méthode refusée", detail, headers={"Allow": PREFLIGHT["Allow"]})
        return render_problem(problem, accept, publication, raw_path[1:])
    if method == "HEAD":  # a range is for GET alone (RFC 9110, 14.2)
        headers = {name: value for name, value in headers.items() if name != "range"}
    target = locate(publication.site, decode_path(raw_path))
    match target:
        case Document():
            answer = _document(publication, target, headers)
        case Resource():
            answer = _resource(publication, target, accept)
        case Folder():
            answer = _redirect(301, f"{_last(target.path)}/", {})
        case Gone():
            answer = _gone(publication, target, accept)
        case Missing():
            answer = _missing(publication, target, raw_path, accept)
    return answer


def decode_path(raw_path: str) -> str:
    r"""Return the path that a request names, without its first slash.

    An encoded slash is data within a segment (RFC 3986, 2.2), and no segment of ours holds one.

    >>> decode_path("/certification/%52NCP2383"), decode_path("/a%2Fb"), decode_path("/%ff")
    ('certification/RNCP2383', 'a\x00b', '\udcff')
    """
    path = raw_path.removeprefix("/")
    if "%" not in path:
        return path
    guarded = path.replace("%2F", "%00").replace("%2f", "%00")
    return unquote_to_bytes(guarded).decode("utf-8", "surrogateescape")


def _last(path: str) -> str:
    return path.rpartition("/")[2]


def _redirect(status: int, location: str, headers: Mapping[str, str]) -> Answer:
    """Redirect to an address beside the one that was asked for; relative, so that it holds below any prefix."""
    body = f"{location}\n".encode()
    return Answer(
        status,
        {"Location": location, "Content-Type": "text/plain; charset=utf-8", "Cache-Control": CACHE, **headers},
        body,
    )


def _resource(publication: Publication, target: Resource, accept: str | None) -> Answer:
    """Answer an IRI: it names the thing itself, and 303 leads to a document about it (https://www.w3.org/TR/cooluris/)."""
    vary = {"Vary": "Accept", "Link": _links(publication, target.path, target.formats)}
    chosen = negotiate(accept, target.formats)
    if chosen is not None:
        return _redirect(303, f"{_last(target.path)}.{chosen.suffix}", vary)
    there = ", ".join(one.media_type for one in target.formats)
    problem = Problem(
        406,
        "Aucun format acceptable",
        f"Cette ressource existe dans ces formats : {there}.",
        [(f"{_last(target.path)}.{one.suffix}", f"{one.name} ({one.media_type})") for one in target.formats],
        vary,
    )
    return render_problem(problem, accept, publication, target.path)


def _document(publication: Publication, target: Document, headers: Mapping[str, str]) -> Answer:
    if target.path.startswith(_STREAMED) and target.format is None:
        return _file(publication, target, headers)
    body = _read(publication, target)
    content_type = target.format.content_type if target.format else content_type_of(target.file.name)
    tag = hashlib.sha256(body).hexdigest()[:32]
    common = _document_headers(publication, target) | {"Content-Type": content_type}
    if is_compressible(content_type, len(body)):
        common["Vary"] = "Accept-Encoding"
        if takes_gzip(headers.get("accept-encoding")):
            common["Content-Encoding"] = "gzip"
            tag += "-gzip"
    etag = f'"{tag}"'
    common["ETag"] = etag
    if is_refused(headers, etag, publication.modified):
        return _precondition_failed(publication, target, headers)
    if is_unchanged(headers, etag, publication.modified):
        return _not_modified(common)
    return Answer(200, common, compress(body) if "Content-Encoding" in common else body)


def _read(publication: Publication, target: Document) -> bytes:
    form = target.format
    if form is None or form.is_on_disk or target.file.suffix == f".{form.suffix}":
        return target.file.read_bytes()
    return convert(target.file, target.path, form, publication.iris)


def _document_headers(publication: Publication, target: Document) -> dict[str, str]:
    headers = {"Content-Location": _last(target.path), "Cache-Control": CACHE}
    stem, _, suffix = target.path.rpartition(".")
    there = locate(publication.site, stem) if suffix in BY_SUFFIX else None
    formats = there.formats if isinstance(there, Resource) else ()
    if TURTLE in formats or _last(stem) == "index":
        headers["Link"] = _links(publication, stem, tuple(one for one in formats if one.suffix != suffix))
    else:  # a further page of a list, an asset: they are of no resource
        headers["Link"] = _license_link()
    if publication.modified is not None:
        headers["Last-Modified"] = _http_date(publication.modified)
    return headers


def _license_link() -> str:
    return f'<{LICENCE}>; rel="license"'


def _links(publication: Publication, path: str, formats: tuple[Format, ...]) -> str:
    """Return the Link header (RFC 8288) of a resource or one of its documents; addresses are relative to it."""
    base = publication.facts.base
    name = path.removesuffix("index")
    links = [f'<{_last(path)}.{one.suffix}>; rel="alternate"; type="{one.media_type}"' for one in formats]
    links += (
        [f'<{_last(path)}.{TURTLE.suffix}>; rel="describedby"; type="{TURTLE.media_type}"'] if TURTLE in formats else []
    )
    return ", ".join([*links, f'<{base}{name}>; rel="canonical"', _license_link()])


def _file(publication: Publication, target: Document, headers: Mapping[str, str]) -> Answer:
    """Answer with a dump: named by its checksum, sent in parts, whole or a range."""
    digest = publication.checksums.get(target.file.name) or hashlib.sha256(target.file.read_bytes()).hexdigest()
    etag = f'"{digest[:32]}"'
    common = _document_headers(publication, target) | {
        "Content-Type": content_type_of(target.file.name),
        "ETag": etag,
        "Accept-Ranges": "bytes",
    }
    if is_refused(headers, etag, publication.modified):
        return _precondition_failed(publication, target, headers)
    if is_unchanged(headers, etag, publication.modified):
        return _not_modified(common)
    length = target.file.stat().st_size
    try:
        wanted = byte_range(headers, length, etag)
    except ValueError:
        problem = Problem(
            416, "Plage impossible", f"Ce fichier a {length} octets.", headers={"Content-Range": f"bytes */{length}"}
        )
        return render_problem(problem, headers.get("accept"), publication, target.path)
    if wanted is None:
        return Answer(200, common, FilePart(target.file, 0, length))
    start, size = wanted
    part = common | {"Content-Range": f"bytes {start}-{start + size - 1}/{length}"}
    return Answer(206, part, FilePart(target.file, start, size))


def _precondition_failed(publication: Publication, target: Document, headers: Mapping[str, str]) -> Answer:
    problem = Problem(412, "Autre version", "Ce document n'est plus, ou n'est pas, la version demandée.")
    return render_problem(problem, headers.get("accept"), publication, target.path)


def _not_modified(headers: Mapping[str, str]) -> Answer:
    """Return 304 with the headers that a cache needs (RFC 9110, 15.4.5)."""
    kept = ("ETag", "Cache-Control", "Content-Location", "Vary", "Last-Modified")
    return Answer(304, {name: headers[name] for name in kept if name in headers})


def _gone(publication: Publication, target: Gone, accept: str | None) -> Answer:
    """Answer what was withdrawn: 410, with the tombstone in the format that is asked for; problem details for other programs."""
    files = dict(target.files)
    chosen = target.format if target.format in files else negotiate(accept, tuple(files))
    if chosen is None:
        problem = Problem(
            410, "Ressource retirée", f"{target.path} n'est plus publié.", _documents(target), {"Vary": "Accept"}
        )
        return render_problem(problem, accept, publication, target.path)
    headers = {
        "Content-Type": chosen.content_type,
        "Cache-Control": CACHE,
        "Link": _links(publication, target.path, tuple(files)),
    }
    return Answer(410, headers if target.format else {**headers, "Vary": "Accept"}, files[chosen].read_bytes())


def _documents(target: Gone) -> list[tuple[str, str]]:
    return [(f"{_last(target.path)}.{one.suffix}", one.name) for one, _ in target.files]


def _missing(publication: Publication, target: Missing, raw_path: str, accept: str | None) -> Answer:
    near = nearest(publication.site, target.path)
    root = "../" * raw_path.removeprefix("/").count("/")
    detail = "Aucune page ni ressource n'a cette adresse."
    if near:
        detail += " Peut-être cherchiez-vous :"
    problem = Problem(404, "Page introuvable", detail, [(f"{root}{path}", _last(path)) for path in near])
    return render_problem(problem, accept, publication, raw_path.removeprefix("/"))


def _http_date(when: datetime) -> str:
    return format_datetime(when, usegmt=True)
