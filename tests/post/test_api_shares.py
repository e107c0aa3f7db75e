"""A trustee's share of the totals by the post office: over the points that she signed, from her own account."""

import pytest

from beffroi.ballots import ceremony as messages
from beffroi.ballots.parallel import Here
from beffroi.ballots.tally import decryption_share
from beffroi.ballots.trustee_keys import TrusteeKeys
from beffroi.chain.signers import sign_typed
from beffroi.consultation import sharing
from testbed.polls import hall_of


@pytest.fixture
def hall(counter):
    return hall_of(counter.estate.town)


@pytest.fixture
def counted(counter, hall):
    """What a trustee has counted of a vote that is over."""
    vote = hall.consult()
    hall.post(vote, [vote.slip(index, index % 3) for index in range(6)])
    hall.close(vote)
    counter.office.intake.checker.clock.forget()
    key = hall.key_file(vote.params.ceremony, hall.trustees[0])
    return sharing.count(hall.polls, vote.number, key, vote.roll, now_s=hall.polls.now_s(), executor=Here())


def request(counted, trustee, signer):
    """What a trustee's page hands in, signed by somebody."""
    said = counted.said
    keys = TrusteeKeys(said.ceremony.place(trustee.index), trustee.secret)
    own = messages.secret_share(said.ceremony, keys, said.qualified)
    share = decryption_share(counted.closing, trustee.index, own)
    points, proofs = share.as_arguments()
    closing = counted.closing
    signature = sign_typed(signer.account, closing.separator, closing.slip(share))
    about = {"consultation": str(closing.consultation_id), "trustee": str(trustee.index)}
    return {
        "kind": "share",
        "message": about | {"sharesHash": "0x" + share.points_hash.hex()},
        "signature": "0x" + signature.hex(),
        "extra": {
            "points": [_point(it) for it in points],
            "dleqs": [{"e": str(e), "w": str(w), "p": _point(p)} for e, w, p in proofs],
        },
    }


def _point(pair):
    return {"x": str(pair[0]), "y": str(pair[1])}


def test_trustees_without_ether_open_the_totals(counter, hall, counted):
    first, second, _ = hall.trustees
    ids = [counter.take(request(counted, trustee, trustee)) for trustee in (first, second)]
    assert {it["state"] for it in counter.works(*ids)} == {"confirmed"}
    told = hall.polls.consultations.events(counter.rpc, "ShareSubmitted")
    assert [it.args["trustee"] for it in told] == [first.index, second.index]


def test_a_share_is_its_trustees_and_over_its_points(counter, hall, counted):
    first, second, _ = hall.trustees
    good = request(counted, first, first)
    assert counter.refused(request(counted, first, second)) == (403, "invalid_signature")
    points = [_point((1, 2))]
    assert counter.refused(good | {"extra": good["extra"] | {"points": points}}) == (409, "content_mismatch")
    nobody = good["message"] | {"trustee": "9"}
    assert counter.refused(good | {"message": nobody}) == (409, "refused_by_contract")
    counter.take(good)
