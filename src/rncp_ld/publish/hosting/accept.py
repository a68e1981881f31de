r"""Content negotiation as a table of regular expressions, for servers that cannot reckon with weights.

Two steps, the same in each server. First each format's weight is read out of the Accept header: `WeightRule`s, of which
the first that matches decides, since the more specific range comes first. Then the weights of all formats, side by side
("q q0.9 none"), are looked up among `ChoiceRule`s, from the greatest weight down.

The expressions are of the kind that PCRE (Apache, nginx) and RE2 (Caddy) read alike; a quote is written `\x22`, which
needs no escape in any configuration file. What differs from `rncp_ld.serve.negotiation`: weights count to a tenth, a
header with ranges that are all malformed accepts nothing, and of the names of one format the first in the table counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rncp_ld.formats import FULFILLED, Format

ANYTHING: Final = r"^[^/]*$"
"""A header that names no range, or no header: anything is welcome."""

FULL: Final = "q"
"""Weight of a range that says none."""

NONE: Final = "none"
"""Weight of a format that no range covers, and the choice where nothing can be chosen."""

_WEIGHT: Final = r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?"

_LEVELS: Final = (r"q(?:1(?:\.0*)?)?", *(rf"q0\.{tenth}[0-9]*" for tenth in range(9, 0, -1)), r"q0\.0[0-9]*[1-9]")
"""Written weights, the greatest first: to a tenth, and what is less than one; q=0 is none of them."""


@dataclass(frozen=True, slots=True)
class WeightRule:
    """Where the expression matches the header, what it captured (with "q" before it) is the format's weight."""

    pattern: str
    range: str


@dataclass(frozen=True, slots=True)
class ChoiceRule:
    """Where the expression matches the weights of all formats, this one is the answer."""

    pattern: str
    format: Format


def weight_rules(one: Format) -> tuple[WeightRule, ...]:
    """Return the rules that weigh a format, the most specific range first."""
    main = one.media_type.partition("/")[0]
    ranges = (one.media_type, *one.others, f"{main}/*", "*/*")
    return tuple(WeightRule(_range_pattern(name), name) for name in ranges)


def _range_pattern(name: str) -> str:
    parameters = "|".join(rf"{key}=\x22?{escape(value)}\x22?" for key, value in sorted(FULFILLED))
    return rf"(?:^|,)\s*{escape(name)}(?:\s*;\s*(?:{parameters}))*\s*(?:;\s*q=({_WEIGHT})\s*(?:[;,]|$)|,|$)"


def escape(text: str) -> str:
    """Escape what is special in PCRE and RE2; `re.escape` escapes more than RE2 allows."""
    return re.sub(r"([.+*?()\[\]{}|^$\\])", r"\\\1", text)


def choice_rules(formats: Sequence[Format]) -> Iterator[ChoiceRule]:
    """Yield the rules that choose among formats by their weights, given in this order; ties go to the preferred one."""
    preferred = sorted(enumerate(formats), key=lambda pair: -pair[1].quality)
    for level in _LEVELS:
        for place, one in preferred:
            yield ChoiceRule(rf"^{r'[^ ]* ' * place}{level}(?: |$)", one)


def choose(accept: str, formats: Sequence[Format]) -> Format | None:
    """Do what a server does with these rules; None: nothing can be chosen (406)."""
    weights = " ".join(_first(accept, weight_rules(one)) for one in formats)
    return next((rule.format for rule in choice_rules(formats) if re.search(rule.pattern, weights)), None)


def _first(accept: str, rules: Iterable[WeightRule]) -> str:
    if re.search(ANYTHING, accept):
        return FULL
    for rule in rules:
        match = re.search(rule.pattern, accept, re.IGNORECASE)
        if match:
            return f"{FULL}{match[1] or ''}"
    return NONE
