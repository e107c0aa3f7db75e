// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISlipActs} from "../../access/interfaces/ISlipActs.sol";

/// @title Payments in credit that their payer signed and anyone posts
/// @notice A slip is bound to chain, contract, purpose, payer, nonce and deadline. Nonces are unordered; the first 64
/// of an account (0…63) are kept in its own slot and cost nothing to store, others in words of 256 neighbours. Both
/// kinds of slips draw on the same nonces.
interface ICreditSlips is ISlipActs {
    /// @notice A payment in credit that `from` signed.
    /// @dev EIP-712 `CreditPayment(address from,address to,uint256 amount,bytes32 ref,uint256 nonce,uint256
    /// deadline)`
    /// @param ref an invoice, a till receipt; 0 for none
    /// @param deadline unix seconds, the last that it may be posted in
    struct CreditSlip {
        address from;
        address to;
        uint256 amount;
        bytes32 ref;
        uint256 nonce;
        uint256 deadline;
        bytes signature;
    }

    /// @notice A payment in money first and in credit for the rest, that `from` signed.
    /// @dev EIP-712 `MixedPayment(address from,address to,uint256 amount_cents,uint256 mostCredit_cents,bytes32
    /// ref,uint256 nonce,uint256 deadline)`
    /// @param mostCredit_cents the most of it that is paid in credit, whatever money is there when it is posted
    struct MixedSlip {
        address from;
        address to;
        uint256 amount_cents;
        uint256 mostCredit_cents;
        bytes32 ref;
        uint256 nonce;
        uint256 deadline;
        bytes signature;
    }

    /// @notice Thrown when a slip's nonce was used or cancelled.
    error MutualCredit_SlipUsed(address from, uint256 nonce);
    /// @notice Thrown when a batch comes to a slip with less gas left than any slip may need: none is posted.
    error MutualCredit_OutOfGas(uint256 position);

    /// @notice A slip of a batch was left out, for the custom error in `reason`; it may be posted again.
    event CreditSlipRefused(uint256 indexed position, address indexed from, uint256 indexed nonce, bytes reason);
    /// @notice A slip that was not posted is worth nothing any more.
    event CreditSlipCancelled(address indexed from, uint256 indexed nonce);

    /// @notice Carries out a payment in credit by its payer's slip.
    function payBySlip(CreditSlip calldata slip) external;

    /// @notice Carries out many; a bad one is named in an event and holds back no other.
    /// @dev Each is given the gas that any slip may need, 300,000, or the batch reverts: no signer starves another's.
    /// @return posted how many were carried out
    function payBatch(CreditSlip[] calldata slips) external returns (uint256 posted);

    /// @notice Makes a slip that was not posted worthless, of either kind.
    /// @dev EIP-712 `CancelCredit(address from,uint256 nonce,uint256 deadline)`
    function cancelSlip(address from, uint256 nonce, uint256 deadline, bytes calldata signature) external;

    /// @notice Whether a nonce was used or cancelled.
    function slipUsed(address from, uint256 nonce) external view returns (bool);
}
