// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Loan, Payment, Payoff, Terms} from "./interfaces/IConveyance.sol";
import {Right} from "./interfaces/ILandRegister.sol";

/// @title What the parties to a sale sign: EIP-712 types that a wallet can show
library DeedHash {
    bytes32 private constant LOAN_TYPEHASH = keccak256("Loan(address lender,uint256 amount_cents,uint256 dueDay)");
    bytes32 private constant PAYMENT_TYPEHASH = keccak256("Payment(address account,uint256 amount_cents)");
    bytes32 private constant PAYOFF_TYPEHASH = keccak256("Payoff(uint256 charge,uint256 paid_cents,bool stays)");
    bytes32 private constant RIGHT_TYPEHASH = keccak256("Right(address holder,uint8 kind,uint24 shares)");
    bytes32 private constant TERMS_TYPEHASH = keccak256(
        "Terms(uint256 title,uint256 version,uint256 price_cents,uint256 tax_cents,uint256 deposit_cents,uint256 usufruct_bps,uint256 conditions,uint256 depositBy,uint256 retractUntil,uint256 conditionsBy,uint256 settleBy,bytes32 documentHash,Loan loan,Right[] sold,Right[] bought,Payment[] fees,Payoff[] payoffs,Payment[] funding)"
        "Loan(address lender,uint256 amount_cents,uint256 dueDay)" "Payment(address account,uint256 amount_cents)"
        "Payoff(uint256 charge,uint256 paid_cents,bool stays)" "Right(address holder,uint8 kind,uint24 shares)"
    );
    // Spelt out, because the compiler hashes literals and not what is joined from them.
    bytes32 private constant COMPROMIS_TYPEHASH = keccak256(
        "Compromis(Terms terms)" "Loan(address lender,uint256 amount_cents,uint256 dueDay)"
        "Payment(address account,uint256 amount_cents)" "Payoff(uint256 charge,uint256 paid_cents,bool stays)"
        "Right(address holder,uint8 kind,uint24 shares)"
        "Terms(uint256 title,uint256 version,uint256 price_cents,uint256 tax_cents,uint256 deposit_cents,uint256 usufruct_bps,uint256 conditions,uint256 depositBy,uint256 retractUntil,uint256 conditionsBy,uint256 settleBy,bytes32 documentHash,Loan loan,Right[] sold,Right[] bought,Payment[] fees,Payoff[] payoffs,Payment[] funding)"
    );
    bytes32 private constant AMENDMENT_TYPEHASH = keccak256(
        "Amendment(uint256 sale,bytes32 from,Terms terms)" "Loan(address lender,uint256 amount_cents,uint256 dueDay)"
        "Payment(address account,uint256 amount_cents)" "Payoff(uint256 charge,uint256 paid_cents,bool stays)"
        "Right(address holder,uint8 kind,uint24 shares)"
        "Terms(uint256 title,uint256 version,uint256 price_cents,uint256 tax_cents,uint256 deposit_cents,uint256 usufruct_bps,uint256 conditions,uint256 depositBy,uint256 retractUntil,uint256 conditionsBy,uint256 settleBy,bytes32 documentHash,Loan loan,Right[] sold,Right[] bought,Payment[] fees,Payoff[] payoffs,Payment[] funding)"
    );
    bytes32 private constant DEED_TYPEHASH = keccak256(
        "Deed(uint256 sale,Terms terms)" "Loan(address lender,uint256 amount_cents,uint256 dueDay)"
        "Payment(address account,uint256 amount_cents)" "Payoff(uint256 charge,uint256 paid_cents,bool stays)"
        "Right(address holder,uint8 kind,uint24 shares)"
        "Terms(uint256 title,uint256 version,uint256 price_cents,uint256 tax_cents,uint256 deposit_cents,uint256 usufruct_bps,uint256 conditions,uint256 depositBy,uint256 retractUntil,uint256 conditionsBy,uint256 settleBy,bytes32 documentHash,Loan loan,Right[] sold,Right[] bought,Payment[] fees,Payoff[] payoffs,Payment[] funding)"
    );
    bytes32 private constant RESCISSION_TYPEHASH = keccak256("Rescission(uint256 sale)");
    bytes32 private constant RETRACTION_TYPEHASH = keccak256("Retraction(uint256 sale)");

    uint256 private constant VALUES = 12;

    /// @notice EIP-712 hashStruct of the terms.
    function ofTerms(Terms calldata terms) internal pure returns (bytes32) {
        bytes32[] memory words = new bytes32[](1 + VALUES + 6);
        words[0] = TERMS_TYPEHASH;
        assembly ("memory-safe") {
            // The twelve values come first in the terms, a word each, as they do in their hash.
            calldatacopy(add(words, 0x40), terms, mul(VALUES, 0x20))
        }
        uint256 n = 1 + VALUES;
        words[n++] = keccak256(abi.encode(LOAN_TYPEHASH, terms.loan));
        words[n++] = _ofRights(terms.sold);
        words[n++] = _ofRights(terms.bought);
        words[n++] = _ofPayments(terms.fees);
        words[n++] = _ofPayoffs(terms.payoffs);
        words[n++] = _ofPayments(terms.funding);
        return _joined(words);
    }

    /// @notice EIP-712 hashStruct of the compromis, which locks the title.
    function ofCompromis(bytes32 termsHash) internal pure returns (bytes32) {
        return keccak256(abi.encode(COMPROMIS_TYPEHASH, termsHash));
    }

    /// @notice EIP-712 hashStruct of an amendment, from terms in force to others.
    function ofAmendment(uint256 sale, bytes32 from, bytes32 termsHash) internal pure returns (bytes32) {
        return keccak256(abi.encode(AMENDMENT_TYPEHASH, sale, from, termsHash));
    }

    /// @notice EIP-712 hashStruct of the deed, which settles.
    function ofDeed(uint256 sale, bytes32 termsHash) internal pure returns (bytes32) {
        return keccak256(abi.encode(DEED_TYPEHASH, sale, termsHash));
    }

    /// @notice EIP-712 hashStruct of a sale that its parties give up.
    function ofRescission(uint256 sale) internal pure returns (bytes32) {
        return keccak256(abi.encode(RESCISSION_TYPEHASH, sale));
    }

    /// @notice EIP-712 hashStruct of a buyer's retraction.
    function ofRetraction(uint256 sale) internal pure returns (bytes32) {
        return keccak256(abi.encode(RETRACTION_TYPEHASH, sale));
    }

    function _ofRights(Right[] calldata rights) private pure returns (bytes32) {
        uint256 at;
        assembly ("memory-safe") {
            at := rights.offset
        }
        return _ofList(RIGHT_TYPEHASH, at, rights.length, 3);
    }

    function _ofPayments(Payment[] calldata payments) private pure returns (bytes32) {
        uint256 at;
        assembly ("memory-safe") {
            at := payments.offset
        }
        return _ofList(PAYMENT_TYPEHASH, at, payments.length, 2);
    }

    function _ofPayoffs(Payoff[] calldata payoffs) private pure returns (bytes32) {
        uint256 at;
        assembly ("memory-safe") {
            at := payoffs.offset
        }
        return _ofList(PAYOFF_TYPEHASH, at, payoffs.length, 3);
    }

    /// @dev EIP-712 encodes a struct of values as calldata holds it, a word each: the structs are hashed as they came. What does not fit its
    /// type is refused where it is read.
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
}
