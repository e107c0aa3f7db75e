// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {ISlipActs} from "contracts/access/interfaces/ISlipActs.sol";
import {IPromises} from "contracts/credibility/interfaces/IPromises.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {CredFixture} from "tests/forge/credibility/CredFixture.sol";

/// @title Mandates, what their subject promises, and the slips by which it and the residents act
contract PledgesTest is CredFixture {
    bytes32 private constant TEXT = keccak256("text");
    string private constant URI = "ipfs://text";

    function test_TheSupplyIsTheSealedPopulation() external {
        uint256 mandate = _openMandate(IPromises.Supply.Population);
        vm.prank(mayor);
        promises.pledge(mandate, 0, _pledges(3), 0, "");
        assertEq(promises.mandateOf(mandate).supply, CITIZENS);
        assertEq(promises.mandateOf(mandate).capital, CITIZENS);
        assertEq(cred.balanceOf(mayor), CITIZENS);
        uint256 sum;
        for (uint256 i; i < 3; ++i) {
            sum += promises.promiseOf(mandate, i).stake;
        }
        assertEq(sum, CITIZENS, "the stakes are not the supply");
    }

    function test_NothingIsMintedBeforeThePledge() external {
        uint256 mandate = _openMandate(IPromises.Supply.FiftyMillion);
        assertEq(cred.totalSupply(), 0);
        vm.expectEmit(address(promises));
        emit IPromises.Pledged(mandate, 0, FIFTY_MILLION, _pledges(1)[0]);
        vm.prank(mayor);
        promises.pledge(mandate, 0, _pledges(1), 0, "");
        assertEq(cred.totalSupply(), FIFTY_MILLION);
    }

    function test_WhenTheCharterIsOutOfRangeItIsRefused() external {
        IPromises.Charter memory charter = _charter();
        charter.turnoutFloor_bps = 10_001;
        vm.expectRevert(IPromises.Promises_InvalidCharter.selector);
        this.create("Promises.sol:Promises", abi.encode(charter));
        charter = _charter();
        charter.petition_bps = 10_001;
        vm.expectRevert(IPromises.Promises_InvalidCharter.selector);
        this.create("Promises.sol:Promises", abi.encode(charter));
        charter.petition_bps = 0;
        vm.expectRevert(IPromises.Promises_InvalidCharter.selector);
        this.create("Promises.sol:Promises", abi.encode(charter));
        charter = _charter();
        charter.rollFloor_bps = 10_001;
        vm.expectRevert(IPromises.Promises_InvalidCharter.selector);
        this.create("Promises.sol:Promises", abi.encode(charter));
        charter = _charter();
        charter.voting_s = 0;
        vm.expectRevert(IPromises.Promises_InvalidCharter.selector);
        this.create("Promises.sol:Promises", abi.encode(charter));
    }

    function test_TheCharterIsTold() external view {
        assertEq(promises.authority(), address(town));
        assertEq(address(promises.residents()), address(residents));
        assertEq(address(promises.results()), address(results));
        assertEq(promises.turnoutFloor_bps(), FLOOR_BPS);
        assertEq(IAccessManaged(address(appeals)).authority(), address(town));
        assertEq(address(appeals.promises()), address(promises));
        assertEq(appeals.petition_bps(), PETITION_BPS);
        assertEq(appeals.appealPeriod_s(), APPEAL_PERIOD);
        assertEq(appeals.juryPeriod_s(), JURY_PERIOD);
        assertEq(promises.rollFloor_bps(), ROLL_BPS);
        assertEq(promises.silence_s(), SILENCE);
        assertEq(promises.patience_s(), PATIENCE);
        assertEq(promises.notice_s(), CALL_NOTICE);
        assertEq(promises.voting_s(), VOTING);
    }

    function test_AMandateIsOpenedAsAnnounced() external {
        vm.expectEmit(address(promises));
        emit IPromises.MandateOpened(1, mayor, ENDS, FIFTY_MILLION, "appointed");
        uint256 mandate = _openMandate(IPromises.Supply.FiftyMillion);
        assertEq(mandate, promises.mandates());
        IPromises.Mandate memory expected = IPromises.Mandate(mayor, ENDS, 0, 0, uint64(FIFTY_MILLION), 0, 0, false, 0);
        assertEq(abi.encode(promises.mandateOf(mandate)), abi.encode(expected));
    }

    function test_OnlyTheClerkOpensAMandate() external {
        address[] memory others = _everybody();
        for (uint256 i; i < others.length; ++i) {
            if (others[i] == clerk) continue;
            _expectUnauthorized(others[i]);
            vm.prank(others[i]);
            promises.openMandate(mayor, ENDS, IPromises.Supply.FiftyMillion, "");
        }
    }

    function test_AMandateWithoutSubjectOrTimeOrPeopleIsRefused() external {
        vm.startPrank(clerk);
        vm.expectRevert(IPromises.Promises_InvalidMandate.selector);
        promises.openMandate(address(0), ENDS, IPromises.Supply.FiftyMillion, "");
        vm.expectRevert(IPromises.Promises_InvalidMandate.selector);
        promises.openMandate(mayor, START, IPromises.Supply.FiftyMillion, "");
        vm.mockCall(address(residents), abi.encodeWithSelector(residents.population.selector), abi.encode(0));
        vm.expectRevert(IPromises.Promises_InvalidMandate.selector);
        promises.openMandate(mayor, ENDS, IPromises.Supply.Population, "");
        vm.stopPrank();
    }

    function test_PledgesAreMadeOnce() external {
        uint256 mandate = _pledged(2);
        vm.prank(mayor);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_PledgedOnce.selector, mandate));
        promises.pledge(mandate, 0, _pledges(2), 0, "");
    }

    function test_AMandateThatDoesNotExistHasNoPledges() external {
        vm.prank(mayor);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_NoMandate.selector, 7));
        promises.pledge(7, 0, _pledges(1), 0, "");
    }

    function test_NoPromiseOrTooManyAreRefused() external {
        uint256 mandate = _openMandate(IPromises.Supply.FiftyMillion);
        vm.startPrank(mayor);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_PromiseCount.selector, 0, 200));
        promises.pledge(mandate, 0, new IPromises.Pledge[](0), 0, "");
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_PromiseCount.selector, 201, 200));
        promises.pledge(mandate, 0, _pledges(201), 0, "");
        promises.pledge(mandate, 0, _pledges(200), 0, "");
        vm.stopPrank();
        assertEq(promises.mandateOf(mandate).promiseCount, 200);
    }

    function test_WeightsAboveTheWholeAreRefused() external {
        uint256 mandate = _openMandate(IPromises.Supply.FiftyMillion);
        IPromises.Pledge[] memory pledges = _pledges(2);
        pledges[0].weight_bps += 1;
        vm.prank(mayor);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_WeightsSum.selector, 10_001));
        promises.pledge(mandate, 0, pledges, 0, "");
    }

    function test_APromiseThatCouldNotBeJudgedWithinTheMandateIsRefused() external {
        uint256 mandate = _openMandate(IPromises.Supply.FiftyMillion);
        IPromises.Pledge[] memory pledges = _pledges(2);
        vm.startPrank(mayor);
        pledges[1].dueAt = ENDS + 1;
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_DueOutsideMandate.selector, 1, ENDS + 1));
        promises.pledge(mandate, 0, pledges, 0, "");
        pledges[1].dueAt = START;
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_DueOutsideMandate.selector, 1, START));
        promises.pledge(mandate, 0, pledges, 0, "");
        pledges[1].dueAt = ENDS;
        promises.pledge(mandate, 0, pledges, 0, "");
        vm.stopPrank();
    }

    function test_OnlyTheSubjectPledgesAmendsAndBringsEvidence() external {
        uint256 mandate = _openMandate(IPromises.Supply.FiftyMillion);
        address[5] memory others = [stranger, officer, jury, clerk, citizens[0]];
        bytes memory refusal = abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, mayor);
        for (uint256 i; i < others.length; ++i) {
            vm.prank(others[i]);
            vm.expectRevert(refusal);
            promises.pledge(mandate, 0, _pledges(1), 0, "");
        }
        vm.prank(mayor);
        promises.pledge(mandate, 0, _pledges(1), 0, "");
        for (uint256 i; i < others.length; ++i) {
            vm.startPrank(others[i]);
            vm.expectRevert(refusal);
            promises.amend(mandate, 0, TEXT, URI, 0, "");
            vm.expectRevert(refusal);
            promises.bringEvidence(mandate, 0, TEXT, URI, 0, "");
            vm.stopPrank();
        }
    }

    function test_AnAmendmentAddsAndTakesNothingAway() external {
        uint256 mandate = _pledged(1);
        IPromises.Promise memory before = promises.promiseOf(mandate, 0);
        vm.expectEmit(address(promises));
        emit IPromises.Amended(mandate, 0, TEXT, URI);
        vm.prank(mayor);
        promises.amend(mandate, 0, TEXT, URI, 0, "");
        assertEq(abi.encode(promises.promiseOf(mandate, 0)), abi.encode(before));
    }

    function test_WhileAPromiseIsJudgedItIsNotAmended() external {
        uint256 mandate = _pledged(1);
        vm.warp(DUE);
        _attach(mandate, _list(0, 1), false);
        vm.startPrank(mayor);
        vm.expectRevert(_wrongState(mandate, 0, IPromises.State.UnderEvaluation));
        promises.amend(mandate, 0, TEXT, URI, 0, "");
        promises.bringEvidence(mandate, 0, TEXT, URI, 0, "");
        vm.stopPrank();
    }

    function test_EvidenceIsTold() external {
        uint256 mandate = _pledged(2);
        vm.expectEmit(address(promises));
        emit IPromises.EvidenceBrought(mandate, 1, TEXT, URI);
        vm.prank(mayor);
        promises.bringEvidence(mandate, 1, TEXT, URI, 0, "");
        assertTrue(promises.promiseOf(mandate, 1).hasEvidence);
        assertFalse(promises.promiseOf(mandate, 0).hasEvidence);
    }

    function test_APromiseThatDoesNotExistOrIsSettledTakesNothingMore() external {
        uint256 mandate = _pledged(1);
        bytes memory none = _wrongState(mandate, 1, IPromises.State.None);
        vm.startPrank(mayor);
        vm.expectRevert(none);
        promises.amend(mandate, 1, TEXT, URI, 0, "");
        vm.expectRevert(none);
        promises.bringEvidence(mandate, 1, TEXT, URI, 0, "");
        vm.stopPrank();
        vm.prank(citizens[0]);
        vm.expectRevert(none);
        promises.bringCounterEvidence(citizens[0], mandate, 1, TEXT, URI, 0, "");

        (uint256 judged, uint256 evaluation,) = _published(4, 8);
        vm.warp(block.timestamp + APPEAL_PERIOD);
        promises.settle(evaluation);
        vm.prank(mayor);
        vm.expectRevert(_wrongState(judged, 0, IPromises.State.Settled));
        promises.bringEvidence(judged, 0, TEXT, URI, 0, "");
    }

    function test_PledgesInPartsFollowEachOtherAndMintWithTheLast() external {
        uint256 mandate = _openMandate(IPromises.Supply.FiftyMillion);
        IPromises.Pledge[] memory part = _pledges(3);
        part[2].weight_bps = 1_000;
        vm.startPrank(mayor);
        promises.pledge(mandate, 0, part, 0, "");
        assertEq(cred.totalSupply(), 0, "minted before the last part");
        bytes memory incomplete = abi.encodeWithSelector(IPromises.Promises_NotPledged.selector, mandate, 7_666);
        vm.expectRevert(incomplete);
        promises.bringEvidence(mandate, 0, TEXT, URI, 0, "");
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_OutOfTurn.selector, mandate, 0, 3));
        promises.pledge(mandate, 0, part, 0, "");
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_OutOfTurn.selector, mandate, 4, 3));
        promises.pledge(mandate, 4, part, 0, "");
        vm.stopPrank();
        uint256 consultation = _schedule(mandate, hex"00", false);
        vm.prank(officer);
        vm.expectRevert(incomplete);
        promises.attachEvaluation(mandate, hex"00", consultation, false);

        IPromises.Pledge[] memory rest = _pledges(2);
        (rest[0].weight_bps, rest[1].weight_bps) = (2_000, 334);
        vm.prank(mayor);
        promises.pledge(mandate, 3, rest, 0, "");
        assertEq(promises.mandateOf(mandate).promiseCount, 5);
        assertEq(cred.balanceOf(mayor), FIFTY_MILLION);
        uint256 sum;
        for (uint256 i; i < 5; ++i) {
            sum += promises.promiseOf(mandate, i).stake;
        }
        assertEq(sum, FIFTY_MILLION, "the stakes are not the supply");
    }

    function test_AResidentBringsCounterEvidenceOnceForAPromise() external {
        uint256 mandate = _pledged(2);
        vm.startPrank(citizens[0]);
        vm.expectEmit(address(promises));
        emit IPromises.CounterEvidenceBrought(mandate, 0, citizens[0], TEXT, URI);
        promises.bringCounterEvidence(citizens[0], mandate, 0, TEXT, URI, 0, "");
        vm.expectRevert(
            abi.encodeWithSelector(IPromises.Promises_CounterEvidenceOnce.selector, mandate, 0, citizens[0])
        );
        promises.bringCounterEvidence(citizens[0], mandate, 0, "other", URI, 0, "");
        promises.bringCounterEvidence(citizens[0], mandate, 1, TEXT, URI, 0, "");
        vm.stopPrank();
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_NotACitizen.selector, stranger));
        promises.bringCounterEvidence(stranger, mandate, 0, TEXT, URI, 0, "");
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, citizens[1]));
        promises.bringCounterEvidence(citizens[1], mandate, 0, TEXT, URI, 0, "");
        address merchant = makeAddr("merchant");
        _enrol(Kind.Professional, merchant);
        vm.prank(merchant);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_NotACitizen.selector, merchant));
        promises.bringCounterEvidence(merchant, mandate, 0, TEXT, URI, 0, "");
        vm.prank(registrar);
        residents.suspend(citizens[3], TEXT);
        vm.prank(citizens[3]);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_NotACitizen.selector, citizens[3]));
        promises.bringCounterEvidence(citizens[3], mandate, 0, TEXT, URI, 0, "");
        assertFalse(promises.promiseOf(mandate, 0).hasEvidence, "counter-evidence let the promise be judged early");
    }

    function test_ASubjectWhoseKeyWasLostActsByItsNewOne() external {
        (address newKey,) = makeAddrAndKey("new key");
        vm.prank(clerk);
        uint256 mandate = promises.openMandate(citizens[0], ENDS, IPromises.Supply.FiftyMillion, "");
        vm.prank(registrar);
        residents.proposeRecovery(citizens[0], newKey, "");
        vm.warp(START + RECOVERY_DELAY_S);
        residents.recover(citizens[0]);

        vm.prank(citizens[0]);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, newKey));
        promises.pledge(mandate, 0, _pledges(1), 0, "");
        vm.prank(newKey);
        promises.pledge(mandate, 0, _pledges(1), 0, "");
        assertEq(cred.balanceOf(citizens[0]), FIFTY_MILLION, "minted elsewhere than where it will be burnt");
    }

    function _wrongState(uint256 mandate, uint256 promiseId, IPromises.State state)
        private
        pure
        returns (bytes memory)
    {
        return abi.encodeWithSelector(IPromises.Promises_WrongState.selector, mandate, promiseId, state);
    }

    function _expectUnauthorized(address caller) private {
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, caller));
    }
}
