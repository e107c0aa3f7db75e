"""Every word of the certificate, and how a language writes numbers and days."""

from datetime import date, datetime
from fractions import Fraction
from typing import Literal

Language = Literal["fr", "en"]

THIN = "\u202f"

WORDS: dict[Language, dict[str, str]] = {
    "fr": {
        "title": "Certificat de titre",
        "register": "Registre foncier",
        "of": "Commune de {commune}",
        "parcel": "Parcelle",
        "section_number": "Section {section}, numéro {number}",
        "absorbed": "préfixe {prefix}",
        "id": "Identifiant cadastral",
        "insee": "Code INSEE",
        "area": "Contenance",
        "surveyed": "arpentée",
        "not_surveyed": "non arpentée",
        "known_since": "Au cadastre depuis",
        "status": "État du titre",
        "status free": "Libre",
        "status under sale": "Vente en cours",
        "status barred by a caveat": "Opposition inscrite",
        "status frozen by a court": "Gelé par décision de justice",
        "status retired": "Éteint",
        "plan": "Plan de situation",
        "scale": "Échelle 1/{scale} à l’impression",
        "north": "N",
        "holders": "Titulaires",
        "holder": "Titulaire",
        "right": "Droit",
        "share": "Part",
        "since": "Depuis le",
        "whole": "la totalité",
        "no_holders": "Titre éteint : plus aucun droit ne s’y exerce.",
        "kind full": "Pleine propriété",
        "kind bare": "Nue-propriété",
        "kind usufruct": "Usufruit",
        "charges": "Charges hypothécaires, par rang",
        "rank": "Rang",
        "creditor": "Créancier",
        "amount": "Montant garanti",
        "due": "Échéance",
        "inscription": "Inscription",
        "number": "nº {number}",
        "no_charges": "Aucune charge n’est inscrite.",
        "burdens": "Servitudes, restrictions et oppositions",
        "burden": "Nature",
        "description": "Objet",
        "until": "Jusqu’au",
        "forever": "sans terme",
        "deed": "Acte (empreinte)",
        "serves": "au profit de la parcelle {dominant}",
        "no_burdens": "Aucune servitude, restriction ni opposition n’est inscrite.",
        "burden easement": "Servitude",
        "burden restriction": "Restriction",
        "burden caveat": "Opposition",
        "history": "Historique",
        "no_history": "Aucun acte n’est connu.",
        "event registered": "Immatriculation",
        "event conveyed": "Vente",
        "event succession": "Succession",
        "event gift": "Donation",
        "event judgment": "Jugement",
        "event partition": "Partage",
        "event correction": "Rectification",
        "event area corrected": "Rectification de contenance",
        "event charged": "Inscription d’hypothèque",
        "event charge ceded": "Cession de créance",
        "event charge reduced": "Réduction d’hypothèque",
        "event rank ceded": "Cession de rang",
        "event released": "Mainlevée",
        "event discharged": "Radiation",
        "event lapsed": "Péremption d’inscription",
        "event burdened": "Constitution de servitude ou de restriction",
        "event burden lifted": "Levée de servitude ou de restriction",
        "event sale opened": "Ouverture d’une vente",
        "event sale ended": "Vente sans suite",
        "event frozen": "Gel judiciaire",
        "event unfrozen": "Levée du gel",
        "event divided": "Division",
        "event merged": "Réunion",
        "verify": "Vérifier ce certificat",
        "verify_how": (
            "Photographiez ce code, ou ouvrez l’adresse : la page relit le registre au même bloc et refait l’empreinte."
            " Si elle diffère d’un seul caractère, ce papier n’est pas conforme."
        ),
        "chain": "Chaîne",
        "contract": "Registre",
        "block": "Bloc",
        "geometry_hash": "Empreinte du plan",
        "fingerprint": "Empreinte",
        "notice": (
            "Ce certificat est l’image du registre au bloc indiqué. Le registre est un miroir : il n’a, à lui "
            "seul, aucune valeur juridique ; seul fait foi le fichier immobilier du service de la publicité foncière."
        ),
        "issued": "Établi le {moment}",
        "qr": "Code QR menant à la vérification de ce certificat",
        "plan_of": "Plan de la parcelle {label} et de ses voisines",
        "emblem": "Un beffroi",
    },
    "en": {
        "title": "Certificate of title",
        "register": "Land register",
        "of": "Commune of {commune}",
        "parcel": "Parcel",
        "section_number": "Section {section}, number {number}",
        "absorbed": "prefix {prefix}",
        "id": "Parcel id",
        "insee": "INSEE code",
        "area": "Area",
        "surveyed": "surveyed",
        "not_surveyed": "not surveyed",
        "known_since": "In the cadastre since",
        "status": "Status of the title",
        "status free": "Free",
        "status under sale": "Under sale",
        "status barred by a caveat": "Barred by a caveat",
        "status frozen by a court": "Frozen by court order",
        "status retired": "Retired",
        "plan": "Location plan",
        "scale": "Scale 1:{scale} when printed",
        "north": "N",
        "holders": "Holders",
        "holder": "Holder",
        "right": "Right",
        "share": "Share",
        "since": "Since",
        "whole": "the whole",
        "no_holders": "The title is retired: no right is exercised on it any more.",
        "kind full": "Full ownership",
        "kind bare": "Bare ownership",
        "kind usufruct": "Usufruct",
        "charges": "Mortgages, by rank",
        "rank": "Rank",
        "creditor": "Creditor",
        "amount": "Amount secured",
        "due": "Due",
        "inscription": "Inscription",
        "number": "No. {number}",
        "no_charges": "No mortgage is inscribed.",
        "burdens": "Easements, restrictions and caveats",
        "burden": "Nature",
        "description": "Purpose",
        "until": "Until",
        "forever": "no end",
        "deed": "Deed (hash)",
        "serves": "serves parcel {dominant}",
        "no_burdens": "No easement, restriction or caveat is inscribed.",
        "burden easement": "Easement",
        "burden restriction": "Restriction",
        "burden caveat": "Caveat",
        "history": "History",
        "no_history": "No act is known.",
        "event registered": "First registration",
        "event conveyed": "Sale",
        "event succession": "Succession",
        "event gift": "Gift",
        "event judgment": "Judgment",
        "event partition": "Partition",
        "event correction": "Correction",
        "event area corrected": "Correction of the area",
        "event charged": "Mortgage inscribed",
        "event charge ceded": "Mortgage ceded",
        "event charge reduced": "Mortgage reduced",
        "event rank ceded": "Rank ceded",
        "event released": "Mortgage released",
        "event discharged": "Mortgage discharged",
        "event lapsed": "Mortgage lapsed",
        "event burdened": "Easement or restriction laid",
        "event burden lifted": "Easement or restriction lifted",
        "event sale opened": "Sale opened",
        "event sale ended": "Sale came to nothing",
        "event frozen": "Frozen by court order",
        "event unfrozen": "Freeze lifted",
        "event divided": "Division",
        "event merged": "Merger",
        "verify": "Verify this certificate",
        "verify_how": (
            "Scan this code, or open the address: the page reads the register again at the same block and makes the "
            "fingerprint anew. If it differs by a single character, this paper is not true."
        ),
        "chain": "Chain",
        "contract": "Register",
        "block": "Block",
        "geometry_hash": "Hash of the plan",
        "fingerprint": "Fingerprint",
        "notice": (
            "This certificate is the image of the register at the block stated. The register is a mirror: on its own "
            "it has no legal force; only the public land registry is authentic."
        ),
        "issued": "Drawn up on {moment}",
        "qr": "QR code that leads to the verification of this certificate",
        "plan_of": "Plan of parcel {label} and its neighbours",
        "emblem": "A belfry",
    },
}

