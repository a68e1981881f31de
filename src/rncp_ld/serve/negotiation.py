"""Content negotiation as one pure function (RFC 9110, 12.5.1: https://www.rfc-editor.org/rfc/rfc9110#field.accept).

The most specific range that a media type falls under gives its weight; the greatest weight wins; where weights tie, and
where the client says nothing, the format's own quality decides, and that is HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rncp_ld.formats import FULFILLED, Format

_NAME = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_RANGE = re.compile(rf"[ \t]*({_NAME})/({_NAME})[ \t]*((?:;[^,\"]*(?:\"(?:[^\"\\]|\\.)*\"[^,\"]*)*)?)[ \t]*\Z")
_PARAMETER = re.compile(rf'[ \t]*({_NAME})[ \t]*=[ \t]*({_NAME}|"(?:[^"\\]|\\.)*")[ \t]*\Z')
_WEIGHT = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")
_SPLIT = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*"?)+')
_SPLIT_PARAMETERS = re.compile(r'(?:[^;"]|"(?:[^"\\]|\\.)*"?)+')


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One range of an Accept header.

    Attributes:
        main: "text", or "*".
        sub: "turtle", or "*".
        parameters: how many parameters it has besides its weight.
        weight: in thousandths, so that weights compare exactly.
        is_ours: its parameters are fulfilled by what we serve.
    """

    main: str
    sub: str
    parameters: int
    weight: int
    is_ours: bool = True

    def covers(self, media_type: str) -> bool:
        """Tell whether a media type falls under this range."""
        main, _, sub = media_type.partition("/")
        return self.is_ours and self.main in {"*", main} and self.sub in {"*", sub}

    @property
    def specificity(self) -> tuple[bool, bool, int]:
        """Order of precedence: a type over a subtype's wildcard, and more parameters over fewer."""
        return (self.main != "*", self.sub != "*", self.parameters)


def parse_accept(header: str) -> list[MediaRange]:
    """Read an Accept header; what is malformed is passed over, as if it were not there.

    >>> [(r.main, r.sub, r.weight) for r in parse_accept("text/turtle, */*;q=0.1, nonsense, text/html;q=2")]
    [('text', 'turtle', 1000), ('*', '*', 100)]
    """
    return [one for part in _SPLIT.findall(header) if (one := _parse_range(part)) is not None]


def _parse_range(text: str) -> MediaRange | None:
    match = _RANGE.match(text)
    if match is None or (match[1] == "*" and match[2] != "*"):
        return None
    weight, named = 1000, list[tuple[str, str]]()
    for part in _SPLIT_PARAMETERS.findall(match[3]):
        parameter = _PARAMETER.match(part)
        if parameter is None:
            if part.strip(" \t"):
                return None
            continue
        name, value = parameter[1].lower(), parameter[2]
        if name == "q":
            if not _WEIGHT.fullmatch(value):
                return None
            weight = round(float(value) * 1000)
            break  # what follows the weight was an extension of the header once, and never a part of the range
        named.append((name, value.strip('"').lower()))
    return MediaRange(match[1].lower(), match[2].lower(), len(named), weight, all(one in FULFILLED for one in named))


def weight_of(media_type: str, ranges: Iterable[MediaRange]) -> int:
    """Return the weight that the most specific range gives a media type, in thousandths; 0: not acceptable."""
    best = max((one for one in ranges if one.covers(media_type)), key=lambda one: one.specificity, default=None)
    return 0 if best is None else best.weight


_USUAL: Final = 500
"""Characters of an Accept header whose outcome is kept: browsers and libraries send less."""


def negotiate(accept: str | None, offered: tuple[Format, ...]) -> Format | None:
    """Return the format to answer with, or None where the client accepts none of those that there are (406).

    Args:
        accept: the header (several joined by commas); None, empty or wholly malformed: the client accepts anything.
        offered: the formats of this resource.
    """
    return _usual(accept or "", offered) if len(accept or "") <= _USUAL else _choose(accept or "", offered)


def _choose(accept: str, offered: tuple[Format, ...]) -> Format | None:
    ranges = parse_accept(accept)
    if not ranges:
        return max(offered, key=lambda one: one.quality, default=None)
    weighed = [(weight, one) for one in offered if (weight := max(_weights(one, ranges))) > 0]
    return max(weighed, key=lambda pair: (pair[0], pair[1].quality), default=(0, None))[1]


_usual = lru_cache(maxsize=1024)(_choose)


def _weights(one: Format, ranges: Sequence[MediaRange]) -> Iterator[int]:
    yield weight_of(one.media_type, ranges)
    # A wildcard speaks of the format once, by its own type: it must not bring back what `text/html;q=0` excludes.
    exact = [r for r in ranges if r.sub != "*"]
    for other in one.others:
        yield weight_of(other, exact)
