// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {ICurrencySlips} from "contracts/currency/interfaces/ICurrencySlips.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {TownFixture} from "tests/forge/support/TownFixture.sol";

/// @title Slips for all that an account has: of something, and never a receipt
contract AllThereIsTest is TownFixture {
    string private constant SIGNED =
        "(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)";
    uint256 private constant ALL = type(uint256).max;
    bytes32 private constant NONCE = bytes32(uint256(7));

    address private citizen;
    uint256 private citizenKey;
    address private vault = makeAddr("vault");

    function setUp() public {
        _foundTownWithMoney(0);
        (citizen, citizenKey) = makeAddrAndKey("citizen");
        _enrol(Kind.Citizen, citizen);
        _enrol(Kind.Professional, vault);
        vm.prank(auditor);
        currency.attestReserve(1_000, "statement");
    }

    function test_AllOfNothingIsRefusedAndItsNonceStays() external {
        bytes memory slip = _signed("TransferWithAuthorization", ALL);
        vm.expectRevert(abi.encodeWithSelector(ICurrencySlips.LocalCurrency_NothingLeft.selector, citizen));
        currency.transferWithAuthorization(citizen, vault, ALL, 0, ALL, NONCE, slip);
        assertFalse(currency.authorizationState(citizen, NONCE));

        _issue(300);
        currency.transferWithAuthorization(citizen, vault, ALL, 0, ALL, NONCE, slip);
        assertEq(currency.balanceOf(vault), 300);
    }

    /// @dev A vault of others' credits what the slip says, as ERC-3009 lets it.
    function test_AReceiptIsOfItsValueExactly() external {
        _issue(300);
        bytes memory slip = _signed("ReceiveWithAuthorization", ALL);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, citizen, 300, ALL));
        vm.prank(vault);
        currency.receiveWithAuthorization(citizen, vault, ALL, 0, ALL, NONCE, slip);

        slip = _signed("ReceiveWithAuthorization", 200);
        vm.prank(vault);
        currency.receiveWithAuthorization(citizen, vault, 200, 0, ALL, NONCE, slip);
        assertEq(currency.balanceOf(vault), 200);
    }

    function _issue(uint256 amount_cents) private {
        vm.prank(treasurer);
        currency.issue(citizen, amount_cents, "receipt");
    }

    function _signed(string memory purpose, uint256 value) private view returns (bytes memory) {
        bytes32 slip = keccak256(
            abi.encode(keccak256(bytes(string.concat(purpose, SIGNED))), citizen, vault, value, 0, ALL, NONCE)
        );
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(citizenKey, keccak256(abi.encodePacked(hex"1901", currency.DOMAIN_SEPARATOR(), slip)));
        return abi.encodePacked(r, s, v);
    }
}
