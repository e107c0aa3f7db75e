// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISlipActs} from "contracts/access/interfaces/ISlipActs.sol";
import {ICurrencySlips} from "contracts/currency/interfaces/ICurrencySlips.sol";
import {ITill} from "contracts/currency/interfaces/ITill.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {TillHarness} from "tests/forge/harness/TillHarness.sol";
import {TownFixture} from "tests/forge/support/TownFixture.sol";

/// @title Money that a contract holds for others: nobody's account holds it up, and only its payee sends it elsewhere
contract TillTest is TownFixture {
    bytes32 private constant RECEIVE = keccak256(
        "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );
    uint256 private constant PRICE = 1_000;

    address private merchant;
    uint256 private merchantKey;
    address private citizen;
    uint256 private citizenKey;
    address private friend = makeAddr("friend");
    TillHarness private till;

    function setUp() public {
        _foundTownWithMoney(0);
        (merchant, merchantKey) = makeAddrAndKey("merchant");
        (citizen, citizenKey) = makeAddrAndKey("citizen");
        till = TillHarness(deployCode("TillHarness.sol:TillHarness", abi.encode(currency, residents)));
        _enrol(Kind.Professional, merchant);
        _enrol(Kind.Citizen, citizen);
        _enrol(Kind.Citizen, friend);
        _enrol(Kind.Professional, address(till));
        vm.prank(auditor);
        currency.attestReserve(1_000_000, "statement");
        vm.prank(treasurer);
        currency.issue(citizen, 10_000, "receipt");
        vm.startPrank(citizen);
        currency.approve(address(till), PRICE);
        till.payIn(PRICE);
        vm.stopPrank();
    }

    function test_WhenAPayeeCannotReceive_ItIsCreditedAndTakesItLater() external {
        _suspend();
        vm.expectEmit(address(till));
        emit ITill.Credited(7, merchant, PRICE);
        till.payOut(merchant, PRICE);
        assertEq(till.owedTo(merchant), PRICE);

        vm.prank(registrar);
        residents.reinstate(merchant, "paper");
        vm.prank(stranger);
        till.withdraw(merchant);
        assertEq(currency.balanceOf(merchant), PRICE);
        vm.expectRevert(abi.encodeWithSelector(ITill.Till_NothingOwed.selector, merchant));
        till.withdraw(merchant);
    }

    function test_ASuspendedPayeeHasItPaidToAnotherAccount_ByItsSlipOrItsOwnAct() external {
        _suspend();
        till.payOut(merchant, PRICE / 2);
        bytes memory slip = _signed(merchantKey, friend, block.timestamp);
        vm.expectEmit(address(till));
        emit ITill.Withdrawn(merchant, friend, PRICE / 2);
        vm.prank(stranger);
        till.withdrawTo(merchant, friend, block.timestamp, slip);
        assertEq(currency.balanceOf(friend), PRICE / 2);

        till.payOut(merchant, PRICE / 2);
        vm.prank(merchant);
        till.withdrawTo(merchant, friend, 0, "");
        assertEq(currency.balanceOf(friend), PRICE);
    }

    function test_NobodyElseSendsAPayeesMoneyElsewhere() external {
        _suspend();
        till.payOut(merchant, PRICE);
        bytes memory refusal = abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, merchant);
        bytes memory forged = _signed(citizenKey, friend, block.timestamp);
        vm.expectRevert(refusal);
        till.withdrawTo(merchant, friend, block.timestamp, forged);
        bytes memory slip = _signed(merchantKey, friend, block.timestamp);
        vm.expectRevert(refusal);
        till.withdrawTo(merchant, citizen, block.timestamp, slip);
        vm.expectRevert(refusal);
        vm.prank(stranger);
        till.withdrawTo(merchant, stranger, 0, "");
    }

    function test_AWithdrawalServesOnce_UntilItsDeadline() external {
        _suspend();
        till.payOut(merchant, PRICE / 2);
        uint256 deadline = FOUNDED_AT + 1 hours;
        bytes memory slip = _signed(merchantKey, friend, deadline);
        vm.warp(deadline + 1);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_SlipExpired.selector, deadline));
        till.withdrawTo(merchant, friend, deadline, slip);

        vm.warp(deadline);
        till.withdrawTo(merchant, friend, deadline, slip);
        till.payOut(merchant, PRICE / 2);
        vm.expectPartialRevert(ISlipActs.SlipActs_SlipSpent.selector);
        till.withdrawTo(merchant, friend, deadline, slip);
        assertEq(till.owedTo(merchant), PRICE / 2);
    }

    function test_WhenAPayeeIsFrozen_ItsMoneyStays() external {
        vm.prank(court);
        currency.freeze(merchant, "order");
        till.payOut(merchant, PRICE);
        vm.expectRevert(abi.encodeWithSelector(ITill.Till_Frozen.selector, merchant));
        vm.prank(merchant);
        till.withdrawTo(merchant, friend, 0, "");
    }

    function test_WhenAPayoutHasLessGasThanPromised_ItRevertsAndCreditsNobody() external {
        bool paid;
        for (uint256 gas = 30_000; !paid; gas += 5_000) {
            try till.payOut{gas: gas}(merchant, PRICE) {
                paid = true;
            } catch {}
        }
        assertEq(currency.balanceOf(merchant), PRICE);
        vm.expectRevert(ITill.Till_OutOfGas.selector);
        till.payOut{gas: 150_000}(merchant, 1);
    }

    function test_ASlipPaysForThePurposeThatItWasSignedFor_AndNoOther() external {
        bytes32 nonce = till.slipNonce("terms", "salt");
        bytes32 slip = keccak256(abi.encode(RECEIVE, citizen, till, PRICE, 0, type(uint256).max, nonce));
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(citizenKey, keccak256(abi.encodePacked("\x19\x01", currency.DOMAIN_SEPARATOR(), slip)));
        bytes memory signature = abi.encodePacked(r, s, v);
        vm.expectRevert(abi.encodeWithSelector(ICurrencySlips.LocalCurrency_InvalidSignature.selector, citizen));
        till.payInBySlip("other terms", citizen, PRICE, "salt", signature);
        till.payInBySlip("terms", citizen, PRICE, "salt", signature);
        assertEq(currency.balanceOf(address(till)), 2 * PRICE);
    }

    function _suspend() private {
        vm.prank(registrar);
        residents.suspend(merchant, "paper");
    }

    function _signed(uint256 key, address to, uint256 deadline) private view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, till.digest(merchant, to, deadline));
        return abi.encodePacked(r, s, v);
    }
}
