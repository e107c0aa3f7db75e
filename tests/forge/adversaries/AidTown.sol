// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Programmes} from "contracts/currency/Programmes.sol";
import {IProgrammes} from "contracts/currency/interfaces/IProgrammes.sol";
import {CircleTown} from "tests/forge/adversaries/CircleTown.sol";

/// @title The programme by which Alice helps one household, whose key spends at Bob's, in a town with all its modules
abstract contract AidTown is CircleTown {
    /// @param holder the one key on its roll
    struct Aid {
        bytes32 id;
        address sponsor;
        address merchant;
        address holder;
    }

    bytes32 private constant SPEND =
        keccak256("Spend(bytes32 programme,address holder,address merchant,uint32 units,uint16 nonce,uint40 deadline)");
    uint24 internal constant FOOD = 1;
    uint32 internal constant EACH = 10_00;
    uint48 internal constant GRANTS = 5_00;
    uint32 internal constant SOME_UNITS = 1_00;
    uint16 private constant MONTHS = 36;

    Programmes internal programmes;
    Aid internal aid;

    function setUp() public virtual override {
        super.setUp();
        programmes = Programmes(deployCode("Programmes.sol:Programmes", abi.encode(currency, residents)));
        _enrolInstitution(address(programmes));
        aid = _openAid(_aidTerms(alice, "aid", 30 * 24, MONTHS, _person("household")), bob, _person("household"));
        _spendOn(aid, 1);
    }

    /// @dev Of one key, whose leaf is the root.
    function _aidTerms(address sponsor, bytes32 salt, uint16 period_h, uint16 periods, address holder)
        internal
        view
        returns (IProgrammes.Terms memory)
    {
        bytes32 id = programmes.nameOf(sponsor, salt);
        return IProgrammes.Terms({
            sponsor: sponsor,
            salt: salt,
            opensAt: uint40(block.timestamp),
            period_h: period_h,
            periods: periods,
            unit_cents: 1,
            dailyCap: 0,
            categories: FOOD,
            total: EACH,
            root: keccak256(bytes.concat(keccak256(abi.encode(id, 0, holder, EACH)))),
            ruleHash: "rule",
            uri: "ipfs://roll"
        });
    }

    /// @dev Opened and funded; its merchant is accredited, and may grant.
    function _openAid(IProgrammes.Terms memory terms, address merchant, address holder)
        internal
        returns (Aid memory it)
    {
        it = Aid(programmes.nameOf(terms.sponsor, terms.salt), terms.sponsor, merchant, holder);
        uint256 money = uint256(terms.total) * terms.periods + GRANTS;
        _mint(terms.sponsor, money);
        uint24[] memory food = new uint24[](1);
        food[0] = FOOD;
        vm.startPrank(terms.sponsor);
        programmes.open(terms);
        currency.approve(address(programmes), money);
        programmes.fund(it.id, money);
        programmes.accredit(it.id, _one(merchant), food);
        programmes.allow(it.id, merchant, GRANTS);
        vm.stopPrank();
    }

    function _spendOn(Aid memory on, uint16 nonce) internal returns (IProgrammes.Spend memory spend) {
        spend = _signedSpend(on, nonce);
        IProgrammes.Place[] memory places = _placeIn(on);
        vm.prank(stranger);
        programmes.spend(on.id, spend, places);
    }

    /// @dev What a household signs, for an hour.
    function _signedSpend(Aid memory on, uint16 nonce) internal view returns (IProgrammes.Spend memory spend) {
        spend = IProgrammes.Spend(on.holder, on.merchant, SOME_UNITS, nonce, uint40(block.timestamp + 1 hours), "");
        bytes memory slip =
            abi.encode(SPEND, on.id, spend.holder, spend.merchant, spend.units, spend.nonce, spend.deadline);
        bytes32 digest =
            keccak256(abi.encodePacked(hex"1901", _domain("Programmes", address(programmes)), keccak256(slip)));
        spend.signature = _sign(on.holder, digest);
    }

    function _placeIn(Aid memory on) internal pure returns (IProgrammes.Place[] memory places) {
        places = new IProgrammes.Place[](1);
        places[0] = IProgrammes.Place(on.holder, 0, EACH, new bytes32[](0));
    }
}
