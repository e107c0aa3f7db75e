// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {ISlipActs} from "../access/interfaces/ISlipActs.sol";
import {IProgrammes} from "./interfaces/IProgrammes.sol";

/// @title A programme's first slot: when it runs, what a unit is, and how many are left
/// @dev As a word: its fields, one by one, cost a spend thousands of gas. Least significant first, as declared.
library Schedule {
    using SafeCast for uint256;

    uint256 private constant PERIOD_H_AT = 40;
    uint256 private constant PERIODS_AT = 56;
    uint256 private constant UNIT_AT = 72;
    uint256 private constant CAP_AT = 104;
    uint256 private constant CATEGORIES_AT = 136;
    uint256 private constant LEFT_AT = 160;
    uint256 private constant SPENT_AT = 208;

    /// @notice Of a programme; zero when nobody opened it.
    function load(IProgrammes.Programme storage at) internal view returns (uint256 schedule) {
        assembly ("memory-safe") {
            schedule := sload(at.slot)
        }
    }

    /// @notice Keeps that so many more are spent: checked, for nothing that is left bounds stamps.
    function charge(IProgrammes.Programme storage at, uint256 schedule, uint256 units) internal {
        uint256 spent = (schedule >> SPENT_AT) + units;
        spent.toUint48();
        uint256 left = uint48(schedule >> LEFT_AT);
        if (unitOf(schedule) != 0) left -= units;
        schedule = (schedule & ((1 << LEFT_AT) - 1)) | (left << LEFT_AT) | (spent << SPENT_AT);
        assembly ("memory-safe") {
            sstore(at.slot, schedule)
        }
    }

    /// @notice Holds a spend to the time in which its programme runs and, by its deadline, to the period that it is of.
    /// @return ran_s the seconds since the opening
    function requireInTime(uint256 schedule, bytes32 programme, uint256 deadline)
        internal
        view
        returns (uint256 ran_s)
    {
        uint256 opensAt = uint40(schedule);
        require(opensAt != 0, IProgrammes.Programmes_NotOpened(programme));
        require(block.timestamp >= opensAt, IProgrammes.Programmes_NotYet(opensAt));
        unchecked {
            // Moments of 40 bits, hours of 16 by periods of 16; a period has an hour at least.
            ran_s = block.timestamp - opensAt;
            uint256 lasts_s = _period_s(schedule) * uint16(schedule >> PERIODS_AT);
            require(ran_s < lasts_s, IProgrammes.Programmes_Over(opensAt + lasts_s));
            require(block.timestamp <= deadline, ISlipActs.SlipActs_SlipExpired(deadline));
            uint256 periodEndsAt = block.timestamp - ran_s % _period_s(schedule) + _period_s(schedule);
            require(deadline < periodEndsAt, IProgrammes.Programmes_BeyondPeriod(periodEndsAt));
        }
    }

    /// @notice Whether what a holder spent under this deadline, in her last period, she spent in the one that runs.
    function isOfThisPeriod(uint256 schedule, uint256 period, uint256 deadline) internal view returns (bool) {
        uint256 beganAt = uint40(schedule) + period * _period_s(schedule);
        uint256 endsAt = beganAt + _period_s(schedule);
        return block.timestamp >= beganAt && block.timestamp < endsAt && deadline >= beganAt && deadline < endsAt;
    }

    /// @notice The period that has begun so long after the opening, from 0: rounded down.
    function periodAt(uint256 schedule, uint256 ran_s) internal pure returns (uint256) {
        unchecked {
            return ran_s / _period_s(schedule);
        }
    }

    /// @notice The first unix second at which it is over.
    function endOf(uint256 schedule) internal pure returns (uint256) {
        return uint40(schedule) + _period_s(schedule) * uint16(schedule >> PERIODS_AT);
    }

    /// @notice What a unit is, in cents.
    function unitOf(uint256 schedule) internal pure returns (uint256) {
        return uint32(schedule >> UNIT_AT);
    }

    /// @notice The most that a holder spends a day; zero for no such cap.
    function capOf(uint256 schedule) internal pure returns (uint256) {
        return uint32(schedule >> CAP_AT);
    }

    /// @notice The categories whose merchants are paid.
    function categoriesOf(uint256 schedule) internal pure returns (uint256) {
        return uint24(schedule >> CATEGORIES_AT);
    }

    function _period_s(uint256 schedule) private pure returns (uint256) {
        unchecked {
            return uint256(uint16(schedule >> PERIOD_H_AT)) * 1 hours;
        }
    }
}
