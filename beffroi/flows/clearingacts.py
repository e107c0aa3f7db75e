"""What members, organiser, arbiter and anyone do in an operation: each act once, its own transaction or a slip.

A slip's signature comes with the call, and anyone posts it; without one, whoever sends acts herself. What stands on
chain already is not sent again: such acts say so by what they give back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eth_utils.crypto import keccak

from beffroi import slips
from beffroi.chain.sender import Sender
from beffroi.chain.signers import sign_typed
from beffroi.chain.transaction import Call, Signer
from beffroi.eip712 import Slip
from beffroi.errors import StateError
from beffroi.flows.clearing import Clearings, HeldDebit, OperationStanding, SettledLine, StatementStatus
from beffroi.flows.operation import OperationTerms, PeriodStatement, StatedLine, hash_lines, ordered_lines
from beffroi.units import HOUR_S, euros

PAYMENT_S = HOUR_S
"""In which a payment that a member signs and posts herself may be carried out."""


class OtherStatementError(StateError):
    """An operation's last statement is not the one that is meant, or stands elsewhere than it must."""


@dataclass(frozen=True)
class SignedAct:
    """What an account signed for anyone to post.

    Attributes:
        deadline_s: the last unix second at which it may be posted.
        signature: over the act's slip; empty when whoever sends it is that account.
    """

    deadline_s: int = 0
    signature: bytes = b""


OWN = SignedAct()
"""An act of whoever sends it."""


