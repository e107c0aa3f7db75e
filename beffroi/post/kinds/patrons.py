"""For whom the town posts: programmes are anyone's to open, and what is posted of them is at the town's expense."""

from collections.abc import Sequence

from eth_utils.address import to_checksum_address

from beffroi.chain.address import ZERO_ADDRESS
from beffroi.chain.contract import Contract
from beffroi.chain.rpc import Rpc
from beffroi.post.codes import Code
from beffroi.post.kinds.draft import Draft
from beffroi.post.kinds.reasons import refusal
from beffroi.post.model import Refusal
from beffroi.residents import Standing

_STRANGER = "whoever opened this programme was never on the town's register: the town posts nothing of it"


def without_strangers(
    rpc: Rpc, programmes: Contract, residents: Contract, drafts: Sequence[Draft], signers: Sequence[str]
) -> list[str | Refusal]:
    """The signers, but for slips of programmes whose sponsor was never enrolled.

    Holders' keys are free to make, so that no limit of a signer's bounds what a stranger has posted. A sponsor who
    left or was suspended is known: its holders go on spending. What nobody opened the contract tells of.
    """
    named = list(dict.fromkeys(draft.message["programme"] for draft in drafts))
    found = programmes.reads(rpc, "programmeOf", [(it,) for it in named])
    sponsors = {name: str(to_checksum_address(it[-2])) for name, it in zip(named, found, strict=True)}
    records = residents.reads(rpc, "residentOf", [(it,) for it in sponsors.values()])
    strangers = {
        name
        for (name, sponsor), (_, standing, *_) in zip(sponsors.items(), records, strict=True)
        if sponsor != ZERO_ADDRESS and standing == Standing.NONE
    }
    refused = refusal(Code.NOT_A_RESIDENT, _STRANGER)
    who = zip(drafts, signers, strict=True)
    return [refused if draft.message["programme"] in strangers else signer for draft, signer in who]
