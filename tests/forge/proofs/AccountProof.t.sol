// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Account, AccountLibrary} from "contracts/currency/Account.sol";
import {Demurrage} from "contracts/currency/Demurrage.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";

/// @title Proven for every value by halmos (`check_…`): each setter of the account's slot touches its own field and no
/// other
contract AccountProof {
    uint256 private constant BALANCE = type(uint80).max;
    uint256 private constant KIND = uint256(0xff) << 80;
    uint256 private constant SUSPENDED = uint256(1) << 88;
    uint256 private constant EPOCH = uint256(0x7f) << 89;
    uint256 private constant FROZEN = uint256(1) << 96;
    uint256 private constant SEIZED = uint256(1) << 97;
    uint256 private constant DAY = uint256(type(uint24).max) << 104;
    uint256 private constant SLIPS = uint256(type(uint64).max) << 128;
    uint256 private constant FRACTION = uint256(type(uint64).max) << 192;

    function check_StandingTouchesKindAndSuspensionAlone(uint256 word, uint8 kind, bool suspended) external pure {
        if (kind > 4) return;
        Account account = Account.wrap(word).withStanding(Kind(kind), suspended);
        assert(_unchanged(word, account, ~(KIND | SUSPENDED)));
        assert(uint8(account.kind()) == kind && account.isSuspended() == suspended);
        assert(!suspended || !account.mayReceive());
        assert(account.isRegistered() == (kind != 0));
    }

    function check_LeavingTouchesTheEpochAlone(uint256 word) external pure {
        Account account = Account.wrap(word).withNextEpoch();
        assert(_unchanged(word, account, ~EPOCH));
        uint256 before = Account.wrap(word).epoch();
        assert(account.epoch() == (before == 127 ? 127 : before + 1));
    }

    function check_FrozenTouchesItselfAlone(uint256 word, bool frozen) external pure {
        Account account = Account.wrap(word).withFrozen(frozen);
        assert(_unchanged(word, account, ~FROZEN));
        assert(account.isFrozenByOrder() == frozen);
        assert(!frozen || (!account.maySpend() && !account.mayReceive()));
    }

    function check_SeizedTouchesItselfAlone(uint256 word, bool seized) external pure {
        Account account = Account.wrap(word).withSeized(seized);
        assert(_unchanged(word, account, ~SEIZED));
        assert(account.isSeized() == seized);
        assert(!seized || (!account.maySpend() && !account.mayReceive()));
    }

    function check_DayTouchesItselfAlone(uint256 word, uint24 day) external pure {
        Account account = Account.wrap(word).withDay(day);
        assert(_unchanged(word, account, ~DAY));
        assert(account.day() == day);
    }

    function check_FractionTouchesItselfAlone(uint256 word, uint64 fraction) external pure {
        Account account = Account.wrap(word).withFraction(fraction);
        assert(_unchanged(word, account, ~FRACTION));
        assert(account.fraction() == fraction);
    }

    function check_SlipTouchesItsOwnBitAlone(uint256 word, uint256 nonce, uint256 other) external pure {
        if (nonce > 63 || other > 63 || nonce == other) return;
        Account before = Account.wrap(word);
        Account account = before.withSlip(nonce);
        assert(_unchanged(word, account, ~SLIPS));
        assert(account.slipUsed(nonce) && account.slipUsed(other) == before.slipUsed(other));
    }

    function check_DebitAndCreditTouchTheBalanceAlone(uint256 word, uint80 amount) external pure {
        Account account = Account.wrap(word);
        if (amount <= account.balance()) {
            assert(_unchanged(word, account.debit(amount), ~BALANCE));
            assert(account.debit(amount).balance() == account.balance() - amount);
        }
        if (account.balance() + amount <= AccountLibrary.MAX_BALANCE) {
            assert(_unchanged(word, account.credit(amount), ~BALANCE));
            assert(account.credit(amount).balance() == account.balance() + amount);
        }
    }

    function check_HandingOverLosesAndDoublesNothing(uint256 word, uint256 successorWord) external pure {
        (Account account, Account successor) = (Account.wrap(word), Account.wrap(successorWord));
        Account heir = account.handedTo(successor);
        assert(heir.balance() == account.balance() && heir.fraction() == account.fraction());
        assert(Account.unwrap(heir) & (KIND | SUSPENDED | DAY) == word & (KIND | SUSPENDED | DAY));
        assert(heir.isFrozen() == (account.isFrozen() || successor.isFrozen()));
        assert(Account.unwrap(heir) & (SLIPS | EPOCH) == successorWord & (SLIPS | EPOCH));
        assert(Account.unwrap(account.handedOver()) == word & (SLIPS | EPOCH));
    }

    /// @dev Whatever the rate, over no day nothing is lost.
    function check_NoDayLosesNothing(uint80 balance, uint64 fraction, uint128 kept) external pure {
        (uint256 none, uint256 same) = Demurrage.loss(balance, fraction, kept, 0);
        assert(none == 0 && same == fraction);
    }

    function _unchanged(uint256 word, Account account, uint256 fields) private pure returns (bool) {
        return Account.unwrap(account) & fields == word & fields;
    }
}
