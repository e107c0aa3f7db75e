// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {ICurrencySlips} from "contracts/currency/interfaces/ICurrencySlips.sol";
import {ILocalCurrency} from "contracts/currency/interfaces/ILocalCurrency.sol";
import {ITill} from "contracts/currency/interfaces/ITill.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {TillHarness} from "tests/forge/currency/Till.t.sol";
import {TownFixture} from "tests/forge/support/TownFixture.sol";

/// @title Who leaves the register takes nothing of others' along, escapes no court, and leaves no word that binds
contract LeaversTest is TownFixture {
    bytes32 private constant PERMIT =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
    bytes32 private constant ORDER = keccak256("order");
    uint256 private constant LAST_EPOCH = 127;

    address private merchant;
    uint256 private merchantKey;
    address private spender = makeAddr("spender");
    TillHarness private till;

    function setUp() public {
        _foundTownWithMoney(0);
        (merchant, merchantKey) = makeAddrAndKey("merchant");
        till = new TillHarness(currency, residents);
        _enrol(Kind.Professional, merchant);
        _enrol(Kind.Professional, spender);
        _enrol(Kind.PublicBody, address(till));
        vm.prank(auditor);
        currency.attestReserve(1_000_000, "statement");
        _issue(merchant, 1_000);
    }

    function test_AContractsDustIsNobodysToSweep() external {
        _issue(address(till), LEAST_CENTS - 1);
        vm.expectRevert(
            abi.encodeWithSelector(ILocalCurrency.LocalCurrency_BalanceRemains.selector, address(till), LEAST_CENTS - 1)
        );
        _depart(address(till));

        // A key that borrows code (EIP-7702) is a person's, and a stranger's cent holds nobody.
        vm.prank(merchant);
        currency.transfer(spender, 1_000 - LEAST_CENTS + 1);
        vm.etch(merchant, abi.encodePacked(hex"ef0100", address(till)));
        _depart(merchant);
        assertEq(currency.balanceOf(commons), LEAST_CENTS - 1);
    }

    function test_ACourtFreezesWhoLeft_AndNeitherRedemptionNorCreditIsPaid() external {
        vm.startPrank(merchant);
        currency.approve(address(till), 400);
        till.payIn(400);
        uint256 redemption = currency.redeem(600, "takings");
        vm.stopPrank();
        _depart(merchant);
        till.payOut(merchant, 400);
        assertEq(till.owedTo(merchant), 400);

        vm.prank(court);
        currency.freeze(merchant, ORDER);
        vm.expectRevert(abi.encodeWithSelector(ILocalCurrency.LocalCurrency_Frozen.selector, merchant));
        vm.prank(treasurer);
        currency.settle(redemption, "bank");
        vm.expectRevert(abi.encodeWithSelector(ITill.Till_Frozen.selector, merchant));
        vm.prank(merchant);
        till.withdrawTo(merchant, spender, 0, "");
        vm.expectRevert();
        till.withdraw(merchant);

        _enrol(Kind.Professional, merchant);
        vm.expectRevert(abi.encodeWithSelector(ILocalCurrency.LocalCurrency_Frozen.selector, merchant));
        till.withdraw(merchant);
        vm.prank(court);
        currency.unfreeze(merchant, ORDER);
        till.withdraw(merchant);
        vm.prank(treasurer);
        currency.settle(redemption, "bank");
        assertEq(currency.balanceOf(merchant), 400);
    }

    function test_ACourtFreezesWhoIsNotRegisteredYet() external {
        address newcomer = makeAddr("newcomer");
        vm.prank(court);
        currency.freeze(newcomer, ORDER);
        _enrol(Kind.Citizen, newcomer);
        vm.expectRevert(abi.encodeWithSelector(ILocalCurrency.LocalCurrency_Frozen.selector, newcomer));
        vm.prank(merchant);
        currency.transfer(newcomer, 1);
    }

    function test_WhenAKeyWasReplaced_TheOrderNamesTheNewOne() external {
        address successor = makeAddr("successor");
        vm.prank(registrar);
        residents.proposeRecovery(merchant, successor, ORDER);
        vm.warp(block.timestamp + RECOVERY_DELAY_S);
        residents.recover(merchant);
        vm.expectRevert(abi.encodeWithSelector(ILocalCurrency.LocalCurrency_Replaced.selector, merchant, successor));
        vm.prank(court);
        currency.freeze(merchant, ORDER);
        vm.prank(court);
        currency.freeze(successor, ORDER);
    }

    function test_APermitFromBeforeADepartureServesNoMore() external {
        bytes memory early = _permit(currency.nonces(merchant));
        assertEq(currency.nonces(merchant), 0);
        vm.prank(merchant);
        currency.transfer(spender, 1_000);
        _depart(merchant);
        _enrol(Kind.Professional, merchant);
        _issue(merchant, 1_000);
        vm.expectRevert(abi.encodeWithSelector(ICurrencySlips.LocalCurrency_InvalidSignature.selector, merchant));
        currency.permit(merchant, spender, 500, block.timestamp, early);

        uint256 nonce = currency.nonces(merchant);
        currency.permit(merchant, spender, 500, block.timestamp, _permit(nonce));
        assertEq(currency.allowance(merchant, spender), 500);
        assertEq(currency.nonces(merchant), nonce + 1);
    }

    function test_TheHundredAndTwentyEighthDepartureRevivesNothing() external {
        vm.startPrank(merchant);
        currency.transfer(spender, 1_000);
        currency.approve(spender, 500);
        vm.stopPrank();
        for (uint256 departures = 1; departures <= LAST_EPOCH + 1; ++departures) {
            _depart(merchant);
            _enrol(Kind.Professional, merchant);
            assertEq(currency.allowance(merchant, spender), 0, "an old allowance is back");
            if (departures >= LAST_EPOCH) break;
            vm.prank(merchant);
            currency.approve(spender, 500);
        }
        _allowsNoMore();
        _depart(merchant);
        _enrol(Kind.Professional, merchant);
        _allowsNoMore();

        _issue(merchant, 1_000);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, spender, 0, 1));
        vm.prank(spender);
        currency.transferFrom(merchant, spender, 1);
        vm.prank(merchant);
        currency.transfer(spender, 1_000);
    }

    function _allowsNoMore() private {
        bytes memory refusal = abi.encodeWithSelector(ICurrencySlips.LocalCurrency_AllowsNoMore.selector, merchant);
        assertEq(currency.allowance(merchant, spender), 0);
        vm.expectRevert(refusal);
        vm.prank(merchant);
        currency.approve(spender, 500);
        bytes memory signature = _permit(currency.nonces(merchant));
        vm.expectRevert(refusal);
        currency.permit(merchant, spender, 500, block.timestamp, signature);
    }

    function _permit(uint256 nonce) private view returns (bytes memory) {
        bytes32 slip = keccak256(abi.encode(PERMIT, merchant, spender, 500, nonce, block.timestamp));
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(merchantKey, keccak256(abi.encodePacked(hex"1901", currency.DOMAIN_SEPARATOR(), slip)));
        return abi.encodePacked(r, s, v);
    }

    function _depart(address account) private {
        vm.prank(registrar);
        residents.depart(account);
    }

    function _issue(address to, uint256 amount_cents) private {
        vm.prank(treasurer);
        currency.issue(to, amount_cents, keccak256(abi.encode(to, amount_cents, vm.getBlockTimestamp(), gasleft())));
    }
}
