// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

import {InPerson} from "../access/InPerson.sol";
import {ICurrencySlips} from "../currency/interfaces/ICurrencySlips.sol";
import {ILandTax} from "./interfaces/ILandTax.sol";

/// @title Taxes on land: the tax on transfers, valuations and the yearly roll
contract LandTax is ILandTax, InPerson {
    using SafeERC20 for IERC20;

    uint256 private constant PARTS = 10_000_000;
    /// @dev A settlement reads a slot for each.
    uint256 private constant MAX_BRACKETS = 8;

    /// @inheritdoc ILandTax
    IERC20 public immutable token;

    uint24[] private _days;
    mapping(uint24 fromDay => mapping(uint256 index => Bracket)) private _brackets;
    // Read together at every settlement.
    address private _departement;
    uint24 private _latestDay;
    address private _commune;
    address private _state;
    mapping(uint256 title => Valuation[]) private _valuations;
    mapping(uint256 year => TaxRoll) private _rolls;
    mapping(bytes32 receipt => bool) private _paid;

    constructor(address authority, IERC20 token_, Beneficiaries memory beneficiaries_) AccessManaged(authority) {
        token = token_;
        _setBeneficiaries(beneficiaries_);
    }

    /// @inheritdoc ILandTax
    function setRates(uint24 fromDay, Bracket[] calldata brackets, bytes32 documentHash) external restricted {
        require(fromDay >= block.timestamp / 1 days && fromDay > _latestDay, LandTax_InvalidDay(fromDay));
        require(brackets.length != 0 && brackets.length <= MAX_BRACKETS, LandTax_InvalidBrackets());

        uint256 below;
        for (uint256 i; i < brackets.length; ++i) {
            Bracket calldata bracket = brackets[i];
            uint256 parts = uint256(bracket.departement) + bracket.commune + bracket.state;
            require(bracket.upTo_cents > below && parts <= PARTS, LandTax_InvalidBrackets());
            below = bracket.upTo_cents;
            _brackets[fromDay][i] = bracket;
        }
        _days.push(fromDay);
        _latestDay = fromDay;
        emit RatesSet(fromDay, brackets, documentHash);
    }

    /// @inheritdoc ILandTax
    function setBeneficiaries(Beneficiaries calldata beneficiaries_) external restricted {
        _setBeneficiaries(beneficiaries_);
    }

    /// @inheritdoc ILandTax
    function value(uint256 title, uint64 value_cents, bytes32 documentHash) external restricted inPerson {
        require(value_cents != 0, LandTax_NoValue());

        _valuations[title].push(Valuation(msg.sender, value_cents, uint24(block.timestamp / 1 days)));
        emit Valued(title, msg.sender, value_cents, documentHash);
    }

    /// @inheritdoc ILandTax
    function publishRoll(uint256 year, bytes32 root, uint128 total_cents) external restricted {
        require(root != 0 && _rolls[year].root == 0, LandTax_RollPublished(year));

        _rolls[year] = TaxRoll(root, total_cents, 0);
        emit RollPublished(year, root, total_cents);
    }

    /// @inheritdoc ILandTax
    function pay(uint256 year, uint256 title, address account, uint256 amount_cents, bytes32[] calldata proof)
        external
        returns (bytes32 receipt)
    {
        receipt = _enter(year, title, account, amount_cents, proof, msg.sender);
        token.safeTransferFrom(msg.sender, _commune, amount_cents);
    }

    /// @inheritdoc ILandTax
    function payBySlip(
        uint256 year,
        uint256 title,
        address account,
        uint256 amount_cents,
        bytes32[] calldata proof,
        address payer,
        uint256 validBefore,
        bytes calldata signature
    ) external returns (bytes32 receipt) {
        receipt = _enter(year, title, account, amount_cents, proof, payer);
        uint256 before = token.balanceOf(address(this));
        ICurrencySlips(address(token))
            .receiveWithAuthorization(payer, address(this), amount_cents, 0, validBefore, receipt, signature);
        require(token.balanceOf(address(this)) - before == amount_cents, LandTax_PaymentFailed());
        token.safeTransfer(_commune, amount_cents);
    }

    /// @inheritdoc ILandTax
    function duties(uint256 price_cents) external view returns (Assessment memory due, Beneficiaries memory to) {
        return (assess(price_cents, block.timestamp / 1 days), beneficiaries());
    }

    /// @inheritdoc ILandTax
    function assess(uint256 price_cents, uint256 day) public view returns (Assessment memory due) {
        mapping(uint256 index => Bracket) storage brackets = _brackets[_tableOn(day)];
        uint256 below;
        uint256 i;
        // Slab by slab, each at its own rate; the sums are divided once.
        while (price_cents > below) {
            Bracket memory bracket = brackets[i++];
            require(bracket.upTo_cents != 0, LandTax_NoBracket(price_cents));
            uint256 slab_cents = (price_cents < bracket.upTo_cents ? price_cents : bracket.upTo_cents) - below;
            due.departement_cents += slab_cents * bracket.departement;
            due.commune_cents += slab_cents * bracket.commune;
            due.state_cents += slab_cents * bracket.state;
            below = bracket.upTo_cents;
        }
        due.departement_cents /= PARTS; // each rounded down, for the taxpayer
        due.commune_cents /= PARTS;
        due.state_cents /= PARTS;
    }

    /// @inheritdoc ILandTax
    function beneficiaries() public view returns (Beneficiaries memory) {
        return Beneficiaries(_departement, _commune, _state);
    }

    /// @inheritdoc ILandTax
    function latestValuation(uint256 title) external view returns (Valuation memory latest) {
        uint256 n = _valuations[title].length;
        if (n != 0) latest = _valuations[title][n - 1];
    }

    /// @inheritdoc ILandTax
    function valuationAt(uint256 title, uint256 index) external view returns (Valuation memory) {
        return _valuations[title][index];
    }

    /// @inheritdoc ILandTax
    function valuations(uint256 title) external view returns (uint256) {
        return _valuations[title].length;
    }

    /// @inheritdoc ILandTax
    function rollOf(uint256 year) external view returns (TaxRoll memory) {
        return _rolls[year];
    }

    /// @inheritdoc ILandTax
    function isPaid(bytes32 receipt) external view returns (bool) {
        return _paid[receipt];
    }

    /// @inheritdoc ILandTax
    function receiptOf(uint256 year, uint256 title, address account, uint256 amount_cents)
        public
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(year, title, account, amount_cents));
    }

    /// @dev Enters a payment on the roll before the money moves; reverts with it.
    function _enter(
        uint256 year,
        uint256 title,
        address account,
        uint256 amount_cents,
        bytes32[] calldata proof,
        address payer
    ) private returns (bytes32 receipt) {
        // OpenZeppelin's StandardMerkleTree: hashed twice, so that no inner node passes for a bill.
        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(title, account, amount_cents))));
        TaxRoll storage roll = _rolls[year];
        require(
            roll.root != 0 && MerkleProof.verifyCalldata(proof, roll.root, leaf),
            LandTax_NotOnRoll(year, title, account, amount_cents)
        );
        receipt = receiptOf(year, title, account, amount_cents);
        require(!_paid[receipt], LandTax_AlreadyPaid(receipt));

        _paid[receipt] = true;
        roll.paid_cents += uint128(amount_cents);
        emit TaxPaid(year, title, account, amount_cents, payer, receipt);
    }

    /// @dev The table in force: the latest whose first day has come. Tables come once a year, by the clerk.
    function _tableOn(uint256 day) private view returns (uint24) {
        uint24 latest = _latestDay;
        if (latest != 0 && latest <= day) return latest;
        for (uint256 i = _days.length; i != 0; --i) {
            if (_days[i - 1] <= day) return _days[i - 1];
        }
        revert LandTax_NoRates(day);
    }

    function _setBeneficiaries(Beneficiaries memory beneficiaries_) private {
        require(
            beneficiaries_.departement != address(0) && beneficiaries_.commune != address(0)
                && beneficiaries_.state != address(0),
            LandTax_NoBeneficiary()
        );
        (_departement, _commune, _state) = (beneficiaries_.departement, beneficiaries_.commune, beneficiaries_.state);
        emit BeneficiariesSet(beneficiaries_.departement, beneficiaries_.commune, beneficiaries_.state);
    }
}
