// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Clearing} from "contracts/flows/Clearing.sol";
import {IClearing} from "contracts/flows/interfaces/IClearing.sol";
import {ClearingHandler} from "tests/forge/flows/ClearingHandler.sol";
import {ICountedActs, LongLife} from "tests/forge/support/LongLife.sol";

/// @title What no sequence of acts breaks. That no debit is above its cap, or stated before its mandate, that what is
/// contested is held and nothing else, and that no period is settled twice, the handler asks of each settlement
/// forge-config: default.invariant.fail-on-revert = true
/// forge-config: default.invariant.runs = 12
contract ClearingInvariantsTest is LongLife {
    uint256 private constant LIFE = 3_000;

    ClearingHandler private _handler;
    Clearing private _clearing;

    function setUp() public {
        _handler = new ClearingHandler();
        _handler.start();
        _clearing = _handler.contract_();
        targetContract(address(_handler));
        targetSelector(FuzzSelector(address(_handler), _selectors()));
    }

    /// @dev So lines sum to zero, no cent is made or lost, and nobody's money moved by what no event tells.
    function invariant_EachHasWhatTheEventsTold_AndTheContractHoldsTheSum() public view {
        uint256 sum_cents;
        for (uint256 k; k < 2; ++k) {
            bytes32 op = _handler.ops(k);
            for (uint256 i; i < 6; ++i) {
                address member = _handler.people(i);
                IClearing.Member memory has = _clearing.memberOf(op, member);
                ClearingHandler.Told memory told = _handler.told(op, member);
                assertEq(int256(uint256(has.balance_cents)), told.balance_cents);
                assertEq(int256(uint256(has.held_cents)), told.held_cents);
                assertEq(has.cap_cents, told.cap_cents);
                assertEq(has.contested, told.contested);
                assertEq(has.mandatedAt, told.mandatedAt);
                sum_cents += uint256(has.balance_cents) + has.held_cents;
                if (k == 0) sum_cents += _clearing.owedTo(member);
            }
        }
        assertEq(_handler.money(), sum_cents);
    }

    function invariant_WhatIsHeldIsTheSumOfHeldLines() public view {
        for (uint256 k; k < 2; ++k) {
            bytes32 op = _handler.ops(k);
            uint256 last = _handler.settledPeriod(op);
            assertEq(_clearing.operationOf(op).clock.settledPeriod, last);
            for (uint256 i; i < 6; ++i) {
                address member = _handler.people(i);
                uint256 held_cents;
                for (uint32 period = 1; period <= last; ++period) {
                    held_cents += _clearing.heldLineOf(op, period, member).held_cents;
                }
                assertEq(_clearing.memberOf(op, member).held_cents, held_cents);
            }
        }
    }

    /// @dev However it went, everybody takes what is hers: what could not be paid waits for its payee alone.
    function afterInvariant() public {
        _handler.empty();
        uint256 waiting_cents;
        for (uint256 i; i < 6; ++i) {
            waiting_cents += _clearing.owedTo(_handler.people(i));
        }
        assertEq(_handler.money(), waiting_cents);
    }

    /// @notice Every act was carried out and refused, so that what holds above was put to the test.
    function test_EveryActSucceedsAndFailsInALongLife() external {
        vm.pauseGasMetering();
        for (uint256 i; i < LIFE; ++i) {
            _live(address(_handler), _selectors(), i);
        }
        invariant_EachHasWhatTheEventsTold_AndTheContractHoldsTheSum();
        invariant_WhatIsHeldIsTheSumOfHeldLines();
        _assertAllWasTried(ICountedActs(address(_handler)), 12);
        afterInvariant();
    }

    function _selectors() private pure returns (bytes4[] memory selectors) {
        selectors = new bytes4[](16);
        (selectors[0], selectors[1]) = (ClearingHandler.passTime.selector, ClearingHandler.passTime.selector);
        (selectors[2], selectors[3]) = (ClearingHandler.deposit.selector, ClearingHandler.deposit.selector);
        (selectors[4], selectors[5]) = (ClearingHandler.contest.selector, ClearingHandler.settle.selector);
        selectors[6] = ClearingHandler.setCap.selector;
        selectors[7] = ClearingHandler.take.selector;
        selectors[8] = ClearingHandler.leave.selector;
        selectors[9] = ClearingHandler.state.selector;
        selectors[10] = ClearingHandler.retract.selector;
        selectors[11] = ClearingHandler.voidStatement.selector;
        selectors[12] = ClearingHandler.rule.selector;
        selectors[13] = ClearingHandler.release.selector;
        selectors[14] = ClearingHandler.withdraw.selector;
        selectors[15] = ClearingHandler.freeze.selector;
    }
}
