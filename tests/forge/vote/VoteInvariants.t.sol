// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";
import {console} from "forge-std/console.sol";

import {Point} from "contracts/vote/Point.sol";
import {IResults} from "contracts/vote/interfaces/IResults.sol";
import {VoteHandler} from "tests/forge/vote/VoteHandler.sol";

/// forge-config: default.invariant.runs = 24
/// forge-config: default.invariant.depth = 80
contract VoteInvariantsTest is Test {
    VoteHandler private handler;

    function setUp() public {
        handler = new VoteHandler();
        handler.start();
        bytes4[] memory selectors = new bytes4[](9);
        selectors[0] = VoteHandler.castOne.selector;
        selectors[1] = VoteHandler.castTwo.selector;
        selectors[2] = VoteHandler.castAgain.selector;
        selectors[3] = VoteHandler.elapse.selector;
        selectors[4] = VoteHandler.close.selector;
        selectors[5] = VoteHandler.submitShare.selector;
        selectors[6] = VoteHandler.finalise.selector;
        selectors[7] = VoteHandler.elapse.selector;
        selectors[8] = VoteHandler.castOne.selector;
        targetContract(address(handler));
        targetSelector(FuzzSelector(address(handler), selectors));
    }

    /// @dev One campaign looks at all after each act: a campaign for each would hold the same vote five times.
    function invariant_TotalsLeavesPhasesAndResultAgree() public {
        _totalsAreTheSumOfTheBallotsThatCount();
        _eachLeafCountsOnce();
        assertFalse(handler.sharedEarly(), "a share before closing");
        assertFalse(handler.wentBack(), "a phase went back");
        _aResultIsTheSum();
    }

    function afterInvariant() external view {
        console.log("cast / counted", handler.calls("cast"), handler.calls("cast counted"));
        console.log("batch / ballots counted", handler.calls("batch"), handler.calls("batch counted"));
        console.log("re-vote / counted", handler.calls("re-vote"), handler.calls("re-vote counted"));
        console.log("close / closed", handler.calls("close"), handler.calls("closed"));
        console.log("share / accepted", handler.calls("share"), handler.calls("share accepted"));
        console.log("finalise / tallied", handler.calls("finalise"), handler.calls("tallied"));
    }

    function _totalsAreTheSumOfTheBallotsThatCount() private {
        (Point memory R, Point memory S) = handler.expected();
        Point memory total = handler.total(0);
        assertEq(total.x, R.x);
        assertEq(total.y, R.y);
        total = handler.total(1);
        assertEq(total.x, S.x);
        assertEq(total.y, S.y);
    }

    function _eachLeafCountsOnce() private view {
        uint256 voted;
        for (uint256 index; index < 16; ++index) {
            (bool counted,,,,,) = handler.votes(index);
            assertEq(handler.hasVoted(index), counted);
            if (counted) ++voted;
        }
        assertEq(handler.ballots(), voted);
        assertFalse(handler.cheated());
    }

    function _aResultIsTheSum() private view {
        if (handler.status() != uint256(IResults.Status.Tallied)) return;
        uint256[] memory counts = handler.countsOf();
        assertEq(counts[0] + (counts[1] << 24), handler.sumMessages());
    }
}
