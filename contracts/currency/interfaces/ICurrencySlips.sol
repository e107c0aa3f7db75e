// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";

/// @title Payments that their payer signed and anyone posts: ERC-3009 and ERC-2612, for keys and for smart accounts
/// (ERC-1271)
/// @notice A slip is bound to chain, contract, purpose, payer, nonce and a window of time. Nonces are unordered. The
/// first 64 of an account (0…63) are kept in its own slot and cost nothing to store; others in words of 256 neighbours.
/// Who pays a request spends a nonce of its own, keccak256(abi.encode(payee, amount_cents, ref)), by slip or by
/// `payRequest`: it is paid once by each payer, whoever else pays it, and nothing was stored for it before.
interface ICurrencySlips is IERC20Permit {
    /// @notice A transfer that `from` signed. A value of 2²⁵⁶ − 1 is all that it has when the slip is posted, and of
    /// nothing it is refused; so it is in a redemption's slip. A receipt is of its value: who takes it counts on that.
    /// @dev EIP-712 `TransferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256
    /// validBefore,bytes32 nonce)`
    /// @param validAfter unix seconds; valid strictly after
    /// @param validBefore unix seconds; valid strictly before
    struct Slip {
        address from;
        address to;
        uint256 value;
        uint256 validAfter;
        uint256 validBefore;
        bytes32 nonce;
        bytes signature;
    }

    /// @notice Thrown when a slip is posted at or before its first second.
    error LocalCurrency_SlipNotYetValid(uint256 validAfter);
    /// @notice Thrown when a slip or a permit is posted at or after its deadline.
    error LocalCurrency_SlipExpired(uint256 validBefore);
    /// @notice Thrown when a slip's nonce was used or cancelled.
    error LocalCurrency_SlipUsed(address authorizer, bytes32 nonce);
    /// @notice Thrown when a slip or a permit is not signed by the account it binds.
    error LocalCurrency_InvalidSignature(address signer);
    /// @notice Thrown when a batch comes to a slip with less gas left than any slip may need: none is posted.
    error LocalCurrency_OutOfGas(uint256 position);
    /// @notice Thrown when a slip for its payee alone is posted by another.
    error LocalCurrency_OnlyPayee(address caller, address payee);

    /// @notice Thrown when a slip for all that an account has finds nothing there.
    error LocalCurrency_NothingLeft(address account);
    /// @notice Thrown when an account that left the register 127 times would allow something: no departure would end it
    /// any more.
    error LocalCurrency_AllowsNoMore(address owner);

    event AuthorizationUsed(address indexed authorizer, bytes32 indexed nonce);
    event AuthorizationCanceled(address indexed authorizer, bytes32 indexed nonce);
    /// @notice A slip of a batch was left out, for the custom error in `reason`; it may be posted again.
    event SlipRefused(uint256 indexed position, address indexed from, bytes32 indexed nonce, bytes reason);

    /// @notice ERC-3009: carries out a signed transfer.
    function transferWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external;

    /// @notice ERC-3009 with a signature of any form.
    function transferWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external;

    /// @notice The same, of a slip as a whole: what a batch asks for each, and the cheapest way to post a single one.
    /// @dev The compiler looks for a call's function in the order of selectors, 22 gas each: this name's comes first.
    function acceptSlip(Slip calldata slip) external;

    /// @notice Carries out many signed transfers; a bad one is named in an event and holds back no other.
    /// @dev Each is given the gas that any slip may need, 300,000, or the batch reverts: no signer starves another's
    /// slip, and what a node estimates is enough. The poster pays what is used.
    /// @return posted how many were carried out
    function transferWithAuthorizationBatch(Slip[] calldata slips) external returns (uint256 posted);

    /// @notice ERC-3009: the same, posted by the payee alone, so that nobody can come before it.
    /// @dev EIP-712 `ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256
    /// validBefore,bytes32 nonce)`
    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external;

    /// @notice ERC-3009 receipt with a signature of any form.
    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external;

    /// @notice ERC-3009: makes a slip that was not posted worthless.
    /// @dev EIP-712 `CancelAuthorization(address authorizer,bytes32 nonce)`
    function cancelAuthorization(address authorizer, bytes32 nonce, uint8 v, bytes32 r, bytes32 s) external;

    /// @notice ERC-3009 cancellation with a signature of any form.
    function cancelAuthorization(address authorizer, bytes32 nonce, bytes calldata signature) external;

    /// @notice Pays a request by the payer's own transaction, and spends its nonce as a slip would.
    /// @param ref the request's hash
    function payRequest(address to, uint256 amount_cents, bytes32 ref) external;

    /// @notice ERC-2612 with a signature of any form. `nonces` counts in its lower half the owner's permits, in its
    /// upper half how often the owner left the register: a permit from before serves no more.
    /// @dev EIP-712 `Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)`
    function permit(address owner, address spender, uint256 value, uint256 deadline, bytes calldata signature) external;

    /// @notice ERC-3009: the hash of the type of a transfer's slip.
    // forge-lint: disable-next-line(mixed-case-function)
    function TRANSFER_WITH_AUTHORIZATION_TYPEHASH() external view returns (bytes32);

    /// @notice ERC-3009: the hash of the type of a receipt's slip.
    // forge-lint: disable-next-line(mixed-case-function)
    function RECEIVE_WITH_AUTHORIZATION_TYPEHASH() external view returns (bytes32);

    /// @notice ERC-3009: the hash of the type of a cancellation.
    // forge-lint: disable-next-line(mixed-case-function)
    function CANCEL_AUTHORIZATION_TYPEHASH() external view returns (bytes32);

    /// @notice The version in the EIP-712 domain, which wallets ask for.
    function version() external view returns (string memory);

    /// @notice Whether a nonce was used or cancelled.
    function authorizationState(address authorizer, bytes32 nonce) external view returns (bool);
}
