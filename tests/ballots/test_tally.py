"""Opening totals: t honest shares open them, and a share that is not x_j·R, or not for these totals, is refused."""

from dataclasses import replace

import pytest

from beffroi.ballots import tally
from beffroi.ballots.group import INFINITY, N, add, address, base, mul, neg, random_scalar
from beffroi.ballots.proofs import TAG_DLEQ, Dleq
from beffroi.ballots.tally import Closing, TallyError
from beffroi.ballots.transcript import challenge


def encrypt(h, value):
    r = random_scalar()
    return base(r), add(mul(r, h), base(value))


@pytest.fixture(scope="module")
def closing(held):
    h = held.public.h
    totals = tuple(tally.total([encrypt(h, a), encrypt(h, b)]) for a, b in [(1, 1 << 24), (0, 3)])
    return Closing(31337, b"\x0c" * 20, held.ceremony.address, held.ceremony.id, 9, h, totals, 2)


@pytest.fixture(scope="module")
def shares(held, closing):
    return {j: tally.decryption_share(closing, j, held.secret_share(j)) for j in held.ceremony.indices}


def test_any_three_shares_open_the_totals(held, closing, shares):
    assert all(tally.verify_share(closing, held.public.shares[j], share) for j, share in shares.items())
    for indices in [(1, 2, 3), (2, 4, 5), (1, 3, 5)]:
        opened = tally.open_totals(closing, [shares[j] for j in indices], 3)
        assert opened == [base(1 + (1 << 24)), base(3)]


def test_a_share_counts_for_its_trustee_and_these_totals_only(held, closing, shares):
    keys = held.public.shares
    assert not tally.verify_share(closing, keys[2], shares[1])
    assert not tally.verify_share(closing, keys[1], replace(shares[1], trustee=2))
    for other in (
        replace(closing, chain_id=1),
        replace(closing, consultations=b"\xaa" * 20),
        replace(closing, ceremony=b"\xaa" * 20),
        replace(closing, ceremony_id=2),
        replace(closing, consultation_id=8),
        replace(closing, ballots=3),
        replace(closing, h=base(5)),
        replace(closing, totals=closing.totals[::-1]),
        replace(closing, totals=tuple((r, add(s, base(1))) for r, s in closing.totals)),
    ):
        assert not tally.verify_share(other, keys[1], shares[1])


def test_a_factor_chosen_by_the_trustee_is_refused(held, closing, shares):
    """A share whose point is moved, or scaled with its proof, must not pass: the challenge binds D."""
    key = held.public.shares[1]
    point, proof = shares[1].parts[0]
    for part in (
        (add(point, base(1)), proof),
        (mul(2, point), replace(proof, p=mul(2, proof.p))),
        (neg(point), proof),
        (INFINITY, proof),
        (point, replace(proof, e=proof.e + N)),
        (point, replace(proof, w=proof.w + N)),
        (point, replace(proof, w=(proof.w + 1) % N)),
        (proof.p, proof),
    ):
        assert not tally.verify_part(closing, 1, key, 0, part)
    assert not tally.verify_share(closing, key, replace(shares[1], parts=shares[1].parts[:1]))


def test_a_p_chosen_after_the_challenge_is_refused(held, closing):
    """A trustee free to send any p would make W = D − p what the challenge asks, for a D of its choice."""
    x, key, r, ctx = held.secret_share(1), held.public.shares[1], closing.totals[0][0], closing.context(1, 0)
    false, omega, beta = add(mul(x, r), base(1)), random_scalar(), random_scalar()
    e = challenge(TAG_DLEQ, ctx, r, key, false, address(base(omega)), address(base(beta)))
    inverse = pow(e, -1, N)
    forged = Dleq(e, (omega * inverse + x) % N, add(false, base(beta * inverse)))
    assert not tally.verify_part(closing, 1, key, 0, (false, forged))


def test_shares_are_counted_in_order_and_exactly_t(closing, shares):
    for indices in [(2, 1, 3), (1, 1, 2)]:
        with pytest.raises(TallyError, match="strictly increasing"):
            tally.open_totals(closing, [shares[j] for j in indices], 3)
    for indices in [(1, 2), (1, 2, 3, 4)]:
        with pytest.raises(TallyError, match="3 shares"):
            tally.open_totals(closing, [shares[j] for j in indices], 3)
    with pytest.raises(TallyError, match="lacks"):
        tally.open_totals(closing, [shares[1], shares[2], replace(shares[3], parts=())], 3)


def test_a_total_whose_r_is_infinite_has_one_possible_share(held, closing):
    bare = replace(closing, totals=((INFINITY, base(4)), closing.totals[1]))
    shares = [tally.decryption_share(bare, j, held.secret_share(j)) for j in (1, 2, 3)]
    assert all(tally.verify_share(bare, held.public.shares[s.trustee], s) for s in shares)
    assert shares[0].as_arguments()[0][0] == (0, 0)
    assert tally.open_totals(bare, shares, 3) == [base(4), base(3)]
    moved = replace(shares[0], parts=((base(1), shares[0].parts[0][1]), shares[0].parts[1]))
    assert not tally.verify_share(bare, held.public.shares[1], moved)
