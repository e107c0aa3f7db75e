// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ITill} from "../../currency/interfaces/ITill.sol";
import {ICharges} from "./ICharges.sol";
import {ILandRegister} from "./ILandRegister.sol";
import {ILandTax} from "./ILandTax.sol";
import {IPlanning} from "./IPlanning.sol";
import {Cause, SaleState, Terms} from "./SaleTypes.sol";

/// @title The notarised sale, from compromis to settlement in one transaction
/// @notice Parties sign slips over the hash of the terms: the compromis, which locks the title, and the deed, which
/// settles. Other terms have another hash, so that any change asks everybody again. Every state is left by someone's
/// act or, past its deadline, by anyone's. Nothing is ever forfeited: a sale that fails gives everybody back what they
/// paid, at their own request.
interface IConveyance is ITill {
    /// @notice A sale, in two slots.
    /// @param termsHash the hash of the terms in force
    /// @param state where it stands
    /// @param pending conditions that are not met yet
    /// @param depositBy unix seconds
    /// @param conditionsBy unix seconds
    /// @param settleBy unix seconds
    /// @param deposit_cents what is due by `depositBy`
    /// @param escrow_cents what was paid in, as long as the sale is open
    struct Sale {
        bytes32 termsHash;
        SaleState state;
        uint8 pending;
        uint40 depositBy;
        uint40 conditionsBy;
        uint40 settleBy;
        uint56 deposit_cents;
        uint56 escrow_cents;
    }

    /// @param pledged_cents what the terms say that this account pays
    /// @param paid_cents what it paid and has not taken back
    struct Share {
        uint128 pledged_cents;
        uint128 paid_cents;
    }

    /// @notice Thrown when the terms are not those of the sale.
    error Conveyance_OtherTerms(bytes32 termsHash);
    /// @notice Thrown when an act does not fit the sale's state.
    error Conveyance_WrongState(uint256 sale, SaleState state);
    /// @notice Thrown when the deadlines are out of order, past, too near for a retraction or too far.
    error Conveyance_InvalidDeadlines();
    /// @notice Thrown when nothing is sold or bought, or too many take part.
    error Conveyance_InvalidParties();
    /// @notice Thrown when a condition is not one that exists, or the usufruct's worth is above everything.
    error Conveyance_InvalidTerms();
    /// @notice Thrown when the funding is not price, tax and fees, or the charges take more than the price.
    error Conveyance_SumsMismatch(uint256 given_cents, uint256 expected_cents);
    /// @notice Thrown when the lender does not fund the loan.
    error Conveyance_LoanNotFunded(address lender);
    /// @notice Thrown when there are more or fewer signatures than parties.
    error Conveyance_SignaturesMismatch(uint256 given, uint256 expected);
    /// @notice Thrown when a party did not sign.
    error Conveyance_InvalidSignature(address party);
    /// @notice Thrown when an act comes past its deadline.
    error Conveyance_TooLate(uint256 deadline);
    /// @notice Thrown when an act comes before its time.
    error Conveyance_TooEarly(uint256 from);
    /// @notice Thrown when someone pays more than the terms say, or nothing.
    error Conveyance_NotPledged(uint256 sale, address payer, uint256 amount_cents);
    /// @notice Thrown when anyone but a buyer retracts.
    error Conveyance_OnlyBuyer(address account);
    /// @notice Thrown when what is bought is not what is sold, in bare ownership or in use.
    error Conveyance_Unbalanced();
    /// @notice Thrown when a condition is not pending.
    error Conveyance_NotPending(uint256 sale, uint8 condition);
    /// @notice Thrown when a permit is for another title, or does not allow building.
    error Conveyance_NotPermitted(uint256 permit);
    /// @notice Thrown when conditions are not met.
    error Conveyance_ConditionsPending(uint8 pending);
    /// @notice Thrown when the town's right of pre-emption was not purged.
    error Conveyance_NotPurged(bytes32 termsHash);
    /// @notice Thrown when the town did not pre-empt.
    error Conveyance_NotPreempted(bytes32 termsHash);
    /// @notice Thrown when not everything was paid in.
    error Conveyance_NotFunded(uint256 paid_cents, uint256 due_cents);
    /// @notice Thrown when the tax is not what the terms say.
    error Conveyance_TaxChanged(uint256 stated_cents, uint256 due_cents);
    /// @notice Thrown when the charges on the title are not those of the terms, or a payoff is above what is secured.
    error Conveyance_ChargesDiffer(uint256 title);

    event SaleOpened(uint256 indexed sale, uint256 indexed title, bytes32 indexed termsHash, Terms terms);
    event SaleAmended(uint256 indexed sale, bytes32 indexed termsHash, Terms terms);
    event Funded(uint256 indexed sale, address indexed payer, uint256 amount_cents);
    event DepositHeld(uint256 indexed sale, uint256 escrow_cents);
    event ConditionMet(uint256 indexed sale, uint8 indexed condition, bytes32 documentHash);
    event SaleCancelled(uint256 indexed sale, Cause indexed cause, bytes32 documentHash);
    event SaleSettled(uint256 indexed sale, uint256 indexed title, bytes32 indexed termsHash);

