// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Programmes} from "contracts/currency/Programmes.sol";
import {IProgrammes} from "contracts/currency/interfaces/IProgrammes.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {ProgrammesRoll} from "tests/forge/currency/ProgrammesRoll.sol";
import {PeopleFixture} from "tests/forge/support/PeopleFixture.sol";

/// @title An association that helps four households to food for three months, by keys that it printed for them
abstract contract ProgrammesFixture is PeopleFixture, ProgrammesRoll {
    bytes32 internal constant SPEND =
        keccak256("Spend(bytes32 programme,address holder,address merchant,uint32 units,uint16 nonce,uint40 deadline)");
    bytes32 internal constant GRANT =
        keccak256("Grant(bytes32 programme,address granter,address holder,uint32 units,bytes32 act,uint256 deadline)");
    uint24 internal constant FOOD = 1;
    uint24 internal constant BOOKS = 2;
    uint32 internal constant EACH = 100_00;
    uint16 internal constant PERIOD_H = 30 * 24;
    uint256 internal constant PERIOD_S = 30 days;
    uint16 internal constant PERIODS = 3;
    uint48 internal constant ANNOUNCED = 4 * uint48(EACH) * PERIODS;
    uint80 internal constant POCKET = 100_000_00;

    address internal sponsor;
    address internal granter;
    address internal grocer;
    address internal baker;
    address internal bookseller;
    // Keys of the programme, which nobody enrolled.
    address internal amal;
    address internal bela;
    address internal cato;
    address internal dina;

    Programmes internal programmes;
    bytes32 internal programme;
    uint32 internal each = EACH;
    uint256 private _salts;

    function _found() internal {
        _foundTownOfPeople(10_000_000_00);
        programmes = _another();
        sponsor = _person("association", Kind.Professional);
        granter = _person("granter", Kind.Professional);
        grocer = _person("grocer", Kind.Professional);
        baker = _person("baker", Kind.Professional);
        bookseller = _person("bookseller", Kind.Professional);
        (amal, bela, cato, dina) = (_keyed("amal"), _keyed("bela"), _keyed("cato"), _keyed("dina"));
        roll = [amal, bela, cato, dina];
        programme = programmes.nameOf(sponsor, "food");
    }

    /// @dev Opened, funded, and its merchants accredited: from now on, holders spend.
    function _foundAid() internal {
        _found();
        _open(_terms());
        _fund(programme, ANNOUNCED);
    }

    function _another() internal returns (Programmes made) {
        made = Programmes(deployCode("Programmes.sol:Programmes", abi.encode(currency, residents)));
        _enrolInstitution(address(made));
    }

    function _terms() internal returns (IProgrammes.Terms memory) {
        return IProgrammes.Terms({
            sponsor: sponsor,
            salt: "food",
            opensAt: uint40(block.timestamp),
            period_h: PERIOD_H,
            periods: PERIODS,
            unit_cents: 1,
            dailyCap: 0,
            categories: FOOD,
            total: 4 * uint48(EACH),
            root: _seal(programme, EACH),
            ruleHash: "rule",
            uri: "ipfs://roll"
        });
    }

    function _open(IProgrammes.Terms memory terms) internal {
        vm.startPrank(sponsor);
        programmes.open(terms);
        _accredit(grocer, FOOD);
        _accredit(baker, FOOD);
        _accredit(bookseller, BOOKS);
        vm.stopPrank();
    }

    /// @dev By the sponsor, whom the caller pranks.
    function _accredit(address merchant, uint24 category) internal {
        address[] memory merchants = new address[](1);
        uint24[] memory categories = new uint24[](1);
        (merchants[0], categories[0]) = (merchant, category);
        programmes.accredit(programme, merchants, categories);
    }

    function _fund(bytes32 which, uint256 amount_cents) internal {
        vm.prank(sponsor);
        programmes.fund(which, amount_cents);
    }

    /// @dev A resident with money in the pocket, of which this contract may take any.
    function _person(string memory name, Kind kind) internal returns (address account) {
        account = _resident(name, kind, POCKET);
        vm.prank(account);
        currency.approve(address(programmes), type(uint256).max);
    }

    /// @dev What a key signs now, for a quarter of an hour or until the period ends.
    function _slip(address holder, address merchant, uint32 units, uint16 nonce)
        internal
        view
        returns (IProgrammes.Spend memory spend)
    {
        (spend.holder, spend.merchant, spend.units, spend.nonce) = (holder, merchant, units, nonce);
        spend.deadline = _deadline();
        spend.signature = _signedSpend(spend, holder);
    }

    /// @dev A key's place on the roll, until it was shown.
    function _places(address holder) internal view returns (IProgrammes.Place[] memory places) {
        uint256 i;
        while (i < roll.length && roll[i] != holder) ++i;
        if (i == roll.length || _holder(holder).claimed) return places;
        places = new IProgrammes.Place[](1);
        places[0] = IProgrammes.Place(holder, i, each, _proof(i));
    }

    function _deadline() internal view returns (uint40) {
        IProgrammes.Programme memory of_ = programmes.programmeOf(programme);
        if (block.timestamp < of_.opensAt || of_.period_h == 0) return uint40(block.timestamp + 900);
        uint256 period_s = uint256(of_.period_h) * 1 hours;
        uint256 left_s = period_s - (block.timestamp - of_.opensAt) % period_s - 1;
        return uint40(block.timestamp + (left_s < 900 ? left_s : 900));
    }

    function _spend(address holder, address merchant, uint32 units, uint16 nonce)
        internal
        returns (IProgrammes.Spend memory spend)
    {
        spend = _slip(holder, merchant, units, nonce);
        _post(spend);
    }

    function _post(IProgrammes.Spend memory spend) internal {
        IProgrammes.Place[] memory places = _places(spend.holder);
        vm.prank(stranger);
        programmes.spend(programme, spend, places);
    }

    function _refuses(IProgrammes.Spend memory spend, bytes memory refusal) internal {
        IProgrammes.Place[] memory places = _places(spend.holder);
        vm.expectRevert(refusal);
        programmes.spend(programme, spend, places);
    }

    /// @dev By the merchant's own transaction.
    function _refund(IProgrammes.Spend memory spend, uint32 units) internal {
        vm.prank(spend.merchant);
        programmes.refund(programme, spend, units);
    }

    function _allow(address who, uint48 units) internal {
        vm.prank(sponsor);
        programmes.allow(programme, who, units);
    }

    function _grantSlip(address holder, uint32 units, bytes32 act)
        internal
        view
        returns (IProgrammes.Grant memory grant)
    {
        grant = IProgrammes.Grant(granter, holder, units, act, block.timestamp + 900, "");
        grant.signature = _signedGrant(grant, granter);
    }

    function _grant(address holder, uint32 units, bytes32 act) internal {
        IProgrammes.Grant memory grant = _grantSlip(holder, units, act);
        vm.prank(stranger);
        programmes.grant(programme, grant);
    }

    function _holder(address key) internal view returns (IProgrammes.Holder memory) {
        return programmes.holderOf(programme, key);
    }

    function _books() internal view returns (IProgrammes.Programme memory) {
        return programmes.programmeOf(programme);
    }

    function _endsAt() internal view returns (uint256) {
        IProgrammes.Programme memory of_ = _books();
        return of_.opensAt + uint256(of_.period_h) * of_.periods * 1 hours;
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

    function _signedSpend(IProgrammes.Spend memory spend, address by) internal view returns (bytes memory) {
        return _signedIn(_domain("Programmes", address(programmes)), by, _spendHash(programme, spend));
    }

    function _spendHash(bytes32 of_, IProgrammes.Spend memory spend) internal pure returns (bytes32) {
        return keccak256(abi.encode(SPEND, of_, spend.holder, spend.merchant, spend.units, spend.nonce, spend.deadline));
    }

    function _signedGrant(IProgrammes.Grant memory grant, address by) internal view returns (bytes memory) {
        return _signedIn(_domain("Programmes", address(programmes)), by, _grantHash(grant));
    }

    function _grantHash(IProgrammes.Grant memory grant) internal view returns (bytes32) {
        return
            keccak256(abi.encode(GRANT, programme, grant.granter, grant.holder, grant.units, grant.act, grant.deadline));
    }

    /// @dev A payment to the contract, for a purpose.
    function _signedPayment(address payer, uint256 amount_cents, bytes32 purpose, bytes32 salt)
        internal
        view
        returns (bytes memory)
    {
        bytes32 nonce = programmes.slipNonce(purpose, salt);
        bytes32 slip =
            keccak256(abi.encode(RECEIVE, payer, address(programmes), amount_cents, 0, type(uint256).max, nonce));
        return _signedIn(currency.DOMAIN_SEPARATOR(), payer, slip);
    }
}
