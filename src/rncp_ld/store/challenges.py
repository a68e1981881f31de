"""How a server wants us to authenticate: its `WWW-Authenticate` headers (RFC 9110, 11.6.1), each a list of challenges."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

_TOKEN: Final = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # noqa: S105 - as RFC 9110, 5.6.2, names a word
_PARAMETER: Final = re.compile(rf'({_TOKEN})[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|({_TOKEN}))[ \t]*(?=,|$)')
_SCHEME: Final = re.compile(rf"({_TOKEN})(?:[ \t]+|(?=,)|$)")
_TOKEN68: Final = re.compile(r"[0-9A-Za-z._~+/-]+=*[ \t]*(?=,|$)")
_BETWEEN: Final = re.compile(r"[ \t,]+")
_ANYTHING: Final = re.compile(r"[^,]+")


@dataclass(frozen=True, slots=True)
class Challenge:
    """One way to authenticate.

    Attributes:
        scheme: as the server writes it.
        parameters: by name in lower case, without the quotation marks.
    """

    scheme: str
    parameters: Mapping[str, str]

    def __str__(self) -> str:
        """Write it as a header has it."""
        written = (f"{name}={_quote(value)}" for name, value in self.parameters.items())
        return f"{self.scheme} {', '.join(written)}".rstrip()


def _quote(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def parse_challenges(lines: Iterable[str]) -> list[Challenge]:
    """Return the challenges in their order; what is none is passed over.

    Args:
        lines: the values of the headers. A comma parts both challenges and the parameters of one, so that only what follows a
            word tells which it is: "=" makes it a parameter.
    """
    found: list[Challenge] = []
    for line in lines:
        parameters: dict[str, str] | None = None
        position = 0
        while position < len(line):
            if match := _BETWEEN.match(line, position):
                pass
            elif parameters is not None and (match := _PARAMETER.match(line, position)):
                quoted = re.sub(r"\\(.)", r"\1", match[2] or "")
                parameters.setdefault(match[1].lower(), match[3] or quoted)
            elif match := _SCHEME.match(line, position):
                parameters = {}
                found.append(Challenge(match[1], parameters))
                # Some schemes have one value instead of parameters, which ours do not need.
                if not _PARAMETER.match(line, match.end()) and (value := _TOKEN68.match(line, match.end())):
                    match = value
            else:
                match = _ANYTHING.match(line, position)
            position = match.end() if match else len(line)
    return found