    /// @notice The notary opens a sale that sellers and buyers signed, and the title is locked.
    /// @param signatures of each seller, then each buyer, over EIP-712 `Compromis(Terms terms)`
    /// @return sale the title and its version: title << 16 | version
    function open(Terms calldata terms, bytes[] calldata signatures) external returns (uint256 sale);

    /// @notice The notary replaces the terms by others that everybody signed. Conditions start again; what was paid
    /// stays, and nobody can be left with more paid than pledged. Terms that were left are not returned to.
    /// @param signatures of each seller, then each buyer, over EIP-712
    /// `Amendment(uint256 sale,bytes32 from,Terms terms)`
    function amend(uint256 sale, Terms calldata old, Terms calldata terms, bytes[] calldata signatures) external;

    /// @notice Pays into the escrow what the terms say that the caller pays.
    function fund(uint256 sale, uint256 amount_cents) external;

    /// @notice The same by an ERC-3009 `ReceiveWithAuthorization` to this contract that the payer signed and anyone
    /// posts. Its nonce is `slipNonce(termsHash, salt)`: it funds no other sale, nor this one on other terms.
    /// @param payer as the terms name it; if that key was replaced, the one that is in force signs and pays
    function fundBySlip(
        uint256 sale,
        address payer,
        uint256 amount_cents,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 salt,
        bytes calldata signature
    ) external;

    /// @notice A buyer withdraws, in the time that the terms leave: by its own call, or by a slip that anyone posts.
    /// @param signature empty when the buyer calls; otherwise over EIP-712 `Retraction(uint256 sale)`
    function retract(uint256 sale, Terms calldata terms, address buyer, bytes calldata signature) external;

    /// @notice Sellers and buyers give the sale up together; posted by anyone.
    /// @param signatures of each seller, then each buyer, over EIP-712 `Rescission(uint256 sale)`
    function rescind(uint256 sale, Terms calldata terms, bytes[] calldata signatures) external;

    /// @notice The notary states that a condition is met.
    function meetCondition(uint256 sale, uint8 condition, bytes32 documentHash) external;

    /// @notice A valid permit on the title meets the PERMIT condition; open to anyone.
    function meetByPermit(uint256 sale, uint256 permit) external;

    /// @notice The notary states that a condition failed: the sale is over.
    function failCondition(uint256 sale, uint8 condition, bytes32 documentHash) external;

    /// @notice Ends a sale that the town pre-empted; open to anyone.
    function cancelPreempted(uint256 sale) external;

    /// @notice Ends a sale whose deposit, conditions or settlement are overdue; open to anyone.
    function expire(uint256 sale) external;

    /// @notice A court ends a sale.
    function cancelByOrder(uint256 sale, bytes32 orderHash) external;

    /// @notice The notary settles a sale that everybody signed. All in one transaction: charges by rank, tax, fees,
    /// sellers, rights, new mortgage.
    /// @param signatures over EIP-712 `Deed(uint256 sale,Terms terms)`: of each seller, each buyer, the lender if any,
    /// each creditor whose consent is needed by rank
    function settle(uint256 sale, Terms calldata terms, bytes[] calldata signatures) external;

    /// @notice Gives back what someone paid into a sale that was cancelled; posted by anyone, paid to that account's
    /// current key. Where that one may not receive it, it is credited, and goes where its holder says (`withdrawTo`).
    function refund(uint256 sale, address payer) external;

    /// @notice A sale.
    function saleOf(uint256 sale) external view returns (Sale memory);

    /// @notice What an account pledged and paid in a sale; nothing once it is settled.
    function shareOf(uint256 sale, address payer) external view returns (Share memory);

    /// @notice The hash of terms, which the parties sign and the town is told.
    function hashTerms(Terms calldata terms) external view returns (bytes32);

    /// @notice The digest of the compromis on these terms.
    function compromisDigest(Terms calldata terms) external view returns (bytes32);

    /// @notice The digest of an amendment, from the terms in force to others.
    function amendmentDigest(uint256 sale, bytes32 from, bytes32 termsHash) external view returns (bytes32);

    /// @notice The digest of the deed of a sale on these terms.
    function deedDigest(uint256 sale, bytes32 termsHash) external view returns (bytes32);

    /// @notice The digest of a rescission.
    function rescissionDigest(uint256 sale) external view returns (bytes32);

    /// @notice The digest of a retraction.
    function retractionDigest(uint256 sale) external view returns (bytes32);

    /// @notice The shortest time to retract, in seconds.
    function retraction_s() external view returns (uint64);

    /// @notice The longest that a sale may lock a title, in seconds.
    function longestSale_s() external view returns (uint64);

    /// @notice The land register.
    function register() external view returns (ILandRegister);

    /// @notice The charges.
    function charges() external view returns (ICharges);

    /// @notice The planning office.
    function planning() external view returns (IPlanning);

    /// @notice The tax.
    function tax() external view returns (ILandTax);
}
