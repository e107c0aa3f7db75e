// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISlipActs} from "contracts/access/interfaces/ISlipActs.sol";
import {ICurrencySlips} from "contracts/currency/interfaces/ICurrencySlips.sol";
import {IProgrammes} from "contracts/currency/interfaces/IProgrammes.sol";
import {ProgrammesFixture} from "tests/forge/currency/ProgrammesFixture.sol";
import {OwnedWallet} from "tests/forge/support/OwnedWallet.sol";

/// @title What a signature is worth: one act in one programme, once, until its deadline, in one contract on one chain
contract ProgrammeSlipsTest is ProgrammesFixture {
    function setUp() public {
        _foundAid();
        _fund(programme, 100_00);
        _allow(granter, 100_00);
    }

    function test_AProgrammesNameBindsSponsorSaltContractAndChain() public {
        bytes32 name = programmes.nameOf(sponsor, "food");
        assertEq(name, keccak256(abi.encode(block.chainid, address(programmes), sponsor, bytes32("food"))));
        assertNotEq(name, programmes.nameOf(granter, "food"));
        assertNotEq(name, programmes.nameOf(sponsor, "books"));
        assertNotEq(name, _another().nameOf(sponsor, "food"));
        vm.chainId(1);
        assertNotEq(name, programmes.nameOf(sponsor, "food"));
    }

    function test_ASpendIsForItsHolderMerchantUnitsNonceAndDeadline() public {
        IProgrammes.Spend memory spend = _slip(amal, grocer, 10_00, 5);
        spend.merchant = baker;
        _refusesSigner(spend);
        spend = _slip(amal, grocer, 10_00, 5);
        spend.units = 11_00;
        _refusesSigner(spend);
        spend = _slip(amal, grocer, 10_00, 5);
        spend.nonce = 6;
        _refusesSigner(spend);
        spend = _slip(amal, grocer, 10_00, 5);
        ++spend.deadline;
        _refusesSigner(spend);
        spend = _slip(amal, grocer, 10_00, 5);
        spend.holder = bela;
        _refusesSigner(spend);
        spend = _slip(amal, grocer, 10_00, 5);
        spend.signature = _signedSpend(spend, stranger);
        _refusesSigner(spend);
        spend.signature = "";
        _refusesSigner(spend);
        vm.prank(amal);
        _refusesSigner(spend);
    }

    function test_ASpendServesInOneProgrammeOfOneContractOnOneChain() public {
        IProgrammes.Spend memory spend = _slip(amal, grocer, 10_00, 0);
        bytes32 here = _spendHash(programme, spend);
        spend.signature = _signedIn(_domain("Programmes", address(this)), amal, here);
        _refusesSigner(spend);
        uint256 chain = block.chainid;
        vm.chainId(1);
        bytes32 elsewhere = _domain("Programmes", address(programmes));
        vm.chainId(chain);
        spend.signature = _signedIn(elsewhere, amal, here);
        _refusesSigner(spend);
        spend.signature = _signedIn(
            _domain("Programmes", address(programmes)), amal, _spendHash(programmes.nameOf(sponsor, "x"), spend)
        );
        _refusesSigner(spend);
    }

    function test_ASpendServesOnce_UntilItsDeadline() public {
        IProgrammes.Spend memory spend = _slip(amal, grocer, 10_00, 0);
        vm.warp(spend.deadline + 1);
        _refuses(spend, abi.encodeWithSelector(ISlipActs.SlipActs_SlipExpired.selector, spend.deadline));
        vm.warp(spend.deadline);
        _post(spend);
        _refuses(spend, abi.encodeWithSelector(IProgrammes.Programmes_NonceUsed.selector, amal, 0));
    }

    function test_NoncesServeInAnyOrder_WithinSixtyFourOfTheHighest() public {
        _spend(amal, grocer, 1, 70);
        _spend(amal, grocer, 1, 7);
        _refuses(_slip(amal, grocer, 1, 7), _used(7));
        _refuses(_slip(amal, grocer, 1, 6), _used(6));
        _spend(amal, grocer, 1, 69);
        _spend(amal, grocer, 1, 133);
        _refuses(_slip(amal, grocer, 1, 70), _used(70));
        _refuses(_slip(amal, grocer, 1, 69), _used(69));
        _spend(amal, grocer, 1, 71);
        _spend(amal, grocer, 1, type(uint16).max);
        _refuses(_slip(amal, grocer, 1, 133), _used(133));
    }

    /// @dev Against a set of all that served.
    /// forge-config: default.fuzz.runs = 96
    function testFuzz_ANonceServesOnce(uint16[24] memory nonces, uint8 spread) public {
        uint256 highest;
        bool[] memory served = new bool[](1 << 16);
        for (uint256 i; i < nonces.length; ++i) {
            uint16 nonce = uint16(bound(nonces[i], 0, uint256(spread) + 8));
            IProgrammes.Spend memory spend = _slip(amal, grocer, 1, nonce);
            if (served[nonce] || nonce + 64 <= highest) {
                _refuses(spend, _used(nonce));
                continue;
            }
            _post(spend);
            served[nonce] = true;
            if (nonce > highest) highest = nonce;
        }
    }

    /// @dev Allowances and grants, period by period, against plain sums.
    /// forge-config: default.fuzz.runs = 192
    function testFuzz_NoHolderSpendsMoreThanHerAllowanceAndGrants(uint32[12] memory amounts, uint32 days_) public {
        uint256 granted;
        uint256 grants;
        uint256 spent;
        uint256 period;
        for (uint16 i; i < amounts.length; ++i) {
            if (amounts[i] % 4 == 0 && grants < 100_00) {
                uint32 more = uint32(bound(amounts[i], 1, 100_00 - grants));
                grants += more;
                _grant(amal, more, bytes32(uint256(i)));
                granted += more;
            }
            uint32 units = uint32(bound(amounts[i], 1, 80_00));
            uint256 of_ = spent > EACH ? 0 : EACH - spent;
            IProgrammes.Spend memory spend = _slip(amal, grocer, units, i);
            if (units > of_ + granted) {
                _refuses(
                    spend, abi.encodeWithSelector(IProgrammes.Programmes_AllowanceExceeded.selector, of_ + granted)
                );
            } else {
                _post(spend);
                granted -= units > of_ ? units - of_ : 0;
                spent += units;
                assertEq(_holder(amal).granted, granted);
                assertEq(_holder(amal).spent, spent);
            }
            vm.warp(block.timestamp + uint256(days_) % 12 * 1 days);
            uint256 now_ = (block.timestamp - FOUNDED_AT) / PERIOD_S;
            if (now_ >= PERIODS) return;
            if (now_ != period) (period, spent) = (now_, 0);
        }
    }

    function test_AGrantIsTheGranters_ForItsHolderUnitsActAndDeadline() public {
        IProgrammes.Grant memory grant = _grantSlip(amal, 10_00, "act");
        grant.holder = bela;
        _refusesGranter(grant, granter);
        grant = _grantSlip(amal, 10_00, "act");
        grant.units = 11_00;
        _refusesGranter(grant, granter);
        grant = _grantSlip(amal, 10_00, "act");
        grant.act = "other";
        _refusesGranter(grant, granter);
        grant = _grantSlip(amal, 10_00, "act");
        ++grant.deadline;
        _refusesGranter(grant, granter);
        grant = _grantSlip(amal, 10_00, "act");
        grant.signature = _signedGrant(grant, stranger);
        _refusesGranter(grant, granter);
        grant.signature = _signedIn(_domain("Programmes", address(this)), granter, _grantHash(grant));
        _refusesGranter(grant, granter);
        uint256 chain = block.chainid;
        vm.chainId(1);
        bytes32 elsewhere = _domain("Programmes", address(programmes));
        vm.chainId(chain);
        grant.signature = _signedIn(elsewhere, granter, _grantHash(grant));
        _refusesGranter(grant, granter);
        grant.signature = "";
        _refusesGranter(grant, granter);
        vm.prank(granter);
        programmes.grant(programme, grant);
    }

    function test_AGrantServesOnce_UntilItsDeadline_ByTheGrantersKeyInForce() public {
        IProgrammes.Grant memory grant = _grantSlip(amal, 10_00, "act");
        vm.warp(grant.deadline + 1);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_SlipExpired.selector, grant.deadline));
        programmes.grant(programme, grant);
        vm.warp(grant.deadline);
        programmes.grant(programme, grant);
        vm.expectRevert(abi.encodeWithSelector(IProgrammes.Programmes_ActGranted.selector, bytes32("act")));
        programmes.grant(programme, grant);
        vm.warp(FOUNDED_AT + 10 days);
        address key = _recovered(granter, "granter's next key");
        grant = _grantSlip(amal, 10_00, "another");
        _refusesGranter(grant, key);
        grant.signature = _signedGrant(grant, key);
        programmes.grant(programme, grant);
    }

    function test_AFundingSlipFundsOneProgramme_Once() public {
        bytes32 purpose = programmes.fundPurpose(programme);
        assertEq(purpose, keccak256(abi.encode(keccak256("Fund(bytes32 programme)"), programme)));
        bytes memory signature = _signedPayment(granter, 10_00, purpose, "salt");
        IProgrammes.Terms memory terms = _terms();
        terms.salt = "other";
        vm.prank(sponsor);
        bytes32 other = programmes.open(terms);
        _refusesFunding(other, 10_00, signature, _invalid(granter));
        _refusesFunding(programme, 11_00, signature, _invalid(granter));
        vm.prank(stranger);
        programmes.fundBySlip(programme, granter, 10_00, 0, type(uint256).max, "salt", signature);
        assertEq(currency.balanceOf(granter), POCKET - 10_00);
        bytes32 nonce = programmes.slipNonce(purpose, "salt");
        _refusesFunding(
            programme,
            10_00,
            signature,
            abi.encodeWithSelector(ICurrencySlips.LocalCurrency_SlipUsed.selector, granter, nonce)
        );
    }

    function test_ARefundingSlipRefundsOneSpend_Once() public {
        IProgrammes.Spend memory spend = _spend(amal, grocer, 60_00, 0);
        IProgrammes.Spend memory other = _spend(bela, grocer, 60_00, 0);
        bytes32 spendHash = programmes.hashSpend(programme, spend);
        assertEq(spendHash, _spendHash(programme, spend));
        bytes32 purpose = programmes.refundPurpose(spendHash, 10_00);
        bytes32 typeHash = keccak256(
            "Refund(Spend spend,uint32 units)Spend(bytes32 programme,address holder,address merchant,uint32 units,uint16 nonce,uint40 deadline)"
        );
        assertEq(purpose, keccak256(abi.encode(typeHash, spendHash, 10_00)));
        bytes memory signature = _signedPayment(grocer, 10_00, purpose, "salt");
        vm.expectRevert(_invalid(grocer));
        programmes.refundBySlip(programme, other, 10_00, 0, type(uint256).max, "salt", signature);
        vm.expectRevert(_invalid(grocer));
        programmes.refundBySlip(programme, spend, 9_00, 0, type(uint256).max, "salt", signature);
        vm.prank(stranger);
        programmes.refundBySlip(programme, spend, 10_00, 0, type(uint256).max, "salt", signature);
        assertEq(_holder(amal).spent, 50_00);
        assertEq(currency.balanceOf(grocer), POCKET + 110_00);
        vm.expectPartialRevert(ICurrencySlips.LocalCurrency_SlipUsed.selector);
        programmes.refundBySlip(programme, spend, 10_00, 0, type(uint256).max, "salt", signature);
    }

    function test_ASmartAccountHoldsAndGrantsByItsOwnersSignature() public {
        address wallet = address(new OwnedWallet(_keyed("owner")));
        keys[wallet] = keys[_keyed("owner")];
        _allow(wallet, 0);
        _grant(wallet, 10_00, "act");
        _spend(wallet, grocer, 10_00, 0);
        assertEq(currency.balanceOf(grocer), POCKET + 10_00);
    }

    function _refusesSigner(IProgrammes.Spend memory spend) private {
        _refuses(spend, abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, spend.holder));
    }

    function _refusesGranter(IProgrammes.Grant memory grant, address key) private {
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, key));
        programmes.grant(programme, grant);
    }

    function _refusesFunding(bytes32 of_, uint256 amount_cents, bytes memory signature, bytes memory refusal) private {
        vm.expectRevert(refusal);
        programmes.fundBySlip(of_, granter, amount_cents, 0, type(uint256).max, "salt", signature);
    }

    function _invalid(address account) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ICurrencySlips.LocalCurrency_InvalidSignature.selector, account);
    }

    function _used(uint256 nonce) private view returns (bytes memory) {
        return abi.encodeWithSelector(IProgrammes.Programmes_NonceUsed.selector, amal, nonce);
    }
}
