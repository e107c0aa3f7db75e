// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Test} from "forge-std/Test.sol";

import {Town} from "../../../contracts/access/Town.sol";
import {LocalCurrency} from "../../../contracts/currency/LocalCurrency.sol";
import {ILocalCurrency} from "../../../contracts/currency/interfaces/ILocalCurrency.sol";
import {Charges} from "../../../contracts/land/Charges.sol";
import {Conveyance} from "../../../contracts/land/Conveyance.sol";
import {LandRegister} from "../../../contracts/land/LandRegister.sol";
import {LandTax} from "../../../contracts/land/LandTax.sol";
import {Planning} from "../../../contracts/land/Planning.sol";
import {Parcel} from "../../../contracts/land/interfaces/ILandRegister.sol";
import {ILandTax} from "../../../contracts/land/interfaces/ILandTax.sol";
import {Kind} from "../../../contracts/residents/interfaces/IResidents.sol";
import {Residents} from "../../../contracts/residents/Residents.sol";

/// @title A town with its land register, wired as docs/land.md says, and the people of its tests
abstract contract LandTown is Test {
    uint256 internal constant START = 1_800_000_000;
    uint64 internal constant RETRACTION_S = 10 days;
    uint64 internal constant LONGEST_SALE_S = 365 days;
    uint64 internal constant RECOVERY_S = 7 days;
    uint32 internal constant ANSWER_S = 60 days;
    uint24 internal constant LAPSE_DAYS = 365;
    uint256 internal constant PRICE = 200_000_00;
    bytes32 internal constant DEED = keccak256("deed");

    address internal registrar = makeAddr("registrar");
    address internal notary = makeAddr("notary");
    address internal court = makeAddr("court");
    address internal clerk = makeAddr("clerk");
    address internal treasurer = makeAddr("treasurer");
    address internal auditor = makeAddr("auditor");
    address internal commons = makeAddr("commons");
    address internal departement = makeAddr("departement");
    address internal commune = makeAddr("commune");
    address internal state = makeAddr("state");
    address internal study = makeAddr("study"); // the notary's account
    address internal stranger = makeAddr("stranger");
    address internal alice;
    address internal bob;
    address internal carol;
    address internal dave;
    address internal bank;
    address internal lender;
    mapping(address => uint256) internal keyOf;

    Town internal town;
    Residents internal residents;
    LocalCurrency internal currency;
    LandRegister internal register;
    Charges internal charges;
    Planning internal planning;
    LandTax internal tax;
    Conveyance internal conveyance;
    IERC20 internal token;

    uint256 internal house = parcelId("91216000AB0001");
    uint256 internal field = parcelId("91216000AB0002");
    uint16 internal zone;
    uint256 internal tokenReceipts;

    function setUp() public virtual {
        vm.warp(START);
        alice = _person("alice");
        bob = _person("bob");
        carol = _person("carol");
        dave = _person("dave");
        bank = _person("bank");
        lender = _person("lender");

        // By artifact, so that no test carries the contracts' code.
        town = Town(deployCode("Town.sol:Town", abi.encode(address(this))));
        residents = Residents(deployCode("Residents.sol:Residents", abi.encode(town, RECOVERY_S)));
        currency = LocalCurrency(
            deployCode(
                "LocalCurrency.sol:LocalCurrency",
                abi.encode(ILocalCurrency.Charter("Euro local", "EL", address(town), residents, commons, 0, 0, 0))
            )
        );
        register =
            LandRegister(deployCode("LandRegister.sol:LandRegister", abi.encode(town, residents, uint64(180 days))));
        charges = Charges(deployCode("Charges.sol:Charges", abi.encode(town, register, LAPSE_DAYS)));
        planning = Planning(deployCode("Planning.sol:Planning", abi.encode(town, register)));
        token = _token();
        tax = LandTax(
            deployCode(
                "LandTax.sol:LandTax", abi.encode(town, token, ILandTax.Beneficiaries(departement, commune, state))
            )
        );
        conveyance = Conveyance(deployCode("Conveyance.sol:Conveyance", abi.encode(_offices())));
        _wire();
        _enrol();

        ILandTax.Bracket[] memory brackets = new ILandTax.Bracket[](1);
        brackets[0] = ILandTax.Bracket(type(uint64).max, 450_000, 120_000, 10_665);
        vm.startPrank(clerk);
        tax.setRates(uint24(START / 1 days), brackets, DEED);
        zone = planning.openZone(true, ANSWER_S, DEED);
        vm.stopPrank();
        vm.startPrank(registrar);
        register.register(Parcel(house, 500, DEED), alice);
        register.register(Parcel(field, 1000, DEED), alice);
        vm.stopPrank();
    }

    function _token() internal virtual returns (IERC20) {
        return IERC20(address(currency));
    }

    function _offices() internal view returns (Conveyance.Offices memory) {
        return Conveyance.Offices(address(town), register, charges, planning, tax, token, RETRACTION_S, LONGEST_SALE_S);
    }

    function _wire() private {
        bytes4[] memory some = new bytes4[](13);
        some[0] = LandRegister.register.selector;
        some[1] = LandRegister.registerMany.selector;
        some[2] = LandRegister.registerShared.selector;
        some[3] = LandRegister.enact.selector;
        some[4] = LandRegister.rescale.selector;
        some[5] = LandRegister.correctArea.selector;
        some[6] = LandRegister.burden.selector;
        some[7] = LandRegister.caveat.selector;
        some[8] = LandRegister.lift.selector;
        some[9] = LandRegister.divide.selector;
        some[10] = LandRegister.merge.selector;
        some[11] = LandRegister.addFollower.selector;
        some[12] = Charges.inscribe.selector;
        town.setTargetFunctionRole(address(register), some, town.REGISTRAR());
        some[0] = Charges.discharge.selector;
        town.setTargetFunctionRole(address(charges), some, town.REGISTRAR());
        _allow(address(register), register.attest.selector, town.NOTARY());
        _allow(address(charges), charges.attest.selector, town.NOTARY());
        _allow(address(register), LandRegister.setFrozenTokens.selector, town.COURT());
        _allow(address(register), LandRegister.forcedTransfer.selector, town.COURT());
        _allow(address(conveyance), Conveyance.cancelByOrder.selector, town.COURT());
        _allow(address(conveyance), Conveyance.open.selector, town.NOTARY());
        _allow(address(conveyance), Conveyance.amend.selector, town.NOTARY());
        _allow(address(conveyance), Conveyance.settle.selector, town.NOTARY());
        _allow(address(conveyance), Conveyance.meetCondition.selector, town.NOTARY());
        _allow(address(conveyance), Conveyance.failCondition.selector, town.NOTARY());
        _allow(address(planning), Planning.declare.selector, town.NOTARY());
        _allow(address(register), LandRegister.lock.selector, town.CONVEYANCE());
        _allow(address(register), LandRegister.unlock.selector, town.CONVEYANCE());
        _allow(address(register), LandRegister.convey.selector, town.CONVEYANCE());
        _allow(address(charges), Charges.settle.selector, town.CONVEYANCE());

        some = new bytes4[](14);
        some[0] = Planning.openZone.selector;
        some[1] = Planning.closeZone.selector;
        some[2] = Planning.place.selector;
        some[3] = Planning.takeOut.selector;
        some[4] = Planning.renounce.selector;
        some[5] = Planning.preempt.selector;
        some[6] = Planning.setPermitRule.selector;
        some[7] = Planning.recordPermit.selector;
        some[8] = Planning.extendPermit.selector;
        some[9] = Planning.grantPermit.selector;
        some[10] = Planning.refusePermit.selector;
        some[11] = Planning.annulPermit.selector;
        town.setTargetFunctionRole(address(planning), some, town.CLERK());
        some[0] = LandTax.setRates.selector;
        some[1] = LandTax.setBeneficiaries.selector;
        some[2] = LandTax.value.selector;
        some[3] = LandTax.publishRoll.selector;
        town.setTargetFunctionRole(address(tax), some, town.CLERK());

        town.grantRole(town.REGISTRAR(), registrar, 0);
        town.grantRole(town.NOTARY(), notary, 0);
        town.grantRole(town.COURT(), court, 0);
        town.grantRole(town.CLERK(), clerk, 0);
        town.grantRole(town.CONVEYANCE(), address(conveyance), 0);
        residents.addFollower(currency);
        residents.addFollower(register);
        vm.startPrank(registrar);
        register.addFollower(charges);
        register.addFollower(planning);
        vm.stopPrank();
    }

    function _allow(address target, bytes4 selector, uint64 role) private {
        bytes4[] memory one = new bytes4[](1);
        one[0] = selector;
        town.setTargetFunctionRole(target, one, role);
    }

    function _enrol() private {
        address[] memory people = new address[](4);
        (people[0], people[1], people[2], people[3]) = (alice, bob, carol, dave);
        residents.enrol(Kind.Citizen, people, new bytes32[](0));
        people = new address[](2);
        (people[0], people[1]) = (bank, lender);
        residents.enrol(Kind.Professional, people, new bytes32[](0));
        people = new address[](6);
        (people[0], people[1], people[2]) = (departement, commune, state);
        (people[3], people[4], people[5]) = (study, address(conveyance), address(tax));
        residents.enrol(Kind.PublicBody, people, new bytes32[](0));

        bytes4[] memory attest = new bytes4[](1);
        attest[0] = LocalCurrency.attestReserve.selector;
        town.setTargetFunctionRole(address(currency), attest, town.AUDITOR());
        attest[0] = LocalCurrency.issue.selector;
        town.setTargetFunctionRole(address(currency), attest, town.TREASURER());
        attest[0] = LocalCurrency.freeze.selector;
        town.setTargetFunctionRole(address(currency), attest, town.COURT());
        attest[0] = LocalCurrency.unfreeze.selector;
        town.setTargetFunctionRole(address(currency), attest, town.COURT());
        town.grantRole(town.AUDITOR(), auditor, 0);
        town.grantRole(town.TREASURER(), treasurer, 0);
        vm.prank(auditor);
        currency.attestReserve(1_000_000_000_00, DEED);
        address[3] memory rich = [bob, carol, lender];
        for (uint256 i; i < rich.length; ++i) {
            _mint(rich[i], 1_000_000_00);
        }
        address[5] memory bodies = [departement, commune, state, study, bank];
        for (uint256 i; i < bodies.length; ++i) {
            _mint(bodies[i], 1);
        }
    }

    function _mint(address to, uint256 amount_cents) internal virtual {
        vm.prank(treasurer);
        currency.issue(to, amount_cents, keccak256(abi.encode(++tokenReceipts)));
        vm.prank(to);
        currency.approve(address(conveyance), type(uint256).max);
    }

    function _person(string memory name) internal returns (address who) {
        uint256 key;
        (who, key) = makeAddrAndKey(name);
        keyOf[who] = key;
    }

    function parcelId(string memory text) internal pure returns (uint256) {
        return uint112(bytes14(bytes(text)));
    }
}
