"""Five trustees of whom three open the totals, their keys, and what they publish."""

from dataclasses import dataclass, replace

import pytest
from audit_workshop import CHOICES, QUESTION, vote

from beffroi.ballots import ceremony as messages
from beffroi.ballots.ceremony import Ceremony, Deal, PublicKeys
from beffroi.ballots.keyfiles import TrusteeSecret
from beffroi.ballots.rehearsal import rehearse
from beffroi.ballots.trustee_keys import TrusteeKeys

CHAIN_ID = 31337
CONTRACT = bytes.fromhex("ce" * 20)
TRUSTEES = tuple(bytes([i]) * 20 for i in range(1, 6))


@dataclass(frozen=True)
class HeldCeremony:
    """A ceremony that went well."""

    ceremony: Ceremony
    keys: dict[int, TrusteeKeys]
    enrolled: dict[int, bytes]
    deals: dict[int, Deal]
    public: PublicKeys

    def secret_share(self, index):
        return messages.secret_share(self.ceremony, self.keys[index], self.deals)


def hold(ceremony, secrets):
    keys = {j: TrusteeKeys(ceremony.place(j), secret) for j, secret in secrets.items()}
    enrolled = {j: messages.enrol(ceremony, k)[0] for j, k in keys.items()}
    deals = {j: messages.make_deal(ceremony, k, enrolled) for j, k in keys.items()}
    return HeldCeremony(ceremony, keys, enrolled, deals, messages.conclude(deals, list(keys)))


@pytest.fixture(scope="session")
def held():
    ceremony = Ceremony(CHAIN_ID, CONTRACT, 1, 3, TRUSTEES, b"\xc0" * 20)
    return hold(ceremony, {j: TrusteeSecret.generate() for j in ceremony.indices})


@pytest.fixture(scope="session")
def town():
    """Ten voters in batches, two bad ballots, one twice, one alone, two re-votes, a result."""
    town = rehearse(12)
    town.open(QUESTION.rule)
    records = [vote(town, i, choice) for i, choice in enumerate(CHOICES)]
    bad = replace(records[3], ballot=records[4].ballot)
    unproven = replace(town.record(5, replace(town.ballot(5, (1,)), data=records[6].ballot)))
    town.cast([*records[:3], bad, records[4]])
    town.cast([records[3], unproven, records[6]])
    town.cast([records[0], records[5], *records[7:9]])
    town.cast([records[9]])
    town.cast([vote(town, 0, 1, seq=1)])
    town.cast([vote(town, 0, 2, seq=2)])
    town.close()
    town.share(1, 3, 5)
    town.finalise()
    return town
