"""`rncp-ld fetch` as people and scripts see it: paths on standard output, exit codes, messages, no traceback."""

from __future__ import annotations

import os
import pty
import re
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.command import run, spawn
from tests.datagouv import ROOT, BreakOff, Hang, Server, Status, Trickle, WithoutLength
from tests.fetch.conftest import RNCP, RS, Host, packed


def test_the_paths_stand_on_standard_output_alone(host: Host) -> None:
    outcome = spawn("fetch", "--dir", host.folder, "--api", host.server.api)
    assert (outcome.code, outcome.out) == (0, f"{host.folder}/{RNCP}\n{host.folder}/{RS}\n")
    assert outcome.err == f"{RNCP}: fetched, 0.3 MB, sha1 verified\n{RS}: fetched, 0.0 MB, sha1 verified\n"


def test_quiet_says_the_paths_only(host: Host) -> None:
    outcome = run("fetch", "-q", "--dir", host.folder, "--api", host.server.api)
    assert (outcome.out.count("\n"), outcome.err) == (2, "")


def test_verbose_says_each_request(host: Host) -> None:
    said = run("fetch", "-v", "--dir", host.folder, "--api", f"{host.server.api}/").err.splitlines()
    assert said[0] == f"{host.server.address}{ROOT}?page=1&page_size=50&q=-v4-1-: 200"
    assert f"{host.server.address}{host.rncp}: 200" in said


def test_the_folder_is_exports_where_none_is_named(host: Host, tmp_path: Path) -> None:
    outcome = spawn("fetch", "-q", "--api", host.server.api, cwd=tmp_path)
    assert outcome.out == f"exports/{RNCP}\nexports/{RS}\n"


def test_the_environment_may_name_the_api(host: Host) -> None:
    outcome = spawn("fetch", "-q", "--dir", host.folder, env={"RNCP_LD_API": host.server.api})
    assert (outcome.code, outcome.out.count("\n")) == (0, 2)


def test_another_dataset_is_asked_for_by_id_or_slug(host: Host) -> None:
    outcome = run("fetch", "--dir", host.folder, "--api", host.server.api, "--dataset", "a/../b c")
    expected = f"rncp-ld: {host.server.api}/datasets/a%2F..%2Fb%20c/resources/: HTTP 404 Not Found\n"
    assert (outcome.code, outcome.out, outcome.err) == (3, "", expected)


def test_no_network_is_said(host: Host) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    outcome = spawn("fetch", "-q", "--dir", host.folder, "--api", f"http://127.0.0.1:{port}", "--tries", "1")
    assert (outcome.code, outcome.out) == (3, "")
    assert re.fullmatch(
        r"rncp-ld: http://127\.0\.0\.1:[0-9]+/datasets/\w+/resources/: .*refused.* \(1 try\)\n", outcome.err
    )


def test_a_name_that_no_host_has_is_said(host: Host) -> None:
    outcome = spawn("fetch", "--dir", host.folder, "--api", "http://nobody.invalid/api", "--tries", "1")
    assert (outcome.code, outcome.out, "Traceback" in outcome.err) == (3, "", False)
    assert outcome.err.startswith("rncp-ld: http://nobody.invalid/api/datasets/")


@pytest.mark.parametrize("api", ["www.data.gouv.fr/api", "ftp://example.org/", "http://", "http://[bad/", ""])
def test_an_api_that_is_no_web_address_is_wrong_usage(api: str, host: Host) -> None:
    outcome = run("fetch", "--dir", host.folder, "--api", api)
    assert (outcome.code, outcome.out, "expected an address that starts with http://" in outcome.err) == (2, "", True)


@pytest.mark.parametrize(
    ("api", "said"),
    [
        ("http://127.0.0.1:99999/x", "a port is a number up to 65535"),
        ("http://user:secret@127.0.0.1:1/api", "an address must hold no user or password"),
        ("http://user:secret@127.0.0.1:99999/api", "an address must hold no user or password"),
        ("user:secret@127.0.0.1/api", "an address must hold no user or password"),
        ("http://127.0.0.1:1/api?key=secret", "http://127.0.0.1:1/api: the address of an API has no ?query"),
        ("http://127.0.0.1:1/api#x", "an address has no #fragment here"),
    ],
)
def test_an_api_that_cannot_be_asked_is_wrong_usage(api: str, said: str, host: Host) -> None:
    for outcome in (
        run("fetch", "--dir", host.folder, "--api", api),
        spawn("fetch", "--dir", host.folder, env={"RNCP_LD_API": api}),
    ):
        assert (outcome.code, outcome.out, said in outcome.err, "secret" in outcome.err) == (2, "", True, False)
    assert not host.folder.exists()


