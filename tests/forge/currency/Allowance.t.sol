// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";

import {IProgrammes} from "contracts/currency/interfaces/IProgrammes.sol";
import {AllowanceBook} from "tests/forge/harness/AllowanceBook.sol";

/// @title A holder's slot, drawn from and given back to its fields' last bits
contract AllowanceTest is Test {
    uint256 private constant MOST = type(uint32).max;

    AllowanceBook private book;

    function setUp() public {
        book = AllowanceBook(deployCode("AllowanceBook.sol:AllowanceBook"));
    }

    function testFuzz_WhatIsDrawnIsOfTheAllowanceFirst_AndNothingElseMoves(
        IProgrammes.Holder memory holder,
        uint256 units,
        uint16 period,
        uint16 day,
        uint32 cap
    ) public {
        if (period % 2 == 0) holder.period = period;
        if (day % 2 == 0) holder.day = day;
        book.set(holder);
        uint256 spent = holder.period == period ? holder.spent : 0;
        uint256 left = uint256(holder.granted) + (holder.each > spent ? holder.each - spent : 0);
        uint256 today = holder.day == day ? holder.today : 0;
        units = bound(units, 1, MOST);
        if (units > left || spent + units > MOST) {
            return _refuses(
                units, period, day, cap, abi.encodeWithSelector(IProgrammes.Programmes_AllowanceExceeded.selector, left)
            );
        }
        if (cap != 0 && today + units > cap) {
            uint256 capped = cap > today ? cap - today : 0;
            return _refuses(
                units,
                period,
                day,
                cap,
                abi.encodeWithSelector(IProgrammes.Programmes_DailyCapExceeded.selector, capped)
            );
        }

        book.draw(units, period, day, cap);
        IProgrammes.Holder memory drawn = book.holder();
        uint256 after_ = uint256(drawn.granted) + (drawn.each > drawn.spent ? drawn.each - drawn.spent : 0);
        assertEq(after_, left - units, "as much less is left");
        assertTrue(drawn.granted == holder.granted || drawn.spent >= drawn.each, "the allowance first");
        assertEq(drawn.today, cap == 0 ? 0 : today + units);
        (holder.spent, holder.granted, holder.today) = (drawn.spent, drawn.granted, drawn.today);
        (holder.period, holder.day) = (period, day);
        assertEq(abi.encode(drawn), abi.encode(holder), "nothing else");
    }

    function testFuzz_WhatIsGivenBackCanBeDrawnAgain(IProgrammes.Holder memory holder, uint256 units) public {
        holder.spent = uint32(bound(holder.spent, 1, MOST));
        uint256 beyond = holder.spent > holder.each ? holder.spent - holder.each : 0;
        holder.granted = uint32(bound(holder.granted, 0, MOST - beyond)); // as a draw left it
        book.set(holder);
        units = bound(units, 1, holder.spent);
        book.restore(units);
        assertEq(book.holder().spent, holder.spent - units);
        book.draw(units, holder.period, holder.day, 0);
        holder.today = 0;
        assertEq(abi.encode(book.holder()), abi.encode(holder));
    }

    function testFuzz_ANonceTakesItsOwnBitAlone(IProgrammes.Holder memory holder, uint16 nonce) public {
        if (nonce % 2 == 0) nonce = uint16(bound(nonce, holder.nonce < 70 ? 0 : holder.nonce - 70, holder.nonce));
        book.set(holder);
        if (book.isUsed(nonce)) return;
        bool[] memory before = new bool[](200);
        uint256 from = nonce < 100 ? 0 : nonce - 100;
        for (uint256 i; i < 200; ++i) {
            before[i] = book.isUsed(from + i);
        }
        book.use(nonce);
        IProgrammes.Holder memory used = book.holder();
        uint256 lowest = used.nonce < 63 ? 0 : used.nonce - 63;
        for (uint256 i; i < 200; ++i) {
            assertEq(book.isUsed(from + i), before[i] || from + i == nonce || from + i < lowest);
        }
        (holder.nonce, holder.nonces) = (used.nonce, used.nonces);
        assertEq(abi.encode(used), abi.encode(holder), "nothing else");
    }

    function _refuses(uint256 units, uint256 period, uint256 day, uint256 cap, bytes memory refusal) private {
        vm.expectRevert(refusal);
        book.draw(units, period, day, cap);
    }
}
