// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Slips} from "contracts/vote/Slips.sol";
import {IConsultations} from "contracts/vote/interfaces/IConsultations.sol";
import {AccountMock} from "tests/forge/vote/AccountMock.sol";
import {VoteFixture} from "tests/forge/vote/VoteFixture.sol";

/// @dev A poster who leaves too little gas, a voter's smart account that takes all of it, and one that is borrowed.
contract StarvedSignaturesTest is VoteFixture {
    uint256 private constant SMART = 13;
    uint256 private id;
    AccountMock private account = new AccountMock();

    function setUp() public override {
        super.setUp();
        id = _openWith(_yesNo());
    }

    function _voter(uint256 index) internal view override returns (address) {
        return index == SMART ? address(account) : super._voter(index);
    }

    function test_RunningOutOfGasIsNeverARefusal() public {
        bytes memory records = _signedRecord(id, 1, 0);
        bytes32[] memory proof = _rollProof(1);
        bool counted;
        for (uint256 gasLimit = 20_000; !counted; gasLimit += 1_000) {
            try box.castBatch{gas: gasLimit}(id, records, proof) {
                counted = true;
            } catch {}
        }
        assertEq(box.ballots(id), 1, "the first call that went through counted it");
    }

    function test_ASmartAccountsAnswerIsHeardWhateverTheGas() public {
        bytes memory ballot = _ballotOf(id, SMART, 0, _one(0));
        bytes32 structHash = keccak256(abi.encode(Slips.TYPE_HASH, id, address(account), 0, keccak256(ballot)));
        account.accept(keccak256(abi.encodePacked(hex"1901", box.slipDomain(), structHash)));
        bytes memory one_ = _record(SMART, 0, address(account), "a signature of its own", ballot);
        bytes32[] memory proof = _rollProof(SMART);
        bool counted;
        for (uint256 gasLimit = 20_000; !counted; gasLimit += 1_000) {
            try box.castBatch{gas: gasLimit}(id, one_, proof) {
                counted = true;
            } catch {}
        }
        assertEq(box.ballots(id), 1);
    }

    function test_AVotersKeyThatBorrowsCodeSignsByItselfAlone() public {
        vm.etch(_voter(1), abi.encodePacked(hex"ef0100", account));
        bytes memory ballot = _ballotOf(id, 1, 0, _one(0));
        AccountMock(_voter(1))
            .accept(keccak256(abi.encodePacked(hex"1901", box.slipDomain(), _ballotHash(id, 1, 0, ballot))));
        bytes memory one_ = _record(1, 0, _voter(1), "what the code says yes to", ballot);
        _assertRefused(id, one_, IConsultations.Refusal.Signature);
        _deliver(id, 1, ballot, _rollProof(1));
        assertEq(box.ballots(id), 1);
    }

    function test_ASmartAccountThatRefusesOrBurnsGasIsNamed() public {
        bytes memory ballot = _ballotOf(id, SMART, 0, _one(0));
        bytes memory one_ = _record(SMART, 0, address(account), "a signature of its own", ballot);
        _assertRefused(id, one_, IConsultations.Refusal.Signature);
        account.turnGreedy();
        _assertRefused(id, one_, IConsultations.Refusal.Signature);
    }
}
