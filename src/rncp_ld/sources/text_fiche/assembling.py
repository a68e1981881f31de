"""From the rubrics of a fiche to its record: each rubric goes to its reader, once."""

from __future__ import annotations

from rncp_ld.model.codes import SourceSeries, is_placeholder
from rncp_ld.model.fiche import Fiche
from rncp_ld.model.legal import LegalRole
from rncp_ld.sources.legal import CitationField, parse_citations
from rncp_ld.sources.text_fiche.authorities import read_authorities, read_elaboration, read_signatories
from rncp_ld.sources.text_fiche.blocks import read_blocks
from rncp_ld.sources.text_fiche.code_lists import FORMACODE, NSF, ROME, read_codes, read_conventions, take_rome
from rncp_ld.sources.text_fiche.conditions import Access, read_access
from rncp_ld.sources.text_fiche.contents import Contents
from rncp_ld.sources.text_fiche.findings import Findings
from rncp_ld.sources.text_fiche.history import Event, close_events, read_history, told_predecessors, told_successors
from rncp_ld.sources.text_fiche.identity import read_levels, read_new_title, read_title
from rncp_ld.sources.text_fiche.law import ROLES, jury_citations, prose_citations, read_citations
from rncp_ld.sources.text_fiche.links import fiche_numbers, read_equivalences, read_mentions
from rncp_ld.sources.text_fiche.registrations import read_registration
from rncp_ld.sources.text_fiche.rubrics import Rubric
from rncp_ld.sources.text_fiche.small_values import read_date, read_pages, read_validity, read_years
from rncp_ld.sources.text_fiche.statements import read_activities
from rncp_ld.sources.text_fiche.texts import read_texts


def assemble(number: str, contents: Contents, findings: Findings) -> Fiche | None:
    """Return the record, None where the fiche has no title; what entered no field is left in `findings`."""
    body = contents.body
    title = read_title(body(Rubric.TITLE), findings)
    rome_below, regulation = take_rome(body(Rubric.REGULATION))
    texts = read_texts(contents, regulation, title.closure_note, findings)
    access = read_access(contents.sections(Rubric.CONDITIONS), findings)
    predecessors = read_mentions(body(Rubric.PREDECESSOR), Rubric.PREDECESSOR, findings)
    successors = read_mentions(body(Rubric.SUCCESSOR), Rubric.SUCCESSOR, findings)
    new_title = read_new_title(body(Rubric.NEW_TITLE), findings)
    printed = (successors, contents.line(Rubric.SUCCESSOR) or 0)
    events = read_history(body(Rubric.HISTORY), number, new_title, printed, findings)
    predecessors = told_predecessors(predecessors, events)
    citations = _citations(contents, access, texts.activity_regulation, events, findings)
    law = parse_citations(citations, number)
    told = read_registration(citations)
    findings.diagnostics += law.diagnostics
    level_1969, level = read_levels(body(Rubric.LEVEL), findings)
    validity, unlimited = read_validity(body(Rubric.COMPONENT_VALIDITY), findings)
    pages = read_pages(body(Rubric.PAGES), findings)
    fiche = Fiche(
        number=number,
        series=SourceSeries.TEXT,
        title=title.title or "",
        printed_title=title.printed,
        certification_type=title.certification_type,
        # The form says when access is closed; of an undated text that says nothing, "active" would be invented.
        is_active=None if title.closure_note is None else False,
        level=level,
        level_1969=level_1969,
        nsf=read_codes(body(Rubric.NSF), NSF, findings),
        rome=read_codes([*body(Rubric.ROME), *rome_below], ROME, findings),
        formacodes=read_codes(body(Rubric.FORMACODES), FORMACODE, findings),
        collective_agreements=read_conventions(body(Rubric.CONVENTIONS), findings),
        certifier_mentions=read_authorities(body(Rubric.AUTHORITY), findings),
        signatories=read_signatories(body(Rubric.SIGNATORY), findings),
        elaboration_body=read_elaboration(body(Rubric.ELABORATION)),
        texts=texts,
        blocks=read_blocks(contents.sections(Rubric.BLOCKS), read_activities(body(Rubric.SUMMARY)), number, findings),
        access_conditions=access.conditions,
        accessible_in=access.accessible_in,
        not_accessible_in=access.not_accessible_in,
        acts=law.acts,
        legal_mentions=law.mentions,
        equivalences=read_equivalences(body(Rubric.EQUIVALENCES), body(Rubric.LINKS), findings),
        predecessors=fiche_numbers(predecessors),
        successors=fiche_numbers((*successors, *told_successors(events))),
        change_events=close_events(events, law.mentions),
        predecessor_mentions=predecessors,
        component_validity=validity,
        validity_unlimited=unlimited,
        registration_duration=read_years(body(Rubric.REGISTRATION_DURATION), Rubric.REGISTRATION_DURATION, findings)
        or told.years,
        registration_end=read_date(body(Rubric.REGISTRATION_END), Rubric.REGISTRATION_END, findings) or told.end,
        decision_date=read_date(body(Rubric.DECISION_DATE), Rubric.DECISION_DATE, findings),
        effective_date=read_date(body(Rubric.EFFECTIVE_DATE), Rubric.EFFECTIVE_DATE, findings) or told.effective,
        last_journal_date=read_date(body(Rubric.LAST_JOURNAL_DATE), Rubric.LAST_JOURNAL_DATE, findings),
        publication_date=read_date(body(Rubric.PUBLICATION_DATE), Rubric.PUBLICATION_DATE, findings),
        pages=pages.pages,
        page_note=pages.note,
    )
    contents.sections(Rubric.NUMBER)
    for rubric, piece in contents.rest():
        findings.leave(piece, rubric)
    return fiche if fiche.title else None


def _citations(
    contents: Contents, access: Access, regulation: str | None, events: list[Event], findings: Findings
) -> list[CitationField]:
    """Gather what cites legal texts: the legal rubrics, the regulation, the jury texts and the history."""
    fields = [field for rubric in ROLES for field in read_citations(contents.body(rubric), rubric, findings)]
    if regulation and not is_placeholder(regulation):
        fields += prose_citations(
            [regulation], LegalRole.REGULATION, Rubric.REGULATION, contents.line(Rubric.REGULATION)
        )
    fields += jury_citations(access.conditions, contents.line(Rubric.CONDITIONS))
    fields += [field for event in events for field in event.citations]
    return fields
