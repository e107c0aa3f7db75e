// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISlipActs} from "contracts/access/interfaces/ISlipActs.sol";
import {ICurrencySlips} from "contracts/currency/interfaces/ICurrencySlips.sol";
import {IClearing} from "contracts/flows/interfaces/IClearing.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {ClearingFixture} from "tests/forge/flows/ClearingFixture.sol";
import {OwnedWallet} from "tests/forge/support/OwnedWallet.sol";

/// @title What a signature is worth: one act in one operation, once, until its deadline, in one contract on one chain
contract ClearingSlipsTest is ClearingFixture {
    /// @dev A slip that was signed, and the call that posts it: its signature is the call's last argument.
    struct Posting {
        address signer;
        bytes32 slip;
        bytes call; // but for its signature
    }

    uint256 private _deadline;
    bytes32 private _statementHash;

    function setUp() public {
        _foundStreet();
        _january();
        _deadline = block.timestamp + 1 hours;
    }

    function test_ACapIsSetBySlip() public {
        bytes memory signature = _signed(ines, _setCapSlip(ines, 1_00));
        clearing.setCap(op, ines, 1_00, _deadline, signature);
        assertEq(clearing.memberOf(op, ines).cap_cents, 1_00);
        _refusesSpent(_setCapSlip(ines, 1_00));
        clearing.setCap(op, ines, 1_00, _deadline, signature);
        _holdsToItself(Posting(jules, _setCapSlip(jules, 1_00), abi.encode(op, jules, 1_00)), IClearing.setCap.selector);
        _refusesSigner(ines);
        clearing.setCap(op, ines, 2_00, _deadline, signature);
        _refusesSigner(karim);
        clearing.setCap(op, karim, 1_00, _deadline, signature);
    }

    function test_MoneyIsTakenBySlip() public {
        bytes memory signature = _signed(ines, _takeSlip(ines, 10_00));
        vm.prank(stranger);
        clearing.take(op, ines, 10_00, _deadline, signature);
        assertEq(currency.balanceOf(ines), POCKET - PREPAID + 10_00);
        _refusesSpent(_takeSlip(ines, 10_00));
        clearing.take(op, ines, 10_00, _deadline, signature);
        _holdsToItself(Posting(jules, _takeSlip(jules, 1_00), abi.encode(op, jules, 1_00)), IClearing.take.selector);
        _refusesSigner(ines);
        clearing.take(op, ines, 11_00, _deadline, signature);
        _refusesSigner(jules);
        clearing.take(op, jules, 10_00, _deadline, signature);
    }

    function test_AMemberLeavesBySlip_AndItServesNoSecondTime() public {
        bytes memory signature = _signed(ines, _leaveSlip(ines));
        vm.prank(stranger);
        clearing.leave(op, ines, _deadline, signature);
        assertEq(currency.balanceOf(ines), POCKET);
        _join(ines);
        _refusesSpent(_leaveSlip(ines));
        clearing.leave(op, ines, _deadline, signature);
        _holdsToItself(Posting(jules, _leaveSlip(jules), abi.encode(op, jules)), IClearing.leave.selector);
        _refusesSigner(karim);
        clearing.leave(op, karim, _deadline, signature);
    }

    function test_TheOrganiserStatesBySlip_AndItServesNoSecondTime() public {
        IClearing.Statement memory statement = _statement(1);
        bytes memory signature = _signed(organiser, _stateSlip(statement));
        IClearing.Statement memory other = _statement(1);
        other.period = 2;
        _refusesStatement(other, signature);
        other = _statement(1);
        other.linesHash = "other";
        _refusesStatement(other, signature);
        other = _statement(1);
        other.readingsRoot = "other";
        _refusesStatement(other, signature);
        other = _statement(1);
        other.totalsRoot = "other";
        _refusesStatement(other, signature);
        other = _statement(1);
        other.n = 4;
        _refusesStatement(other, signature);
        other = _statement(1);
        other.uri = "ipfs://other";
        _refusesStatement(other, signature);

        vm.prank(stranger);
        clearing.state(op, statement, _deadline, signature);
        _statementHash = clearing.hashStatement(statement);
        bytes memory taken = _signed(organiser, _retractSlip());
        clearing.retract(op, _statementHash, _deadline, taken);
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_NotNext.selector, 2, 1));
        clearing.state(op, statement, _deadline, signature);
        other = _statement(1);
        _refusesStatement(other, signature);
    }

    function test_AStatementAndItsRetractionServeInOneContractOnOneChainAndInTime() public {
        IClearing.Statement memory statement = _statement(1);
        bytes32 slip = _stateSlip(statement);
        _refusesStatement(statement, _signed(stranger, slip));
        _refusesStatement(statement, _signedIn(_elsewhere(), organiser, slip));
        _refusesStatement(statement, _signedIn(_otherChain(), organiser, slip));
        bytes memory signature = _signed(organiser, slip);
        _refusesSigner(organiser);
        clearing.state(op, statement, _deadline + 1, signature);
        vm.warp(_deadline + 1);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_SlipExpired.selector, _deadline));
        clearing.state(op, statement, _deadline, signature);
        _deadline = block.timestamp;
        signature = _signed(organiser, _stateSlip(statement));
        clearing.state(op, statement, _deadline, signature);
        _statementHash = clearing.hashStatement(statement);
        bytes memory call = abi.encode(op, _statementHash);
        _holdsToItself(Posting(organiser, _retractSlip(), call), IClearing.retract.selector);
    }

    function test_AContestIsPostedByAnyone_ForItsStatementAlone() public {
        _statementHash = clearing.hashStatement(_stated(1));
        bytes memory signature = _signed(ines, _contestSlip(ines));
        _refusesSigner(ines);
        clearing.contest(op, _statementHash, ines, "another reason", _deadline, signature);
        _refusesSigner(jules);
        clearing.contest(op, _statementHash, jules, "reason", _deadline, signature);
        vm.prank(stranger);
        clearing.contest(op, _statementHash, ines, "reason", _deadline, signature);
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_AlreadyContested.selector, ines));
        clearing.contest(op, _statementHash, ines, "reason", _deadline, signature);

        bytes memory early = _signed(jules, _contestSlip(jules));
        vm.prank(organiser);
        clearing.retract(op, _statementHash, 0, "");
        _statementHash = clearing.hashStatement(_stated(1));
        _refusesSigner(jules);
        clearing.contest(op, _statementHash, jules, "reason", _deadline, early);
        bytes memory call = abi.encode(op, _statementHash, jules, bytes32("reason"));
        _holdsToItself(Posting(jules, _contestSlip(jules), call), IClearing.contest.selector);
    }

    function test_TheArbiterRulesBySlip_OnOneLine() public {
        _twoHeldLines();
        bytes memory signature = _signed(arbiter, _ruleSlip(ines, 10_00));
        _refusesSigner(arbiter);
        clearing.rule(op, 1, jules, 10_00, _deadline, signature);
        _refusesSigner(arbiter);
        clearing.rule(op, 1, ines, 11_00, _deadline, signature);
        vm.prank(stranger);
        clearing.rule(op, 1, ines, 10_00, _deadline, signature);
        assertEq(_balance(ines), PREPAID - 10_00);
        vm.expectRevert(abi.encodeWithSelector(IClearing.Clearing_NothingHeld.selector, ines));
        clearing.rule(op, 1, ines, 10_00, _deadline, signature);
        bytes memory call = abi.encode(op, 1, jules, 5_00);
        _holdsToItself(Posting(arbiter, _ruleSlip(jules, 5_00), call), IClearing.rule.selector);
    }

    function test_ADepositSlipServesOnce_ForItsOperationMemberCapAndAmount() public {
        IClearing.Terms memory terms = _terms();
        terms.rulesHash = "other rules";
        bytes32 other = clearing.open(terms);
        bytes memory signature = _depositSlip(op, lea, CAP, 40_00, "salt");
        bytes memory refusal = abi.encodeWithSelector(ICurrencySlips.LocalCurrency_InvalidSignature.selector, lea);
        _refusesDeposit(other, lea, CAP, 40_00, signature, refusal);
        _refusesDeposit(op, lea, CAP + 1, 40_00, signature, refusal);
        _refusesDeposit(op, lea, CAP, 41_00, signature, refusal);
        refusal = abi.encodeWithSelector(ICurrencySlips.LocalCurrency_InvalidSignature.selector, ines);
        _refusesDeposit(op, ines, CAP, 40_00, signature, refusal);

        clearing.depositBySlip(op, lea, CAP, 40_00, 0, type(uint256).max, "salt", signature);
        bytes32 nonce = clearing.slipNonce(clearing.depositPurpose(op, lea, CAP), "salt");
        refusal = abi.encodeWithSelector(ICurrencySlips.LocalCurrency_SlipUsed.selector, lea, nonce);
        _refusesDeposit(op, lea, CAP, 40_00, signature, refusal);
        assertEq(_balance(lea), 40_00);
    }

    function test_ADepositSlipServesInOneContract_AndInTheCurrencyNobodyPostsIt() public {
        bytes memory signature = _depositSlip(op, lea, CAP, 40_00, "salt");
        bytes32 purpose = clearing.depositPurpose(op, lea, CAP);
        assertEq(
            purpose,
            keccak256(abi.encode(_ofTerms("Deposit(Terms terms,address member,uint40 cap_cents)"), op, lea, CAP))
        );
        bytes32 nonce = clearing.slipNonce(purpose, "salt");
        ICurrencySlips.Slip memory slip =
            ICurrencySlips.Slip(lea, address(clearing), 40_00, 0, type(uint256).max, nonce, signature);
        vm.prank(stranger);
        (bool done,) = address(currency).call(_authorizedCall("receiveWithAuthorization", slip));
        assertFalse(done);
        vm.chainId(1);
        bytes memory refusal = abi.encodeWithSelector(ICurrencySlips.LocalCurrency_InvalidSignature.selector, lea);
        _refusesDeposit(op, lea, CAP, 40_00, signature, refusal);
        clearing = _another();
        vm.chainId(31_337);
        clearing.open(_terms());
        _refusesDeposit(op, lea, CAP, 40_00, signature, refusal);
    }

    function test_ASmartAccountJoinsContestsAndLeavesByItsOwnersSignature() public {
        (address owner, uint256 key) = makeAddrAndKey("owner");
        address wallet = address(new OwnedWallet(owner));
        keys[wallet] = key;
        _enrol(Kind.Citizen, wallet);
        vm.prank(treasurer);
        currency.issue(wallet, POCKET, "wallet");
        _join(wallet);
        assertEq(_balance(wallet), PREPAID);
        _statementHash = clearing.hashStatement(_stated(1));
        bytes memory signature = _signed(stranger, _contestSlip(wallet));
        _refusesSigner(wallet);
        clearing.contest(op, _statementHash, wallet, "reason", _deadline, signature);
        clearing.contest(op, _statementHash, wallet, "reason", _deadline, _signed(wallet, _contestSlip(wallet)));
        clearing.leave(op, wallet, _deadline, _signed(wallet, _leaveSlip(wallet)));
        assertEq(currency.balanceOf(wallet), POCKET);
    }

    /// @dev A call is refused with a stranger's signature, with one for another chain or contract, under another
    /// deadline, and past its own; in time it is carried out.
    function _holdsToItself(Posting memory posting, bytes4 selector) private {
        bytes memory refusal = abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, posting.signer);
        _posts(posting, selector, _deadline, _signed(stranger, posting.slip), refusal);
        _posts(posting, selector, _deadline, _signedIn(_elsewhere(), posting.signer, posting.slip), refusal);
        _posts(posting, selector, _deadline, _signedIn(_otherChain(), posting.signer, posting.slip), refusal);
        bytes memory signature = _signed(posting.signer, posting.slip);
        _posts(posting, selector, _deadline + 1, signature, refusal);
        _posts(posting, selector, _deadline, "", refusal);
        uint256 now_s = block.timestamp;
        vm.warp(_deadline + 1);
        refusal = abi.encodeWithSelector(ISlipActs.SlipActs_SlipExpired.selector, _deadline);
        _posts(posting, selector, _deadline, signature, refusal);
        vm.warp(now_s);
        _posts(posting, selector, _deadline, signature, "");
    }

    function _posts(
        Posting memory posting,
        bytes4 selector,
        uint256 deadline,
        bytes memory signature,
        bytes memory refusal
    ) private {
        uint256 head = posting.call.length + 64; // the deadline, and where the signature begins
        bytes memory call = bytes.concat(
            selector, posting.call, abi.encode(deadline, head, signature.length), signature, new bytes(31)
        );
        vm.prank(stranger);
        (bool done, bytes memory reason) = address(clearing).call(call);
        assertEq(done, refusal.length == 0);
        assertEq(reason, refusal);
    }

    function _refusesStatement(IClearing.Statement memory statement, bytes memory signature) private {
        _refusesSigner(organiser);
        clearing.state(op, statement, _deadline, signature);
    }

    function _refusesDeposit(
        bytes32 into,
        address member,
        uint40 cap_cents,
        uint64 amount_cents,
        bytes memory signature,
        bytes memory refusal
    ) private {
        vm.expectRevert(refusal);
        clearing.depositBySlip(into, member, cap_cents, amount_cents, 0, type(uint256).max, "salt", signature);
    }

    function _refusesSigner(address account) private {
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, account));
    }

    function _refusesSpent(bytes32 slip) private {
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_SlipSpent.selector, slip));
    }

    /// @dev Ines and Jules contested January.
    function _twoHeldLines() private {
        IClearing.Statement memory statement = _stated(1);
        _contested(ines);
        _contested(jules);
        _windowPasses();
        _settle(statement);
        _deadline = block.timestamp + 1 hours;
    }

    function _setCapSlip(address member, uint40 cap_cents) private view returns (bytes32) {
        bytes32 typeHash = _ofTerms("SetCap(Terms terms,address member,uint40 cap_cents,uint256 deadline)");
        return keccak256(abi.encode(typeHash, op, member, cap_cents, _deadline));
    }

    function _takeSlip(address member, uint64 amount_cents) private view returns (bytes32) {
        bytes32 typeHash = _ofTerms("Take(Terms terms,address member,uint64 amount_cents,uint256 deadline)");
        return keccak256(abi.encode(typeHash, op, member, amount_cents, _deadline));
    }

    function _leaveSlip(address member) private view returns (bytes32) {
        return
            keccak256(abi.encode(_ofTerms("Leave(Terms terms,address member,uint256 deadline)"), op, member, _deadline));
    }

    function _ruleSlip(address member, uint64 due_cents) private view returns (bytes32) {
        bytes32 typeHash = _ofTerms("Rule(Terms terms,uint32 period,address member,uint64 due_cents,uint256 deadline)");
        return keccak256(abi.encode(typeHash, op, 1, member, due_cents, _deadline));
    }

    function _stateSlip(IClearing.Statement memory statement) private view returns (bytes32) {
        bytes32 typeHash = _ofStatement("State(Terms terms,Statement statement,uint256 deadline)");
        return keccak256(abi.encode(typeHash, op, clearing.hashStatement(statement), _deadline));
    }

    function _retractSlip() private view returns (bytes32) {
        bytes32 typeHash = _ofStatement("Retract(Terms terms,Statement statement,uint256 deadline)");
        return keccak256(abi.encode(typeHash, op, _statementHash, _deadline));
    }

    function _contestSlip(address member) private view returns (bytes32) {
        bytes32 typeHash =
            _ofStatement("Contest(Terms terms,Statement statement,address member,bytes32 reasonHash,uint256 deadline)");
        return keccak256(abi.encode(typeHash, op, _statementHash, member, bytes32("reason"), _deadline));
    }
}
