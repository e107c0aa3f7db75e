// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {console} from "forge-std/console.sol";

import {Charge, ICharges} from "../../../contracts/land/interfaces/ICharges.sol";
import {SaleState, Terms} from "../../../contracts/land/interfaces/IConveyance.sol";
import {Parcel} from "../../../contracts/land/interfaces/ILandRegister.sol";
import {LandFixture} from "./LandFixture.sol";

/// @title What land costs, transaction by transaction, under its ceilings
/// forge-config: default.isolate = true
contract LandGasTest is LandFixture {
    uint256 private constant REGISTER_CEILING = 110_000;
    uint256 private constant BATCH_CEILING = 75_000;
    uint256 private constant INSCRIBE_CEILING = 80_000;
    uint256 private constant SETTLE_CEILING = 320_000;
    uint256 private constant SALE_CEILING = 900_000;

    function test_registering_one_title_stays_under_its_ceiling() public {
        vm.prank(registrar);
        register.register(Parcel(parcelId("91216000AC0001"), 700, DEED), bob);
        _under("register one", _gas(), REGISTER_CEILING);
    }

    function test_registering_a_hundred_titles_stays_under_their_ceiling() public {
        Parcel[] memory parcels = new Parcel[](100);
        address[] memory holders = new address[](100);
        for (uint256 i; i < parcels.length; ++i) {
            parcels[i] = Parcel(parcelId("91216000AC0000") + (i / 10 << 8) + i % 10, 700, keccak256(abi.encode(i)));
            holders[i] = address(uint160(0xabcdef0000000000 + i));
        }
        vm.prank(registrar);
        register.registerMany(parcels, holders);
        _under("register in a batch of 100, each", _gas() / 100, BATCH_CEILING);
    }

    function test_inscribing_a_mortgage_stays_under_its_ceiling() public {
        _inscribe(field, bank, 1);
        bytes memory act = abi.encodeCall(ICharges.inscribe, (house, bank, 100_000_00, 30_000, DEED));
        vm.prank(notary);
        charges.attest(keccak256(act), uint64(block.timestamp + 1 days));
        console.log("attest", _gas());
        vm.prank(registrar);
        charges.inscribe(house, bank, 100_000_00, 30_000, DEED);
        _under("inscribe a mortgage", _gas(), INSCRIBE_CEILING);
    }

    function test_a_full_sale_stays_under_its_ceilings() public {
        _inscribe(house, bank, 100_000_00);
        uint256[] memory ids = new uint256[](1);
        ids[0] = house;
        vm.prank(clerk);
        planning.place(zone, ids);
        Terms memory terms = _terms();
        bytes32 termsHash = conveyance.hashTerms(terms);
        bytes[] memory signatures = _signatures(terms, conveyance.compromisDigest(terms), 0);

        vm.prank(notary);
        uint256 sale = conveyance.open(terms, signatures);
        uint256 total = _add("open", 0);
        vm.prank(bob);
        conveyance.fund(sale, terms.deposit_cents);
        total = _add("deposit", total);
        vm.prank(notary);
        planning.declare(house, termsHash, terms.price_cents);
        total = _add("declare", total);
        vm.prank(clerk);
        planning.renounce(termsHash, DEED);
        total = _add("renounce", total);
        vm.prank(bob);
        conveyance.fund(sale, _total(terms) - terms.deposit_cents);
        total = _add("fund the rest", total);
        _afterRetraction();
        signatures = _deedSignatures(sale, terms, 0);
        vm.prank(notary);
        conveyance.settle(sale, terms, signatures);
        uint256 settled = _gas();
        total = _add("settle", total);

        assertEq(register.ownerOf(house), bob);
        assertTrue(conveyance.saleOf(sale).state == SaleState.Settled);
        assertEq(currency.balanceOf(bank), 100_000_01);
        _under("settlement", settled, SETTLE_CEILING);
        _under("full sale", total, SALE_CEILING);
    }

    function test_paying_a_seller_costs_less_than_crediting_him() public {
        Terms memory terms = _terms();
        uint256 sale = _openFunded(terms);
        bytes[] memory signatures = _deedSignatures(sale, terms, 0);
        vm.warp(terms.retractUntil + 1);
        uint256 before = vm.snapshotState();
        vm.prank(notary);
        conveyance.settle(sale, terms, signatures);
        uint256 paid = _gas();
        vm.revertToState(before);
        vm.prank(court);
        currency.freeze(alice, DEED);
        vm.prank(notary);
        conveyance.settle(sale, terms, signatures);
        uint256 credited = _gas();
        console.log("settle, seller paid", paid);
        console.log("settle, seller credited", credited);
        assertEq(conveyance.owedTo(alice), PRICE);
        assertLt(paid, credited);
    }

    function test_every_contract_can_be_deployed() public view {
        address[5] memory all =
            [address(register), address(charges), address(planning), address(tax), address(conveyance)];
        for (uint256 i; i < all.length; ++i) {
            assertLe(all[i].code.length, 24_576);
        }
    }

    function _add(string memory what, uint256 total) private view returns (uint256) {
        console.log(what, _gas());
        return total + _gas();
    }

    function _gas() private view returns (uint256) {
        // Of an isolated call, hence of a whole transaction; refunds are deducted already.
        return vm.lastCallGas().gasTotalUsed;
    }

    function _under(string memory what, uint256 gas, uint256 ceiling) private pure {
        console.log(what, gas);
        assertLe(gas, ceiling, what);
    }
}
