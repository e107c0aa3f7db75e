// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICurrencySlips} from "contracts/currency/interfaces/ICurrencySlips.sol";
import {Kind, Standing} from "contracts/residents/interfaces/IResidents.sol";
import {Act} from "tests/forge/adversaries/Acts.sol";
import {AuthorityRecipes} from "tests/forge/adversaries/AuthorityRecipes.sol";

/// @title How the acts of the currency succeed
abstract contract CurrencyRecipes is AuthorityRecipes {
    uint256 private constant SPENT = 1_00;
    string private constant BY_WORDS = "(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)";
    string private constant BY_BYTES = "(address,address,uint256,uint256,uint256,bytes32,bytes)";

    function setUp() public virtual override {
        super.setUp();
        address at = address(currency);
        _add(at, _sel("setAuthority(address)"), _changeAuthority);
        _add(at, currency.acceptSlip.selector, _acceptSlip);
        _add(at, currency.annulSeizure.selector, _annulSeizure);
        _add(at, currency.approve.selector, _approve);
        _add(at, currency.attestReserve.selector, _attestReserve);
        _add(at, _sel("cancelAuthorization(address,bytes32,uint8,bytes32,bytes32)"), _cancelByWords);
        _add(at, _sel("cancelAuthorization(address,bytes32,bytes)"), _cancelByBytes);
        _add(at, currency.carryOutSeizure.selector, _carryOutSeizure);
        _add(at, currency.carryOver.selector, _carryOver);
        _add(at, currency.follow.selector, _follow);
        _add(at, currency.freeze.selector, _freeze);
        _add(at, currency.issue.selector, _issue);
        _add(at, currency.issueBatch.selector, _issueBatch);
        _add(at, currency.lapseSeizure.selector, _lapseSeizure);
        _add(at, currency.melt.selector, _melt);
        _add(at, currency.move.selector, _move);
        _add(at, currency.pause.selector, _pause);
        _add(at, currency.pay.selector, _pay);
        _add(at, currency.payRequest.selector, _payRequest);
        _add(at, _sel("permit(address,address,uint256,uint256,bytes)"), _permitByBytes);
        _add(at, _sel("permit(address,address,uint256,uint256,uint8,bytes32,bytes32)"), _permitByWords);
        _add(at, _sel(string.concat("receiveWithAuthorization", BY_BYTES)), _receiveByBytes);
        _add(at, _sel(string.concat("receiveWithAuthorization", BY_WORDS)), _receiveByWords);
        _add(at, currency.redeem.selector, _redeem);
        _add(at, currency.redeemWithAuthorization.selector, _redeemBySlip);
        _add(at, currency.resume.selector, _resume);
        _add(at, currency.resumeSeizure.selector, _resumeSeizure);
        _add(at, currency.retire.selector, _retire);
        _add(at, currency.seize.selector, _seize);
        _add(at, currency.settle.selector, _settleOne);
        _add(at, currency.settleMany.selector, _settleMany);
        _add(at, currency.suspendSeizure.selector, _suspendSeizure);
        _add(at, currency.sweep.selector, _sweep);
        _add(at, currency.takeOver.selector, _takeOver);
        _add(at, currency.transfer.selector, _transfer);
        _add(at, currency.transferFrom.selector, _transferFrom);
        _add(at, _sel(string.concat("transferWithAuthorization", BY_BYTES)), _transferByBytes);
        _add(at, _sel(string.concat("transferWithAuthorization", BY_WORDS)), _transferByWords);
        _add(at, currency.transferWithAuthorizationBatch.selector, _transferBatch);
        _add(at, currency.unfreeze.selector, _unfreeze);
        _add(at, currency.withdrawSeizure.selector, _withdrawSeizure);

        _addSlip("a payment, accepted", at, _acceptSlip);
        _addSlip("a payment", at, _transferByBytes);
        _addSlip("a payment by words", at, _transferByWords);
        _addList("a batch of payments", at, _transferBatch);
        _addSlip("a payment's end", at, _cancelByBytes);
        _addSlip("a payment's end by words", at, _cancelByWords);
        _addSlip("a permit", at, _permitByBytes);
        _addSlip("a permit by words", at, _permitByWords);
        _addSlip("a redemption", at, _redeemBySlip);
    }

    /// @dev A seizure is announced, which stands for a bystander's.
    function _seized() private returns (uint256 seizure) {
        address debtor = _citizenWith(SPENT);
        vm.prank(court);
        seizure = currency.seize(debtor, sam, SPENT, DEED);
        _stands(bytes32(seizure), bytes32(_seizureOfBystander));
    }

    function _suspended() private returns (uint256 seizure) {
        seizure = _seized();
        vm.prank(guardian);
        currency.suspendSeizure(seizure, DEED);
    }

    function _seize() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(currency.seize, (_citizenWith(SPENT), sam, SPENT, _paper())));
    }

    function _suspendSeizure() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(currency.suspendSeizure, (_seized(), _paper())));
    }

    function _withdrawSeizure() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(currency.withdrawSeizure, (_seized(), _paper())));
    }

    function _resumeSeizure() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(currency.resumeSeizure, (_suspended(), _paper())));
    }

    function _annulSeizure() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(currency.annulSeizure, (_suspended(), _paper())));
    }

    function _carryOutSeizure() private returns (Act memory) {
        uint256 seizure = _seized();
        vm.warp(block.timestamp + SEIZURE_DELAY_S);
        return _ofAnyone(abi.encodeCall(currency.carryOutSeizure, (seizure)));
    }

    function _lapseSeizure() private returns (Act memory) {
        uint256 seizure = _seized();
        vm.warp(uint256(currency.seizureOf(seizure).dueAt) + SEIZURE_LAPSE_S);
        return _ofAnyone(abi.encodeCall(currency.lapseSeizure, (seizure)));
    }

    function _freeze() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(currency.freeze, (_citizen(), _paper())));
    }

    function _unfreeze() private returns (Act memory) {
        address who = _citizen();
        vm.prank(court);
        currency.freeze(who, DEED);
        return _ofOffice(abi.encodeCall(currency.unfreeze, (who, _paper())));
    }

    function _attestReserve() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(currency.attestReserve, (currency.books().reserve, _paper())));
    }

    function _issue() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(currency.issue, (rita, SPENT, _paper())));
    }

    function _issueBatch() private returns (Act memory) {
        uint256[] memory amounts_cents = new uint256[](1);
        amounts_cents[0] = SPENT;
        return _ofOffice(abi.encodeCall(currency.issueBatch, (_one(rita), amounts_cents, _paper())));
    }

    function _redeem() private returns (Act memory) {
        return _ofParty(sam, abi.encodeCall(currency.redeem, (LEAST_CENTS, _paper())));
    }

    /// @dev Sam's redemption stands for the bank's.
    function _redeemed() private returns (uint256 redemption) {
        vm.prank(sam);
        redemption = currency.redeem(LEAST_CENTS, DEED);
        _stands(bytes32(redemption), bytes32(uint256(1)));
    }

    function _settleOne() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(currency.settle, (_redeemed(), _paper())));
    }

    function _settleMany() private returns (Act memory) {
        uint256[] memory paid = new uint256[](1);
        paid[0] = _redeemed();
        return _ofOffice(abi.encodeCall(currency.settleMany, (paid, _paper())));
    }

    function _pause() private pure returns (Act memory act) {
        act = _ofOffice(abi.encodeWithSignature("pause()"));
        act.value_wei = 1;
    }

    function _stop() private {
        vm.prank(guardian);
        currency.pause{value: 1}();
    }

    function _resume() private returns (Act memory) {
        _stop();
        return _ofOffice(abi.encodeCall(currency.resume, ()));
    }

    function _retire() private returns (Act memory) {
        _stop();
        return _ofOffice(abi.encodeCall(currency.retire, (next)));
    }

    function _carryOver() private returns (Act memory) {
        address who = _citizenWith(SPENT);
        _stop();
        vm.prank(mayor);
        currency.retire(next);
        return _ofAnyone(abi.encodeCall(currency.carryOver, (_one(who))));
    }

    /// @dev This currency took over from none.
    function _takeOver() private view returns (Act memory) {
        return _ofNobody(abi.encodeWithSelector(currency.takeOver.selector, rita, SPENT, SPENT));
    }

    function _follow() private view returns (Act memory) {
        return
            _ofParty(address(residents), abi.encodeCall(currency.follow, (_one(rita), Kind.Citizen, Standing.Active)));
    }

    function _move() private returns (Act memory) {
        return _ofParty(address(residents), abi.encodeCall(currency.move, (_citizenWith(SPENT), _citizen())));
    }

    function _sweep() private returns (Act memory) {
        vm.deal(address(currency), 1);
        return _ofAnyone(abi.encodeCall(currency.sweep, ()));
    }

    function _melt() private view returns (Act memory) {
        return _ofAnyone(abi.encodeCall(currency.melt, (rita)));
    }

    function _approve() private view returns (Act memory) {
        return _ofHolder(abi.encodeCall(currency.approve, (sam, SPENT)));
    }

    function _transfer() private view returns (Act memory) {
        return _ofHolder(abi.encodeCall(currency.transfer, (sam, SPENT)));
    }

    function _transferFrom() private returns (Act memory) {
        vm.prank(rita);
        currency.approve(sam, SPENT);
        return _ofParty(sam, abi.encodeCall(currency.transferFrom, (rita, sam, SPENT)));
    }

    function _pay() private returns (Act memory) {
        return _ofHolder(abi.encodeCall(currency.pay, (sam, SPENT, _paper())));
    }

    function _payRequest() private returns (Act memory) {
        return _ofHolder(abi.encodeCall(currency.payRequest, (sam, SPENT, _paper())));
    }

    /// @dev Rita's slip that pays Sam: its words, and its signature.
    function _slip(bytes32 typeHash) private returns (bytes memory words, bytes memory signature) {
        words = abi.encode(rita, sam, SPENT, uint256(0), block.timestamp + 1 days, _paper());
        signature = _signed(bytes.concat(typeHash, words));
    }

    function _signed(bytes memory slip) private view returns (bytes memory) {
        return _signSlip(rita, "Beffroi", address(currency), keccak256(slip));
    }

    /// @dev A call whose last three words are v, r and s.
    function _byWords(bytes4 selector, bytes memory words, bytes memory signature) private pure returns (bytes memory) {
        (bytes32 r, bytes32 s) = abi.decode(_slice(signature, 0, 64), (bytes32, bytes32));
        return bytes.concat(selector, words, abi.encode(uint8(signature[64]), r, s));
    }

    /// @dev A call whose last value is the signature, after so many words.
    function _byBytes(bytes4 selector, bytes memory words, bytes memory signature) private pure returns (bytes memory) {
        bytes memory tail = abi.encodePacked(signature, new bytes(31)); // 65 bytes make three words
        return bytes.concat(selector, words, abi.encode(words.length + 0x20, signature.length), tail);
    }

    function _transferByWords() private returns (Act memory) {
        (bytes memory words, bytes memory signature) = _slip(currency.TRANSFER_WITH_AUTHORIZATION_TYPEHASH());
        bytes4 selector = _sel(string.concat("transferWithAuthorization", BY_WORDS));
        return _ofAnyone(_byWords(selector, words, signature));
    }

    function _transferByBytes() private returns (Act memory) {
        (bytes memory words, bytes memory signature) = _slip(currency.TRANSFER_WITH_AUTHORIZATION_TYPEHASH());
        bytes4 selector = _sel(string.concat("transferWithAuthorization", BY_BYTES));
        return _ofAnyone(_byBytes(selector, words, signature));
    }

    function _whole() private returns (ICurrencySlips.Slip memory) {
        (bytes memory words, bytes memory signature) = _slip(currency.TRANSFER_WITH_AUTHORIZATION_TYPEHASH());
        (,,,, uint256 before, bytes32 nonce) = abi.decode(words, (address, address, uint256, uint256, uint256, bytes32));
        return ICurrencySlips.Slip(rita, sam, SPENT, 0, before, nonce, signature);
    }

    function _acceptSlip() private returns (Act memory) {
        return _ofAnyone(abi.encodeCall(currency.acceptSlip, (_whole())));
    }

    function _transferBatch() private returns (Act memory) {
        ICurrencySlips.Slip[] memory slips = new ICurrencySlips.Slip[](1);
        slips[0] = _whole();
        return _ofAnyone(abi.encodeCall(currency.transferWithAuthorizationBatch, (slips)));
    }

    function _receiveByWords() private returns (Act memory) {
        (bytes memory words, bytes memory signature) = _slip(currency.RECEIVE_WITH_AUTHORIZATION_TYPEHASH());
        return _ofParty(sam, _byWords(_sel(string.concat("receiveWithAuthorization", BY_WORDS)), words, signature));
    }

    function _receiveByBytes() private returns (Act memory) {
        (bytes memory words, bytes memory signature) = _slip(currency.RECEIVE_WITH_AUTHORIZATION_TYPEHASH());
        return _ofParty(sam, _byBytes(_sel(string.concat("receiveWithAuthorization", BY_BYTES)), words, signature));
    }

    function _cancelByWords() private returns (Act memory) {
        bytes memory words = abi.encode(rita, _paper());
        bytes memory signature = _signed(bytes.concat(currency.CANCEL_AUTHORIZATION_TYPEHASH(), words));
        return _ofAnyone(_byWords(_sel("cancelAuthorization(address,bytes32,uint8,bytes32,bytes32)"), words, signature));
    }

    function _cancelByBytes() private returns (Act memory) {
        bytes memory words = abi.encode(rita, _paper());
        bytes memory signature = _signed(bytes.concat(currency.CANCEL_AUTHORIZATION_TYPEHASH(), words));
        return _ofAnyone(_byBytes(_sel("cancelAuthorization(address,bytes32,bytes)"), words, signature));
    }

    function _permit() private returns (bytes memory words, bytes memory signature) {
        bytes32 typeHash =
            keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        (address owner, uint256 deadline) = (_citizen(), block.timestamp + 1 days);
        words = abi.encode(owner, sam, SPENT, deadline);
        bytes32 slip = keccak256(abi.encode(typeHash, owner, sam, SPENT, currency.nonces(owner), deadline));
        signature = _signSlip(owner, "Beffroi", address(currency), slip);
    }

    function _permitByWords() private returns (Act memory) {
        (bytes memory words, bytes memory signature) = _permit();
        bytes4 selector = _sel("permit(address,address,uint256,uint256,uint8,bytes32,bytes32)");
        return _ofAnyone(_byWords(selector, words, signature));
    }

    function _permitByBytes() private returns (Act memory) {
        (bytes memory words, bytes memory signature) = _permit();
        return _ofAnyone(_byBytes(_sel("permit(address,address,uint256,uint256,bytes)"), words, signature));
    }

    function _redeemBySlip() private returns (Act memory) {
        bytes32 typeHash = keccak256(
            "RedeemWithAuthorization(address from,uint256 value,bytes32 ref,"
            "uint256 validAfter,uint256 validBefore,bytes32 nonce)"
        );
        bytes memory words =
            abi.encode(sam, uint256(LEAST_CENTS), _paper(), uint256(0), block.timestamp + 1 days, _paper());
        bytes memory signature = _signSlip(sam, "Beffroi", address(currency), keccak256(bytes.concat(typeHash, words)));
        return _ofAnyone(_byBytes(currency.redeemWithAuthorization.selector, words, signature));
    }
}
