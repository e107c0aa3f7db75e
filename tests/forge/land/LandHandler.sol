// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

import {Charge, ICharges} from "contracts/land/interfaces/ICharges.sol";
import {
    Burden,
    BurdenKind,
    ILandRegister,
    Parcel,
    Right,
    RightKind,
    Title
} from "contracts/land/interfaces/ILandRegister.sol";
import {Standing} from "contracts/residents/interfaces/IResidents.sol";
import {SaleHandler} from "tests/forge/land/SaleHandler.sol";

/// @title Every act on land, in any order, and what it should have changed
contract LandHandler is SaleHandler {
    uint256 private constant MOST_TITLES = 24;

    function registerTitle(uint256 seed) external {
        uint256 used = _ids[seed % _ids.length];
        bytes memory again = abi.encodeCall(ILandRegister.register, (Parcel(used, 1, DEED), alice));
        _never("register an id twice", registrar, address(register), again);
        if (_ids.length > MOST_TITLES || _notNow(seed, 2)) return;
        _register(_fresh(), uint32(100 + seed % 900), _actor(seed));
        ++calls["register"];
    }

    function restate(uint256 seed) external {
        uint256 id = _pick(seed);
        Right[] memory rights = _rights(_actor(seed), RightKind.Full, 3);
        if (seed % 4 == 1) rights = _rights(Right(alice, RightKind.Full, 2), Right(bob, RightKind.Full, 1));
        if (seed % 4 == 2) rights = _rights(Right(alice, RightKind.Bare, 3), Right(carol, RightKind.Usufruct, 3));
        _enact(id, 3, rights);
        _expect(id);
        ++calls["enact"];
    }

    function rescale(uint256 seed) external {
        uint256 id = _pick(seed);
        vm.prank(registrar);
        register.rescale(id, uint24(2 + seed % 3));
        _expect(id);
        ++calls["rescale"];
    }

    function correctArea(uint256 seed) external {
        uint256 id = _pick(seed);
        Title memory title = register.titleOf(id);
        uint32 corrected = title.area_m2 + uint32(seed % 5);
        _concur(address(register), abi.encodeCall(ILandRegister.correctArea, (id, title.version, corrected, DEED)));
        area_m2 = area_m2 - title.area_m2 + corrected;
        ++calls["correct an area"];
    }

    function burdenTitle(uint256 seed) external {
        uint256 id = _pick(seed);
        bytes32 document = keccak256(abi.encode(seed % 16));
        if (seed % 3 == 0) {
            uint64 until = uint64(vm.getBlockTimestamp() + 2 days);
            bytes memory lodge = abi.encodeCall(ILandRegister.caveat, (id, until, document));
            bool before = register.titleOf(id).flags & 16 != 0;
            if (before) return _never("lodge a second caveat alone", registrar, address(register), lodge);
            _post(address(register), lodge);
            ++calls["lodge a caveat"];
        } else {
            _ease(id, document);
            ++calls["burden"];
        }
    }

    function clearBurden(uint256 seed) external {
        uint256 id = _pick(seed);
        Burden[] memory burdens = register.burdensOf(id);
        if (burdens.length == 0) return;
        Burden memory burden = burdens[seed % burdens.length];
        if (burden.until != 0 && vm.getBlockTimestamp() > burden.until) {
            register.sweep(id, burden.documentHash);
            ++calls["sweep"];
        } else {
            bytes memory sweep = abi.encodeCall(ILandRegister.sweep, (id, burden.documentHash));
            _never("sweep what is not over", stranger, address(register), sweep);
            _concur(address(register), abi.encodeCall(ILandRegister.lift, (id, burden.documentHash)));
            ++calls["lift"];
        }
    }

    function divideTitle(uint256 seed) external {
        uint256 id = _pick(seed);
        Title memory title = register.titleOf(id);
        if (title.area_m2 < 10 || _ids.length > MOST_TITLES) return;
        if (title.burdens == 0) _ease(id, keccak256(abi.encode(seed))); // something to carry over
        Parcel[] memory parts = new Parcel[](2);
        parts[0] = Parcel(_fresh(), title.area_m2 / 3, DEED);
        parts[1] = Parcel(_fresh(), title.area_m2 - title.area_m2 / 3, DEED);
        (bytes32 rights, uint256 bears) = (_todaysRights(id), charges.chargesOf(id).length);
        bytes32 burdens = keccak256(abi.encode(register.burdensOf(id)));
        bytes32 zones = keccak256(abi.encode(planning.zonesOf(id)));
        _concur(address(register), abi.encodeCall(ILandRegister.divide, (id, title.version, parts, DEED)));
        for (uint256 i; i < 2; ++i) {
            uint256 part = parts[i].id;
            _know(part);
            if (_todaysRights(part) != rights || charges.chargesOf(part).length != bears) cheat = "rights were lost";
            if (keccak256(abi.encode(register.burdensOf(part))) != burdens) cheat = "burdens were lost";
            if (keccak256(abi.encode(planning.zonesOf(part))) != zones) cheat = "zones were lost";
        }
        (expectedRights[id], expectedCharges[id]) = (0, 0);
        ++calls["divide"];
    }

    function mergeTitles(uint256 seed) external {
        uint256[] memory ids = new uint256[](2);
        (ids[0], ids[1]) = (_pick(seed), _pick(seed >> 32));
        if (ids[0] == ids[1]) return;
        Title memory first = register.titleOf(ids[0]);
        if (seed % 2 == 0) {
            // Few titles are held alike by chance.
            _enact(ids[1], first.whole, register.rightsOf(ids[0]));
            _enact(ids[0], first.whole, register.rightsOf(ids[0]));
            first = register.titleOf(ids[0]);
        }
        Title memory second = register.titleOf(ids[1]);
        uint16[] memory versions = new uint16[](2);
        (versions[0], versions[1]) = (first.version, second.version);
        Parcel memory child = Parcel(_fresh(), first.area_m2 + second.area_m2, DEED);
        _concur(address(register), abi.encodeCall(ILandRegister.merge, (ids, versions, child, DEED)));
        for (uint256 i; i < 2; ++i) {
            (expectedRights[ids[i]], expectedCharges[ids[i]]) = (0, 0);
        }
        _know(child.id);
        ++calls["merge"];
    }

    function order(uint256 seed) external {
        uint256 id = _pick(seed);
        address holder = register.ownerOf(id);
        address to = _actor(seed);
        vm.prank(court);
        register.setFrozenTokens(holder, id, !_notNow(seed, 4));
        ++calls["freeze a title"];
        if (seed % 3 != 1 || register.isUnderSale(id)) return;
        vm.prank(court);
        register.forcedTransfer(holder, to, id);
        _expect(id);
        ++calls["force a transfer"];
    }

    function trespass(uint256 seed) external {
        uint256 id = _pick(seed);
        address owner = register.ownerOf(id);
        bytes memory plain = abi.encodeCall(IERC721.transferFrom, (owner, _actor(seed), id));
        _never("a plain transfer", owner, address(register), plain);
        bytes memory unattested = abi.encodeCall(ICharges.inscribe, (id, bank, 1, 30_000, bytes32(seed)));
        _never("inscribe alone", registrar, address(charges), unattested);
        ++calls["trespass"];
    }

    function freezePayee(uint256 seed) external {
        address[3] memory payees = [bank, study, _actor(seed >> 8)];
        address payee = payees[seed % 3];
        (,,, bool frozen,) = currency.accountOf(payee);
        if (!frozen && seed % 2 != 0) return;
        vm.prank(court);
        if (frozen) currency.unfreeze(payee, DEED);
        else currency.freeze(payee, DEED);
        ++calls["freeze a payee"];
    }

    function loseKey(uint256 seed) external {
        address lost = _actor(seed);
        if (_notNow(seed, 16) || residents.residentOf(lost).standing != Standing.Active) return;
        address successor = _person(string.concat("key ", vm.toString(_people.length)));
        _recover(lost, successor);
        _people.push(successor);
        vm.prank(successor);
        currency.approve(address(conveyance), type(uint256).max);
        ++calls["recover a key"];
    }

    function inscribeCharge(uint256 seed) external {
        _secure(_pick(seed), seed);
    }

    function endCharge(uint256 seed) external {
        (uint256 id, Charge memory charge) = _charge(seed);
        uint256 lapsesAt = (uint256(charge.dueDay) + LAPSE_DAYS) * 1 days;
        if (vm.getBlockTimestamp() > lapsesAt) {
            charges.lapse(id, charge.number);
            ++calls["lapse"];
        } else if (seed % 2 == 0) {
            bytes memory lapse = abi.encodeCall(ICharges.lapse, (id, charge.number));
            _never("lapse early", stranger, address(charges), lapse);
            _concur(address(charges), abi.encodeCall(ICharges.discharge, (id, charge.number, DEED)));
            ++calls["discharge"];
        } else {
            vm.prank(charge.creditor);
            charges.release(id, charge.number);
            ++calls["release"];
        }
        _recount();
    }

    function changeCharge(uint256 seed) external {
        (uint256 id, Charge memory charge) = _charge(seed);
        bytes memory raise = abi.encodeCall(ICharges.reduce, (id, charge.number, charge.amount_cents));
        _never("a charge that is not reduced", charge.creditor, address(charges), raise);
        vm.prank(charge.creditor);
        if (seed % 2 == 0) charges.reduce(id, charge.number, charge.amount_cents - 1);
        else charges.cede(id, charge.number, seed & 2 == 0 ? bank : lender);
        ++calls[seed % 2 == 0 ? "reduce" : "cede"];
    }

    function cedeRank(uint256 seed) external {
        uint256 id = _pick(seed);
        while (charges.chargesOf(id).length < 2) {
            _secure(id, seed);
        }
        Charge[] memory list = charges.chargesOf(id);
        uint256 rank = seed % (list.length - 1);
        (Charge memory senior, Charge memory junior) = (list[rank], list[rank + 1]);
        bytes memory take = abi.encodeCall(ICharges.takeRank, (id, senior.number, junior.number));
        _never("take a rank that is not offered", stranger, address(charges), take);
        vm.prank(senior.creditor);
        charges.offerRank(id, senior.number, junior.number);
        vm.prank(junior.creditor);
        charges.takeRank(id, senior.number, junior.number);
        ++calls["cede a rank"];
    }

    /// @dev A charge that is due soon, or in ten years.
    function _secure(uint256 id, uint256 seed) private {
        uint24 dueDay = uint24(vm.getBlockTimestamp() / 1 days + (seed & 2 == 0 ? 10 : 3650));
        uint40 amount_cents = uint40(10_000_00 + seed % 1_000_00);
        address creditor = seed & 1 == 0 ? bank : lender;
        _concur(address(charges), abi.encodeCall(ICharges.inscribe, (id, creditor, amount_cents, dueDay, DEED)));
        ++expectedCharges[id];
        ++calls["inscribe"];
    }

    /// @dev A division records each holder under today's key.
    function _todaysRights(uint256 id) private view returns (bytes32) {
        Right[] memory rights = register.rightsOf(id);
        for (uint256 i; i < rights.length; ++i) {
            rights[i].holder = residents.currentKeyOf(rights[i].holder);
        }
        return keccak256(abi.encode(rights));
    }

    function _charge(uint256 seed) private view returns (uint256 id, Charge memory) {
        id = _pick(seed);
        Charge[] memory list = charges.chargesOf(id);
        require(list.length != 0, "no charge");
        return (id, list[seed % list.length]);
    }

    function _ease(uint256 id, bytes32 document) private {
        Burden memory burden = Burden(document, BurdenKind.Easement, 0, uint112(house));
        uint16 version = register.titleOf(id).version;
        _concur(address(register), abi.encodeCall(ILandRegister.burden, (id, version, burden)));
    }
}
