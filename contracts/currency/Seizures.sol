// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Kind} from "../residents/interfaces/IResidents.sol";
import {Account, AccountLibrary} from "./Account.sol";
import {CurrencyLedger} from "./CurrencyLedger.sol";
import {ISeizures, SeizureStage} from "./interfaces/ISeizures.sol";

/// @title Money that a court takes for a creditor: announced, held, and carried out in public
abstract contract Seizures is CurrencyLedger, AccessManaged {
    uint256 private constant LEAST_DELAY_S = 1 days;

    uint64 private constant LAPSE_S = 60 days;
    uint32 private immutable _delay_s;

    /// @inheritdoc ISeizures
    uint256 public seizures;
    mapping(uint256 seizure => Seizure) private _seizures;

    constructor(uint32 delay_s) {
        require(delay_s >= LEAST_DELAY_S, LocalCurrency_InvalidCharter());
        _delay_s = delay_s;
    }

    /// @inheritdoc ISeizures
    function seize(address account, address to, uint256 amount_cents, bytes32 orderHash)
        external
        restricted
        returns (uint256 seizure)
    {
        require(!_retired, LocalCurrency_Retired());
        _requireReached(account);
        require(_accounts[to].isRegistered(), LocalCurrency_NotRegistered(to));
        require(_accounts[to].kind() != Kind.Institution, LocalCurrency_Institution(to));
        require(amount_cents <= AccountLibrary.MAX_BALANCE, LocalCurrency_TooLarge(amount_cents));
        Account current = _accounts[account];
        require(!current.isSeized(), LocalCurrency_SeizurePending(account));

        if (!_paused) current = _melted(account, current);
        require(amount_cents != 0 && current.balance() != 0 && to != account, LocalCurrency_NothingToSeize(account));
        _accounts[account] = current.withSeized(true);
        uint64 dueAt = _delayed();
        seizure = ++seizures;
        _seizures[seizure] = Seizure(account, uint80(amount_cents), SeizureStage.Announced, to, dueAt);
        emit SeizureAnnounced(seizure, account, to, amount_cents, dueAt, orderHash);
    }

    /// @inheritdoc ISeizures
    function suspendSeizure(uint256 seizure, bytes32 groundHash) external restricted {
        _advance(seizure, SeizureStage.Announced, SeizureStage.Suspended, uint64(block.timestamp));
        emit SeizureSuspended(seizure, groundHash);
    }

    /// @inheritdoc ISeizures
    function resumeSeizure(uint256 seizure, bytes32 decisionHash) external restricted {
        uint64 dueAt = _delayed();
        _advance(seizure, SeizureStage.Suspended, SeizureStage.Resumed, dueAt);
        emit SeizureResumed(seizure, dueAt, decisionHash);
    }

    /// @inheritdoc ISeizures
    function annulSeizure(uint256 seizure, bytes32 decisionHash) external restricted {
        SeizureStage stage = _pending(seizure).stage;
        require(stage == SeizureStage.Suspended, LocalCurrency_SeizureStands(seizure, stage));

        _end(seizure);
        emit SeizureAnnulled(seizure, decisionHash);
    }

    /// @inheritdoc ISeizures
    function withdrawSeizure(uint256 seizure, bytes32 orderHash) external restricted {
        _end(seizure);
        emit SeizureWithdrawn(seizure, orderHash);
    }

    /// @inheritdoc ISeizures
    function lapseSeizure(uint256 seizure) external {
        uint256 from = uint256(_pending(seizure).dueAt) + LAPSE_S;
        require(block.timestamp >= from, LocalCurrency_SeizureTooEarly(seizure, from));

        _end(seizure);
        emit SeizureLapsed(seizure);
    }

    /// @inheritdoc ISeizures
    function carryOutSeizure(uint256 seizure) external {
        // What was seized before the currency was retired is carried out here, and then carried over.
        require(!_inForce().paused(), LocalCurrency_Paused());
        Seizure memory due = _pending(seizure);
        require(due.stage != SeizureStage.Suspended, LocalCurrency_SeizureStands(seizure, due.stage));
        require(block.timestamp >= due.dueAt, LocalCurrency_SeizureTooEarly(seizure, due.dueAt));

        address holder = _end(seizure);
        address to = _currentKeyOf(due.to);
        Account current = _accounts[holder];
        bool isReached = current.kind() != Kind.Institution;
        uint256 taken_cents = isReached ? Math.min(due.amount_cents, current.balance()) : 0;
        _accounts[holder] = current.debit(taken_cents);
        _credit(to, taken_cents);
        emit Transfer(holder, to, taken_cents);
        emit SeizureCarriedOut(seizure, holder, to, taken_cents);
    }

    /// @inheritdoc ISeizures
    function seizureOf(uint256 seizure) external view returns (Seizure memory) {
        return _seizures[seizure];
    }

    /// @inheritdoc ISeizures
    // forge-lint: disable-next-line(mixed-case-function)
    function seizureTimes_s() external view returns (uint32 delay, uint64 lapse) {
        return (_delay_s, LAPSE_S);
    }

    function _advance(uint256 seizure, SeizureStage from, SeizureStage to, uint64 dueAt) private {
        SeizureStage stage = _pending(seizure).stage;
        require(stage == from, LocalCurrency_SeizureStands(seizure, stage));
        (_seizures[seizure].stage, _seizures[seizure].dueAt) = (to, dueAt);
    }

    /// @dev The account is its holder's again, but for a freeze by order; who that is. Whoever became an institution is
    /// seized no more.
    function _end(uint256 seizure) private returns (address holder) {
        holder = _currentKeyOf(_pending(seizure).account);
        Account current = _accounts[holder];
        require(current.isSeized() || current.kind() == Kind.Institution, LocalCurrency_SeizedElsewhere(holder));

        delete _seizures[seizure];
        _accounts[holder] = current.withSeized(false).withDay(_today());
    }

    function _pending(uint256 seizure) private view returns (Seizure memory pending) {
        pending = _seizures[seizure];
        require(pending.stage != SeizureStage.None, LocalCurrency_NoSeizure(seizure));
    }

    function _delayed() private view returns (uint64) {
        return uint64(block.timestamp) + _delay_s;
    }
}
