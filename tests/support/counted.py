"""What a vote that was counted tells."""

from beffroi.ballots.parallel import Here
from beffroi.consultation import checking

HERE = Here()


def results(hall, vote, counts):
    return checking.results(vote.subject, counts, hall.polls.consultations.read(hall.polls.rpc, "ballots", vote.number))


def all_but_one(vote, option):
    """Slips of five of six voters, who want the same: as many as the secrecy minimum asks for."""
    return [vote.slip(index, option) for index in range(5)]


def verdict(hall, vote):
    return checking.audit(hall.polls, vote.number, vote.roll, HERE)
