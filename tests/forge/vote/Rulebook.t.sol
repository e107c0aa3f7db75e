// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {Rolls} from "contracts/residents/Rolls.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {Rulebook} from "contracts/vote/Rulebook.sol";
import {IConsultations} from "contracts/vote/interfaces/IConsultations.sol";
import {IResults} from "contracts/vote/interfaces/IResults.sol";
import {IRulebook} from "contracts/vote/interfaces/IRulebook.sol";
import {LaxRulebook} from "tests/forge/vote/LaxRulebook.sol";
import {VoteFixture} from "tests/forge/vote/VoteFixture.sol";

/// @dev What terms a consultation may have, asked as the ballot box asks it.
contract RulebookTest is VoteFixture {
    uint32 private constant PHASE_S = 600;
    uint32 private constant NOTICE_S = 1 days;
    uint32 private constant DURATION_S = 2 days;
    uint32 private constant MINIMUM = 5;
    uint16 private constant SHARE_BPS = 5_000;
    uint32 private constant LONGEST_S = 30 days;
    uint256 private constant NOW = OPENS - NOTICE_S;

    Rolls private rolls;
    Rulebook private rulebook;
    address private caller = makeAddr("a contract that calls votes");

    function setUp() public override {
        super.setUp();
        vm.warp(NOW);
        rolls = Rolls(deployCode("Rolls.sol:Rolls", abi.encode(town, residents)));
        _wire("Rolls", address(rolls));
        rulebook = _rulebook(_floors());
        vm.prank(mayor);
        box.setRulebook(rulebook);
        _appoint(town.CALLER(), caller);
        address[] memory citizens = new address[](rollSize_);
        for (uint256 i; i < rollSize_; ++i) {
            citizens[i] = makeAddr(string.concat("citizen", vm.toString(i)));
        }
        vm.prank(registrar);
        residents.enrol(Kind.Citizen, citizens, new bytes32[](0));
    }

    function _rulebook(IRulebook.Floors memory floors) private returns (Rulebook) {
        return Rulebook(deployCode("Rulebook.sol:Rulebook", abi.encode(rolls, floors, _ceilings())));
    }

    function _ceilings() private pure returns (IRulebook.Ceilings memory) {
        return IRulebook.Ceilings(LONGEST_S, LONGEST_S, LONGEST_S, LONGEST_S);
    }

    function _floors() private pure returns (IRulebook.Floors memory) {
        return IRulebook.Floors(PHASE_S, NOTICE_S, DURATION_S, MINIMUM, SHARE_BPS);
    }

    /// @dev The least that is allowed in each respect; a roll of 16 with a share of a half.
    function _least() private view returns (IConsultations.Terms memory terms) {
        terms = _defaultTerms(_yesNo());
        terms.closesAt = OPENS + DURATION_S;
        (terms.tallyBy, terms.secrecyMinimum) = (terms.closesAt + 1, MINIMUM);
    }

    function _open(IConsultations.Terms memory terms) private returns (uint256) {
        vm.prank(officer);
        return box.open(terms);
    }

    function _refuses(IConsultations.Terms memory terms, bytes memory reason) private {
        vm.prank(officer);
        vm.expectRevert(reason);
        box.open(terms);
    }

    function _error(bytes4 selector, uint256 given, uint256 bound) private pure returns (bytes memory) {
        return abi.encodeWithSelector(selector, given, bound);
    }

    function test_FloorsThatProtectNobodyAreRefused() public {
        for (uint256 k; k < 5; ++k) {
            IRulebook.Floors memory floors = _floors();
            if (k == 0) floors.phase_s = 599;
            if (k == 1) floors.duration_s = 0;
            if (k == 2) floors.secrecyMinimum = 4;
            if (k == 3) floors.secrecyShare_bps = 0;
            if (k == 4) floors.secrecyShare_bps = 10_001;
            vm.expectRevert(abi.encodeWithSelector(IRulebook.Rulebook_UnsoundFloors.selector, floors));
            this.create("Rulebook.sol:Rulebook", abi.encode(rolls, floors, _ceilings()));
        }
    }

    function test_CeilingsBelowTheirFloorsOrBeyondAYearAreRefused() public {
        for (uint256 k; k < 8; ++k) {
            IRulebook.Ceilings memory ceilings = _ceilings();
            if (k == 0) ceilings.phase_s = PHASE_S - 1;
            if (k == 1) ceilings.notice_s = NOTICE_S - 1;
            if (k == 2) ceilings.duration_s = DURATION_S - 1;
            if (k == 3) ceilings.tally_s = 0;
            if (k == 4) ceilings.phase_s = 366 days + 1;
            if (k == 5) ceilings.notice_s = 366 days + 1;
            if (k == 6) ceilings.duration_s = 366 days + 1;
            if (k == 7) ceilings.tally_s = 366 days + 1;
            vm.expectRevert(abi.encodeWithSelector(IRulebook.Rulebook_UnsoundCeilings.selector, ceilings));
            this.create("Rulebook.sol:Rulebook", abi.encode(rolls, _floors(), ceilings));
        }
    }

    function test_TheBoundsAreTold() public {
        assertEq(abi.encode(rulebook.floors()), abi.encode(_floors()));
        assertEq(abi.encode(rulebook.ceilings()), abi.encode(_ceilings()));
        assertEq(address(rulebook.rolls()), address(rolls));
        assertEq(address(box.rulebook()), address(rulebook));
        IRulebook.Floors memory lowest = IRulebook.Floors(600, 0, 1, 5, 10_000);
        vm.expectEmit();
        emit IRulebook.RulebookMade(rolls, lowest, _ceilings());
        _rulebook(lowest);
    }

    function test_TheMostThatIsAllowedIsAllowedAndASecondMoreIsNot() public {
        IConsultations.Terms memory terms = _least();
        terms.opensAt = uint40(block.timestamp) + LONGEST_S;
        (terms.closesAt, terms.tallyBy) = (terms.opensAt + LONGEST_S, terms.opensAt + 2 * LONGEST_S);
        (uint256 opensAt, uint256 closesAt, uint256 tallyBy) = (terms.opensAt, terms.closesAt, terms.tallyBy);
        terms.tallyBy += 1;
        _refuses(terms, _error(IRulebook.Rulebook_TallyTooLate.selector, tallyBy + 1, tallyBy));
        terms.closesAt += 1;
        _refuses(terms, _error(IRulebook.Rulebook_VoteTooLong.selector, closesAt + 1, closesAt));
        terms.opensAt += 1;
        _refuses(terms, _error(IRulebook.Rulebook_NoticeTooLong.selector, opensAt + 1, opensAt));
        terms.opensAt = type(uint40).max - 1 days;
        _refuses(terms, _error(IRulebook.Rulebook_NoticeTooLong.selector, terms.opensAt, opensAt));

        (terms.opensAt, terms.closesAt, terms.tallyBy) = (uint40(opensAt), uint40(closesAt), uint40(tallyBy));
        _open(terms);
    }

    function test_ABallotThatNoNodeWouldTakeIsRefused() public {
        IConsultations.Terms memory terms = _least();
        terms.rule.sets[0] = new uint64[](64);
        terms.rule.setOf = new bytes(23); // 23 × (128 + 32 × 64 + 96 × 22)
        assertEq(uint256(box.status(_open(terms))), uint256(IResults.Status.Scheduled));
        terms.ceremonyId += 1;
        terms.rule.setOf = new bytes(24);
        _refuses(terms, _error(IRulebook.Rulebook_BallotTooLong.selector, 102_912, 100_000));
    }

    function test_TheLeastThatIsAllowedIsAllowed() public {
        assertEq(uint256(box.status(_open(_least()))), uint256(IResults.Status.Scheduled));
        IConsultations.Terms memory terms = _least();
        terms.secrecyMinimum = 8;
        _open(terms);
    }

    function test_ARollWithoutVotersOrWithTooManyIsRefused() public {
        IConsultations.Terms memory terms = _least();
        uint256 most = M - 1;
        bytes4 bad = IRulebook.Rulebook_BadRoll.selector;
        terms.rollRoot = 0;
        _refuses(terms, abi.encodeWithSelector(bad, 0, 16, most));
        terms = _least();
        terms.rollSize = 0;
        _refuses(terms, abi.encodeWithSelector(bad, terms.rollRoot, 0, most));
        terms.rollSize = uint32(M);
        _refuses(terms, abi.encodeWithSelector(bad, terms.rollRoot, M, most));
        terms.rollSize = uint32(M - 1);
        _open(terms);
    }

    function test_DatesTooEarlyAreRefused() public {
        IConsultations.Terms memory terms = _least();
        terms.opensAt = OPENS - 1;
        _refuses(terms, _error(IRulebook.Rulebook_NoticeTooShort.selector, OPENS - 1, OPENS));
        terms = _least();
        terms.closesAt -= 1;
        _refuses(terms, _error(IRulebook.Rulebook_VoteTooShort.selector, terms.closesAt, OPENS + DURATION_S));
        terms = _least();
        terms.tallyBy = terms.closesAt;
        _refuses(terms, _error(IRulebook.Rulebook_TallyTooEarly.selector, terms.closesAt, terms.closesAt));
        vm.warp(NOW + 1);
        _refuses(_least(), _error(IRulebook.Rulebook_NoticeTooShort.selector, OPENS, OPENS + 1));
    }

    function test_ASecrecyMinimumOutOfBoundsIsRefused() public {
        IConsultations.Terms memory terms = _least();
        terms.secrecyMinimum = MINIMUM - 1;
        _refuses(terms, _error(IRulebook.Rulebook_MinimumTooLow.selector, MINIMUM - 1, MINIMUM));
        terms.secrecyMinimum = 9;
        _refuses(terms, _error(IRulebook.Rulebook_MinimumTooHigh.selector, 9, 8));
        (terms.rollSize, terms.secrecyMinimum) = (9, MINIMUM);
        _refuses(terms, _error(IRulebook.Rulebook_MinimumTooHigh.selector, MINIMUM, 4));
    }

    function test_ARuleOutOfBoundsIsRefused() public {
        for (uint256 k; k < 5; ++k) {
            IConsultations.Terms memory terms = _least();
            if (k == 0) terms.rule.setOf = "";
            if (k == 1) terms.rule.setOf = hex"01";
            if (k == 2) terms.rule.sumSet = 2;
            if (k == 3) terms.rule.setOf = new bytes(33);
            if (k == 4) terms.rule.sets = new uint64[][](33);
            _refuses(terms, abi.encodeWithSelector(IRulebook.Rulebook_BadRule.selector));
        }
        bytes4 bad = IRulebook.Rulebook_BadSet.selector;
        for (uint256 k; k < 2; ++k) {
            IConsultations.Terms memory terms = _least();
            terms.rule.sets[0] = new uint64[](65 * k);
            _refuses(terms, abi.encodeWithSelector(bad, 0, 65 * k));
        }
    }

    function test_ACounterThatCouldOverflowIsRefused() public {
        uint64[2] memory messages = [uint64(1 << 20), 1 << 44]; // × 16 voters
        for (uint256 k; k < 2; ++k) {
            IConsultations.Terms memory terms = _least();
            terms.rule.sets[0][0] = messages[k] - 1;
            if (k == 0) _open(terms);
            terms.rule.sets[0][0] = messages[k];
            _refuses(terms, _error(IRulebook.Rulebook_CounterOverflow.selector, messages[k], 16));
        }
    }

    function test_APhaseTooShortOrTooLongIsRefused() public {
        uint32[5] memory durations = [PHASE_S, PHASE_S, PHASE_S, PHASE_S, PHASE_S];
        rulebook.requirePhases(durations);
        for (uint256 k; k < 5; ++k) {
            uint32[5] memory shorter = durations;
            shorter[k] = PHASE_S - 1;
            vm.expectRevert(abi.encodeWithSelector(IRulebook.Rulebook_PhaseTooShort.selector, k, PHASE_S - 1, PHASE_S));
            rulebook.requirePhases(shorter);
            shorter[k] = LONGEST_S + 1;
            vm.expectRevert(
                abi.encodeWithSelector(IRulebook.Rulebook_PhaseTooLong.selector, k, LONGEST_S + 1, LONGEST_S)
            );
            rulebook.requirePhases(shorter);
            shorter[k] = LONGEST_S;
            rulebook.requirePhases(shorter);
            shorter[k] = PHASE_S;
        }
    }

    // Calling a vote

    function _seals(bytes32 root) private {
        vm.roll(block.number + 2);
        uint64 atBlock = uint64(block.number - 1);
        vm.prank(registrar);
        rolls.proposeRoll(root, uint32(rollSize_), Kind.Citizen, atBlock);
        vm.prank(officer);
        rolls.sealRoll(root, uint32(rollSize_), Kind.Citizen, atBlock);
    }

    function test_AVoteThatAContractCallsTakesNoReservedKey() public {
        IConsultations.Terms memory terms = _least();
        _seals(tree[0]);
        ceremonies.reserve(terms.ceremonyId);
        vm.prank(caller);
        vm.expectRevert(abi.encodeWithSelector(IConsultations.Consultations_KeyReserved.selector, terms.ceremonyId));
        box.call(terms);

        _open(terms); // the officer's own
    }

    function test_AContractInOfficeCallsAVoteOnTheRollSealedLast() public {
        IConsultations.Terms memory terms = _least();
        bytes memory old = abi.encodeWithSelector(IRulebook.Rulebook_OldRoll.selector, tree[0], rollSize_);
        vm.prank(caller);
        vm.expectRevert(old);
        box.call(terms);

        _seals(tree[0]);
        uint256 sealedAt = block.timestamp;
        vm.prank(caller);
        uint256 id = box.call(terms);
        assertEq(box.rollRoot(id), tree[0]);
        terms.ceremonyId += 1;

        vm.warp(sealedAt + 365 days);
        _moves(terms);
        vm.prank(caller);
        box.call(terms);
        terms.ceremonyId += 1;
        vm.warp(sealedAt + 365 days + 1);
        _moves(terms);
        vm.prank(caller);
        vm.expectRevert(old);
        box.call(terms);

        _seals(keccak256("another roll"));
        vm.prank(caller);
        vm.expectRevert(old);
        box.call(terms);
        _open(terms); // the officer, on whatever roll
    }

    /// @dev To a vote after the least notice from now.
    function _moves(IConsultations.Terms memory terms) private view {
        terms.opensAt = uint40(block.timestamp) + NOTICE_S;
        terms.closesAt = terms.opensAt + DURATION_S;
        terms.tallyBy = terms.closesAt + 1;
    }

    function test_OnlyContractsInOfficeCallAVote() public {
        _seals(tree[0]);
        IConsultations.Terms memory terms = _least();
        address[] memory others = _everybody();
        for (uint256 i; i < others.length; ++i) {
            vm.prank(others[i]);
            vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, others[i]));
            box.call(terms);
        }
        vm.prank(caller);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, caller));
        box.open(terms);
    }

    // Another Rulebook

    function test_OnlyAdminGivesTheBoxAnotherRulebook() public {
        IRulebook lax = new LaxRulebook();
        address[] memory others = _everybody();
        for (uint256 i; i < others.length; ++i) {
            if (others[i] == mayor) continue;
            vm.prank(others[i]);
            vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, others[i]));
            box.setRulebook(lax);
        }
    }

    function test_AnotherRulebookHoldsFromThenOn() public {
        IConsultations.Terms memory terms = _least();
        uint256 id = _open(terms);
        bytes32 params = box.paramsHash(id);
        IRulebook.Floors memory floors = _floors();
        floors.secrecyMinimum = 6;
        Rulebook next = _rulebook(floors);
        vm.expectEmit();
        emit IConsultations.RulebookSet(next);
        vm.prank(mayor);
        box.setRulebook(next);

        terms.ceremonyId += 1;
        _refuses(terms, _error(IRulebook.Rulebook_MinimumTooLow.selector, 5, 6));
        terms.secrecyMinimum = 6;
        assertEq(_open(terms), id + 1);
        assertEq(box.paramsHash(id), params);
        assertEq(uint256(box.status(id)), uint256(IResults.Status.Scheduled));
        vm.warp(OPENS);
        _castBy(id, 3, 0);
        assertEq(box.ballots(id), 1);
    }

    function test_BeforeTheFirstRulebookNothingOpens() public {
        IConsultations.Terms memory terms = _least();
        vm.prank(mayor);
        box.setRulebook(IRulebook(address(0)));
        vm.prank(officer);
        vm.expectRevert();
        box.open(terms);
    }
}
