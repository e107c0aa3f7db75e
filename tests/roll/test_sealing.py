"""Two offices seal a roll, the second after drawing it again; whoever reads a file finds out in the same way."""

import dataclasses

import pytest

from beffroi.chain.abi import entry, topic
from beffroi.chain.contract import Contract
from beffroi.chain.keys import Key
from beffroi.chain.rpc import Rpc
from beffroi.chain.sender import TransactionFailedError
from beffroi.residents import ResidentKind, active
from beffroi.roll import RollError
from beffroi.roll.sealing import RollSeals, origin_of
from testbed.town import MAYOR, POSTER, REGISTRAR, RETURNING_OFFICER
from tests.adversaries.vote.lies import answers
from tests.adversaries.vote.lying_node import lying_node

PEOPLE = [Key.derived("on the roll", number) for number in range(6)]
HASH = b"\1" * 32
YEAR_S = 365 * 86_400
CITIZEN, MERCHANT = ResidentKind.CITIZEN, ResidentKind.PROFESSIONAL


@pytest.fixture
def rolls(town):
    town.enrols(CITIZEN, *PEOPLE[:4])
    town.enrols(MERCHANT, PEOPLE[4])
    return RollSeals(town.rpc, town.contract("Rolls"), town.residents, town.manifest.start_block)


def test_the_events_alone_tell_who_is_active_at_a_block(town, rolls):
    suspended, left, lost, back = PEOPLE[:4]
    town.does(REGISTRAR, town.residents, "suspend", suspended.address, HASH)
    town.does(REGISTRAR, town.residents, "depart", left.address)
    town.does(REGISTRAR, town.residents, "suspend", back.address, HASH)
    town.does(REGISTRAR, town.residents, "reinstate", back.address, HASH)
    town.does(REGISTRAR, town.residents, "proposeRecovery", lost.address, PEOPLE[5].address, HASH)
    town.pass_s(town.residents.read(town.rpc, "recoveryDelay_s") + 1)
    town.does(POSTER, town.residents, "recover", lost.address)
    known = sorted((key.address for key in PEOPLE), key=str.lower)
    read = [it for it in known if town.residents.read(town.rpc, "isActive", it) and it != PEOPLE[4].address]
    block = town.rpc.number("eth_blockNumber")
    assert active(town.rpc, town.residents, [CITIZEN], block, rolls.first) == read == sorted(
        [back.address, PEOPLE[5].address], key=str.lower
    )  # fmt: skip


def test_who_was_never_enrolled_and_left_all_the_same_is_a_nodes_lie(town, rolls):
    town.does(REGISTRAR, town.residents, "depart", PEOPLE[0].address)
    with lying_node(town.rpc.url, answers("eth_getLogs", lambda _, true: true[-1:])) as node:
        by = dataclasses.replace(rolls, rpc=Rpc(node.url))
        with pytest.raises(RollError, match="departed, and not that it was enrolled"):
            by.draw(CITIZEN)


def test_the_registrar_proposes_and_the_returning_officer_seals_what_she_drew_again(rolls):
    _, seal = rolls.draw(CITIZEN)
    rolls.propose(REGISTRAR, seal)
    assert rolls.standing(seal) == "not sealed by registrar and returning officer"
    assert rolls.seal(RETURNING_OFFICER, CITIZEN) == seal
    assert rolls.standing(seal).endswith("and current")
    assert rolls.proposed(CITIZEN) is None
    assert rolls.seal(RETURNING_OFFICER, CITIZEN) is None


def test_neither_office_does_the_others_part(rolls):
    _, seal = rolls.draw(CITIZEN)
    with pytest.raises(TransactionFailedError, match="AccessManagedUnauthorized"):
        rolls.propose(RETURNING_OFFICER, seal)
    rolls.propose(REGISTRAR, seal)
    for other in (REGISTRAR, MAYOR, POSTER):
        with pytest.raises(TransactionFailedError, match="AccessManagedUnauthorized"):
            rolls.seal(other, CITIZEN)


def test_the_second_office_refuses_a_roll_that_the_register_does_not_give(town, rolls):
    """Four voters of the registrar's own, proposed past the tool."""
    block = town.rpc.number("eth_blockNumber")
    town.does(REGISTRAR, town.contract("Rolls"), "proposeRoll", HASH, 4, int(CITIZEN), block)
    with pytest.raises(RollError, match=r"the register's events give 4 accounts of kind citizen at block .* not the 4"):
        rolls.seal(RETURNING_OFFICER, CITIZEN)
    assert rolls.contract.read(town.rpc, "latest", int(CITIZEN))[1] == 0


def test_a_node_that_hides_an_enrolment_is_caught_by_another(town, rolls):
    honest, (word, *_) = rolls.rpc, [topic(entry(rolls.register.abi, "event", "Enrolled"))]
    hidden = [word, f"0x{int(PEOPLE[0].address, 16):064x}"]
    lie = answers("eth_getLogs", lambda _, true: [it for it in true if it["topics"][:2] != hidden])
    with lying_node(town.rpc.url, lie) as node:
        alone = dataclasses.replace(rolls, rpc=Rpc(node.url))
        _, seal = alone.draw(CITIZEN)
        assert alone.origin(seal).is_whole, "as this node tells"
        assert alone.nodes == node.url
        by_two = dataclasses.replace(alone, second=honest)
        assert not by_two.origin(seal).is_whole
        assert by_two.origin(seal).words.endswith(f"as {honest.url} tells")
        with pytest.raises(RollError, match=f"as {honest.url} tells: one of the two nodes lies"):
            by_two.propose(REGISTRAR, seal)
        alone.propose(REGISTRAR, seal)
        with pytest.raises(RollError, match=f"as {honest.url} tells: one of the two nodes lies"):
            by_two.seal(RETURNING_OFFICER, CITIZEN)
        assert by_two.nodes == f"{node.url} and {honest.url}"


