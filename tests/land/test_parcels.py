import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.land.parcels import ParcelId, ParcelIdError


def test_the_token_id_is_the_fourteen_characters_read_as_a_number():
    parcel = ParcelId.parse("17470000ZB0105")

    assert parcel.bytes14 == b"17470000ZB0105"
    assert parcel.token_id == 0x31373437303030305A4230313035
    assert ParcelId.from_token_id(parcel.token_id) == parcel


def test_its_parts_are_those_of_the_cadastre():
    parcel = ParcelId.parse("56197037ZC0063")

    assert (parcel.commune, parcel.prefix, parcel.section, parcel.number) == ("56197", "037", "ZC", 63)
    assert parcel.departement == "56"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("91216000AB0037", "AB 37"),
        ("912160000A0005", "A 5"),
        ("67482000070012", "07 12"),
        ("56197037ZC0063", "037 ZC 63"),
    ],
)
def test_it_is_said_as_people_say_it(text, label):
    assert ParcelId.parse(text).label == label


def test_the_space_before_a_section_of_one_letter_becomes_a_zero():
    assert str(ParcelId.parse("91216000 A0005")) == "912160000A0005"


def test_etalab_leaves_the_padding_to_the_reader():
    assert str(ParcelId.compose("91216", "000", "A", "5")) == "912160000A0005"
    assert str(ParcelId.compose("2A004", "000", "BX", "120")) == "2A004000BX0120"


@pytest.mark.parametrize(
    ("text", "departement"),
    [
        ("2A004000BX0120", "2A"),
        ("2B033000AE0001", "2B"),
        ("97411000AB0001", "974"),
        ("98818000AB0001", "988"),
        ("01001000ZZ9999", "01"),
    ],
)
def test_corsica_and_the_overseas_territories_are_known(text, departement):
    parcel = ParcelId.parse(text)

    assert parcel.departement == departement
    assert ParcelId.from_token_id(parcel.token_id) == parcel


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("91216000AB00037", "padded once too often"),
        ("912160000AB0037", "padded once too often"),
        ("91216000 AB0037", "padded once too often"),
        ("91216000AB0037 ", "padded once too often"),
        (" 91216000AB0037 ", "spaces around it"),
        ("91216000AB037", "13 characters instead of 14"),
        ("", "0 characters instead of 14"),
        ("91216000ab0037", "lower case"),
        ("91216000ÀB0037", "outside ASCII"),
        ("９1216000AB0037", "outside ASCII"),
        ("91216000A 0037", "is not a commune"),
        ("91216ABCAB0037", "is not a commune"),
        ("91216000A10037", "is not a section"),
        ("91216000000037", "no section is numbered 00"),
        ("91216000AB0000", "no parcel is numbered 0000"),
        ("20004000AB0037", "2A or 2B"),
        ("99123000AB0037", "is no département"),
        ("00123000AB0037", "is no département"),
        ("97000000AB0037", "is no département"),
        ("91000000AB0037", "no commune's code"),
        ("2A00A000AB0037", "no commune's code"),
        ("91216000AB003\n", "is not a commune"),
    ],
)
def test_what_is_not_an_id_is_refused_with_the_reason(text, why):
    with pytest.raises(ParcelIdError, match=why):
        ParcelId.parse(text)


def test_an_id_cannot_be_made_around_the_checks():
    with pytest.raises(ParcelIdError):
        ParcelId("17470000ZB010")


@pytest.mark.parametrize("token_id", [0, -1, 2**256 - 1, 2**112, int.from_bytes(b"\xff" * 14, "big")])
def test_a_token_id_that_holds_no_id_is_refused(token_id):
    with pytest.raises(ParcelIdError):
        ParcelId.from_token_id(token_id)


@given(st.text())
def test_any_text_is_an_id_that_comes_back_or_a_refusal(text):
    try:
        parcel = ParcelId.parse(text)
    except ParcelIdError:
        return
    assert ParcelId.from_token_id(parcel.token_id) == parcel


@given(
    st.integers(1, 999), st.sampled_from(["01", "75", "95", "2A", "2B"]), st.from_regex(r"[A-Z]{1,2}", fullmatch=True)
)
def test_every_parcel_that_can_be_composed_comes_back_from_its_token_id(commune, departement, section):
    parcel = ParcelId.compose(f"{departement}{commune:03}", "000", section, str(commune))

    assert ParcelId.from_token_id(parcel.token_id) == parcel
    assert parcel.number == commune
