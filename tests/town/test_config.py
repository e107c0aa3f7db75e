"""A town's file: what is wrong is named by file, line and key, with what is allowed."""

from decimal import Decimal

import pytest

from beffroi.town.load import load_town
from beffroi.town.schema import SCHEMA, schema_text
from beffroi.yamlfile import ConfigError
from tests.town.conftest import EXAMPLE


def line_of(text: str, fragment: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if fragment in line)


@pytest.fixture
def written(tmp_path):
    """Loads the example after one replacement; the error's text, and the line of a fragment in the changed file."""

    def load(old: str, new: str, fragment: str) -> tuple[str, str]:
        text = EXAMPLE.read_text()
        assert text.count(old) == 1
        changed = text.replace(old, new)
        path = tmp_path / "town.yaml"
        path.write_text(changed)
        with pytest.raises(ConfigError) as error:
            load_town(path)
        return str(error.value), f"{path}:{line_of(changed, fragment)}: "

    return load


def test_the_example_is_right():
    config = load_town(EXAMPLE)
    assert config.town == "valombre-sur-lys"
    assert config.offices.clerk[0].delay_hours == 48
    assert config.currency[0].redeemable_kinds == ("professional",)


@pytest.mark.parametrize(
    ("old", "new", "fragment", "message"),
    [
        (
            "redemption_fee_bps",
            "redemtion_fee_bps",
            "redemtion_fee_bps",
            "currency.redemtion_fee_bps: unknown key, did you mean redemption_fee_bps? Allowed here: name, symbol",
        ),
        (
            "  notary:",
            "  notaries:",
            "notaries:",
            "offices.notaries: unknown key, did you mean notary? Allowed here: registrar",
        ),
        (
            "      delay_hours: 48",
            "      delay_days: 48",
            "delay_days: 48",
            "offices.clerk.0.delay_days: unknown key, did you mean delay_hours?",
        ),
        (
            "admin: null",
            "xyz: 1\nadmin: null",
            "xyz:",
            "xyz: unknown key. Allowed here: town, name, chains, admin, governance, offices",
        ),
        (
            "fee_bps: 300",
            "fee_bps: 10001",
            "10001",
            "currency.redemption_fee_bps: 10001 is refused: input should be less than or equal to 10000",
        ),
        ("fee_bps: 300", "fee_bps: -1", "fee_bps: -1", "-1 is refused: input should be greater than or equal to 0"),
        (
            "least_redemption_cents: 1000",
            "least_redemption_cents: 0",
            "least_redemption_cents: 0",
            "0 is refused: input should be greater than or equal to 1",
        ),
        ("fee_bps: 300", "fee_bps: 2.5", "fee_bps: 2.5", "2.5 is refused: input should be a valid integer"),
        ("per_year: 0", "per_year: 100", "per_year: 100", "100 is refused: input should be less than 100"),
        (
            "per_year: 0",
            "per_year: 7.12345",
            "7.12345",
            "7.12345 is refused: decimal input should have no more than 4 decimal places",
        ),
        (
            "recovery_delay_days: 15",
            "recovery_delay_days: 0",
            "recovery_delay_days: 0",
            "residents.recovery_delay_days: 0 is refused: input should be greater than or equal to 1",
        ),
        ("delay_hours: 48", "delay_hours: 9000", "9000", "9000 is refused: input should be less than or equal to 8760"),
        (
            "[professional]",
            "[profesional]",
            "[profesional]",
            "currency.redeemable_kinds.0: profesional is refused: input should be 'citizen', 'professional', ",
        ),
        (
            "symbol: LYS",
            "symbol: lys",
            "symbol: lys",
            "currency.symbol: lys is refused: string should match pattern '^[A-Z0-9]{2,8}$'",
        ),
        (
            "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
            "0x70997970c51812dc3a010c7d01b50e0d17dc79c8",
            "0x7099",
            "79c8 has no checksum: write 0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
        ),
        (
            "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
            "0x70997970C51812dc3A010C7d01b50e0d17dc79C9",
            "0x7099",
            "the checksum of 0x70997970C51812dc3A010C7d01b50e0d17dc79C9 is wrong",
        ),
        (
            "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
            "0x70997970C51812dc3A010C7d01b50e0d17dc79",
            "0x7099",
            "0x70997970C51812dc3A010C7d01b50e0d17dc79 is not an address: 0x and 40 hexadecimal digits",
        ),
        (
            "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
            "0x0000000000000000000000000000000000000000",
            "0x0000",
            "the zero address is nobody's",
        ),
        (
            '0x90F79bf6EB2c4f870365E785982E1f101E93b906"',
            '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC" # both',
            "# both",
            "offices.auditor.0.account: 0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC is also treasurer",
        ),
        (
            'officer\n    - account: "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65"',
            'officer\n    - account: "0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f" # the clerk',
            "# the clerk",
            "offices.jury.0.account: 0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f is also clerk: the executive hears no",
        ),
        (
            'officer\n    - account: "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65"',
            'officer\n    - account: "0x976EA74026E726554dB657fA54763abd0C3a0aa9" # the officer',
            "# the officer",
            "offices.jury.0.account: 0x976EA74026E726554dB657fA54763abd0C3a0aa9 is also returning officer",
        ),
        (
            "guardian: # stops the currency in an emergency: no delay\n",
            'guardian: # stops\n    - delay_hours: 1\n      account: "0xdD2FD4581271e230360230F9337D5c0430Bf44C0"\n',
            "delay_hours: 1",
            "offices.guardian.0.delay_hours: whoever stops something acts at once, or comes too late",
        ),
        (
            "guardians: { clerk: court }",
            "guardians: { clerk: court, notary: notary }",
            "notary: notary",
            "governance.guardians.notary: an office does not guard itself",
        ),
        (
            "name: Lys de Valombre",
            "name: Écus d'argent de la grande vallée",
            "Écus",
            "currency.name: Écus d'argent de la grande vallée has 35 bytes",
        ),
        ("jury_days: 30", "jury_days: 0", "jury_days: 0", "credibility.jury_days: 0 is refused"),
        ("petition_bps: 200", "petition_bps: 0", "petition_bps: 0", "credibility.petition_bps: 0 is refused"),
        ("secrecy_minimum: 5 ", "secrecy_minimum: 4 ", "_minimum: 4", "consultations.secrecy_minimum: 4 is refused"),
        ("phase_minutes: 10 ", "phase_minutes: 9 ", "phase_minutes: 9", "consultations.phase_minutes: 9 is refused"),
        (
            "  phase_minutes:",
            "  rulebook: Charges\n  phase_minutes:",
            "rulebook: Charges",
            "consultations.rulebook: Charges is another contract of the town",
        ),
        (
            "per_year: 0 # off",
            "per_year: 7 # off",
            "7 # off",
            "currency.demurrage_percent_per_year: money that loses value cannot wait in the escrow of a sale",
        ),
        ("retraction_days: 10", "retraction_days: 0", "retraction_days: 0", "land.retraction_days: 0 is refused"),
        ("admin: null\n", "", "# yaml", "admin: this key is missing"),
        ("  symbol: LYS\n", "", "currency:", "currency.symbol: this key is missing"),
        ("admin: null", "admin: null\nadmin: null # twice", "# twice", "admin: the key is there twice"),
        (
            "town: valombre-sur-lys",
            "town: Valombre",
            "town: Valombre",
            "town: Valombre is refused: string should match pattern",
        ),
        (
            "chains: [31337, 11155111, 560048, 10200]",
            "chains: []",
            "chains: []",
            "chains: [] is refused: tuple should have at least 1 item",
        ),
    ],
)
def test_what_is_wrong_is_named(written, old, new, fragment, message):
    error, where = written(old, new, fragment)

    (line,) = [line for line in error.splitlines() if message in line]
    assert line.startswith(where)


