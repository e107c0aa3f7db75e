"""Every kind of slip, signed in Python and posted by whoever: once, here, in time, by its key, for its purpose."""

from dataclasses import replace

import pytest
from ape import chain

from beffroi import slips
from beffroi.eip712 import SlipType
from testbed.town import MONEY
from tests.support.commune import HASH
from tests.support.refusals import read_error, refusal
from tests.support.slip_kinds import (
    AFTER,
    CHANGES,
    KINDS,
    NONCE,
    cancel,
    permit,
    veto,
    veto_arguments,
    whole,
    without_nonce,
    without_nonce_in_parts,
)  # fmt: skip

ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141


@pytest.fixture(params=KINDS)
def kind(request, commune):
    return _ready(request.param, commune)


@pytest.fixture(params=[name for name, kind in KINDS.items() if kind.windowed])
def windowed(request, commune):
    return _ready(request.param, commune)


def _ready(name, commune):
    if name == "veto":
        commune.residents.proposeRecovery(commune.merchant, commune.newcomer, HASH, sender=commune.registrar)
    return KINDS[name]


def post(kind, commune, slip, signature):
    return kind.method_of(commune)(*kind.arguments(slip, signature), sender=commune.people[kind.poster])


def refused(kind, commune, slip, signature):
    return refusal(kind.method_of(commune), *kind.arguments(slip, signature), sender=commune.people[kind.poster])


def invalid(kind, commune):
    error = "SlipActs_NotSignedBy" if kind.contract == "residents" else "LocalCurrency_InvalidSignature"
    return error, (commune.merchant.address,)


def test_a_slip_serves_once(kind, commune):
    slip = kind.make(commune)
    signature = kind.sign(commune, slip)
    post(kind, commune, slip, signature)
    name, arguments = refused(kind, commune, slip, signature)
    if kind.used is None:
        spent = "Residents_Vetoed" if kind.make is veto else invalid(kind, commune)[0]
        assert (name, arguments) == (spent, (commune.merchant.address,))
    else:
        assert (name, arguments) == (kind.used, (commune.merchant.address, dict(slip.message)["nonce"]))


def test_a_slip_for_another_chain_is_refused(kind, commune):
    slip = kind.make(commune)
    signature = kind.sign(commune, slip, chain_id=chain.chain_id + 1)
    assert refused(kind, commune, slip, signature) == invalid(kind, commune)


def test_a_slip_for_another_contract_is_refused(kind, commune):
    slip = kind.make(commune)
    signature = kind.sign(commune, slip, contract=commune.town.address)
    assert refused(kind, commune, slip, signature) == invalid(kind, commune)


def test_a_slip_under_another_name_or_version_is_refused(kind, commune):
    slip = kind.make(commune)
    for elsewhere in ({"name": "Another"}, {"version": "2"}):
        assert refused(kind, commune, slip, kind.sign(commune, slip, **elsewhere)) == invalid(kind, commune)


def test_a_slip_that_another_signed_is_refused(kind, commune):
    slip = kind.make(commune)
    for other in ("stranger", "citizen", "mayor"):
        assert refused(kind, commune, slip, kind.sign(commune, slip, other)) == invalid(kind, commune)


def test_the_twin_signature_with_a_high_s_is_refused(kind, commune):
    slip = kind.make(commune)
    v, r, s = slips.split(kind.sign(commune, slip))
    twin = r + (ORDER - int.from_bytes(s, "big")).to_bytes(32, "big") + bytes([55 - v])
    assert refused(kind, commune, slip, twin) == invalid(kind, commune)


def test_a_slip_for_another_purpose_is_refused(kind, commune):
    slip = kind.make(commune)
    name = slip.purpose.replace("With", "WithOut") if "With" in slip.purpose else "Another"
    other = replace(slip, type=SlipType(slip.type.text.replace(slip.purpose, name)))
    assert refused(kind, commune, slip, kind.sign(commune, other)) == invalid(kind, commune)


@pytest.mark.parametrize(("name", "field", "value"), CHANGES, ids=lambda it: str(it)[:24])
def test_a_slip_of_which_a_word_was_changed_is_refused(commune, name, field, value):
    kind = _ready(name, commune)
    slip = kind.make(commune)
    assert slip.message[field] != value
    changed = replace(slip, values=tuple((dict(slip.message) | {field: value}).values()))
    assert refused(kind, commune, changed, kind.sign(commune, slip)) == invalid(kind, commune)


def test_a_broken_signature_is_refused(kind, commune):
    slip = kind.make(commune)
    signature = kind.sign(commune, slip)
    broken = [b"\x00" * 65, signature[:64] + b"\x1d"]
    if kind.arguments in (whole, without_nonce, veto_arguments):
        broken += [b"", signature[:64], signature + b"\x00"]
    for bytes_ in broken:
        assert refused(kind, commune, slip, bytes_) == invalid(kind, commune)


def test_a_slip_after_its_last_second_is_refused(windowed, commune):
    now = chain.blocks.head.timestamp
    inclusive = windowed.make in (permit, veto)
    last = now - 1 if inclusive else now
    slip = windowed.make(commune, **({"deadline_s": last} if inclusive else {"before_s": last}))
    prefix = "SlipActs" if windowed.contract == "residents" else "LocalCurrency"
    answer = refused(windowed, commune, slip, windowed.sign(commune, slip))
    assert answer == (f"{prefix}_SlipExpired", (last,))


def test_a_slip_in_its_last_second_is_taken(windowed, commune):
    now = chain.blocks.head.timestamp
    inclusive = windowed.make in (permit, veto)
    slip = windowed.make(commune, **({"deadline_s": now} if inclusive else {"before_s": now + 1}))
    assert refused(windowed, commune, slip, windowed.sign(commune, slip)) is None


