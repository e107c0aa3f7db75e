// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICurrencySlips} from "contracts/currency/interfaces/ICurrencySlips.sol";
import {ILocalCurrency} from "contracts/currency/interfaces/ILocalCurrency.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {CurrencyHandler} from "tests/forge/currency/CurrencyHandler.sol";

/// @title Every way to move money: by hand, by slip, by office
abstract contract CurrencyActs is CurrencyHandler {
    bytes32 private constant TRANSFER = keccak256(
        "TransferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );
    bytes32 private constant RECEIVE = keccak256(
        "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );
    bytes32 private constant REDEEM = keccak256(
        "RedeemWithAuthorization(address from,uint256 value,bytes32 ref,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );
    bytes32 private constant CANCEL = keccak256("CancelAuthorization(address authorizer,bytes32 nonce)");
    bytes32 private constant PERMIT =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
    bytes32 private constant REFERENCE = "takings";

    function transfer(uint256 who, uint256 to, uint256 amount) external {
        address from = _spender(who);
        bytes memory data = abi.encodeCall(currency.transfer, (_person(to), _amount(from, amount)));
        _act("transfer", from, address(currency), data);
    }

    function pay(uint256 who, uint256 to, uint256 amount, bytes32 ref) external {
        address from = _spender(who);
        _act("pay", from, address(currency), abi.encodeCall(currency.pay, (_person(to), _amount(from, amount), ref)));
    }

    /// @dev One of a few requests, so that they are paid again and again.
    function payRequest(uint256 who, uint256 to, uint256 request) external {
        (address from, address payee, bytes32 ref) = (_spender(who), _person(to), bytes32(_bound(request, 0, 3)));
        uint256 amount = request % 5 == 0 ? currency.balanceOf(from) + 1 : 3;
        bytes memory data = abi.encodeCall(currency.payRequest, (payee, amount, ref));
        if (_act("payRequest", from, address(currency), data)) {
            _spendNonce(from, uint256(keccak256(abi.encode(payee, amount, ref))));
        }
    }

    function approve(uint256 who, uint256 spender, uint256 amount) external {
        address to = spender % 8 == 0 ? address(0) : _person(spender);
        _act("approve", _person(who), address(currency), abi.encodeCall(currency.approve, (to, amount)));
    }

    function transferFrom(uint256 who, uint256 spender, uint256 to, uint256 amount) external {
        address from = _spender(who);
        uint256 value = _amount(from, amount);
        uint256 allowed = value > 3 ? value * 4 / 3 - 1 : 3;
        _act("approve", from, address(currency), abi.encodeCall(currency.approve, (_person(spender), allowed)));
        bytes memory data =
            abi.encodeCall(currency.transferFrom, (from, _person(to), amount % 5 == 0 ? value * 2 + 4 : value));
        _act("transferFrom", _person(spender), address(currency), data);
    }

    function melt(uint256 who) external {
        _act("melt", _person(who ^ 1), address(currency), abi.encodeCall(currency.melt, (_person(who))));
    }

    function transferSlip(uint256 seed) external {
        ICurrencySlips.Slip memory slip = _slip(TRANSFER, seed);
        (uint8 v, bytes32 r, bytes32 s) = _split(slip.signature);
        bytes memory data = seed % 2 == 0
            ? _transferCall(slip)
            : abi.encodeWithSignature(
                "transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)",
                slip.from,
                slip.to,
                slip.value,
                slip.validAfter,
                slip.validBefore,
                slip.nonce,
                v,
                r,
                s
            );
        if (_act("transferSlip", _person(seed / 3), address(currency), data)) {
            _spendNonce(slip.from, uint256(slip.nonce));
        }
    }

    function receiveSlip(uint256 seed) external {
        ICurrencySlips.Slip memory slip = _slip(RECEIVE, seed);
        bytes memory data = _authorizedCall("receiveWithAuthorization", slip);
        address poster = seed % 6 == 0 ? _person(seed / 7) : slip.to;
        if (_act("receiveSlip", poster, address(currency), data)) {
            assertEq(poster, slip.to, "a stranger posted a payee's slip");
            _spendNonce(slip.from, uint256(slip.nonce));
        }
    }

    function slipBatch(uint256 seed) external {
        ICurrencySlips.Slip[] memory slips = new ICurrencySlips.Slip[](3);
        bool[] memory wasUsed = new bool[](3);
        for (uint256 i; i < slips.length; ++i) {
            slips[i] = _slip(TRANSFER, uint256(keccak256(abi.encode(seed, i))));
            wasUsed[i] = currency.authorizationState(slips[i].from, slips[i].nonce);
        }
        bytes memory data = abi.encodeCall(currency.transferWithAuthorizationBatch, (slips));
        _act("slipBatch", _person(seed), address(currency), seed % 16 == 0 ? _cut(data) : data);
        for (uint256 i; i < slips.length; ++i) {
            bool used = currency.authorizationState(slips[i].from, slips[i].nonce);
            if (used && !wasUsed[i] && !spentNonce[slips[i].from][uint256(slips[i].nonce)]) {
                _spendNonce(slips[i].from, uint256(slips[i].nonce));
            }
        }
    }

    function cancelSlip(uint256 seed) external {
        address from = _person(seed);
        bytes32 nonce = _nonce(seed / 5);
        bytes32 slip = keccak256(abi.encode(CANCEL, from, nonce));
        uint256 key = seed % 6 == 0 ? 0xbad : _keyOf(from);
        bytes memory signature = _signature(key, currency.DOMAIN_SEPARATOR(), slip);
        bytes memory data =
            abi.encodeWithSignature("cancelAuthorization(address,bytes32,bytes)", from, nonce, signature);
        if (_act("cancelSlip", _person(seed / 2), address(currency), data)) _spendNonce(from, uint256(nonce));
    }

    function permit(uint256 seed) external {
        (address owner, address spender) = (_person(seed), _person(seed / 3));
        uint256 deadline = seed % 5 == 0 ? block.timestamp - 1 : block.timestamp;
        uint256 nonce = currency.nonces(owner);
        bytes32 slip = keccak256(abi.encode(PERMIT, owner, spender, seed, nonce, deadline));
        bytes memory signature = _signature(_keyOf(owner), currency.DOMAIN_SEPARATOR(), slip);
        bytes memory data = abi.encodeWithSignature(
            "permit(address,address,uint256,uint256,bytes)", owner, spender, seed, deadline, signature
        );
        if (_act("permit", _person(seed / 7), address(currency), data)) {
            assertEq(currency.nonces(owner), nonce + 1, "a permit did not use its nonce");
            assertEq(currency.allowance(owner, spender), seed, "a permit did not allow what was signed");
        }
    }

    function attest(uint256 seed, uint256 reserve_cents) external {
        ILocalCurrency.Books memory books = currency.books();
        uint256 reserve = _bound(reserve_cents, 0, (uint256(books.supply) + books.owed) * 3 / 2 + 1000);
        if (seed % 9 == 0) reserve += 1 << 80;
        bytes memory data = abi.encodeCall(currency.attestReserve, (reserve, keccak256(abi.encode(seed))));
        _act("attest", _officer(auditor, seed), address(currency), data);
    }

    function issue(uint256 seed, uint256 to, uint256 amount) external {
        bytes32 ref = _someReference(seed / 11);
        bytes memory data = abi.encodeCall(currency.issue, (_person(to), _issuable(amount), ref));
        if (_act("issue", _officer(treasurer, seed), address(currency), data)) _issued(ref);
    }

    function issueBatch(uint256 seed, uint256 to, uint256 amount) external {
        bytes32 ref = _someReference(seed / 11);
        address[] memory accounts = new address[](2);
        (accounts[0], accounts[1]) = (_spender(to), _spender(to / 3));
        uint256[] memory amounts = new uint256[](seed % 9 == 0 ? 1 : 2);
        amounts[0] = _issuable(amount) / 2;
        if (amounts.length == 2) amounts[1] = amounts[0];
        bytes memory data = abi.encodeCall(currency.issueBatch, (accounts, amounts, ref));
        if (_act("issueBatch", _officer(treasurer, seed), address(currency), data)) _issued(ref);
    }

    function redeem(uint256 who, uint256 amount) external {
        address from = _spender(who);
        ILocalCurrency.Books memory before = currency.books();
        if (_act(
                "redeem", from, address(currency), abi.encodeCall(currency.redeem, (_amount(from, amount), REFERENCE))
            )) {
            _redeemed(before);
        }
    }

    function redeemSlip(uint256 seed) external {
        ICurrencySlips.Slip memory slip = _slip(REDEEM, seed);
        ILocalCurrency.Books memory before = currency.books();
        bytes memory data = abi.encodeCall(
            currency.redeemWithAuthorization,
            (slip.from, slip.value, REFERENCE, slip.validAfter, slip.validBefore, slip.nonce, slip.signature)
        );
        if (_act("redeemSlip", _person(seed / 3), address(currency), data)) {
            _spendNonce(slip.from, uint256(slip.nonce));
            _redeemed(before);
        }
    }

    function settle(uint256 seed, uint256 redemption) external {
        bytes32 ref = _someReference(seed / 11);
        bytes memory data = abi.encodeCall(currency.settle, (_bound(redemption, 0, currency.redemptions() + 1), ref));
        if (_act("settle", _officer(treasurer, seed), address(currency), data)) _spendReference(ref);
    }

    function freeze(uint256 seed, uint256 who) external {
        if (seed % 3 != 0) return;
        bytes memory data = abi.encodeCall(currency.freeze, (_person(who), keccak256("order")));
        _act("freeze", _officer(court, seed / 3), address(currency), data);
    }

    function unfreeze(uint256 seed, uint256 who) external {
        bytes memory data = abi.encodeCall(currency.unfreeze, (_person(who), keccak256("order")));
        _act("unfreeze", _officer(court, seed), address(currency), data);
    }

    function pause(uint256 seed) external {
        if (seed % 3 != 0) return;
        vm.deal(guardian, 1 ether);
        uint256 value_wei = seed % 2;
        _act("pause", guardian, address(currency), abi.encodeCall(currency.pause, ()), value_wei);
        if (currency.paused()) assertGt(address(currency).balance, 0, "a pause that nobody looks at");
    }

    function resume(uint256 seed) external {
        _act("resume", _officer(guardian, seed), address(currency), abi.encodeCall(currency.resume, ()));
    }

    function forceEther(uint256 seed) external {
        if (seed % 4 == 0) vm.deal(address(currency), address(currency).balance + 1);
    }

    function passTime(uint256 seed) external {
        vm.warp(block.timestamp + _bound(seed, 1, 20 days));
    }

    function _issuable(uint256 seed) private view returns (uint256) {
        ILocalCurrency.Books memory books = currency.books();
        uint256 committed = uint256(books.supply) + books.owed;
        return _bound(seed, 0, (books.reserve > committed ? books.reserve - committed : 0) * 9 / 8 + 1);
    }

    function _issued(bytes32 ref) private {
        _spendReference(ref);
        ILocalCurrency.Books memory books = currency.books();
        assertLe(uint256(books.supply) + books.owed, books.reserve, "issued beyond the reserve");
    }

    function _redeemed(ILocalCurrency.Books memory before) private view {
        ILocalCurrency.Books memory books = currency.books();
        assertEq(before.supply - books.supply, books.owed - before.owed, "what was burnt is not what is owed");
        assertEq(books.reserve, before.reserve, "redeeming changed the reserve");
    }

    /// @dev A slip to post: mostly sound; else forged, expired, too early, or under a used nonce.
    function _slip(bytes32 typehash, uint256 seed) private view returns (ICurrencySlips.Slip memory slip) {
        uint256 defect = seed % 12;
        slip.from = _spender(seed / 5);
        slip.to = _spender(seed / 7);
        slip.value = _amount(slip.from, seed / 11);
        slip.validAfter = defect == 0 ? block.timestamp : block.timestamp - 1;
        slip.validBefore = defect == 1 ? block.timestamp : block.timestamp + 1;
        slip.nonce = _nonce(seed / 13);
        bytes32 hash = typehash == REDEEM
            ? keccak256(
                abi.encode(typehash, slip.from, slip.value, REFERENCE, slip.validAfter, slip.validBefore, slip.nonce)
            )
            : keccak256(
                abi.encode(typehash, slip.from, slip.to, slip.value, slip.validAfter, slip.validBefore, slip.nonce)
            );
        slip.signature = _signature(defect == 2 ? 0xbad : _keyOf(slip.from), currency.DOMAIN_SEPARATOR(), hash);
    }

    /// @dev Half within the account's slot, half around the first word beyond.
    function _nonce(uint256 seed) private pure returns (bytes32) {
        return bytes32(seed % 2 == 0 ? (seed / 2) % 64 : 64 + (seed / 2) % 300);
    }

    function _keyOf(address account) internal view returns (uint256) {
        return keys[account] == 0 ? 0xbad : keys[account];
    }

    function _split(bytes memory signature) private pure returns (uint8 v, bytes32 r, bytes32 s) {
        assembly ("memory-safe") {
            r := mload(add(signature, 0x20))
            s := mload(add(signature, 0x40))
            v := byte(0, mload(add(signature, 0x60)))
        }
    }

    /// @dev A call that lost its end on the way.
    function _cut(bytes memory data) private pure returns (bytes memory) {
        assembly ("memory-safe") {
            mstore(data, sub(mload(data), 0x40))
        }
        return data;
    }
}
