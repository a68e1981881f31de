"""Transfers that break off, stand still, or bring another file than the one that was announced."""

from __future__ import annotations

import hashlib
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from rncp_ld.errors import FetchError, OutputError
from rncp_ld.fetch.limits import Limits
from tests.datagouv import (
    BreakOff,
    Change,
    Claim,
    File,
    Hang,
    Status,
    Trickle,
    WithoutLength,
    ignore_conditions,
    ignore_ranges,
    reset,
)
from tests.fetch.conftest import IMPATIENT, QUICK, RNCP, RS, Host, packed

ONCE = Limits(tries=1)


def test_what_broke_off_is_resumed(host: Host) -> None:
    host.server.will(host.rncp, BreakOff(100_000), BreakOff(50_000))
    heard = host.fetch()
    assert (host.is_whole, host.names) == (True, [RNCP, RS])
    assert host.ranges == [None, "bytes=100000-", "bytes=150000-"]
    assert [one.headers.get("If-Range") for one in host.server.asked_for(host.rncp)] == [None, '"1"', '"1"']
    assert [note.partition(";")[2] for note in heard.notes[:2]] == [
        " again in 0.01 s (try 2)",
        " again in 0.02 s (try 3)",
    ]


def test_the_next_run_goes_on_where_the_last_one_ended(host: Host) -> None:
    host.server.will(host.rncp, BreakOff(100_000))
    with pytest.raises(FetchError, match=rf"^{RNCP}: .* \(1 try\)$"):
        host.fetch(ONCE)
    assert host.names == [f"{RNCP}.part", f"{RNCP}.part.json"]
    host.fetch(ONCE)
    assert (host.ranges, host.is_whole, host.names) == ([None, "bytes=100000-"], True, [RNCP, RS])


def test_a_file_that_changed_meanwhile_starts_anew(host: Host) -> None:
    """Its new size and checksum are announced, too."""
    fresh = packed(7)
    host.server.will(host.rncp, BreakOff(100_000))
    with pytest.raises(FetchError):
        host.fetch(ONCE)
    host.server.files[host.rncp] = File(fresh, '"2"')
    host.server.resources[2]["checksum"] = {"type": "sha256", "value": hashlib.sha256(fresh).hexdigest().upper()}
    host.fetch(ONCE)
    assert (host.ranges, host.is_whole) == ([None, None], True)


def test_a_file_that_changes_between_two_tries_starts_anew(host: Host) -> None:
    """If-Range: the server sends the whole new file."""
    fresh = packed(7)
    host.server.resources[2]["checksum"] = {"type": "sha1", "value": hashlib.sha1(fresh).hexdigest()}
    host.server.will(host.rncp, BreakOff(100_000), Change(host.rncp, File(fresh, '"2"')))
    host.fetch()
    assert (host.ranges, host.is_whole) == ([None, "bytes=100000-"], True)


def test_pieces_of_two_files_are_found_out_and_fetched_anew(host: Host) -> None:
    """A host that knows no If-Range."""
    fresh = packed(7)
    host.server.resources[2]["checksum"] = {"type": "sha1", "value": hashlib.sha1(fresh).hexdigest()}
    host.server.will(host.rncp, BreakOff(100_000), Change(host.rncp, File(fresh, '"2"'), ignore_conditions))
    heard = host.fetch()
    assert (host.ranges, host.is_whole) == ([None, "bytes=100000-", None], True)
    assert "; begins anew; again in" in heard.notes[1]


def test_a_file_that_is_shorter_now_starts_anew(host: Host) -> None:
    short = packed(7, 50_000)
    host.server.resources[2].update(
        checksum={"type": "sha1", "value": hashlib.sha1(short).hexdigest()}, filesize=len(short)
    )
    host.server.files[host.rncp].content = packed(3)
    host.server.resources[2]["filesize"] = None
    host.server.will(host.rncp, BreakOff(100_000), Change(host.rncp, File(short, '"2"'), ignore_conditions))
    host.fetch()
    assert (host.ranges, host.is_whole) == ([None, "bytes=100000-", None], True)


def test_a_host_without_ranges_sends_all_of_it_again(host: Host) -> None:
    host.server.will(host.rncp, BreakOff(100_000), ignore_ranges)
    host.fetch()
    assert host.is_whole


@pytest.mark.parametrize(
    ("tag", "modified", "condition"),
    [
        ('W/"1"', "Sun, 16 Aug 2026 02:01:00 GMT", "Sun, 16 Aug 2026 02:01:00 GMT"),
        ("", "Sun, 16 Aug 2026 02:01:00 GMT", "Sun, 16 Aug 2026 02:01:00 GMT"),
        ('W/"1"', "", None),
        ('"a\tb"', "", None),
        ("", "yesterday", None),
    ],
)
def test_only_what_can_be_recognised_is_resumed(tag: str, modified: str, condition: str | None, host: Host) -> None:
    host.server.files[host.rncp].tag, host.server.files[host.rncp].modified = tag, modified
    host.server.will(host.rncp, BreakOff(100_000))
    host.fetch()
    assert host.is_whole
    second = host.server.asked_for(host.rncp)[1].headers
    assert (second.get("If-Range"), second.get("Range")) == (condition, "bytes=100000-" if condition else None)


