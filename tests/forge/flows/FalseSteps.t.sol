// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RandomPeriods} from "tests/forge/flows/RandomPeriods.sol";

/// @title Whatever is altered of what is true, a stranger refutes
contract FalseStepsTest is RandomPeriods {
    uint256 private constant WAYS = 12;

    function setUp() public {
        _foundMeters();
    }

    /// forge-config: default.fuzz.runs = 192
    function testFuzz_WhateverIsAlteredIsRefuted(uint256 seed, uint256 way) public {
        _seed(seed);
        Period memory period = _randomPeriod(4, 4, true);
        _alter(period, way % WAYS);
        _publishAndState(period);
        assertTrue(_tryAll(period));
        assertTrue(_isVoid());
    }
}
