"""Which number a convention collective has: an IDCC, or only a number (CCN_* often holds that of the JO brochure)."""

from __future__ import annotations

from rncp_ld.model.fiche import CollectiveAgreement
from rncp_ld.sources.code_tables import collective_agreements
from rncp_ld.sources.folding import key


def read_agreement(number: str, label: str | None, *, said_idcc: bool) -> CollectiveAgreement:
    """Make the record of a convention: an IDCC where the source says so, or where number and label both match the table.

    An IDCC is written with and without leading zeros; its record has none.

    >>> read_agreement("0018", "Convention collective nationale des industries textiles", said_idcc=False)
    CollectiveAgreement(number='18', is_idcc=True, label='Convention collective nationale des industries textiles')
    >>> read_agreement("3109", "Métallurgie", said_idcc=False).is_idcc
    False
    """
    bare = number.lstrip("0") or number
    official = collective_agreements().get(bare)
    is_idcc = said_idcc or (official is not None and label is not None and key(label) == key(official))
    return CollectiveAgreement(bare if is_idcc else number, is_idcc, label)
