// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MutualCredit} from "contracts/currency/MutualCredit.sol";
import {ILocalCurrency} from "contracts/currency/interfaces/ILocalCurrency.sol";
import {IMutualCredit} from "contracts/currency/interfaces/IMutualCredit.sol";
import {IResidents, Kind} from "contracts/residents/interfaces/IResidents.sol";
import {StreetTown} from "tests/forge/adversaries/StreetTown.sol";

/// @title The circle in which Alice vouches for Bob, who owes her, in a town with all its modules
/// @dev It is cleared, so that each of its acts can succeed.
abstract contract CircleTown is StreetTown {
    string internal constant CIRCLE = "Circle";
    uint32 internal constant MOST_DEBT = 100_00;
    uint32 internal constant WRITE_OFF_S = 30 days;
    uint256 internal constant VOUCHED = 50_00;

    MutualCredit internal circle;

    function setUp() public virtual override {
        super.setUp();
        IMutualCredit.Charter memory charter = IMutualCredit.Charter({
            name: CIRCLE,
            authority: address(town),
            residents: IResidents(address(residents)),
            currency: ILocalCurrency(address(currency)),
            commons: commons,
            memberKinds: uint8(1 << uint8(Kind.Citizen) | 1 << uint8(Kind.Professional)),
            floor: MOST_DEBT,
            ceiling: 1_000_000_00,
            growth_bps: 0,
            mostGrowth: 0,
            writeOffDelay_s: WRITE_OFF_S,
            isCleared: true
        });
        circle = MutualCredit(deployCode("MutualCredit.sol:MutualCredit", abi.encode(charter)));
        _wire("MutualCredit", address(circle));
        vm.prank(mayor);
        residents.addFollower(circle);
        address[7] memory members = [commons, alice, bob, carol, dave, rita, sam];
        for (uint256 i; i < members.length; ++i) {
            residents.inform(circle, _one(members[i]));
        }
        vm.prank(alice);
        circle.vouch(alice, bob, VOUCHED, 0, "");
        vm.prank(bob);
        circle.pay(alice, MOST_DEBT, "invoice");
    }
}
