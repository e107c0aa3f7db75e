// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {TownFixture} from "tests/forge/support/TownFixture.sol";

/// @title Who may do what in the town of these tests: each act is one office's, by the number that Town gives it
contract OfficesTest is TownFixture {
    string private plan = vm.readFile("tests/vectors/offices.json");
    mapping(string office => address) private holder;

    function setUp() public {
        _foundTown();
        (holder["REGISTRAR"], holder["TREASURER"], holder["AUDITOR"]) = (registrar, treasurer, auditor);
        (holder["COURT"], holder["GUARDIAN"], holder["RETURNING_OFFICER"]) = (court, guardian, officer);
        (holder["NOTARY"], holder["CLERK"], holder["JURY"]) = (notary, clerk, jury);
        holder["CONVEYANCE"] = makeAddr("Conveyance");
        _appoint(town.CONVEYANCE(), holder["CONVEYANCE"]);
        holder["CALLER"] = makeAddr("Promises");
        _appoint(town.CALLER(), holder["CALLER"]);
    }

    function test_EachActIsTheOneOfficesThatThePlanGivesItTo() external {
        string[] memory contracts = vm.parseJsonKeys(plan, ".");
        assertGt(contracts.length, 9, "no plan");
        for (uint256 i; i < contracts.length; ++i) {
            address target = makeAddr(contracts[i]);
            _wire(contracts[i], target);
            string[] memory offices = vm.parseJsonKeys(plan, string.concat(".", contracts[i]));
            for (uint256 j; j < offices.length; ++j) {
                _assertOnly(offices[j], target, _selectors(contracts[i], offices[j]));
            }
        }
    }

    function test_AnOfficeThatTownDoesNotHaveIsNotWired() external {
        vm.expectRevert("Town has no office ARCHIVIST");
        this.numberOf("ARCHIVIST");
    }

    function numberOf(string calldata office) external view returns (uint64) {
        return _office(office);
    }

    function _assertOnly(string memory office, address target, bytes4[] memory selectors) private view {
        address[] memory all = _everybody();
        for (uint256 i; i < selectors.length; ++i) {
            (bool may,) = town.canCall(holder[office], target, selectors[i]);
            assertTrue(may, string.concat(office, " may not do what is its own"));
            for (uint256 j; j < all.length; ++j) {
                (may,) = town.canCall(all[j], target, selectors[i]);
                assertEq(may, all[j] == holder[office], string.concat("somebody does what is the office's of ", office));
            }
        }
    }
}
