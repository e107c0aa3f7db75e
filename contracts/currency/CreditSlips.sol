// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SelfCall} from "../access/SelfCall.sol";
import {SlipActs} from "../access/SlipActs.sol";
import {CreditAccount} from "./CreditAccount.sol";
import {ICreditSlips} from "./interfaces/ICreditSlips.sol";

/// @title What is signed of mutual credit, and the nonces that keep it from serving twice
abstract contract CreditSlips is ICreditSlips, SlipActs {
    // A storage word of 256 nonces, except those that the account's own slot keeps.
    uint256 private constant NONCES_IN_ACCOUNT = 64;
    /// @dev What a slip may need: the promise to a smart account, its own storage, and what EIP-150 keeps back of both.
    uint256 private constant SLIP_GAS = 300_000;
    // Six values, the signature's offset and its length.
    uint256 private constant SLIP_HEAD = 8 * 32;

    bytes32 private constant PAYMENT_TYPEHASH =
        keccak256("CreditPayment(address from,address to,uint256 amount,bytes32 ref,uint256 nonce,uint256 deadline)");
    bytes32 private constant MIXED_TYPEHASH = keccak256(
        "MixedPayment(address from,address to,uint256 amount_cents,"
        "uint256 mostCredit_cents,bytes32 ref,uint256 nonce,uint256 deadline)"
    );
    bytes32 private constant CANCEL_TYPEHASH = keccak256("CancelCredit(address from,uint256 nonce,uint256 deadline)");
    bytes32 internal constant VOUCH_TYPEHASH =
        keccak256("Vouch(address voucher,address member,uint256 amount,uint256 deadline)");
    bytes32 internal constant UNVOUCH_TYPEHASH =
        keccak256("Unvouch(address voucher,address member,uint256 amount,uint256 deadline)");

    mapping(address member => CreditAccount) internal _accounts;
    mapping(address from => mapping(uint256 word => uint256)) private _usedNonces;

    /// @inheritdoc ICreditSlips
    function payBatch(CreditSlip[] calldata slips) external returns (uint256 posted) {
        for (uint256 i; i < slips.length; ++i) {
            require(gasleft() >= SLIP_GAS, MutualCredit_OutOfGas(i));
            CreditSlip calldata slip = slips[i];
            uint256 length = SLIP_HEAD + ((slip.signature.length + 31) & ~uint256(31)); // padded to words
            if (!_postAlone(slip, length)) {
                emit CreditSlipRefused(i, slip.from, slip.nonce, SelfCall.returned());
                continue;
            }
            unchecked {
                ++posted; // at most slips.length
            }
        }
    }

    /// @inheritdoc ICreditSlips
    function cancelSlip(address from, uint256 nonce, uint256 deadline, bytes calldata signature) external {
        _requireBy(from, keccak256(abi.encode(CANCEL_TYPEHASH, from, nonce, deadline)), deadline, signature);

        _accounts[from] = _afterSlip(from, nonce);
        emit CreditSlipCancelled(from, nonce);
    }

    /// @inheritdoc ICreditSlips
    function slipUsed(address from, uint256 nonce) external view returns (bool) {
        if (nonce < NONCES_IN_ACCOUNT) return _accounts[from].slipUsed(nonce);
        return (_usedNonces[from][nonce >> 8] >> (nonce & 0xff)) & 1 != 0;
    }

    /// @dev A payment's slip is taken: in time, signed by its payer, never before. Returns the payer's account, which
    /// the caller stores.
    function _take(CreditSlip calldata slip) internal returns (CreditAccount) {
        bytes32 signed = keccak256(
            abi.encode(PAYMENT_TYPEHASH, slip.from, slip.to, slip.amount, slip.ref, slip.nonce, slip.deadline)
        );
        _requireInTime(slip.from, signed, slip.deadline, slip.signature);
        return _afterSlip(slip.from, slip.nonce);
    }

    /// @dev The same for a mixed one.
    function _take(MixedSlip calldata slip) internal returns (CreditAccount) {
        bytes32 signed = keccak256(
            abi.encode(
                MIXED_TYPEHASH,
                slip.from,
                slip.to,
                slip.amount_cents,
                slip.mostCredit_cents,
                slip.ref,
                slip.nonce,
                slip.deadline
            )
        );
        _requireInTime(slip.from, signed, slip.deadline, slip.signature);
        return _afterSlip(slip.from, slip.nonce);
    }

    /// @dev Unlike `_requireBy`, an empty signature is nobody's: who pays herself needs no slip.
    function _requireInTime(address from, bytes32 slip, uint256 deadline, bytes calldata signature) private view {
        require(block.timestamp <= deadline, SlipActs_SlipExpired(deadline));
        _requireSigned(from, slip, signature);
    }

    function _afterSlip(address from, uint256 nonce) private returns (CreditAccount account) {
        account = _accounts[from];
        if (nonce < NONCES_IN_ACCOUNT) {
            require(!account.slipUsed(nonce), MutualCredit_SlipUsed(from, nonce));
            return account.withSlip(nonce);
        }

        uint256 bit = 1 << (nonce & 0xff);
        uint256 word = _usedNonces[from][nonce >> 8];
        require(word & bit == 0, MutualCredit_SlipUsed(from, nonce));
        _usedNonces[from][nonce >> 8] = word | bit;
    }

    function _postAlone(CreditSlip calldata slip, uint256 length) private returns (bool accepted) {
        uint256 at;
        assembly ("memory-safe") {
            at := slip
        }
        return SelfCall.hand(this.payBySlip.selector, at, length);
    }
}
