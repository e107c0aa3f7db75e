// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";
import {console} from "forge-std/console.sol";

import {Charge} from "../../../contracts/land/interfaces/ICharges.sol";
import {Right, RightKind, Title} from "../../../contracts/land/interfaces/ILandRegister.sol";
import {LandHandler} from "./LandHandler.sol";

/// @title What must hold after any run of acts
/// forge-config: default.invariant.depth = 128
contract LandInvariantTest is Test {
    LandHandler private handler;

    function setUp() public {
        handler = new LandHandler();
        handler.setUp();
        targetContract(address(handler));
        bytes4[] memory acts = new bytes4[](15);
        acts[0] = LandHandler.openSale.selector;
        acts[1] = LandHandler.deposit.selector;
        acts[2] = LandHandler.fundRest.selector;
        acts[3] = LandHandler.settleSale.selector;
        acts[4] = LandHandler.cancelSale.selector;
        acts[5] = LandHandler.expireSale.selector;
        acts[6] = LandHandler.refundSale.selector;
        acts[7] = LandHandler.declareAndAnswer.selector;
        acts[8] = LandHandler.restate.selector;
        acts[9] = LandHandler.inscribeCharge.selector;
        acts[10] = LandHandler.releaseCharge.selector;
        acts[11] = LandHandler.divideTitle.selector;
        acts[12] = LandHandler.mergeTitles.selector;
        acts[13] = LandHandler.order.selector;
        acts[14] = LandHandler.freezePayee.selector;
        targetSelector(FuzzSelector(address(handler), acts));
    }

    function invariant_shares_make_the_whole_of_each_kind() public view {
        for (uint256 i; i < handler.titles(); ++i) {
            (uint256 id, Title memory title) = handler.titleAt(i);
            if (title.flags & 1 == 0) continue;
            Right[] memory rights = handler.reg().rightsOf(id);
            uint256 bare;
            uint256 use;
            for (uint256 j; j < rights.length; ++j) {
                if (rights[j].kind != RightKind.Usufruct) bare += rights[j].shares;
                if (rights[j].kind != RightKind.Bare) use += rights[j].shares;
            }
            assertEq(bare, title.whole, "bare");
            assertEq(use, title.whole, "use");
        }
    }

    function invariant_areas_are_accounted_for() public view {
        uint256 area_m2;
        for (uint256 i; i < handler.titles(); ++i) {
            (, Title memory title) = handler.titleAt(i);
            if (title.flags & 1 != 0) area_m2 += title.area_m2;
        }
        assertEq(area_m2, handler.area_m2());
    }

    function invariant_a_title_is_locked_exactly_when_one_sale_is_open() public view {
        for (uint256 i; i < handler.titles(); ++i) {
            (uint256 id,) = handler.titleAt(i);
            uint256 open = handler.openSales(id);
            assertLe(open, 1);
            assertEq(handler.reg().isUnderSale(id), open == 1);
        }
    }

    function invariant_ranks_and_numbers_are_unique() public view {
        for (uint256 i; i < handler.titles(); ++i) {
            (uint256 id,) = handler.titleAt(i);
            Charge[] memory list = handler.liens().chargesOf(id);
            for (uint256 j; j < list.length; ++j) {
                assertTrue(list[j].creditor != address(0) && list[j].amount_cents != 0);
                for (uint256 k; k < j; ++k) {
                    assertTrue(list[k].number != list[j].number);
                }
            }
        }
    }

    function invariant_the_escrow_is_open_sales_and_what_was_not_taken() public view {
        assertEq(handler.escrowBalance(), handler.escrowDue());
    }

    function invariant_no_cent_is_made_or_lost() public view {
        assertEq(handler.money(), handler.supply());
    }

    function invariant_tokens_are_counted_once() public view {
        uint256 live;
        for (uint256 i; i < handler.titles(); ++i) {
            (, Title memory title) = handler.titleAt(i);
            if (title.flags & 1 != 0) ++live;
        }
        assertEq(handler.counted(), live);
    }

    function invariant_titles_move_by_lawful_acts_alone() public view {
        for (uint256 i; i < handler.titles(); ++i) {
            (uint256 id, Title memory title) = handler.titleAt(i);
            assertEq(handler.expectedRights(id), title.flags & 1 == 0 ? bytes32(0) : handler.rightsHash(id));
        }
    }

    function invariant_a_pre_empted_sale_never_settles() public view {
        assertEq(handler.preemptedAndSettled(), 0);
    }

    function invariant_no_settlement_leaves_an_unnamed_charge() public view {
        assertEq(handler.passedWithCharge(), 0);
    }

    function afterInvariant() public view {
        string[15] memory names = [
            "open",
            "deposit",
            "fund",
            "settle",
            "cancel",
            "expire",
            "refund",
            "declare",
            "restate",
            "inscribe",
            "release",
            "divide",
            "merge",
            "order",
            "freeze"
        ];
        for (uint256 i; i < names.length; ++i) {
            console.log(names[i], handler.calls(i));
        }
    }
}