@pytest.mark.parametrize("name", AFTER)
def test_a_slip_before_its_first_second_is_refused(commune, name):
    kind, now = AFTER[name], chain.blocks.head.timestamp
    slip = kind.make(commune, after_s=now)
    answer = refused(kind, commune, slip, kind.sign(commune, slip))
    assert answer == ("LocalCurrency_SlipNotYetValid", (now,))
    slip = kind.make(commune, after_s=now - 1)
    assert refused(kind, commune, slip, kind.sign(commune, slip)) is None


@pytest.mark.parametrize("name", ["receive", "receive in parts"])
def test_a_payees_slip_is_posted_by_the_payee_alone(commune, stranger, citizen, name):
    kind = KINDS[name]
    slip = kind.make(commune)
    arguments = kind.arguments(slip, kind.sign(commune, slip))
    answer = refusal(kind.method_of(commune), *arguments, sender=stranger)
    assert answer == ("LocalCurrency_OnlyPayee", (stranger.address, citizen.address))


def test_a_cancelled_slip_is_worthless(commune, currency, merchant, stranger):
    kind, cancellation = KINDS["transfer"], KINDS["cancel"]
    slip, cancelled = kind.make(commune), cancel(commune)
    post(cancellation, commune, cancelled, cancellation.sign(commune, cancelled))
    assert currency.authorizationState(merchant, NONCE.to_bytes(32, "big"))
    answer = refused(kind, commune, slip, kind.sign(commune, slip))
    assert answer == ("LocalCurrency_SlipUsed", (merchant.address, NONCE.to_bytes(32, "big")))


@pytest.mark.parametrize("nonce", [0, 63, 64, 255, 256, 2**256 - 1])
def test_a_nonce_is_used_alone(commune, currency, merchant, citizen, stranger, nonce):
    slip = slips.transfer(merchant.address, citizen.address, 1, nonce)
    currency.transferWithAuthorization(*whole(slip, KINDS["transfer"].sign(commune, slip)), sender=stranger)
    around = {nonce, (nonce + 1) % 2**256, (nonce - 1) % 2**256, (nonce + 64) % 2**256, nonce ^ 256}
    used = {n for n in around if currency.authorizationState(merchant, n.to_bytes(32, "big"))}
    assert used == {nonce}


def test_a_payment_request_is_paid_once_by_whoever_accepted_it(commune, currency, merchant, citizen, stranger):
    """A request is a hash and no storage: it is the nonce of the slip that pays it."""
    request = int.from_bytes(b"\xd1" * 32, "big")
    for amount in (300, 400):  # the second slip differs in every word but the request
        slip = slips.transfer(merchant.address, citizen.address, amount, request)
        arguments = whole(slip, KINDS["transfer"].sign(commune, slip))
        answer = refusal(currency.transferWithAuthorization, *arguments, sender=stranger)
        if amount == 300:
            currency.transferWithAuthorization(*arguments, sender=stranger)
        else:
            assert answer == ("LocalCurrency_SlipUsed", (merchant.address, b"\xd1" * 32))
    assert currency.balanceOf(citizen) == 10_300


def test_in_a_batch_one_bad_slip_holds_back_no_other(commune, currency, merchant, citizen, stranger):
    kind = KINDS["transfer"]
    sound = [slips.transfer(merchant.address, citizen.address, 100, nonce) for nonce in range(4)]
    batch = [whole(slip, kind.sign(commune, slip)) for slip in sound]
    batch[1] = whole(sound[1], kind.sign(commune, sound[1], "stranger"))
    batch.insert(2, batch[0])
    batch.append(
        whole(too_much := slips.transfer(merchant.address, citizen.address, 10**6, 9), kind.sign(commune, too_much))
    )

    receipt = currency.transferWithAuthorizationBatch(batch, sender=stranger)

    told = {log.position: read_error(bytes(log.reason)) for log in receipt.events if log.event_name == "SlipRefused"}
    assert told == {
        1: ("LocalCurrency_InvalidSignature", (merchant.address,)),
        2: ("LocalCurrency_SlipUsed", (merchant.address, b"\x00" * 32)),
        5: ("ERC20InsufficientBalance", (merchant.address, 9_700, 10**6)),
    }
    assert currency.balanceOf(citizen) == 10_300
    assert not currency.authorizationState(merchant, (9).to_bytes(32, "big")), "a refused slip may be posted again"


def test_the_types_are_told_as_erc_3009_says(currency):
    told = (
        currency.TRANSFER_WITH_AUTHORIZATION_TYPEHASH(),
        currency.RECEIVE_WITH_AUTHORIZATION_TYPEHASH(),
        currency.CANCEL_AUTHORIZATION_TYPEHASH(),
    )
    assert told == (slips.TRANSFER.hash, slips.RECEIVE.hash, slips.CANCEL.hash)
    assert currency.version() == "1"


def test_the_domain_is_told_as_erc_5267_says(commune, currency):
    told = currency.eip712Domain()
    assert (told.name, told.version, told.chainId, told.verifyingContract) == (
        MONEY.name, "1", chain.chain_id, currency.address,
    )  # fmt: skip
    assert bytes(told.fields) == b"\x0f"
    assert bytes(currency.DOMAIN_SEPARATOR()) == commune.domain.separator


def test_a_permit_lets_spend_what_it_says(commune, currency, merchant, citizen, stranger):
    slip = permit(commune)
    currency.permit(*without_nonce_in_parts(slip, KINDS["permit"].sign(commune, slip)), sender=stranger)
    assert currency.allowance(merchant, citizen) == 500
    assert currency.nonces(merchant) == 1
