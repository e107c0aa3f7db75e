"""Secret ballots on secp256k1: keys, ceremony, ballots with proofs, tally, audit (`docs/ballot-format.md`).

The names below are the whole high-level interface; each module's docstring tells what is under it. They are loaded when
first used: an audit's workers need few of them.

Example:
    >>> question = single_choice(3)
    >>> ballot = make_ballot(params, voter, 0, question.messages(1))
    >>> verify_ballot(params, voter, 0, ballot.data)
    True
    >>> verdict = audit(Decoder(abi).events(logs), Site(chain_id, consultations, ceremonies, 1), roll)
    >>> print(verdict.text())
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from beffroi.ballots.audit import Auditor, PollSite, audit
    from beffroi.ballots.ballot import Ballot, Opening, make_ballot, verify_ballot, verify_opening
    from beffroi.ballots.ceremony import Ceremony, Deal
    from beffroi.ballots.dlog import counts
    from beffroi.ballots.events import Decoder
    from beffroi.ballots.keycheck import CeremonyReplay, replay
    from beffroi.ballots.keyfiles import TrusteeSecret
    from beffroi.ballots.params import Params
    from beffroi.ballots.receipt import Receipt, find
    from beffroi.ballots.records import Record, RollTree, sign_slip
    from beffroi.ballots.rules import Question, Rule, approval, points, single_choice
    from beffroi.ballots.tally import Closing, DecryptionShare, decryption_share
    from beffroi.ballots.trustee_keys import TrusteeKeys
    from beffroi.ballots.verdict import Verdict

_MODULES: Final = {
    "audit": ("Auditor", "PollSite", "audit"),
    "ballot": ("Ballot", "Opening", "make_ballot", "verify_ballot", "verify_opening"),
    "ceremony": ("Ceremony", "Deal"),
    "dlog": ("counts",),
    "events": ("Decoder",),
    "keycheck": ("CeremonyReplay", "replay"),
    "keyfiles": ("TrusteeSecret",),
    "trustee_keys": ("TrusteeKeys",),
    "params": ("Params",),
    "receipt": ("Receipt", "find"),
    "records": ("Record", "RollTree", "sign_slip"),
    "rules": ("Question", "Rule", "approval", "points", "single_choice"),
    "tally": ("Closing", "DecryptionShare", "decryption_share"),
    "verdict": ("Verdict",),
}
_HOME: Final = {name: module for module, names in _MODULES.items() for name in names}

__all__ = [
    "Auditor",
    "Ballot",
    "Ceremony",
    "CeremonyReplay",
    "Closing",
    "Deal",
    "Decoder",
    "DecryptionShare",
    "Opening",
    "Params",
    "PollSite",
    "Question",
    "Receipt",
    "Record",
    "RollTree",
    "Rule",
    "TrusteeKeys",
    "TrusteeSecret",
    "Verdict",
    "approval",
    "audit",
    "counts",
    "decryption_share",
    "find",
    "make_ballot",
    "points",
    "replay",
    "sign_slip",
    "single_choice",
    "verify_ballot",
    "verify_opening",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
