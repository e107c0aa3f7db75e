"""A town's currency is followed by another, planned, announced, and carried over to the cent."""

import pytest

from beffroi.chain.abi import entry, selector
from beffroi.chain.bulk import carry_out
from beffroi.chain.contract import Contract
from beffroi.chain.order import Order, OrderState
from beffroi.chain.sender import Sender
from beffroi.chain.transaction import Call
from beffroi.currency import succession
from beffroi.residents import ResidentKind
from beffroi.town.authority import read_authority
from beffroi.town.check import check_town
from beffroi.town.config import TownConfig
from beffroi.town.fields import Office
from beffroi.town.load import load_town
from beffroi.town.plan import DriftError
from beffroi.town.retiring import NotPausedError, RetiredForAnotherError
from beffroi.town.site import NothingToSucceedError
from testbed.town import AUDITOR, COURT, ELSEWHERE, GUARDIAN, REGISTRAR, TREASURER, fund, holder
from tests.town.conftest import EXAMPLE, town

FIRST = town().currency[0].model_dump()
FOLLOWING = FIRST | {"instance": "Lys2", "name": "Lys deux", "succeeds": "LocalCurrency"}
CITIZEN, MERCHANT = (key.address for key in ELSEWHERE[:2])
POSTER = ELSEWHERE[2]
REF = b"receipt".ljust(32, b"\0")


@pytest.fixture
def before():
    return town()


@pytest.fixture
def after():
    return town(currency=[FOLLOWING])


class Money:
    """Two currencies and their register, as a manifest places them."""

    def __init__(self, deployer, manifest):
        self.rpc, self.first = deployer.rpc, manifest.start_block
        self.residents = Contract.built("Residents", manifest.address("Residents"))
        self.old = Contract.built("LocalCurrency", manifest.address("LocalCurrency"))
        self.new = Contract.built("LocalCurrency", manifest.address("Lys2")) if "Lys2" in manifest.contracts else None

    def does(self, who, contract, function, *words):
        (outcome,) = carry_out(self.rpc, [Order(who, contract.address, contract.encode(function, *words), 0, function)])
        assert outcome.state == OrderState.DONE, outcome.reason

    def pauses(self):
        Sender(self.rpc, GUARDIAN).send(Call(self.old.address, self.old.encode("pause"), "pause", 1))

    def standing(self):
        return succession.standing(self.rpc, self.residents, self.old, self.new, self.first)

    def carries_over(self):
        assert self.new is not None
        found = self.standing()
        told = succession.inform(self.rpc, self.residents, self.new, POSTER, found.unknown)
        carried = succession.carry_over(self.rpc, self.old, POSTER, found.held) if found.is_retired else []
        assert all(it.state == OrderState.DONE for it in (*told, *carried))
        return len(told) + len(carried)

    def balance(self, account):
        return [it.read(self.rpc, "balanceOf", account) for it in (self.old, self.new)]


def lives(deployer, config):
    """A town in which two people hold money and one of them waits for euros."""
    fund(deployer.rpc, ELSEWHERE)
    money = Money(deployer, deployer.deploy(config))
    money.does(REGISTRAR, money.residents, "enrol", int(ResidentKind.CITIZEN), [CITIZEN], [])
    money.does(REGISTRAR, money.residents, "enrol", int(ResidentKind.PROFESSIONAL), [MERCHANT], [])
    money.does(AUDITOR, money.old, "attestReserve", 1_000_00, REF)
    money.does(TREASURER, money.old, "issueBatch", [CITIZEN, MERCHANT], [300_00, 200_00], REF)
    money.does(ELSEWHERE[1], money.old, "redeem", 100_00, REF)


def left(deployer, config):
    """What `check` says of whom another took over from."""
    checks = check_town(deployer.rpc, config, deployer.manifest(config))
    return {it.subject: it.found for it in checks if it.topic == "succession"}


def offices_of(deployer, contract):
    """Who may still act on a contract."""
    authority = read_authority(deployer.rpc, deployer.manifest().address("Town"), 0)
    return [role for (target, _), role in authority.functions.items() if target == contract.address]


def red(deployer, config):
    checks = check_town(deployer.rpc, config, deployer.manifest(config))
    return [(it.topic, it.subject, it.what, it.wanted, it.found) for it in checks if not it.holds]