_MONTHS: dict[Language, str] = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
}


def whole_number(value: int, language: Language) -> str:
    """A whole number with its thousands set apart."""
    return f"{value:,}".replace(",", THIN if language == "fr" else ",")


def money(cents: int, sign: str, language: Language) -> str:
    """An amount with two decimals and its sign."""
    units, rest = divmod(cents, 100)
    point = "," if language == "fr" else "."
    return f"{whole_number(units, language)}{point}{rest:02}\u00a0{sign}"


def day(when: date, language: Language) -> str:
    """A day in letters: « 1er mars 2004 », "1 March 2004"."""
    number = "1er" if when.day == 1 and language == "fr" else str(when.day)
    return f"{number} {_MONTHS[language].split()[when.month - 1]} {when.year}"


def moment(when: datetime, language: Language) -> str:
    """A day and an hour, in the zone that the time has."""
    hour = f"à {when:%H} h {when:%M}" if language == "fr" else f"at {when:%H:%M}"
    return f"{day(when.date(), language)} {hour} ({when:%Z})"


def hectares(area_m2: int) -> str:
    """An area as deeds write it, in hectares, ares and centiares (an are is 100 m², a centiare 1 m²)."""
    hectare, rest = divmod(area_m2, 10_000)
    are, centiare = divmod(rest, 100)
    parts = [(hectare, "ha"), (are, "a"), (centiare, "ca")]
    first = next(place for place, (amount, _) in enumerate(parts) if amount or place == 2)
    written = [f"{amount:02} {unit}" for amount, unit in parts[first + 1 :]]
    return " ".join([f"{parts[first][0]} {parts[first][1]}", *written])


def fraction(part: Fraction, language: Language) -> str:
    """A share of the whole."""
    return WORDS[language]["whole"] if part == 1 else f"{part.numerator}/{part.denominator}"
