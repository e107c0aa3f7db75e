// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

import {ISlipActs} from "contracts/access/interfaces/ISlipActs.sol";
import {IFacts} from "contracts/records/interfaces/IFacts.sol";
import {FactsFixture} from "tests/forge/records/FactsFixture.sol";
import {OwnedWallet} from "tests/forge/support/OwnedWallet.sol";

/// @title What an issuer's signature is worth: one act of one fact, once, in one contract on one chain
contract FactsSlipsTest is FactsFixture {
    uint256 private constant GENERATOR = 0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798; // its x
    uint256 private constant ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    function setUp() public {
        _found();
    }

    function test_AStatementIsPostedOnce() public {
        IFacts.Statement memory statement = _says(1);
        bytes[] memory signatures = _signed(_stateSlip(statement), ALL);
        facts.state(statement, ALL, signatures);
        vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_NotNext.selector, 2, 1));
        facts.state(statement, ALL, signatures);
        _stated(2, ALL);
        vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_NotNext.selector, 3, 1));
        facts.state(statement, ALL, signatures);
        statement.number = 3;
        _refused(statement, signatures, 0);
    }

    function test_AStatementServesForWhatItSays() public {
        IFacts.Statement memory statement = _says(1);
        bytes[] memory signatures = _signed(_stateSlip(statement), ALL);
        IFacts.Statement memory other = _says(2);
        _refused(other, signatures, 0);
        other = _says(1);
        --other.at;
        _refused(other, signatures, 0);
        other = _says(1);
        other.source = "elsewhere";
        _refused(other, signatures, 0);
        other = _says(1);
        ++other.deadline;
        _refused(other, signatures, 0);
        IFacts.Fact memory barley = _wheat();
        barley.name = "barley";
        other = _says(1);
        other.fact = facts.open(barley);
        _refused(other, signatures, 0);
    }

    function test_AStatementServesInOneContractOnOneChain() public {
        IFacts.Statement memory statement = _says(1);
        _refused(statement, _signedFor(_stateSlip(statement), ALL, address(this), block.chainid), 0);
        _refused(statement, _signedFor(_stateSlip(statement), ALL, address(facts), 1), 0);
    }

    function test_AStatementIsNotPostedLate() public {
        IFacts.Statement memory statement = _says(1);
        bytes[] memory signatures = _signed(_stateSlip(statement), ALL);
        vm.warp(NOW + 1);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_SlipExpired.selector, NOW));
        facts.state(statement, ALL, signatures);
    }

    function test_EachSignatureIsItsIssuers() public {
        IFacts.Statement memory statement = _says(1);
        bytes[] memory signatures = _signed(_stateSlip(statement), ALL);
        (, uint256 strangersKey) = makeAddrAndKey("stranger");
        bytes memory strangers = _sign(strangersKey, _digest(_stateSlip(statement), address(facts), block.chainid));
        for (uint256 place; place < 3; ++place) {
            bytes memory good = signatures[place];
            signatures[place] = strangers;
            _refused(statement, signatures, place);
            signatures[place] = "";
            _refused(statement, signatures, place);
            signatures[place] = _highS(good);
            _refused(statement, signatures, place);
            signatures[place] = new bytes(65);
            _refused(statement, signatures, place);
            signatures[place] = good;
        }
        facts.state(statement, ALL, signatures);
    }

    function test_NoIssuerCountsTwice() public {
        IFacts.Statement memory statement = _says(1);
        bytes[] memory signatures = _signed(_stateSlip(statement), ALL);
        (signatures[1], signatures[2]) = (signatures[0], signatures[0]);
        _refused(statement, signatures, 1);

        bytes[] memory two = new bytes[](2);
        (two[0], two[1]) = (signatures[0], _anotherOf(0, statement));
        assertTrue(_isHers(two[1], 0, statement), "both are good");
        vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_TooFewSigners.selector, 2, 1));
        facts.state(statement, 1, two);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, issuers[1]));
        facts.state(statement, FIRST_TWO, two);
    }

    function test_ThereIsOneSignatureForEachSigner() public {
        IFacts.Statement memory statement = _says(1);
        bytes[] memory signatures = _signed(_stateSlip(statement), ALL);
        vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_SignaturesAsked.selector, 2, 3));
        facts.state(statement, FIRST_TWO, signatures);
        signatures = _signed(_stateSlip(statement), FIRST_TWO);
        vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_SignaturesAsked.selector, 3, 2));
        facts.state(statement, ALL, signatures);
    }

    function test_WhoIsNotNamedHasNoSeat() public {
        IFacts.Statement memory statement = _says(1);
        bytes[] memory signatures = new bytes[](3);
        vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_NotSeated.selector, 1 << 3));
        facts.state(statement, FIRST_TWO | 1 << 3, signatures);
        vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_NotSeated.selector, 1 << 23));
        facts.state(statement, FIRST_TWO | 1 << 23, signatures);
        vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_NotSeated.selector, 1 << 24));
        facts.resign(fact, 24, NOW, "");
    }

    function test_AWithdrawalServesForWhatItSays() public {
        _stated(1, ALL);
        bytes[] memory signatures = _signed(_withdrawSlip(fact, 2, "error", NOW), ALL);
        _refusedWithdrawal("other", NOW, signatures);
        _refusedWithdrawal("error", NOW + 1, signatures);
        bytes32 slip = _withdrawSlip(fact, 2, "error", NOW);
        _refusedWithdrawal("error", NOW, _signedFor(slip, ALL, address(this), block.chainid));
        _refusedWithdrawal("error", NOW, _signedFor(slip, ALL, address(facts), 1));
        _refusedWithdrawal("error", NOW, _signed(_withdrawSlip("other", 2, "error", NOW), ALL));
        _refusedWithdrawal("error", NOW, _signed(_stateSlip(_says(1)), ALL));

        vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_NotNext.selector, 2, 1));
        facts.withdraw(fact, 1, "error", NOW, ALL, signatures);
        facts.withdraw(fact, 2, "error", NOW, ALL, signatures);
        vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_NotNext.selector, 3, 2));
        facts.withdraw(fact, 2, "error", NOW, ALL, signatures);
        vm.warp(NOW + 1);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_SlipExpired.selector, NOW));
        facts.withdraw(fact, 3, "error", NOW, ALL, signatures);
    }

    function test_AnIssuersSlipResignsItsOwnSeatAlone() public {
        bytes memory signature = _signed(_resignSlip(issuers[1], NOW), 2)[0];
        _refusedResignation(0, NOW, signature);
        _refusedResignation(1, NOW + 1, signature);
        _refusedResignation(1, NOW, "");
        _refusedResignation(1, NOW, _highS(signature));
        _refusedResignation(1, NOW, _signed(_resignSlip(issuers[1], NOW), 1)[0]);
        _refusedResignation(1, NOW, _signedFor(_resignSlip(issuers[1], NOW), 2, address(this), block.chainid)[0]);
        _refusedResignation(1, NOW, _signedFor(_resignSlip(issuers[1], NOW), 2, address(facts), 1)[0]);
        vm.prank(stranger);
        facts.resign(fact, 1, NOW, signature);
        assertEq(facts.recordOf(fact).seats, 5);
        vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_NotSeated.selector, 2));
        facts.resign(fact, 1, NOW, signature);
        signature = _signed(_resignSlip(issuers[0], NOW), 1)[0];
        vm.warp(NOW + 1);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_SlipExpired.selector, NOW));
        facts.resign(fact, 0, NOW, signature);
    }

    function test_ASmartAccountIsAnIssuerByItsOwnersSignature() public {
        (address owner, uint256 key) = makeAddrAndKey("owner");
        address wallet = address(new OwnedWallet(owner));
        keys[wallet] = key;
        _seat(wallet);
        IFacts.Fact memory definition = _wheat();
        definition.m = 4;
        fact = facts.open(definition);
        _stated(9, 15);
        assertEq(facts.freshValueOf(fact, 0), 9);
        IFacts.Statement memory statement = _says(10);
        bytes[] memory signatures = _signed(_stateSlip(statement), 15);
        for (uint256 place; place < 4; ++place) {
            if (issuers[place] == wallet) signatures[place] = signatures[place == 0 ? 1 : 0];
        }
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, wallet));
        facts.state(statement, 15, signatures);
    }

    function _refused(IFacts.Statement memory statement, bytes[] memory signatures, uint256 place) private {
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, issuers[place]));
        facts.state(statement, ALL, signatures);
    }

    function _refusedWithdrawal(bytes32 source, uint256 deadline, bytes[] memory signatures) private {
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, issuers[0]));
        facts.withdraw(fact, 2, source, deadline, ALL, signatures);
    }

    function _refusedResignation(uint256 seat, uint256 deadline, bytes memory signature) private {
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, issuers[seat]));
        facts.resign(fact, seat, deadline, signature);
    }

    /// @dev A second signature of an issuer's, by the nonce 1: it is no second issuer.
    function _anotherOf(uint256 place, IFacts.Statement memory statement) private view returns (bytes memory) {
        uint256 digest = uint256(_digest(_stateSlip(statement), address(facts), block.chainid));
        uint256 s = addmod(digest, mulmod(GENERATOR, keys[issuers[place]], ORDER), ORDER);
        return
            s > ORDER / 2
                ? abi.encodePacked(GENERATOR, ORDER - s, uint8(28))
                : abi.encodePacked(GENERATOR, s, uint8(27));
    }

    function _isHers(bytes memory signature, uint256 place, IFacts.Statement memory statement)
        private
        view
        returns (bool)
    {
        bytes32 digest = _digest(_stateSlip(statement), address(facts), block.chainid);
        return ECDSA.recover(digest, signature) == issuers[place];
    }

    function _highS(bytes memory signature) private pure returns (bytes memory) {
        (bytes32 r, bytes32 s) = abi.decode(signature, (bytes32, bytes32));
        return abi.encodePacked(r, ORDER - uint256(s), signature[64] == bytes1(uint8(27)) ? uint8(28) : uint8(27));
    }
}
