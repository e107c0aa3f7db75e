// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MutualCredit} from "contracts/currency/MutualCredit.sol";
import {ICreditSlips} from "contracts/currency/interfaces/ICreditSlips.sol";
import {ILocalCurrency} from "contracts/currency/interfaces/ILocalCurrency.sol";
import {IMutualCredit} from "contracts/currency/interfaces/IMutualCredit.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {PeopleFixture} from "tests/forge/support/PeopleFixture.sol";

/// @title A circle where Lea, Marc, Nora and Omar, who has a shop, trade by owing
abstract contract MutualCreditFixture is PeopleFixture {
    bytes32 internal constant PAYMENT =
        keccak256("CreditPayment(address from,address to,uint256 amount,bytes32 ref,uint256 nonce,uint256 deadline)");
    bytes32 internal constant MIXED = keccak256(
        "MixedPayment(address from,address to,uint256 amount_cents,uint256 mostCredit_cents,bytes32 ref,uint256 nonce,uint256 deadline)"
    );
    bytes32 internal constant CANCEL = keccak256("CancelCredit(address from,uint256 nonce,uint256 deadline)");
    bytes32 internal constant VOUCH =
        keccak256("Vouch(address voucher,address member,uint256 amount,uint256 deadline)");
    bytes32 internal constant UNVOUCH =
        keccak256("Unvouch(address voucher,address member,uint256 amount,uint256 deadline)");
    string internal constant NAME = "Circle";
    uint32 internal constant FLOOR = 100_00;
    uint32 internal constant CEILING = 500_00;
    uint16 internal constant GROWTH_BPS = 1_000;
    uint32 internal constant MOST_GROWTH = 30_00;
    uint32 internal constant DELAY_S = 90 days;
    uint80 internal constant POCKET = 40_00;

    address internal lea;
    address internal marc;
    address internal nora;
    address internal omar;
    MutualCredit internal circle;

    function _found() internal {
        _foundTownOfPeople(1_000_000_00);
        circle = _circle(_charter());
        address[] memory known = new address[](1);
        known[0] = commons;
        residents.inform(circle, known);
        lea = _person("lea", Kind.Citizen);
        marc = _person("marc", Kind.Citizen);
        nora = _person("nora", Kind.Citizen);
        omar = _person("omar", Kind.Professional);
    }

    function _charter() internal view returns (IMutualCredit.Charter memory) {
        return IMutualCredit.Charter({
            name: NAME,
            authority: address(town),
            residents: residents,
            currency: currency,
            commons: commons,
            memberKinds: uint8(1 << uint8(Kind.Citizen) | 1 << uint8(Kind.Professional)),
            floor: FLOOR,
            ceiling: CEILING,
            growth_bps: GROWTH_BPS,
            mostGrowth: MOST_GROWTH,
            writeOffDelay_s: DELAY_S,
            isCleared: false
        });
    }

    /// @dev A circle that follows the register, with its acts given to their offices.
    function _circle(IMutualCredit.Charter memory charter) internal returns (MutualCredit made) {
        made = MutualCredit(deployCode("MutualCredit.sol:MutualCredit", abi.encode(charter)));
        _wire("MutualCredit", address(made));
        vm.prank(mayor);
        residents.addFollower(made);
    }

    /// @dev A resident with money in the pocket, of which this contract may take any.
    function _person(string memory name, Kind kind) internal returns (address account) {
        account = _resident(name, kind, POCKET);
        vm.prank(account);
        currency.approve(address(circle), type(uint256).max);
    }

    function _pays(address from, address to, uint256 amount) internal {
        vm.prank(from);
        circle.pay(to, amount, "invoice");
    }

    function _limits(address member, uint32 floor, uint32 ceiling) internal {
        vm.prank(treasurer);
        circle.setLimits(_oneLimit(member, floor, ceiling));
    }

    function _oneLimit(address member, uint32 floor, uint32 ceiling)
        internal
        pure
        returns (IMutualCredit.Limits[] memory limits)
    {
        limits = new IMutualCredit.Limits[](1);
        limits[0] = IMutualCredit.Limits(member, floor, ceiling);
    }

    function _vouches(address voucher, address member, uint256 amount) internal {
        vm.prank(voucher);
        circle.vouch(voucher, member, amount, 0, "");
    }

    function _calls(address member, address voucher) internal {
        vm.prank(stranger);
        circle.call(member, _one(voucher));
    }

    function _one(address account) internal pure returns (address[] memory accounts) {
        accounts = new address[](1);
        accounts[0] = account;
    }

    function _leaves(address member) internal {
        vm.prank(registrar);
        residents.depart(member);
    }

    /// @dev A member has left, and her delay is over.
    function _isGone(address member) internal {
        vm.startPrank(member);
        if (currency.balanceOf(member) != 0) currency.transfer(commons, currency.balanceOf(member));
        vm.stopPrank();
        _leaves(member);
        vm.warp(block.timestamp + DELAY_S);
    }

    /// @dev An account's key is lost: another takes its place, once the public delay is over.
    function _recovered(address lost, string memory name) internal returns (address key) {
        key = _keyed(name);
        vm.prank(registrar);
        residents.proposeRecovery(lost, key, "request");
        vm.warp(block.timestamp + RECOVERY_DELAY_S);
        residents.recover(lost);
    }

    function _balance(address member) internal view returns (int256) {
        return circle.memberOf(member).balance;
    }

    function _mostDebt(address member) internal view returns (uint256) {
        return circle.memberOf(member).mostDebt;
    }

    /// @dev A payment of Lea's, say, with her slip.
    function _slip(address from, address to, uint256 amount, uint256 nonce)
        internal
        view
        returns (ICreditSlips.CreditSlip memory slip)
    {
        slip = ICreditSlips.CreditSlip(from, to, amount, "invoice", nonce, block.timestamp, "");
        slip.signature = _signed(from, _hashOf(slip));
    }

    function _hashOf(ICreditSlips.CreditSlip memory slip) internal pure returns (bytes32) {
        return keccak256(abi.encode(PAYMENT, slip.from, slip.to, slip.amount, slip.ref, slip.nonce, slip.deadline));
    }

    function _mixedSlip(address from, address to, uint256 amount_cents, uint256 mostCredit_cents, uint256 nonce)
        internal
        view
        returns (ICreditSlips.MixedSlip memory slip)
    {
        slip = ICreditSlips.MixedSlip(from, to, amount_cents, mostCredit_cents, "invoice", nonce, block.timestamp, "");
        slip.signature = _signed(from, _hashOf(slip));
    }

    function _hashOf(ICreditSlips.MixedSlip memory slip) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                MIXED, slip.from, slip.to, slip.amount_cents, slip.mostCredit_cents, slip.ref, slip.nonce, slip.deadline
            )
        );
    }

    function _signed(address who, bytes32 slip) internal view returns (bytes memory) {
        return _signedIn(_domain(NAME, address(circle)), who, slip);
    }

    /// @dev The domain of another contract, and that of the same address on another chain.
    function _elsewhere() internal view returns (bytes32) {
        return _domain(NAME, address(this));
    }

    function _otherChain() internal returns (bytes32 domain) {
        uint256 here = block.chainid;
        vm.chainId(1);
        domain = _domain(NAME, address(circle));
        vm.chainId(here);
    }
}
