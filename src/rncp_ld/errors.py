"""What ends a run. What is merely wrong with the data is a `Diagnostic` (see `rncp_ld.diagnostics`) and does not.

RncpError
├── SourceError        a source cannot be read to its end                      exit 3
│   └── NotAFicheError     the bytes are none of the formats we read
├── OutputError        the output folder is not ours, or there is no space     exit 3
├── CheckError         the shapes are empty, or target nothing                 exit 3
├── NoFicheError       every fiche has a violation: there is nothing to publish exit 1
├── SettingError       proxies or certificates of the environment cannot be used  exit 3
├── FetchError         an export cannot be had from where it is published    exit 3
├── PublicationError   a publication that should be read is missing or broken  exit 3
├── WorkError          workers are lost, or a scheduler cannot be reached      exit 3
├── PushError          another store cannot be reached, or does not take a graph  exit 3
└── UsageError         a request that makes no sense                           exit 2
"""

from __future__ import annotations


class RncpError(Exception):
    """Base of all errors that end a run; its text is shown to the user as it is, without a traceback."""

    exit_code = 3


class SourceError(RncpError):
    """A source that cannot be read to its end: missing, empty, truncated, broken zip, wrong encoding.

    Args:
        file: the source, as the user named it.
        message: what is wrong and what was expected, in French.
        line: the line where reading stopped, from 1, where there is one.
    """

    def __init__(self, file: str, message: str, line: int | None = None) -> None:
        self.file = file
        self.line = line
        self.message = message
        place = file if line is None else f"{file}:{line}"
        super().__init__(f"{place}: {message}")

    def __reduce__(self) -> tuple[type[SourceError], tuple[str, str, int | None]]:
        """Come whole out of another process."""
        return type(self), (self.file, self.message, self.line)


class NotAFicheError(SourceError):
    """The bytes are none of the formats that rncp_ld reads."""


class OutputError(RncpError):
    """The output folder belongs to something else, or cannot be written."""


class CheckError(RncpError):
    """The check would say "conforms" without having looked at anything."""


class NoFicheError(RncpError):
    """Every fiche was kept out by a violation, so there is nothing to publish."""

    exit_code = 1


class SettingError(RncpError):
    """What the environment says of proxies or certificates cannot be used, so that no server can be asked."""


class FetchError(RncpError):
    """An export cannot be had: no network, an API that answers otherwise than expected, a file that is not what is announced."""


class PublicationError(RncpError):
    """A publication that should be read is missing, incomplete or of another version."""


class WorkError(RncpError):
    """Work cannot be handed out: no scheduler answers, workers end again and again."""


class PushError(RncpError):
    """Another store cannot be reached, or did not take the graph as it was sent."""


class UsageError(RncpError):
    """A request that makes no sense: an unknown question, a missing parameter."""

    exit_code = 2
