// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {PosterHandler} from "tests/forge/adversaries/PosterHandler.sol";
import {LongLife} from "tests/forge/support/LongLife.sol";

/// @title Whoever posts can refuse to post, and nothing else
contract PosterTest is LongLife {
    uint256 private constant MOMENTS = 200;

    PosterHandler private handler;
    bytes4[] private selectors;

    function setUp() public {
        handler = new PosterHandler();
        selectors = [
            PosterHandler.post.selector,
            PosterHandler.postWhole.selector,
            PosterHandler.graft.selector,
            PosterHandler.damage.selector,
            PosterHandler.starve.selector,
            PosterHandler.batch.selector,
            PosterHandler.cutShort.selector,
            PosterHandler.pass.selector
        ];
        targetContract(address(handler));
        targetSelector(FuzzSelector(address(handler), selectors));
    }

    function test_ALongLifeSpendsEachSlipOnceAsItWasSigned() public {
        for (uint256 moment; moment < MOMENTS; ++moment) {
            _live(address(handler), selectors, moment);
            invariant_EachPaidWhatItsUsedSlipsSay();
            invariant_ABatchLeavesOutNoGoodSlip();
        }
        assertGt(handler.succeeded("post") + handler.succeeded("batch") + handler.succeeded("starve"), 0);
        string[5] memory acts = ["post", "graft", "damage", "starve", "batch"];
        for (uint256 i; i < acts.length; ++i) {
            assertGt(handler.refused(acts[i]), 0, acts[i]);
        }
    }

    /// forge-config: default.invariant.runs = 16
    function invariant_EachPaidWhatItsUsedSlipsSay() public view {
        for (uint256 i; i < 3; ++i) {
            address account = handler.people(i);
            assertEq(handler.has(account), handler.owed(account));
        }
    }

    /// forge-config: default.invariant.runs = 16
    function invariant_ABatchLeavesOutNoGoodSlip() public view {
        assertEq(handler.leftOut(), "");
    }

    /// @dev Nothing that a poster does uses a slip up without paying it.
    function afterInvariant() public {
        assertTrue(handler.postTheRest(), "a good slip was spoilt");
    }
}
