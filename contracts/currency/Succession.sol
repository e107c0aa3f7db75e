// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Kind} from "../residents/interfaces/IResidents.sol";
import {Account} from "./Account.sol";
import {CurrencyLedger} from "./CurrencyLedger.sol";
import {ILocalCurrency} from "./interfaces/ILocalCurrency.sol";
import {ISuccession} from "./interfaces/ISuccession.sol";

/// @title One currency after another: books, references, and how both pass on
abstract contract Succession is CurrencyLedger, AccessManaged {
    /// @inheritdoc ISuccession
    ILocalCurrency public immutable predecessor;

    Books internal _books;
    mapping(bytes32 ref => bool) private _usedReferences;

    constructor(ILocalCurrency predecessor_) {
        predecessor = predecessor_;
    }

    /// @inheritdoc ISuccession
    function retire(ILocalCurrency next) external restricted {
        require(_paused && !_retired, LocalCurrency_NotPaused());
        (, Kind kind,,,) = next.accountOf(next.commons());
        require(
            address(next.predecessor()) == address(this) && kind != Kind.None, LocalCurrency_NotSuccessor(address(next))
        );
        _requireSucceeded();

        (_retired, successor) = (true, next);
        emit Retired(next);
        uint256 covered = uint256(_books.supply) + _books.owed;
        if (_books.reserve > covered) _pass(_commons, Account.wrap(0), _books.reserve - covered);
    }

    /// @inheritdoc ISuccession
    function carryOver(address[] calldata accounts) external {
        require(_retired, LocalCurrency_NotRetired());
        for (uint256 i; i < accounts.length; ++i) {
            address holder = accounts[i];
            Account account = _accounts[holder];
            bool leaves = account.balance() != 0 || account.isFrozenByOrder();
            if (!leaves || account.isSeized() || account.kind() == Kind.Institution) continue;

            account = _melted(holder, account);
            _accounts[holder] = account.debit(account.balance()).withFraction(0).withFrozen(false);
            emit Transfer(holder, address(0), account.balance());
            _pass(holder, account, Math.min(account.balance(), _books.reserve));
        }
    }

    /// @inheritdoc ISuccession
    function takeOver(address holder, Account carried, uint256 reserve_cents) external {
        require(msg.sender == address(predecessor), LocalCurrency_OnlyPredecessor());
        if (_isRetired()) successor.takeOver(holder, carried, reserve_cents);
        else _takeOver(_currentKeyOf(holder), carried, reserve_cents);
    }

    /// @inheritdoc ILocalCurrency
    function isReferenceUsed(bytes32 ref) public view returns (bool) {
        return _usedReferences[ref] || (_isSuccessor() && predecessor.isReferenceUsed(ref));
    }

    /// @dev A currency that is retired still settles: what it settles with serves those that follow no more, nor back.
    function _useReference(bytes32 ref) internal {
        bool used = _isRetired() ? _inForce().isReferenceUsed(ref) : isReferenceUsed(ref);
        require(ref != 0 && !used, LocalCurrency_ReferenceUsed(ref));
        _usedReferences[ref] = true;
    }

    /// @dev Of the bank's euros, those that do not cover what the predecessor still holds.
    function _reserveLeft(uint256 attested_cents) internal view returns (uint256) {
        require(!_retired, LocalCurrency_Retired());
        _requireSucceeded();
        for (ILocalCurrency old = predecessor; address(old) != address(0); old = old.predecessor()) {
            // What was not covered there will have to be, from the same bank account.
            Books memory left = old.books();
            attested_cents =
                Math.saturatingSub(attested_cents, Math.max(left.reserve, uint256(left.supply) + left.owed));
        }
        return attested_cents;
    }

    function _isHeld(address account) internal view override returns (bool held) {
        held = _accounts[account].isFrozen();
        if (!held && _isRetired()) (,,, held,) = successor.accountOf(account);
    }

    /// @dev Retired ⇒ paused ⇒ balance > 0, which spares an SLOAD.
    function _isRetired() private view returns (bool) {
        return address(this).balance != 0 && _retired;
    }

    function _isSuccessor() private view returns (bool) {
        return address(predecessor) != address(0);
    }

    /// @dev What it follows, if any, has retired for it.
    function _requireSucceeded() private view {
        require(!_isSuccessor() || address(predecessor.successor()) == address(this), LocalCurrency_PredecessorStands());
    }

    function _takeOver(address holder, Account carried, uint256 reserve_cents) private whenMoving {
        uint256 balance_cents = carried.balance();
        // Checked: what does not fit the books is not taken over.
        _books.supply += uint80(balance_cents);
        _books.reserve += uint80(reserve_cents);
        // Less than a cent is owed together: what two fractions make beyond that is forgiven.
        Account account = _melted(holder, _accounts[holder]).credit(balance_cents);
        account = account.withFraction(Math.min(account.fraction() + carried.fraction(), type(uint64).max));
        bool isReached = account.kind() != Kind.Institution && !_isCommons(holder);
        if (carried.isFrozenByOrder() && isReached) account = account.withFrozen(true);
        _accounts[holder] = account;
        emit Transfer(address(0), holder, balance_cents);
        emit TakenOver(holder, balance_cents, reserve_cents);
    }

    function _pass(address holder, Account account, uint256 reserve_cents) private {
        _books.supply -= uint80(account.balance());
        _books.reserve -= uint80(reserve_cents);
        emit CarriedOver(holder, account.balance(), reserve_cents);
        successor.takeOver(holder, account, reserve_cents);
    }
}
