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
        return keccak256(abi.encodePacked(words));
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
        bytes32[] memory hashes = new bytes32[](rights.length);
        for (uint256 i; i < rights.length; ++i) {
            hashes[i] = keccak256(abi.encode(RIGHT_TYPEHASH, rights[i]));
        }
        return keccak256(abi.encodePacked(hashes));
    }

    function _ofPayments(Payment[] calldata payments) private pure returns (bytes32) {
        bytes32[] memory hashes = new bytes32[](payments.length);
        for (uint256 i; i < payments.length; ++i) {
            hashes[i] = keccak256(abi.encode(PAYMENT_TYPEHASH, payments[i]));
        }
        return keccak256(abi.encodePacked(hashes));
    }

    function _ofPayoffs(Payoff[] calldata payoffs) private pure returns (bytes32) {
        bytes32[] memory hashes = new bytes32[](payoffs.length);
        for (uint256 i; i < payoffs.length; ++i) {
            hashes[i] = keccak256(abi.encode(PAYOFF_TYPEHASH, payoffs[i]));
        }
        return keccak256(abi.encodePacked(hashes));
    }
}