def test_a_currency_is_followed_by_another_to_the_cent(deployer, before, after):
    """Planned, stopped by the guardian, retired by ADMIN, carried over by a stranger; `check` is green throughout."""
    lives(deployer, before)
    steps = [step.key for step in deployer.plan(after).steps if not step.is_done(deployer.rpc)]
    assert steps == ["deploy Lys2", "wire", "retire LocalCurrency"]

    with pytest.raises(NotPausedError, match="pause --currency LocalCurrency"):
        deployer.deploy(after)
    money = Money(deployer, deployer.manifest(after))
    assert red(deployer, after) == []
    assert money.carries_over() == 1
    money.pauses()
    manifest = deployer.deploy(after)
    assert list(manifest.contracts) == ["Town", "Residents", "LocalCurrency", "Lys2"]
    assert red(deployer, after) == []

    assert money.standing().is_retired
    assert money.carries_over() == 1
    assert money.balance(CITIZEN) == [0, 300_00]
    assert money.balance(MERCHANT) == [0, 100_00]
    assert not money.standing().is_over, "what a redemption is owed was forgotten"
    money.does(TREASURER, money.old, "settle", 1, b"transfer".ljust(32, b"\0"))
    assert money.carries_over() == 0
    assert money.standing().is_over
    assert red(deployer, after) == []
    assert left(deployer, after) == {"LocalCurrency": "nothing is left there: `ape run deploy` ends its offices"}

    sent = deployer.sent()
    assert offices_of(deployer, money.old)
    deployer.deploy(after)
    assert deployer.sent() == sent + 1
    assert offices_of(deployer, money.old) == []
    assert red(deployer, after) == []
    assert left(deployer, after) == {"LocalCurrency": "nothing is left there: it has ended"}
    deployer.deploy(after)
    assert deployer.sent() == sent + 1, "a third run sent something"


def test_a_lost_key_whose_money_was_not_moved_stops_nobodys_passage(deployer, before, after):
    """The old currency failed to move it to its new key; the new one takes it over under that key."""
    lives(deployer, before)
    with pytest.raises(NotPausedError):
        deployer.deploy(after)
    money, key = Money(deployer, deployer.manifest(after)), ELSEWHERE[3].address
    lost = before.currency[0].commons
    assert money.carries_over() == 1
    money.does(REGISTRAR, money.residents, "proposeRecovery", lost, key, REF)
    money.pauses()
    deployer.deploy(after)
    deployer.rpc.batch([("evm_increaseTime", [15 * 86_400]), ("evm_mine", [])])
    code = deployer.rpc.call("eth_getCode", money.old.address, "latest")
    deployer.rpc.call("anvil_setCode", money.old.address, "0xfe")
    money.does(POSTER, money.residents, "recover", lost)
    deployer.rpc.call("anvil_setCode", money.old.address, code)
    assert money.residents.read(deployer.rpc, "behind", money.old.address, key) == lost.lower()
    assert money.standing().unknown == []
    assert money.carries_over() == 1
    assert [money.balance(it) for it in (CITIZEN, lost, key)] == [[0, 300_00], [0, 0], [0, 3_00]]


def test_while_money_or_redemptions_remain_the_old_offices_stay(deployer, before, after):
    lives(deployer, before)
    with pytest.raises(NotPausedError):
        deployer.deploy(after)
    money = Money(deployer, deployer.manifest(after))

    def stays(what):
        assert left(deployer, after) == {"LocalCurrency": what}
        assert red(deployer, after) == []
        sent = deployer.sent()
        deployer.deploy(after)
        assert deployer.sent() == sent
        assert offices_of(deployer, money.old)

    assert left(deployer, after) == {"LocalCurrency": "it has not retired"}
    assert money.carries_over() == 1
    money.pauses()
    deployer.deploy(after)
    stays("403.00 are left in its accounts, 97.00 are owed by redemptions")
    assert money.carries_over() == 1
    stays("0.00 are left in its accounts, 97.00 are owed by redemptions")
    money.does(TREASURER, money.old, "settle", 1, b"transfer".ljust(32, b"\0"))
    deployer.deploy(after)
    assert offices_of(deployer, money.old) == []


def test_while_an_account_is_frozen_there_alone_the_old_offices_stay(deployer, before, after):
    """What a court orders there after everybody was carried over is carried over too before it can lift it no more."""
    lives(deployer, before)
    with pytest.raises(NotPausedError):
        deployer.deploy(after)
    money = Money(deployer, deployer.manifest(after))
    money.pauses()
    deployer.deploy(after)
    assert money.carries_over() == 2
    money.does(TREASURER, money.old, "settle", 1, b"transfer".ljust(32, b"\0"))
    money.does(COURT, money.old, "freeze", CITIZEN, REF)

    assert not money.standing().is_over
    assert left(deployer, after) == {"LocalCurrency": "accounts that are frozen there, and not in what follows it: 1"}
    sent = deployer.sent()
    deployer.deploy(after)
    assert deployer.sent() == sent
    assert money.carries_over() == 1
    deployer.deploy(after)
    assert offices_of(deployer, money.old) == []


