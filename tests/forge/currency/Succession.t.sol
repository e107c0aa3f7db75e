// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Account as Slot} from "contracts/currency/Account.sol";
import {LocalCurrency} from "contracts/currency/LocalCurrency.sol";
import {ILocalCurrency} from "contracts/currency/interfaces/ILocalCurrency.sol";
import {ISuccession} from "contracts/currency/interfaces/ISuccession.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {SuccessionFixture} from "tests/forge/currency/SuccessionFixture.sol";

/// @title A currency stops and another takes over what it held
contract SuccessionTest is SuccessionFixture {
    function setUp() public {
        _foundTownWithTwo(0);
        _issueToThree();
    }

    function test_AnAccountIsCarriedOverToTheCent_WithWhatCoversIt() external {
        vm.prank(guardian);
        currency.pause{value: 1}();
        vm.expectEmit(address(currency));
        emit ISuccession.Retired(next);
        vm.expectEmit(address(next));
        emit ISuccession.TakenOver(commons, 0, 400_00);
        vm.prank(mayor);
        currency.retire(next);
        assertEq(address(currency.successor()), address(next));
        assertEq(next.books().reserve, 400_00, "what covered nothing did not pass at once");

        vm.expectEmit(address(currency));
        emit ISuccession.CarriedOver(citizen, 300_00, 300_00);
        vm.expectEmit(address(next));
        emit ISuccession.TakenOver(citizen, 300_00, 300_00);
        vm.prank(stranger);
        currency.carryOver(_list(citizen));
        assertEq(currency.balanceOf(citizen), 0);
        assertEq(next.balanceOf(citizen), 300_00);
        assertEq(currency.books().supply, 300_00);
        assertEq(currency.books().reserve, 300_00);
        assertEq(next.books().supply, 300_00);
        assertEq(next.books().reserve, 700_00);
        currency.carryOver(_list(citizen));
        assertEq(next.balanceOf(citizen), 300_00, "carried over twice");
    }

    function test_NothingRetiresWithoutTheGuardiansPauseAndADMIN() external {
        vm.expectRevert(ISuccession.LocalCurrency_NotPaused.selector);
        vm.prank(mayor);
        currency.retire(next);
        vm.expectRevert(ISuccession.LocalCurrency_NotRetired.selector);
        currency.carryOver(_list(citizen));
        _retire();
        vm.expectRevert(ISuccession.LocalCurrency_NotPaused.selector);
        vm.prank(mayor);
        currency.retire(next);
    }

    function test_OnlyWhatNamesItSucceeds() external {
        LocalCurrency other = _following(ILocalCurrency(makeAddr("another")), 0);
        vm.prank(guardian);
        currency.pause{value: 1}();
        vm.expectRevert(abi.encodeWithSelector(ISuccession.LocalCurrency_NotSuccessor.selector, address(other)));
        vm.prank(mayor);
        currency.retire(other);
    }

    function test_OnlyWhatKnowsItsOwnCommonsSucceeds() external {
        LocalCurrency untold = _currency("Beffroi III", 0, currency);
        vm.prank(guardian);
        currency.pause{value: 1}();
        vm.expectRevert(abi.encodeWithSelector(ISuccession.LocalCurrency_NotSuccessor.selector, address(untold)));
        vm.prank(mayor);
        currency.retire(untold);
        residents.inform(untold, _list(commons));
        vm.prank(mayor);
        currency.retire(untold);
        assertEq(address(currency.successor()), address(untold));
    }

    function test_NobodyButThePredecessorBringsAccounts() external {
        Slot forged = Slot.wrap(1);
        vm.expectRevert(ISuccession.LocalCurrency_OnlyPredecessor.selector);
        vm.prank(mayor);
        next.takeOver(stranger, forged, 1);
        vm.expectRevert(ISuccession.LocalCurrency_OnlyPredecessor.selector);
        vm.prank(guardian);
        currency.takeOver(stranger, forged, 1);
    }

    function test_OnceRetired_NobodyPaysIssuesRedeemsOrResumesHere() external {
        _retire();
        bytes4 retired = ISuccession.LocalCurrency_Retired.selector;
        vm.startPrank(citizen);
        vm.expectRevert(retired);
        currency.transfer(merchant, 1);
        vm.expectRevert(retired);
        currency.pay(merchant, 1, "reference");
        vm.stopPrank();
        vm.expectRevert(retired);
        vm.prank(treasurer);
        currency.issue(citizen, 1, "receipt 4");
        vm.expectRevert(retired);
        vm.prank(auditor);
        currency.attestReserve(1_000_00, "statement");
        vm.expectRevert(retired);
        vm.prank(guardian);
        currency.resume();
        vm.expectRevert(retired);
        vm.prank(court);
        currency.seize(citizen, merchant, 1, "order");
        assertEq(currency.totalSupply(), 600_00);
    }

    function test_AnInstitutionStillPaysOutAndIsNotCarriedItself() external {
        _retire();
        currency.carryOver(_list(escrow));
        assertEq(currency.balanceOf(escrow), 100_00, "the money of others was carried away from its escrow");
        vm.prank(escrow);
        currency.transfer(citizen, 100_00);
        currency.carryOver(_list(citizen));
        assertEq(next.balanceOf(citizen), 400_00);
        assertEq(currency.balanceOf(escrow), 0);
    }

    /// @dev A stray cent there would be nobody's, and keep the currency from ever being empty.
    function test_NothingComesToAnInstitutionThatItDidNotTake() external {
        bytes memory never = abi.encodeWithSelector(ILocalCurrency.LocalCurrency_Institution.selector, escrow);
        vm.expectRevert(never);
        vm.prank(citizen);
        currency.transfer(escrow, 1);
        vm.expectRevert(never);
        vm.prank(treasurer);
        currency.issue(escrow, 1, "receipt 4");
        (, Kind kind, bool suspended,,) = currency.accountOf(escrow);
        assertTrue(kind == Kind.Institution && !suspended);
    }

    function test_InAMerePauseAnInstitutionPaysNothing() external {
        vm.prank(guardian);
        currency.pause{value: 1}();
        vm.expectRevert(ILocalCurrency.LocalCurrency_Paused.selector);
        vm.prank(escrow);
        currency.transfer(citizen, 1);
    }

    function test_AReferenceServesOneOfTheTwo() external {
        vm.prank(merchant);
        uint256 redemption = currency.redeem(100_00, "invoice");
        _retire();
        bytes memory used =
            abi.encodeWithSelector(ILocalCurrency.LocalCurrency_ReferenceUsed.selector, bytes32("receipt 1"));
        vm.startPrank(treasurer);
        vm.expectRevert(used);
        next.issue(citizen, 1, "receipt 1");
        next.issue(commons, 1, "transfer");
        used = abi.encodeWithSelector(ILocalCurrency.LocalCurrency_ReferenceUsed.selector, bytes32("transfer"));
        vm.expectRevert(used);
        currency.settle(redemption, "transfer");
        currency.settle(redemption, "another transfer");
        assertTrue(next.isReferenceUsed("another transfer"));
        assertEq(currency.books().owed, 0);
    }

    function test_AFreezeByOrderGoesAlongAndHoldsWhatIsOwedToo() external {
        vm.prank(merchant);
        uint256 redemption = currency.redeem(100_00, "invoice");
        vm.prank(court);
        currency.freeze(merchant, "order");
        _retire();
        currency.carryOver(_list(merchant));
        assertTrue(_isFrozen(next, merchant), "a succession thawed an account");
        vm.expectRevert(abi.encodeWithSelector(ILocalCurrency.LocalCurrency_Frozen.selector, merchant));
        vm.prank(treasurer);
        currency.settle(redemption, "transfer");
        vm.prank(court);
        next.unfreeze(merchant, "order");
        vm.prank(treasurer);
        currency.settle(redemption, "transfer");
        assertEq(currency.books().owed, 0);
    }

    /// @dev What a till holds for her stays there, and the till asks the currency that it holds.
    function test_WhoIsFrozenThereIsToldAsFrozenHere() external {
        vm.prank(court);
        currency.freeze(merchant, "order");
        _retire();
        currency.carryOver(_list(merchant));
        assertTrue(_isFrozen(currency, merchant), "a succession lifted a freeze from what tills hold");
        vm.prank(court);
        next.unfreeze(merchant, "order");
        assertFalse(_isFrozen(currency, merchant));
    }

    function test_AFreezeOfAnEmptyAccountGoesAlong() external {
        address empty = makeAddr("empty");
        _enrol(Kind.Citizen, empty);
        vm.prank(court);
        currency.freeze(empty, "order");
        _retire();
        currency.carryOver(_list(empty));
        assertTrue(_isFrozen(next, empty));
    }

    function test_WhatIsSeizedIsCarriedOverOnceTheSeizureHasEnded() external {
        vm.prank(court);
        uint256 seizure = currency.seize(citizen, merchant, 100_00, "order");
        _retire();
        currency.carryOver(_list(citizen));
        assertEq(currency.balanceOf(citizen), 300_00, "a succession took money out of a seizure");
        vm.warp(block.timestamp + SEIZURE_DELAY_S);
        currency.carryOutSeizure(seizure);
        currency.carryOver(_list(citizen));
        currency.carryOver(_list(merchant));
        assertEq(next.balanceOf(citizen), 200_00);
        assertEq(next.balanceOf(merchant), 300_00);
    }

    function test_WhoIsNotKnownThereYetIsCarriedOver_AndPaysOnceTheRegisterHasSaidSo() external {
        address early = makeAddr("early");
        vm.mockCall(address(next), abi.encodeWithSelector(next.follow.selector), "");
        _enrol(Kind.Citizen, early);
        vm.clearMockedCalls();
        vm.prank(treasurer);
        currency.issue(early, 1_00, "receipt 5");
        _retire();
        currency.carryOver(_list(early));
        assertEq(next.balanceOf(early), 1_00);
        vm.prank(registrar);
        vm.expectRevert(abi.encodeWithSelector(ILocalCurrency.LocalCurrency_BalanceRemains.selector, early, 1_00));
        residents.depart(early);
        residents.inform(next, _list(early));
        vm.prank(early);
        next.transfer(citizen, 1_00);
    }

    function test_WhatALeaverKeptIsCarriedOverToo() external {
        vm.prank(citizen);
        currency.transfer(merchant, 299_50);
        vm.prank(registrar);
        residents.depart(citizen);
        _retire();
        currency.carryOver(_list(citizen));
        assertEq(next.balanceOf(citizen), 50);
        _enrol(Kind.Citizen, citizen);
        vm.prank(citizen);
        next.transfer(merchant, 50);
    }

    /// @dev Her old key is in the list of whoever carries over, and stops nobody else's.
    function test_WhatALostKeyStillHoldsThereGoesToTheOneThatReplacedIt() external {
        address newKey = makeAddr("new key");
        vm.prank(treasurer);
        currency.issue(commons, 70_00, "receipt 5");
        vm.prank(registrar);
        residents.proposeRecovery(commons, newKey, "document");
        vm.warp(block.timestamp + RECOVERY_DELAY_S);
        vm.mockCallRevert(address(currency), abi.encodeWithSelector(currency.move.selector), "fails");
        residents.recover(commons);
        vm.clearMockedCalls();
        assertEq(residents.behind(currency, newKey), commons);
        _retire();
        currency.carryOver(_list(commons));
        assertEq(next.balanceOf(commons), 0, "carried over to a key that is nobody's any more");
        assertEq(next.balanceOf(newKey), 70_00);
    }

    /// @dev A stranger carries it over from a currency whose own commons is another.
    function test_AFreezeThatGoesAlongKeepsNobodysKeyFromTakingTheCommonsOver() external {
        address newKey = makeAddr("new key");
        commons = makeAddr("the next currency's commons");
        _enrol(Kind.Commons, commons);
        next = _following(currency, 0);
        vm.prank(registrar);
        residents.proposeRecovery(commons, newKey, "document");
        vm.prank(court);
        currency.freeze(newKey, "order");
        _retire();
        vm.prank(stranger);
        currency.carryOver(_list(newKey));
        assertFalse(_isFrozen(next, newKey));

        skip(RECOVERY_DELAY_S);
        residents.recover(commons);
        assertEq(next.commons(), newKey);
    }

    /// @dev The court ordered it there while nobody knew what the address would be.
    function test_AFreezeThatGoesAlongReachesNoInstitution() external {
        address escrow2 = makeAddr("an escrow to come");
        vm.prank(court);
        currency.freeze(escrow2, "order");
        vm.prank(mayor);
        residents.removeFollower(currency);
        vm.etch(escrow2, hex"00");
        _enrolInstitution(escrow2);
        vm.prank(mayor);
        residents.addFollower(currency);
        _retire();
        currency.carryOver(_list(escrow2));
        assertFalse(_isFrozen(next, escrow2));
    }

    function test_TheAuditorAttestsTheBankAndTheSuccessorHasTheRest() external {
        vm.expectRevert(ISuccession.LocalCurrency_PredecessorStands.selector);
        vm.prank(auditor);
        next.attestReserve(1_000_00, "too early");
        _retire();
        vm.startPrank(auditor);
        next.attestReserve(1_100_00, "statement");
        assertEq(next.books().reserve, 500_00, "the same euros cover two currencies");
        next.attestReserve(500_00, "a bank that lost money");
        assertEq(next.books().reserve, 0);
    }

    function test_WhatWasNotCoveredThereIsNotIssuedAgainHere() external {
        vm.prank(auditor);
        currency.attestReserve(100_00, "a bank that lost money");
        _retire();
        vm.prank(auditor);
        next.attestReserve(620_00, "a bank that has some back");
        assertEq(next.books().reserve, 20_00, "euros that the old money wants cover new money");
    }

    function test_APauseOfTheSuccessorStopsTheLastSeizuresToo() external {
        vm.prank(court);
        uint256 seizure = currency.seize(citizen, merchant, 100_00, "order");
        _retire();
        vm.warp(block.timestamp + SEIZURE_DELAY_S);
        vm.prank(guardian);
        next.pause{value: 1}();
        vm.expectRevert(ILocalCurrency.LocalCurrency_Paused.selector);
        currency.carryOutSeizure(seizure);
        vm.prank(guardian);
        next.resume();
        currency.carryOutSeizure(seizure);
    }

    function test_AReserveThatIsShortPassesOnShort() external {
        vm.prank(auditor);
        currency.attestReserve(100_00, "a bank that lost money");
        _retire();
        currency.carryOver(_list(citizen));
        assertEq(next.books().reserve, 100_00);
        assertEq(currency.books().reserve, 0);
    }

    function test_ARecoveryGoesOnInBoth() external {
        _retire();
        address newKey = makeAddr("new key");
        vm.prank(registrar);
        residents.proposeRecovery(citizen, newKey, "document");
        vm.warp(block.timestamp + RECOVERY_DELAY_S);
        residents.recover(citizen);
        currency.carryOver(_list(newKey));
        assertEq(next.balanceOf(newKey), 300_00);
    }

    function test_APauseOfTheSuccessorStopsTheCarryingOver() external {
        _retire();
        vm.prank(guardian);
        next.pause{value: 1}();
        vm.expectRevert(ILocalCurrency.LocalCurrency_Paused.selector);
        currency.carryOver(_list(citizen));
    }
}

/// @title Money that melts is carried over as it stands that day
contract SuccessionOfMeltingMoneyTest is SuccessionFixture {
    function test_DemurrageIsTakenBeforeAndTheFractionOfACentGoesAlong() external {
        _foundTownWithTwo(SEVEN_PERCENT);
        address citizen = makeAddr("citizen");
        _enrol(Kind.Citizen, citizen);
        vm.prank(auditor);
        currency.attestReserve(1_000_00, "statement");
        vm.prank(treasurer);
        currency.issue(citizen, 1_000_00, "receipt");
        vm.warp(block.timestamp + 100 days);
        uint256 apart = vm.snapshotState();
        vm.warp(block.timestamp + 265 days);
        uint256 untouched_cents = currency.balanceOf(citizen);
        vm.revertToState(apart);

        _retire();
        currency.carryOver(_list(citizen));
        vm.warp(block.timestamp + 265 days);
        assertEq(next.balanceOf(citizen), untouched_cents, "a succession spared a fraction of a cent, or took one");
        currency.carryOver(_list(commons));
        assertEq(currency.totalSupply(), 0);
    }
}