def test_a_roll_of_several_kinds_is_nobodys_to_seal(rolls):
    seal = dataclasses.replace(rolls.draw(CITIZEN)[1], kind="citizen+professional")
    assert rolls.standing(seal) == "not sealed: a roll of several kinds never is"
    with pytest.raises(RollError):
        rolls.propose(REGISTRAR, seal)


def test_a_sealed_roll_is_stale_after_a_year(town, rolls):
    _, seal = rolls.draw(CITIZEN)
    rolls.propose(REGISTRAR, seal)
    rolls.seal(RETURNING_OFFICER, CITIZEN)
    town.pass_s(YEAR_S + 10)
    assert rolls.standing(seal).endswith("and no more the current one")


def test_a_whole_roll_is_called_so_after_it_was_drawn_again(town, rolls):
    _, seal = rolls.draw(CITIZEN)
    town.enrols(CITIZEN, PEOPLE[5])
    found = origin_of(town.rpc, rolls.register, seal, rolls.first)
    assert found.words.startswith(f"whole roll of kind citizen at block {seal.block:,} ({seal.date}) of the register")
    assert not found.warnings(found.drawn_at_s + YEAR_S - 1)
    assert found.warnings(found.drawn_at_s + YEAR_S)[0].startswith("WARNING: the roll was 365 days old")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"kind": "professional"}, "the register's events give 1 accounts of kind professional"),
        ({"block": -1}, "the register's events give 3 accounts"),
        ({"block": 10**6}, "and the chain ends at"),
        ({"chain": 1}, "on chain 1, and the register here is"),
        ({"contract": POSTER.address}, "and the register here is"),
        ({"root": "0x" + "ab" * 32}, "not the 4 under 0xabab"),
        ({"size": 3}, "not the 3 under"),
        ({"date": "2020-01-01"}, "not of 2020-01-01"),
        ({"kind": "everybody"}, "not of 'everybody'"),
    ],
)
def test_any_other_roll_is_a_headline(town, rolls, changed, why):
    town.does(REGISTRAR, town.residents, "depart", PEOPLE[0].address)
    town.does(REGISTRAR, town.residents, "enrol", int(CITIZEN), [PEOPLE[0].address], [])
    _, seal = rolls.draw(CITIZEN)
    if changed.get("block") == -1:
        changed = {"block": seal.block - 1}
    found = origin_of(town.rpc, rolls.register, dataclasses.replace(seal, **changed), rolls.first)
    assert not found.is_whole
    (headline,) = found.warnings(0)
    assert headline.startswith("WARNING: nobody has shown that the roll is whole: ")
    assert why in headline


def test_a_contract_that_is_no_register_gives_no_roll(town, rolls):
    _, seal = rolls.draw(CITIZEN)
    other = Contract.built("Residents", town.currency.address)
    found = origin_of(town.rpc, other, dataclasses.replace(seal, contract=other.address))
    assert found.words == f"a roll has at least one account, as {town.rpc.url} tells"


def test_whom_the_registrar_barred_for_the_rolls_block_alone_the_second_office_sees_by_name(town, rolls):
    """Suspended in one block, drawn in it, reinstated in the next: right of its block, and a lie about the town."""
    opponent, newcomer = PEOPLE[0], PEOPLE[5]
    town.pass_s(4 * 86_400)
    assert (rolls.remarks(rolls.draw(CITIZEN)[1]).doubts, rolls.remarks(rolls.draw(CITIZEN)[1]).arrivals) == ([], [])
    town.enrols(CITIZEN, newcomer)
    town.does(REGISTRAR, town.residents, "suspend", opponent.address, HASH)
    _, seal = rolls.draw(CITIZEN)
    town.does(REGISTRAR, town.residents, "reinstate", opponent.address, HASH)
    found = rolls.remarks(seal)
    assert found.doubts == [
        f"LOOK: 1 are active now and not on it: {opponent.address}.",
        f"LOOK: 1 were suspended since 3 days before its block: {opponent.address}.",
    ]
    assert found.arrivals == [f"1 on it were enrolled since 3 days before its block: {newcomer.address}."]


def test_a_roll_of_a_town_that_was_smaller_is_not_sealed(town, rolls):
    """All but one suspended for a block: the register's own count tells."""
    for person in PEOPLE[:3]:
        town.does(REGISTRAR, town.residents, "suspend", person.address, HASH)
    _, seal = rolls.draw(CITIZEN)
    for person in PEOPLE[:3]:
        town.does(REGISTRAR, town.residents, "reinstate", person.address, HASH)
    rolls.propose(REGISTRAR, seal)
    with pytest.raises(TransactionFailedError, match="Rolls_NotTheTown"):
        rolls.seal(RETURNING_OFFICER, CITIZEN)


def test_a_proposal_lapses_and_no_roll_of_one_block_is_sealed_twice(town, rolls):
    _, seal = rolls.draw(CITIZEN)
    rolls.propose(REGISTRAR, seal)
    town.pass_s(7 * 86_400 + 10)
    with pytest.raises(TransactionFailedError, match="Rolls_Lapsed"):
        rolls.seal(RETURNING_OFFICER, CITIZEN)
    rolls.propose(REGISTRAR, seal)
    rolls.seal(RETURNING_OFFICER, CITIZEN)
    with pytest.raises(TransactionFailedError, match="Rolls_Older"):
        rolls.propose(REGISTRAR, seal)
