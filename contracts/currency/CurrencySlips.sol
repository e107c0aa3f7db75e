// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {SelfCall} from "../access/SelfCall.sol";
import {SlipSignature} from "../access/SlipSignature.sol";
import {Account} from "./Account.sol";
import {CurrencyLedger} from "./CurrencyLedger.sol";
import {ICurrencySlips} from "./interfaces/ICurrencySlips.sol";

/// @title Payments that their payer signed and anyone posts
abstract contract CurrencySlips is CurrencyLedger, EIP712 {
    // A storage word of 256 nonces, except those that the account's own slot keeps.
    uint256 private constant NONCES_IN_ACCOUNT = 64;

    /// @inheritdoc ICurrencySlips
    bytes32 public constant TRANSFER_WITH_AUTHORIZATION_TYPEHASH = keccak256(
        "TransferWithAuthorization(address from,address to,uint256 value,"
        "uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );
    /// @inheritdoc ICurrencySlips
    bytes32 public constant RECEIVE_WITH_AUTHORIZATION_TYPEHASH = keccak256(
        "ReceiveWithAuthorization(address from,address to,uint256 value,"
        "uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );
    /// @inheritdoc ICurrencySlips
    bytes32 public constant CANCEL_AUTHORIZATION_TYPEHASH =
        keccak256("CancelAuthorization(address authorizer,bytes32 nonce)");
    bytes32 private constant PERMIT_TYPEHASH =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");

    /// @dev What a slip may need: the promise to a smart account, its own storage, and what EIP-150 keeps back of both.
    uint256 private constant SLIP_GAS = 300_000;
    /// @dev Above the count of permits: one signed before its owner left the register is of no use to who holds it.
    uint256 private constant EPOCH_OF_PERMITS = 128;
    // Six values, the signature's offset and its length.
    uint256 private constant SLIP_HEAD = 8 * 32;

    mapping(address authorizer => mapping(uint256 word => uint256)) private _usedNonces;
    mapping(address owner => uint256) private _permitNonces;

    /// @inheritdoc ICurrencySlips
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
    ) external whenMoving {
        _carryOut(from, to, value, validAfter, validBefore, nonce, abi.encodePacked(r, s, v));
    }

    /// @inheritdoc ICurrencySlips
    function transferWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external whenMoving {
        _carryOut(from, to, value, validAfter, validBefore, nonce, signature);
    }

    /// @inheritdoc ICurrencySlips
    function acceptSlip(Slip calldata slip) external whenMoving {
        _carryOut(slip.from, slip.to, slip.value, slip.validAfter, slip.validBefore, slip.nonce, slip.signature);
    }

    /// @inheritdoc ICurrencySlips
    function transferWithAuthorizationBatch(Slip[] calldata slips) external returns (uint256 posted) {
        for (uint256 i; i < slips.length; ++i) {
            require(gasleft() >= SLIP_GAS, LocalCurrency_OutOfGas(i));
            Slip calldata slip = slips[i];
            uint256 length = SLIP_HEAD + ((slip.signature.length + 31) & ~uint256(31)); // padded to words
            if (!_postAlone(slip, length)) {
                emit SlipRefused(i, slip.from, slip.nonce, SelfCall.returned());
                continue;
            }
            unchecked {
                ++posted; // at most slips.length
            }
        }
    }

    /// @inheritdoc ICurrencySlips
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
    ) external whenMoving {
        _receive(from, to, value, validAfter, validBefore, nonce, abi.encodePacked(r, s, v));
    }

    /// @inheritdoc ICurrencySlips
    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external whenMoving {
        _receive(from, to, value, validAfter, validBefore, nonce, signature);
    }

    /// @inheritdoc ICurrencySlips
    function cancelAuthorization(address authorizer, bytes32 nonce, uint8 v, bytes32 r, bytes32 s) external {
        _cancel(authorizer, nonce, abi.encodePacked(r, s, v));
    }

    /// @inheritdoc ICurrencySlips
    function cancelAuthorization(address authorizer, bytes32 nonce, bytes calldata signature) external {
        _cancel(authorizer, nonce, signature);
    }

    /// @inheritdoc IERC20Permit
    function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external
    {
        _permit(owner, spender, value, deadline, abi.encodePacked(r, s, v));
    }

    /// @inheritdoc ICurrencySlips
    function permit(address owner, address spender, uint256 value, uint256 deadline, bytes calldata signature)
        external
    {
        _permit(owner, spender, value, deadline, signature);
    }

    /// @inheritdoc ICurrencySlips
    function payRequest(address to, uint256 amount_cents, bytes32 ref) external whenMoving {
        bytes32 nonce = keccak256(abi.encode(to, amount_cents, ref));
        _useNonce(msg.sender, nonce);
        emit AuthorizationUsed(msg.sender, nonce);
        _pay(msg.sender, to, amount_cents, ref);
    }

    /// @inheritdoc ICurrencySlips
    function authorizationState(address authorizer, bytes32 nonce) external view returns (bool) {
        uint256 n = uint256(nonce);
        if (n < NONCES_IN_ACCOUNT) return _accounts[authorizer].slipUsed(n);
        return (_usedNonces[authorizer][n >> 8] >> (n & 0xff)) & 1 != 0;
    }

    /// @inheritdoc IERC20Permit
    function nonces(address owner) public view returns (uint256) {
        return _permitNonces[owner] | (_accounts[owner].epoch() << EPOCH_OF_PERMITS);
    }

    /// @inheritdoc IERC20Permit
    // forge-lint: disable-next-line(mixed-case-function)
    function DOMAIN_SEPARATOR() external view returns (bytes32) {
        return _domainSeparatorV4();
    }

    /// @inheritdoc ICurrencySlips
    function version() external view returns (string memory) {
        return _EIP712Version();
    }

    /// @dev What a slip pays: 2²⁵⁶ − 1 is all that there is when it is posted, which demurrage makes hard to foresee.
    function _meant(address from, uint256 value) internal view returns (uint256 meant_cents) {
        if (value != type(uint256).max) return value;
        meant_cents = balanceOf(from);
        require(meant_cents != 0, LocalCurrency_NothingLeft(from));
    }

    /// @dev A slip is taken: in its window, signed by `from`, never before.
    function _accept(
        address from,
        bytes32 slip,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes memory signature
    ) internal {
        require(block.timestamp > validAfter, LocalCurrency_SlipNotYetValid(validAfter));
        require(block.timestamp < validBefore, LocalCurrency_SlipExpired(validBefore));
        _requireSigned(from, slip, signature);

        _useNonce(from, nonce);
        emit AuthorizationUsed(from, nonce);
    }

    function _carryOut(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes memory signature
    ) private {
        bytes32 slip = keccak256(
            abi.encode(TRANSFER_WITH_AUTHORIZATION_TYPEHASH, from, to, value, validAfter, validBefore, nonce)
        );
        _accept(from, slip, validAfter, validBefore, nonce, signature);
        _transfer(from, to, _meant(from, value));
    }

    function _receive(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes memory signature
    ) private {
        require(msg.sender == to, LocalCurrency_OnlyPayee(msg.sender, to));
        bytes32 slip =
            keccak256(abi.encode(RECEIVE_WITH_AUTHORIZATION_TYPEHASH, from, to, value, validAfter, validBefore, nonce));
        _accept(from, slip, validAfter, validBefore, nonce, signature);
        _transfer(from, to, value);
    }

    function _postAlone(Slip calldata slip, uint256 length) private returns (bool accepted) {
        uint256 at;
        assembly ("memory-safe") {
            at := slip
        }
        return SelfCall.hand(this.acceptSlip.selector, at, length);
    }

    function _cancel(address authorizer, bytes32 nonce, bytes memory signature) private {
        _requireSigned(authorizer, keccak256(abi.encode(CANCEL_AUTHORIZATION_TYPEHASH, authorizer, nonce)), signature);

        _useNonce(authorizer, nonce);
        emit AuthorizationCanceled(authorizer, nonce);
    }

    function _permit(address owner, address spender, uint256 value, uint256 deadline, bytes memory signature) private {
        require(block.timestamp <= deadline, LocalCurrency_SlipExpired(deadline));
        bytes32 slip = keccak256(abi.encode(PERMIT_TYPEHASH, owner, spender, value, nonces(owner), deadline));
        _requireSigned(owner, slip, signature);

        ++_permitNonces[owner];
        _approve(owner, spender, value);
    }

    function _useNonce(address authorizer, bytes32 nonce) private {
        uint256 n = uint256(nonce);
        if (n < NONCES_IN_ACCOUNT) {
            Account account = _accounts[authorizer];
            require(!account.slipUsed(n), LocalCurrency_SlipUsed(authorizer, nonce));
            _accounts[authorizer] = account.withSlip(n);
            return;
        }

        uint256 bit = 1 << (n & 0xff);
        uint256 word = _usedNonces[authorizer][n >> 8];
        require(word & bit == 0, LocalCurrency_SlipUsed(authorizer, nonce));
        _usedNonces[authorizer][n >> 8] = word | bit;
    }

    function _requireSigned(address signer, bytes32 slip, bytes memory signature) private view {
        require(
            SlipSignature.isValid(signer, _hashTypedDataV4(slip), signature), LocalCurrency_InvalidSignature(signer)
        );
    }
}
