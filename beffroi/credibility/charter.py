"""What a town asks of the votes that burn Cred, whoever opens them, said in words before anything is sent."""

from dataclasses import dataclass

from beffroi.chain.announcing import moment
from beffroi.chain.contract import Contract
from beffroi.consultation.opening import Calendar
from beffroi.consultation.polls import ConsultationError, Polls
from beffroi.consultation.rulebook import rulebook_of
from beffroi.units import DAY_S, HOUR_S


@dataclass(frozen=True)
class VotingTerms:
    """How a vote is held that anyone calls, and so every one that burns (`Promises.attachEvaluation`).

    Attributes:
        notice_s: from its attaching to its first ballot, seconds, at least.
        voting_s: from then to its last, seconds, at least.
        secrecy_minimum: ballots below which nothing is opened, as few as the town's Rulebook allows.
    """

    notice_s: int
    voting_s: int
    secrecy_minimum: int

    def soonest(self, now_s: int) -> Calendar:
        """Dates that hold for whoever attaches within the hour, unix seconds; the trustees have two days."""
        opens = now_s + self.notice_s + HOUR_S
        closes = opens + self.voting_s
        return Calendar(opens, closes, closes + 2 * DAY_S)

    def require(self, calendar: Calendar, now_s: int) -> None:
        """Lets no vote burn of which residents have not heard, or that is over before they come.

        Args:
            calendar: its dates.
            now_s: when it is attached, unix seconds.

        Raises:
            ConsultationError: it opens too soon, or is too short; the sentence says which date would do.
        """
        opens, closes = now_s + self.notice_s, calendar.opens_at + self.voting_s
        if calendar.opens_at < opens:
            raise ConsultationError(
                f"the vote opens {moment(calendar.opens_at)}, and one that burns is announced for "
                f"{self.notice_s / DAY_S:g} days from its attaching: not until {moment(opens)}. Give later dates"
            )
        if calendar.closes_at < closes:
            raise ConsultationError(
                f"the vote closes {moment(calendar.closes_at)}, and one that burns is open for "
                f"{self.voting_s / DAY_S:g} days: not until {moment(closes)}. Give a later end"
            )


def voting_terms(polls: Polls, promises: Contract) -> VotingTerms:
    """The longer of what charter and Rulebook ask, as `Promises` reads them.

    Raises:
        RpcError: no such contracts stand there, as this node tells.
    """
    notice_s, voting_s = (promises.read(polls.rpc, name) for name in ("notice_s", "voting_s"))
    _, least_notice_s, least_duration_s, secrecy_minimum, _ = rulebook_of(polls).read(polls.rpc, "floors")
    return VotingTerms(max(notice_s, least_notice_s), max(voting_s, least_duration_s), secrecy_minimum)
