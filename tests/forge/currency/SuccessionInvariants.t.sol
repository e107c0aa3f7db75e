// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LocalCurrency} from "contracts/currency/LocalCurrency.sol";
import {ISeizures} from "contracts/currency/interfaces/ISeizures.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {SuccessionFixture} from "tests/forge/currency/SuccessionFixture.sol";
import {ICountedActs, LongLife} from "tests/forge/support/LongLife.sol";

/// @title A town between three currencies, one after another, at random
contract SuccessionAtRandom is SuccessionFixture {
    uint256 private constant PEOPLE = 9;

    address[] public people; // the commons first, an institution second
    mapping(string act => uint256) public succeeded;
    mapping(string act => uint256) public refused;
    string[] public acts;
    LocalCurrency[3] private _moneys;
    mapping(bytes32 ref => bool) private _spent;
    uint256 private _bank_cents;
    uint256 private _reference;

    constructor(uint128 keptPerDay) {
        _foundTownWithTwo(keptPerDay);
        _moneys = [currency, next, _following(next, keptPerDay)];
        people.push(commons);
        for (uint256 i = 1; i < PEOPLE; ++i) {
            people.push(makeAddr(string.concat("person ", vm.toString(i))));
            if (i > 1) _enrol(i % 2 == 0 ? Kind.Citizen : Kind.Professional, people[i]);
        }
        vm.etch(people[1], hex"00");
        _enrolInstitution(people[1]);
        _bank_cents = 10_000_00;
        vm.prank(auditor);
        currency.attestReserve(_bank_cents, "opening statement");
        for (uint256 i = 2; i < PEOPLE; ++i) {
            vm.prank(treasurer);
            currency.issue(people[i], 500_00, keccak256(abi.encode("opening", i)));
        }
        vm.prank(people[2]);
        currency.approve(people[1], 250_00);
        vm.prank(people[1]);
        currency.transferFrom(people[2], people[1], 250_00);
    }

    function numberOfActs() external view returns (uint256) {
        return acts.length;
    }

    function transfer(uint256 seed, uint256 who, uint256 to, uint256 amount) external {
        LocalCurrency money = _one(seed);
        address from = _person(who);
        bytes memory data = abi.encodeCall(money.transfer, (_person(to), _amount(money, from, amount)));
        _act("transfer", from, money, data);
    }

    function payOut(uint256 to, uint256 amount) external {
        bytes memory data = abi.encodeCall(currency.transfer, (_person(to), _amount(currency, people[1], amount)));
        _act("payOut", people[1], currency, data);
    }

    function issue(uint256 seed, uint256 to, uint256 amount) external {
        LocalCurrency money = _one(seed);
        bytes32 ref = _someReference(seed);
        bytes memory data = abi.encodeCall(money.issue, (_person(to), _bound(amount, 1, 300_00), ref));
        if (_act("issue", treasurer, money, data)) _spend(ref);
    }

    function attest(uint256 seed, uint256 more) external {
        LocalCurrency money = _one(seed);
        uint256 bank_cents = _committed() + _bound(more, 0, 1_000_00);
        bytes memory data = abi.encodeCall(money.attestReserve, (bank_cents, keccak256(abi.encode(seed))));
        if (!_act("attest", auditor, money, data)) return;
        _bank_cents = bank_cents;
        assertEq(_reserves(), bank_cents, "the currencies count other euros than the bank's");
    }

    function redeem(uint256 seed, uint256 who, uint256 amount) external {
        LocalCurrency money = _one(seed);
        address from = _person(who);
        _act("redeem", from, money, abi.encodeCall(money.redeem, (_amount(money, from, amount), bytes32("invoice"))));
    }

    function settle(uint256 seed, uint256 redemption) external {
        LocalCurrency money = _one(seed);
        bytes32 ref = _someReference(seed);
        uint256 before_cents = money.books().owed;
        bytes memory data = abi.encodeCall(money.settle, (_bound(redemption, 0, money.redemptions() + 1), ref));
        if (!_act("settle", treasurer, money, data)) return;
        _spend(ref);
        _bank_cents -= before_cents - money.books().owed;
    }

    function freeze(uint256 seed, uint256 who) external {
        LocalCurrency money = _one(seed);
        if (seed % 3 == 0) _act("freeze", court, money, abi.encodeCall(money.freeze, (_person(who), "order")));
    }

    function unfreeze(uint256 seed, uint256 who) external {
        LocalCurrency money = _one(seed);
        _act("unfreeze", court, money, abi.encodeCall(money.unfreeze, (_person(who), "order")));
    }

    function seize(uint256 seed, uint256 who, uint256 to) external {
        LocalCurrency money = _one(seed);
        if (seed % 3 == 0) {
            _act("seize", court, money, abi.encodeCall(money.seize, (_person(who), _person(to), 100_00, "order")));
        }
    }

    function carryOutSeizure(uint256 seed) external {
        LocalCurrency money = _one(seed);
        uint256 seizure = _bound(seed, 0, money.seizures() + 1);
        ISeizures.Seizure memory due = money.seizureOf(seizure);
        if (seed % 2 == 0 && block.timestamp < due.dueAt) vm.warp(due.dueAt);
        _act("carryOutSeizure", stranger, money, abi.encodeCall(money.carryOutSeizure, (seizure)));
    }

    function pause(uint256 seed) external {
        LocalCurrency money = _one(seed / 16);
        if (seed % 16 != 0) return;
        vm.deal(guardian, 1 ether);
        vm.prank(guardian);
        try money.pause{value: 1}() {} catch {}
    }

    function resume(uint256 seed) external {
        LocalCurrency money = _one(seed);
        _act("resume", guardian, money, abi.encodeCall(money.resume, ()));
    }

    function retire(uint256 seed) external {
        uint256 place = seed % 2;
        bytes memory data = abi.encodeCall(currency.retire, (_moneys[place + 1]));
        _act("retire", seed % 4 == 0 ? guardian : mayor, _moneys[place], data);
    }

    function carryOver(uint256 seed) external {
        address[] memory accounts = new address[](3);
        for (uint256 i; i < accounts.length; ++i) {
            accounts[i] = _person(uint256(keccak256(abi.encode(seed, i))));
        }
        _act("carryOver", stranger, _one(seed), abi.encodeCall(currency.carryOver, (accounts)));
    }

    function passTime(uint256 seed) external {
        vm.warp(block.timestamp + _bound(seed, 1, 20 days));
    }

    /// @notice Σ reserves ≥ Σ supplies + Σ owed, and the reserves are the bank's euros.
    function checkCovered() external view {
        assertGe(_reserves(), _committed(), "the currencies owe more than their reserves");
        assertEq(_reserves(), _bank_cents, "the reserves are not the bank's euros");
    }

    /// @notice Σ balances = supply, in each.
    function checkSums() external view {
        for (uint256 i; i < _moneys.length; ++i) {
            _checkSums(_moneys[i]);
        }
    }

    /// @notice Nobody has anything in one before what it follows is retired, which never moves again after.
    function checkOneAtATime() external view {
        for (uint256 i = 1; i < _moneys.length; ++i) {
            bool isFirst = address(_moneys[i - 1].successor()) == address(0);
            if (isFirst) assertEq(_moneys[i].totalSupply(), 0, "two currencies at a time");
            else assertTrue(_moneys[i - 1].paused(), "a retired currency moves again");
        }
    }

    function _checkSums(LocalCurrency money) private view {
        uint256 stored;
        for (uint256 i; i < people.length; ++i) {
            (uint256 stored_cents,,,,) = money.accountOf(people[i]);
            stored += stored_cents;
        }
        assertEq(stored, money.totalSupply(), "the balances are not the supply");
    }

    function _act(string memory act, address sender, LocalCurrency money, bytes memory data)
        private
        returns (bool done)
    {
        uint256 before_cents = _supplies();
        vm.prank(sender);
        (done,) = address(money).call(data);
        if (succeeded[act] + refused[act] == 0) acts.push(act);
        if (done) ++succeeded[act];
        else ++refused[act];
        if (keccak256(bytes(act)) == keccak256("carryOver")) {
            assertEq(_supplies(), before_cents, "carrying over made or lost money");
        }
    }

    function _spend(bytes32 ref) private {
        assertFalse(_spent[ref], "a reference served twice");
        _spent[ref] = true;
    }

    function _someReference(uint256 seed) private returns (bytes32) {
        if (seed % 4 != 0) ++_reference;
        return bytes32(_reference + 1);
    }

    function _committed() private view returns (uint256 committed) {
        for (uint256 i; i < _moneys.length; ++i) {
            committed += _moneys[i].totalSupply() + _moneys[i].books().owed;
        }
    }

    function _reserves() private view returns (uint256 reserves) {
        for (uint256 i; i < _moneys.length; ++i) {
            reserves += _moneys[i].books().reserve;
        }
    }

    function _supplies() private view returns (uint256 supplies) {
        for (uint256 i; i < _moneys.length; ++i) {
            supplies += _moneys[i].totalSupply();
        }
    }

    function _one(uint256 seed) private view returns (LocalCurrency) {
        return _moneys[uint256(keccak256(abi.encode(seed))) % _moneys.length];
    }

    function _person(uint256 seed) private view returns (address) {
        return people[seed % people.length];
    }

    function _amount(LocalCurrency money, address account, uint256 seed) private view returns (uint256) {
        return _bound(seed, 0, money.balanceOf(account) * 5 / 4 + 1);
    }
}

