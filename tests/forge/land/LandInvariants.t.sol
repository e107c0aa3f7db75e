// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";
import {console} from "forge-std/console.sol";

import {Charge} from "contracts/land/interfaces/ICharges.sol";
import {Right, RightKind, Title} from "contracts/land/interfaces/ILandRegister.sol";
import {LandHandler} from "tests/forge/land/LandHandler.sol";
import {SaleHandler} from "tests/forge/land/SaleHandler.sol";

/// @title What must hold after any run of acts
/// forge-config: default.invariant.depth = 128
contract LandInvariantsTest is Test {
    uint256 private constant STEPS = 6_000;

    LandHandler private handler;
    uint256 private reverted;

    bytes4[] private acts;

    function setUp() public {
        handler = new LandHandler();
        handler.setUp();
        targetContract(address(handler));
        acts = [
            SaleHandler.openSale.selector,
            SaleHandler.amendSale.selector,
            SaleHandler.deposit.selector,
            SaleHandler.fundRest.selector,
            SaleHandler.settleSale.selector,
            SaleHandler.cancelSale.selector,
            SaleHandler.expireSale.selector,
            SaleHandler.refundSale.selector,
            SaleHandler.takeWhatIsOwed.selector,
            SaleHandler.declareAndAnswer.selector,
            LandHandler.registerTitle.selector,
            LandHandler.restate.selector,
            LandHandler.rescale.selector,
            LandHandler.correctArea.selector,
            LandHandler.burdenTitle.selector,
            LandHandler.clearBurden.selector,
            LandHandler.divideTitle.selector,
            LandHandler.mergeTitles.selector,
            LandHandler.order.selector,
            LandHandler.trespass.selector,
            LandHandler.freezePayee.selector,
            LandHandler.loseKey.selector,
            LandHandler.inscribeCharge.selector,
            LandHandler.endCharge.selector,
            LandHandler.changeCharge.selector,
            LandHandler.cedeRank.selector
        ];
        // Sales take several acts to get anywhere: two chances in three.
        for (uint256 i; i < 30; ++i) {
            acts.push(acts[i % 10]);
        }
        targetSelector(FuzzSelector(address(handler), acts));
    }

    /// @dev A long walk drawn from one seed: what the runs below may do, this one does, and the summary says how often.
    function test_ALongWalkTakesEveryAct() public {
        for (uint256 i; i < STEPS; ++i) {
            uint256 seed = uint256(keccak256(abi.encode(i)));
            (bool done,) = address(handler).call(abi.encodeWithSelector(acts[seed % acts.length], seed >> 8));
            if (!done) ++reverted;
        }
        string[35] memory names = [
            "open",
            "amend",
            "deposit",
            "fund the rest",
            "meet by permit",
            "creditor silent",
            "settle",
            "rescind",
            "retract",
            "fail a condition",
            "end by order",
            "expire",
            "refund",
            "withdraw",
            "renounce",
            "pre-empt",
            "stay silent",
            "register",
            "enact",
            "rescale",
            "correct an area",
            "burden",
            "lodge a caveat",
            "sweep",
            "lift",
            "divide",
            "merge",
            "force a transfer",
            "recover a key",
            "inscribe",
            "lapse",
            "discharge",
            "release",
            "cede",
            "cede a rank"
        ];
        for (uint256 i; i < names.length; ++i) {
            console.log(names[i], handler.calls(names[i]));
        }
        console.log("reverted", reverted);
        for (uint256 i; i < names.length; ++i) {
            assertGt(handler.calls(names[i]), 0, names[i]);
        }
        _holds();
        afterInvariant();
    }

    /// @dev One campaign looks at all after each act: a campaign for each would walk the same land ten times.
    function invariant_LandMoneyAndChargesAreAsLawfulActsLeftThem() public view {
        _holds();
    }

    /// @dev Every sale that is still open is left by time alone, and every cent by a stranger's word.
    function afterInvariant() public {
        handler.windUp();
        assertEq(handler.escrowBalance(), 0, "money is stuck");
        for (uint256 i; i < handler.titles(); ++i) {
            (uint256 id,) = handler.titleAt(i);
            assertFalse(handler.reg().isUnderSale(id), "a title is stuck");
        }
    }

    function _sharesMakeTheWholeOfEachKind() private view {
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

    function _areasAreAccountedFor() private view {
        uint256 area_m2;
        for (uint256 i; i < handler.titles(); ++i) {
            (, Title memory title) = handler.titleAt(i);
            if (title.flags & 1 != 0) area_m2 += title.area_m2;
        }
        assertEq(area_m2, handler.area_m2());
    }

    function _aTitleIsLockedExactlyWhenOneSaleIsOpen() private view {
        for (uint256 i; i < handler.titles(); ++i) {
            (uint256 id,) = handler.titleAt(i);
            uint256 open = handler.openSales(id);
            assertLe(open, 1);
            assertEq(handler.reg().isUnderSale(id), open == 1);
        }
    }

    function _ranksAndNumbersAreUnique() private view {
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

    function _theEscrowIsOpenSalesAndWhatWasNotTaken() private view {
        assertEq(handler.escrowBalance(), handler.escrowDue());
    }

    function _noCentIsMadeOrLost() private view {
        assertEq(handler.money(), handler.supply());
    }

    function _tokensAreCountedOnce() private view {
        uint256 live;
        for (uint256 i; i < handler.titles(); ++i) {
            (, Title memory title) = handler.titleAt(i);
            if (title.flags & 1 != 0) ++live;
        }
        assertEq(handler.counted(), live);
    }

    function _titlesMoveByLawfulActsAlone() private view {
        for (uint256 i; i < handler.titles(); ++i) {
            (uint256 id, Title memory title) = handler.titleAt(i);
            assertEq(handler.expectedRights(id), title.flags & 1 == 0 ? bytes32(0) : handler.rightsHash(id));
        }
    }

    function _chargesEndByTheirOwnActsAlone() private view {
        for (uint256 i; i < handler.titles(); ++i) {
            (uint256 id,) = handler.titleAt(i);
            assertEq(handler.liens().chargesOf(id).length, handler.expectedCharges(id));
        }
    }

    /// @dev No id twice, no pre-empted sale settled, no charge passed unconsented, no exit before its time, no plain
    /// transfer.
    function _nothingSucceedsThatNeverShould() private view {
        assertEq(handler.cheat(), "");
    }

    function _holds() private view {
        _sharesMakeTheWholeOfEachKind();
        _areasAreAccountedFor();
        _aTitleIsLockedExactlyWhenOneSaleIsOpen();
        _ranksAndNumbersAreUnique();
        _theEscrowIsOpenSalesAndWhatWasNotTaken();
        _noCentIsMadeOrLost();
        _tokensAreCountedOnce();
        _titlesMoveByLawfulActsAlone();
        _chargesEndByTheirOwnActsAlone();
        _nothingSucceedsThatNeverShould();
    }
}
