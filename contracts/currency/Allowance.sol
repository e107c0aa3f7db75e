// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IProgrammes} from "./interfaces/IProgrammes.sol";

/// @title What a key may still spend in a programme, and which of its slips served
/// @dev A slot as a word: its fields, one by one, cost a spend thousands of gas. Least significant first, as declared.
library Allowance {
    /// @dev So many nonces, up to the highest that served, are told apart.
    uint256 private constant WINDOW = 64;

    uint256 private constant SPENT_AT = 32;
    uint256 private constant GRANTED_AT = 64;
    uint256 private constant TODAY_AT = 96;
    uint256 private constant PERIOD_AT = 128;
    uint256 private constant DAY_AT = 144;
    uint256 private constant NONCE_AT = 160;
    uint256 private constant NONCES_AT = 176;
    uint256 private constant VOIDED_AT = 248;
    uint256 private constant FLAGS = uint256(0xffff) << 240;

    /// @notice Where a key stands.
    function load(IProgrammes.Holder storage at) internal view returns (uint256 holder) {
        assembly ("memory-safe") {
            holder := sload(at.slot)
        }
    }

    /// @notice Keeps where a key stands.
    function store(IProgrammes.Holder storage at, uint256 holder) internal {
        assembly ("memory-safe") {
            sstore(at.slot, holder)
        }
    }

    /// @notice Takes units of the period's allowance first, then of what was granted; no more than the day's cap.
    function draw(uint256 holder, uint256 units, uint256 period, uint256 day, uint256 dailyCap)
        internal
        pure
        returns (uint256)
    {
        unchecked {
            // Sums of a few fields of 32 bits.
            uint256 each = uint32(holder);
            uint256 granted = uint32(holder >> GRANTED_AT);
            uint256 spent = uint16(holder >> PERIOD_AT) == period ? uint32(holder >> SPENT_AT) : 0;
            uint256 left = above(each, spent) + granted;
            uint256 total = spent + units;
            require(units <= left && total <= type(uint32).max, IProgrammes.Programmes_AllowanceExceeded(left));

            uint256 today;
            if (dailyCap != 0) {
                today = uint16(holder >> DAY_AT) == day ? uint32(holder >> TODAY_AT) : 0;
                require(today + units <= dailyCap, IProgrammes.Programmes_DailyCapExceeded(above(dailyCap, today)));
                today += units;
            }
            granted -= above(total, each) - above(spent, each);
            return (holder & (FLAGS | (uint256(type(uint80).max) << NONCE_AT))) | each | (total << SPENT_AT)
                | (granted << GRANTED_AT) | (today << TODAY_AT) | (period << PERIOD_AT) | (day << DAY_AT);
        }
    }

    /// @notice Gives units back, the other way about; the day's cap stays used.
    function restore(uint256 holder, uint256 units) internal pure returns (uint256) {
        uint256 spent = uint32(holder >> SPENT_AT);
        require(units <= spent, IProgrammes.Programmes_RefundExceeds(spent));
        unchecked {
            // At most what was taken of each.
            uint256 each = uint32(holder);
            uint256 granted = above(spent, each) - above(spent - units, each);
            return holder - (units << SPENT_AT) + (granted << GRANTED_AT);
        }
    }

    /// @notice Whether a nonce served; one too far below the highest is taken for used.
    function isUsed(uint256 holder, uint256 nonce) internal pure returns (bool) {
        uint256 highest = uint16(holder >> NONCE_AT);
        if (nonce > highest) return false;
        unchecked {
            uint256 behind = highest - nonce;
            return behind >= WINDOW || (holder >> (NONCES_AT + behind)) & 1 != 0;
        }
    }

    /// @notice Uses a nonce that did not serve.
    function use(uint256 holder, uint256 nonce) internal pure returns (uint256) {
        uint256 highest = uint16(holder >> NONCE_AT);
        unchecked {
            if (nonce <= highest) return holder | (1 << (NONCES_AT + highest - nonce));
            // Shifted by more than a word, nothing is left.
            uint256 nonces = uint64((uint256(uint64(holder >> NONCES_AT)) << (nonce - highest)) | 1);
            return (holder & ~(uint256(type(uint80).max) << NONCE_AT)) | (nonce << NONCE_AT) | (nonces << NONCES_AT);
        }
    }

    /// @notice Whether it spends nothing any more.
    function isVoided(uint256 holder) internal pure returns (bool) {
        return holder >> VOIDED_AT != 0;
    }

    /// @notice The period of its last spend.
    function periodOf(uint256 holder) internal pure returns (uint256) {
        return uint16(holder >> PERIOD_AT);
    }

    /// @notice How far `a` is above `b`: nothing when it is below.
    function above(uint256 a, uint256 b) internal pure returns (uint256) {
        unchecked {
            return a > b ? a - b : 0;
        }
    }
}