@pytest.mark.parametrize("facts", ["", "{", "[]", "null", '{"source": 1}', '{"source": "", "validator": "\\""}'])
def test_a_part_of_nobody_knows_what_is_not_resumed(facts: str, host: Host) -> None:
    host.folder.mkdir()
    (host.folder / f"{RNCP}.part").write_bytes(b"x" * 1000)
    (host.folder / f"{RNCP}.part.json").write_text(facts, encoding="utf-8")
    host.fetch()
    assert (host.ranges, host.is_whole) == ([None], True)


def test_a_part_that_is_damaged_on_the_disk_starts_anew(host: Host) -> None:
    host.server.will(host.rncp, BreakOff(100_000))
    with pytest.raises(FetchError):
        host.fetch(ONCE)
    with (host.folder / f"{RNCP}.part").open("r+b") as part:
        part.write(b"damage")
    host.fetch()
    assert (host.ranges, host.is_whole) == ([None, "bytes=100000-", None], True)


def test_a_part_that_is_whole_already_is_only_verified(host: Host) -> None:
    """As after a stop between the last byte and the new name."""
    host.server.will(host.rncp, BreakOff(100_000))
    with pytest.raises(FetchError):
        host.fetch(ONCE)
    (host.folder / f"{RNCP}.part").write_bytes(host.server.files[host.rncp].content)
    host.fetch()
    assert (host.ranges, host.is_whole) == ([None], True)


def test_a_transfer_that_stands_still_is_broken_off_and_resumed(host: Host) -> None:
    host.server.will(host.rncp, Hang(100_000, 60))
    heard = host.fetch(IMPATIENT)
    assert (host.ranges, host.is_whole) == ([None, "bytes=100000-"], True)
    assert heard.notes[0] == f"{RNCP}: fewer than 2,000 bytes in 2 s; again in 0.01 s (try 2)"


def test_a_transfer_that_trickles_is_broken_off(host: Host) -> None:
    host.server.will(host.rncp, Trickle(0.2, 10))
    started = time.monotonic()
    with pytest.raises(FetchError, match=rf"^{RNCP}: fewer than 1,000 bytes in 1 s \(1 try\)$"):
        host.fetch(Limits(tries=1, timeout=1))
    assert time.monotonic() - started < 5


def test_a_transfer_that_is_slow_and_goes_on_is_waited_for(host: Host) -> None:
    """It takes three times what may pass without a sensible number of bytes."""
    host.server.will(host.rncp, Trickle(0.3, 30_000))
    heard = host.fetch(Limits(tries=1, timeout=1))
    assert (host.is_whole, heard.notes[0]) == (True, f"{RNCP}: fetched, 0.3 MB, sha1 verified")


def test_a_server_that_says_nothing_is_given_up(host: Host) -> None:
    host.server.will(host.rncp, *[reset] * 3)
    with pytest.raises(FetchError, match=rf"^{RNCP}: .* \(3 tries\)$"):
        host.fetch()
    assert host.names == []


def test_a_file_without_a_length_that_ends_early_is_resumed(host: Host) -> None:
    host.server.will(host.rncp, WithoutLength(100_000), WithoutLength())
    heard = host.fetch()
    assert host.is_whole
    whole = f"{len(host.server.files[host.rncp].content):,}"
    assert heard.notes[0].startswith(f"{RNCP}: broke off after 100,000 of {whole} bytes; again")


def test_another_size_than_announced_is_refused_before_it_is_fetched(host: Host) -> None:
    host.server.resources[2]["filesize"] = 1234
    whole = f"{len(host.server.files[host.rncp].content):,}"
    with pytest.raises(FetchError, match=f"^{RNCP}: has {whole} bytes, announced are 1,234; removed$"):
        host.fetch()
    assert (host.names, len(host.ranges)) == ([], 1)


def test_more_than_announced_is_not_read_to_its_end(host: Host) -> None:
    host.server.resources[2]["filesize"] = 1234
    host.server.will(host.rncp, WithoutLength())
    with pytest.raises(FetchError, match=f"^{RNCP}: has more than 1,234 bytes; removed$"):
        host.fetch()
    assert host.names == []


def test_another_checksum_than_announced_is_refused_and_nothing_stays(host: Host) -> None:
    host.fetch()
    asked = len(host.ranges)
    before = (host.folder / RNCP).read_bytes()
    host.server.resources[2]["checksum"] = {"type": "sha1", "value": "0" * 40}
    found = hashlib.sha1(before).hexdigest()
    with pytest.raises(FetchError, match=f"^{RNCP}: has sha1 {found}, announced is sha1 {'0' * 40}; removed$"):
        host.fetch()
    assert (host.names, len(host.ranges) - asked) == ([RNCP, RS], 1)
    assert (host.folder / RNCP).read_bytes() == before


