"""Voters whose accounts are contracts that say yes when they are asked, and burn what they are given when mined."""

from dataclasses import replace

TWO_FACED = "0x3a156009575b6005565b631626ba7e60e01b5f5260205ff3"
"""Code that says yes where gas costs nothing, as in a call that estimates, and goes in circles elsewhere."""
BURNERS, HONEST = 20, 6


def test_whose_accounts_burn_when_mined_keep_nobody_else_of_a_batch_from_counting(station):
    hall = station.hall
    vote = hall.consult(BURNERS + HONEST, key=hall.key())
    slips = [vote.slip(index, 0) for index in range(BURNERS + HONEST)]
    for index in range(BURNERS):
        hall.polls.rpc.call("anvil_setCode", vote.keys[index].address, TWO_FACED)
        slips[index] = replace(slips[index], signature=b"\1")
    posted = hall.post(vote, slips)
    assert (posted.counted, set(posted.refused)) == (HONEST, set(range(BURNERS)))
