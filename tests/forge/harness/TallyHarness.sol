// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Dleq} from "contracts/vote/Dleq.sol";
import {Point} from "contracts/vote/Point.sol";
import {Tally} from "contracts/vote/Tally.sol";

/// @notice The library behind a door; this contract is "consultations" in a share's context.
contract TallyHarness {
    function isShare(Tally.Statement memory about, Point memory D, Dleq.Proof calldata proof)
        external
        view
        returns (bool)
    {
        return Tally.isShare(about, D, proof);
    }

    function opens(uint256[] memory indices, Point[] memory shares, Point memory S, uint256 m)
        external
        pure
        returns (bool)
    {
        return Tally.opens(Tally.lagrange(indices), shares, S, m);
    }

    function lagrange(uint256[] memory indices)
        external
        pure
        returns (uint256[] memory weights, bool[] memory negative, uint256 delta)
    {
        Tally.Interpolation memory at0 = Tally.lagrange(indices);
        return (at0.weights, at0.negative, at0.delta);
    }
}