@pytest.mark.parametrize("headers", [{}, {"Content-Length": "100000"}])
def test_a_list_that_trickles_is_given_up(headers: dict[str, str], host: Host) -> None:
    host.server.will(ROOT, Trickle(0.3, body=b" " * 200, headers=headers))
    started = time.monotonic()
    outcome = run("fetch", "--dir", host.folder, "--api", host.server.api, "--timeout", "1", "--tries", "1")
    assert (outcome.code, time.monotonic() - started < 5) == (3, True)
    assert re.search(r"resources/: no whole answer in 1 s \(1 try\)\n$", outcome.err), outcome.err


@pytest.mark.parametrize("path", ["/nothing", __file__])
def test_certificates_that_cannot_be_read_are_not_the_folders_fault(path: str, host: Host) -> None:
    outcome = spawn("fetch", "--dir", host.folder, "--api", host.server.api, env={"SSL_CERT_FILE": path})
    said = "rncp-ld: the certificates that SSL_CERT_FILE or SSL_CERT_DIR names cannot be read: "
    assert (outcome.code, outcome.out, outcome.err.startswith(said)) == (3, "", True), outcome.err


def test_a_proxy_is_said_without_its_password(host: Host) -> None:
    env = {"ALL_PROXY": "gopher://moi:secret@h:1", "NO_PROXY": "", "no_proxy": ""}
    outcome = spawn("fetch", "--dir", host.folder, "--api", host.server.api, env=env)
    said = "rncp-ld: the proxy that the environment names cannot be used; expected an address with http://\n"
    assert (outcome.code, outcome.err) == (3, said)


@pytest.mark.parametrize("proxy", ["nonsense", "socks5://127.0.0.1:1", "ftp://127.0.0.1:1"])
def test_a_proxy_that_cannot_be_used_is_said(proxy: str, host: Host) -> None:
    env = {"ALL_PROXY": proxy, "NO_PROXY": "", "no_proxy": ""}
    outcome = spawn("fetch", "--dir", host.folder, "--api", host.server.api, "--tries", "1", env=env)
    assert (outcome.code, "Traceback" in outcome.err, outcome.err.startswith("rncp-ld: ")) == (3, False, True), (
        outcome.err
    )


def test_the_proxy_of_the_environment_is_asked(host: Host) -> None:
    """Our server is a proxy good enough: it goes by the path of the whole address that a proxy gets."""
    env = {"HTTP_PROXY": host.server.address, "http_proxy": host.server.address, "NO_PROXY": "", "no_proxy": ""}
    outcome = spawn("fetch", "--dir", host.folder, "--api", "http://data.example/api/2", env=env)
    assert (outcome.code, host.server.asked[0].headers["Host"]) == (0, "data.example")


def test_a_certificate_that_nobody_vouches_for_is_refused(
    certificate: tuple[Path, ssl.SSLContext], tmp_path: Path
) -> None:
    """It does not get better, so it is asked once."""
    with Server(certificate[1]) as server:
        outcome = spawn("fetch", "--dir", tmp_path, "--api", server.api, env={"NO_PROXY": "127.0.0.1"})
    assert (outcome.code, "CERTIFICATE_VERIFY_FAILED" in outcome.err, "again" in outcome.err) == (3, True, False)


@pytest.mark.parametrize("stays", [True, False])
def test_https_never_leads_to_an_address_without_it(
    stays: bool, certificate: tuple[Path, ssl.SSLContext], host: Host
) -> None:
    path, context = certificate
    with Server(context) as server:
        for name, content in ((RNCP, packed(3)), (RS, packed(4))):
            server.offer(name, content)
        where = server.resources[0]["url"]
        if not stays:
            server.will(urlsplit(where).path, Status(302, {"Location": f"{host.server.address}{host.rncp}"}))
        env = {"NO_PROXY": "127.0.0.1", "SSL_CERT_FILE": str(path)}
        outcome = spawn("fetch", "-q", "--dir", host.folder, "--api", server.api, env=env)
    said = f"rncp-ld: {host.server.address}{host.rncp}: this leads from https to an address without it; not followed\n"
    assert (outcome.code, outcome.err) == ((0, "") if stays else (3, said))
    assert host.server.asked == []


