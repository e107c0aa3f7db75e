// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICurrencySlips} from "contracts/currency/interfaces/ICurrencySlips.sol";
import {Conveyance} from "contracts/land/Conveyance.sol";
import {IConveyance} from "contracts/land/interfaces/IConveyance.sol";
import {RightKind} from "contracts/land/interfaces/ILandRegister.sol";
import {ILandTax} from "contracts/land/interfaces/ILandTax.sol";
import {Loan, Payment, Terms} from "contracts/land/interfaces/SaleTypes.sol";
import {LandFixture} from "tests/forge/land/LandFixture.sol";
import {OwnedWallet} from "tests/forge/support/OwnedWallet.sol";

/// @title What a signature on land is worth: one act, by its signer, in one contract on one chain, once
contract LandSignaturesTest is LandFixture {
    uint256 private constant ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
    bytes32 private constant RECEIVE = keccak256(
        "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );

    enum Kind {
        Compromis,
        Amendment,
        Deed,
        Rescission,
        Retraction
    }

    uint256 private constant KINDS = 5;

    Conveyance private twin;
    Terms private terms;
    Terms private other;
    uint256 private sale;

    function setUp() public override {
        super.setUp();
        twin = Conveyance(deployCode("Conveyance.sol:Conveyance", abi.encode(_offices())));
        Terms memory some = _terms();
        _keep(some, terms);
        some.documentHash = keccak256("other");
        _keep(some, other);
    }

    function test_ASignatureServesOneActInOneContractOnOneChain() public {
        for (uint256 i; i < KINDS; ++i) {
            uint256 clean = vm.snapshotState();
            Kind kind = Kind(i);
            _stage(kind);
            for (uint256 j; j < KINDS; ++j) {
                if (j != i) _refused(kind, _signedBy(alice, bob, _digest(conveyance, Kind(j))));
            }
            _refused(kind, _signedBy(alice, bob, _digest(twin, kind)));
            vm.chainId(999);
            bytes32 elsewhere = _digest(conveyance, kind);
            vm.chainId(31337);
            _refused(kind, _signedBy(alice, bob, elsewhere));
            this.act(kind, _signedBy(alice, bob, _digest(conveyance, kind)));
            vm.revertToState(clean);
        }
    }

    function test_EachPartySignsWithItsOwnKey() public {
        for (uint256 i; i < KINDS; ++i) {
            uint256 clean = vm.snapshotState();
            Kind kind = Kind(i);
            _stage(kind);
            bytes32 digest = _digest(conveyance, kind);
            if (kind != Kind.Retraction) {
                _refused(kind, _signedBy(carol, bob, digest));
                _refused(kind, _signedBy(bob, alice, digest));
            }
            _refused(kind, _signedBy(alice, carol, digest));
            bytes[] memory signatures = _signedBy(alice, bob, digest);
            signatures[1] = _highS(signatures[1]);
            _refused(kind, signatures);
            signatures[1] = "";
            _refused(kind, signatures);
            vm.revertToState(clean);
        }
    }

    function test_ASignatureServesOnce() public {
        for (uint256 i; i < KINDS; ++i) {
            uint256 clean = vm.snapshotState();
            Kind kind = Kind(i);
            _stage(kind);
            bytes[] memory signatures = _signedBy(alice, bob, _digest(conveyance, kind));
            this.act(kind, signatures);
            vm.expectRevert();
            this.act(kind, signatures);
            vm.revertToState(clean);
        }
    }

    function test_TermsThatWereLeftAreNotReturnedTo() public {
        _stage(Kind.Amendment);
        bytes32 first = conveyance.hashTerms(terms);
        bytes32 second = conveyance.hashTerms(other);
        bytes32 back = conveyance.amendmentDigest(sale, second, first);
        this.act(Kind.Amendment, _signedBy(alice, bob, _digest(conveyance, Kind.Amendment)));
        // Else the first amendment's signatures would serve again.
        bytes[] memory signatures = _signedBy(alice, bob, back);
        vm.expectRevert(abi.encodeWithSelector(IConveyance.Conveyance_OtherTerms.selector, first));
        vm.prank(notary);
        conveyance.amend(sale, other, terms, signatures);
    }

    function test_ASignatureForOneSaleServesNoOther() public {
        Kind[3] memory kinds = [Kind.Deed, Kind.Rescission, Kind.Retraction];
        for (uint256 i; i < kinds.length; ++i) {
            uint256 clean = vm.snapshotState();
            _stage(kinds[i]);
            uint256 mine = sale;
            sale += 1;
            bytes32 another = _digest(conveyance, kinds[i]);
            sale = mine;
            _refused(kinds[i], _signedBy(alice, bob, another));
            vm.revertToState(clean);
        }
    }

    function test_ACompromisSignedTooLongAgoOpensNothing() public {
        bytes[] memory signatures = _signedBy(alice, bob, _digest(conveyance, Kind.Compromis));
        vm.warp(terms.depositBy + 1);
        vm.expectRevert(IConveyance.Conveyance_InvalidDeadlines.selector);
        this.act(Kind.Compromis, signatures);
    }

    function test_ADeedSignedTooLongAgoSettlesNothing() public {
        _stage(Kind.Deed);
        bytes[] memory signatures = _signedBy(alice, bob, _digest(conveyance, Kind.Deed));
        vm.warp(terms.settleBy + 1);
        vm.expectRevert(abi.encodeWithSelector(IConveyance.Conveyance_TooLate.selector, terms.settleBy));
        this.act(Kind.Deed, signatures);
    }

    function test_TheLenderSignsTheDeedItself() public {
        Terms memory some = _terms();
        some.loan = Loan(lender, 5, 30_000);
        some.funding = new Payment[](2);
        (some.funding[0], some.funding[1]) = (Payment(bob, _total(some) - 5), Payment(lender, 5));
        sale = _openFunded(some);
        _afterRetraction();
        bytes[] memory signatures = _deedSignatures(sale, some, 1);
        signatures[2] = _sign(bank, _deed(sale, some));
        vm.expectRevert(abi.encodeWithSelector(IConveyance.Conveyance_InvalidSignature.selector, lender));
        vm.prank(notary);
        conveyance.settle(sale, some, signatures);
        _settle(sale, some);
        assertEq(charges.chargesOf(house)[0].creditor, lender);
    }

    function test_ASmartAccountBuysByItsOwnersSignature() public {
        address wallet = address(new OwnedWallet(bob));
        Terms memory some = _terms();
        some.bought = _rights(wallet, RightKind.Full, 1);
        bytes32 digest = conveyance.compromisDigest(some);
        bytes[] memory forged = _signedBy(alice, carol, digest);
        bytes[] memory signatures = _signedBy(alice, bob, digest);
        some.funding = _payments(bob, _total(some));
        vm.startPrank(notary);
        vm.expectRevert(abi.encodeWithSelector(IConveyance.Conveyance_InvalidSignature.selector, wallet));
        conveyance.open(some, forged);
        sale = conveyance.open(some, signatures);
        vm.stopPrank();
        _fund(sale, bob, _total(some));
        _afterRetraction();
        signatures = _signedBy(alice, bob, _deed(sale, some));
        vm.prank(notary);
        conveyance.settle(sale, some, signatures);
        assertEq(register.ownerOf(house), wallet);
    }

    function test_ASlipThatFundsIsItsPayersInTimeAndOnce() public {
        _stage(Kind.Compromis);
        sale = _open(terms);
        uint256 until = block.timestamp + 1 days;
        bytes32 nonce = conveyance.slipNonce(conveyance.saleOf(sale).termsHash, DEED);
        bytes memory slip = _slip(bob, address(conveyance), 100, until, nonce);
        bytes memory forged = _slip(carol, address(conveyance), 100, until, nonce);
        vm.expectRevert(abi.encodeWithSelector(ICurrencySlips.LocalCurrency_InvalidSignature.selector, bob));
        conveyance.fundBySlip(sale, bob, 100, 0, until, DEED, forged);
        vm.expectRevert(abi.encodeWithSelector(IConveyance.Conveyance_NotPledged.selector, sale, carol, 100));
        conveyance.fundBySlip(sale, carol, 100, 0, until, DEED, forged);
        vm.expectRevert(abi.encodeWithSelector(ICurrencySlips.LocalCurrency_InvalidSignature.selector, bob));
        conveyance.fundBySlip(sale, bob, 101, 0, until, DEED, slip);
        uint256 before = vm.snapshotState();
        vm.warp(until);
        vm.expectRevert(abi.encodeWithSelector(ICurrencySlips.LocalCurrency_SlipExpired.selector, until));
        conveyance.fundBySlip(sale, bob, 100, 0, until, DEED, slip);
        vm.revertToState(before);
        conveyance.fundBySlip(sale, bob, 100, 0, until, DEED, slip);
        vm.expectRevert(abi.encodeWithSelector(ICurrencySlips.LocalCurrency_SlipUsed.selector, bob, nonce));
        conveyance.fundBySlip(sale, bob, 100, 0, until, DEED, slip);
        assertEq(conveyance.shareOf(sale, bob).paid_cents, 100);
    }

    function test_ASlipThatPaysABillIsItsPayersInTimeAndOnce() public {
        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(house, alice, 100))));
        vm.prank(clerk);
        tax.publishRoll(2027, leaf, 100);
        bytes32[] memory proof;
        uint256 until = block.timestamp + 1 days;
        bytes32 receipt = tax.receiptOf(2027, house, alice, 100);
        bytes memory slip = _slip(bob, address(tax), 100, until, receipt);
        bytes memory forged = _slip(carol, address(tax), 100, until, receipt);
        vm.expectRevert(abi.encodeWithSelector(ICurrencySlips.LocalCurrency_InvalidSignature.selector, bob));
        tax.payBySlip(2027, house, alice, 100, proof, bob, until, forged);
        uint256 before = vm.snapshotState();
        vm.warp(until);
        vm.expectRevert(abi.encodeWithSelector(ICurrencySlips.LocalCurrency_SlipExpired.selector, until));
        tax.payBySlip(2027, house, alice, 100, proof, bob, until, slip);
        vm.revertToState(before);
        tax.payBySlip(2027, house, alice, 100, proof, bob, until, slip);
        vm.expectRevert(abi.encodeWithSelector(ILandTax.LandTax_AlreadyPaid.selector, receipt));
        tax.payBySlip(2027, house, alice, 100, proof, bob, until, slip);
    }

    /// @dev The act of a kind, with these signatures of Alice and Bob.
    function act(Kind kind, bytes[] calldata signatures) external {
        if (kind == Kind.Retraction) return conveyance.retract(sale, terms, bob, signatures[1]);
        if (kind == Kind.Rescission) return conveyance.rescind(sale, terms, signatures);
        vm.prank(notary);
        if (kind == Kind.Compromis) conveyance.open(terms, signatures);
        else if (kind == Kind.Amendment) conveyance.amend(sale, terms, other, signatures);
        else conveyance.settle(sale, terms, signatures);
    }

    /// @dev As far as a sale must be for the act.
    function _stage(Kind kind) private {
        sale = (house << 16) | 2;
        if (kind == Kind.Compromis) return;
        assertEq(_openFunded(terms), sale);
        if (kind == Kind.Deed) _afterRetraction();
    }

    function _digest(Conveyance of_, Kind kind) private view returns (bytes32) {
        if (kind == Kind.Compromis) return of_.compromisDigest(terms);
        if (kind == Kind.Amendment) return of_.amendmentDigest(sale, of_.hashTerms(terms), of_.hashTerms(other));
        if (kind == Kind.Deed) return of_.deedDigest(sale, of_.hashTerms(terms));
        return kind == Kind.Rescission ? of_.rescissionDigest(sale) : of_.retractionDigest(sale);
    }

    function _refused(Kind kind, bytes[] memory signatures) private {
        vm.expectPartialRevert(IConveyance.Conveyance_InvalidSignature.selector);
        this.act(kind, signatures);
    }

    function _signedBy(address seller, address buyer, bytes32 digest) private view returns (bytes[] memory signatures) {
        signatures = new bytes[](2);
        (signatures[0], signatures[1]) = (_sign(seller, digest), _sign(buyer, digest));
    }

    /// @dev The other signature that the curve allows.
    function _highS(bytes memory signature) private pure returns (bytes memory) {
        bytes32 r;
        uint256 s;
        assembly ("memory-safe") {
            r := mload(add(signature, 0x20))
            s := mload(add(signature, 0x40))
        }
        return abi.encodePacked(r, ORDER - s, signature[64] == 0x1b ? uint8(28) : uint8(27));
    }

    function _slip(address payer, address payee, uint256 amount_cents, uint256 until, bytes32 nonce)
        private
        view
        returns (bytes memory)
    {
        bytes32 slip = keccak256(abi.encode(RECEIVE, bob, payee, amount_cents, 0, until, nonce));
        return _sign(payer, keccak256(abi.encodePacked("\x19\x01", currency.DOMAIN_SEPARATOR(), slip)));
    }
}