def test_an_office_that_a_module_needs_must_be_held(written):
    error, where = written(
        "  guardian: # stops the currency in an emergency: no delay\n"
        '    - account: "0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc"\n',
        "  guardian: []\n",
        "guardian: []",
    )
    assert where + "offices.guardian: nobody holds it, and `currency` needs someone who does" in error


def test_land_needs_money(tmp_path):
    text = EXAMPLE.read_text()
    start, end = text.index("\ncurrency:"), text.index("\nconsultations:")
    path = tmp_path / "town.yaml"
    path.write_text(text[:start] + text[end:])
    with pytest.raises(ConfigError, match=r"land: sales and taxes are paid in the town's money: it needs `currency`"):
        load_town(path)


def test_promises_need_consultations(tmp_path):
    text = EXAMPLE.read_text()
    start, end = text.index("\nconsultations:"), text.index("\ncredibility:")
    path = tmp_path / "town.yaml"
    path.write_text(text[:start] + text[end:])
    with pytest.raises(ConfigError, match=r"credibility: promises are judged in consultations: it needs"):
        load_town(path)


def test_nobody_holds_an_office_twice(written):
    holder = '    - account: "0x14dC79964da2C08b23698B3D3cc7Ca32193d9955"\n'
    error, where = written(holder, holder + holder.replace('"\n', '" # again\n'), "# again")
    assert where + "offices.notary.1.account: 0x14dC79964da2C08b23698B3D3cc7Ca32193d9955 holds it already" in error


def test_every_error_has_its_line(tmp_path):
    path = tmp_path / "town.yaml"
    path.write_text(EXAMPLE.read_text().replace("LYS", "lys").replace("bps: 300", "bps: many"))
    with pytest.raises(ConfigError) as error:
        load_town(path)
    assert [line.split(": ")[1] for line in str(error.value).splitlines()] == [
        "currency.symbol",
        "currency.redemption_fee_bps",
    ]


def test_a_file_that_is_not_yaml_is_refused_by_line(tmp_path):
    path = tmp_path / "town.yaml"
    path.write_text("town: a\nname: [b\nchains: {")
    with pytest.raises(ConfigError, match=r"town\.yaml:3: not YAML"):
        load_town(path)


def test_an_empty_file_lacks_every_key(tmp_path):
    path = tmp_path / "town.yaml"
    path.write_text("")
    with pytest.raises(ConfigError, match="offices: this key is missing"):
        load_town(path)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ConfigError, match=r"nowhere\.yaml: No such file"):
        load_town(tmp_path / "nowhere.yaml")


def test_an_address_needs_no_quotes_and_a_rate_stays_exact(tmp_path):
    path = tmp_path / "town.yaml"
    path.write_text(EXAMPLE.read_text().replace('"', "").replace("departement: 2.37", "departement: 2.1"))
    config = load_town(path)
    assert config.offices.registrar[0].account == "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
    assert config.land.transfer_tax.state_percent_of_departement == Decimal("2.1")


def test_the_schema_is_up_to_date():
    assert SCHEMA.read_text() == schema_text(), "run `python -m beffroi.town.schema`"
