"""A town's counts of bicycles: what the statistician seals, anybody checks. Nothing here asks a chain."""

import pytest

from beffroi.chain.keys import Key
from beffroi.records.openbatch import seal_open
from beffroi.records.opendata.dataversion import VERSION, DataFile, version_draft
from tests.records.conftest import HOME

STATISTICIAN = Key.derived("data", "statistician").address
TITLE = "Comptages de vélos"
COUNTS = 'jour,lieu,vélos\n2026-03-01,"Pont-Neuf, aval",412\n2026-03-02,Pont-Neuf,388\n2026-03-03,Gare,97\n'
DATA_SET = {
    "COLL_NOM": "Commune de Valombre", "COLL_SIRET": "21000000600010", "ID": "comptages-velos", "TITRE": TITLE,
    "DESCRIPTION": 'Passages par jour, "aux" compteurs.', "THEME": "Transports",
    "PRODUCTEUR_NOM": "Régie des transports", "PRODUCTEUR_SIRET": "21000000600010",
    "COUV_SPAT_MAILLE": "Communale", "COUV_SPAT_NOM": "Valombre", "COUV_TEMP_DEBUT": "2026-03-01",
    "COUV_TEMP_FIN": "2026-03-31", "DATE_PUBL": "2026-04-01", "FREQ_MAJ": "Mensuelle ou plusieurs fois par mois",
    "DATE_MAJ": "2026-04-02", "MOTS_CLES": "velos;comptages", "LICENCE": "Licence Ouverte-LO",
    "NOMBRE_RESSOURCES": "1", "FORMAT_RESSOURCES": "csv", "URL": "https://valombre.example/donnees/comptages",
}  # fmt: skip


@pytest.fixture
def file_of(tmp_path):
    """A file of these bytes, under this name."""

    def make(data, name="counts.csv"):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return DataFile.read(path)

    return make


@pytest.fixture
def published(file_of):
    """A batch of one version, of a file or of what a file holds."""

    def make(file, name="1", *, before=None, data_set="comptages-velos", title=TITLE, first=0, issuer=STATISTICIAN):
        file = file if isinstance(file, DataFile) else file_of(file)
        draft = version_draft(file, data_set, name, title, before)
        return seal_open(HOME, VERSION, 1, issuer, first, [draft])

    return make
