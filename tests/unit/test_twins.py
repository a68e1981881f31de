"""A defect that a reader and a shape both see is reported once; one that only the shape sees is never hidden."""

from __future__ import annotations

import json
from pathlib import Path

from rncp_ld.diagnostics import Diagnostic, Severity, ShapeResult
from rncp_ld.validation.twins import TWINS, without_twins
from tests.command import run
from tests.exports import fiche, write_export

B = "https://w3id.org/rncp/"
FILE = "a.xml"


def reader(excerpt: str, file: str = FILE) -> Diagnostic:
    return Diagnostic.of("CODE-INVALIDE", file=file, line=7, fiche="RNCP1", excerpt=excerpt)


def shape(code: str) -> Diagnostic:
    result = ShapeResult(
        f"{B}certification/RNCP1", f"{B}shapes#Certification-rome-depth", "c", f"{B}def#rome", f"{B}rome/{code}"
    )
    return Diagnostic(
        "SHACL", Severity.WARNING, "Trop large.", FILE, 1, "RNCP1", excerpt=f"{B}rome/{code}", result=result
    )


def test_one_defect_is_one_diagnostic_with_line_and_shape() -> None:
    (one,) = without_twins([shape("K12")], [reader("K12")])
    assert (one.code, one.line, one.result) == ("CODE-INVALIDE", 7, shape("K12").result)


def test_what_no_reader_said_of_this_very_value_stays() -> None:
    """A bad Formacode, a repeated row or a record of another file says nothing of this code."""
    for said in ([reader("1234")], [reader("K13")], [reader("K12", "b.xml")], []):
        assert shape("K12") in without_twins([shape("K12")], said)
    once = without_twins([shape("K12"), shape("K12")], [reader("K12")])
    assert [one.code for one in once] == ["CODE-INVALIDE", "SHACL"]


def test_every_pair_is_of_a_shape_that_there_is(project: Path) -> None:
    shapes = "".join(path.read_text(encoding="utf-8") for path in (project / "shapes").glob("*.ttl"))
    assert [name for name in TWINS if f"shapes:{name} a sh:PropertyShape" not in shapes] == []


def test_a_real_run_reports_a_code_once(tmp_path: Path) -> None:
    source = write_export(tmp_path, fiche("RNCP1", CODES_ROME={"ROME": {"CODE": "K12", "LIBELLE": "Action sociale"}}))
    told = [json.loads(line) for line in run("check", source, "--format", "json").out.splitlines()]
    about = [one for one in told if "K12" in str(one["excerpt"])]
    assert [(one["code"], one["shape"]) for one in about] == [("CODE-INVALIDE", f"{B}shapes#Certification-rome-depth")]
