// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IFacts} from "contracts/records/interfaces/IFacts.sol";

/// @title A rent that follows an index of its tenant's and landlord's choice: what reads a fact as contracts do
contract IndexedRent {
    uint256 private constant MAX_AGE = 100 days; // a quarter's, and some days

    IFacts public immutable facts;
    bytes32 public immutable index;
    uint256 public immutable rent_cents;
    uint256 public immutable base;

    constructor(IFacts facts_, IFacts.Fact memory index_, uint256 rent_cents_) {
        (facts, index, rent_cents) = (facts_, facts_.nameOf(index_), rent_cents_);
        base = uint256(facts.freshValueOf(index, MAX_AGE));
    }

    /// @notice What is due now, rounded down.
    function due_cents() external view returns (uint256) {
        return rent_cents * uint256(facts.freshValueOf(index, MAX_AGE)) / base;
    }
}
