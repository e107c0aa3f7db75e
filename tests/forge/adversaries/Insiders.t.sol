// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {console} from "forge-std/Test.sol";

import {Act, Who} from "tests/forge/adversaries/Acts.sol";
import {IClearing} from "contracts/flows/interfaces/IClearing.sol";
import {IMeters} from "contracts/flows/interfaces/IMeters.sol";
import {Falsity} from "contracts/flows/interfaces/PeriodTypes.sol";
import {Effect, Thing} from "tests/forge/adversaries/Bystanders.sol";
import {Letters} from "tests/forge/adversaries/Letters.sol";

/// @title Nobody alone: what each insider can do to those who signed nothing, and nothing else
contract InsidersTest is Letters {
    uint256 private constant STEPS = 10;
    uint256 private constant NO_OFFICE = 9; // hands that hold none, the last
    uint256 private constant PARTIES = 5; // of the street, the last of these
    uint256 private constant ROUNDS = 24;

    function setUp() public override {
        super.setUp();
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = this.step.selector;
        targetContract(address(this));
        targetSelector(FuzzSelector(address(this), selectors));
    }

    function test_EveryFunctionSucceedsByEachWhoMayAndIsRefusedToEachWhoMayNot() public {
        assertEq(_recipesAdded, _functions.length, "a recipe for a function that is no more");
        for (uint256 i; i < _functions.length; ++i) {
            this.tryByEverybody(i);
        }
    }

    /// @dev Once where it succeeds, by each hand, by ADMIN and the clerk without a delay, and by the one account that
    /// may if it is no office's. External, as all that is done often here, so that its memory is given back.
    function tryByEverybody(uint256 i) external {
        uint256 before = vm.snapshotState();
        Function memory what = _functions[i];
        Act memory act = _prepare(what);
        (uint256 done, uint256 refused, uint256 may) = (0, 0, 0);
        address[3] memory others = [mayor, clerk, act.party];
        uint256 place = vm.snapshotState();
        for (uint256 j; j < _hands.length + others.length; ++j) {
            bool isHand = j < _hands.length;
            address who = isHand ? _hands[j].account : others[j - _hands.length];
            if (who == address(0)) continue;
            bool expected = _may(what, act, who);
            vm.deal(who, who.balance + act.value_wei);
            bool succeeded = _call(who, what.target, act.data, act.value_wei);
            string memory name = isHand ? _hands[j].name : vm.getLabel(who);
            assertEq(succeeded, expected, string.concat(what.name, " by ", name));
            if (expected) ++may;
            if (succeeded) ++done;
            else ++refused;
            if (succeeded) vm.revertToState(place);
        }
        vm.revertToState(before);
        assertEq(done, may, what.name);
        assertEq(refused != 0, act.who != Who.Anyone, what.name);
        assertEq(done != 0, act.who != Who.Nobody, what.name);
    }

    function test_AnOfficeThatWaitsActsAfterItsDelayUnlessItsGuardianCancels() public {
        vm.pauseGasMetering(); // more calls than a test has gas for
        for (uint256 i; i < _functions.length; ++i) {
            this.announceByEverybody(i);
        }
    }

    /// @dev By each hand whose office waits; all others announce nothing.
    function announceByEverybody(uint256 i) external {
        Function memory what = _functions[i];
        // Cancelling waits for nothing.
        if (what.selector == town.cancel.selector) return;
        uint256 before = vm.snapshotState();
        Act memory act = _prepare(what);
        // What nobody is wired to, ADMIN alone could announce, to no avail.
        bool isOffices = act.who == Who.Office && (what.target != address(town) || act.office == 0);
        (uint256 done, uint256 refused, uint256 place) = (0, 0, vm.snapshotState());
        for (uint256 j; isOffices && j < _hands.length; ++j) {
            address who = _hands[j].account;
            vm.deal(who, who.balance + act.value_wei);
            bool announced = _announce(who, what.target, act.data);
            string memory name = string.concat(what.name, " by ", _hands[j].name);
            assertEq(announced, _delayOf(who, what.target, act.data) != 0, name);
            if (announced) ++done;
            else ++refused;
            if (!announced) continue;
            _carryOut(what, act, who, name);
            vm.revertToState(place);
        }
        bool waits = isOffices && _waits[town.getTargetFunctionRole(what.target, what.selector)];
        vm.revertToState(before);
        assertEq(done != 0, waits, what.name);
        assertEq(refused != 0, isOffices, what.name);
    }

    function _carryOut(Function memory what, Act memory act, address who, string memory name) private {
        (uint256 due, uint256 place) = (block.timestamp + _delayOf(who, what.target, act.data), vm.snapshotState());
        vm.warp(due - 1);
        assertFalse(_inTwoWays(what, act, who), string.concat(name, ", before its delay was over"));
        vm.warp(due);
        assertTrue(_inTwoWays(what, act, who), string.concat(name, ", though its delay was over"));
        vm.revertToState(place);
        _cancel(what, act, who, due, name);
    }

    /// @dev Some acts are done in person, which the authority is not.
    function _inTwoWays(Function memory what, Act memory act, address who) private returns (bool) {
        return _through(who, what.target, act.data, act.value_wei) || _call(who, what.target, act.data, act.value_wei);
    }

    /// @dev By whoever announced it, its office's guardian and ADMIN, and by nobody else; then nobody carries it out.
    function _cancel(Function memory what, Act memory act, address who, uint256 due, string memory name) private {
        bytes memory data = abi.encodeCall(town.cancel, (who, what.target, act.data));
        uint64 guarding = town.getRoleGuardian(town.getTargetFunctionRole(what.target, what.selector));
        (uint256 done, uint256 refused, uint256 place) = (0, 0, vm.snapshotState());
        for (uint256 j; j < _hands.length; ++j) {
            address other = _hands[j].account;
            bool guards = _holds(other, guarding);
            bool cancelled = _call(other, address(town), data, 0);
            assertEq(
                cancelled,
                other == who || guards || _holds(other, 0),
                string.concat(name, ", cancelled by ", _hands[j].name)
            );
            if (!cancelled) {
                ++refused;
                continue;
            }
            if (guards) ++done;
            vm.warp(due);
            assertFalse(_inTwoWays(what, act, who), string.concat(name, ", though it was cancelled"));
            vm.revertToState(place);
        }
        assertGt(done, 0, name);
        assertGt(refused, 0, name);
    }

    function _holds(address account, uint64 office) private view returns (bool held) {
        (held,) = town.hasRole(office, account);
    }

    function test_NoFunctionTurnsAgainstABystanderButAsTheHandCan() public {
        vm.pauseGasMetering(); // more calls than a test has gas for
        for (uint256 i; i < _functions.length; ++i) {
            this.turn(i);
        }
    }

    /// @dev The same calls with bystanders in the accomplices' place. What is open to anybody or to none makes no
    /// difference between offices.
    function turn(uint256 i) external {
        uint256 before = vm.snapshotState();
        Function memory what = _functions[i];
        Act memory act = _prepare(what);
        bytes memory data = _aimed(act.data, 1);
        uint256 place = vm.snapshotState();
        for (uint256 j = act.who == Who.Office ? 0 : _hands.length - NO_OFFICE; j < _hands.length; ++j) {
            _walker = _hands[j];
            bool done = _callBy(_walker, what.target, data, act.value_wei);
            if (done) _judge(what, data, true);
            string memory breach = _breaches();
            vm.revertToState(place);
            assertEq(breach, "");
        }
        vm.revertToState(before);
    }

    function test_EachHandCanDoWhatTheTableSaysAtItsDelayAndNothingElse() public {
        for (uint256 i; i < _hands.length; ++i) {
            for (uint8 e = uint8(Effect.TakeOver); e < uint8(Effect.Time); ++e) {
                this.tryEffect(i, Effect(e));
            }
        }
    }

    function tryEffect(uint256 i, Effect effect) external {
        uint256 before = vm.snapshotState();
        bool did = _attempt(_hands[i], effect);
        vm.revertToState(before);
        string memory what = string.concat(_hands[i].name, ", effect ", vm.toString(uint8(effect)));
        assertEq(did, _hands[i].can & _bit(effect) != 0, what);
    }

    /// @dev Whoever holds an office or a part in the street, and another part.
    function test_APartyOfTheStreetAndAnotherHandTogetherTurnOnNobody() public {
        vm.pauseGasMetering(); // more calls than a test has gas for
        uint256 parties = _hands.length - PARTIES;
        for (uint256 i; i < _hands.length; ++i) {
            if (i < parties && vm.contains(_hands[i].name, " ")) continue; // no office, or two
            for (uint256 j = i < parties ? parties : i + 1; j < _hands.length; ++j) {
                this.walkTogether(i, j);
            }
        }
    }

    function walkTogether(uint256 i, uint256 j) external {
        uint256 before = vm.snapshotState();
        _walker = _together(_hands[i], _hands[j]);
        for (uint256 k; k < STEPS / 2; ++k) {
            this.step(uint256(keccak256(abi.encode(i, j, k))));
        }
        string memory breach = _breaches();
        uint256 missing = _missing_cents();
        vm.revertToState(before);
        assertEq(breach, "");
        assertEq(missing, 0);
    }

    function test_NobodyRefutesWhatIsTrueOfTheStreet() public {
        for (uint8 f; f <= uint8(type(Falsity).max); ++f) {
            bytes memory call = _againstTruth(Falsity(f));
            for (uint256 i; i < _hands.length; ++i) {
                vm.expectRevert(abi.encodeWithSelector(IMeters.Meters_NotFalse.selector, Falsity(f)));
                vm.prank(_hands[i].account);
                (bool reverted,) = address(meters).call(call);
                assertTrue(reverted);
            }
        }
    }

    /// @dev One long life of the street among its parties, each act told with how often it was done and refused.
    function test_TheStreetsPartiesWalkThroughEveryAct_AndTurnOnNobody() public {
        vm.pauseGasMetering(); // more calls than a test has gas for
        for (uint256 round; round < ROUNDS; ++round) {
            for (uint256 i; i < _functions.length; ++i) {
                if (_isFlow(i)) this.walkOne(i, uint256(keccak256(abi.encode("street", round, i))));
            }
            assertEq(_missing_cents(), 0);
        }
        for (uint256 i; i < _functions.length; ++i) {
            if (!_isFlow(i)) continue;
            Function memory what = _functions[i];
            (uint256 done, uint256 refused) =
                (_times[what.target][what.selector], _timesRefused[what.target][what.selector]);
            console.log(what.name, done, refused);
            assertGt(done, 0, what.name);
            if (what.selector != IClearing.open.selector) assertGt(refused, 0, what.name); // anyone opens anything
        }
    }

    function walkOne(uint256 i, uint256 seed) external {
        _walker = _hands[_hands.length - 1 - seed % PARTIES];
        if (seed >> 8 & 3 == 0) vm.warp(block.timestamp + (seed >> 16) % 1 hours);
        if (seed >> 32 & 1 == 0) _doIts(i);
        else _tryOne(i, seed >> 33);
        assertEq(_breaches(), "");
    }

    function _isFlow(uint256 i) private view returns (bool) {
        return _functions[i].target == address(clearing) || _functions[i].target == address(meters);
    }

    function test_NoTwoActsOfOneOfficeDoWhatNeitherCan() public {
        vm.pauseGasMetering(); // more calls than a test has gas for
        for (uint256 i; i < _hands.length; ++i) {
            if (!vm.contains(_hands[i].name, " ")) _twice(i);
        }
    }

    function test_WhoeverPostsCanRefuseToPostAndNothingElse() public {
        for (uint256 kind; kind < _slips.length; ++kind) {
            (uint256 done, uint256 refused) = this.post(kind, kind);
            assertEq(done, 2, _slips[kind].name);
            assertGt(refused, 0, _slips[kind].name);
        }
    }

    /// forge-config: default.fuzz.runs = 64
    function testFuzz_WhoeverPostsCanRefuseToPostAndNothingElse(uint256 seed) public {
        this.post(seed % _slips.length, seed);
    }

    function test_WhatAnybodyMayDoIsDoneWholeOrNotAtAll() public {
        for (uint256 i; i < _functions.length; ++i) {
            this.starve(i);
        }
    }

    /// @dev The same walks in every run. What each hand tries is counted, and both counts are told.
    function test_EveryHandWalksAndTurnsOnNobody() public {
        (uint256 done, uint256 refused) = (0, 0);
        for (uint256 i; i < _hands.length; ++i) {
            (uint256 done_, uint256 refused_) = this.walk(i);
            (done, refused) = (done + done_, refused + refused_);
        }
        console.log("done", done, "refused", refused);
        assertGt(done, refused / 8, "hardly anything succeeds");
    }

    function walk(uint256 i) external returns (uint256 done, uint256 refused) {
        uint256 before = vm.snapshotState();
        _start(i, i % 2 == 0);
        for (uint256 j; j < STEPS; ++j) {
            this.step(uint256(keccak256(abi.encode(i, j))));
        }
        string memory breach = _breaches();
        uint256 missing = _missing_cents();
        (done, refused) = (_done, _refused);
        vm.revertToState(before);
        assertEq(breach, "");
        assertEq(missing, 0);
    }

    /// forge-config: default.invariant.runs = 32
    /// forge-config: default.invariant.depth = 48
    function invariant_MoneyCreditAndClaimsMoveByLawfulCausesAlone() public view {
        assertEq(string.concat(_breach[Thing.Money], _breach[Thing.Credit], _breach[Thing.Claim]), "");
    }

    /// forge-config: default.invariant.runs = 32
    /// forge-config: default.invariant.depth = 48
    function invariant_KeysPassByTheirOwnersOrAfterTheDelay() public view {
        assertEq(_breach[Thing.Key], "");
    }

    /// forge-config: default.invariant.runs = 32
    /// forge-config: default.invariant.depth = 48
    function invariant_TitlesAndChargesPassByACourtOrTwoOffices() public view {
        assertEq(string.concat(_breach[Thing.Title], _breach[Thing.Charge]), "");
    }

    /// forge-config: default.invariant.runs = 32
    /// forge-config: default.invariant.depth = 48
    function invariant_VotesAndPromisesStandUntilTheirOwnTermsEndThem() public view {
        assertEq(string.concat(_breach[Thing.Vote], _breach[Thing.Promise]), "");
    }

    /// forge-config: default.invariant.runs = 32
    /// forge-config: default.invariant.depth = 48
    function invariant_SalesEndByTheirTermsOrAnOffice() public view {
        assertEq(_breach[Thing.Sale], "");
    }

    /// forge-config: default.invariant.runs = 32
    /// forge-config: default.invariant.depth = 48
    function invariant_OperationsDebitWhatWasMandatedAndStated_AndHoldWhatIsTheirMembers() public view {
        Thing[4] memory things = [Thing.Mandate, Thing.Statement, Thing.Meter, Thing.Aid];
        for (uint256 i; i < things.length; ++i) {
            assertEq(_breach[things[i]], "");
        }
        assertEq(_missing_cents(), 0);
    }
}
