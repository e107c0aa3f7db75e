"""The demo's cast as wallets to play with, each under a name that people read."""

from collections.abc import Mapping, Sequence

from beffroi.publish.papers import Wallet

LABELS = {
    "citizen": ("Habitante", "Resident"),
    "merchant": ("Commerçante", "Merchant"),
    "public_body": ("Organisme public", "Public body"),
    "official": ("Élue", "Elected official"),
    "lender": ("Banque", "Lender"),
    "mayor": ("Maire", "Mayor"),
    "registrar": ("Officière d'état civil et du foncier", "Registrar"),
    "treasurer": ("Trésorière", "Treasurer"),
    "auditor": ("Commissaire aux comptes", "Auditor"),
    "court": ("Greffe du tribunal", "Court"),
    "guardian": ("Gardien de la monnaie", "Guardian of the currency"),
    "returning_officer": ("Présidente du bureau de vote", "Returning officer"),
    "notary": ("Notaire", "Notary"),
    "clerk": ("Secrétaire de mairie", "Town clerk"),
    "trustee": ("Dépositaire d'une part de clé", "Trustee"),
    "commons": ("Fonds de solidarité", "Solidarity fund"),
}
"""French and English, by role."""


def toys(cast: Mapping[str, Sequence[bytes]]) -> list[Wallet]:
    """Wallets for the keys of each role, numbered from 1 where a role has several.

    Args:
        cast: keys of 32 bytes by role, in the order in which they are to be shown.

    Raises:
        KeyError: a role has no label.
    """
    return [
        Wallet(role, _numbered(LABELS[role][0], place, keys), _numbered(LABELS[role][1], place, keys), key)
        for role, keys in cast.items()
        for place, key in enumerate(keys, 1)
    ]


def _numbered(label: str, place: int, keys: Sequence[bytes]) -> str:
    return f"{label} {place}" if len(keys) > 1 else label
