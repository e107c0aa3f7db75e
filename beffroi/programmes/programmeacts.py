"""What sponsors, granters, holders and anyone do in a programme; what stands on chain already is not sent again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eth_utils.crypto import keccak

from beffroi import slips
from beffroi.chain.keys import Key
from beffroi.chain.sender import Sender
from beffroi.chain.signers import sign_typed
from beffroi.chain.transaction import Call, Signer
from beffroi.programmes.programmebook import HolderStanding, NoProgrammeError, ProgrammeBook
from beffroi.programmes.programmeroll import ProgrammeRoll
from beffroi.programmes.programmeslips import fund_purpose, spend_slip
from beffroi.programmes.programmeterms import ProgrammeError, ProgrammeTerms
from beffroi.units import HOUR_S, MINUTE_S, euros

PAYMENT_S = HOUR_S
"""In which a payment that a sponsor signs and posts herself may be carried out."""
SPEND_S = 15 * MINUTE_S
ACCREDITED_AT_ONCE = 100
"""In one transaction: some 3 million gas."""


@dataclass(frozen=True)
class ProgrammeActs:
    """Acts in a town's programmes.

    Attributes:
        book: the contract.
    """

    book: ProgrammeBook

    def require_new(self, programme: bytes, terms: ProgrammeTerms) -> bool:
        """Whether a programme is still to be opened on these terms.

        Raises:
            ProgrammeError: the contract would refuse them, or a programme of that title is open on others.
        """
        there = self.book.found(programme)
        if there is None:
            terms.require_opens(self.book.now_s())
            return True
        if differ := there.differing(terms):
            raise ProgrammeError(
                f"you opened a programme of that title already, for good, and it has another {', '.join(differ)}: give "
                "this one a title of its own, or the very files with which that one was opened"
            )
        return False

    def open(self, sponsor: Signer, programme: bytes, terms: ProgrammeTerms) -> None:
        """Opens a programme; see `require_new`."""
        self._send(sponsor, "open", terms.as_tuple, purpose=f"open the programme 0x{programme.hex()}")

    def fund(self, payer: Signer, programme: bytes, amount_cents: int) -> None:
        """Pays in, in one transaction that the payer signs and posts.

        Raises:
            TransactionFailedError: the contract or the currency refuses.
        """
        payers = [it.args["payer"] for it in self.book.told(programme, "ProgrammeFunded")]
        who = str(payer.address)
        salt = keccak(programme + bytes.fromhex(who[2:]) + payers.count(who).to_bytes(4))
        before_s = self.book.now_s() + PAYMENT_S
        nonce = int.from_bytes(slips.till_nonce(fund_purpose(programme), salt))
        slip = slips.receive(who, self.book.contract.address, amount_cents, nonce, before_s=before_s)
        signature = sign_typed(payer, self.book.money_domain().separator, slip.struct_hash)
        words = programme, who, amount_cents, 0, before_s, salt, signature
        self._send(payer, "fundBySlip", *words, purpose=f"pay {euros(amount_cents)} in")

    def accredit(self, sponsor: Signer, programme: bytes, categories: Mapping[str, int]) -> int:
        """Says what merchants are accredited for; how many were told otherwise before."""
        merchants = list(categories)
        there = self.book.categories(programme, merchants)
        left = [it for it, now in zip(merchants, there, strict=True) if now != categories[it]]
        for start in range(0, len(left), ACCREDITED_AT_ONCE):
            part = left[start : start + ACCREDITED_AT_ONCE]
            words = programme, part, [categories[it] for it in part]
            self._send(sponsor, "accredit", *words, purpose=f"accredit {len(part)} merchants")
        return len(left)

    def allow(self, sponsor: Signer, programme: bytes, granter: str, units: int) -> bool:
        """Says how many units a granter may grant from now on; whether that was sent."""
        if self.book.contract.read(self.book.rpc, "allowanceOf", programme, granter) == units:
            return False
        self._send(sponsor, "allow", programme, granter, units, purpose=f"let {granter} grant {units}")
        return True

    def grant(self, granter: Signer, programme: bytes, holder: str, units: int, act: bytes) -> bool:
        """Grants units to a key by one's own transaction; whether that was sent: an act is granted for once."""
        if self.book.contract.read(self.book.rpc, "isGranted", programme, act):
            return False
        words = str(granter.address), holder, units, act, 0, b""
        self._send(granter, "grant", programme, words, purpose=f"grant {units} to {holder}")
        return True

    def void(self, sponsor: Signer, programme: bytes, holder: str) -> bool:
        """Voids a key; whether that was sent."""
        if self.book.holder(programme, holder).voided:
            return False
        self._send(sponsor, "void", programme, holder, purpose=f"void {holder}")
        return True

    def spend(
        self, poster: Signer, programme: bytes, holder: Key, merchant: str, units: int, roll: ProgrammeRoll | None
    ) -> None:
        """Spends by a holder's key, for a quarter of an hour or until the period ends; anyone posts it.

        Args:
            poster: who pays the fee.
            programme: its name.
            holder: the key.
            merchant: who is paid.
            units: how many.
            roll: as it was published; asked before a key first spends, but where there are grants alone.

        Raises:
            ProgrammeRollError: the key does not stand on the roll.
            NoProgrammeError: the key has not spent yet, the programme has a roll, and it is not given.
            TransactionFailedError: the contract refuses, by its own reason.
        """
        terms, now, now_s = self.book.terms(programme), self.book.holder(programme, holder.address), self.book.now_s()
        places = _places(terms, now, holder.address, roll)
        period_s = terms.period_h * HOUR_S
        period_ends_s = terms.opens_at_s + ((now_s - terms.opens_at_s) // period_s + 1) * period_s
        deadline_s = min(now_s + SPEND_S, period_ends_s - 1)
        slip = spend_slip(programme, holder.address, merchant, units, now.nonce + 1, deadline_s)
        _, *said = slip.values
        row = *said, holder.sign(slip.digest(self.book.domain))
        self._send(poster, "spend", programme, row, places, purpose=f"spend {units} at {merchant}")

    def reclaim(self, anyone: Signer, programme: bytes) -> int:
        """Sends what is left to the sponsor; how many units, 0 when nothing was.

        Raises:
            TransactionFailedError: the programme is not over.
        """
        left = self.book.standing(programme).left
        if left:
            self._send(anyone, "reclaim", programme, purpose=f"reclaim {left} units")
        return left

    def _send(self, signer: Signer, function: str, *words: Any, purpose: str) -> None:
        contract = self.book.contract
        Sender(self.book.rpc, signer).send(Call(contract.address, contract.encode(function, *words), purpose))


def _places(
    terms: ProgrammeTerms, now: HolderStanding, key: str, roll: ProgrammeRoll | None
) -> list[tuple[str, int, int, list[bytes]]]:
    """A key's place, where it stands on the roll and was not shown; a key that was granted units needs none."""
    if now.claimed or not terms.total:
        return []
    if roll is not None and (not now.granted or any(key == listed for listed, _ in roll.entries)):
        return [roll.place(key)]
    if now.granted:
        return []
    raise NoProgrammeError("the key has not spent here yet: give the roll, which has its place, by --roll")
