// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Knowledge} from "contracts/vote/Knowledge.sol";
import {Point} from "contracts/vote/Point.sol";
import {IKeyCeremony} from "contracts/vote/interfaces/IKeyCeremony.sol";
import {KeyCeremonyFixture} from "tests/forge/vote/KeyCeremonyFixture.sol";
import {KeyConsumer} from "tests/forge/vote/KeyConsumer.sol";

/// @notice When the keys are computed: holders say that they can open their shares, and one contract takes the key.
contract KeyCeremonyReadyTest is KeyCeremonyFixture {
    // The keys at the end

    function test_DealsSwappedAtTheConclusionAreRefused() public {
        // X_j is computed, never sent: the one way to bend it is to hand in other commitments.
        uint256 id = _toComplaints(2, 3);
        IKeyCeremony.Deal[] memory deals = _qualifiedDeals(id);
        deals[1].commitments[1] = _times(_random());
        _pass(id);
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_NotTheDeal.selector, id, OPPOSITION));
        ceremony.conclude(id, deals);
    }

    function test_WhenAllDealersMakeTheKeyVanishThereIsNoKey() public {
        uint256 id = _toCommit(2, 3);
        secrets[id][3].polynomial[0] = _sub(0, _add(secrets[id][1].polynomial[0], secrets[id][2].polynomial[0]));
        _finish(id);
        _assertPhase(id, IKeyCeremony.Phase.KeyFailed);
    }

    function test_WhenAllDealersMakeAShareKeyVanishThereIsNoKey() public {
        uint256 id = _toCommit(2, 3);
        uint256 others = _add(_evaluate(secrets[id][1].polynomial, 2), _evaluate(secrets[id][2].polynomial, 2));
        // f_3(2) = a_0 + 2·a_1 = −others
        uint256 a1 = _mul(_sub(_sub(0, others), secrets[id][3].polynomial[0]), _inverse(2));
        secrets[id][3].polynomial[1] = a1;
        _finish(id);
        _assertPhase(id, IKeyCeremony.Phase.KeyFailed);
    }

    function test_WhenAShareKeyHasAnAbscissaThatEcrecoverRefusesThereIsNoKey() public {
        // The dealers agree on X_1 = Q with N ≤ Q.x < P: C_{2,1} = Q − (all the rest), whose logarithm nobody knows,
        // and nobody complains.
        (uint256 qx, uint256 qy) = _pointWithLargeAbscissa();
        assertGe(qx, N);
        uint256 id = _toCommit(2, 2);
        uint256 rest = _add(_evaluate(secrets[id][1].polynomial, 1), secrets[id][2].polynomial[0]);
        IKeyCeremony.Deal memory made = _honest(id, 2);
        made.commitments[1] = _minusTimes(Point(qx, qy), rest);
        _prove(id, 2, made);
        _commit(id, 1);
        _commit(id, 2, made);
        _deal(id, 1);
        _deal(id, 2);
        _pass(id);
        _conclude(id);
        _assertPhase(id, IKeyCeremony.Phase.KeyFailed);
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_NoKey.selector, id));
        ceremony.publicKey(id);
    }

    // Acknowledgement

    function test_WhenAllHoldersAcknowledgeTheKeyIsReadyAtOnce() public {
        uint256 id = _toAcknowledgement(2, 3);
        _acknowledge(id, CLERK);
        _acknowledge(id, MAJORITY);
        _assertPhase(id, IKeyCeremony.Phase.Acknowledgement);
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_NoKey.selector, id));
        ceremony.publicKey(id);
        (,,,, uint256 acknowledged) = ceremony.acts(id);
        assertEq(acknowledged, 5);
        _acknowledge(id, OPPOSITION);
        _assertKeys(id);
    }

    function test_WhenTheTimeIsOverTheThresholdSufficesAndWhoSaidNothingHoldsAShareStill() public {
        uint256 id = _toAcknowledgement(2, 3);
        _acknowledge(id, MAJORITY);
        _acknowledge(id, CLERK);
        _pass(id);
        vm.expectEmit();
        emit IKeyCeremony.KeyReady(id);
        vm.prank(stranger);
        ceremony.advance(id);
        _assertKeys(id);
    }

    function test_WhenFewerThanTheThresholdAcknowledgeThereIsNoKey() public {
        uint256 id = _toAcknowledgement(2, 3);
        _acknowledge(id, MAJORITY);
        _pass(id);
        vm.expectEmit();
        emit IKeyCeremony.KeyFailed(id);
        vm.prank(stranger);
        ceremony.advance(id);
        _assertPhase(id, IKeyCeremony.Phase.KeyFailed);
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_NoKey.selector, id));
        ceremony.publicKey(id);
    }

    function test_WhoHoldsNothingAcknowledgesNothing() public {
        uint256 id = _toComplaints(2, 3);
        _complain(id, CLERK, MAJORITY);
        _pass(id);
        _conclude(id);
        bytes memory signature = _receipt(id, CLERK);
        uint256[3] memory seats = [CLERK, 0, 4];
        for (uint256 i; i < seats.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_NoShare.selector, id, seats[i]));
            ceremony.acknowledge(id, seats[i], Knowledge.Proof(1, 1), signature);
        }
    }

    function test_WhenAHolderAcknowledgesTwiceItReverts() public {
        uint256 id = _toAcknowledgement(2, 3);
        _acknowledge(id, CLERK);
        Knowledge.Proof memory proof = _proveKnowledge(_acknowledgementContext(id, CLERK), _shareSecret(id, CLERK));
        bytes memory signature = _receipt(id, CLERK);
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_AlreadyDone.selector, id, CLERK));
        ceremony.acknowledge(id, CLERK, proof, signature);
    }

    function test_WhoCannotOpenHerShareDoesNotAcknowledgeIt() public {
        uint256 id = _toAcknowledgement(2, 3);
        bytes memory signature = _receipt(id, CLERK);
        bytes32 ctx = _acknowledgementContext(id, CLERK);
        Knowledge.Proof[3] memory proofs = [
            _proveKnowledge(ctx, _add(_shareSecret(id, CLERK), 1)),
            _proveKnowledge(_acknowledgementContext(id, MAJORITY), _shareSecret(id, CLERK)),
            _proveKnowledge(_enrolmentContext(id, CLERK), _shareSecret(id, CLERK))
        ];
        for (uint256 i; i < proofs.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_BadKnowledge.selector, id, CLERK));
            ceremony.acknowledge(id, CLERK, proofs[i], signature);
        }
    }

    // Use

    function test_TheContractThatTheKeyIsForTakesItOnce() public {
        uint256 id = _ready(false);
        vm.expectEmit();
        emit IKeyCeremony.KeyUsed(id);
        Point memory key = consumer.take(ceremony, id);
        Point memory expected = _times(_shareSecret(id, 0));
        assertEq(abi.encode(key), abi.encode(expected));
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_Used.selector, id));
        consumer.take(ceremony, id);
    }

    function test_NobodyElseTakesTheKey() public {
        uint256 id = _ready(false);
        KeyConsumer rogue = new KeyConsumer();
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_NotConsumer.selector, id, address(rogue)));
        rogue.take(ceremony, id);
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_NotConsumer.selector, id, officer));
        vm.prank(officer);
        ceremony.use(id);
        vm.expectRevert(
            abi.encodeWithSelector(IKeyCeremony.KeyCeremony_NotConsumer.selector, id + 1, address(consumer))
        );
        consumer.take(ceremony, id + 1);
    }

    function test_WhenTheKeyIsNotReadyNobodyTakesIt() public {
        uint256 id = _toAcknowledgement(2, 3);
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_NoKey.selector, id));
        consumer.take(ceremony, id);
        _pass(id);
        ceremony.advance(id);
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_NoKey.selector, id));
        consumer.take(ceremony, id);
    }

    function test_KeysThatAreReadyUnusedAndNotReservedAreAvailable() public {
        assertEq(ceremony.available(address(consumer)), 0);
        _toAcknowledgement(2, 3);
        assertEq(ceremony.available(address(consumer)), 0, "not ready");
        uint256 reserved = _ready(true);
        assertTrue(ceremony.isReserved(reserved));
        assertEq(ceremony.available(address(consumer)), 0, "reserved");
        uint256 id = _ready(false);
        assertFalse(ceremony.isReserved(id));
        _ready(false);
        assertEq(ceremony.available(address(consumer)), 2);
        assertEq(ceremony.available(officer), 0);
        consumer.take(ceremony, id);
        assertEq(ceremony.available(address(consumer)), 1);
        consumer.take(ceremony, reserved);
        assertEq(ceremony.available(address(consumer)), 1);
    }

    function _finish(uint256 id) private {
        for (uint256 i = 1; i <= 3; ++i) {
            _commit(id, i);
        }
        for (uint256 i = 1; i <= 3; ++i) {
            _deal(id, i);
        }
        _pass(id);
        vm.expectEmit();
        emit IKeyCeremony.KeyFailed(id);
        _conclude(id);
    }

    function _ready(bool reserved) private returns (uint256 id) {
        vm.prank(officer);
        id = ceremony.open(address(consumer), _accounts(2), 2, reserved, _durations());
        _drawSecrets(id, 2, 2);
        for (uint256 j = 1; j <= 2; ++j) {
            _enrol(id, j);
        }
        for (uint256 j = 1; j <= 2; ++j) {
            _commit(id, j);
        }
        for (uint256 j = 1; j <= 2; ++j) {
            _deal(id, j);
        }
        _pass(id);
        _conclude(id);
        _acknowledge(id);
    }
}