def test_when_a_currency_was_retired_for_another_than_the_files_check_and_plan_say_so(deployer, before, after):
    """ADMIN and the guardian may retire it for a currency of their own; the file's is not followed by it."""
    third = town(currency=[FOLLOWING | {"instance": "Lys3", "name": "Lys trois"}])
    deployer.deploy(before)
    with pytest.raises(NotPausedError):
        deployer.deploy(after)
    Money(deployer, deployer.manifest(after)).pauses()
    theirs = deployer.deploy(after).address("Lys2")
    plan = deployer.plan(third)
    ours = plan.site.address("Lys3")
    assert ("parameters", "LocalCurrency", "successor()", ours.lower(), theirs.lower()) in red(deployer, third)
    assert [it for it in red(deployer, before) if it[2] == "successor()"], "the file knows of no successor at all"

    with pytest.raises(RetiredForAnotherError, match=f"LocalCurrency retired for {theirs}"):
        next(it for it in plan.steps if it.key == "retire LocalCurrency").is_done(deployer.rpc)
    with pytest.raises(DriftError, match="Lys2: acts by offices of the town"):
        deployer.deploy(third)


def test_a_succession_that_is_cut_short_is_taken_up_again(deployer, before, after):
    """After each confirmed step, the machine is switched off; no step is sent twice."""

    class PowerCutError(Exception):
        pass

    def cut(_, transaction):
        if transaction:
            raise PowerCutError

    lives(deployer, before)
    sent = deployer.sent()
    for _ in ("deploy", "wire"):
        with pytest.raises(PowerCutError):
            deployer.deploy(after, progress=cut)
    with pytest.raises(NotPausedError):
        deployer.deploy(after, progress=cut)
    Money(deployer, deployer.manifest(after)).pauses()
    with pytest.raises(PowerCutError):
        deployer.deploy(after, progress=cut)
    deployer.deploy(after, progress=cut)
    assert deployer.sent() == sent + 3


def test_what_was_never_deployed_is_not_succeeded(deployer, after):
    with pytest.raises(NothingToSucceedError, match="LocalCurrency is to be succeeded"):
        deployer.plan(after)


def test_open_sales_end_in_the_old_money_and_none_is_opened_any_more(deployer):
    """The notary's `open` goes; settling, exits and the conveyance's own office stay, and `check` is green."""
    content = load_town(EXAMPLE).model_dump()
    (money,) = content["currency"]
    following = money | {"instance": "Lys2", "name": "Lys deux", "succeeds": "LocalCurrency"}
    whole, after = (TownConfig.model_validate(content | {"currency": it}) for it in ([money], [following]))

    def may(office, contract, function):
        target = Contract.built(contract, manifest.address(contract))
        four = selector(entry(target.abi, "function", function))
        who = manifest.address("Conveyance") if office is None else holder(office, whole).address
        return authority.read(deployer.rpc, "canCall", who, target.address, four)[0]

    manifest = deployer.deploy(whole)
    authority = Contract.built("Town", manifest.address("Town"))
    assert may(Office.NOTARY, "Conveyance", "open")
    with pytest.raises(NotPausedError):
        deployer.deploy(after)
    assert not may(Office.NOTARY, "Conveyance", "open")
    assert may(Office.NOTARY, "Conveyance", "settle")
    assert may(Office.COURT, "Conveyance", "cancelByOrder")
    assert may(None, "LandRegister", "convey")
    assert red(deployer, after) == []


def test_a_commons_that_moved_is_expected_where_it_went(deployer, before):
    fund(deployer.rpc, ELSEWHERE)
    money = Money(deployer, deployer.deploy(before))
    commons, key = before.currency[0].commons, ELSEWHERE[3].address
    money.does(REGISTRAR, money.residents, "proposeRecovery", commons, key, REF)
    deployer.rpc.batch([("evm_increaseTime", [15 * 86_400]), ("evm_mine", [])])
    money.does(POSTER, money.residents, "recover", commons)
    assert money.old.read(deployer.rpc, "commons").lower() == key.lower()
    assert [it for it in red(deployer, before) if it[2] == "commons()"] == []


def test_a_currency_that_another_of_the_file_succeeds_is_refused():
    with pytest.raises(ValueError, match="LocalCurrency is still a currency of the file"):
        town(currency=[FIRST, FOLLOWING])


def test_what_is_no_currency_is_not_succeeded_by_one(deployer, before):
    deployer.deploy(before)
    with pytest.raises(NothingToSucceedError, match="no LocalCurrency of that name"):
        deployer.plan(town(currency=[FOLLOWING | {"succeeds": "Residents"}]))
