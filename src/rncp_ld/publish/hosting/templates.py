"""Templates of configuration files: texts in their servers' own languages, with what the table says filled in."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import jinja2

from rncp_ld.formats import SMALLEST
from rncp_ld.publish.hosting.accept import ANYTHING, FULL, NONE, choice_rules, escape, weight_rules
from rncp_ld.publish.hosting.table import (
    CACHED,
    DEEPEST,
    ERROR_PAGES,
    NEGOTIATED,
    Table,
    alternatives,
    error_page,
)

_FOLDER = Path(__file__).resolve().parents[1] / "templates" / "hosting"


@cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER),
        autoescape=False,  # noqa: S701 - no HTML: what is filled in are our own tables
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
    )
    made.filters["alternatives"] = alternatives
    made.filters["escaped"] = escape
    made.filters["variable"] = lambda name: name.lower().replace("-", "_")
    made.globals.update(
        ANYTHING=ANYTHING,
        FULL=FULL,
        NONE=NONE,
        CACHED=CACHED,
        NEGOTIATED=NEGOTIATED,
        ERROR_PAGES=ERROR_PAGES,
        DEEPEST=DEEPEST,
        SMALLEST=SMALLEST,
        weight_rules=weight_rules,
        choice_rules=choice_rules,
        error_page=error_page,
    )
    return made


def render(template: str, table: Table, **values: str) -> str:
    """Fill a template in."""
    return _environment().get_template(template).render(table=table, **values)
