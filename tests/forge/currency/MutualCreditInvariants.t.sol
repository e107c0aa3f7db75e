// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MutualCredit} from "contracts/currency/MutualCredit.sol";
import {IMutualCredit} from "contracts/currency/interfaces/IMutualCredit.sol";
import {Standing} from "contracts/residents/interfaces/IResidents.sol";
import {MutualCreditHandler} from "tests/forge/currency/MutualCreditHandler.sol";
import {ICountedActs, LongLife} from "tests/forge/support/LongLife.sol";

/// @title What no sequence of acts breaks. That after a payment −floor ≤ b ≤ ceiling, that nobody comes below her own
/// floor by vouching, and that no money moves where credit is refused, the handler asks of each act
/// forge-config: default.invariant.fail-on-revert = true
/// forge-config: default.invariant.runs = 12
contract MutualCreditInvariantsTest is LongLife {
    uint256 private constant LIFE = 3_000;

    MutualCreditHandler private _handler;
    MutualCredit private _circle;

    function setUp() public {
        _handler = new MutualCreditHandler();
        _handler.start();
        _circle = _handler.contract_();
        targetContract(address(_handler));
        targetSelector(FuzzSelector(address(_handler), _selectors()));
    }

    function invariant_BalancesSumToZero_AndAreWhatTheEventsTold() public view {
        int256 sum;
        for (uint256 i; i < _handler.numberOfPeople(); ++i) {
            address key = _handler.people(i);
            int256 balance = _circle.memberOf(key).balance;
            assertEq(balance, _handler.told(key));
            sum += balance;
        }
        assertEq(sum, 0);
    }

    function invariant_VouchesSumToZero_AndAreWhatEachPairAgreed() public view {
        int256 sum;
        for (uint256 i; i < _handler.numberOfPeople(); ++i) {
            address key = _handler.people(i);
            address name = _handler.nameOf(key);
            uint256 got;
            uint256 given;
            for (uint256 j; j < _handler.numberOfPeople(); ++j) {
                address other = _handler.nameOf(_handler.people(j));
                got += _circle.vouchOf(other, name);
                given += _circle.vouchOf(name, other);
            }
            IMutualCredit.CreditMember memory member = _circle.memberOf(key);
            assertEq(member.vouchedFor, got);
            assertEq(member.vouched, int256(got) - int256(given));
            sum += member.vouched;
        }
        assertEq(sum, 0);
    }

    function invariant_WhoIsNotActiveMayOweNothing() public view {
        for (uint256 i; i < _handler.numberOfPeople(); ++i) {
            IMutualCredit.CreditMember memory member = _circle.memberOf(_handler.people(i));
            if (member.standing != Standing.Active) assertEq(member.mostDebt, 0);
        }
    }

    /// @notice Every act was carried out and refused, so that what holds above was put to the test.
    function test_EveryActSucceedsAndFailsInALongLife() external {
        vm.pauseGasMetering();
        for (uint256 i; i < LIFE; ++i) {
            _live(address(_handler), _selectors(), i);
        }
        invariant_BalancesSumToZero_AndAreWhatTheEventsTold();
        invariant_VouchesSumToZero_AndAreWhatEachPairAgreed();
        invariant_WhoIsNotActiveMayOweNothing();
        _assertAllWasTried(ICountedActs(address(_handler)), 9);
    }

    function _selectors() private pure returns (bytes4[] memory selectors) {
        selectors = new bytes4[](16);
        (selectors[0], selectors[1]) = (MutualCreditHandler.passTime.selector, MutualCreditHandler.pay.selector);
        selectors[2] = MutualCreditHandler.payBySlip.selector;
        selectors[3] = MutualCreditHandler.payMixed.selector;
        selectors[4] = MutualCreditHandler.batch.selector;
        selectors[5] = MutualCreditHandler.setLimits.selector;
        selectors[6] = MutualCreditHandler.vouch.selector;
        selectors[7] = MutualCreditHandler.vouch.selector;
        selectors[8] = MutualCreditHandler.unvouch.selector;
        selectors[9] = MutualCreditHandler.call.selector;
        selectors[10] = MutualCreditHandler.writeOff.selector;
        selectors[11] = MutualCreditHandler.leave.selector;
        selectors[12] = MutualCreditHandler.suspend.selector;
        selectors[13] = MutualCreditHandler.recover.selector;
        selectors[14] = MutualCreditHandler.setLimits.selector;
        selectors[15] = MutualCreditHandler.payMixed.selector;
    }
}
