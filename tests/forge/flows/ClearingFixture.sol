// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Clearing} from "contracts/flows/Clearing.sol";
import {IClearing} from "contracts/flows/interfaces/IClearing.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {PeopleFixture} from "tests/forge/support/PeopleFixture.sol";

/// @title A street whose sun Lea sells to Ines, Jules and Karim, by an organiser who states each month
abstract contract ClearingFixture is PeopleFixture {
    string internal constant TERMS =
        "Terms(address organiser,address arbiter,address refuter,uint16 contest_h,uint16 rule_h,bytes32 rulesHash)";
    string internal constant STATEMENT =
        "Statement(uint32 number,uint32 period,bytes32 linesHash,uint32 n,bytes32 readingsRoot,bytes32 totalsRoot,string uri)";
    uint16 internal constant CONTEST_H = 72;
    uint16 internal constant RULE_H = 14 * 24;
    uint256 internal constant SETTLE_S = 7 days;
    uint40 internal constant CAP = 100_00;
    uint64 internal constant PREPAID = 150_00;
    uint64 internal constant WORKING = 300_00; // what the organiser advances from
    uint80 internal constant POCKET = 1_000_00;

    address internal organiser;
    address internal arbiter;
    address internal ines;
    address internal jules;
    address internal karim;
    address internal lea;
    address internal refuter = makeAddr("refuter");

    Clearing internal clearing;
    bytes32 internal op;
    IClearing.Line[] internal lines;
    uint256 private _salts;

    function _found() internal {
        _foundTownOfPeople(1_000_000_00);
        clearing = _another();
        organiser = _person("organiser", Kind.Professional);
        arbiter = _person("arbiter", Kind.Citizen);
        ines = _person("ines", Kind.Citizen);
        jules = _person("jules", Kind.Citizen);
        karim = _person("karim", Kind.Citizen);
        lea = _person("lea", Kind.Citizen);
        op = clearing.open(_terms());
    }

    function _another() internal returns (Clearing made) {
        made = Clearing(deployCode("Clearing.sol:Clearing", abi.encode(currency, residents)));
        _enrolInstitution(address(made));
    }

    /// @dev The three who buy have joined, and the organiser has paid in what it advances; Lea, who sells, has not.
    function _foundStreet() internal {
        _found();
        _join(ines);
        _join(jules);
        _join(karim);
        _deposit(organiser, 0, WORKING);
    }

    function _terms() internal view returns (IClearing.Terms memory) {
        return IClearing.Terms(organiser, arbiter, refuter, CONTEST_H, RULE_H, "rules");
    }

    function _person(string memory name, Kind kind) internal returns (address) {
        return _resident(name, kind, POCKET);
    }

    function _join(address member) internal {
        _deposit(member, CAP, PREPAID);
    }

    function _deposit(address member, uint40 cap_cents, uint64 amount_cents) internal {
        bytes32 salt = keccak256(abi.encode(++_salts));
        bytes memory signature = _depositSlip(op, member, cap_cents, amount_cents, salt);
        vm.prank(stranger);
        clearing.depositBySlip(op, member, cap_cents, amount_cents, 0, type(uint256).max, salt, signature);
    }

    function _depositSlip(bytes32 into, address member, uint40 cap_cents, uint64 amount_cents, bytes32 salt)
        internal
        view
        returns (bytes memory)
    {
        bytes32 nonce = clearing.slipNonce(clearing.depositPurpose(into, member, cap_cents), salt);
        address key = residents.currentKeyOf(member);
        bytes32 slip = keccak256(abi.encode(RECEIVE, key, address(clearing), amount_cents, 0, type(uint256).max, nonce));
        return _sign(key, keccak256(abi.encodePacked("\x19\x01", currency.DOMAIN_SEPARATOR(), slip)));
    }

    /// @dev One more line, at its place: what an account pays, or is paid when below zero.
    function _owes(address member, int64 amount_cents) internal {
        lines.push(IClearing.Line(member, amount_cents));
        for (uint256 i = lines.length - 1; i != 0 && lines[i].member < lines[i - 1].member; --i) {
            _swapLines(i - 1, i);
        }
    }

    function _swapLines(uint256 i, uint256 j) internal {
        (IClearing.Line memory one, IClearing.Line memory other) = (lines[i], lines[j]);
        lines[i] = other;
        lines[j] = one;
    }

    /// @dev January: Ines owes 30, Jules 20, Karim 10; Lea is owed 55 and the organiser 5.
    function _january() internal {
        delete lines;
        _owes(ines, 30_00);
        _owes(jules, 20_00);
        _owes(karim, 10_00);
        _owes(lea, -55_00);
        _owes(organiser, -5_00);
    }

    /// @dev The operation's next statement, of these lines.
    function _statement(uint32 period) internal view returns (IClearing.Statement memory) {
        uint32 number = clearing.operationOf(op).clock.number + 1;
        bytes32 linesHash = keccak256(abi.encode(lines));
        return
            IClearing.Statement(number, period, linesHash, uint32(lines.length), "readings", "totals", "ipfs://lines");
    }

    function _stated(uint32 period) internal returns (IClearing.Statement memory statement) {
        statement = _statement(period);
        vm.prank(organiser);
        clearing.state(op, statement, 0, "");
    }

    function _due(uint32 period) internal returns (IClearing.Statement memory statement) {
        statement = _stated(period);
        _windowPasses();
    }

    function _settled(uint32 period) internal {
        _settle(_due(period));
    }

    function _settle(IClearing.Statement memory statement) internal {
        vm.prank(stranger);
        clearing.settle(op, statement, lines);
    }

    function _contested(address member) internal {
        bytes32 statementHash = clearing.operationOf(op).statementHash;
        vm.prank(residents.currentKeyOf(member));
        clearing.contest(op, statementHash, member, "reason", 0, "");
    }

    function _windowPasses() internal {
        (uint256 dueAt,) = clearing.windowOf(op);
        vm.warp(dueAt);
    }

    /// @dev What an account has in the operation.
    function _balance(address member) internal view returns (uint256) {
        return clearing.memberOf(op, member).balance_cents;
    }

    function _held(address member) internal view returns (uint256) {
        return clearing.memberOf(op, member).held_cents;
    }

    /// @dev An account's key is lost: another takes its place, now, as the registrar proposed in time.
    function _recovered(address lost, string memory name) internal returns (address key) {
        key = _keyed(name);
        uint256 now_s = block.timestamp;
        vm.warp(now_s - RECOVERY_DELAY_S);
        vm.prank(registrar);
        residents.proposeRecovery(lost, key, "request");
        vm.warp(now_s);
        residents.recover(lost);
    }

    function _ofTerms(string memory act) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(act, TERMS));
    }

    function _ofStatement(string memory act) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(act, STATEMENT, TERMS));
    }

    function _signed(address who, bytes32 slip) internal view returns (bytes memory) {
        return _signedIn(_domain("Clearing", address(clearing)), who, slip);
    }

    /// @dev The domain of another contract, and that of the same address on another chain.
    function _elsewhere() internal view returns (bytes32) {
        return _domain("Clearing", address(this));
    }

    function _otherChain() internal returns (bytes32 domain) {
        uint256 here = block.chainid;
        vm.chainId(1);
        domain = _domain("Clearing", address(clearing));
        vm.chainId(here);
    }
}
