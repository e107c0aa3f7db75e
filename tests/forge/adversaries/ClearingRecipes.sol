// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ITill} from "contracts/currency/interfaces/ITill.sol";
import {IClearing} from "contracts/flows/interfaces/IClearing.sol";
import {Act} from "tests/forge/adversaries/Acts.sol";
import {FactRecipes} from "tests/forge/adversaries/FactRecipes.sol";

/// @title How the acts of clearing succeed: Rita organises, Sam rules, a newcomer pays; they stand for the street's
abstract contract ClearingRecipes is FactRecipes {
    string private constant STATEMENT =
        "Statement(uint32 number,uint32 period,bytes32 linesHash,uint32 n,bytes32 readingsRoot,bytes32 totalsRoot,string uri)";
    uint64 private constant SOME = 1_00;

    function setUp() public virtual override {
        super.setUp();
        address at = address(clearing);
        _add(at, IClearing.contest.selector, _contest);
        _add(at, IClearing.deposit.selector, _deposit);
        _add(at, IClearing.depositBySlip.selector, _depositBySlip);
        _add(at, IClearing.leave.selector, _leave);
        _add(at, IClearing.open.selector, _openOne);
        _add(at, IClearing.release.selector, _releaseLine);
        _add(at, IClearing.retract.selector, _retractStatement);
        _add(at, IClearing.rule.selector, _ruleOnLine);
        _add(at, IClearing.setCap.selector, _setCap);
        _add(at, IClearing.settle.selector, _settlePeriod);
        _add(at, IClearing.state.selector, _statePeriod);
        _add(at, IClearing.take.selector, _take);
        _add(at, IClearing.voidStatement.selector, _voidStatement);
        _add(at, ITill.withdraw.selector, _withdrawCredit);
        _add(at, ITill.withdrawTo.selector, _withdrawCreditTo);

        _addSlip("a contest", at, _contestBySlip);
        _addSlip("a deposit", at, _depositBySlip);
        _addSlip("a member's leave", at, _leaveBySlip);
        _addSlip("a statement's end", at, _retractStatementBySlip);
        _addSlip("a ruling", at, _ruleBySlip);
        _addSlip("a cap", at, _setCapBySlip);
        _addSlip("a statement", at, _stateBySlip);
        _addSlip("a member's money", at, _takeBySlip);
        _addSlip("a credit", at, _withdrawCreditTo);
    }

    /// @dev An operation that the newcomer has joined, refuted by Meters or by a key.
    function _ownOperation(address refuter_) internal returns (Operation memory own) {
        own = _openOperation(IClearing.Terms(rita, sam, refuter_, CONTEST_H, RULE_H, _paper()));
        (own.payer, own.payee) = (_citizen(), rita);
        _prepay(own.op, own.payer, CAP);
    }

    function _joined() private returns (Operation memory) {
        return _ownOperation(address(meters));
    }

    /// @dev The number of the street's last statement.
    function _number() internal view returns (uint32) {
        return clearing.operationOf(street.op).clock.number;
    }

    /// @dev The next statement will have this number, as the bystanders' has.
    function _advance(Operation memory own, uint32 number) internal {
        for (uint32 before = 1; before < number; ++before) {
            bytes32 statementHash = _state(own, before);
            vm.prank(rita);
            clearing.retract(own.op, statementHash, 0, "");
        }
    }

    /// @dev The first period, whose debit the newcomer contested, is settled.
    function _held() private returns (Operation memory own) {
        own = _joined();
        bytes32 statementHash = _state(own, FIRST);
        vm.prank(own.payer);
        clearing.contest(own.op, statementHash, own.payer, "reason", 0, "");
        _windowPasses();
        clearing.settle(own.op, _bill(own, FIRST), _linesOf(own, DEBIT));
    }

    /// @dev A call on one's own affairs, and the one on the bystanders' for which it stands.
    function _alike(bytes memory own, bytes memory theirs) internal returns (bytes memory) {
        _standsFor(_slice(own, 4, own.length), _slice(theirs, 4, theirs.length));
        return own;
    }

    function _openOne() private returns (Act memory) {
        IClearing.Terms memory own = IClearing.Terms(rita, sam, address(meters), CONTEST_H, RULE_H, _paper());
        return _ofAnyone(_alike(abi.encodeCall(IClearing.open, (own)), abi.encodeCall(IClearing.open, (street.terms))));
    }

    function _deposit() private returns (Act memory) {
        Operation memory own = _joined();
        _mint(own.payer, SOME);
        vm.prank(own.payer);
        currency.approve(address(clearing), SOME);
        bytes memory theirs = abi.encodeCall(IClearing.deposit, (street.op, alice, 2 * CAP, SOME));
        return _ofParty(own.payer, _alike(abi.encodeCall(IClearing.deposit, (own.op, own.payer, CAP, SOME)), theirs));
    }

    function _depositBySlip() private returns (Act memory) {
        Operation memory own = _joined();
        _mint(own.payer, SOME);
        (bytes32 salt, uint256 before) = (_paper(), block.timestamp + 1 days);
        bytes32 nonce = clearing.slipNonce(clearing.depositPurpose(own.op, own.payer, CAP), salt);
        bytes32 typeHash = currency.RECEIVE_WITH_AUTHORIZATION_TYPEHASH();
        bytes32 slip = keccak256(abi.encode(typeHash, own.payer, address(clearing), SOME, 0, before, nonce));
        bytes memory signature = _signSlip(own.payer, "Beffroi", address(currency), slip);
        return _ofAnyone(
            _alike(
                abi.encodeCall(IClearing.depositBySlip, (own.op, own.payer, CAP, SOME, 0, before, salt, signature)),
                abi.encodeCall(IClearing.depositBySlip, (street.op, alice, CAP, SOME, 0, before, salt, signature))
            )
        );
    }

    function _setCap() private returns (Act memory) {
        Operation memory own = _joined();
        return _ofParty(own.payer, _setCapCall(own, 0, ""));
    }

    function _setCapBySlip() private returns (Act memory) {
        (Operation memory own, uint256 deadline) = (_joined(), block.timestamp + 1 days);
        bytes32 typeHash = _ofTerms("SetCap(Terms terms,address member,uint40 cap_cents,uint256 deadline)");
        bytes memory slip = abi.encode(typeHash, own.op, own.payer, 2 * CAP, deadline);
        return _ofAnyone(_setCapCall(own, deadline, _signedSlip(own.payer, slip)));
    }

    function _setCapCall(Operation memory own, uint256 deadline, bytes memory signature)
        private
        returns (bytes memory)
    {
        return _alike(
            abi.encodeCall(IClearing.setCap, (own.op, own.payer, 2 * CAP, deadline, signature)),
            abi.encodeCall(IClearing.setCap, (street.op, alice, 2 * CAP, deadline, signature))
        );
    }

    function _take() private returns (Act memory) {
        Operation memory own = _joined();
        return _ofParty(own.payer, _takeCall(own, 0, ""));
    }

    function _takeBySlip() private returns (Act memory) {
        (Operation memory own, uint256 deadline) = (_joined(), block.timestamp + 1 days);
        bytes32 typeHash = _ofTerms("Take(Terms terms,address member,uint64 amount_cents,uint256 deadline)");
        bytes memory slip = abi.encode(typeHash, own.op, own.payer, SOME, deadline);
        return _ofAnyone(_takeCall(own, deadline, _signedSlip(own.payer, slip)));
    }

    function _takeCall(Operation memory own, uint256 deadline, bytes memory signature) private returns (bytes memory) {
        return _alike(
            abi.encodeCall(IClearing.take, (own.op, own.payer, SOME, deadline, signature)),
            abi.encodeCall(IClearing.take, (street.op, alice, SOME, deadline, signature))
        );
    }

    function _leave() private returns (Act memory) {
        Operation memory own = _joined();
        return _ofParty(own.payer, _leaveCall(own, 0, ""));
    }

    function _leaveBySlip() private returns (Act memory) {
        (Operation memory own, uint256 deadline) = (_joined(), block.timestamp + 1 days);
        bytes32 typeHash = _ofTerms("Leave(Terms terms,address member,uint256 deadline)");
        bytes memory slip = abi.encode(typeHash, own.op, own.payer, deadline);
        return _ofAnyone(_leaveCall(own, deadline, _signedSlip(own.payer, slip)));
    }

    function _leaveCall(Operation memory own, uint256 deadline, bytes memory signature) private returns (bytes memory) {
        return _alike(
            abi.encodeCall(IClearing.leave, (own.op, own.payer, deadline, signature)),
            abi.encodeCall(IClearing.leave, (street.op, alice, deadline, signature))
        );
    }

    function _statePeriod() private returns (Act memory) {
        return _ofParty(rita, _stateCall(0));
    }

    function _stateBySlip() private returns (Act memory) {
        return _ofAnyone(_stateCall(block.timestamp + 1 days));
    }

    /// @dev By slip where there is a deadline.
    function _stateCall(uint256 deadline) private returns (bytes memory) {
        (Operation memory own, uint32 next) = (_joined(), _number() + 1);
        _advance(own, next);
        IClearing.Statement memory statement = _bill(own, next);
        bytes32 typeHash = _ofStatement("State(Terms terms,Statement statement,uint256 deadline)");
        bytes memory slip = abi.encode(typeHash, own.op, clearing.hashStatement(statement), deadline);
        bytes memory signature = _signedUntil(deadline, rita, slip);
        return _alike(
            abi.encodeCall(IClearing.state, (own.op, statement, deadline, signature)),
            abi.encodeCall(IClearing.state, (street.op, _bill(street, next), deadline, signature))
        );
    }

    function _retractStatement() private returns (Act memory) {
        return _ofParty(rita, _retractCall(0));
    }

    function _retractStatementBySlip() private returns (Act memory) {
        return _ofAnyone(_retractCall(block.timestamp + 1 days));
    }

    function _retractCall(uint256 deadline) private returns (bytes memory) {
        Operation memory own = _joined();
        bytes32 statementHash = _state(own, FIRST);
        bytes32 typeHash = _ofStatement("Retract(Terms terms,Statement statement,uint256 deadline)");
        bytes memory slip = abi.encode(typeHash, own.op, statementHash, deadline);
        bytes memory signature = _signedUntil(deadline, rita, slip);
        bytes32 theirs = clearing.operationOf(street.op).statementHash;
        return _alike(
            abi.encodeCall(IClearing.retract, (own.op, statementHash, deadline, signature)),
            abi.encodeCall(IClearing.retract, (street.op, theirs, deadline, signature))
        );
    }

    function _voidStatement() private returns (Act memory) {
        Operation memory own = _ownOperation(rita);
        bytes memory call = abi.encodeCall(IClearing.voidStatement, (own.op, _state(own, FIRST)));
        bytes32 theirs = clearing.operationOf(club.op).statementHash;
        return _ofParty(rita, _alike(call, abi.encodeCall(IClearing.voidStatement, (club.op, theirs))));
    }

    function _contest() private returns (Act memory) {
        Operation memory own = _joined();
        return _ofParty(own.payer, _contestCall(own, 0));
    }

    function _contestBySlip() private returns (Act memory) {
        return _ofAnyone(_contestCall(_joined(), block.timestamp + 1 days));
    }

    function _contestCall(Operation memory own, uint256 deadline) private returns (bytes memory) {
        bytes32 statementHash = _state(own, FIRST);
        bytes32 typeHash =
            _ofStatement("Contest(Terms terms,Statement statement,address member,bytes32 reasonHash,uint256 deadline)");
        bytes memory slip = abi.encode(typeHash, own.op, statementHash, own.payer, bytes32("reason"), deadline);
        bytes memory signature = _signedUntil(deadline, own.payer, slip);
        bytes32 theirs = clearing.operationOf(street.op).statementHash;
        return _alike(
            abi.encodeCall(IClearing.contest, (own.op, statementHash, own.payer, "reason", deadline, signature)),
            abi.encodeCall(IClearing.contest, (street.op, theirs, alice, "reason", deadline, signature))
        );
    }

    function _settlePeriod() private returns (Act memory) {
        (Operation memory own, uint32 number) = (_joined(), _number());
        _advance(own, number);
        _state(own, number);
        _windowPasses();
        return _ofAnyone(
            _alike(
                abi.encodeCall(IClearing.settle, (own.op, _bill(own, number), _linesOf(own, DEBIT))),
                abi.encodeCall(IClearing.settle, (street.op, _bill(street, number), _linesOf(street, DEBIT)))
            )
        );
    }

    function _ruleOnLine() private returns (Act memory) {
        return _ofParty(sam, _ruleCall(0));
    }

    function _ruleBySlip() private returns (Act memory) {
        return _ofAnyone(_ruleCall(block.timestamp + 1 days));
    }

    function _ruleCall(uint256 deadline) private returns (bytes memory) {
        Operation memory own = _held();
        uint64 due_cents = uint64(DEBIT);
        bytes32 typeHash = _ofTerms("Rule(Terms terms,uint32 period,address member,uint64 due_cents,uint256 deadline)");
        bytes memory slip = abi.encode(typeHash, own.op, FIRST, own.payer, due_cents, deadline);
        bytes memory signature = _signedUntil(deadline, sam, slip);
        return _alike(
            abi.encodeCall(IClearing.rule, (own.op, FIRST, own.payer, due_cents, deadline, signature)),
            abi.encodeCall(IClearing.rule, (street.op, FIRST, alice, due_cents, deadline, signature))
        );
    }

    function _releaseLine() private returns (Act memory) {
        Operation memory own = _held();
        vm.warp(block.timestamp + uint256(RULE_H) * 1 hours + 1);
        bytes memory theirs = abi.encodeCall(IClearing.release, (street.op, FIRST, alice));
        return _ofAnyone(_alike(abi.encodeCall(IClearing.release, (own.op, FIRST, own.payer)), theirs));
    }

    /// @dev A newcomer could not be paid while a court froze the account.
    function _credited() private returns (address payee) {
        Operation memory own = _joined();
        payee = own.payer;
        vm.prank(court);
        currency.freeze(payee, DEED);
        vm.prank(payee);
        clearing.take(own.op, payee, SOME, 0, "");
        vm.prank(court);
        currency.unfreeze(payee, DEED);
        _stands(_word(payee), _word(alice));
    }

    function _withdrawCredit() private returns (Act memory) {
        return _ofAnyone(abi.encodeCall(ITill.withdraw, (_credited())));
    }

    function _withdrawCreditTo() private returns (Act memory) {
        (address payee, uint256 deadline) = (_credited(), block.timestamp + 1 days);
        bytes32 typeHash = keccak256("Withdrawal(address payee,address to,uint256 deadline)");
        bytes memory signature = _signedSlip(payee, abi.encode(typeHash, payee, rita, deadline));
        return _ofAnyone(abi.encodeCall(ITill.withdrawTo, (payee, rita, deadline, signature)));
    }

    /// @dev Nothing where there is no deadline: the party acts by a transaction of its own.
    function _signedUntil(uint256 deadline, address who, bytes memory slip) private view returns (bytes memory) {
        return deadline == 0 ? bytes("") : _signedSlip(who, slip);
    }

    function _signedSlip(address who, bytes memory slip) private view returns (bytes memory) {
        return _signSlip(who, "Clearing", address(clearing), keccak256(slip));
    }

    function _ofTerms(string memory act) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(act, TERMS));
    }

    function _ofStatement(string memory act) private pure returns (bytes32) {
        return keccak256(abi.encodePacked(act, STATEMENT, TERMS));
    }
}
