"""Cred: promises, evaluated in secret, burn credibility.

* `formula`: what an evaluation burns, in the same integers as contracts/credibility/Burn.sol;
* `electorate`: ballots that stand for a published degree of fulfilment;
* `evaluation`: a round over promises as a consultation;
* `history`: what the chain's events tell of a mandate;
* `report`, `export`, `chart`: what people read, CSV and JSON, a picture.
"""
