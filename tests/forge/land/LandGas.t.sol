// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";
import {console} from "forge-std/console.sol";

import {Charge, ICharges} from "contracts/land/interfaces/ICharges.sol";
import {IConveyance, SaleState, Terms} from "contracts/land/interfaces/IConveyance.sol";
import {Parcel} from "contracts/land/interfaces/ILandRegister.sol";
import {LandFixture} from "tests/forge/land/LandFixture.sol";

/// @title What land costs, transaction by transaction, under its ceilings
/// forge-config: default.isolate = true
contract LandGasTest is LandFixture {
    uint256 private constant REGISTER_CEILING = 110_000;
    uint256 private constant BATCH_CEILING = 75_000;
    uint256 private constant INSCRIBE_CEILING = 80_000;
    uint256 private constant SETTLE_CEILING = 320_000;
    uint256 private constant SALE_CEILING = 900_000;

    function test_RegisteringOneTitleStaysUnderItsCeiling() public {
        vm.prank(registrar);
        register.register(Parcel(parcelId("91216000AC0001"), 700, DEED), bob);
        _under("register one", _gas(), REGISTER_CEILING);
    }

    function test_RegisteringAHundredTitlesStaysUnderTheirCeiling() public {
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

    function test_InscribingAMortgageStaysUnderItsCeiling() public {
        _inscribe(field, bank, 1);
        bytes memory act = abi.encodeCall(ICharges.inscribe, (house, bank, 100_000_00, 30_000, DEED));
        vm.prank(notary);
        charges.attest(keccak256(act), uint64(block.timestamp + 1 days));
        console.log("attest", _gas());
        vm.prank(registrar);
        charges.inscribe(house, bank, 100_000_00, 30_000, DEED);
        _under("inscribe a mortgage", _gas(), INSCRIBE_CEILING);
    }

    function test_AFullSaleStaysUnderItsCeilings() public {
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

    function test_ASettlementThatInscribesANewLoanStaysUnderItsCeiling() public {
        _inscribe(house, bank, 100_000_00);
        uint256[] memory ids = new uint256[](1);
        ids[0] = house;
        vm.prank(clerk);
        planning.place(zone, ids);
        Terms memory terms = _withLoan(150_000_00);
        uint256 sale = _openFunded(terms);
        bytes32 termsHash = conveyance.hashTerms(terms);
        vm.prank(notary);
        planning.declare(house, termsHash, terms.price_cents);
        vm.prank(clerk);
        planning.renounce(termsHash, DEED);
        _afterRetraction();
        _settle(sale, terms);
        uint256 settled = _gas();
        assertEq(charges.chargesOf(house)[0].creditor, lender);
        _under("settlement with a new loan", settled, SETTLE_CEILING);
    }

    function test_SlipsPostedWithTheActsTheyPayForSaveTwoTransactions() public {
        _inscribe(house, bank, 100_000_00);
        Terms memory terms = _terms();
        bytes[] memory signatures = _signatures(terms, conveyance.compromisDigest(terms), 0);
        uint256 sale = (house << 16) | (terms.version + 1);
        bytes memory opening = abi.encodeCall(IConveyance.open, (terms, signatures));
        bytes32 purpose = conveyance.hashTerms(terms);
        bytes memory deposit = _slipFor(purpose, sale, terms.deposit_cents, 0);
        bytes memory rest = _slipFor(purpose, sale, _total(terms) - terms.deposit_cents, 1);
        bytes memory settling = abi.encodeCall(IConveyance.settle, (sale, terms, _deedSignatures(sale, terms, 0)));
        uint256 before = vm.snapshotState();

        uint256 apart = _sent(notary, opening);
        apart += _sent(stranger, deposit);
        vm.warp(terms.retractUntil + 1);
        apart += _sent(stranger, rest);
        apart += _sent(notary, settling);
        vm.revertToState(before);

        uint256 together = _sent(notary, _both(opening, deposit));
        vm.warp(terms.retractUntil + 1);
        together += _sent(notary, _both(rest, settling));
        assertEq(register.ownerOf(house), bob);
        console.log("four transactions", apart);
        console.log("two transactions", together);
        assertLt(together + 40_000, apart);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, stranger));
        this.sent(stranger, _both(settling, rest));
    }

    function sent(address who, bytes calldata act) external returns (uint256) {
        return _sent(who, act);
    }

    function test_SlipsWithNeighbouringSaltsShareAWordOfNonces() public {
        Terms memory terms = _terms();
        uint256 sale = _open(terms);
        _sent(stranger, _slip(sale, terms.deposit_cents, 0x2ff));
        uint256 rest = _total(terms) - terms.deposit_cents;
        uint256 before = vm.snapshotState();
        uint256 elsewhere = _sent(stranger, _slip(sale, rest, 0x300));
        vm.revertToState(before);
        uint256 beside = _sent(stranger, _slip(sale, rest, 0x200));
        console.log("the second slip, elsewhere", elsewhere);
        console.log("the second slip, beside", beside);
        assertLt(beside + 17_000, elsewhere);
        assertNotEq(conveyance.slipNonce("one purpose", 0), conveyance.slipNonce("another", 0));
    }

    function test_PayingASellerCostsLessThanCreditingHim() public {
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

    function test_EveryContractCanBeDeployed() public view {
        address[5] memory all =
            [address(register), address(charges), address(planning), address(tax), address(conveyance)];
        for (uint256 i; i < all.length; ++i) {
            assertLe(all[i].code.length, 24_576);
        }
    }

    function _sent(address who, bytes memory act) private returns (uint256) {
        vm.prank(who);
        (bool done, bytes memory reason) = address(conveyance).call(act);
        if (!done) {
            assembly ("memory-safe") {
                revert(add(reason, 0x20), mload(reason))
            }
        }
        return _gas();
    }

    function _both(bytes memory first, bytes memory second) private pure returns (bytes memory) {
        bytes[] memory acts = new bytes[](2);
        (acts[0], acts[1]) = (first, second);
        return abi.encodeCall(Multicall.multicall, (acts));
    }

    /// @dev Bob's payment into an open sale, as anyone posts it.
    function _slip(uint256 sale, uint256 amount_cents, uint256 number) private view returns (bytes memory) {
        return _slipFor(conveyance.saleOf(sale).termsHash, sale, amount_cents, number);
    }

    /// @dev Bob's payment into a sale on those terms, which may be yet to open.
    function _slipFor(bytes32 purpose, uint256 sale, uint256 amount_cents, uint256 number)
        private
        view
        returns (bytes memory)
    {
        bytes32 salt = bytes32(number);
        uint256 until = START + 30 days;
        bytes32 slip = keccak256(
            abi.encode(
                keccak256(
                    "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
                ),
                bob,
                address(conveyance),
                amount_cents,
                0,
                until,
                conveyance.slipNonce(purpose, salt)
            )
        );
        bytes memory signature = _sign(bob, keccak256(abi.encodePacked("\x19\x01", currency.DOMAIN_SEPARATOR(), slip)));
        return abi.encodeCall(IConveyance.fundBySlip, (sale, bob, amount_cents, 0, until, salt, signature));
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
