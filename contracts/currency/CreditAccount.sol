// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Standing} from "../residents/interfaces/IResidents.sol";

/// @notice A member's account of mutual credit in one storage slot, least significant first: balance 48 (signed) |
/// floor 32 | ceiling 32 | earned 32 | vouched 32 (signed: by others for it, less by it for others) | standing 8 |
/// met 8 (1 once it was ever a member) | slips 64 (the first 64 slip nonces, one bit each).
type CreditAccount is uint256;

using CreditAccountLibrary for CreditAccount global;

/// @title Reading and changing a credit account's slot
library CreditAccountLibrary {
    using SafeCast for int256;

    uint256 private constant FLOOR_AT = 48;
    uint256 private constant CEILING_AT = 80;
    uint256 private constant EARNED_AT = 112;
    uint256 private constant VOUCHED_AT = 144;
    uint256 private constant STANDING_AT = 176;
    uint256 private constant MET_AT = 184;
    uint256 private constant SLIPS_AT = 192;
    uint256 private constant WORD = type(uint32).max;
    uint256 private constant BALANCE = type(uint48).max;
    uint256 private constant OWN = (uint256(type(uint64).max) << SLIPS_AT) | (1 << MET_AT);

    function balance(CreditAccount account) internal pure returns (int256) {
        return int48(uint48(CreditAccount.unwrap(account)));
    }

    /// @notice The most that it may owe on its own, before growth and what others vouch.
    function floor(CreditAccount account) internal pure returns (uint256) {
        return uint32(CreditAccount.unwrap(account) >> FLOOR_AT);
    }

    /// @notice The most that it may be owed.
    function ceiling(CreditAccount account) internal pure returns (uint256) {
        return uint32(CreditAccount.unwrap(account) >> CEILING_AT);
    }

    /// @notice What it was paid since its limits were set, as far as 32 bits count.
    function earned(CreditAccount account) internal pure returns (uint256) {
        return uint32(CreditAccount.unwrap(account) >> EARNED_AT);
    }

    /// @notice What others vouch for it, less what it vouches for others.
    function vouched(CreditAccount account) internal pure returns (int256) {
        return int32(uint32(CreditAccount.unwrap(account) >> VOUCHED_AT));
    }

    function standing(CreditAccount account) internal pure returns (Standing) {
        return Standing(uint8(CreditAccount.unwrap(account) >> STANDING_AT));
    }

    function isActive(CreditAccount account) internal pure returns (bool) {
        return uint8(CreditAccount.unwrap(account) >> STANDING_AT) == uint8(Standing.Active);
    }

    /// @notice Whether it was ever a member: a default is given once.
    function isMet(CreditAccount account) internal pure returns (bool) {
        return CreditAccount.unwrap(account) & (1 << MET_AT) != 0;
    }

    /// @notice Whether one of the first 64 slip nonces was used.
    function slipUsed(CreditAccount account, uint256 nonce) internal pure returns (bool) {
        return (CreditAccount.unwrap(account) >> (SLIPS_AT + nonce)) & 1 != 0;
    }

    /// @dev The caller has checked the new balance against a limit, which fits.
    function withBalance(CreditAccount account, int256 balance_) internal pure returns (CreditAccount) {
        uint256 word = (CreditAccount.unwrap(account) & ~BALANCE) | (uint256(balance_) & BALANCE);
        return CreditAccount.wrap(word);
    }

    /// @notice The same for a balance that no limit bounds; refused where it does not fit.
    function withAnyBalance(CreditAccount account, int256 balance_) internal pure returns (CreditAccount) {
        return account.withBalance(balance_.toInt48());
    }

    /// @notice With `amount` more earned, or the most that 32 bits count.
    function withSale(CreditAccount account, uint256 amount) internal pure returns (CreditAccount) {
        uint256 sum;
        unchecked {
            // An amount is at most 33 bits: the sum of a floor and a ceiling.
            sum = account.earned() + amount;
        }
        return account._with(EARNED_AT, sum < WORD ? sum : WORD);
    }

    /// @notice With other limits, from which growth starts anew.
    function withLimits(CreditAccount account, uint256 floor_, uint256 ceiling_) internal pure returns (CreditAccount) {
        return account._with(FLOOR_AT, floor_)._with(CEILING_AT, ceiling_)._with(EARNED_AT, 0);
    }

    function withVouched(CreditAccount account, int256 vouched_) internal pure returns (CreditAccount) {
        return account._with(VOUCHED_AT, uint32(vouched_.toInt32()));
    }

    function withStanding(CreditAccount account, Standing standing_) internal pure returns (CreditAccount) {
        uint256 cleared = CreditAccount.unwrap(account) & ~(uint256(0xff) << STANDING_AT);
        return CreditAccount.wrap(cleared | (uint256(uint8(standing_)) << STANDING_AT));
    }

    function withMet(CreditAccount account) internal pure returns (CreditAccount) {
        return CreditAccount.wrap(CreditAccount.unwrap(account) | (1 << MET_AT));
    }

    function withSlip(CreditAccount account, uint256 nonce) internal pure returns (CreditAccount) {
        return CreditAccount.wrap(CreditAccount.unwrap(account) | (1 << (SLIPS_AT + nonce)));
    }

    /// @notice The account as its new key holds it: limits and standing of the lost key, what both owe and vouch, the
    /// new key's own slips.
    function handedTo(CreditAccount account, CreditAccount heir) internal pure returns (CreditAccount) {
        uint256 word = (CreditAccount.unwrap(account) & ~(uint256(type(uint64).max) << SLIPS_AT))
            | (CreditAccount.unwrap(heir) & OWN);
        return CreditAccount.wrap(word).withAnyBalance(account.balance() + heir.balance())
            .withVouched(account.vouched() + heir.vouched());
    }

    /// @notice What stays with the old key: its slips, used once and for all.
    function handedOver(CreditAccount account) internal pure returns (CreditAccount) {
        return CreditAccount.wrap(CreditAccount.unwrap(account) & OWN).withStanding(Standing.Replaced);
    }

    /// @dev `value` has 32 bits.
    function _with(CreditAccount account, uint256 at, uint256 value) internal pure returns (CreditAccount) {
        return CreditAccount.wrap((CreditAccount.unwrap(account) & ~(WORD << at)) | (value << at));
    }
}
