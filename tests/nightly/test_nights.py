"""Nights of docs/nightly.md on a machine of our own: its commands and scripts are run as they are shown, and do what it says."""

from __future__ import annotations

import json
import os
import re
import time
from pathlib import Path

from tests.exports import fiche
from tests.nightly.document import block, blocks
from tests.nightly.machine import Machine

ONE, TWO = fiche("RNCP1", "Technicien"), fiche("RNCP2", "Médiateur")
NO_TITLE = fiche("RNCP3", "")


def releases(site: Path) -> list[str]:
    return sorted(path.name for path in (site / "releases").iterdir())


def test_every_command_of_two_nights(machine: Machine) -> None:
    machine.offer("2026-08-16", ONE, TWO)

    by_hand = machine.run(block("sh", holding="rncp-ld build"))
    assert (by_hand.returncode, "3 fiches fit to publish" in by_hand.stderr) == (0, True), by_hand.stderr
    assert machine.run(block("sh", holding="release.sh")).returncode == 0
    first = releases(machine.site)
    assert (len(first), (machine.site / "current" / "index.html").is_file()) == (1, True)

    with machine.serving() as journal:
        health = machine.run(block("sh", holding="/health"))
        assert (health.returncode, health.stdout) == (0, block("json"))

        machine.offer("2026-08-17", ONE)
        time.sleep(1.1)  # releases are called by their second
        night = machine.night(SITE=str(machine.site))
        assert night.returncode == 0, night.stderr
        assert (machine.build / "current").readlink() == Path("publications/2")
        machine.wait_for("2")
        assert set(releases(machine.site)) > set(first)
        assert not (machine.site / "current" / "certification" / "RNCP1.gone").exists()
        assert (machine.site / "current" / "certification" / "RNCP2.gone").exists()

        back = blocks("sh", "after two nights")
        done = [machine.run(text) for text in back]
        assert [one.returncode for one in done] == [0, 0], done
        assert done[0].stdout == "1\n2\n"
        machine.wait_for("1")
        assert (machine.site / "current").readlink() == Path(f"releases/{first[0]}")
        assert not (machine.site / "current" / "certification" / "RNCP2.gone").exists()
    assert '"GET /health HTTP/1.1" 200' in journal()
    assert re.findall("publication (.) answers now", journal()) == ["2", "1"]

    third = machine.night()
    assert third.returncode == 0, third.stderr
    assert (machine.build / "current").readlink() == Path("publications/3")
    assert third.stderr.count("already there") == 2


def test_old_exports_are_removed_and_nothing_else(machine: Machine) -> None:
    machine.exports.mkdir()
    old, new = (machine.exports / f"export-fiches-rncp-v4-1-2026-0{month}-16.zip" for month in (7, 8))
    notes = machine.exports / "notes.zip"
    for path, days in ((old, 40), (new, 20), (notes, 40)):
        path.touch()
        os.utime(path, (time.time() - days * 86400,) * 2)
    machine.offer("2026-08-18", ONE)
    assert machine.night().returncode == 0
    found = set(machine.exports.iterdir())
    assert (old in found, {new, notes} <= found) == (False, True)
    assert machine.night(DAYS="10").returncode == 0
    assert new not in set(machine.exports.iterdir())


def test_the_newest_exports_stay_however_old_they_are(machine: Machine) -> None:
    machine.offer("2026-08-16", ONE)
    assert machine.night().returncode == 0
    newest = sorted(machine.exports.glob("*.zip"))
    for path in newest:
        os.utime(path, (time.time() - 40 * 86400,) * 2)
    night = machine.night()
    assert (night.returncode, night.stderr.count("already there")) == (0, 2), night.stderr
    assert sorted(machine.exports.glob("*.zip")) == newest


def test_exports_stay_where_nothing_was_published(machine: Machine) -> None:
    machine.exports.mkdir()
    old = machine.exports / "export-fiches-rncp-v4-1-2026-07-16.zip"
    old.touch()
    os.utime(old, (time.time() - 40 * 86400,) * 2)
    assert machine.night().returncode == 3
    assert old.exists()


