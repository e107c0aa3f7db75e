"""What voters, and whoever counts or checks, read, lie by lie: rows of the table in `test_every_step`."""

from tests.adversaries.vote.told_trustees import PASSES, UNSEEN, Later, OtherNumber, Told

_LOST = "header not found; nothing was sent"
_KEPT = "is sent and not in a block yet; start again later"
_UNBOUND = "what it shows is not what ballots are bound to"
_UNSIGNED = "is not one that the trustees whom your town published have signed. No ballot was made"
_NONE = "there is no consultation 1"
_ITS_WORD = "That so many came before it is this node's word"
_ABSENT = "Your ballot is not on the chain (yet). You can still post it yourself."
_NOWHERE = "It was not cast: this node shows it nowhere"
_OTHER_TERMS = "one of the two nodes lies. Nothing is known of the computer that made it"
_OTHER_CHAIN = f"on chain 1: the town or the node is another, or {_OTHER_TERMS}"
_REFUTED = "REFUTED. At least one check fails: the record does not support the result."
_FEW = "0 of the 2 shares needed are there"

_SENT: dict[str, Told] = {
    "delays: loses what is estimated": _LOST,
    "delays: keeps what is sent": _KEPT,
    "delays: gives no receipt": Later(_KEPT),
}
_BALLOT: dict[str, Told] = {
    "delays: nothing of what has come since": _NONE,
    "answers: of another chain": _UNSIGNED,
    "swaps: who the trustees are": _UNSIGNED,
    "swaps: how many open a result": _UNSIGNED,
    "swaps: for whom the key is": _UNSIGNED,
    "swaps: the key": _UNSIGNED,
    "swaps: the terms": _UNBOUND,
    "swaps: the terms' hash": _UNBOUND,
    "swaps: a key of its own, and all that goes with it": _UNSIGNED,
    "alters: the key": _UNBOUND,
    "alters: whose key": PASSES,
    "alters: that the vote is closed": "consultation 1 is closed and waits",
    "alters: that it has its result": "consultation 1 has its result",
    "alters: that all accounts are contracts": PASSES,
    "alters: that another's account is a contract": PASSES,
    "hides: the opening": _NONE,
    "hides: that it was opened": "there is no key ceremony 1",
    "hides: the key": _UNSIGNED,
    "hides: who acknowledged": _UNSIGNED,
    "hides: who dealt": "trustees would count nothing: 0 dealers qualified, fewer than 2. No ballot was made",
}
_TERMS: dict[str, Told] = {
    "delays: nothing of what has come since": _NONE,
    "swaps: the terms": _UNBOUND,
    "swaps: the terms' hash": _UNBOUND,
    "alters: the key": _UNBOUND,
    "hides: the opening": _NONE,
}

TOLD_VOTERS: dict[str, dict[str, Told]] = {
    "cast": _BALLOT | _SENT | {
        "replays: the same on a chain of another beginning": UNSEEN,
        "alters: that she has voted": "no ballot of this voter is counted yet",
    },
    "cast again": _BALLOT | _SENT | {
        "replays: the same on a chain of another beginning": UNSEEN,
        "alters: that she has not voted": "Consultations_Refused(reason=2); nothing was sent",
        "alters: that she has voted": "Consultations_Refused(reason=3); nothing was sent",
        "swaps: the ballots": PASSES,
        "hides: the ballots": "no ballot of this voter is counted yet",
    },
    "sign a slip": _BALLOT | {
        "replays: the same on a chain of another beginning": UNSEEN,
        "alters: that she has voted": "no ballot of this voter is counted yet",
    },
    "sign another slip": _BALLOT | {
        "replays: the same on a chain of another beginning": UNSEEN,
        "alters: that she has not voted": f"as ballot number 1 of yours. {_ITS_WORD}",
        "alters: that she has voted": f"as ballot number 6 of yours. {_ITS_WORD}",
        "swaps: the ballots": PASSES,
        "hides: the ballots": "no ballot of this voter is counted yet",
    },
    "look for her ballot": _TERMS | {
        "replays: the same on a chain of another beginning": _ABSENT,
        "answers: of another chain": "this receipt is of another consultation",
        "swaps: the ballots": _ABSENT,
        "hides: the ballots": _ABSENT,
    },
    "check a ballot that was opened": _TERMS | {
        "replays: the same on a chain of another beginning": _OTHER_TERMS,
        "answers: of another chain": _OTHER_CHAIN,
        "swaps: the ballots": PASSES,
        "hides: the ballots": PASSES,
    },
    "check a ballot that was opened and cast": _TERMS | {
        "replays: the same on a chain of another beginning": _OTHER_TERMS,
        "answers: of another chain": _OTHER_CHAIN,
        "swaps: the ballots": PASSES,
        "hides: the ballots": _NOWHERE,
    },
}  # fmt: skip

