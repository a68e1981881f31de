"""The way of the data: source bytes → records → triples → linked → checked → store, dumps, pages.

`build` reads as that way, one line per stage. What can be done fiche by fiche (`mapped`), segment by segment (`segments`)
or page by page (`rendering`) is done by workers; this process cuts the sources (`reading`), links all fiches and takes out what
may not be published (`checking`), and puts the publication together (`publishing`). Triples stand in files, never all in memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from rncp_ld.diagnostics import Severity, render_line
from rncp_ld.errors import NoFicheError, SourceError
from rncp_ld.linking.editions import with_editions
from rncp_ld.linking.facts import facts_of
from rncp_ld.linking.nomenclature import Key, Nomenclature, key_of
from rncp_ld.linking.register import link
from rncp_ld.model.nomenclature import NomenclatureEdition
from rncp_ld.pipeline.checking import Checked, Checker
from rncp_ld.pipeline.kept import Cache
from rncp_ld.pipeline.options import Options, Progress
from rncp_ld.pipeline.publishing import Publisher
from rncp_ld.pipeline.reading import Register, read_register
from rncp_ld.publish.context import newest_export
from rncp_ld.publish.ledger import Ledger, former_concepts, read_ledger
from rncp_ld.publish.publication import PublicationFacts, new_publication, write_facts
from rncp_ld.publish.report import Report, write_report
from rncp_ld.rdf.concept import map_concept
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.mapping import map_fiche
from rncp_ld.rdf.register import map_register
from rncp_ld.rdf.terms import Triple
from rncp_ld.sources.reading import SourceReader
from rncp_ld.sources.shipped_editions import shipped_editions
from rncp_ld.work import collecting_seldom

__all__ = ["Options", "Progress", "build", "check", "convert", "shipped_nomenclature"]

SHOWN = 5
"""Violations that are shown where none of the fiches can be published."""


def shipped_nomenclature() -> Nomenclature:
    """Return the nomenclatures of the code tables."""
    known, _ = with_editions(Nomenclature(), shipped_editions())
    return known


def merge_lists(known: Nomenclature, lists: Sequence[NomenclatureEdition], report: Report) -> Nomenclature:
    """Add the lists of codes that were read to what is known; what is found goes into the report."""
    for edition in lists:
        report.diagnostics += edition.diagnostics
    merged, found = with_editions(known, lists)
    report.diagnostics += found
    return merged


def build(sources: Sequence[str], out: Path, options: Options) -> Report:
    """Read, map, link, check and publish.

    Args:
        sources: files, folders, zips, or "-" for standard input.
        out: the output folder; its last publication stays as it is unless this one is whole.
        options: how to run.

    Returns:
        What was done and found. The caller turns it into an exit code.

    Raises:
        RncpError: a source could not be read to its end, the output is not ours, the shapes are empty.
    """
    report = Report()
    with collecting_seldom(), new_publication(out) as made:
        ledger = read_ledger(out / "ledger.nt")
        with Cache(out / "cache", made.number, made.before, options.base) as cache:
            register, checked = _checked(sources, ledger, cache, report, options, publishes=True)
            _require_fiches(report)
            rows, kept = Publisher(checked, ledger, made.folder, made.before_folder, cache, report, options).publish()
            cache.write(replace(kept, known=register.known))
            write_facts(made.folder, PublicationFacts(options.base, newest_export(report.documents)))
            write_report(report, made.folder, rows)
    cache.commit()
    return report


def check(sources: Sequence[str], options: Options) -> Report:
    """Do the same up to the check; nothing is published."""
    report = Report()
    with collecting_seldom(), TemporaryDirectory(prefix="rncp-ld-") as work:
        _checked(sources, {}, Cache(Path(work), 1, None, options.base), report, options, publishes=False)
    return report


def _checked(
    sources: Sequence[str], ledger: Ledger, cache: Cache, report: Report, options: Options, *, publishes: bool
) -> tuple[Register, Checked]:
    """Read, map, link and check."""
    with report.stage("read and map"):
        register = read_register(sources, cache.fiches, report, options)
    with report.stage("link and check"):
        known = merge_lists(shipped_nomenclature(), register.nomenclatures, report)
        known = known.remembering(former_concepts(ledger, Iris(options.base)))
        checker = Checker(register, known, ledger, cache, options, publishes)
        return register, checker.run(report)


def _require_fiches(report: Report) -> None:
    """Refuse to publish a register without a fiche: it would turn all that was published into tombstones.

    Raises:
        NoFicheError: every fiche was kept out; the message shows why.
    """
    if report.fiches == 0:
        why = [render_line(d) for d in report.diagnostics if d.severity is Severity.VIOLATION]
        more = [f"({len(why) - SHOWN} more)"] if len(why) > SHOWN else []
        said = "no fiche is fit to publish; the last publication is unchanged"
        raise NoFicheError("\n".join((said, *why[:SHOWN], *more)))


def convert(sources: Sequence[str], options: Options, report: Report) -> Iterator[tuple[str, list[Triple]]]:
    """Map fiche by fiche, without what only the whole register knows; yield for each its IRI and triples.

    The codes, organisations and acts that a fiche names are described as this fiche describes them, and as the lists of
    codes do that were read before it; what the lists hold besides is mapped at the end, by nomenclature. What is found
    goes into the report.
    """

    def on_error(error: SourceError) -> None:
        report.errors.append(str(error))

    iris = Iris(options.base)
    shipped = known = shipped_nomenclature()
    described: set[Key] = set()
    lists = 0
    reader = SourceReader(tuple(dict.fromkeys(sources)), keep_going=options.keep_going, on_error=on_error)
    for reading in reader.readings():
        report.diagnostics += reading.diagnostics
        if reading.fiche is None:
            continue
        if len(reader.nomenclatures) != lists:
            lists = len(reader.nomenclatures)
            known, _ = with_editions(shipped, reader.nomenclatures)
        register, _ = link([facts_of(reading, reading.fiche)], known.only_used())
        described.update(map(key_of, register.concepts))
        shared = replace(register, certifications=(), undescribed=())
        yield iris.certification(reading.fiche.number), [*map_fiche(reading.fiche, iris), *map_register(shared, iris)]
    register, _ = link([], merge_lists(shipped, reader.nomenclatures, report))
    for scheme in sorted({edition.family.scheme for edition in reader.nomenclatures}, key=lambda one: one.value):
        rest = [one for one in register.concepts if one.scheme is scheme and key_of(one) not in described]
        yield iris.scheme(scheme.value), [triple for one in rest for triple in map_concept(one, iris)]