def test_after_the_loss_of_the_build_the_ledger_still_knows_what_was(machine: Machine) -> None:
    machine.offer("2026-08-16", ONE, TWO)
    assert machine.night().returncode == 0
    assert machine.run(block("sh", holding="/var/backups")).returncode == 0
    machine.run("rm -r /var/lib/rncp-ld/build")

    done = machine.run(block("sh", "after a loss"))
    assert (done.returncode, done.stderr) == (0, "")
    machine.offer("2026-08-17", ONE)
    assert machine.night().returncode == 0
    assert (machine.build / "site" / "certification" / "RNCP2.gone").is_file()
    assert (machine.build / "ledger.nt").readlink() == Path("current/ledger.nt")


def test_a_night_with_violations_publishes_and_says_so(machine: Machine) -> None:
    machine.offer("2026-08-16", ONE, NO_TITLE)
    night = machine.night(SITE=str(machine.site))
    assert (night.returncode, "TITRE-ABSENT [RNCP3" in night.stderr) == (1, True), night.stderr
    assert (machine.site / "current" / "certification" / "RNCP1.html").is_file()
    report = json.loads((machine.build / "report.json").read_text(encoding="utf-8"))
    assert (report["unusable"], report["diagnostics_by_code"]["TITRE-ABSENT"]) == (1, 1)
    assert {"rejected", "share_read", "errors"} <= report.keys()


def test_a_night_without_exports_leaves_all_as_it_was(machine: Machine) -> None:
    night = machine.night(SITE=str(machine.site))
    assert (night.returncode, night.stdout) == (3, "")
    assert re.search(r"(?m)^rncp-ld: .*no export V4\.1 of RNCP or RS", night.stderr)
    assert (machine.build.exists(), machine.site.exists()) == (False, False)


def test_a_night_with_a_damaged_export_releases_nothing(machine: Machine) -> None:
    machine.server.offer("export-fiches-rncp-v4-1-2026-08-16.zip", b"PK and no more")
    machine.server.offer("export-fiches-rs-v4-1-2026-08-16.zip", b"PK and no more")
    night = machine.night(SITE=str(machine.site))
    assert (night.returncode, machine.site.exists()) == (3, False), night.stderr


def test_a_night_without_a_fiche_that_is_fit_has_failed(machine: Machine) -> None:
    """`build` says 1 as it does where it publishes the rest, and systemd takes 1 for a success."""
    machine.offer("2026-08-16", ONE)
    assert machine.night().returncode == 0
    machine.offer("2026-08-17", NO_TITLE)
    machine.server.offer("export-fiches-rs-v4-1-2026-08-18.zip", machine.packed("rs", fiche("RS1", "")))
    night = machine.night(SITE=str(machine.site))
    assert (night.returncode, machine.site.exists()) == (3, False), night.stderr
    assert (machine.build / "current").readlink() == Path("publications/1")


def test_a_night_whose_site_cannot_be_handed_over_has_failed(machine: Machine) -> None:
    machine.offer("2026-08-16", ONE)
    machine.site.touch()
    night = machine.night(SITE=str(machine.site))
    assert (night.returncode, (machine.build / "site" / "index.html").is_file()) == (4, True), night.stderr


def test_a_job_without_folders_is_wrong_usage(machine: Machine) -> None:
    night = machine.night(BUILD="")
    assert (night.returncode, night.stderr) == (2, "nightly.sh: EXPORTS and BUILD name no folders\n")
    assert machine.server.asked == []


def test_an_address_that_is_none_is_wrong_usage(machine: Machine) -> None:
    night = machine.night(RNCP_LD_API="foo")
    assert (night.returncode, "RNCP_LD_API" in night.stderr) == (2, True), night.stderr


def test_an_option_that_build_refuses_is_wrong_usage(machine: Machine) -> None:
    """An older program, say: one stands in for it that fetches, and knows no option of `build`."""
    machine.exports.mkdir()
    (machine.exports / "export.zip").touch()
    program = machine.folder / "bin" / "rncp-ld"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\n[ "$1" = fetch ] || exit 2\necho {machine.exports}/export.zip\n', encoding="utf-8")
    program.chmod(0o755)
    assert machine.night(PATH=f"{program.parent}:{os.environ['PATH']}").returncode == 2


def test_a_folder_with_a_space_is_no_trouble(machine: Machine) -> None:
    machine.offer("2026-08-16", ONE)
    places = {
        "EXPORTS": machine.folder / "the exports",
        "BUILD": machine.folder / "the build",
        "SITE": machine.folder / "the site",
    }
    night = machine.night(**{name: str(place) for name, place in places.items()})
    assert night.returncode == 0, night.stderr
    assert (places["SITE"] / "current" / "certification" / "RNCP1.html").is_file()
