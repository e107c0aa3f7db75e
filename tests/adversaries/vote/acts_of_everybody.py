"""What whoever counts or checks does: rows of the table in `test_every_step`."""

from collections import Counter
from collections.abc import Callable

from beffroi.ballots.parallel import Here
from beffroi.chain.abi import entry, topic
from beffroi.chain.contract import Contract
from beffroi.chain.keys import Key
from beffroi.chain.rpc import Rpc
from beffroi.consultation import checking, counting
from beffroi.consultation.grounds import grounds_of, grounds_text, warnings_of
from beffroi.consultation.polls import PollStatus
from beffroi.residents import ResidentKind
from beffroi.roll import Seal
from beffroi.roll.sealing import Provenance, RollSeals
from testbed.polls import HOUR_S, Vote
from testbed.town import CONFIG, REGISTRAR, RETURNING_OFFICER, Town
from tests.adversaries.vote.acts import Act, over
from tests.adversaries.vote.lies import of_logs
from tests.adversaries.vote.lying_node import Lie, LyingNode
from tests.adversaries.vote.station import CHOICES, Station

EVERYWHERE = "0x" + "00" * 20
WHOLE = Provenance(is_whole=True, words="whole roll of kind citizen at block 9", drawn_at_s=2**40)


def _shared(station: Station) -> Vote:
    vote = over(station)
    for trustee in station.hall.trustees[:2]:
        station.hall.share(vote.number, trustee, vote.roll)
    return vote


def _counted(station: Station) -> Vote:
    vote = _shared(station)
    counting.finalise(station.polls, vote.number, station.hall.clerk)
    return vote


def _audits(station: Station, vote: Vote, node: LyingNode | None) -> list[str]:
    polls, cast_in = station.by(node), Counter[int]()
    params = polls.params(vote.number)
    verdict = checking.audit(polls, vote.number, vote.roll, Here(), cast_in=cast_in)
    checking.require_terms(verdict, params)
    found = grounds_of(polls, params, cast_in)
    told = grounds_text(found, verdict, vote.subject, WHOLE)
    return [*warnings_of(found, WHOLE), checking.verdict_text(verdict, vote.subject), told]


def _ended(station: Station) -> Vote:
    vote, _ = station.consult(station.hall.key())
    station.hall.pass_s(HOUR_S)
    return vote


def _closes(station: Station, vote: Vote, node: LyingNode | None) -> str:
    return counting.close(station.by(node), vote.number, station.hall.clerk).name


def _finds(station: Station, vote: Vote, node: LyingNode | None) -> str:
    return str(counting.finalise(station.by(node), vote.number, station.hall.clerk))


def _is(status: PollStatus) -> Callable[[Station, Vote], bool]:
    return lambda station, vote: station.polls.status(vote.number) is status


def citizens() -> list[Key]:
    """Who lives here."""
    return [Key.derived("citizen", number) for number in range(len(CHOICES))]


def without_resident(station: Station) -> Lie:
    """One of those on the roll was never enrolled, as this node tells."""
    (first, *_), item = citizens(), entry(Contract.built("Residents", EVERYWHERE).abi, "event", "Enrolled")
    words = [topic(item), "0x" + first.address.lower()[2:].rjust(64, "0")]
    return of_logs(lambda logs: [it for it in logs if it["topics"][:2] != words])


def _rolls(station: Station, rpc: Rpc, second: Rpc | None = None) -> RollSeals:
    rolls, register = (Contract.built(name, station.hall.manifest.address(name)) for name in ("Rolls", "Residents"))
    return RollSeals(rpc, rolls, register, station.polls.first, second)


def _proposed(*lies: Callable[[Station], Lie], is_sealed: bool = False) -> Callable[[Station], Seal]:
    """The roll of those who live here, as the registrar draws and proposes it by a node that tells these lies."""

    def prepare(station: Station) -> Seal:
        town = Town(station.polls.rpc, CONFIG, station.hall.manifest)
        town.enrols(ResidentKind.CITIZEN, *citizens())
        with station.node(*(lie(station) for lie in lies)) as node:
            rolls = _rolls(station, Rpc(node.url))
            _, seal = rolls.draw(ResidentKind.CITIZEN)
            rolls.propose(REGISTRAR, seal)
            if is_sealed:
                rolls.seal(RETURNING_OFFICER, ResidentKind.CITIZEN)
        return seal

    return prepare


def _verifies(station: Station, seal: Seal, node: LyingNode | None) -> list[str]:
    rolls = _rolls(station, station.by(node).rpc)
    return [rolls.origin(seal).words, rolls.standing(seal)]


def _verifies_by_two(station: Station, seal: Seal, node: LyingNode | None) -> str:
    return _rolls(station, station.by(node).rpc, station.polls.rpc).origin(seal).words


def _seals(station: Station, _: Seal, node: LyingNode | None) -> str:
    sealed = _rolls(station, station.by(node).rpc, station.polls.rpc).seal(RETURNING_OFFICER, ResidentKind.CITIZEN)
    return "No roll is proposed" if sealed is None else f"Sealed: {sealed.root}"


def _is_sealed(station: Station, seal: Seal) -> bool:
    return "not sealed" not in _rolls(station, station.polls.rpc).standing(seal)


def _is_called_whole(station: Station, _: Seal) -> bool:
    return any("whole roll" in it for it in station.told)


EVERYBODY = {
    "close": Act(_ended, _closes, _is(PollStatus.CLOSED)),
    "find the result": Act(_shared, _finds, _is(PollStatus.TALLIED)),
    "audit": Act(_counted, _audits),
    "seal a roll": Act(_proposed(), _seals, _is_sealed),
    "verify a roll": Act(_proposed(is_sealed=True), _verifies),
    "verify a roll that lacks somebody": Act(_proposed(without_resident), _verifies_by_two, _is_called_whole),
    "seal a roll that lacks somebody": Act(_proposed(without_resident), _seals, _is_sealed),
}
