// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Kind} from "../residents/interfaces/IResidents.sol";

/// @notice An account of the currency in one storage slot, least significant first: balance 80 (cents) | kind 8 |
/// barred 1 | epoch 7 (how often it left the register, 127 at most) | orders 8 (frozen 1, seized 1) | day 24 (days
/// since 1970) | slips 64 (the first 64 slip nonces, one bit each) | fraction 64 (demurrage owed below a cent, in
/// cents·2⁻⁶⁴).
type Account is uint256;

using AccountLibrary for Account global;

/// @title Reading and changing an account's slot
library AccountLibrary {
    uint256 internal constant MAX_BALANCE = type(uint80).max;
    uint256 private constant KIND_AT = 80;
    uint256 private constant BARRED_AT = 88;
    uint256 private constant EPOCH_AT = 89;
    uint256 private constant FROZEN_AT = 96;
    uint256 private constant DAY_AT = 104;
    uint256 private constant SLIPS_AT = 128;
    uint256 private constant FRACTION_AT = 192;
    uint256 internal constant LAST_EPOCH = 0x7f;
    uint256 private constant EPOCH = LAST_EPOCH << EPOCH_AT;
    uint256 private constant SLIPS = uint256(type(uint64).max) << SLIPS_AT;
    uint256 private constant SEIZED_AT = 97;
    uint256 private constant ORDERS = (1 << FROZEN_AT) | (1 << SEIZED_AT);
    uint256 private constant BARRED = (1 << BARRED_AT) | ORDERS;

    function balance(Account account) internal pure returns (uint256) {
        return Account.unwrap(account) & MAX_BALANCE;
    }

    function kind(Account account) internal pure returns (Kind) {
        return Kind(uint8(Account.unwrap(account) >> KIND_AT));
    }

    function isRegistered(Account account) internal pure returns (bool) {
        return uint8(Account.unwrap(account) >> KIND_AT) != 0;
    }

    /// @notice Receives nothing and takes no part. To an institution the bit bars what it did not take itself.
    function isSuspended(Account account) internal pure returns (bool) {
        return Account.unwrap(account) & (1 << BARRED_AT) != 0 && account.kind() != Kind.Institution;
    }

    /// @notice Frozen by order, or while it is seized.
    function isFrozen(Account account) internal pure returns (bool) {
        return Account.unwrap(account) & ORDERS != 0;
    }

    /// @notice Frozen by an order of its own, whatever is seized.
    function isFrozenByOrder(Account account) internal pure returns (bool) {
        return Account.unwrap(account) & (1 << FROZEN_AT) != 0;
    }

    /// @notice Whether a seizure of it has not ended.
    function isSeized(Account account) internal pure returns (bool) {
        return Account.unwrap(account) & (1 << SEIZED_AT) != 0;
    }

    /// @notice Registered and not frozen: a suspended account may still spend what it has.
    function maySpend(Account account) internal pure returns (bool) {
        return account.isRegistered() && !account.isFrozen();
    }

    /// @notice Registered, and neither suspended nor frozen.
    function mayReceive(Account account) internal pure returns (bool) {
        return account.isRegistered() && Account.unwrap(account) & BARRED == 0;
    }

    /// @notice The day up to which demurrage is paid.
    function day(Account account) internal pure returns (uint256) {
        return uint24(Account.unwrap(account) >> DAY_AT);
    }

    /// @notice Demurrage owed below a cent, in cents·2⁻⁶⁴.
    function fraction(Account account) internal pure returns (uint256) {
        return Account.unwrap(account) >> FRACTION_AT;
    }

    /// @notice What the account allowed in an earlier epoch is allowed no more.
    function epoch(Account account) internal pure returns (uint256) {
        return (Account.unwrap(account) >> EPOCH_AT) & LAST_EPOCH;
    }

    /// @notice Whether one of the first 64 slip nonces was used.
    function slipUsed(Account account, uint256 nonce) internal pure returns (bool) {
        return (Account.unwrap(account) >> (SLIPS_AT + nonce)) & 1 != 0;
    }

    /// @dev The caller has checked that `amount` is at most the balance.
    function debit(Account account, uint256 amount) internal pure returns (Account) {
        unchecked {
            return Account.wrap(Account.unwrap(account) - amount);
        }
    }

    /// @dev The sum of all balances is at most MAX_BALANCE, which the books enforce: no carry into the kind.
    function credit(Account account, uint256 amount) internal pure returns (Account) {
        unchecked {
            return Account.wrap(Account.unwrap(account) + amount);
        }
    }

    function withStanding(Account account, Kind kind_, bool barred) internal pure returns (Account) {
        uint256 cleared = Account.unwrap(account) & ~((uint256(0xff) << KIND_AT) | (1 << BARRED_AT));
        if (barred) cleared |= 1 << BARRED_AT;
        return Account.wrap(cleared | (uint256(uint8(kind_)) << KIND_AT));
    }

    /// @notice The account of one who left the register. The last epoch is never left: were they counted round, what
    /// was allowed 128 departures ago would be allowed again.
    function withNextEpoch(Account account) internal pure returns (Account) {
        if (account.epoch() == LAST_EPOCH) return account;
        return Account.wrap(Account.unwrap(account) + (uint256(1) << EPOCH_AT));
    }

    function withFrozen(Account account, bool frozen) internal pure returns (Account) {
        uint256 cleared = Account.unwrap(account) & ~(uint256(1) << FROZEN_AT);
        return Account.wrap(cleared | (frozen ? uint256(1) << FROZEN_AT : 0));
    }

    function withSeized(Account account, bool seized) internal pure returns (Account) {
        uint256 cleared = Account.unwrap(account) & ~(uint256(1) << SEIZED_AT);
        return Account.wrap(cleared | (seized ? uint256(1) << SEIZED_AT : 0));
    }

    function withDay(Account account, uint256 day_) internal pure returns (Account) {
        uint256 cleared = Account.unwrap(account) & ~(uint256(type(uint24).max) << DAY_AT);
        return Account.wrap(cleared | (day_ << DAY_AT));
    }

    function withFraction(Account account, uint256 fraction_) internal pure returns (Account) {
        uint256 cleared = Account.unwrap(account) & ((1 << FRACTION_AT) - 1);
        return Account.wrap(cleared | (fraction_ << FRACTION_AT));
    }

    function withSlip(Account account, uint256 nonce) internal pure returns (Account) {
        return Account.wrap(Account.unwrap(account) | (1 << (SLIPS_AT + nonce)));
    }

    /// @notice The account as its new key holds it: all of it, but each key keeps its own slips and epoch, and a freeze
    /// or a seizure of either stays.
    function handedTo(Account account, Account successor) internal pure returns (Account) {
        uint256 own = SLIPS | EPOCH;
        uint256 kept = own | ORDERS;
        return Account.wrap((Account.unwrap(account) & ~own) | (Account.unwrap(successor) & kept));
    }

    /// @notice What stays with the old key: its slips, used once and for all, and its epoch.
    function handedOver(Account account) internal pure returns (Account) {
        return Account.wrap(Account.unwrap(account) & (SLIPS | EPOCH));
    }
}