@dataclass(frozen=True)
class ClearingActs:
    """Acts in a town's operations.

    Attributes:
        clearings: the contract.
    """

    clearings: Clearings

    def open(self, opener: Signer, terms: OperationTerms) -> bool:
        """Opens an operation, or stands by one that is open; whether anything was sent.

        Raises:
            OperationError: the contract would refuse the terms.
        """
        terms.require_sound()
        if any(it.terms == terms and str(opener.address) in it.openers for it in self.clearings.opened()):
            return False
        self._send(opener, "open", terms.as_tuple, purpose=f"open the operation 0x{terms.op.hex()}")
        return True

    def deposit_slip(
        self, terms: OperationTerms, member: str, cap_cents: int, amount_cents: int, salt: bytes, before_s: int
    ) -> Slip:
        """What a member signs, for the currency's domain, to join, mandate and pay in at once.

        Args:
            terms: of the operation.
            member: by the account that she joins with; the key in force signs.
            cap_cents: the most that a period may debit.
            amount_cents: what is paid in.
            salt: 32 bytes, another for each payment.
            before_s: valid strictly before, unix seconds.
        """
        nonce = slips.till_nonce(terms.deposit_purpose(member, cap_cents), salt)
        key, into = self.clearings.key_of(member), self.clearings.contract.address
        return slips.receive(key, into, amount_cents, int.from_bytes(nonce), before_s=before_s)

    def deposit_by_slip(
        self, poster: Signer, terms: OperationTerms, member: str, cap_cents: int, slip: Slip, salt: bytes,
        signature: bytes,
    ) -> None:  # fmt: skip
        """Posts what a member signed (`deposit_slip`); anyone may.

        Raises:
            TransactionFailedError: contract or currency refuse: it was paid already, or the money is not there.
        """
        _, _, amount_cents, after_s, before_s, _ = slip.values
        paid = cap_cents, amount_cents, after_s, before_s, salt, signature
        self._send(poster, "depositBySlip", terms.op, member, *paid, purpose=f"pay {euros(amount_cents)} in")

    def deposit(
        self, payer: Signer, terms: OperationTerms, member: str, cap_cents: int, amount_cents: int, salt: bytes
    ) -> None:
        """A member signs and posts her own payment, in one transaction; see `deposit_slip`."""
        before_s = self.clearings.now_s() + PAYMENT_S
        slip = self.deposit_slip(terms, member, cap_cents, amount_cents, salt, before_s)
        signature = sign_typed(payer, self.clearings.money_domain().separator, slip.struct_hash)
        self.deposit_by_slip(payer, terms, member, cap_cents, slip, salt, signature)

    def set_cap(self, poster: Signer, terms: OperationTerms, member: str, cap_cents: int, act: SignedAct = OWN) -> None:
        """Sets the most that a period may debit (`SET_CAP`)."""
        self._send(poster, "setCap", terms.op, member, cap_cents, *_of(act), purpose=f"set the cap of {member}")

    def take(self, poster: Signer, terms: OperationTerms, member: str, amount_cents: int, act: SignedAct = OWN) -> None:
        """Takes from a member's balance (`take_slip`)."""
        said = f"take {euros(amount_cents)} out"
        self._send(poster, "take", terms.op, member, amount_cents, *_of(act), purpose=said)

    def leave(self, poster: Signer, terms: OperationTerms, member: str, act: SignedAct = OWN) -> None:
        """A member takes all that is hers and mandates nothing any more (`leave_slip`)."""
        self._send(poster, "leave", terms.op, member, *_of(act), purpose=f"{member} leaves")

    def next_statement(
        self, terms: OperationTerms, period: int, lines: Sequence[StatedLine], readings_root: bytes,
        totals_root: bytes, uri: str,
    ) -> PeriodStatement:  # fmt: skip
        """What would be stated of a period now, under the next number.

        Raises:
            OperationError: the lines are none that the contract takes.
        """
        number = self.clearings.standing(terms.op).number + 1
        said = hash_lines(ordered_lines(lines)), len(lines), readings_root, totals_root, uri
        return PeriodStatement(number, period, *said)

    def state(self, organiser: Signer, terms: OperationTerms, statement: PeriodStatement, act: SignedAct = OWN) -> bool:
        """The organiser states a period (`state_slip`); whether anything was sent: the same is not stated twice.

        Raises:
            OtherStatementError: another statement is still open, or the period is settled.
            TransactionFailedError: the contract refuses.
        """
        now = self.clearings.standing(terms.op)
        if now.number and (now.status.is_open or now.status is StatementStatus.SETTLED):
            if self.clearings.statement(terms.op).says(statement):
                return False
            if now.status.is_open:
                raise OtherStatementError(
                    f"period {now.period} is stated, and open until it is settled: `energy settle` it, or take it back "
                    "(`energy retract`) within its window"
                )
        if statement.period <= now.settled_period:
            raise OtherStatementError(
                f"period {now.settled_period} is settled: state a later one, and mend what was wrong by its lines"
            )
        said = f"state period {statement.period}"
        self._send(organiser, "state", terms.op, statement.as_tuple, *_of(act), purpose=said)
        return True

    def retract(self, organiser: Signer, terms: OperationTerms, act: SignedAct = OWN) -> None:
        """The organiser takes its statement back (`retract_slip`), while it may be contested.

        Raises:
            OtherStatementError: its window is over, or nothing is open.
        """
        now = self._in_window(terms, "taken back")
        said = f"take the statement of period {now.period} back"
        self._send(organiser, "retract", terms.op, now.statement_hash, *_of(act), purpose=said)

    def contest(
        self, poster: Signer, terms: OperationTerms, member: str, reason_hash: bytes, act: SignedAct = OWN
    ) -> int:
        """A member contests her line of the open statement (`contest_slip`); its period.

        Raises:
            OtherStatementError: its window is over, or nothing is open.
            TransactionFailedError: she has contested it, or did not sign so.
        """
        now = self._in_window(terms, "contested")
        said = f"contest the line of {member} in period {now.period}"
        self._send(poster, "contest", terms.op, now.statement_hash, member, reason_hash, *_of(act), purpose=said)
        return now.period

    def settle(
        self, anyone: Signer, terms: OperationTerms, lines: Sequence[StatedLine]
    ) -> tuple[list[SettledLine], bool]:
        """Applies the lines of the statement whose window is over; what became of each, and whether it was sent now.

        Raises:
            OtherStatementError: it is not due, or the lines are not those that were stated.
            TransactionFailedError: the contract refuses: the organiser has too little.
        """
        now, statement, given = *self.last(terms), ordered_lines(lines)
        if hash_lines(given) != statement.lines_hash:
            raise OtherStatementError(f"these are not the lines that were stated of period {statement.period}")
        if now.status is not StatementStatus.SETTLED:
            if now.status is not StatementStatus.DUE:
                raise OtherStatementError(f"period {now.period} {_WHERE[now.status]}")
            told = [(it.member, it.amount_cents) for it in given]
            said = f"settle period {statement.period}"
            self._send(anyone, "settle", terms.op, statement.as_tuple, told, purpose=said)
        return self.clearings.settled_lines(terms.op, statement.period), now.status is StatementStatus.DUE

    def rule(
        self, poster: Signer, terms: OperationTerms, period: int, member: str, due_cents: int, act: SignedAct = OWN
    ) -> HeldDebit:
        """The arbiter rules what of a contested line is due (`rule_slip`); what was held of it.

        Raises:
            OtherStatementError: nothing is held of that line.
            TransactionFailedError: it is late, or more than is held.
        """
        line = self.held(terms, period, member)
        said = f"rule on the line of {member} in period {period}"
        self._send(poster, "rule", terms.op, period, member, due_cents, *_of(act), purpose=said)
        return line

    def release(self, anyone: Signer, terms: OperationTerms, period: int, member: str) -> HeldDebit:
        """Gives a member back what is held where the arbiter was silent; as `rule`."""
        line = self.held(terms, period, member)
        said = f"release the line of {member} in period {period}"
        self._send(anyone, "release", terms.op, period, member, purpose=said)
        return line

    def held(self, terms: OperationTerms, period: int, member: str) -> HeldDebit:
        """What is held of a line.

        Raises:
            OtherStatementError: nothing is.
        """
        for line in self.clearings.held(terms.op):
            if (line.period, line.member) == (period, member):
                return line
        raise OtherStatementError(
            f"nothing is held of the line of {member} in period {period}: it was not contested, or is ruled on already"
        )

    def last(self, terms: OperationTerms) -> tuple[OperationStanding, PeriodStatement]:
        """The operation's last statement, and where it stands.

        Raises:
            NoOperationError: nothing was stated.
        """
        return self.clearings.standing(terms.op), self.clearings.statement(terms.op)

    def _in_window(self, terms: OperationTerms, what: str) -> OperationStanding:
        now = self.clearings.standing(terms.op)
        if now.status is not StatementStatus.STATED:
            raise OtherStatementError(f"nothing can be {what}: period {now.period} {_WHERE[now.status]}")
        return now

    def _send(self, who: Signer, function: str, *args: object, purpose: str) -> dict[str, Any]:
        contract = self.clearings.contract
        return Sender(self.clearings.rpc, who).send(Call(contract.address, contract.encode(function, *args), purpose))


_WHERE = {
    StatementStatus.NONE: "was never stated",
    StatementStatus.STATED: "may still be contested: `energy show` tells until when",
    StatementStatus.DUE: "is due: anyone settles it",
    StatementStatus.DEAD: "was settled by nobody in time, and may be stated again",
    StatementStatus.SETTLED: "is settled",
    StatementStatus.VOID: "is void: it was refuted or taken back, and may be stated again",
}


def deposit_salt(clearings: Clearings, op: bytes, member: str) -> bytes:
    """The salt of a member's next payment, 32 bytes: the same until it is made, so that no run pays twice."""
    made = sum(it.args["member"] == member for it in clearings.told(op, "Deposited"))
    return keccak(op + bytes.fromhex(member[2:]) + made.to_bytes(4))


def _of(act: SignedAct) -> tuple[int, bytes]:
    return act.deadline_s, act.signature
