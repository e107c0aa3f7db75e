"""The kinds of slips that a town's post office takes: whatever the town's contracts take.

To add one: its class in the file of its family, and its line here.
"""

from beffroi.chain.contract import Contract
from beffroi.chain.rpc import Rpc
from beffroi.consultation.polls import Polls
from beffroi.eip712 import Domain
from beffroi.post.kinds.ballots import Ballot
from beffroi.post.kinds.base import Draft, SlipKind
from beffroi.post.kinds.currency import Cancel, Permit, Redeem, Transfer
from beffroi.post.kinds.land import Fund, LandTax, Retraction
from beffroi.post.kinds.promises import Amendment, Appeal, CounterEvidence, Evidence, Petition, Pledges
from beffroi.post.kinds.residents import Veto
from beffroi.post.rolls import Rolls
from beffroi.town.manifest import Manifest

__all__ = ["KNOWN", "Draft", "SlipKind", "kinds_of"]


def kinds_of(rpc: Rpc, manifest: Manifest, rolls: Rolls) -> dict[str, SlipKind]:
    """The kinds that this town's contracts take, by name.

    Args:
        rpc: the node.
        manifest: of the town.
        rolls: the sealed rolls at hand.

    Raises:
        NotCompiledError: the contracts are not in the build.
        RpcError: a contract is not where the manifest says.
    """
    town = {name: Contract.built(name, manifest.address(name)) for name in SERVED if name in manifest.contracts}
    found: list[SlipKind] = []

    def domain(name: str, contract: str) -> Domain:
        return Domain(name, manifest.chain_id, town[contract].address)

    if residents := town.get("Residents"):
        found.append(Veto(residents, domain("Residents", "Residents")))
    if currency := town.get("LocalCurrency"):
        money = domain(str(currency.read(rpc, "name")), "LocalCurrency")
        found += [kind(currency, money) for kind in (Transfer, Cancel, Redeem, Permit)]
        if conveyance := town.get("Conveyance"):
            found.append(Fund(conveyance, money))
        if tax := town.get("LandTax"):
            found.append(LandTax(tax, money))
    if consultations := town.get("Consultations"):
        polls = Polls.at(rpc, consultations.address, manifest.start_block)
        found.append(Ballot(consultations, domain("Consultations", "Consultations"), polls, rolls))
    if (promises := town.get("Promises")) and residents:
        here = domain("Promises", "Promises")
        found += [kind(promises, here, residents) for kind in (Pledges, Amendment, Evidence, Appeal)]
        found.append(CounterEvidence(promises, here))
        if consultations:
            found.append(Petition(promises, here, rpc, consultations, rolls))
    if (conveyance := town.get("Conveyance")) and residents:
        there = domain("Conveyance", "Conveyance")
        found.append(Retraction(conveyance, there, rpc, residents, manifest.start_block))
    return {kind.name: kind for kind in found}


KNOWN = frozenset(
    kind.name
    for kind in (
        Veto, Transfer, Cancel, Redeem, Permit, Fund, LandTax, Ballot, Pledges, Amendment, Evidence, Appeal,
        CounterEvidence, Petition, Retraction,
    )
)  # fmt: skip
"""The names of those that are handed in somewhere, if not in every town."""
SERVED = ("Residents", "LocalCurrency", "Consultations", "Promises", "Conveyance", "LandTax")
"""The contracts that take slips."""