/// forge-config: default.invariant.fail-on-revert = true
abstract contract SuccessionInvariants is LongLife {
    SuccessionAtRandom internal town;

    function setUp() public {
        town = new SuccessionAtRandom(_keptPerDay());
        targetContract(address(town));
        targetSelector(FuzzSelector(address(town), _acts()));
    }

    function invariant_AllReservesCoverAllSuppliesAndAllThatIsOwed() external view {
        town.checkCovered();
    }

    function invariant_BalancesAreTheSupplyInEach() external view {
        town.checkSums();
    }

    function invariant_MoneyMovesInOneOfThem() external view {
        town.checkOneAtATime();
    }

    /// @notice Many successions, in which every act is done and is refused at least once.
    function test_EveryActOfASuccessionSucceedsAndIsRefused() external {
        vm.pauseGasMetering();
        bytes4[] memory selectors = _acts();
        for (uint256 i; i < 2_500; ++i) {
            _live(address(town), selectors, i);
            if (i % 20 == 0) {
                town.checkCovered();
                town.checkSums();
                town.checkOneAtATime();
            }
        }
        _assertAllWasTried(ICountedActs(address(town)), 13);
    }

    function _keptPerDay() internal pure virtual returns (uint128);

    function _acts() private pure returns (bytes4[] memory selectors) {
        selectors = new bytes4[](15);
        selectors[0] = SuccessionAtRandom.transfer.selector;
        selectors[1] = SuccessionAtRandom.payOut.selector;
        selectors[2] = SuccessionAtRandom.issue.selector;
        selectors[3] = SuccessionAtRandom.attest.selector;
        selectors[4] = SuccessionAtRandom.redeem.selector;
        selectors[5] = SuccessionAtRandom.settle.selector;
        selectors[6] = SuccessionAtRandom.freeze.selector;
        selectors[7] = SuccessionAtRandom.unfreeze.selector;
        selectors[8] = SuccessionAtRandom.seize.selector;
        selectors[9] = SuccessionAtRandom.carryOutSeizure.selector;
        selectors[10] = SuccessionAtRandom.pause.selector;
        selectors[11] = SuccessionAtRandom.resume.selector;
        selectors[12] = SuccessionAtRandom.retire.selector;
        selectors[13] = SuccessionAtRandom.carryOver.selector;
        selectors[14] = SuccessionAtRandom.passTime.selector;
    }
}

/// forge-config: default.invariant.fail-on-revert = true
contract SuccessionWithoutDemurrageTest is SuccessionInvariants {
    function _keptPerDay() internal pure override returns (uint128) {
        return 0;
    }
}

/// forge-config: default.invariant.fail-on-revert = true
contract SuccessionWithDemurrageTest is SuccessionInvariants {
    function _keptPerDay() internal pure override returns (uint128) {
        return 340214763706593088048256787187139065717;
    }
}
