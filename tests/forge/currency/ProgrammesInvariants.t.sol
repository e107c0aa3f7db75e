// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Programmes} from "contracts/currency/Programmes.sol";
import {IProgrammes} from "contracts/currency/interfaces/IProgrammes.sol";
import {ProgrammesHandler} from "tests/forge/currency/ProgrammesHandler.sol";
import {ICountedActs, LongLife} from "tests/forge/support/LongLife.sol";

/// @title What no sequence of acts breaks. That nobody spends more than her allowance and grants, at another
/// merchant's, once it is over or with a key that was voided, the handler asks of each spend
/// forge-config: default.invariant.fail-on-revert = true
/// forge-config: default.invariant.runs = 12
contract ProgrammesInvariantsTest is LongLife {
    uint256 private constant LIFE = 3_000;

    ProgrammesHandler private _handler;
    Programmes private _programmes;

    function setUp() public {
        _handler = new ProgrammesHandler();
        _handler.start();
        _programmes = _handler.contract_();
        targetContract(address(_handler));
        targetSelector(FuzzSelector(address(_handler), _selectors()));
    }

    function invariant_WhatIsLeftInAllProgrammesIsTheMoneyThatIsHeld() public view {
        uint256 sum_cents = _handler.owed();
        for (uint256 i; i < _handler.numberOfProgrammes(); ++i) {
            IProgrammes.Programme memory has = _programmes.programmeOf(_handler.ran(i));
            sum_cents += uint256(has.left) * has.unit_cents;
        }
        assertEq(_handler.money(), sum_cents);
    }

    function invariant_FundedIsSpentLessRefundedAndWhatIsLeft() public view {
        for (uint256 i; i < _handler.numberOfProgrammes(); ++i) {
            IProgrammes.Programme memory has = _programmes.programmeOf(_handler.ran(i));
            ProgrammesHandler.Told memory told = _handler.told(_handler.ran(i));
            assertEq(has.funded, told.funded);
            assertEq(has.spent, told.spent);
            assertEq(has.refunded, told.refunded);
            if (has.unit_cents == 0) assertEq(has.left, 0);
            else assertEq(told.funded + told.refunded, told.spent + has.left + told.reclaimed);
        }
    }

    function invariant_ClaimedIsAtMostAnnounced_AndAnnouncedAtMostFunded() public view {
        for (uint256 i; i < _handler.numberOfProgrammes(); ++i) {
            IProgrammes.Programme memory has = _programmes.programmeOf(_handler.ran(i));
            ProgrammesHandler.Told memory told = _handler.told(_handler.ran(i));
            assertEq(has.claimed, told.claimed);
            assertLe(has.claimed, has.total);
            assertEq(has.announced, uint256(has.total) * has.periods + told.granted + told.allowed);
            if (has.unit_cents != 0) assertLe(has.announced, has.funded);
        }
    }

    function invariant_WhatWasGrantedIsSpentBeyondAllowancesAlone() public view {
        for (uint256 i; i < _handler.numberOfProgrammes(); ++i) {
            for (uint256 n; n < 4; ++n) {
                (uint256 told, uint256 kept) = _handler.grants(_handler.ran(i), _handler.people(n));
                assertEq(told, kept);
            }
        }
    }

    /// @dev However it went, what is left goes back: what could not be paid waits for its payee alone.
    function afterInvariant() public {
        _handler.empty();
        assertEq(_handler.money(), _handler.owed());
    }

    /// @notice Every act was carried out and refused, so that what holds above was put to the test.
    function test_EveryActSucceedsAndFailsInALongLife() external {
        vm.pauseGasMetering();
        for (uint256 i; i < LIFE; ++i) {
            _live(address(_handler), _selectors(), i);
        }
        invariant_WhatIsLeftInAllProgrammesIsTheMoneyThatIsHeld();
        invariant_FundedIsSpentLessRefundedAndWhatIsLeft();
        invariant_ClaimedIsAtMostAnnounced_AndAnnouncedAtMostFunded();
        invariant_WhatWasGrantedIsSpentBeyondAllowancesAlone();
        _assertAllWasTried(ICountedActs(address(_handler)), 11);
        afterInvariant();
    }

    function _selectors() private pure returns (bytes4[] memory selectors) {
        selectors = new bytes4[](16);
        (selectors[0], selectors[1]) = (ProgrammesHandler.passTime.selector, ProgrammesHandler.renew.selector);
        (selectors[2], selectors[3]) = (ProgrammesHandler.spend.selector, ProgrammesHandler.spend.selector);
        (selectors[4], selectors[5]) = (ProgrammesHandler.spend.selector, ProgrammesHandler.spendBatch.selector);
        (selectors[6], selectors[7]) = (ProgrammesHandler.refund.selector, ProgrammesHandler.refund.selector);
        selectors[8] = ProgrammesHandler.fund.selector;
        selectors[9] = ProgrammesHandler.allow.selector;
        selectors[10] = ProgrammesHandler.grant.selector;
        selectors[11] = ProgrammesHandler.void.selector;
        selectors[12] = ProgrammesHandler.accredit.selector;
        selectors[13] = ProgrammesHandler.reclaim.selector;
        selectors[14] = ProgrammesHandler.withdraw.selector;
        selectors[15] = ProgrammesHandler.suspend.selector;
    }
}