TOLD_EVERYBODY: dict[str, dict[str, Told]] = {
    "close": _SENT | {
        "delays: nothing of what has come since": "consultation 1 does not exist",
        "replays: the same on a chain of another beginning": UNSEEN,
        "answers: of another chain": "invalid chain id for signer",
        "swaps: the ballots": PASSES,
        "alters: that the vote goes on": "consultation 1 is open: people are voting",
        "alters: that it has its result": "TALLIED",
        "hides: the ballots": PASSES,
    },
    "find the result": _SENT | _TERMS | {
        "delays: nothing of what has come since": "consultation 1 does not exist",
        "replays: the same on a chain of another beginning": UNSEEN,
        "answers: of another chain": _FEW,
        "swaps: the key": PASSES,
        "swaps: how many ballots": _FEW,
        "swaps: the totals": _FEW,
        "swaps: the shares": _FEW,
        "alters: that the vote goes on": "consultation 1 is open: people are voting",
        "alters: the counts": PASSES,
        "hides: the key": _FEW,
        "hides: the closing": "consultation 1 is not closed yet",
        "hides: the shares": _FEW,
    },
    "audit": _TERMS | {
        "delays: loses what is estimated": PASSES,
        "replays: the same on a chain of another beginning": OtherNumber("CONFIRMED"),
        "answers: of another chain": _REFUTED,
        "swaps: who the trustees are": _REFUTED,
        "swaps: how many open a result": _REFUTED,
        "swaps: for whom the key is": _REFUTED,
        "swaps: another's key": _REFUTED,
        "swaps: another's promise": _REFUTED,
        "swaps: another's deal": _REFUTED,
        "swaps: another's signature": _REFUTED,
        "swaps: another's acknowledgement": PASSES,
        "swaps: the key": "the node tells two openings of consultation 1",
        "swaps: the ballots": _REFUTED,
        "swaps: how many ballots": _REFUTED,
        "swaps: the totals": _REFUTED,
        "swaps: the shares": _REFUTED,
        "swaps: the result": _REFUTED,
        "alters: the counts": PASSES,
        "alters: that the vote goes on": PASSES,
        "alters: that all accounts are contracts": PASSES,
        "hides: that it was opened": _REFUTED,
        "hides: who enrolled": _REFUTED,
        "hides: who committed": _REFUTED,
        "hides: who dealt": _REFUTED,
        "hides: the key": _REFUTED,
        "hides: who acknowledged": _REFUTED,
        "hides: the ballots": _REFUTED,
        "hides: the closing": _REFUTED,
        "hides: the shares": _REFUTED,
        "hides: the result": "NOT FINISHED",
        "differs: another block": OtherNumber("CONFIRMED"),
        "differs: one ballot less": _REFUTED,
    },
    "seal a roll": _SENT | {
        "delays: nothing of what has come since": "No roll is proposed",
        "replays: the same on a chain of another beginning": "one of the two nodes lies",
        "answers: of another chain": "tells: one of the two nodes lies",
        "swaps: the roll that was proposed": "not the 6 under 0x0000",
        "alters: that it is not current": PASSES,
        "hides: who lives here": "a roll has at least one account",
        "hides: the roll that was proposed": "No roll is proposed",
        "differs: one resident less": "the register's events give 5 accounts",
        "differs: another day": "one of the two nodes lies",
    },
    "verify a roll": {
        "delays: nothing of what has come since": "and the chain ends at",
        "delays: loses what is estimated": PASSES,
        "replays: the same on a chain of another beginning": "not sealed by registrar and returning officer",
        "answers: of another chain": "and the register here is",
        "swaps: the roll that was sealed": "not sealed by registrar and returning officer",
        "alters: that it is not current": "and no more the current one",
        "hides: who lives here": "a roll has at least one account",
        "hides: the roll that was sealed": "not sealed by registrar and returning officer",
        "differs: one resident less": "the register's events give 5 accounts",
        "differs: another day": "is of",
    },
    "verify a roll that lacks somebody": {
        "tells the truth": UNSEEN,
        "differs: one resident less": "the register's events give 6 accounts",
    },
    "seal a roll that lacks somebody": {
        "tells the truth": UNSEEN,
        "differs: one resident less": "tells: one of the two nodes lies",
    },
}  # fmt: skip
