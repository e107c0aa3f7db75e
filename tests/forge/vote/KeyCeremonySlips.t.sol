// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Dleq} from "contracts/vote/Dleq.sol";
import {KeyCeremony} from "contracts/vote/KeyCeremony.sol";
import {Knowledge} from "contracts/vote/Knowledge.sol";
import {Point} from "contracts/vote/Point.sol";
import {IKeyCeremony} from "contracts/vote/interfaces/IKeyCeremony.sol";
import {AccountMock} from "tests/forge/vote/AccountMock.sol";
import {KeyCeremonyFixture} from "tests/forge/vote/KeyCeremonyFixture.sol";

/// @notice Trustees' steps are what their accounts signed: by whom, for what, where, and once.
contract KeyCeremonySlipsTest is KeyCeremonyFixture {
    /// @dev Three trustees, who have all enrolled.
    uint16 private constant ALL = 7;

    function test_WhenAnotherSignedNoStepIsTaken() public {
        _expectOnlyTheTrustees(_open(2, 3));
        _expectOnlyTheTrustees(_toCommit(2, 3));
        _expectOnlyTheTrustees(_toDeal(2, 3));
        _expectOnlyTheTrustees(_toComplaints(2, 3));
        _expectOnlyTheTrustees(_toAcknowledgement(2, 3));
    }

    function test_WhenASeatIsNobodysNoSignatureOpensIt() public {
        uint256 id = _open(2, 3);
        uint256[3] memory seats = [uint256(0), 4, type(uint256).max];
        for (uint256 i; i < seats.length; ++i) {
            (Point memory key, Knowledge.Proof memory proof) = (_times(5), Knowledge.Proof(1, 1));
            bytes32 said =
                keccak256(abi.encode(STEP, id, seats[i], keccak256("enrol"), keccak256(abi.encode(key, proof))));
            bytes memory signature = _sign(4, said);
            vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_NotSigned.selector, id, seats[i]));
            ceremony.enrol(id, seats[i], key, proof, signature);
        }
    }

    function test_AStepIsOfOneCeremonyOneTrusteeOneStepAndOneMessage() public {
        uint256 id = _toCommit(2, 3);
        uint256 other = _toCommit(2, 3);
        bytes32 dealHash = keccak256("a deal");
        bytes memory message = abi.encode(dealHash, ALL);
        bytes[5] memory elsewhere = [
            _step(other, CLERK, "commit", message),
            _sign(CLERK, keccak256(abi.encode(STEP, id, MAJORITY, keccak256("commit"), keccak256(message)))),
            _step(id, CLERK, "deal", message),
            _step(id, CLERK, "commit", abi.encode(keccak256("another deal"), ALL)),
            _step(id, CLERK, "commit", abi.encode(dealHash, ALL - 1))
        ];
        for (uint256 i; i < elsewhere.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_NotSigned.selector, id, CLERK));
            ceremony.commit(id, CLERK, dealHash, ALL, elsewhere[i]);
        }
        ceremony.commit(id, CLERK, dealHash, ALL, _step(id, CLERK, "commit", message));
    }

    function test_AStepIsOfOneChainAndOneContract() public {
        uint256 id = _toCommit(2, 3);
        bytes32 dealHash = keccak256("a deal");
        bytes memory here = _step(id, CLERK, "commit", abi.encode(dealHash, ALL));
        KeyCeremony first = ceremony;
        ceremony = _deploy();
        bytes memory there = _step(id, CLERK, "commit", abi.encode(dealHash, ALL));
        ceremony = first;
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_NotSigned.selector, id, CLERK));
        ceremony.commit(id, CLERK, dealHash, ALL, there);
        vm.chainId(block.chainid + 1);
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_NotSigned.selector, id, CLERK));
        ceremony.commit(id, CLERK, dealHash, ALL, here);
    }

    function test_AnAcknowledgementIsOfOneKeyOneShareAndOneSetting() public {
        uint256 id = _toAcknowledgement(2, 3);
        Point memory key = _times(_shareSecret(id, 0));
        Point memory share = _times(_shareSecret(id, CLERK));
        Point memory others = _times(_shareSecret(id, MAJORITY));
        bytes32 setting = _setting(id);
        Knowledge.Proof memory proof = _proveKnowledge(_acknowledgementContext(id, CLERK), _shareSecret(id, CLERK));
        bytes[5] memory elsewhere = [
            _sign(CLERK, keccak256(abi.encode(ACKNOWLEDGEMENT, id, CLERK, others, share, setting))),
            _sign(CLERK, keccak256(abi.encode(ACKNOWLEDGEMENT, id, CLERK, key, others, setting))),
            _sign(CLERK, keccak256(abi.encode(ACKNOWLEDGEMENT, id, CLERK, key, share, keccak256("another setting")))),
            _sign(CLERK, keccak256(abi.encode(ACKNOWLEDGEMENT, id + 1, CLERK, key, share, setting))),
            _step(id, CLERK, "acknowledge", abi.encode(proof))
        ];
        for (uint256 i; i < elsewhere.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_NotSigned.selector, id, CLERK));
            ceremony.acknowledge(id, CLERK, proof, elsewhere[i]);
        }
        _acknowledge(id, CLERK);
    }

    function test_AnAccountThatWasAContractAtTheOpeningAnswersForItself() public {
        AccountMock account = AccountMock(_account(CLERK));
        vm.etch(address(account), address(new AccountMock()).code);
        uint256 id = _toCommit(2, 3);
        assertEq(ceremony.contracts(id), 1 << (CLERK - 1));
        bytes32 dealHash = keccak256("a deal");
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_NotSigned.selector, id, CLERK));
        ceremony.commit(id, CLERK, dealHash, ALL, "a smart account's word");
        account.accept(_commitmentOf(id, dealHash));
        vm.expectEmit();
        emit IKeyCeremony.Committed(id, CLERK, dealHash, ALL, "a smart account's word");
        ceremony.commit(id, CLERK, dealHash, ALL, "a smart account's word");
    }

    function test_AnAccountThatIsAContractOnlyAfterTheOpeningSignsByItsKeyAlone() public {
        uint256 id = _toCommit(2, 3);
        vm.etch(_account(CLERK), address(new AccountMock()).code);
        AccountMock(_account(CLERK)).accept(_commitmentOf(id, "a deal"));
        _expectByKeyAlone(id, "a deal");
    }

    function test_AnAccountThatBorrowsCodeSignsByItsKeyAloneBeforeTheOpeningAndAfter() public {
        AccountMock lender = new AccountMock();
        vm.etch(_account(CLERK), abi.encodePacked(hex"ef0100", lender));
        uint256 id = _toCommit(2, 3);
        assertEq(ceremony.contracts(id), 0);
        AccountMock(_account(CLERK)).accept(_commitmentOf(id, "a deal"));
        _expectByKeyAlone(id, "a deal");
    }

    function _expectByKeyAlone(uint256 id, bytes32 dealHash) private {
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_NotSigned.selector, id, CLERK));
        ceremony.commit(id, CLERK, dealHash, ALL, "what the code says yes to");
        ceremony.commit(id, CLERK, dealHash, ALL, _step(id, CLERK, "commit", abi.encode(dealHash, ALL)));
    }

    /// @dev What the clerk signs to commit to a deal.
    function _commitmentOf(uint256 id, bytes32 dealHash) private view returns (bytes32) {
        bytes32 message = keccak256(abi.encode(dealHash, ALL));
        return _digest(address(ceremony), keccak256(abi.encode(STEP, id, CLERK, keccak256("commit"), message)));
    }

    /// @dev A trustee's next message: its arguments, what is signed of it, and which function takes it.
    function _message(uint256 id, uint256 j) private returns (bytes memory head, bytes32 said, bytes memory tail) {
        (IKeyCeremony.Phase phase,) = ceremony.phase(id);
        tail = abi.encode(id, j, phase);
        if (phase == IKeyCeremony.Phase.Enrolment) {
            Point memory key = _times(secrets[id][j].key);
            head = abi.encode(key, _proveKnowledge(_enrolmentContext(id, j), secrets[id][j].key));
            said = _stepHash(id, j, "enrol", head);
        } else if (phase == IKeyCeremony.Phase.Commit) {
            head = abi.encode(_hash(id, j, _honest(id, j)), ALL);
            said = _stepHash(id, j, "commit", head);
        } else if (phase == IKeyCeremony.Phase.Deal) {
            head = abi.encode(_dealt(id, j));
            said = _stepHash(id, j, "deal", head);
        } else if (phase == IKeyCeremony.Phase.Complaints) {
            uint256 key = secrets[id][j].key;
            uint256 ephemeral = secrets[id][MAJORITY].ephemeral;
            Dleq.Proof memory proof = _proveEqual(_complaintContext(id, j, MAJORITY), ephemeral, key);
            head = abi.encode(MAJORITY, _dealt(id, MAJORITY), _times(key), _times(_mul(key, ephemeral)), proof);
            said = _stepHash(id, j, "complain", head);
        } else {
            head = abi.encode(_proveKnowledge(_acknowledgementContext(id, j), _shareSecret(id, j)));
            (Point memory key, Point memory share) = (_times(_shareSecret(id, 0)), _times(_shareSecret(id, j)));
            said = keccak256(abi.encode(ACKNOWLEDGEMENT, id, j, key, share, _setting(id)));
        }
    }

    function _expectOnlyTheTrustees(uint256 id) private {
        (bytes memory head, bytes32 said, bytes memory tail) = _message(id, CLERK);
        _expectNotSigned(id, head, tail, _sign(MAJORITY, said));
        _expectNotSigned(id, head, tail, "");
        _expectNotSigned(id, head, tail, abi.encodePacked(_sign(CLERK, said), hex"00"));
        _expectNotSigned(id, head, tail, _withHighS(_sign(CLERK, said)));
        _post(head, tail, _sign(CLERK, said));
    }

    function _stepHash(uint256 id, uint256 j, string memory step, bytes memory message) private pure returns (bytes32) {
        return keccak256(abi.encode(STEP, id, j, keccak256(bytes(step)), keccak256(message)));
    }

    function _expectNotSigned(uint256 id, bytes memory head, bytes memory tail, bytes memory signature) private {
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_NotSigned.selector, id, CLERK));
        _post(head, tail, signature);
    }

    function _post(bytes memory head, bytes memory tail, bytes memory signature) private {
        (uint256 id, uint256 j, IKeyCeremony.Phase phase) = abi.decode(tail, (uint256, uint256, IKeyCeremony.Phase));
        if (phase == IKeyCeremony.Phase.Enrolment) {
            (Point memory key, Knowledge.Proof memory proof) = abi.decode(head, (Point, Knowledge.Proof));
            ceremony.enrol(id, j, key, proof, signature);
        } else if (phase == IKeyCeremony.Phase.Commit) {
            (bytes32 dealHash, uint16 enrolled) = abi.decode(head, (bytes32, uint16));
            ceremony.commit(id, j, dealHash, enrolled, signature);
        } else if (phase == IKeyCeremony.Phase.Deal) {
            ceremony.deal(id, j, abi.decode(head, (IKeyCeremony.Deal)), signature);
        } else if (phase == IKeyCeremony.Phase.Complaints) {
            _complain(id, j, head, signature);
        } else {
            ceremony.acknowledge(id, j, abi.decode(head, (Knowledge.Proof)), signature);
        }
    }

    function _complain(uint256 id, uint256 j, bytes memory head, bytes memory signature) private {
        (
            uint256 dealer,
            IKeyCeremony.Deal memory accused,
            Point memory key,
            Point memory shared,
            Dleq.Proof memory proof
        ) = abi.decode(head, (uint256, IKeyCeremony.Deal, Point, Point, Dleq.Proof));
        ceremony.complain(id, j, dealer, accused, key, shared, proof, signature);
    }

    /// @dev The same signature with N − s.
    function _withHighS(bytes memory signature) private pure returns (bytes memory) {
        (bytes32 r, bytes32 s) = (bytes32(0), bytes32(0));
        assembly ("memory-safe") {
            r := mload(add(signature, 0x20))
            s := mload(add(signature, 0x40))
        }
        return abi.encodePacked(r, N - uint256(s), uint8(signature[64]) == 27 ? uint8(28) : uint8(27));
    }
}
