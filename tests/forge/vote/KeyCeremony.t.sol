// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {Dleq} from "contracts/vote/Dleq.sol";
import {Knowledge} from "contracts/vote/Knowledge.sol";
import {Point} from "contracts/vote/Point.sol";
import {IKeyCeremony} from "contracts/vote/interfaces/IKeyCeremony.sol";
import {KeyConsumer} from "tests/forge/vote/KeyConsumer.sol";
import {KeyCeremonyFixture} from "tests/forge/vote/KeyCeremonyFixture.sol";

/// @notice What each act demands: every error of the contract, provoked.
contract KeyCeremonyTest is KeyCeremonyFixture {
    // Opening

    function test_WhenAnyoneButTheReturningOfficerOpensItReverts() public {
        address[] memory others = _everybody();
        for (uint256 i; i < others.length; ++i) {
            if (others[i] == officer) continue;
            vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, others[i]));
            vm.prank(others[i]);
            ceremony.open(address(consumer), _accounts(3), 2, false, _durations());
        }
    }

    function test_WhenTheThresholdLetsOneTrusteeDecideItReverts() public {
        _expectOpenReverts(_accounts(3), 1, IKeyCeremony.KeyCeremony_BadThreshold.selector, 1, 3);
    }

    function test_WhenTheThresholdExceedsTheTrusteesItReverts() public {
        _expectOpenReverts(_accounts(3), 4, IKeyCeremony.KeyCeremony_BadThreshold.selector, 4, 3);
    }

    function test_WhenThereAreMoreThan16TrusteesItReverts() public {
        _expectOpenReverts(_accounts(17), 9, IKeyCeremony.KeyCeremony_BadThreshold.selector, 9, 17);
    }

    function test_WhenTrusteesDoNotAscendItReverts() public {
        address[] memory accounts = _accounts(3);
        accounts[2] = accounts[1];
        _expectNotAscending(accounts, 2);
        (accounts[1], accounts[2]) = (_account(3), _account(2));
        _expectNotAscending(accounts, 2);
        accounts[0] = address(0);
        _expectNotAscending(accounts, 0);
    }

    function test_WhenTheConsumersRulebookRefusesAPhaseItReverts() public {
        for (uint256 i; i < 5; ++i) {
            uint32[5] memory durations = _durations();
            durations[i] = 10 minutes - 1;
            vm.expectRevert(abi.encodeWithSelector(KeyConsumer.KeyConsumer_ShortPhase.selector, i));
            vm.prank(officer);
            ceremony.open(address(consumer), _accounts(3), 2, false, durations);
        }
    }

    function test_WhenTheConsumerHasNoCodeItReverts() public {
        address[2] memory nobodies = [address(0), stranger];
        for (uint256 i; i < nobodies.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_NoConsumer.selector, nobodies[i]));
            vm.prank(officer);
            ceremony.open(nobodies[i], _accounts(3), 2, false, _durations());
        }
    }

    function test_WhenOpenedEverythingCanBeRead() public {
        bytes32 tag = keccak256("beffroi.vote.ceremony.setting");
        bytes32 setting = keccak256(
            abi.encode(tag, block.chainid, address(ceremony), 1, address(consumer), _accounts(3), uint256(2))
        );
        vm.expectEmit();
        emit IKeyCeremony.CeremonyOpened(1, address(consumer), _accounts(3), 2, false, _durations(), setting);
        vm.expectEmit();
        emit IKeyCeremony.PhaseStarted(1, IKeyCeremony.Phase.Enrolment, uint40(block.timestamp + 2 * DAY));
        uint256 id = _open(2, 3);

        assertEq(ceremony.settingHash(id), setting);
        assertEq(ceremony.settingHash(id + 1), 0);

        assertEq(id, ceremony.ceremonies());
        assertEq(ceremony.threshold(id), 2);
        assertEq(ceremony.trustees(id), 3);
        assertEq(ceremony.trustee(id, CLERK), _account(CLERK));
        assertEq(ceremony.trustee(id, 0), address(0));
        assertEq(ceremony.trustee(id, 4), address(0));
        _assertPhase(id + 1, IKeyCeremony.Phase.None);
    }

    // Phases and deadlines

    function test_WhenAnActDoesNotBelongToThePhaseItReverts() public {
        uint256 id = _open(2, 3);
        _expectOnly(id, IKeyCeremony.Phase.Enrolment);
        id = _toCommit(2, 3);
        _expectOnly(id, IKeyCeremony.Phase.Commit);
        id = _toDeal(2, 3);
        _expectOnly(id, IKeyCeremony.Phase.Deal);
        id = _toComplaints(2, 3);
        _expectOnly(id, IKeyCeremony.Phase.Complaints);
        _pass(id);
        _conclude(id);
        _expectOnly(id, IKeyCeremony.Phase.Acknowledgement);
        _acknowledge(id);
        _expectOnly(id, IKeyCeremony.Phase.KeyReady);
        id = _open(2, 3);
        _pass(id);
        ceremony.advance(id);
        _expectOnly(id, IKeyCeremony.Phase.KeyFailed);
        _expectOnly(id + 1, IKeyCeremony.Phase.None);
    }

    function test_WhenTheDeadlineHasPassedNoActIsAccepted() public {
        uint256 id = _open(2, 3);
        _passAndExpectTooLate(id);
        ceremony.enrol(id, 1, Point(0, 0), Knowledge.Proof(0, 0), "");

        id = _toCommit(2, 3);
        _passAndExpectTooLate(id);
        ceremony.commit(id, 1, bytes32(uint256(1)), 0, "");

        id = _toDeal(2, 3);
        IKeyCeremony.Deal memory made = _dealt(id, 1);
        _passAndExpectTooLate(id);
        ceremony.deal(id, 1, made, "");

        id = _toComplaints(2, 3);
        Dleq.Proof memory proof;
        _passAndExpectTooLate(id);
        ceremony.complain(id, 1, 2, made, Point(0, 0), Point(0, 0), proof, "");

        id = _toAcknowledgement(2, 3);
        _passAndExpectTooLate(id);
        ceremony.acknowledge(id, 1, Knowledge.Proof(0, 0), "");
    }

    function test_WhenTheDeadlineIsASecondAwayNobodyCanAdvance() public {
        uint256[4] memory ids = [_toAcknowledgement(2, 3), _open(2, 3), _toCommit(2, 3), _toDeal(2, 3)];
        for (uint256 i; i < ids.length; ++i) {
            (, uint256 endsAt) = ceremony.phase(ids[i]);
            vm.warp(endsAt - 1);
            vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_TooEarly.selector, ids[i], endsAt));
            ceremony.advance(ids[i]);
        }
        uint256 id = _toComplaints(2, 3);
        (, uint256 end) = ceremony.phase(id);
        IKeyCeremony.Deal[] memory deals = _qualifiedDeals(id);
        vm.warp(end - 1);
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_TooEarly.selector, id, end));
        ceremony.conclude(id, deals);
    }

    // Trustees

    function test_WhenATrusteeSkippedAStepItHasNoPartInTheNext() public {
        uint256 id = _open(2, 4);
        _enrol(id, 1);
        _enrol(id, 2);
        _enrol(id, 3);
        _pass(id);
        ceremony.advance(id);
        IKeyCeremony.Deal memory made = _honest(id, 4);
        bytes32 hashed = _hash(id, 4, made);
        _expectAbsent(id, 4);
        ceremony.commit(id, 4, hashed, 7, "");

        _commit(id, 1);
        _commit(id, 2);
        _pass(id);
        ceremony.advance(id);
        made = _honest(id, 3);
        _expectAbsent(id, 3);
        _deal(id, 3, made);

        _deal(id, 1);
        _deal(id, 2);
        Dleq.Proof memory proof;
        made = _dealt(id, 1);
        _expectAbsent(id, 4);
        _complain(id, 4, 1, made, Point(0, 0), Point(0, 0), proof);
        uint256[4] memory noDealers = [uint256(3), 0, 17, type(uint256).max];
        for (uint256 i; i < noDealers.length; ++i) {
            _expectAbsent(id, noDealers[i]);
            _complain(id, 1, noDealers[i], made, Point(0, 0), Point(0, 0), proof);
        }
    }

    function test_WhenATrusteeEnrolsCommitsOrDealsTwiceItReverts() public {
        uint256 id = _open(2, 3);
        _enrol(id, 1);
        _expectTwice(id, 1);
        _enrol(id, 1);

        _enrol(id, 2);
        _enrol(id, 3);
        _commit(id, 1);
        _expectTwice(id, 1);
        ceremony.commit(id, 1, bytes32(uint256(1)), 7, "");

        _commit(id, 2);
        _commit(id, 3);
        _deal(id, 1);
        _expectTwice(id, 1);
        _deal(id, 1);
    }

    function test_WhenADealIsForOthersThanEnrolledItReverts() public {
        uint256 id = _open(2, 4);
        for (uint256 j = 1; j <= 3; ++j) {
            _enrol(id, j);
        }
        _pass(id);
        ceremony.advance(id);
        bytes32 dealHash = keccak256("a deal");
        uint16[5] memory others = [uint16(0), 3, 6, 15, type(uint16).max];
        for (uint256 i; i < others.length; ++i) {
            bytes memory signature = _step(id, 1, "commit", abi.encode(dealHash, others[i]));
            vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_OtherEnrolled.selector, id, 1));
            ceremony.commit(id, 1, dealHash, others[i], signature);
        }
        ceremony.commit(id, 1, dealHash, 7, _step(id, 1, "commit", abi.encode(dealHash, 7)));
    }

    // Messages

    function test_WhenADealHasTheWrongNumberOfPartsItReverts() public {
        uint256 id = _toCommit(2, 3);
        IKeyCeremony.Deal memory fewCommitments = _honest(id, 1);
        fewCommitments.commitments = new Point[](1);
        fewCommitments.commitments[0] = _times(secrets[id][1].polynomial[0]);
        _prove(id, 1, fewCommitments);
        IKeyCeremony.Deal memory manyCommitments = _honest(id, 2);
        manyCommitments.commitments = new Point[](3);
        for (uint256 k; k < 3; ++k) {
            manyCommitments.commitments[k] = _times(secrets[id][2].polynomial[0]);
        }
        _prove(id, 2, manyCommitments);
        IKeyCeremony.Deal memory fewShares = _honest(id, 3);
        fewShares.shares = new uint256[](2);
        _commit(id, 1, fewCommitments);
        _commit(id, 2, manyCommitments);
        _commit(id, 3, fewShares);
        for (uint256 i = 1; i <= 3; ++i) {
            _expectDealReverts(id, i, IKeyCeremony.KeyCeremony_BadLengths.selector);
        }
    }

    function test_WhenACommitmentIsOffTheCurveItReverts() public {
        uint256 id = _toCommit(2, 3);
        Point[3] memory off = [Point(0, 0), Point(1, 1), Point(0, 0)];
        Point memory good = _times(5);
        off[2] = Point(good.x, good.y ^ 1);
        for (uint256 i = 1; i <= 3; ++i) {
            IKeyCeremony.Deal memory made = _honest(id, i);
            made.commitments[1] = off[i - 1];
            _prove(id, i, made);
            _commit(id, i, made);
        }
        for (uint256 i = 1; i <= 3; ++i) {
            _expectDealReverts(id, i, IKeyCeremony.KeyCeremony_OffCurve.selector);
        }
    }

    function test_WhenTheAccuserShowsAnotherKeyItReverts() public {
        uint256 id = _toComplaints(2, 3);
        uint256 key = _random();
        uint256 ephemeral = secrets[id][2].ephemeral;
        Point memory shared = _times(_mul(key, ephemeral));
        Point memory shown = _times(key);
        Dleq.Proof memory proof = _proveEqual(_complaintContext(id, 1, 2), ephemeral, key);
        IKeyCeremony.Deal memory accused = _dealt(id, 2);
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_NotTheKey.selector, id, 1));
        _complain(id, 1, 2, accused, shown, shared, proof);
    }

    function test_WhenTheDealsAreNotAsManyAsTheQualifiedItReverts() public {
        uint256 id = _toComplaints(2, 3);
        IKeyCeremony.Deal[] memory two = new IKeyCeremony.Deal[](2);
        IKeyCeremony.Deal[] memory four = new IKeyCeremony.Deal[](4);
        for (uint256 i; i < 4; ++i) {
            four[i] = _dealt(id, i % 3 + 1);
            if (i < 2) two[i] = four[i];
        }
        _pass(id);
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_WrongDeals.selector, id, 3, 2));
        ceremony.conclude(id, two);
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_WrongDeals.selector, id, 3, 4));
        ceremony.conclude(id, four);
    }

    function test_WhenTheDealsAreOutOfOrderOrOfTheExcludedItReverts() public {
        uint256 id = _toComplaints(2, 3);
        IKeyCeremony.Deal[] memory deals = _qualifiedDeals(id);
        (deals[0], deals[1]) = (deals[1], deals[0]);
        IKeyCeremony.Deal[] memory withExcluded = new IKeyCeremony.Deal[](2);
        (withExcluded[0], withExcluded[1]) = (_dealt(id, 1), _dealt(id, 3));
        uint256 snapshot = vm.snapshotState();
        _pass(id);
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_NotTheDeal.selector, id, 1));
        ceremony.conclude(id, deals);

        vm.revertToState(snapshot);
        _complain(id, 3, 1);
        _pass(id);
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_NotTheDeal.selector, id, 2));
        ceremony.conclude(id, withExcluded);
    }

    function test_WhenThereIsNoKeyNoneIsTold() public {
        uint256 id = _toComplaints(2, 3);
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_NoKey.selector, id));
        ceremony.publicKey(id);
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_NoShare.selector, id, 1));
        ceremony.shareKey(id, 1);
        _pass(id);
        _conclude(id);
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_NoShare.selector, id, 0));
        ceremony.shareKey(id, 0);
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_NoShare.selector, id, 4));
        ceremony.shareKey(id, 4);
    }

    function test_TheHashOfADealIsTheDocumentedOne() public {
        uint256 id = _toDeal(3, 5);
        for (uint256 i = 1; i <= 5; ++i) {
            assertEq(ceremony.hashDeal(id, i, _dealt(id, i)), _hash(id, i, _dealt(id, i)));
        }
    }

    function _expectOpenReverts(address[] memory accounts, uint8 t, bytes4 error_, uint256 a, uint256 b) private {
        vm.expectRevert(abi.encodeWithSelector(error_, a, b));
        vm.prank(officer);
        ceremony.open(address(consumer), accounts, t, false, _durations());
    }

    function _expectNotAscending(address[] memory accounts, uint256 position) private {
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_TrusteesNotAscending.selector, position));
        vm.prank(officer);
        ceremony.open(address(consumer), accounts, 2, false, _durations());
    }

    /// @dev Every act that doesn't belong to the phase `current` reverts, whoever calls.
    function _expectOnly(uint256 id, IKeyCeremony.Phase current) private {
        bytes memory wrong = abi.encodeWithSelector(IKeyCeremony.KeyCeremony_WrongPhase.selector, id, current);
        IKeyCeremony.Deal memory made;
        Dleq.Proof memory proof;
        if (current != IKeyCeremony.Phase.Enrolment) {
            vm.expectRevert(wrong);
            ceremony.enrol(id, 1, Point(0, 0), Knowledge.Proof(0, 0), "");
        }
        if (current != IKeyCeremony.Phase.Commit) {
            vm.expectRevert(wrong);
            ceremony.commit(id, 1, bytes32(0), 0, "");
        }
        if (current != IKeyCeremony.Phase.Deal) {
            vm.expectRevert(wrong);
            ceremony.deal(id, 1, made, "");
        }
        if (current != IKeyCeremony.Phase.Complaints) {
            vm.expectRevert(wrong);
            ceremony.complain(id, 1, 2, made, Point(0, 0), Point(0, 0), proof, "");
            vm.expectRevert(wrong);
            ceremony.conclude(id, new IKeyCeremony.Deal[](0));
        }
        if (current != IKeyCeremony.Phase.Acknowledgement) {
            vm.expectRevert(wrong);
            ceremony.acknowledge(id, 1, Knowledge.Proof(0, 0), "");
        }
        bool isTimed = current >= IKeyCeremony.Phase.Enrolment && current <= IKeyCeremony.Phase.Acknowledgement;
        if (!isTimed || current == IKeyCeremony.Phase.Complaints) {
            vm.expectRevert(wrong);
            ceremony.advance(id);
        }
    }

    function _passAndExpectTooLate(uint256 id) private {
        (, uint256 endsAt) = ceremony.phase(id);
        vm.warp(endsAt);
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_TooLate.selector, id, endsAt));
    }

    function _expectAbsent(uint256 id, uint256 index) private {
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_Absent.selector, id, index));
    }

    function _expectTwice(uint256 id, uint256 index) private {
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_AlreadyDone.selector, id, index));
    }

    function _expectDealReverts(uint256 id, uint256 i, bytes4 error_) private {
        IKeyCeremony.Deal memory made = _dealt(id, i);
        vm.expectRevert(abi.encodeWithSelector(error_, id, i));
        _deal(id, i, made);
    }
}
