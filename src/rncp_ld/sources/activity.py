"""Whether what a fiche says of its being active holds on the day of the export."""

from __future__ import annotations

from datetime import date

from rncp_ld.diagnostics import Diagnostic
from rncp_ld.model.reading import Activity


def judge(activity: Activity | None, day: date | None, *, file: str, fiche: str | None) -> tuple[Diagnostic, ...]:
    """Report a fiche that is active though its registration has ended, or inactive though it runs.

    Args:
        activity: what it says.
        day: date of the export; where there is none, nothing is judged.
        file: where it stands.
        fiche: its number.
    """
    if activity is None or day is None or activity.is_active == (activity.registration_end >= day):
        return ()
    return (
        Diagnostic.of(
            "ACTIVE-EXPIREE" if activity.is_active else "INACTIVE-NON-EXPIREE",
            f"Fin : {activity.registration_end:%d/%m/%Y} ; export du {day:%d/%m/%Y}.",
            file=file,
            line=activity.line,
            fiche=fiche,
            path=activity.path,
        ),
    )
