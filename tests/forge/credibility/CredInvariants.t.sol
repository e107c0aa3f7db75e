// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Test} from "forge-std/Test.sol";
import {console} from "forge-std/console.sol";

import {Promises} from "contracts/credibility/Promises.sol";
import {IPromises} from "contracts/credibility/interfaces/IPromises.sol";
import {CredHandler} from "tests/forge/credibility/CredHandler.sol";

/// forge-config: default.invariant.fail-on-revert = true
contract CredInvariantsTest is Test {
    CredHandler private _handler;
    Promises private _promises;
    IERC20 private _cred;

    function setUp() public {
        _handler = new CredHandler();
        _handler.start();
        (_promises, _cred) = _handler.contracts();
        targetContract(address(_handler));
        bytes4[] memory selectors = _selectors();
        targetSelector(FuzzSelector(address(_handler), selectors));
    }

    function invariant_BurntAndRemainingAreWhatWasMinted() public view {
        uint256 capital;
        for (uint256 mandate = 1; mandate <= _promises.mandates(); ++mandate) {
            IPromises.Mandate memory current = _promises.mandateOf(mandate);
            uint256 burnt;
            uint256 staked;
            for (uint256 i; i < current.promiseCount; ++i) {
                IPromises.Promise memory promised = _promises.promiseOf(mandate, i);
                assertLe(promised.burnt + promised.frozen, promised.stake, "burnt and frozen more than the stake");
                burnt += promised.burnt;
                staked += promised.stake;
            }
            assertEq(burnt, _handler.burntByEvents(mandate), "the events tell another burn");
            if (current.endsAt == 0) assertEq(current.capital, 0, "a cancelled mandate has Cred");
            if (current.promiseCount == 0 || current.endsAt == 0) continue;
            assertEq(staked, current.supply, "the stakes are not the supply");
            assertEq(current.capital + burnt, current.supply, "burnt and remaining are not what was minted");
            capital += current.capital;
        }
        assertEq(_cred.totalSupply(), capital, "the token is not the capital");
    }

    function invariant_APromiseIsSettledOnceAndOnceMoreWhereItWasEarly() public view {
        for (uint256 mandate = 1; mandate <= _promises.mandates(); ++mandate) {
            for (uint256 i; i < _promises.mandateOf(mandate).promiseCount; ++i) {
                IPromises.State state = _promises.promiseOf(mandate, i).state;
                uint256 settlements = _handler.settlements(mandate, i);
                if (state == IPromises.State.SettledEarly) assertEq(settlements, 1);
                else if (state == IPromises.State.Settled) assertTrue(settlements == 1 || settlements == 2);
                else if (state == IPromises.State.Pledged) assertEq(settlements, 0);
                else assertLe(settlements, 1);
            }
        }
    }

    function invariant_WhatIsFrozenIsLeftAndNobodyJudgedIt() public view {
        for (uint256 mandate = 1; mandate <= _promises.mandates(); ++mandate) {
            IPromises.Mandate memory current = _promises.mandateOf(mandate);
            uint256 frozen;
            for (uint256 i; i < current.promiseCount; ++i) {
                IPromises.Promise memory promised = _promises.promiseOf(mandate, i);
                if (promised.state == IPromises.State.Unjudged) {
                    assertEq(promised.frozen, promised.stake - promised.burnt, "what is left is not frozen");
                }
                frozen += promised.frozen;
            }
            assertEq(current.frozen, current.endsAt == 0 ? 0 : frozen);
            assertLe(current.frozen, current.capital);
        }
    }

    function invariant_OnlyASettlementBurnsAndNobodyTransfers() public view {
        assertEq(_handler.burntOutsideSettle(), 0);
        uint256 held;
        for (uint256 i; i < 3; ++i) {
            address subject = _handler.subjects(i);
            assertLe(_cred.balanceOf(subject), _handler.minted(subject));
            held += _cred.balanceOf(subject);
        }
        assertEq(held, _cred.totalSupply(), "somebody else holds Cred");
    }

    /// @notice Every act was carried out and refused, so that what holds above was put to the test.
    function test_EveryActSucceedsAndFailsInALongLife() external {
        vm.pauseGasMetering();
        bytes4[] memory selectors = _selectors();
        for (uint256 i; i < 6_000; ++i) {
            uint256 seed = uint256(keccak256(abi.encode(i)));
            bytes4 selector = selectors[seed % selectors.length];
            (bool done, bytes memory reason) = address(_handler)
                .call(abi.encodePacked(selector, _word(seed, 1), _word(seed, 2), _word(seed, 3), _word(seed, 4)));
            require(done, string(reason));
        }
        invariant_BurntAndRemainingAreWhatWasMinted();
        invariant_APromiseIsSettledOnceAndOnceMoreWhereItWasEarly();
        invariant_WhatIsFrozenIsLeftAndNobodyJudgedIt();
        invariant_OnlyASettlementBurnsAndNobodyTransfers();
        console.log("act                 done  refused");
        for (uint256 i; i < _handler.numberOfActs(); ++i) {
            string memory act = _handler.acts(i);
            console.log(act, _handler.succeeded(act), _handler.refused(act));
            assertGt(_handler.refused(act), 0, string.concat(act, " was never refused"));
            if (keccak256(bytes(act)) == keccak256("meddle")) assertEq(_handler.succeeded(act), 0, "somebody meddled");
            else assertGt(_handler.succeeded(act), 0, string.concat(act, " never succeeded"));
        }
        assertEq(_handler.numberOfActs(), 16, "an act was never tried");
    }

    /// @dev A flag must be 0 or 1: the third word serves as one.
    function _word(uint256 seed, uint256 place) private pure returns (uint256) {
        uint256 word = uint256(keccak256(abi.encode(seed, place)));
        return place == 3 ? word % 2 : word;
    }

    function _selectors() private pure returns (bytes4[] memory selectors) {
        selectors = new bytes4[](21);
        selectors[0] = CredHandler.passTime.selector;
        selectors[1] = CredHandler.openMandate.selector;
        selectors[2] = CredHandler.pledge.selector;
        selectors[3] = CredHandler.bringEvidence.selector;
        selectors[4] = CredHandler.attach.selector;
        selectors[5] = CredHandler.conclude.selector;
        selectors[6] = CredHandler.publish.selector;
        selectors[7] = CredHandler.appeal.selector;
        selectors[8] = CredHandler.petition.selector;
        selectors[9] = CredHandler.rule.selector;
        selectors[10] = CredHandler.release.selector;
        selectors[11] = CredHandler.petition.selector;
        selectors[12] = CredHandler.settle.selector;
        selectors[13] = CredHandler.meddle.selector;
        selectors[14] = CredHandler.attach.selector;
        selectors[15] = CredHandler.conclude.selector;
        selectors[16] = CredHandler.endMandate.selector;
        selectors[17] = CredHandler.cancelMandate.selector;
        selectors[18] = CredHandler.makeKeys.selector;
        selectors[19] = CredHandler.callEvaluation.selector;
        selectors[20] = CredHandler.declareUnjudged.selector;
    }
}
