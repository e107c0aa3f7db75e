"""Which promises a consultation judges, by what a node tells of Promises: believed where the sealed hash proves it."""

from beffroi.ballots.params import Params
from beffroi.chain.contract import Contract
from beffroi.consultation.polls import ConsultationError, Polls
from beffroi.credibility.evaluation import Judgement, judgement
from beffroi.credibility.mandate import NoMandateError


def judgement_of(polls: Polls, promises: Contract, params: Params) -> Judgement | None:
    """What a consultation asks where it judges promises; None where it does not, or nobody has attached it yet.

    Which promises, whose and their texts the node tells; it is believed where their hash is the one that is sealed.

    Args:
        polls: where it is held.
        promises: the contract Promises of the town.
        params: those that a ballot is made for, or was checked by.

    Raises:
        ConsultationError: the node tells of other promises than the consultation binds.
    """
    attached = promises.events(polls.rpc, "EvaluationAttached", first=polls.first)
    told = next((it.args for it in attached if it.args["consultation"] == params.consultation), None)
    if told is None:
        return None
    try:
        found = judgement(polls, promises, told["mandate"], told["promises"], mid_term=told["midTerm"])
    except NoMandateError as error:
        raise ConsultationError(f"the node tells nothing of the mandate that is judged: {error}") from error
    if not found.is_of(params):
        raise ConsultationError(
            f"the node tells of other promises than those that consultation {params.consultation} puts to the vote: "
            "it lies, or is damaged. Ask another"
        )
    return found
