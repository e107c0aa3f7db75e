// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IResidents, Kind, Standing} from "contracts/residents/interfaces/IResidents.sol";
import {CurrencyActs} from "tests/forge/currency/CurrencyActs.sol";
import {CurrencyHandler} from "tests/forge/currency/CurrencyHandler.sol";
import {SeizureActs} from "tests/forge/currency/SeizureActs.sol";
import {ResidentActs} from "tests/forge/currency/ResidentActs.sol";
import {ICountedActs, LongLife} from "tests/forge/support/LongLife.sol";

/// @title A town where anything happens
contract TownAtRandom is ResidentActs {
    constructor(uint128 keptPerDay) CurrencyHandler(keptPerDay) {}

    /// @notice Σ stored balances = supply, and both are what the events tell.
    function checkSums() external view {
        uint256 stored;
        uint256 due;
        for (uint256 i; i < people.length; ++i) {
            (uint256 stored_cents,,,,) = currency.accountOf(people[i]);
            assertEq(replayed[people[i]], int256(stored_cents), "the events tell another balance");
            assertLe(currency.balanceOf(people[i]), stored_cents, "demurrage gave");
            (stored, due) = (stored + stored_cents, due + stored_cents - currency.balanceOf(people[i]));
        }
        assertEq(stored, currency.totalSupply(), "the balances are not the supply");
        assertEq(replayedSupply, int256(stored), "the events tell another supply");
        if (currency.keptPerDay() == 0) assertEq(due, 0, "demurrage where there is none");
    }

    /// @notice What is owed is the sum of the open redemptions.
    function checkOwed() external view {
        uint256 owed;
        for (uint256 i = 1; i <= currency.redemptions(); ++i) {
            owed += currency.redemptionOf(i).owed;
        }
        assertEq(owed, currency.books().owed, "the redemptions are not what is owed");
    }

    /// @notice The currency's copy of kinds and suspensions is the register's, and its counters are a head count.
    function checkRegister() external view {
        uint256[6] memory active;
        for (uint256 i; i < people.length; ++i) {
            IResidents.Resident memory resident = residents.residentOf(people[i]);
            if (resident.standing == Standing.Active) ++active[uint8(resident.kind)];
            // What could not be moved in a recovery waits under the lost key, and the new one with it.
            if (_isBehind(people[i]) || _isBehind(resident.successor)) continue;
            (, Kind kind, bool suspended,,) = currency.accountOf(people[i]);
            bool away = resident.standing == Standing.None || resident.standing == Standing.Left
                || resident.standing == Standing.Replaced;
            bool barred = resident.standing == Standing.Suspended || resident.standing == Standing.Awaiting;
            assertEq(uint8(kind), uint8(away ? Kind.None : resident.kind), "the currency has another kind");
            assertEq(suspended, barred, "the currency has another suspension");
        }
        for (uint8 k; k < 6; ++k) {
            assertEq(residents.population(Kind(k)), active[k], "the population is not the head count");
        }
    }

    /// @notice The commons can always receive: fees and demurrage never stop the others.
    function checkCommons() external view {
        (, Kind kind, bool suspended, bool frozen,) = currency.accountOf(currency.commons());
        assertTrue(kind != Kind.None && !suspended && !frozen, "the commons is barred");
    }

    function _isBehind(address account) private view returns (bool) {
        return residents.behind(currency, account) != address(0);
    }
}