@pytest.mark.parametrize("announced", [True, False])
def test_a_file_that_is_too_large_is_not_fetched(announced: bool, host: Host) -> None:
    if not announced:
        host.server.resources[2]["filesize"] = None
    with pytest.raises(FetchError, match=r"more than the 100,000 that an export may have; not fetched$"):
        host.fetch(Limits(largest=100_000))
    assert (host.names, len(host.ranges)) == ([], 0 if announced else 1)


def test_a_file_that_turns_out_too_large_is_broken_off(host: Host) -> None:
    host.server.resources[2].update(filesize=None, checksum=None)
    host.server.will(host.rncp, WithoutLength())
    with pytest.raises(FetchError, match=r"has more than 100,000 bytes; removed$"):
        host.fetch(Limits(largest=100_000))
    assert host.names == []


def test_more_than_the_disk_has_left_is_not_begun(host: Host) -> None:
    host.server.resources[2]["filesize"] = 1 << 60
    host.server.will(host.rncp, Claim(1 << 60))
    with pytest.raises(
        OutputError, match=rf"^{host.folder}: {RNCP} needs {1 << 60:,} bytes more, and [0-9,]+ are free$"
    ):
        host.fetch(Limits(largest=1 << 61))
    assert host.names == []


def test_retry_after_is_kept_to(host: Host) -> None:
    host.server.will(host.rncp, Status(429, {"Retry-After": "1"}))
    started = time.monotonic()
    heard = host.fetch()
    assert time.monotonic() - started >= 1
    assert heard.notes[0] == f"{RNCP}: HTTP 429 Too Many Requests; again in 1 s (try 2)"


def test_retry_after_as_a_date_is_kept_to(host: Host) -> None:
    until = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=3)
    host.server.will(host.rncp, Status(503, {"Retry-After": format_datetime(until, usegmt=True)}))
    host.fetch(Limits(tries=2, pause=0.01))
    assert datetime.now(UTC) >= until


@pytest.mark.parametrize("value", ["soon", "-5", "", "Sun, 16 Aug 1926 02:01:00 GMT", "1e400", "٣"])
def test_a_retry_after_that_says_nothing_is_passed_over(value: str, host: Host) -> None:
    host.server.will(host.rncp, Status(503, {"Retry-After": value.encode().decode("latin-1")}))
    assert "again in 0.01 s" in host.fetch().notes[0]


def test_who_asks_for_a_long_wait_is_not_asked_again(host: Host) -> None:
    host.server.will(host.rncp, Status(503, {"Retry-After": "3600"}))
    with pytest.raises(FetchError, match=r"HTTP 503 Service Unavailable; asks to come back in 3600 s$"):
        host.fetch()
    assert len(host.ranges) == 1


def test_redirects_are_followed(host: Host) -> None:
    host.server.files["/object/storage"] = host.server.files[host.rncp]
    host.server.will(
        host.rncp,
        Status(302, {"Location": "/object/storage"}),
        Status(301, {"Location": f"{host.server.address}/object/storage"}),
    )
    host.server.will("/object/storage", BreakOff(100_000))
    host.fetch()
    assert host.is_whole
    assert [one.headers.get("Range") for one in host.server.asked_for("/object/storage")] == [None, "bytes=100000-"]


def test_a_circle_of_redirects_ends(host: Host) -> None:
    host.server.will(host.rncp, *[Status(302, {"Location": host.rncp})] * 30)
    with pytest.raises(FetchError, match="redirects"):
        host.fetch()


@pytest.mark.parametrize("code", [404, 403, 410])
def test_a_file_that_is_not_there_is_said_at_once(code: int, host: Host) -> None:
    host.server.will(host.rncp, Status(code))
    with pytest.raises(FetchError, match=rf"{RNCP}: HTTP {code} "):
        host.fetch()
    assert (host.names, len(host.ranges)) == ([], 1)


def test_another_range_than_asked_for_is_not_put_together(host: Host) -> None:
    host.server.will(
        host.rncp,
        BreakOff(100_000),
        lambda handler: handler.say(206, {"Content-Range": "bytes 5-9/10"}, b"wrong"),
    )
    host.fetch()
    assert (host.ranges, host.is_whole) == ([None, "bytes=100000-", None], True)


def test_two_fetches_do_not_write_at_the_same_time(host: Host) -> None:
    host.server.will(host.rncp, Hang(100_000, 60))
    first = threading.Thread(target=host.fetch, args=(IMPATIENT,))
    first.start()
    host.server.wait_for(host.rncp)
    with pytest.raises(OutputError, match="another rncp-ld fetch is writing here"):
        host.fetch(QUICK)
    first.join()
    assert (host.is_whole, host.names) == (True, [RNCP, RS])
