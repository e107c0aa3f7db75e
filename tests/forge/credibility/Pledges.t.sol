// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {ISlipActs} from "contracts/access/interfaces/ISlipActs.sol";
import {IPromises} from "contracts/credibility/interfaces/IPromises.sol";
import {CredFixture} from "tests/forge/credibility/CredFixture.sol";
import {OwnedWallet} from "tests/forge/support/OwnedWallet.sol";

/// @title Mandates, what their subject promises, and the slips by which it and the residents act
contract PledgesTest is CredFixture {
    bytes32 private constant TEXT = keccak256("text");
    string private constant URI = "ipfs://text";

    function test_TheSupplyIsTheSealedPopulation() external {
        uint256 mandate = _openMandate(IPromises.Supply.Population);
        vm.prank(mayor);
        promises.pledge(mandate, _pledges(3), 0, "");
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
        promises.pledge(mandate, _pledges(1), 0, "");
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
    }

    function test_TheCharterIsTold() external view {
        assertEq(promises.authority(), address(town));
        assertEq(address(promises.residents()), address(residents));
        assertEq(address(promises.results()), address(results));
        assertEq(promises.turnoutFloor_bps(), FLOOR_BPS);
        assertEq(promises.petition_bps(), PETITION_BPS);
        assertEq(promises.appealPeriod_s(), APPEAL_PERIOD);
        assertEq(promises.juryPeriod_s(), JURY_PERIOD);
    }

    function test_AMandateIsOpenedAsAnnounced() external {
        vm.expectEmit(address(promises));
        emit IPromises.MandateOpened(1, mayor, ENDS, FIFTY_MILLION, "appointed");
        uint256 mandate = _openMandate(IPromises.Supply.FiftyMillion);
        assertEq(mandate, promises.mandates());
        IPromises.Mandate memory expected = IPromises.Mandate(mayor, ENDS, 0, uint128(FIFTY_MILLION), 0);
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
        promises.pledge(mandate, _pledges(2), 0, "");
    }

    function test_AMandateThatDoesNotExistHasNoPledges() external {
        vm.prank(mayor);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_NoMandate.selector, 7));
        promises.pledge(7, _pledges(1), 0, "");
    }

    function test_NoPromiseOrTooManyAreRefused() external {
        uint256 mandate = _openMandate(IPromises.Supply.FiftyMillion);
        vm.startPrank(mayor);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_PromiseCount.selector, 0, 64));
        promises.pledge(mandate, new IPromises.Pledge[](0), 0, "");
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_PromiseCount.selector, 65, 64));
        promises.pledge(mandate, _pledges(65), 0, "");
        promises.pledge(mandate, _pledges(64), 0, "");
        vm.stopPrank();
        assertEq(promises.mandateOf(mandate).promiseCount, 64);
    }

    function test_WeightsThatDoNotSumToTheWholeAreRefused() external {
        uint256 mandate = _openMandate(IPromises.Supply.FiftyMillion);
        IPromises.Pledge[] memory pledges = _pledges(2);
        pledges[0].weight_bps -= 1;
        vm.prank(mayor);
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_WeightsSum.selector, 9_999));
        promises.pledge(mandate, pledges, 0, "");
    }

    function test_APromiseThatCouldNotBeJudgedWithinTheMandateIsRefused() external {
        uint256 mandate = _openMandate(IPromises.Supply.FiftyMillion);
        IPromises.Pledge[] memory pledges = _pledges(2);
        vm.startPrank(mayor);
        pledges[1].dueAt = ENDS + 1;
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_DueOutsideMandate.selector, 1, ENDS + 1));
        promises.pledge(mandate, pledges, 0, "");
        pledges[1].dueAt = START;
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_DueOutsideMandate.selector, 1, START));
        promises.pledge(mandate, pledges, 0, "");
        pledges[1].dueAt = ENDS;
        promises.pledge(mandate, pledges, 0, "");
        vm.stopPrank();
    }

    function test_OnlyTheSubjectPledgesAmendsAndBringsEvidence() external {
        uint256 mandate = _openMandate(IPromises.Supply.FiftyMillion);
        address[5] memory others = [stranger, officer, jury, clerk, citizens[0]];
        bytes memory refusal = abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, mayor);
        for (uint256 i; i < others.length; ++i) {
            vm.prank(others[i]);
            vm.expectRevert(refusal);
            promises.pledge(mandate, _pledges(1), 0, "");
        }
        vm.prank(mayor);
        promises.pledge(mandate, _pledges(1), 0, "");
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
        vm.expectRevert(abi.encodeWithSelector(IPromises.Promises_NotAResident.selector, stranger));
        promises.bringCounterEvidence(stranger, mandate, 0, TEXT, URI, 0, "");
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, citizens[1]));
        promises.bringCounterEvidence(citizens[1], mandate, 0, TEXT, URI, 0, "");
        assertFalse(promises.promiseOf(mandate, 0).hasEvidence, "counter-evidence let the promise be judged early");
    }

    function test_AnyonePostsWhatTheSubjectSigned() external {
        uint256 mandate = _openMandate(IPromises.Supply.FiftyMillion);
        bytes32 slip = _pledgesSlip(mandate, START + 1 hours);
        vm.prank(stranger);
        promises.pledge(mandate, _pledges(2), START + 1 hours, _sign(mayorKey, slip));
        assertEq(cred.balanceOf(mayor), FIFTY_MILLION);

        vm.startPrank(stranger);
        promises.amend(mandate, 1, TEXT, URI, START, _sign(mayorKey, _slip("Amendment", mandate, 1, START)));
        promises.bringEvidence(mandate, 1, TEXT, URI, START, _sign(mayorKey, _slip("Evidence", mandate, 1, START)));
        promises.bringCounterEvidence(
            citizens[2], mandate, 1, TEXT, URI, START, _sign(citizenKeys[2], _counterSlip(mandate, START))
        );
        vm.stopPrank();
        assertTrue(promises.promiseOf(mandate, 1).hasEvidence);
    }

    function test_ASlipServesOnce() external {
        uint256 mandate = _pledged(1);
        bytes32 slip = _slip("Evidence", mandate, 0, START);
        bytes memory signature = _sign(mayorKey, slip);
        promises.bringEvidence(mandate, 0, TEXT, URI, START, signature);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_SlipSpent.selector, slip));
        promises.bringEvidence(mandate, 0, TEXT, URI, START, signature);
    }

    function test_ASlipAfterItsDeadlineIsRefused() external {
        uint256 mandate = _pledged(1);
        bytes memory signature = _sign(mayorKey, _slip("Evidence", mandate, 0, START));
        vm.warp(START + 1);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_SlipExpired.selector, START));
        promises.bringEvidence(mandate, 0, TEXT, URI, START, signature);
    }

    function test_ASlipOfAnotherChainContractPurposeSignerOrTextIsRefused() external {
        uint256 mandate = _pledged(2);
        bytes32 slip = _slip("Evidence", mandate, 0, START);
        bytes[] memory signatures = new bytes[](6);
        signatures[0] = _sign(mayorKey, slip, block.chainid + 1, address(promises));
        signatures[1] = _sign(mayorKey, slip, block.chainid, address(residents));
        signatures[2] = _sign(citizenKeys[0], slip);
        signatures[3] = _sign(mayorKey, _slip("Amendment", mandate, 0, START));
        signatures[4] = _sign(mayorKey, _slip("Evidence", mandate, 1, START));
        signatures[5] = _highS(_sign(mayorKey, slip));
        for (uint256 i; i < signatures.length; ++i) {
            vm.prank(stranger);
            vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, mayor));
            promises.bringEvidence(mandate, 0, TEXT, URI, START, signatures[i]);
        }
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, mayor));
        promises.bringEvidence(mandate, 0, "another text", URI, START, _sign(mayorKey, slip));
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, mayor));
        promises.bringEvidence(mandate, 0, TEXT, "ipfs://another", START, _sign(mayorKey, slip));
    }

    function test_PledgesOtherThanThoseSignedAreRefused() external {
        uint256 mandate = _openMandate(IPromises.Supply.FiftyMillion);
        bytes memory signature = _sign(mayorKey, _pledgesSlip(mandate, START));
        IPromises.Pledge[] memory others = _pledges(2);
        (others[0].weight_bps, others[1].weight_bps) = (1, 9_999);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, mayor));
        promises.pledge(mandate, others, START, signature);
    }

    function test_ASmartAccountMayBeASubject() external {
        OwnedWallet supplier = new OwnedWallet(mayor);
        vm.prank(clerk);
        uint256 mandate = promises.openMandate(address(supplier), ENDS, IPromises.Supply.FiftyMillion, "contract");
        promises.pledge(mandate, _pledges(2), START, _sign(mayorKey, _pledgesSlip(mandate, START)));
        assertEq(cred.balanceOf(address(supplier)), FIFTY_MILLION);
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
        promises.pledge(mandate, _pledges(1), 0, "");
        vm.prank(newKey);
        promises.pledge(mandate, _pledges(1), 0, "");
        assertEq(cred.balanceOf(citizens[0]), FIFTY_MILLION, "minted elsewhere than where it will be burnt");
    }

    function _slip(string memory purpose, uint256 mandate, uint256 promiseId, uint256 deadline)
        private
        pure
        returns (bytes32)
    {
        bool amends = keccak256(bytes(purpose)) == keccak256("Amendment");
        string memory field = amends ? "textHash" : "evidenceHash";
        bytes32 typehash = keccak256(
            bytes(
                string.concat(
                    purpose, "(uint256 mandate,uint256 promiseId,bytes32 ", field, ",string uri,uint256 deadline)"
                )
            )
        );
        return keccak256(abi.encode(typehash, mandate, promiseId, TEXT, keccak256(bytes(URI)), deadline));
    }

    function _counterSlip(uint256 mandate, uint256 deadline) private view returns (bytes32) {
        bytes32 typehash = keccak256(
            "CounterEvidence(address resident,uint256 mandate,uint256 promiseId,bytes32 evidenceHash,string uri,uint256 deadline)"
        );
        return keccak256(abi.encode(typehash, citizens[2], mandate, 1, TEXT, keccak256(bytes(URI)), deadline));
    }

    function _pledgesSlip(uint256 mandate, uint256 deadline) private pure returns (bytes32) {
        bytes32 typehash = keccak256("Pledges(uint256 mandate,bytes32 pledgesHash,uint256 deadline)");
        return keccak256(abi.encode(typehash, mandate, keccak256(abi.encode(_pledges(2))), deadline));
    }

    function _highS(bytes memory signature) private pure returns (bytes memory) {
        uint256 n = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
        (bytes32 r, uint256 s) = (bytes32(0), 0);
        assembly ("memory-safe") {
            r := mload(add(signature, 0x20))
            s := mload(add(signature, 0x40))
        }
        uint8 v = uint8(signature[64]) == 27 ? 28 : 27;
        return abi.encodePacked(r, n - s, v);
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
