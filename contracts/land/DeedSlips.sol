// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {IConveyance} from "./interfaces/IConveyance.sol";
import {Right} from "./interfaces/ILandRegister.sol";
import {Payment, Payoff, Terms} from "./interfaces/SaleTypes.sol";

/// @title What the parties to a sale sign: EIP-712 types that a wallet can show
/// @dev The types are joined from their parts once, at deployment: the compiler hashes literals alone.
abstract contract DeedSlips is IConveyance, EIP712 {
    string private constant LOAN = "Loan(address lender,uint256 amount_cents,uint256 dueDay)";
    string private constant PAYMENT = "Payment(address account,uint256 amount_cents)";
    string private constant PAYOFF = "Payoff(uint256 charge,uint256 paid_cents,bool stays)";
    string private constant RIGHT = "Right(address holder,uint8 kind,uint24 shares)";
    string private constant TERMS = "Terms(uint256 title,uint256 version,uint256 price_cents,uint256 tax_cents,"
        "uint256 deposit_cents,uint256 usufruct_bps,uint256 conditions,uint256 depositBy,uint256 retractUntil,"
        "uint256 conditionsBy,uint256 settleBy,bytes32 documentHash,Loan loan,Right[] sold,Right[] bought,"
        "Payment[] fees,Payoff[] payoffs,Payment[] funding)";
    bytes32 private constant RESCISSION_TYPEHASH = keccak256("Rescission(uint256 sale)");
    bytes32 private constant RETRACTION_TYPEHASH = keccak256("Retraction(uint256 sale)");

    uint256 private constant VALUES = 12;

    bytes32 private immutable _loanTypeHash = keccak256(bytes(LOAN));
    bytes32 private immutable _paymentTypeHash = keccak256(bytes(PAYMENT));
    bytes32 private immutable _payoffTypeHash = keccak256(bytes(PAYOFF));
    bytes32 private immutable _rightTypeHash = keccak256(bytes(RIGHT));
    bytes32 private immutable _termsTypeHash;
    bytes32 private immutable _compromisTypeHash;
    bytes32 private immutable _amendmentTypeHash;
    bytes32 private immutable _deedTypeHash;

    constructor() EIP712("Conveyance", "1") {
        string memory parts = string.concat(LOAN, PAYMENT, PAYOFF, RIGHT);
        _termsTypeHash = keccak256(bytes.concat(bytes(TERMS), bytes(parts)));
        _compromisTypeHash = _typeHash("Compromis(Terms terms)", parts);
        _amendmentTypeHash = _typeHash("Amendment(uint256 sale,bytes32 from,Terms terms)", parts);
        _deedTypeHash = _typeHash("Deed(uint256 sale,Terms terms)", parts);
    }

    /// @inheritdoc IConveyance
    function hashTerms(Terms calldata terms) public view returns (bytes32) {
        bytes32[] memory words = new bytes32[](1 + VALUES + 6);
        words[0] = _termsTypeHash;
        assembly ("memory-safe") {
            // The twelve values come first in the terms, a word each, as they do in their hash.
            calldatacopy(add(words, 0x40), terms, mul(VALUES, 0x20))
        }
        uint256 n = 1 + VALUES;
        words[n++] = keccak256(abi.encode(_loanTypeHash, terms.loan));
        words[n++] = _ofRights(terms.sold);
        words[n++] = _ofRights(terms.bought);
        words[n++] = _ofPayments(terms.fees);
        words[n++] = _ofPayoffs(terms.payoffs);
        words[n++] = _ofPayments(terms.funding);
        return _joined(words);
    }

    /// @inheritdoc IConveyance
    function compromisDigest(Terms calldata terms) external view returns (bytes32) {
        return _compromisDigest(hashTerms(terms));
    }

    /// @inheritdoc IConveyance
    function amendmentDigest(uint256 sale, bytes32 from, bytes32 termsHash) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(_amendmentTypeHash, sale, from, termsHash)));
    }

    /// @inheritdoc IConveyance
    function deedDigest(uint256 sale, bytes32 termsHash) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(_deedTypeHash, sale, termsHash)));
    }

    /// @inheritdoc IConveyance
    function rescissionDigest(uint256 sale) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(RESCISSION_TYPEHASH, sale)));
    }

    /// @inheritdoc IConveyance
    function retractionDigest(uint256 sale) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(RETRACTION_TYPEHASH, sale)));
    }

    function _compromisDigest(bytes32 termsHash) internal view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(_compromisTypeHash, termsHash)));
    }

    function _ofRights(Right[] calldata rights) private view returns (bytes32) {
        uint256 at;
        assembly ("memory-safe") {
            at := rights.offset
        }
        return _ofList(_rightTypeHash, at, rights.length, 3);
    }

    function _ofPayments(Payment[] calldata payments) private view returns (bytes32) {
        uint256 at;
        assembly ("memory-safe") {
            at := payments.offset
        }
        return _ofList(_paymentTypeHash, at, payments.length, 2);
    }

    function _ofPayoffs(Payoff[] calldata payoffs) private view returns (bytes32) {
        uint256 at;
        assembly ("memory-safe") {
            at := payoffs.offset
        }
        return _ofList(_payoffTypeHash, at, payoffs.length, 3);
    }

    /// @dev EIP-712 encodes a struct of values as calldata holds it, a word each: the structs are hashed as they came.
    /// What does not fit its type is refused where it is read.
    function _ofList(bytes32 typeHash, uint256 at, uint256 length, uint256 values) private pure returns (bytes32) {
        bytes32[] memory hashes = new bytes32[](length);
        assembly ("memory-safe") {
            let size := mul(values, 0x20)
            let encoded := mload(0x40) // the type's hash and one struct after the other
            mstore(encoded, typeHash)
            for { let i := 0 } lt(i, length) { i := add(i, 1) } {
                calldatacopy(add(encoded, 0x20), add(at, mul(i, size)), size)
                mstore(add(hashes, mul(add(i, 1), 0x20)), keccak256(encoded, add(size, 0x20)))
            }
        }
        return _joined(hashes);
    }

    /// @dev The hash of words one after the other, where they are: as of `abi.encodePacked`, which would copy them.
    function _joined(bytes32[] memory words) private pure returns (bytes32 hash) {
        assembly ("memory-safe") {
            hash := keccak256(add(words, 0x20), mul(mload(words), 0x20))
        }
    }

    /// @dev EIP-712 `encodeType` of an act on terms: what they refer to follows in the order of the alphabet.
    function _typeHash(string memory act, string memory parts) private pure returns (bytes32) {
        return keccak256(bytes(string.concat(act, parts, TERMS)));
    }
}
