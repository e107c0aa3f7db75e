// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Right} from "./ILandRegister.sol";

enum SaleState {
    None,
    Agreed, // the title is locked; the deposit is awaited
    Deposited, // the deposit is held; retraction, conditions and pre-emption run
    Settled,
    Cancelled // whoever paid takes it back
}

enum Cause {
    Expired,
    Retracted,
    ConditionFailed,
    Preempted,
    Rescinded,
    Ordered
}

/// @notice An amount that an account pays in or is paid.
/// @dev EIP-712 `Payment(address account,uint256 amount_cents)`
struct Payment {
    address account;
    uint256 amount_cents;
}

/// @notice What becomes of a charge: paid, or left on the title.
/// @param charge the inscription's number
/// @param paid_cents what its creditor gets; less than is secured only if the creditor signs
/// @param stays whether it passes with the title, which its creditor must sign
/// @dev EIP-712 `Payoff(uint256 charge,uint256 paid_cents,bool stays)`
struct Payoff {
    uint256 charge;
    uint256 paid_cents;
    bool stays;
}

/// @notice The buyer's mortgage; no lender when there is none.
/// @dev EIP-712 `Loan(address lender,uint256 amount_cents,uint256 dueDay)`
struct Loan {
    address lender;
    uint256 amount_cents;
    uint256 dueDay;
}

/// @notice The terms of a sale. What the parties sign, and all that they sign.
/// @param title the title
/// @param version the title's version before the sale: terms serve once
/// @param price_cents the price
/// @param tax_cents the transfer tax, which must be right on the day of settlement
/// @param deposit_cents what must be paid by `depositBy`, out of the funding
/// @param usufruct_bps what the usufruct is worth, in basis points of full ownership, where it is sold apart
/// @param conditions LOAN 1, PERMIT 2
/// @param depositBy unix seconds
/// @param retractUntil unix seconds; until then a buyer may retract, and nothing settles
/// @param conditionsBy unix seconds
/// @param settleBy unix seconds
/// @param documentHash the deed on paper
/// @param loan the buyer's mortgage
/// @param sold rights as they are recorded, share by share
/// @param bought rights as they will be, in the same shares
/// @param fees the notary's, an agent's
/// @param payoffs every charge on the title, by rank
/// @param funding who pays how much: price, tax and fees in all
/// @dev EIP-712 `Terms(uint256 title,uint256 version,uint256 price_cents,uint256 tax_cents,uint256
/// deposit_cents,uint256 usufruct_bps,uint256 conditions,uint256 depositBy,uint256 retractUntil,uint256
/// conditionsBy,uint256 settleBy,bytes32 documentHash,Loan loan,Right[] sold,Right[] bought,Payment[] fees,Payoff[]
/// payoffs,Payment[] funding)`
struct Terms {
    uint256 title;
    uint256 version;
    uint256 price_cents;
    uint256 tax_cents;
    uint256 deposit_cents;
    uint256 usufruct_bps;
    uint256 conditions;
    uint256 depositBy;
    uint256 retractUntil;
    uint256 conditionsBy;
    uint256 settleBy;
    bytes32 documentHash;
    Loan loan;
    Right[] sold;
    Right[] bought;
    Payment[] fees;
    Payoff[] payoffs;
    Payment[] funding;
}
