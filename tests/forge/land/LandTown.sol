// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {Charges} from "contracts/land/Charges.sol";
import {Conveyance} from "contracts/land/Conveyance.sol";
import {LandRegister} from "contracts/land/LandRegister.sol";
import {LandTax} from "contracts/land/LandTax.sol";
import {Planning} from "contracts/land/Planning.sol";
import {Parcel} from "contracts/land/interfaces/ILandRegister.sol";
import {ILandTax} from "contracts/land/interfaces/ILandTax.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {TownFixture} from "tests/forge/support/TownFixture.sol";

/// @title A town with its land register, wired as docs/land.md says, and the people of its tests
abstract contract LandTown is TownFixture {
    uint256 internal constant START = 1_800_000_000;
    uint64 internal constant RETRACTION_S = 10 days;
    uint64 internal constant LONGEST_SALE_S = 365 days;
    uint32 internal constant ANSWER_S = 60 days;
    uint24 internal constant LAPSE_DAYS = 365;
    uint64 internal constant FOUNDING_S = 30 days;
    uint256 internal constant PRICE = 200_000_00;
    bytes32 internal constant DEED = keccak256("deed");

    address internal departement = makeAddr("departement");
    address internal commune = makeAddr("commune");
    address internal state = makeAddr("state");
    address internal study = makeAddr("study"); // the notary's account
    address internal alice;
    address internal bob;
    address internal carol;
    address internal dave;
    address internal bank;
    address internal lender;
    mapping(address => uint256) internal keyOf;

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
        _foundTownWithMoney(0);
        vm.warp(START);
        alice = _person("alice");
        bob = _person("bob");
        carol = _person("carol");
        dave = _person("dave");
        bank = _person("bank");
        lender = _person("lender");

        register = LandRegister(
            deployCode("LandRegister.sol:LandRegister", abi.encode(town, residents, uint64(180 days), FOUNDING_S))
        );
        charges = Charges(deployCode("Charges.sol:Charges", abi.encode(town, register, LAPSE_DAYS)));
        planning = Planning(deployCode("Planning.sol:Planning", abi.encode(town, register)));
        token = _token();
        tax = LandTax(
            deployCode(
                "LandTax.sol:LandTax", abi.encode(town, token, ILandTax.Beneficiaries(departement, commune, state))
            )
        );
        conveyance = Conveyance(deployCode("Conveyance.sol:Conveyance", abi.encode(_offices())));
        _wireLand();
        _enrolAll();

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

    function _wireLand() private {
        _wire("LandRegister", address(register));
        _wire("Charges", address(charges));
        _wire("Planning", address(planning));
        _wire("LandTax", address(tax));
        _wire("Conveyance", address(conveyance));
        _appoint(town.CONVEYANCE(), address(conveyance));
        vm.startPrank(mayor);
        residents.addFollower(register);
        register.addFollower(charges);
        register.addFollower(planning);
        vm.stopPrank();
    }

    function _enrolAll() private {
        address[4] memory citizens = [alice, bob, carol, dave];
        for (uint256 i; i < citizens.length; ++i) {
            _enrol(Kind.Citizen, citizens[i]);
        }
        _enrol(Kind.Professional, bank);
        _enrol(Kind.Professional, lender);
        address[6] memory bodies = [departement, commune, state, study, address(conveyance), address(tax)];
        for (uint256 i; i < bodies.length; ++i) {
            _enrol(Kind.PublicBody, bodies[i]);
        }

        vm.prank(auditor);
        currency.attestReserve(1_000_000_000_00, DEED);
        address[3] memory rich = [bob, carol, lender];
        for (uint256 i; i < rich.length; ++i) {
            _mint(rich[i], 1_000_000_00);
        }
        address[5] memory payees = [departement, commune, state, study, bank];
        for (uint256 i; i < payees.length; ++i) {
            _mint(payees[i], 1);
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