def test_a_checksum_that_is_wrong_is_said(host: Host) -> None:
    host.server.resources[2]["checksum"]["value"] = "0" * 40
    outcome = run("fetch", "-q", "--dir", host.folder, "--api", host.server.api)
    assert (outcome.code, outcome.out, host.names) == (3, "", [])
    assert outcome.err.startswith(f"rncp-ld: {RNCP}: has sha1 ")


def test_a_second_export_that_cannot_be_had_leaves_no_path_on_standard_output(host: Host) -> None:
    host.server.will(host.rs, Status(404))
    outcome = run("fetch", "--dir", host.folder, "--api", host.server.api)
    assert (outcome.code, outcome.out, host.names) == (3, "", [RNCP])


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("file", "file: File exists"),
        ("file/below", "file/below: Not a directory"),
        ("/proc/exports", "/proc/exports: No such file or directory"),
        ("n" * 300, "File name too long"),
    ],
)
def test_a_folder_that_cannot_be_written_is_said(folder: str, said: str, host: Host, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    outcome = run("fetch", "--dir", tmp_path / folder, "--api", host.server.api)
    assert (outcome.code, outcome.out, said in outcome.err) == (3, "", True), outcome.err
    assert host.server.asked == []


def test_a_folder_in_the_place_of_the_file_is_said(host: Host) -> None:
    (host.folder / RNCP).mkdir(parents=True)
    outcome = run("fetch", "--dir", host.folder, "--api", host.server.api)
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.startswith(f"rncp-ld: {host.folder}: Is a directory")


SMALL_DISK = "mount -t tmpfs -o size={size} tmpfs {folder} && exec {python} -m rncp_ld fetch --dir {folder} --api {api}"


@pytest.mark.parametrize(("says_length", "said"), [(True, "needs"), (False, "no space left on the disk")])
def test_a_disk_that_is_really_full(says_length: bool, said: str, host: Host, own_mounts: list[str]) -> None:
    """A small disk in memory, in a mount namespace of its own."""
    host.folder.mkdir()
    if not says_length:
        host.server.resources[2]["filesize"] = None
        host.server.will(host.rncp, WithoutLength())
    script = SMALL_DISK.format(size="100k", folder=host.folder, python=sys.executable, api=host.server.api)
    done = subprocess.run([*own_mounts, script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (3, "")
    assert re.fullmatch(rf"rncp-ld: {host.folder}: .*{said}.*\n", done.stderr), done.stderr


def test_a_terminal_shows_how_far_it_is(host: Host) -> None:
    host.server.will(host.rncp, Hang(100_000, 60), BreakOff(10))
    control, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "rncp_ld", "fetch", "--dir", host.folder, "--api", host.server.api, "--timeout", "2"],
        stdout=subprocess.PIPE, stderr=terminal, env={**os.environ, "TERM": "xterm", "COLUMNS": "160"},
    )  # fmt: skip
    os.close(terminal)
    shown = bytearray()
    while True:
        try:
            shown += os.read(control, 65536)
        except OSError:  # the terminal is closed
            break
    os.close(control)
    out, _ = process.communicate(timeout=30)
    assert (process.returncode, out.decode().count("\n")) == (0, 2)
    assert re.search(rf"{re.escape(RNCP)}.*/300\.\d kB", shown.decode())
    assert "fewer than 2,000 bytes in 2 s" in shown.decode()


def test_an_interrupted_fetch_says_so_and_is_resumed(host: Host) -> None:
    host.server.will(host.rncp, Hang(100_000, 60))
    command = [sys.executable, "-m", "rncp_ld", "fetch", "--dir", str(host.folder), "--api", host.server.api]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    host.server.wait_for(host.rncp)
    part = host.folder / f"{RNCP}.part.json"
    while not part.exists():
        pass
    process.send_signal(2)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out, "Traceback" in err) == (130, "", False)
    assert run("fetch", "-q", "--dir", host.folder, "--api", host.server.api).code == 0
    assert host.is_whole


def test_what_it_prints_is_what_build_takes(host: Host, tmp_path: Path) -> None:
    from tests.exports import fiche, write_export, write_zip

    for name, number in ((RNCP, "RNCP1"), (RS, "RS1")):
        content = write_zip(tmp_path / name, write_export(tmp_path, fiche(number))).read_bytes()
        host.server.resources[:] = [one for one in host.server.resources if one["title"] != name]
        host.server.offer(name, content)
    script = f"{sys.executable} -m rncp_ld build $({sys.executable} -m rncp_ld fetch -q --dir exports --api {host.server.api})"
    done = subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, "2 fiches fit to publish" in done.stderr) == (0, True), done.stderr
