// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {stdJson} from "forge-std/StdJson.sol";

import {Conveyance} from "contracts/land/Conveyance.sol";
import {ILandRegister, Parcel, Right, RightKind} from "contracts/land/interfaces/ILandRegister.sol";
import {ILandTax} from "contracts/land/interfaces/ILandTax.sol";
import {Payment, Terms} from "contracts/land/interfaces/SaleTypes.sol";
import {LandFixture} from "tests/forge/land/LandFixture.sol";
import {TokenMock} from "tests/forge/land/TokenMock.sol";

/// @title What Python finds from the same file: tests/land/test_vectors.py
contract LandVectorsTest is LandFixture {
    using stdJson for string;

    string private constant FILE = "tests/vectors/land.json";

    TokenMock private mock;
    uint256 private titles;

    function _token() internal override returns (IERC20) {
        mock = new TokenMock();
        return mock;
    }

    function _mint(address to, uint256 amount_cents) internal override {
        mock.mint(to, amount_cents);
        vm.startPrank(to);
        mock.approve(address(conveyance), type(uint256).max);
        mock.approve(address(tax), type(uint256).max);
        vm.stopPrank();
    }

    function test_AParcelsIdIsTheSameNumber() public {
        string memory vectors = vm.readFile(FILE);
        string[] memory lawful = vectors.readStringArray(".parcels.lawful");
        uint256[] memory ids = vectors.readUintArray(".parcels.token_ids");
        assertGt(ids.length, 8, "no vectors");
        for (uint256 i; i < ids.length; ++i) {
            assertEq(parcelId(lawful[i]), ids[i]);
            // What the fixture registered already is no less lawful.
            if (ids[i] != house) _register(ids[i]);
            assertEq(register.tokenURI(ids[i]), string.concat("urn:fr:cadastre:", lawful[i]));
        }
        uint256[] memory malformed = vectors.readUintArray(".parcels.malformed_ids");
        for (uint256 i; i < malformed.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(ILandRegister.LandRegister_InvalidId.selector, malformed[i]));
            _register(malformed[i]);
        }
    }

    function test_APriceBearsTheSameTax() public {
        string memory vectors = vm.readFile(FILE);
        uint256 cases;
        for (; vectors.keyExists(_at(".taxes", cases)); ++cases) {
            string memory path = _at(".taxes", cases);
            uint24 day = uint24(START / 1 days + 1 + cases);
            _setRates(day, vectors.readUintArray(string.concat(path, ".brackets")));
            uint256[] memory prices = vectors.readUintArray(string.concat(path, ".prices"));
            uint256[] memory taxes = vectors.readUintArray(string.concat(path, ".taxes"));
            for (uint256 i; i < prices.length; ++i) {
                ILandTax.Assessment memory due = tax.assess(prices[i], day);
                assertEq(due.departement_cents, taxes[3 * i]);
                assertEq(due.commune_cents, taxes[3 * i + 1]);
                assertEq(due.state_cents, taxes[3 * i + 2]);
            }
        }
        assertGe(cases, 60, "no vectors");
    }

    function test_SellersArePaidTheSameToTheCent() public {
        string memory vectors = vm.readFile(FILE);
        uint256 cases;
        for (; vectors.keyExists(_at(".splits", cases)); ++cases) {
            uint256 clean = vm.snapshotState();
            _sellAndCompare(vectors, _at(".splits", cases));
            vm.revertToState(clean);
        }
        assertGe(cases, 120, "no vectors");
    }

    function test_RightsAreCountedInTheSameUnits() public {
        string memory vectors = vm.readFile(FILE);
        uint256 cases;
        for (; vectors.keyExists(_at(".rights", cases)); ++cases) {
            string memory path = _at(".rights", cases);
            uint24 whole = uint24(vectors.readUint(string.concat(path, ".whole")));
            address[] memory holders = vectors.readAddressArray(string.concat(path, ".holders"));
            uint256[] memory kinds = vectors.readUintArray(string.concat(path, ".kinds"));
            uint256[] memory units = vectors.readUintArray(string.concat(path, ".units"));
            Right[] memory rights = new Right[](holders.length);
            for (uint256 i; i < rights.length; ++i) {
                rights[i] = Right(holders[i], RightKind(kinds[i]), uint24(units[i]));
            }
            uint256 id = _registerShared(whole, rights);
            assertEq(abi.encode(register.rightsOf(id)), abi.encode(rights));
            ++rights[0].shares;
            vm.expectPartialRevert(ILandRegister.LandRegister_SharesMismatch.selector);
            _registerShared(whole, rights);
        }
        assertGe(cases, 40, "no vectors");
    }

    function test_PartiesSignTheSameDigests() public {
        string memory vectors = vm.readFile(FILE);
        address where = vectors.readAddress(".conveyance");
        deployCodeTo("Conveyance.sol:Conveyance", abi.encode(_offices()), where);
        Conveyance there = Conveyance(where);
        assertEq(vectors.readUint(".chainId"), block.chainid);
        uint256 cases;
        for (; vectors.keyExists(_at(".deeds", cases)); ++cases) {
            string memory path = _at(".deeds", cases);
            Terms memory terms = abi.decode(vectors.readBytes(string.concat(path, ".abi")), (Terms));
            uint256 sale = vectors.readUint(string.concat(path, ".sale"));
            bytes32 from = vectors.readBytes32(string.concat(path, ".from"));
            bytes32 termsHash = there.hashTerms(terms);
            assertEq(there.compromisDigest(terms), _digest(vectors, path, ".compromis"));
            assertEq(there.amendmentDigest(sale, from, termsHash), _digest(vectors, path, ".amendment"));
            assertEq(there.deedDigest(sale, termsHash), _digest(vectors, path, ".deed"));
            assertEq(there.rescissionDigest(sale), _digest(vectors, path, ".rescission"));
            assertEq(there.retractionDigest(sale), _digest(vectors, path, ".retraction"));
        }
        assertGe(cases, 8, "no vectors");
    }

    function test_EveryBillOnTheRollIsPaidByItsProof() public {
        string memory vectors = vm.readFile(FILE);
        uint256 year = vectors.readUint(".roll.year");
        uint256[] memory ids = vectors.readUintArray(".roll.titles");
        address[] memory accounts = vectors.readAddressArray(".roll.accounts");
        uint256[] memory amounts = vectors.readUintArray(".roll.amounts");
        bytes32[] memory receipts = vectors.readBytes32Array(".roll.receipts");
        uint256 total = vectors.readUint(".roll.total");
        bytes32 root = vectors.readBytes32(".roll.root");
        vm.prank(clerk);
        tax.publishRoll(year, root, uint128(total));
        _mint(bob, total);
        for (uint256 i; i < ids.length; ++i) {
            bytes32[] memory proof = vectors.readBytes32Array(_at(".roll.proofs", i));
            vm.prank(bob);
            assertEq(tax.pay(year, ids[i], accounts[i], amounts[i], proof), receipts[i]);
        }
        assertGe(ids.length, 13, "no vectors");
        assertEq(tax.rollOf(year).paid_cents, total);
    }

    /// @dev A sale of these very rights, settled; the rest of the parcel is Dave's and stays.
    function _sellAndCompare(string memory vectors, string memory path) private {
        uint256[] memory kinds = vectors.readUintArray(string.concat(path, ".kinds"));
        uint256[] memory shares = vectors.readUintArray(string.concat(path, ".shares"));
        uint256[] memory parts = vectors.readUintArray(string.concat(path, ".parts"));
        Right[] memory sold = new Right[](kinds.length);
        uint24 bare;
        uint24 use;
        for (uint256 i; i < sold.length; ++i) {
            sold[i] = Right(_person(string.concat("seller ", vm.toString(i))), RightKind(kinds[i]), uint24(shares[i]));
            if (sold[i].kind != RightKind.Usufruct) bare += sold[i].shares;
            if (sold[i].kind != RightKind.Bare) use += sold[i].shares;
        }
        uint256 id = _registerWithRest(sold, bare, use);
        Terms memory terms = _terms(id, alice, bob);
        terms.sold = sold;
        terms.bought = _bought(bare, use);
        terms.usufruct_bps = vectors.readUint(string.concat(path, ".usufruct_bps"));
        terms.price_cents = vectors.readUint(string.concat(path, ".amount"));
        terms.tax_cents = _taxOn(terms.price_cents);
        terms.deposit_cents = 0;
        terms.funding = _payments(bob, _total(terms));
        _mint(bob, _total(terms));
        uint256 sale = _openFunded(terms);
        _afterRetraction();
        _settle(sale, terms);
        for (uint256 i; i < sold.length; ++i) {
            assertEq(mock.balanceOf(sold[i].holder), parts[i]);
        }
    }

    function _registerWithRest(Right[] memory sold, uint24 bare, uint24 use) private returns (uint256) {
        uint24 whole = bare > use ? bare : use;
        uint256 n = sold.length;
        // Nothing is left over of one kind at least.
        Right[] memory rights = new Right[](bare == use ? n : n + 1);
        for (uint256 i; i < n; ++i) {
            rights[i] = sold[i];
        }
        if (bare < use) rights[n] = Right(dave, RightKind.Bare, use - bare);
        if (use < bare) rights[n] = Right(dave, RightKind.Usufruct, bare - use);
        return _registerShared(whole, rights);
    }

    function _bought(uint24 bare, uint24 use) private view returns (Right[] memory rights) {
        if (use == 0) return _rights(bob, RightKind.Bare, bare);
        if (bare == 0) return _rights(bob, RightKind.Usufruct, use);
        return _rights(Right(bob, RightKind.Bare, bare), Right(carol, RightKind.Usufruct, use));
    }

    function _registerShared(uint24 whole, Right[] memory rights) private returns (uint256 id) {
        uint256 n = ++titles;
        id = parcelId("91216000YY0000") + (n / 100 % 10 << 16) + (n / 10 % 10 << 8) + n % 10;
        vm.prank(registrar);
        register.registerShared(Parcel(id, 100, DEED), whole, rights);
    }

    function _register(uint256 id) private {
        vm.prank(registrar);
        register.register(Parcel(id, 1, DEED), bob);
    }

    function _setRates(uint24 day, uint256[] memory values) private {
        ILandTax.Bracket[] memory brackets = new ILandTax.Bracket[](values.length / 4);
        for (uint256 i; i < brackets.length; ++i) {
            uint256 at = 4 * i;
            brackets[i] = ILandTax.Bracket(
                uint64(values[at]), uint32(values[at + 1]), uint32(values[at + 2]), uint32(values[at + 3])
            );
        }
        vm.prank(clerk);
        tax.setRates(day, brackets, DEED);
    }

    function _digest(string memory vectors, string memory path, string memory name) private pure returns (bytes32) {
        return vectors.readBytes32(string.concat(path, name));
    }

    function _at(string memory list, uint256 place) private pure returns (string memory) {
        return string.concat(list, "[", vm.toString(place), "]");
    }
}
