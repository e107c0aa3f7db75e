// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IInPerson} from "../../access/interfaces/IInPerson.sol";

/// @title Taxes on land: the tax on transfers, valuations and the yearly roll
/// @notice Rates are dated tables; a date or a price that no table covers reverts, never taxes 0. Rates are in
/// ten-millionths (4.5 % is 450,000), because the State's part of the French tax is a share of the département's.
interface ILandTax is IInPerson {
    /// @notice The rates for the part of a price up to a bound.
    /// @param upTo_cents the bound; the last bracket's is the largest that can be taxed
    struct Bracket {
        uint64 upTo_cents;
        uint32 departement;
        uint32 commune;
        uint32 state;
    }

    /// @param departement where its part goes
    /// @param commune where its part goes, and the yearly tax
    /// @param state where its part goes
    struct Beneficiaries {
        address departement;
        address commune;
        address state;
    }

    /// @notice A transfer tax in three parts.
    struct Assessment {
        uint256 departement_cents;
        uint256 commune_cents;
        uint256 state_cents;
    }

    /// @param appraiser who answers for it
    /// @param value_cents the value
    /// @param day days since 1970 on which it was made
    struct Valuation {
        address appraiser;
        uint64 value_cents;
        uint24 day;
    }

    /// @param root Merkle root over (title, account, amount_cents)
    /// @param total_cents the sum of the roll
    /// @param paid_cents what was paid of it
    struct TaxRoll {
        bytes32 root;
        uint128 total_cents;
        uint128 paid_cents;
    }

    /// @notice Thrown when no table is in force on a day.
    error LandTax_NoRates(uint256 day);
    /// @notice Thrown when a price is above what the table in force covers.
    error LandTax_NoBracket(uint256 price_cents);
    /// @notice Thrown when a table is empty, too long, not in rising order, or taxes more than everything.
    error LandTax_InvalidBrackets();
    /// @notice Thrown when a table would come into force in the past, or before one that was set earlier.
    error LandTax_InvalidDay(uint256 day);
    /// @notice Thrown when a beneficiary is the zero address.
    error LandTax_NoBeneficiary();
    /// @notice Thrown when a title is valued at nothing.
    error LandTax_NoValue();
    /// @notice Thrown when a year's roll is published twice, or without a root.
    error LandTax_RollPublished(uint256 year);
    /// @notice Thrown when a bill is not on the year's roll.
    error LandTax_NotOnRoll(uint256 year, uint256 title, address account, uint256 amount_cents);
    /// @notice Thrown when a bill is paid twice.
    error LandTax_AlreadyPaid(bytes32 receipt);
    /// @notice Thrown when the money did not move.
    error LandTax_PaymentFailed();

    event RatesSet(uint256 indexed fromDay, Bracket[] brackets, bytes32 documentHash);
    event BeneficiariesSet(address departement, address commune, address state);
    event Valued(uint256 indexed title, address indexed appraiser, uint64 value_cents, bytes32 documentHash);
    event RollPublished(uint256 indexed year, bytes32 root, uint128 total_cents);
    event TaxPaid(
        uint256 indexed year,
        uint256 indexed title,
        address indexed account,
        uint256 amount_cents,
        address payer,
        bytes32 receipt
    );

    /// @notice Sets the rates from a day on, after every day that was set before.
    function setRates(uint24 fromDay, Bracket[] calldata brackets, bytes32 documentHash) external;

    /// @notice Says where the three parts go.
    function setBeneficiaries(Beneficiaries calldata beneficiaries_) external;

    /// @notice Records a valuation in the caller's name; earlier ones stay.
    function value(uint256 title, uint64 value_cents, bytes32 documentHash) external;

    /// @notice Publishes a year's roll, once.
    function publishRoll(uint256 year, bytes32 root, uint128 total_cents) external;

    /// @notice Pays a bill on the roll, one's own or another's.
    /// @return receipt the hash of year, title, account and amount
    function pay(uint256 year, uint256 title, address account, uint256 amount_cents, bytes32[] calldata proof)
        external
        returns (bytes32 receipt);

    /// @notice The same by an ERC-3009 `ReceiveWithAuthorization` to this contract that the payer signed and anyone
    /// posts. Its nonce is the receipt, so that it can pay no other bill.
    function payBySlip(
        uint256 year,
        uint256 title,
        address account,
        uint256 amount_cents,
        bytes32[] calldata proof,
        address payer,
        uint256 validBefore,
        bytes calldata signature
    ) external returns (bytes32 receipt);

    /// @notice The tax on a transfer at a price on a day, each part rounded down, for the taxpayer.
    function assess(uint256 price_cents, uint256 day) external view returns (Assessment memory);

    /// @notice What a transfer at a price owes today, and to whom: all that a settlement asks.
    function duties(uint256 price_cents) external view returns (Assessment memory due, Beneficiaries memory to);

    /// @notice Where the three parts go.
    function beneficiaries() external view returns (Beneficiaries memory);

    /// @notice The latest valuation of a title; empty when there is none.
    function latestValuation(uint256 title) external view returns (Valuation memory);

    /// @notice A valuation by its place, from 0.
    function valuationAt(uint256 title, uint256 index) external view returns (Valuation memory);

    /// @notice How many valuations a title has.
    function valuations(uint256 title) external view returns (uint256);

    /// @notice A year's roll.
    function rollOf(uint256 year) external view returns (TaxRoll memory);

    /// @notice Whether a bill was paid.
    function isPaid(bytes32 receipt) external view returns (bool);

    /// @notice The hash that names a bill.
    function receiptOf(uint256 year, uint256 title, address account, uint256 amount_cents)
        external
        view
        returns (bytes32);

    /// @notice The money it is paid in.
    function token() external view returns (IERC20);
}
