// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {ICurrencySlips} from "contracts/currency/interfaces/ICurrencySlips.sol";
import {ILocalCurrency} from "contracts/currency/interfaces/ILocalCurrency.sol";
import {ITill} from "contracts/currency/interfaces/ITill.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {TillHarness} from "tests/forge/harness/TillHarness.sol";
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
        till = TillHarness(deployCode("TillHarness.sol:TillHarness", abi.encode(currency, residents)));
        _enrol(Kind.Professional, merchant);
        _enrol(Kind.Professional, spender);
        _enrol(Kind.PublicBody, address(till));
        vm.prank(auditor);
        currency.attestReserve(1_000_000, "statement");
        _issue(merchant, 1_000);
    }

    function test_WhenTheRegistrarDepartsAResident_ItsSmallChangeIsItsOwn() external {
        vm.prank(merchant);
        currency.transfer(spender, 1_000 - LEAST_CENTS);
        vm.expectRevert(
            abi.encodeWithSelector(ILocalCurrency.LocalCurrency_BalanceRemains.selector, merchant, LEAST_CENTS)
        );
        _depart(merchant);
        vm.prank(merchant);
        currency.transfer(spender, 1);

        _depart(merchant);
        assertEq(currency.balanceOf(merchant), LEAST_CENTS - 1, "one office moved money");
        assertEq(currency.balanceOf(commons), 0);
        vm.expectRevert(abi.encodeWithSelector(ILocalCurrency.LocalCurrency_NotRegistered.selector, merchant));
        vm.prank(merchant);
        currency.transfer(spender, 1);
        vm.expectRevert(abi.encodeWithSelector(ILocalCurrency.LocalCurrency_NotRegistered.selector, merchant));
        vm.prank(spender);
        currency.transfer(merchant, 1);

        _enrol(Kind.Professional, merchant);
        vm.prank(merchant);
        currency.transfer(spender, LEAST_CENTS - 1);
    }

    /// @dev A cent that a stranger sends holds nobody, a contract with what may be others' no more than a key.
    function test_WhoHoldsACentLeaves_InAPauseAndFrozenToo() external {
        _issue(address(till), 1);
        vm.prank(court);
        currency.freeze(address(till), ORDER);
        vm.prank(guardian);
        currency.pause{value: 1}();
        _depart(address(till));
        assertEq(currency.balanceOf(address(till)), 1);
        (, Kind kind,, bool frozen,) = currency.accountOf(address(till));
        assertTrue(kind == Kind.None && frozen, "leaving thawed an account");
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

    /// @dev Neither a proposal that is withdrawn nor who says it again brings the last epoch nearer.
    function test_NothingButADepartureCountsAsOne() external {
        vm.prank(merchant);
        currency.transfer(spender, 1_000);
        address[] memory left = new address[](1);
        left[0] = merchant;
        _depart(merchant);
        for (uint256 i; i <= LAST_EPOCH; ++i) {
            residents.inform(currency, left);
        }
        for (uint256 i; i <= LAST_EPOCH; ++i) {
            vm.prank(registrar);
            residents.proposeRecovery(spender, merchant, ORDER);
            vm.prank(registrar);
            residents.withdrawRecovery(spender);
        }
        _enrol(Kind.Professional, merchant);
        vm.prank(merchant);
        currency.approve(spender, 500);
        assertEq(currency.allowance(merchant, spender), 500);
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
