"""A consultation on a chain: the key ceremony, the vote, the count, the audit.

`beffroi.ballots` makes and checks every byte; here they are sent, read back and put into words.
One module for each act:

* `polls`: the two contracts behind a node, and all that they ever said;
* `subject`: the question, its options and its rule, and how the chain refers to them;
* `ceremony`: the trustees make a key that none of them holds;
* `opening`: a consultation is opened over a sealed roll;
* `casting`: one's own ballot, cast or signed as a slip;
* `posting`: the slips of many, in batches;
* `counting`: closing, the result;
* `sharing`: a trustee's share of the totals, given after she has audited what she opens;
* `grounds`: what an audit stood on, and the line that two auditors compare;
* `checking`: the audit and the voter's receipt;
* `challenge`: a ballot opened instead of cast;
* `keyring`: a trustee's key file;
* `desk`: what the scripts share.
"""
