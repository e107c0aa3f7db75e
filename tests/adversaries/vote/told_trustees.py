"""What trustees read, lie by lie: rows of the table in `test_every_step`, of which every cell is a test.

`PASSES`: the lie touches nothing that the act rests on. `UNSEEN`: it is told as done, and is not: the node keeps the
messages, which are hers and say nothing to it, as it might drop them. `Later`: it is done, and nobody says so.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Later:
    """It came to be, and the person reads that nobody knows.

    Attributes:
        phrase: of what she reads.
    """

    phrase: str


@dataclass(frozen=True)
class OtherNumber:
    """She reads another number to compare than those who ask an honest node.

    Attributes:
        phrase: of what she reads besides.
    """

    phrase: str


Told = str | Later | OtherNumber
PASSES, UNSEEN = "", "."

_BY_ITS_WORD = ", as this node shows it"
_NOTHING = "Nothing was sent, and nothing of your key has left this computer"
_OPENED = "there is no key ceremony 1"
_LOST = "header not found; nothing was sent"
_KEPT = "is sent and not in a block yet; start again later"
_ENROL = f"trustee 2 did not sign what is shown as hers (enrol). {_NOTHING}"
_COMMIT = f"trustee 2 did not sign what is shown as hers (commit). {_NOTHING}"
_DEAL = f"trustee 2 did not sign what is shown as hers (deal). {_NOTHING}"
_OTHER_KEYS = f"the keys that this node shows are not those that were dealt. {_NOTHING}"
_NO_KEY = f"the deals that this node shows give no key: 0 dealers qualified, fewer than 2. {_NOTHING}"
_FOR_OTHERS = f"is shown to commit for others than are shown to have enrolled. {_NOTHING}"
_UNPROMISED = f"is not the one that she committed to. {_NOTHING}"
_UNBORNE = "the ballots do not bear out what would be opened"
_NO_SHARE = "No share was given, and nothing of your key has left this computer"
_UNSHOWN = f"and it shows nothing signed that bears it out. {_NOTHING}"
_SMART = "these trustees' accounts are contracts, as this node tells"

_BY_A_KEY_FILE: dict[str, Told] = {
    "delays: nothing of what has come since": _OPENED,
    "replays: the same on a chain of another beginning": "this is not what your key file was made for: its first block",
    "answers: of another chain": "the chain is 1, and was 31337. Nothing was sent. Ask another trustee by telephone",
    "swaps: who the trustees are": "this is not what your key file was made for: the list of trustees is 0x0000",
    "swaps: how many open a result": "the number of trustees needed is 3, and was 2. Nothing was sent",
    "swaps: for whom the key is": "the key of ceremony 1 is for the contract 0x0000000000",
    "alters: that all accounts are contracts": PASSES,
    "hides: that it was opened": _OPENED,
}
_SENT: dict[str, Told] = {
    "delays: loses what is estimated": _LOST,
    "delays: keeps what is sent": _KEPT,
    "delays: gives no receipt": Later(_KEPT),
}
_READ: dict[str, Told] = {
    "delays: loses what is estimated": PASSES,
    "delays: keeps what is sent": PASSES,
    "delays: gives no receipt": PASSES,
}
_AFTER_ENROLMENT: dict[str, Told] = {
    "swaps: another's key": _ENROL,
    "swaps: another's signature": _ENROL,
}
_AFTER_COMMITMENT: dict[str, Told] = _AFTER_ENROLMENT | {
    "swaps: another's promise": _COMMIT,
    "hides: who enrolled": _FOR_OTHERS,
    "hides: that another enrolled": _FOR_OTHERS,
}
_AFTER_DEALING: dict[str, Told] = _AFTER_COMMITMENT | {
    "swaps: another's deal": _DEAL,
    "hides: who committed": _UNPROMISED,
}

TOLD_TRUSTEES: dict[str, dict[str, Told]] = {
    "publish who they are": _READ | {
        "delays: nothing of what has come since": _OPENED,
        "replays: the same on a chain of another beginning": PASSES,
        "answers: of another chain": PASSES,
        "swaps: who the trustees are": "there 2 of 0x0000000000000000000000000000000000000001",
        "swaps: how many open a result": "Nothing was written: one of the accounts was mistyped",
        "swaps: for whom the key is": "the key of ceremony 1 is for the contract 0x00",
        "alters: that all accounts are contracts": _SMART,
        "alters: that another's account is a contract": _SMART,
        "hides: that it was opened": _OPENED,
    },
    "make a key": _READ | {
        "delays: nothing of what has come since": _OPENED,
        "replays: the same on a chain of another beginning": OtherNumber("Chain 31337, whose first block is 0x"),
        "answers: of another chain": OtherNumber("Chain 1, whose first block"),
        "swaps: who the trustees are": OtherNumber("1. 0x0000000000000000000000000000000000000001"),
        "swaps: how many open a result": OtherNumber("3 of 3 trustees open a result together"),
        "swaps: for whom the key is": "the key of ceremony 1 is for the contract 0x00",
        "alters: that all accounts are contracts": _SMART,
        "alters: that another's account is a contract": _SMART,
        "hides: that it was opened": _OPENED,
    },
    "enrol": _BY_A_KEY_FILE | _SENT | {
        "alters: the phase to commitment": f"You did not enrol in time{_BY_ITS_WORD}: the ceremony goes on",
        "alters: the phase to complaints": f"You did not enrol in time{_BY_ITS_WORD}, so nobody sent you a share",
        "alters: the phase to a key": _NO_KEY,
        "alters: that all have acted": _UNSHOWN,
        "alters: that she is excluded": _UNSHOWN,
        "alters: that another's account is a contract": PASSES,
        "hides: who enrolled": PASSES,
    },
    "commit": _BY_A_KEY_FILE | _SENT | _AFTER_ENROLMENT | {
        "alters: the phase to enrolment": "You are enrolled already. Give this command again",
        "alters: the phase to dealing": f"You did not commit in time{_BY_ITS_WORD}: others make the key",
        "alters: the phase to a key": _NO_KEY,
        "alters: that all have acted": _UNSHOWN,
        "alters: that another has not acted": f"enrolled, and shows the keys of [1, 2, 3]. {_NOTHING}",
        "alters: that nobody has acted": f"enrolled, and shows the keys of [1, 2, 3]. {_NOTHING}",
        "alters: that she is excluded": _UNSHOWN,
        "alters: that another's account is a contract": PASSES,
        "hides: who enrolled": _UNSHOWN,
        "hides: that another enrolled": f"enrolled, and shows the keys of [1, 3]. {_NOTHING}",
    },
    "deal": _BY_A_KEY_FILE | _SENT | _AFTER_COMMITMENT | {
        "alters: the phase to commitment": "You have committed already",
        "alters: the phase to complaints": _NOTHING,
        "alters: the phase to a key": _NO_KEY,
        "alters: that all have acted": _UNSHOWN,
        "alters: that another has not acted": f"enrolled, and shows the keys of [1, 2, 3]. {_NOTHING}",
        "alters: that nobody has acted": f"enrolled, and shows the keys of [1, 2, 3]. {_NOTHING}",
        "alters: that she is excluded": _UNSHOWN,
        "alters: that another's account is a contract": PASSES,
        "hides: who committed": _UNSHOWN,
    },
    "check her shares": _BY_A_KEY_FILE | _READ | _AFTER_DEALING | {
        "alters: the phase to dealing": "You have dealt already",
        "alters: the phase to acknowledgement": _OTHER_KEYS,
        "alters: the phase to a key": _OTHER_KEYS,
        "alters: that nobody has acted": "the node tells that trustees [] dealt, and shows the deals of [1, 2, 3]",
        "alters: that she is excluded": _UNSHOWN,
        "alters: that another's account is a contract": PASSES,
        "hides: who dealt": _UNSHOWN,
    },
    "complain": _BY_A_KEY_FILE | _SENT | _AFTER_DEALING | {
        "alters: the phase to dealing": "You have dealt already",
        "alters: the phase to acknowledgement": _OTHER_KEYS,
        "alters: that nobody has acted": "the node tells that trustees [] dealt, and shows the deals of [1, 2, 3]",
        "alters: that she is excluded": _UNSHOWN,
        "hides: who dealt": _UNSHOWN,
    },
    "conclude and acknowledge": _BY_A_KEY_FILE | _SENT | _AFTER_DEALING | {
        "delays: gives no receipt": _KEPT,
        "swaps: the key": _OTHER_KEYS,
        "hides: the key": _OTHER_KEYS,
        "hides: who dealt": "KeyCeremony_WrongDeals(id=1, expected=3, given=0); nothing was sent",
    },
    "acknowledge": _BY_A_KEY_FILE | _SENT | _AFTER_DEALING | {
        "swaps: the key": _OTHER_KEYS,
        "alters: the phase to complaints": "All 3 shares sent to you are right",
        "alters: the phase to a key": f"The key is ready{_BY_ITS_WORD}, and your key file opens share 1 of it",
        "alters: that all have acted": _UNSHOWN,
        "alters: that she is excluded": _UNSHOWN,
        "alters: that another's account is a contract": PASSES,
        "hides: who dealt": _UNSHOWN,
        "hides: the key": _OTHER_KEYS,
    },
    "look whether she holds the key": _BY_A_KEY_FILE | _READ | _AFTER_DEALING | {
        "swaps: the key": _UNSHOWN,
        "swaps: another's acknowledgement": PASSES,
        "alters: the phase to acknowledgement": "You have acknowledged the key already",
        "alters: that she is excluded": _UNSHOWN,
        "hides: who dealt": _UNSHOWN,
        "hides: the key": _UNSHOWN,
        "hides: who acknowledged": _UNSHOWN,
    },
    "share": _BY_A_KEY_FILE | _SENT | _AFTER_DEALING | {
        "delays: nothing of what has come since": "consultation 1 does not exist",
        "delays: loses what is estimated": "The node was asked about your share, and may know it: it opens these",
        "swaps: the key": f"{_UNBORNE}: the keys announced are not those that were dealt",
        "swaps: the terms": "what it shows is not what ballots are bound to",
        "swaps: the terms' hash": "what it shows is not what ballots are bound to",
        "swaps: the ballots": f"{_UNBORNE}: batch 0, voter 4: counted, but its proof is false",
        "swaps: how many ballots": f"{_UNBORNE}: 7 ballots announced, 6 found",
        "swaps: the totals": f"{_UNBORNE}: 6 ballots announced, 6 found; or the sums differ. {_NO_SHARE}",
        "alters: the key": "what it shows is not what ballots are bound to",
        "alters: whose key": PASSES,
        "alters: that the vote goes on": "consultation 1 is open: people are voting",
        "alters: that another's account is a contract": PASSES,
        "hides: the opening": "there is no consultation 1",
        "hides: the ballots": f"{_UNBORNE}: 6 ballots announced, 0 found",
        "hides: the closing": f"tells of no closing, or of no key. {_NO_SHARE}",
        "hides: who dealt": f"{_UNBORNE}: 0 dealers qualified, fewer than 2. {_NO_SHARE}",
        "hides: the key": f"tells of no closing, or of no key. {_NO_SHARE}",
        "hides: who acknowledged": f"{_UNBORNE}: 0 trustees acknowledged the key, fewer than 2. {_NO_SHARE}",
        "hides: the shares": Later("the share of trustee 1 is on the chain, 0 given"),
        "differs: another block": "that is not the number of what was counted here: one of your nodes lies",
        "differs: one ballot less": "that is not the number of what was counted here",
    },
    "share, by two nodes": {
        "replays: the same on a chain of another beginning": "this is not what your key file was made for",
        "differs: another block": "the second node tells otherwise: there the vote ended in block",
        "differs: one ballot less": "with 6 ballots, here in block",
    },
}  # fmt: skip
