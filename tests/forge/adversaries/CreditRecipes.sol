// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICreditSlips} from "contracts/currency/interfaces/ICreditSlips.sol";
import {IMutualCredit} from "contracts/currency/interfaces/IMutualCredit.sol";
import {Kind, Standing} from "contracts/residents/interfaces/IResidents.sol";
import {Act, Who} from "tests/forge/adversaries/Acts.sol";
import {MeterRecipes} from "tests/forge/adversaries/MeterRecipes.sol";

/// @title How the acts of a circle succeed: newcomers owe Sam and vouch for each other; they stand for Alice and Bob
abstract contract CreditRecipes is MeterRecipes {
    string private constant PAYMENT =
        "CreditPayment(address from,address to,uint256 amount,bytes32 ref,uint256 nonce,uint256 deadline)";
    string private constant MIXED =
        "MixedPayment(address from,address to,uint256 amount_cents,uint256 mostCredit_cents,bytes32 ref,uint256 nonce,uint256 deadline)";

    function setUp() public virtual override {
        super.setUp();
        address at = address(circle);
        _add(at, _sel("setAuthority(address)"), _changeAuthority);
        _add(at, IMutualCredit.attestTransfer.selector, _attestTransfer);
        _add(at, IMutualCredit.call.selector, _callVoucher);
        _add(at, ICreditSlips.cancelSlip.selector, _cancelCredit);
        _add(at, circle.follow.selector, _followCredit);
        _add(at, circle.move.selector, _moveCredit);
        _add(at, IMutualCredit.net.selector, _net);
        _add(at, IMutualCredit.pay.selector, _payCredit);
        _add(at, ICreditSlips.payBatch.selector, _payBatch);
        _add(at, ICreditSlips.payBySlip.selector, _payCreditBySlip);
        _add(at, IMutualCredit.payMixed.selector, _payMixed);
        _add(at, IMutualCredit.payMixedBySlip.selector, _payMixedBySlip);
        _add(at, IMutualCredit.setLimits.selector, _setLimits);
        _add(at, IMutualCredit.unvouch.selector, _unvouch);
        _add(at, IMutualCredit.vouch.selector, _vouch);
        _add(at, IMutualCredit.writeOff.selector, _writeOff);

        _addList("a batch of credit", at, _payBatch);
        _addSlip("a payment in credit", at, _payCreditBySlip);
        _addSlip("a mixed payment", at, _payMixedBySlip);
        _addSlip("a credit slip's end", at, _cancelCreditBySlip);
        _addSlip("a vouch", at, _vouchBySlip);
        _addSlip("a vouch's end", at, _unvouchBySlip);
    }

    /// @dev A newcomer who stands for Bob.
    function _debtor() private returns (address who) {
        who = _citizen();
        _stands(_word(who), _word(bob));
    }

    /// @dev Who owes Sam.
    function _indebted() private returns (address who) {
        who = _debtor();
        vm.prank(who);
        circle.pay(sam, MOST_DEBT, "invoice");
    }

    /// @dev One who vouches, in Alice's place, for one in Bob's.
    function _vouched() private returns (address voucher, address member) {
        (voucher, member) = (_citizen(), _debtor());
        _stands(_word(voucher), _word(alice));
        vm.prank(voucher);
        circle.vouch(voucher, member, VOUCHED, 0, "");
    }

    function _leaves(address member) private {
        vm.prank(registrar);
        residents.depart(member);
        vm.warp(block.timestamp + WRITE_OFF_S);
    }

    function _payCredit() private returns (Act memory) {
        return Act(Who.Member, 0, address(0), abi.encodeCall(IMutualCredit.pay, (_citizen(), 1, _paper())), 0);
    }

    function _slip() private returns (ICreditSlips.CreditSlip memory slip) {
        slip = ICreditSlips.CreditSlip(_debtor(), sam, 1_00, _paper(), uint256(_paper()), block.timestamp + 1 days, "");
        bytes memory words = abi.encode(slip.from, slip.to, slip.amount, slip.ref, slip.nonce, slip.deadline);
        slip.signature = _signedCredit(slip.from, bytes.concat(keccak256(bytes(PAYMENT)), words));
    }

    function _payCreditBySlip() private returns (Act memory) {
        return _ofAnyone(abi.encodeCall(ICreditSlips.payBySlip, (_slip())));
    }

    function _payBatch() private returns (Act memory) {
        ICreditSlips.CreditSlip[] memory slips = new ICreditSlips.CreditSlip[](1);
        slips[0] = _slip();
        return _ofAnyone(abi.encodeCall(ICreditSlips.payBatch, (slips)));
    }

    /// @dev With half of it in the pocket, of which the circle may take any.
    function _halfPaid() private returns (address who) {
        who = _debtor();
        _mint(who, 1_00);
        vm.prank(who);
        currency.approve(address(circle), 1_00);
    }

    function _payMixed() private returns (Act memory) {
        return _ofParty(_halfPaid(), abi.encodeCall(IMutualCredit.payMixed, (sam, 2_00, 1_00, _paper())));
    }

    function _payMixedBySlip() private returns (Act memory) {
        ICreditSlips.MixedSlip memory slip = ICreditSlips.MixedSlip(
            _halfPaid(), sam, 2_00, 1_00, _paper(), uint256(_paper()), block.timestamp + 1 days, ""
        );
        bytes memory words = abi.encode(
            slip.from, slip.to, slip.amount_cents, slip.mostCredit_cents, slip.ref, slip.nonce, slip.deadline
        );
        slip.signature = _signedCredit(slip.from, bytes.concat(keccak256(bytes(MIXED)), words));
        return _ofAnyone(abi.encodeCall(IMutualCredit.payMixedBySlip, (slip)));
    }

    function _cancelCredit() private returns (Act memory) {
        address from = _debtor();
        return _ofParty(from, abi.encodeCall(ICreditSlips.cancelSlip, (from, uint256(_paper()), 0, "")));
    }

    function _cancelCreditBySlip() private returns (Act memory) {
        (address from, uint256 nonce, uint256 deadline) = (_debtor(), uint256(_paper()), block.timestamp + 1 days);
        bytes32 typeHash = keccak256("CancelCredit(address from,uint256 nonce,uint256 deadline)");
        bytes memory signature = _signedCredit(from, abi.encode(typeHash, from, nonce, deadline));
        return _ofAnyone(abi.encodeCall(ICreditSlips.cancelSlip, (from, nonce, deadline, signature)));
    }

    function _setLimits() private returns (Act memory) {
        IMutualCredit.Limits[] memory limits = new IMutualCredit.Limits[](1);
        limits[0] = IMutualCredit.Limits(_debtor(), 1_00, 2_00);
        return _ofOffice(abi.encodeCall(IMutualCredit.setLimits, (limits)));
    }

    function _vouch() private returns (Act memory) {
        (address voucher, address member) = _vouched();
        return _ofParty(voucher, abi.encodeCall(IMutualCredit.vouch, (voucher, member, 1_00, 0, "")));
    }

    function _vouchBySlip() private returns (Act memory) {
        (address voucher, address member) = _vouched();
        uint256 deadline = block.timestamp + 1 days;
        bytes memory signature = _signedVouch("Vouch", voucher, member, deadline);
        return _ofAnyone(abi.encodeCall(IMutualCredit.vouch, (voucher, member, 1_00, deadline, signature)));
    }

    function _unvouch() private returns (Act memory) {
        (address voucher, address member) = _vouched();
        return _ofParty(voucher, abi.encodeCall(IMutualCredit.unvouch, (voucher, member, 1_00, 0, "")));
    }

    function _unvouchBySlip() private returns (Act memory) {
        (address voucher, address member) = _vouched();
        uint256 deadline = block.timestamp + 1 days;
        bytes memory signature = _signedVouch("Unvouch", voucher, member, deadline);
        return _ofAnyone(abi.encodeCall(IMutualCredit.unvouch, (voucher, member, 1_00, deadline, signature)));
    }

    function _signedVouch(string memory act, address voucher, address member, uint256 deadline)
        private
        view
        returns (bytes memory)
    {
        bytes32 typeHash = keccak256(
            bytes(string.concat(act, "(address voucher,address member,uint256 amount,uint256 deadline)"))
        );
        return _signedCredit(voucher, abi.encode(typeHash, voucher, member, uint256(1_00), deadline));
    }

    function _callVoucher() private returns (Act memory) {
        (address voucher, address member) = _vouched();
        _leaves(member);
        return _ofAnyone(abi.encodeCall(IMutualCredit.call, (member, _one(voucher))));
    }

    function _writeOff() private returns (Act memory) {
        address member = _indebted();
        _leaves(member);
        return _ofAnyone(abi.encodeCall(IMutualCredit.writeOff, (member)));
    }

    function _attestTransfer() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(IMutualCredit.attestTransfer, (_paper(), _paper())));
    }

    /// @dev Sam is paid at the bank what a newcomer owes, as the auditor saw.
    function _net() private returns (Act memory) {
        (address payer, bytes32 bankReference) = (_indebted(), _paper());
        IMutualCredit.NetLine[] memory lines = new IMutualCredit.NetLine[](2);
        int256 amount = int256(uint256(MOST_DEBT));
        (uint256 first, uint256 second) = payer < sam ? (0, 1) : (1, 0);
        lines[first] = IMutualCredit.NetLine(payer, -amount);
        lines[second] = IMutualCredit.NetLine(sam, amount);
        vm.prank(auditor);
        circle.attestTransfer(bankReference, keccak256(abi.encode(lines)));
        return _ofOffice(abi.encodeCall(IMutualCredit.net, (lines, bankReference)));
    }

    function _followCredit() private view returns (Act memory) {
        return _ofParty(address(residents), abi.encodeCall(circle.follow, (_one(rita), Kind.Citizen, Standing.Active)));
    }

    function _moveCredit() private returns (Act memory) {
        return _ofParty(address(residents), abi.encodeCall(circle.move, (_indebted(), _citizen())));
    }

    function _signedCredit(address who, bytes memory slip) private view returns (bytes memory) {
        return _signSlip(who, CIRCLE, address(circle), keccak256(slip));
    }
}
