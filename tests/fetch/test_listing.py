"""Which export is the newest, what is no export, and answers of the API that are not as expected."""

from __future__ import annotations

import json

import pytest

from rncp_ld import __version__
from rncp_ld.errors import FetchError
from rncp_ld.fetch.limits import Limits
from rncp_ld.fetch.names import parse_name
from tests.datagouv import ROOT, Status, reset
from tests.fetch.conftest import OLD, QUICK, RNCP, RS, Host, packed


def test_the_newest_of_each_register_come_whole(host: Host) -> None:
    heard = host.fetch()
    assert (host.names, host.is_whole) == ([RNCP, RS], True)
    assert heard.notes == [f"{RNCP}: fetched, 0.3 MB, sha1 verified", f"{RS}: fetched, 0.0 MB, sha1 verified"]
    size = len(host.server.files[host.rncp].content)
    assert heard.seen[-2] == (RNCP, size, size)
    assert len({done for name, done, _ in heard.seen if name == RNCP}) > 2


def test_it_says_who_it_is_and_wants_no_coding(host: Host) -> None:
    host.fetch()
    assert {one.headers["User-Agent"].split()[0] for one in host.server.asked} == {f"rncp-ld/{__version__}"}
    assert {one.headers["Accept-Encoding"] for one in host.server.asked} == {"identity"}


def test_what_is_there_is_not_fetched_again(host: Host) -> None:
    host.fetch()
    asked = len(host.server.asked)
    assert host.fetch().notes == [f"{RNCP}: already there", f"{RS}: already there"]
    assert [one.path for one in host.server.asked[asked:]] == [ROOT]


def test_old_ones_and_files_of_others_stay(host: Host) -> None:
    host.folder.mkdir()
    for name in (OLD, "notes.txt", "a.part", f"{OLD}.part.old"):
        (host.folder / name).write_text("mine", encoding="utf-8")
    for name in (f"{OLD}.part", f"{OLD}.part.json"):
        (host.folder / name).write_text("left over", encoding="utf-8")
    host.fetch()
    assert host.names == sorted([OLD, f"{OLD}.part.old", RNCP, RS, "a.part", "notes.txt"])


def test_the_list_is_read_page_by_page_whatever_its_order(host: Host) -> None:
    for day in range(1, 32):
        host.server.offer(f"export-fiches-rncp-v4-1-2025-01-{day:02}.zip", b"old")
        host.server.offer(f"export-fiches-rs-v4-1-2025-01-{day:02}.zip", b"old")
    host.server.resources.reverse()
    host.fetch()
    asked = host.server.asked_for(ROOT)
    assert [(one.query["page"], one.query["q"]) for one in asked] == [(["1"], ["-v4-1-"]), (["2"], ["-v4-1-"])]


def test_the_next_page_is_not_looked_for_on_another_host(host: Host) -> None:
    content = {"data": host.server.resources, "next_page": "http://192.0.2.1/elsewhere?page=2"}
    host.server.will(ROOT, Status(200, body=json.dumps(content).encode()))
    host.fetch()
    assert len(host.server.asked_for(ROOT)) == 2


def test_an_endless_list_ends(host: Host) -> None:
    content = json.dumps({"data": [], "next_page": "more"}).encode()
    host.server.will(ROOT, *[Status(200, body=content)] * 4)
    with pytest.raises(FetchError, match="more than 3 pages"):
        host.fetch(Limits(pages=3))


def test_of_two_with_one_name_the_one_modified_last_counts(host: Host) -> None:
    again = host.server.resources[2] | {"last_modified": "2026-08-16T09:00:00+00:00", "url": f"{host.server.address}/b"}
    host.server.files["/b"] = host.server.files[host.rncp]
    host.server.resources.insert(0, again)
    host.fetch()
    assert (len(host.server.asked_for("/b")), host.server.asked_for(host.rncp)) == (1, [])


def test_a_title_in_words_leaves_the_name_in_the_address(host: Host) -> None:
    host.server.resources[2]["title"] = "Fiches RNCP -v4-1- du 16 août 2026"
    host.fetch()
    assert host.is_whole


@pytest.mark.parametrize(
    "title",
    [
        "../export-fiches-rncp-v4-1-2027-01-01.zip",
        "/etc/export-fiches-rncp-v4-1-2027-01-01.zip",
        "export-fiches-rncp-v4-1-2027-01-01.zip/../../x",
        "export-fiches-rncp-v4-1-2027-01-01.zip\n",
        "export-fiches-rncp-v4-1-2027-02-30.zip",
        "export-fiches-rncp-v4-1-２０２７-01-01.zip",
        "export-fiches-rncp-v4-1-.zip",
        "export-fiches-RNCP-v4-1-2027-01-01.zip",
        "export-fiches-rncp-v4-1-2027-01-01.zip.exe",
        "-v4-1-",
        "",
        None,
        7,
    ],
)
def test_a_name_of_another_form_is_never_used(title: object, host: Host) -> None:
    host.server.resources.append({"title": title, "url": f"{host.server.address}/x", "checksum": 5, "filesize": "big"})
    assert not isinstance(title, str) or parse_name(title) is None
    host.fetch()
    assert host.names == [RNCP, RS]


