// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Vm} from "forge-std/Vm.sol";

import {Programmes} from "contracts/currency/Programmes.sol";
import {IProgrammes} from "contracts/currency/interfaces/IProgrammes.sol";
import {ProgrammesFixture} from "tests/forge/currency/ProgrammesFixture.sol";

/// @title A sponsor, merchants and holders of programmes that follow each other, who do all that they may at random,
/// some of it badly: what was spent, refunded and given back is noted as the events tell it
contract ProgrammesHandler is ProgrammesFixture {
    struct Told {
        uint256 funded;
        uint256 spent;
        uint256 refunded;
        uint256 reclaimed;
        uint256 claimed;
        uint256 granted;
        uint256 allowed; // what granters may still grant
    }

    string[] public acts;
    mapping(string act => uint256) public succeeded;
    mapping(string act => uint256) public refused;
    uint256 public now_s = FOUNDED_AT;
    bytes32[] public ran;
    address[4] public people;
    address[3] public shops;
    mapping(bytes32 of_ => Told) private _told;
    mapping(bytes32 of_ => mapping(address holder => uint256)) private _grants;
    // Whether her place was shown; what a holder spent in a period, and beyond her allowance in all periods.
    mapping(bytes32 of_ => mapping(address holder => bool)) private _shown;
    mapping(bytes32 of_ => mapping(address holder => mapping(uint256 period => uint256))) private _net;
    mapping(bytes32 of_ => mapping(address holder => uint256)) private _beyond;
    mapping(bytes32 of_ => mapping(address holder => bool)) private _voided;
    mapping(bytes32 of_ => IProgrammes.Spend[]) private _spends;
    uint256 private _salt;

    /// @dev In the programme that runs, now.
    modifier at() {
        vm.warp(now_s);
        _;
    }

    function start() external {
        _found();
        people = [amal, bela, cato, dina];
        shops = [grocer, baker, bookseller];
        vm.prank(treasurer);
        currency.issue(sponsor, 5_000_000_00, "subsidies");
        _next();
    }

    function passTime(uint256 seconds_) external {
        now_s += bound(seconds_, 1 hours, 40 hours);
    }

    /// @dev Once a programme is over, the next begins: by turns of money, of meals and of stamps.
    function renew(uint256 seed) external at {
        if (ran.length >= 60) return;
        if (now_s >= _endsAt()) return _next();
        uint32 kept = each;
        if (seed % 3 == 0) _tryOpen();
        each = kept;
    }

    function fund(uint256 seed, uint256 amount) external at {
        uint256 amount_cents = bound(amount, seed % 5 == 0 ? 0 : 1, 100) * (seed % 7 == 0 ? 1 : _books().unit_cents);
        _act("fund", sponsor, abi.encodeCall(programmes.fund, (programme, amount_cents)));
    }

    function spend(uint256 seed, uint256 amount) external at {
        IProgrammes.Spend memory slip = _anySlip(seed, amount);
        IProgrammes.Place[] memory places = _places(slip.holder);
        if ((seed >> 64) % 4 == 0) delete places; // a poster keeps them back
        if (_act("spend", stranger, abi.encodeCall(programmes.spend, (programme, slip, places)))) {
            _spends[programme].push(slip);
        }
    }

    function spendBatch(uint256 seed, uint256 amount) external at {
        IProgrammes.Spend[] memory slips = new IProgrammes.Spend[](3);
        for (uint256 i; i < 3; ++i) {
            slips[i] = _anySlip(uint256(keccak256(abi.encode(seed, i))), amount >> (8 * i));
        }
        IProgrammes.Place[] memory places = _places(slips[0].holder);
        if (places.length != 0 && seed % 9 == 0) ++places[0].each;
        _act("spendBatch", stranger, abi.encodeCall(programmes.spendBatch, (programme, slips, places)));
    }

    function refund(uint256 seed, uint256 amount) external at {
        bytes32 of_ = ran[(seed >> 8) % ran.length];
        if (seed % 4 != 0) of_ = programme;
        if (_spends[of_].length == 0) return;
        IProgrammes.Spend memory slip = _spends[of_][(seed >> 16) % _spends[of_].length];
        uint32 units = uint32(bound(amount, 0, slip.units));
        if (seed % 16 == 0) slip.nonce += 1;
        if (seed % 16 == 1) (slip.merchant, slip.signature) = (granter, "");
        if (of_ == programme && seed % 16 == 1) slip.signature = _signedSpend(slip, slip.holder);
        _act("refund", slip.merchant, abi.encodeCall(programmes.refund, (of_, slip, units)));
    }

    function allow(uint256 seed, uint256 amount) external at {
        uint48 units = uint48(bound(amount, 0, 50));
        _act("allow", _oftenSponsor(seed), abi.encodeCall(programmes.allow, (programme, granter, units)));
    }

    function grant(uint256 seed, uint256 amount) external at {
        uint32 units = uint32(bound(amount, 0, 30));
        IProgrammes.Grant memory slip = _grantSlip(people[seed % 4], units, bytes32((seed >> 8) % 200));
        _act("grant", stranger, abi.encodeCall(programmes.grant, (programme, slip)));
    }

    function void(uint256 seed) external at {
        if ((seed >> 128) % 8 != 0) return; // or soon nobody would spend
        _act("void", _oftenSponsor(seed), abi.encodeCall(programmes.void, (programme, people[seed % 4])));
    }

    function accredit(uint256 seed) external at {
        address[] memory merchants = new address[](1);
        uint24[] memory categories = new uint24[](1);
        (merchants[0], categories[0]) = (shops[seed % 3], seed % 4 == 0 ? 0 : FOOD);
        address by = _oftenSponsor(seed);
        _act("accredit", by, abi.encodeCall(programmes.accredit, (programme, merchants, categories)));
    }

    function reclaim(uint256 seed) external at {
        _act("reclaim", stranger, abi.encodeCall(programmes.reclaim, (ran[seed % ran.length])));
    }

    function withdraw(uint256 seed) external at {
        _act("withdraw", stranger, abi.encodeCall(programmes.withdraw, (shops[seed % 3])));
    }

    /// @dev The registrar suspends the baker, whom nobody pays meanwhile, or lets him go on.
    function suspend() external at {
        (,, bool suspended,,) = currency.accountOf(baker);
        vm.prank(registrar);
        if (suspended) residents.reinstate(baker, "paper");
        else residents.suspend(baker, "paper");
    }

    /// @dev Everything is given back, once all is over.
    function empty() external {
        vm.warp(now_s + 400 days);
        for (uint256 i; i < ran.length; ++i) {
            if (programmes.programmeOf(ran[i]).left != 0) programmes.reclaim(ran[i]);
        }
    }

    function numberOfActs() external view returns (uint256) {
        return acts.length;
    }

    function numberOfProgrammes() external view returns (uint256) {
        return ran.length;
    }

    function told(bytes32 of_) external view returns (Told memory) {
        return _told[of_];
    }

    function contract_() external view returns (Programmes) {
        return programmes;
    }

    function money() external view returns (uint256) {
        return currency.balanceOf(address(programmes));
    }

    /// @dev What each was granted and has not spent beyond her allowances, and what the contract says.
    function grants(bytes32 of_, address holder) external view returns (uint256 told_, uint256 kept) {
        return (_grants[of_][holder] - _beyond[of_][holder], programmes.holderOf(of_, holder).granted);
    }

    function owed() external view returns (uint256) {
        return programmes.owedTo(baker) + programmes.owedTo(grocer) + programmes.owedTo(bookseller);
    }

    function _nextTerms() private returns (IProgrammes.Terms memory terms) {
        uint256 turn = ran.length % 3;
        each = turn == 1 ? 5 : 40;
        terms = _terms();
        terms.salt = bytes32(++_salt);
        (terms.period_h, terms.periods, terms.total) = (48, 5, 4 * uint48(each));
        terms.unit_cents = turn == 0 ? 1 : turn == 1 ? 3_50 : 0;
        if (turn == 0) terms.dailyCap = 25;
    }

    function _next() private {
        IProgrammes.Terms memory terms = _nextTerms();
        programme = programmes.nameOf(sponsor, terms.salt);
        terms.root = _seal(programme, each);
        _open(terms);
        ran.push(programme);
        if (terms.unit_cents == 0) return;
        uint256 units = uint256(terms.total) * terms.periods;
        _fund(programme, units * terms.unit_cents);
        _told[programme].funded = units;
    }

    /// @dev Of which the terms are wrong, now and then.
    function _tryOpen() private {
        IProgrammes.Terms memory terms = _nextTerms();
        terms.periods = 0;
        _act("open", sponsor, abi.encodeCall(programmes.open, (terms)));
        terms.salt = bytes32(++_salt | 1 << 128);
        terms.periods = 5;
        _act("open", sponsor, abi.encodeCall(programmes.open, (terms)));
    }

    function _anySlip(uint256 seed, uint256 amount) private view returns (IProgrammes.Spend memory slip) {
        uint16 nonce = uint16(_holder(people[seed % 4]).nonce + (seed >> 16) % 3);
        slip = _slip(people[seed % 4], shops[(seed >> 8) % 3], uint32(bound(amount, 0, each)), nonce);
        if (seed % 13 == 0) slip.units += 1;
    }

    function _oftenSponsor(uint256 seed) private view returns (address) {
        return (seed >> 100) % 8 == 0 ? grocer : sponsor;
    }

    function _act(string memory act, address who, bytes memory data) private returns (bool done) {
        vm.recordLogs();
        vm.prank(who);
        (done,) = address(programmes).call(data);
        if (succeeded[act] + refused[act] == 0) acts.push(act);
        if (done) ++succeeded[act];
        else ++refused[act];
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i; done && i < logs.length; ++i) {
            if (logs[i].emitter == address(programmes)) _note(logs[i]);
        }
    }

    /// @dev As whoever reads the log alone would. An act that breaks what it must keep fails here.
    function _note(Vm.Log memory log) private {
        bytes32 kind = log.topics[0];
        Told storage note = _told[log.topics[1]];
        if (kind == IProgrammes.ProgrammeFunded.selector) note.funded += abi.decode(log.data, (uint256));
        if (kind == IProgrammes.ProgrammeReclaimed.selector) {
            require(now_s >= _endsAt() || log.topics[1] != programme, "given back while it runs");
            note.reclaimed += abi.decode(log.data, (uint256));
        }
        if (kind == IProgrammes.GranterAllowed.selector) note.allowed = abi.decode(log.data, (uint256));
        if (kind == IProgrammes.HolderVoided.selector) _voided[log.topics[1]][_address(log.topics[2])] = true;
        if (kind == IProgrammes.HolderClaimed.selector) {
            (, uint256 units) = abi.decode(log.data, (uint256, uint256));
            note.claimed += units;
            address holder = _address(log.topics[2]);
            uint256 net = now_s < _books().opensAt ? 0 : _net[log.topics[1]][holder][_periodNow()];
            _beyond[log.topics[1]][holder] -= net < units ? net : units;
            _shown[log.topics[1]][holder] = true;
        }
        if (kind == IProgrammes.UnitsGranted.selector) {
            (uint256 units,) = abi.decode(log.data, (uint256, bytes32));
            (note.granted, note.allowed) = (note.granted + units, note.allowed - units);
            _grants[log.topics[1]][_address(log.topics[2])] += units;
        }
        if (kind == IProgrammes.UnitsSpent.selector) _noteSpend(note, log);
        if (kind == IProgrammes.UnitsRefunded.selector) _noteRefund(note, log);
    }

    function _noteSpend(Told storage note, Vm.Log memory log) private {
        (uint256 units,) = abi.decode(log.data, (uint256, uint256));
        (bytes32 of_, address holder) = (log.topics[1], _address(log.topics[2]));
        note.spent += units;
        require(now_s < _endsAt(), "spent once it was over");
        require(!_voided[of_][holder], "spent by a voided key");
        require(programmes.categoriesOf(of_, _address(log.topics[3])) & FOOD != 0, "spent at any merchant's");
        uint256 period = _periodNow();
        uint256 net = _net[of_][holder][period];
        uint256 more = net + units;
        _net[of_][holder][period] = more;
        _beyond[of_][holder] += _above(of_, holder, more) - _above(of_, holder, net);
        require(_beyond[of_][holder] <= _grants[of_][holder], "more than allowance and grants");
    }

    function _noteRefund(Told storage note, Vm.Log memory log) private {
        (uint256 units, bool toHolder) = abi.decode(log.data, (uint256, bool));
        note.refunded += units;
        (bytes32 of_, address holder) = (log.topics[1], _address(log.topics[2]));
        bool isPaid = programmes.programmeOf(of_).unit_cents != 0;
        bool isShop = programmes.categoriesOf(of_, _address(log.topics[3])) & FOOD != 0;
        require(isPaid || isShop, "stamps given back by anyone");
        if (!toHolder) return;
        require(of_ == programme && now_s < _endsAt(), "given back to a holder once it was over");
        uint256 period = _periodNow();
        uint256 net = _net[of_][holder][period];
        require(units <= net, "given back more than was spent");
        uint256 less = net - units;
        _net[of_][holder][period] = less;
        _beyond[of_][holder] -= _above(of_, holder, net) - _above(of_, holder, less);
    }

    /// @dev What of so much in a period was granted.
    function _above(bytes32 of_, address holder, uint256 units) private view returns (uint256) {
        uint256 hers = _shown[of_][holder] ? each : 0;
        return units > hers ? units - hers : 0;
    }

    function _periodNow() private view returns (uint256) {
        IProgrammes.Programme memory of_ = _books();
        return (now_s - of_.opensAt) / (uint256(of_.period_h) * 1 hours);
    }

    function _address(bytes32 topic) private pure returns (address) {
        return address(uint160(uint256(topic)));
    }
}
