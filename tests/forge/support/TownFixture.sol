// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Town} from "contracts/access/Town.sol";
import {LocalCurrency} from "contracts/currency/LocalCurrency.sol";
import {ICurrencySlips} from "contracts/currency/interfaces/ICurrencySlips.sol";
import {ILocalCurrency} from "contracts/currency/interfaces/ILocalCurrency.sol";
import {Residents} from "contracts/residents/Residents.sol";
import {IResidents, Kind} from "contracts/residents/interfaces/IResidents.sol";
import {AsDeployed} from "tests/forge/support/AsDeployed.sol";

/// @title The one town of all tests: its authority, its register, its money, and somebody in every office
/// @dev Offices have the numbers that Town gives them, and functions the offices that a town's plan gives them:
/// tests/vectors/offices.json, which tests/town/test_plan.py holds to the plan.
abstract contract TownFixture is AsDeployed {
    uint256 internal constant FOUNDED_AT = 1_767_225_600; // 2026-01-01
    uint64 internal constant RECOVERY_DELAY_S = 7 days;
    uint16 internal constant FEE_BPS = 500;
    uint80 internal constant LEAST_CENTS = 1_00;
    uint32 internal constant SEIZURE_DELAY_S = 15 days;
    uint256 internal constant SEIZURE_LAPSE_S = 60 days;
    // Circles' rate, 7 % a year: 0.93^(1/365.25)·2¹²⁸, rounded up.
    uint128 internal constant SEVEN_PERCENT = 340214763706593088048256787187139065717;

    address internal mayor = makeAddr("mayor"); // ADMIN
    address internal registrar = makeAddr("registrar");
    address internal treasurer = makeAddr("treasurer");
    address internal auditor = makeAddr("auditor");
    address internal court = makeAddr("court");
    address internal guardian = makeAddr("guardian");
    address internal officer = makeAddr("returning officer");
    address internal notary = makeAddr("notary");
    address internal clerk = makeAddr("clerk");
    address internal jury = makeAddr("jury");
    address internal commons = makeAddr("commons");
    address internal stranger = makeAddr("stranger");

    Town internal town;
    Residents internal residents;
    LocalCurrency internal currency;
    string private _plan = vm.readFile("tests/vectors/offices.json");

    /// @dev External, so that a test may expect what the constructor reverts with.
    function create(string calldata artifact, bytes calldata arguments) external {
        bytes memory code = bytes.concat(vm.getCode(_asDeployed(artifact)), arguments);
        assembly ("memory-safe") {
            if iszero(create(0, add(code, 0x20), mload(code))) {
                returndatacopy(0x00, 0x00, returndatasize())
                revert(0x00, returndatasize())
            }
        }
    }

    /// @dev By artifact, as everywhere below, so that no test carries the contracts' code.
    function _foundTown() internal {
        vm.warp(FOUNDED_AT);
        town = Town(deployCode("Town.sol:Town", abi.encode(mayor)));
        _appoint(town.REGISTRAR(), registrar);
        _appoint(town.TREASURER(), treasurer);
        _appoint(town.AUDITOR(), auditor);
        _appoint(town.COURT(), court);
        _appoint(town.GUARDIAN(), guardian);
        _appoint(town.RETURNING_OFFICER(), officer);
        _appoint(town.NOTARY(), notary);
        _appoint(town.CLERK(), clerk);
        _appoint(town.JURY(), jury);
        residents = Residents(deployCode("Residents.sol:Residents", abi.encode(town, RECOVERY_DELAY_S)));
        _wire("Residents", address(residents));
    }

    function _foundTownWithMoney(uint128 keptPerDay) internal {
        _foundTown();
        currency = _currency("Beffroi", keptPerDay, ILocalCurrency(address(0)));
        _enrol(Kind.Commons, commons);
        vm.deal(guardian, 1 ether);
    }

    /// @dev A currency that follows the register, with its acts given to their offices.
    function _currency(string memory name, uint128 keptPerDay, ILocalCurrency predecessor)
        internal
        returns (LocalCurrency made)
    {
        ILocalCurrency.Charter memory charter = ILocalCurrency.Charter({
            name: name,
            symbol: "BEF",
            authority: address(town),
            residents: IResidents(address(residents)),
            commons: commons,
            redeemableKinds: uint8(1 << uint8(Kind.Professional)),
            redemptionFee_bps: FEE_BPS,
            leastRedemption_cents: LEAST_CENTS,
            keptPerDay: keptPerDay,
            seizureDelay_s: SEIZURE_DELAY_S,
            predecessor: predecessor
        });
        made = LocalCurrency(deployCode("LocalCurrency.sol:LocalCurrency", abi.encode(charter)));
        _wire("LocalCurrency", address(made));
        vm.prank(mayor);
        residents.addFollower(made);
    }

    function _enrol(Kind kind, address account) internal {
        address[] memory accounts = new address[](1);
        accounts[0] = account;
        vm.prank(registrar);
        residents.enrol(kind, accounts, new bytes32[](0));
    }

    function _enrolInstitution(address account) internal {
        vm.prank(mayor);
        residents.enrolInstitution(account);
    }

    function _appoint(uint64 office, address holder) internal {
        vm.prank(mayor);
        town.grantRole(office, holder, 0);
    }

    /// @dev Gives each restricted function of a contract to the office that has it in the plan.
    function _wire(string memory name, address target) internal {
        string[] memory offices = vm.parseJsonKeys(_plan, string.concat(".", name));
        for (uint256 i; i < offices.length; ++i) {
            uint64 office = _office(offices[i]);
            bytes4[] memory selectors = _selectors(name, offices[i]);
            vm.prank(mayor);
            town.setTargetFunctionRole(target, selectors, office);
        }
    }

    /// @dev The number that Town gives an office of this name.
    function _office(string memory name) internal view returns (uint64) {
        (bool known, bytes memory number) = address(town).staticcall(abi.encodeWithSignature(string.concat(name, "()")));
        require(known, string.concat("Town has no office ", name));
        return abi.decode(number, (uint64));
    }

    /// @dev Of the functions of a contract that an office has in the plan.
    function _selectors(string memory name, string memory office) internal view returns (bytes4[] memory selectors) {
        string[] memory functions = vm.parseJsonStringArray(_plan, string.concat(".", name, ".", office));
        selectors = new bytes4[](functions.length);
        for (uint256 i; i < functions.length; ++i) {
            selectors[i] = bytes4(keccak256(bytes(functions[i])));
        }
    }

    function _transferCall(ICurrencySlips.Slip memory slip) internal pure returns (bytes memory) {
        return _authorizedCall("transferWithAuthorization", slip);
    }

    /// @dev ERC-3009's call for a slip, its signature in bytes: of overloaded functions `encodeCall` takes none.
    function _authorizedCall(string memory name, ICurrencySlips.Slip memory slip) internal pure returns (bytes memory) {
        return abi.encodeWithSignature(
            string.concat(name, "(address,address,uint256,uint256,uint256,bytes32,bytes)"),
            slip.from,
            slip.to,
            slip.value,
            slip.validAfter,
            slip.validBefore,
            slip.nonce,
            slip.signature
        );
    }

    /// @dev Of EIP-712, as a contract of that name has it on this chain.
    function _domain(string memory name, address verifier) internal view returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256(bytes(name)),
                keccak256("1"),
                block.chainid,
                verifier
            )
        );
    }

    /// @dev Whoever holds an office, then the mayor and a stranger.
    function _everybody() internal view returns (address[] memory all) {
        all = new address[](11);
        (all[0], all[1], all[2], all[3]) = (registrar, treasurer, auditor, court);
        (all[4], all[5], all[6], all[7]) = (guardian, officer, notary, clerk);
        (all[8], all[9], all[10]) = (jury, mayor, stranger);
    }
}