@pytest.mark.parametrize("kept", ["rncp", "rs", "csv"])
def test_a_register_without_an_export_is_said_and_nothing_is_fetched(kept: str, host: Host) -> None:
    """A build of one register alone would withdraw all of the other."""
    host.server.resources[:] = [one for one in host.server.resources if f"-{kept}-" in one["title"]]
    missing = {"rncp": "RS", "rs": "RNCP", "csv": "RNCP or RS"}[kept]
    with pytest.raises(FetchError, match=f"no export V4.1 of {missing} among the resources$"):
        host.fetch()
    assert host.names == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "expected JSON, got nothing"),
        (b"<html>Maintenance</html>", "expected JSON, got '<html>Maintenance</html>'"),
        (b'{"data": [', "expected JSON, got"),
        (b"[" * 200_000, "expected JSON, got"),
        (b"\xff\xfe{", "expected JSON, got"),
        (b"null", 'expected an object with a list "data"'),
        (b"[]", 'expected an object with a list "data"'),
        (b'{"message": "no"}', 'expected an object with a list "data"'),
        (b'{"data": {"a": 1}}', 'expected an object with a list "data"'),
        (b'{"data": [1, null, "x", {}, {"title": 5, "url": []}]}', "no export V4.1 of RNCP or RS"),
        (b'{"data": [{"title": "t", "url": "http://[x/a.zip"}]}', "no export V4.1 of RNCP or RS"),
    ],
)
def test_an_answer_that_is_not_as_expected_is_said(body: bytes, said: str, host: Host) -> None:
    host.server.will(ROOT, Status(200, body=body))
    with pytest.raises(FetchError) as error:
        host.fetch()
    assert str(error.value).startswith(f"{host.server.address}{ROOT}: {said}")


def test_an_answer_without_end_is_not_read_to_its_end(host: Host) -> None:
    host.server.will(ROOT, Status(200, body=b" " * 5000))
    with pytest.raises(FetchError, match="the answer is longer than 4,000 bytes"):
        host.fetch(Limits(longest_answer=4000))


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"url": None, "latest": None}, "has no address"),
        ({"url": 5, "latest": ""}, "has no address"),
        ({"filesize": "300 kB"}, "the size of .* is '300 kB'; expected a number of bytes"),
        ({"filesize": -1}, "the size of .* is -1; expected a number of bytes"),
        ({"filesize": True}, "the size of .* is True; expected a number of bytes"),
        ({"filesize": 0}, "the size of .* is 0; expected a number of bytes"),
        ({"checksum": "da39"}, "the checksum of .* is 'da39'; expected its type and value"),
    ],
)
def test_facts_of_the_newest_that_are_not_as_expected_are_said(facts: dict[str, object], said: str, host: Host) -> None:
    host.server.resources[2].update(facts)
    with pytest.raises(FetchError, match=said):
        host.fetch()


@pytest.mark.parametrize(
    "url",
    [
        "ftp://127.0.0.1/a.zip",
        "file:///etc/passwd",
        "http://",
        "http://[::1",
        "http://\ud800/",
        f"http://{'a' * 70}.fr/",
        "http://\x00/",
    ],
)
def test_an_address_that_is_none_is_said(url: str, host: Host) -> None:
    host.server.resources[2]["url"] = url
    with pytest.raises(FetchError) as error:
        host.fetch()
    assert str(error.value).startswith(f"{url}: ")
    assert host.names == []


def test_without_an_address_of_its_own_the_permanent_one_serves(host: Host) -> None:
    host.server.resources[2]["url"] = None
    host.server.will(f"/api/1/datasets/r/{RNCP}", Status(302, {"Location": host.rncp}))
    host.fetch()
    assert host.is_whole


@pytest.mark.parametrize("code", [404, 410, 403, 400])
def test_a_dataset_that_is_not_there_is_said_at_once(code: int, host: Host) -> None:
    host.server.will(ROOT, Status(code))
    with pytest.raises(FetchError, match=rf"{ROOT}: HTTP {code} "):
        host.fetch()
    assert len(host.server.asked) == 1


def test_a_server_that_is_busy_is_asked_again(host: Host) -> None:
    host.server.will(ROOT, Status(503), reset)
    heard = host.fetch()
    url = f"{host.server.address}{ROOT}"
    assert heard.notes[0] == f"{url}: HTTP 503 Service Unavailable; again in 0.01 s (try 2)"
    assert heard.notes[1].startswith(f"{url}: ")
    assert heard.notes[1].endswith("; again in 0.02 s (try 3)")


def test_a_server_that_stays_busy_is_given_up(host: Host) -> None:
    host.server.will(ROOT, *[Status(502)] * 3)
    with pytest.raises(FetchError, match=r"HTTP 502 Bad Gateway \(3 tries\)$"):
        host.fetch()


def test_facts_that_are_absent_are_done_without(host: Host) -> None:
    host.server.resources[2].update(checksum=None, filesize=None)
    assert host.fetch().notes[0] == f"{RNCP}: fetched, 0.3 MB, no checksum to verify"
    assert host.is_whole
    assert host.fetch(QUICK).notes[0] == f"{RNCP}: already there"


def test_without_a_checksum_what_is_no_zip_is_refused(host: Host) -> None:
    host.server.resources[2].update(checksum={"type": "crc", "value": "00c0ffee"}, filesize=None)
    host.server.files[host.rncp].content = b"<html>Maintenance</html>"
    with pytest.raises(FetchError, match=f"{RNCP}: is no zip; removed$"):
        host.fetch()
    assert host.names == []


def test_a_name_that_is_there_and_not_whole_is_fetched_anew(host: Host) -> None:
    host.folder.mkdir()
    (host.folder / RNCP).write_bytes(packed(99))
    host.fetch()
    assert host.is_whole
