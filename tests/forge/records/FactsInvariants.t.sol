// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IFacts} from "contracts/records/interfaces/IFacts.sol";
import {FactsHandler} from "tests/forge/records/FactsHandler.sol";
import {ICountedActs, LongLife} from "tests/forge/support/LongLife.sol";

/// @title What no sequence of acts breaks. That acts have two signers who are seated, follow each other without a gap
/// and go back in no time, the handler asks of each
/// forge-config: default.invariant.fail-on-revert = true
/// forge-config: default.invariant.runs = 12
contract FactsInvariantsTest is LongLife {
    uint256 private constant LIFE = 600;

    FactsHandler private _handler;
    IFacts private _facts;

    function setUp() public {
        _handler = new FactsHandler();
        _handler.start();
        _facts = _handler.contract_();
        targetContract(address(_handler));
        targetSelector(FuzzSelector(address(_handler), _selectors()));
    }

    /// @dev So nothing but what the events told, each by two signatures, moved a value.
    function invariant_AFactIsWhatItsEventsTold() public view {
        for (uint256 i; i < _handler.numberOfFacts(); ++i) {
            bytes32 fact = _handler.opened(i);
            IFacts.Record memory record = _facts.recordOf(fact);
            FactsHandler.Told memory told = _handler.told(fact);
            assertEq(record.number, told.number);
            assertEq(record.value, told.value);
            assertEq(record.at, told.at);
            assertEq(record.signers, told.signers);
            assertEq(record.seats, 7 & ~told.resigned);
            assertEq(record.m, 2);
        }
    }

    function invariant_AValueStandsWhileTwoOfItsSignersHaveSeats() public view {
        for (uint256 i; i < _handler.numberOfFacts(); ++i) {
            bytes32 fact = _handler.opened(i);
            FactsHandler.Told memory told = _handler.told(fact);
            uint256 left = told.signers & ~told.resigned;
            bool expected = left == 3 || left == 5 || left == 6 || left == 7;
            try _facts.valueOf(fact) returns (int256 value, uint256 at, uint256 number) {
                assertTrue(expected, "nobody stands for it");
                assertEq(value, told.value);
                assertEq(at, told.at);
                assertEq(number, told.number);
            } catch (bytes memory reason) {
                assertFalse(expected);
                assertEq(reason, abi.encodeWithSelector(IFacts.Facts_NoValue.selector, fact));
            }
        }
    }

    /// @notice Every act was carried out and refused, so that what holds above was put to the test.
    function test_EveryActSucceedsAndFailsInALongLife() external {
        vm.pauseGasMetering();
        for (uint256 i; i < LIFE; ++i) {
            _live(address(_handler), _selectors(), i);
        }
        invariant_AFactIsWhatItsEventsTold();
        invariant_AValueStandsWhileTwoOfItsSignersHaveSeats();
        _assertAllWasTried(ICountedActs(address(_handler)), 4);
    }

    function _selectors() private pure returns (bytes4[] memory selectors) {
        selectors = new bytes4[](5);
        selectors[0] = FactsHandler.passTime.selector;
        selectors[1] = FactsHandler.open.selector;
        selectors[2] = FactsHandler.state.selector;
        selectors[3] = FactsHandler.withdraw.selector;
        selectors[4] = FactsHandler.resign.selector;
    }
}
