// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

import {ICurrencySlips} from "contracts/currency/interfaces/ICurrencySlips.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {OwnedWallet} from "tests/forge/support/OwnedWallet.sol";
import {TownFixture} from "tests/forge/support/TownFixture.sol";

/// @title A smart account gone bad: asked for a signature, it burns all the gas it is given
contract GasBurnerMock {
    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        assembly ("memory-safe") {
            for {} 1 {} {}
        }
        return IERC1271.isValidSignature.selector;
    }
}

/// @title A smart account gone bad: it answers yes, and a hundred kilobytes more
contract LongAnswerMock {
    fallback() external {
        bytes32 yes = IERC1271.isValidSignature.selector;
        assembly ("memory-safe") {
            mstore(0x00, yes)
            return(0x00, 100000)
        }
    }
}

/// @title A contract that answers every question with one, which is not the selector
contract YesManMock {
    fallback() external {
        assembly ("memory-safe") {
            mstore(0x00, 1)
            return(0x00, 0x20)
        }
    }
}

/// @title Slips of smart accounts (ERC-1271) and of keys that lend their account to code (EIP-7702)
contract SmartAccountsTest is TownFixture {
    bytes32 private constant TRANSFER = keccak256(
        "TransferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );
    address private owner;
    uint256 private ownerKey;
    address private wallet;
    address private citizen;
    uint256 private citizenKey;

    function setUp() public {
        _foundTownWithMoney(0);
        (owner, ownerKey) = makeAddrAndKey("owner");
        (citizen, citizenKey) = makeAddrAndKey("citizen");
        wallet = address(new OwnedWallet(owner));
        _welcome(wallet);
        _welcome(citizen);
    }

    function test_ASmartAccountPaysBySlip() external {
        _post(_slip(wallet, citizen, 300, ownerKey));
        assertEq(currency.balanceOf(citizen), 1_300);
    }

    function test_ASmartAccountsSlipServesOnce() external {
        ICurrencySlips.Slip memory slip = _slip(wallet, citizen, 300, ownerKey);
        _post(slip);
        vm.expectRevert(
            abi.encodeWithSelector(ICurrencySlips.LocalCurrency_SlipUsed.selector, wallet, bytes32(uint256(1)))
        );
        _post(slip);
    }

    function test_ASlipThatTheSmartAccountDoesNotOwnUpToIsRefused() external {
        ICurrencySlips.Slip memory slip = _slip(wallet, citizen, 300, citizenKey);
        _expectInvalid(wallet);
        _post(slip);
    }

    function test_AContractThatAnswersOneIsNoSigner() external {
        address yesMan = address(new YesManMock());
        _welcome(yesMan);
        ICurrencySlips.Slip memory slip = _slip(yesMan, citizen, 300, ownerKey);
        _expectInvalid(yesMan);
        _post(slip);
    }

    function test_AContractThatAnswersAtLengthIsNoSignerAndCostsNothing() external {
        address chatterbox = address(new LongAnswerMock());
        _welcome(chatterbox);
        ICurrencySlips.Slip memory slip = _slip(chatterbox, citizen, 300, ownerKey);
        _expectInvalid(chatterbox);
        _post(slip);
    }

    function test_AKeyThatLendsItsAccountToCodeStillSigns() external {
        vm.etch(citizen, abi.encodePacked(hex"ef0100", address(new YesManMock())));
        _post(_slip(citizen, wallet, 300, citizenKey));
        assertEq(currency.balanceOf(wallet), 1_300);
    }

    function test_AnAccountThatBurnsAllGasDoesNotStopABatch() external {
        address burner = address(new GasBurnerMock());
        _welcome(burner);
        ICurrencySlips.Slip[] memory slips = new ICurrencySlips.Slip[](5);
        for (uint256 i; i < 4; ++i) {
            slips[i] = _slip(burner, citizen, 1, ownerKey);
            slips[i].nonce = bytes32(i);
        }
        slips[4] = _slip(wallet, citizen, 300, ownerKey);

        uint256 before = gasleft();
        vm.prank(stranger);
        uint256 posted = currency.transferWithAuthorizationBatch(slips);

        assertEq(posted, 1);
        assertEq(currency.balanceOf(citizen), 1_300);
        assertLt(before - gasleft(), 4 * 220_000 + 100_000, "a bad account costs the poster more than it may");
    }

    function testFuzz_WhenSixOfTwentyBurnTheirGas_TheOthersArePaidOrNobodyIs(uint256 gas) external {
        gas = bound(gas, 200_000, 5_000_000);
        address burner = address(new GasBurnerMock());
        _welcome(burner);
        ICurrencySlips.Slip[] memory slips = new ICurrencySlips.Slip[](20);
        for (uint256 i; i < slips.length; ++i) {
            slips[i] = _slip(i % 3 == 1 && i < 18 ? burner : wallet, citizen, 1, ownerKey, bytes32(i));
        }

        bytes memory batch = abi.encodeCall(currency.transferWithAuthorizationBatch, (slips));
        (bool done, bytes memory answer) = address(currency).call{gas: gas}(batch);

        assertEq(currency.balanceOf(citizen), done ? 1_014 : 1_000, "a burner starved another's slip");
        if (done) assertEq(abi.decode(answer, (uint256)), 14);
        if (gas > 3_000_000) assertTrue(done, "the batch asks for far more than it uses");
    }

    function test_WhenABatchHasTooLittleGas_ItNamesTheSlipItCameTo() external {
        ICurrencySlips.Slip[] memory slips = new ICurrencySlips.Slip[](1);
        slips[0] = _slip(wallet, citizen, 300, ownerKey);
        vm.expectRevert(abi.encodeWithSelector(ICurrencySlips.LocalCurrency_OutOfGas.selector, 0));
        currency.transferWithAuthorizationBatch{gas: 200_000}(slips);
    }

    function test_APosterMeanWithGasForgesNothingAndTheSlipIsPostedAgain() external {
        ICurrencySlips.Slip[] memory slips = new ICurrencySlips.Slip[](1);
        slips[0] = _slip(wallet, citizen, 300, ownerKey);
        for (uint256 gas = 20_000; gas < 400_000; gas += 9_000) {
            uint256 snapshot = vm.snapshotState();
            (bool done,) =
                address(currency).call{gas: gas}(abi.encodeCall(currency.transferWithAuthorizationBatch, (slips)));
            assertTrue(
                currency.authorizationState(wallet, slips[0].nonce) == (currency.balanceOf(citizen) == 1_300),
                "a slip was used and not paid"
            );
            done;
            vm.revertToState(snapshot);
        }
        assertEq(currency.transferWithAuthorizationBatch(slips), 1);
    }

    function _welcome(address account) private {
        address[] memory accounts = new address[](1);
        accounts[0] = account;
        vm.prank(registrar);
        residents.enrol(Kind.Citizen, accounts, new bytes32[](0));
        vm.prank(auditor);
        currency.attestReserve(1_000_000, "statement");
        vm.prank(treasurer);
        currency.issue(account, 1_000, keccak256(abi.encode(account)));
    }

    function _slip(address from, address to, uint256 value, uint256 key)
        private
        view
        returns (ICurrencySlips.Slip memory)
    {
        return _slip(from, to, value, key, bytes32(uint256(1)));
    }

    function _slip(address from, address to, uint256 value, uint256 key, bytes32 nonce)
        private
        view
        returns (ICurrencySlips.Slip memory slip)
    {
        bytes32 hash = keccak256(abi.encode(TRANSFER, from, to, value, 0, type(uint256).max, nonce));
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(key, keccak256(abi.encodePacked(hex"1901", currency.DOMAIN_SEPARATOR(), hash)));
        slip = ICurrencySlips.Slip(from, to, value, 0, type(uint256).max, nonce, abi.encodePacked(r, s, v));
    }

    function _post(ICurrencySlips.Slip memory slip) private {
        vm.prank(stranger);
        currency.transferWithAuthorization(
            slip.from, slip.to, slip.value, slip.validAfter, slip.validBefore, slip.nonce, slip.signature
        );
    }

    function _expectInvalid(address signer) private {
        vm.expectRevert(abi.encodeWithSelector(ICurrencySlips.LocalCurrency_InvalidSignature.selector, signer));
    }
}