/// forge-config: default.invariant.fail-on-revert = true
abstract contract CurrencyInvariants is LongLife {
    TownAtRandom internal town;

    function setUp() public {
        town = new TownAtRandom(_keptPerDay());
        targetContract(address(town));
        targetSelector(FuzzSelector(address(town), _acts()));
    }

    /// @dev One campaign looks at all four after each act: a campaign for each would play the same town four times.
    function invariant_SumsDebtsRegisterAndCommonsAgree() external view {
        _checkAll();
    }

    /// @notice One long life of the town, in which every act is done and is refused at least once.
    function test_EveryActSucceedsAndIsRefused() external {
        vm.pauseGasMetering();
        bytes4[] memory selectors = _acts();
        for (uint256 i; i < 9_000; ++i) {
            _live(address(town), selectors, i);
            if (i % 50 == 0) _checkAll();
        }
        _assertAllWasTried(ICountedActs(address(town)), 41);
    }

    function _keptPerDay() internal pure virtual returns (uint128);

    function _checkAll() private view {
        town.checkSums();
        town.checkOwed();
        town.checkRegister();
        town.checkCommons();
    }

    function _acts() private pure returns (bytes4[] memory selectors) {
        selectors = new bytes4[](43);
        selectors[0] = CurrencyActs.transfer.selector;
        selectors[1] = CurrencyActs.pay.selector;
        selectors[2] = CurrencyActs.approve.selector;
        selectors[3] = CurrencyActs.transferFrom.selector;
        selectors[4] = CurrencyActs.melt.selector;
        selectors[5] = CurrencyActs.transferSlip.selector;
        selectors[6] = CurrencyActs.receiveSlip.selector;
        selectors[7] = CurrencyActs.slipBatch.selector;
        selectors[8] = CurrencyActs.cancelSlip.selector;
        selectors[9] = CurrencyActs.permit.selector;
        selectors[10] = CurrencyActs.attest.selector;
        selectors[11] = CurrencyActs.issue.selector;
        selectors[12] = CurrencyActs.issueBatch.selector;
        selectors[13] = CurrencyActs.redeem.selector;
        selectors[14] = CurrencyActs.redeemSlip.selector;
        selectors[15] = CurrencyActs.settle.selector;
        selectors[16] = CurrencyActs.freeze.selector;
        selectors[17] = CurrencyActs.unfreeze.selector;
        selectors[18] = CurrencyActs.pause.selector;
        selectors[19] = CurrencyActs.resume.selector;
        selectors[20] = CurrencyActs.forceEther.selector;
        selectors[21] = CurrencyActs.passTime.selector;
        selectors[22] = ResidentActs.enrol.selector;
        selectors[23] = ResidentActs.suspend.selector;
        selectors[24] = ResidentActs.reinstate.selector;
        selectors[25] = ResidentActs.depart.selector;
        selectors[26] = ResidentActs.propose.selector;
        selectors[27] = ResidentActs.withdraw.selector;
        selectors[28] = ResidentActs.recover.selector;
        selectors[29] = ResidentActs.inform.selector;
        selectors[30] = ResidentActs.vetoByKey.selector;
        selectors[31] = ResidentActs.vetoBySlip.selector;
        selectors[32] = CurrencyActs.payRequest.selector;
        selectors[33] = ResidentActs.enrolInstitution.selector;
        selectors[34] = ResidentActs.confirm.selector;
        selectors[35] = ResidentActs.moveAgain.selector;
        selectors[36] = SeizureActs.seize.selector;
        selectors[37] = SeizureActs.suspendSeizure.selector;
        selectors[38] = SeizureActs.resumeSeizure.selector;
        selectors[39] = SeizureActs.annulSeizure.selector;
        selectors[40] = SeizureActs.withdrawSeizure.selector;
        selectors[41] = SeizureActs.lapseSeizure.selector;
        selectors[42] = SeizureActs.carryOutSeizure.selector;
    }
}

/// forge-config: default.invariant.fail-on-revert = true
contract CurrencyWithoutDemurrageTest is CurrencyInvariants {
    function _keptPerDay() internal pure override returns (uint128) {
        return 0;
    }
}

/// forge-config: default.invariant.fail-on-revert = true
contract CurrencyWithDemurrageTest is CurrencyInvariants {
    /// @dev 7 % a year, as Circles: 0.93^(1/365.25)·2¹²⁸, rounded up.
    function _keptPerDay() internal pure override returns (uint128) {
        return 340214763706593088048256787187139065717;
    }
}
