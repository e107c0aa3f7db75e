// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";

import {ITill} from "contracts/currency/interfaces/ITill.sol";
import {IConveyance, Terms} from "contracts/land/interfaces/IConveyance.sol";
import {Act} from "tests/forge/adversaries/Acts.sol";
import {PlanningRecipes} from "tests/forge/adversaries/PlanningRecipes.sol";

/// @title How the acts on a sale succeed: Rita sells Sam a plot, and what they sign stands for Alice's and Bob's
abstract contract SaleRecipes is PlanningRecipes {
    uint256 private constant LOAN = 1;
    uint256 private constant PERMIT = 2;

    bool private _left;

    function setUp() public virtual override {
        super.setUp();
        address at = address(conveyance);
        _add(at, _sel("setAuthority(address)"), _changeAuthority);
        _add(at, IConveyance.amend.selector, _amendSale);
        _add(at, IConveyance.cancelByOrder.selector, _cancelByOrder);
        _add(at, IConveyance.cancelPreempted.selector, _cancelPreempted);
        _add(at, IConveyance.expire.selector, _expire);
        _add(at, IConveyance.failCondition.selector, _failCondition);
        _add(at, IConveyance.fund.selector, _fundOne);
        _add(at, IConveyance.fundBySlip.selector, _fundBySlip);
        _add(at, IConveyance.meetByPermit.selector, _meetByPermit);
        _add(at, IConveyance.meetCondition.selector, _meetCondition);
        _add(at, Multicall.multicall.selector, _refundSeveral);
        _add(at, IConveyance.open.selector, _openSale);
        _add(at, IConveyance.refund.selector, _refund);
        _add(at, IConveyance.rescind.selector, _rescind);
        _add(at, IConveyance.retract.selector, _retract);
        _add(at, IConveyance.settle.selector, _settleSale);
        _add(at, ITill.withdraw.selector, _withdraw);
        _add(at, ITill.withdrawTo.selector, _withdrawTo);

        _addSlip("a payment into a sale", at, _fundBySlip);
        _addList("payments into sales", at, _fundAmongOthers);
        _addSlip("a retraction", at, _retractBySlip);
        _addSlip("a rescission", at, _rescind);
        _addSlip("a withdrawal", at, _withdrawTo);
    }

    /// @dev Terms between Rita and Sam. Those that Alice and Bob signed stand for them, or those that they left.
    function _plotTerms(uint256 id, uint256 conditions) private returns (Terms memory terms) {
        terms = _terms(id, rita, sam);
        terms.conditions = conditions;
        _left = !_left;
        _standsFor(abi.encode(terms), _left ? leftTerms : saleTerms);
    }

    function _opened(uint256 id, uint256 conditions) private returns (uint256 own, Terms memory terms) {
        terms = _plotTerms(id, conditions);
        own = _open(terms);
        _stands(bytes32(own), bytes32(sale));
    }

    function _deposited(uint256 conditions) private returns (uint256 own, Terms memory terms) {
        (own, terms) = _opened(_title(), conditions);
        _fund(own, sam, terms.deposit_cents);
    }

    function _openSale() private returns (Act memory) {
        Terms memory terms = _plotTerms(_title(), 0);
        bytes[] memory signatures = _signatures(terms, conveyance.compromisDigest(terms), 0);
        return _ofOffice(abi.encodeCall(IConveyance.open, (terms, signatures)));
    }

    function _amendSale() private returns (Act memory) {
        (uint256 own, Terms memory terms) = _opened(_title(), 0);
        Terms memory other = abi.decode(abi.encode(terms), (Terms));
        other.documentHash = _paper();
        bytes32 digest = conveyance.amendmentDigest(own, conveyance.hashTerms(terms), conveyance.hashTerms(other));
        bytes[] memory signatures = _signatures(other, digest, 0);
        return _ofOffice(abi.encodeCall(IConveyance.amend, (own, terms, other, signatures)));
    }

    function _cancelByOrder() private returns (Act memory) {
        (uint256 own,) = _opened(_title(), 0);
        return _ofOffice(abi.encodeCall(IConveyance.cancelByOrder, (own, _paper())));
    }

    function _cancelPreempted() private returns (Act memory) {
        (uint256 id,) = _zoned();
        (uint256 own, Terms memory terms) = _opened(id, 0);
        bytes32 termsHash = conveyance.hashTerms(terms);
        vm.prank(notary);
        planning.declare(id, termsHash, PRICE);
        vm.prank(clerk);
        planning.preempt(termsHash, DEED);
        return _ofAnyone(abi.encodeCall(IConveyance.cancelPreempted, (own)));
    }

    function _expire() private returns (Act memory) {
        (uint256 own, Terms memory terms) = _opened(_title(), 0);
        vm.warp(terms.depositBy + 1);
        return _ofAnyone(abi.encodeCall(IConveyance.expire, (own)));
    }

    function _failCondition() private returns (Act memory) {
        (uint256 own,) = _opened(_title(), LOAN);
        return _ofOffice(abi.encodeCall(IConveyance.failCondition, (own, uint8(LOAN), _paper())));
    }

    function _meetCondition() private returns (Act memory) {
        (uint256 own,) = _opened(_title(), LOAN);
        return _ofOffice(abi.encodeCall(IConveyance.meetCondition, (own, uint8(LOAN), _paper())));
    }

    function _meetByPermit() private returns (Act memory) {
        uint256 id = _title();
        (uint256 own,) = _opened(id, PERMIT);
        return _ofAnyone(abi.encodeCall(IConveyance.meetByPermit, (own, _granted(id))));
    }

    function _fundOne() private returns (Act memory) {
        (uint256 own, Terms memory terms) = _opened(_title(), 0);
        return _ofParty(sam, abi.encodeCall(IConveyance.fund, (own, terms.deposit_cents)));
    }

    function _fundBySlip() private returns (Act memory) {
        (uint256 own, Terms memory terms) = _opened(_title(), 0);
        (bytes32 salt, uint256 before) = (_paper(), block.timestamp + 1 days);
        bytes32 nonce = conveyance.slipNonce(conveyance.hashTerms(terms), salt);
        bytes32 slip = keccak256(
            abi.encode(
                currency.RECEIVE_WITH_AUTHORIZATION_TYPEHASH(),
                sam,
                address(conveyance),
                terms.deposit_cents,
                0,
                before,
                nonce
            )
        );
        bytes memory signature = _signSlip(sam, "Beffroi", address(currency), slip);
        return
            _ofAnyone(
                abi.encodeCall(IConveyance.fundBySlip, (own, sam, terms.deposit_cents, 0, before, salt, signature))
            );
    }

    /// @dev With whatever else the poster puts there.
    function _fundAmongOthers() private returns (Act memory) {
        bytes[] memory calls = new bytes[](1);
        calls[0] = _fundBySlip().data;
        return _ofAnyone(abi.encodeCall(Multicall.multicall, (calls)));
    }

    function _ended() private returns (bytes memory) {
        (uint256 own,) = _deposited(0);
        vm.prank(court);
        conveyance.cancelByOrder(own, DEED);
        return abi.encodeCall(IConveyance.refund, (own, sam));
    }

    function _refund() private returns (Act memory) {
        return _ofAnyone(_ended());
    }

    function _refundSeveral() private returns (Act memory) {
        bytes[] memory calls = new bytes[](1);
        calls[0] = _ended();
        return _ofAnyone(abi.encodeCall(Multicall.multicall, (calls)));
    }

    function _rescind() private returns (Act memory) {
        (uint256 own, Terms memory terms) = _deposited(0);
        bytes[] memory signatures = _signatures(terms, conveyance.rescissionDigest(own), 0);
        return _ofAnyone(abi.encodeCall(IConveyance.rescind, (own, terms, signatures)));
    }

    function _retract() private returns (Act memory) {
        (uint256 own, Terms memory terms) = _deposited(0);
        return _ofParty(sam, abi.encodeCall(IConveyance.retract, (own, terms, sam, "")));
    }

    function _retractBySlip() private returns (Act memory) {
        (uint256 own, Terms memory terms) = _deposited(0);
        bytes memory signature = _sign(sam, conveyance.retractionDigest(own));
        return _ofAnyone(abi.encodeCall(IConveyance.retract, (own, terms, sam, signature)));
    }

    function _settleSale() private returns (Act memory) {
        Terms memory terms = _plotTerms(_title(), 0);
        uint256 own = _openFunded(terms);
        _stands(bytes32(own), bytes32(sale));
        _afterRetraction();
        return _ofOffice(abi.encodeCall(IConveyance.settle, (own, terms, _deedSignatures(own, terms, 0))));
    }

    /// @dev A newcomer could not be paid back while a court froze the account.
    function _owed() private returns (address payee) {
        payee = _citizenWith(30_000_00);
        Terms memory terms = _terms(_title(), rita, payee);
        uint256 own = _open(terms);
        _fund(own, payee, terms.deposit_cents);
        vm.startPrank(court);
        conveyance.cancelByOrder(own, DEED);
        currency.freeze(payee, DEED);
        conveyance.refund(own, payee);
        currency.unfreeze(payee, DEED);
        vm.stopPrank();
    }

    function _withdraw() private returns (Act memory) {
        return _ofAnyone(abi.encodeCall(ITill.withdraw, (_owed())));
    }

    function _withdrawTo() private returns (Act memory) {
        (address payee, uint256 deadline) = (_owed(), block.timestamp + 1 days);
        bytes32 typeHash = keccak256("Withdrawal(address payee,address to,uint256 deadline)");
        bytes32 slip = keccak256(abi.encode(typeHash, payee, rita, deadline));
        bytes memory signature = _signSlip(payee, "Conveyance", address(conveyance), slip);
        return _ofAnyone(abi.encodeCall(ITill.withdrawTo, (payee, rita, deadline, signature)));
    }
}
