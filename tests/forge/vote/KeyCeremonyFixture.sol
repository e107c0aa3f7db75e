// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Dleq} from "contracts/vote/Dleq.sol";
import {KeyCeremony} from "contracts/vote/KeyCeremony.sol";
import {Knowledge} from "contracts/vote/Knowledge.sol";
import {Point} from "contracts/vote/Point.sol";
import {IKeyCeremony} from "contracts/vote/interfaces/IKeyCeremony.sol";
import {TownFixture} from "tests/forge/support/TownFixture.sol";
import {CeremonyProver} from "tests/forge/vote/CeremonyProver.sol";
import {KeyConsumer} from "tests/forge/vote/KeyConsumer.sol";

/// @notice A ceremony and its trustees, each with its secrets; a test changes a secret or a message before it is sent.
abstract contract KeyCeremonyFixture is TownFixture, CeremonyProver {
    struct Secrets {
        uint256 key;
        uint256 ephemeral;
        uint256[] polynomial;
    }

    uint32 internal constant DAY = 86_400;

    uint256 internal constant MAJORITY = 1;
    uint256 internal constant OPPOSITION = 2;
    uint256 internal constant CLERK = 3;

    bytes32 internal constant STEP =
        keccak256("TrusteeStep(uint256 ceremony,uint256 trustee,string step,bytes32 messageHash)");
    bytes32 internal constant ACKNOWLEDGEMENT = keccak256(
        "Acknowledgement(uint256 ceremony,uint256 trustee,uint256 keyX,uint256 keyY,"
        "uint256 shareX,uint256 shareY,bytes32 settingHash)"
    );

    KeyCeremony internal ceremony;
    KeyConsumer internal consumer;

    /// @dev Of accounts that ascend; one more than a ceremony may have.
    uint256[] private _accountKeys;

    mapping(uint256 id => mapping(uint256 index => Secrets)) internal secrets;
    mapping(uint256 id => mapping(uint256 index => bytes)) private _deals;

    function setUp() public virtual {
        _foundTown();
        ceremony = _deploy();
    }

    function _deploy() internal returns (KeyCeremony made) {
        if (_accountKeys.length == 0) _drawAccounts(17);
        if (address(consumer) == address(0)) consumer = new KeyConsumer();
        made = KeyCeremony(deployCode("KeyCeremony.sol:KeyCeremony", abi.encode(town)));
        _wire("KeyCeremony", address(made));
    }

    function _drawAccounts(uint256 n) private {
        for (uint256 i; i < n; ++i) {
            _accountKeys.push(uint256(keccak256(abi.encode("trustee", i))));
            for (uint256 k = i; k > 0 && vm.addr(_accountKeys[k]) < vm.addr(_accountKeys[k - 1]); --k) {
                (_accountKeys[k], _accountKeys[k - 1]) = (_accountKeys[k - 1], _accountKeys[k]);
            }
        }
    }

    function _account(uint256 index) internal view returns (address) {
        return vm.addr(_accountKeys[index - 1]);
    }

    function _accounts(uint256 n) internal view returns (address[] memory accounts) {
        accounts = new address[](n);
        for (uint256 j = 1; j <= n; ++j) {
            accounts[j - 1] = _account(j);
        }
    }

    function _durations() internal pure returns (uint32[5] memory) {
        return [2 * DAY, 2 * DAY, 2 * DAY, 3 * DAY, 4 * DAY];
    }

    function _open(uint256 t, uint256 n) internal returns (uint256 id) {
        vm.prank(officer);
        id = ceremony.open(address(consumer), _accounts(n), uint8(t), false, _durations());
        _drawSecrets(id, t, n);
    }

    function _drawSecrets(uint256 id, uint256 t, uint256 n) internal {
        for (uint256 j = 1; j <= n; ++j) {
            Secrets storage own = secrets[id][j];
            (own.key, own.ephemeral) = (_random(), _random());
            for (uint256 k; k < t; ++k) {
                own.polynomial.push(_random());
            }
        }
    }

    // Slips

    /// @dev What the trustee signs to take a step with this message, abi.encoded.
    function _step(uint256 id, uint256 j, string memory step, bytes memory message)
        internal
        view
        returns (bytes memory)
    {
        return _sign(j, keccak256(abi.encode(STEP, id, j, keccak256(bytes(step)), keccak256(message))));
    }

    function _sign(uint256 j, bytes32 structHash) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(_accountKeys[j - 1], _digest(address(ceremony), structHash));
        return abi.encodePacked(r, s, v);
    }

    function _digest(address where, bytes32 structHash) internal view returns (bytes32) {
        bytes32 separator = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("KeyCeremony"),
                keccak256("1"),
                block.chainid,
                where
            )
        );
        return keccak256(abi.encodePacked(hex"1901", separator, structHash));
    }

    // Enrolment

    function _enrolmentContext(uint256 id, uint256 j) internal view returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("beffroi.vote.ceremony.enrolment"), block.chainid, address(ceremony), id, j, _account(j)
            )
        );
    }

    function _enrol(uint256 id, uint256 j) internal {
        Point memory key = _times(secrets[id][j].key);
        Knowledge.Proof memory proof = _proveKnowledge(_enrolmentContext(id, j), secrets[id][j].key);
        ceremony.enrol(id, j, key, proof, _step(id, j, "enrol", abi.encode(key, proof)));
    }

    // Deals

    /// @dev What an honest dealer would deal with its secrets.
    function _honest(uint256 id, uint256 i) internal returns (IKeyCeremony.Deal memory made) {
        Secrets storage own = secrets[id][i];
        made.commitments = new Point[](own.polynomial.length);
        for (uint256 k; k < made.commitments.length; ++k) {
            made.commitments[k] = _times(own.polynomial[k]);
        }
        made.ephemeral = _times(own.ephemeral);
        made.shares = new uint256[](ceremony.trustees(id));
        for (uint256 j = 1; j <= made.shares.length; ++j) {
            made.shares[j - 1] = _add(_evaluate(own.polynomial, j), _mask(id, i, j));
        }
        _prove(id, i, made);
    }

    /// @dev Proofs for the commitments and ephemeral key as they stand in `made`.
    function _prove(uint256 id, uint256 i, IKeyCeremony.Deal memory made) internal {
        made.secretProof =
            _proveKnowledge(_dealContext("beffroi.vote.ceremony.secret", id, i, made), secrets[id][i].polynomial[0]);
        made.ephemeralProof =
            _proveKnowledge(_dealContext("beffroi.vote.ceremony.ephemeral", id, i, made), secrets[id][i].ephemeral);
    }

    function _dealContext(string memory tag, uint256 id, uint256 i, IKeyCeremony.Deal memory made)
        internal
        view
        returns (bytes32)
    {
        return keccak256(
            abi.encode(
                keccak256(bytes(tag)),
                block.chainid,
                address(ceremony),
                id,
                i,
                _account(i),
                keccak256(abi.encode(made.commitments)),
                made.ephemeral,
                keccak256(abi.encode(made.shares))
            )
        );
    }

    function _mask(uint256 id, uint256 i, uint256 j) internal returns (uint256) {
        Point memory shared = _times(_mul(secrets[id][i].ephemeral, secrets[id][j].key));
        bytes32 mask = keccak256(
            abi.encode(keccak256("beffroi.vote.ceremony.mask"), block.chainid, address(ceremony), id, i, j, shared)
        );
        return uint256(mask) % N;
    }

    function _hash(uint256 id, uint256 i, IKeyCeremony.Deal memory made) internal view returns (bytes32) {
        bytes32 tag = keccak256("beffroi.vote.ceremony.deal");
        return keccak256(abi.encode(tag, block.chainid, address(ceremony), id, i, made));
    }

    function _commit(uint256 id, uint256 i, IKeyCeremony.Deal memory made) internal {
        _deals[id][i] = abi.encode(made);
        _commitTo(id, i, _hash(id, i, made));
    }

    function _commitTo(uint256 id, uint256 i, bytes32 dealHash) internal {
        (uint256 enrolled,,,,) = ceremony.acts(id);
        ceremony.commit(id, i, dealHash, uint16(enrolled), _step(id, i, "commit", abi.encode(dealHash, enrolled)));
    }

    function _commit(uint256 id, uint256 i) internal {
        _commit(id, i, _honest(id, i));
    }

    /// @dev The deal that trustee `i` committed to.
    function _dealt(uint256 id, uint256 i) internal view returns (IKeyCeremony.Deal memory) {
        return abi.decode(_deals[id][i], (IKeyCeremony.Deal));
    }

    function _deal(uint256 id, uint256 i) internal {
        _deal(id, i, _dealt(id, i));
    }

    function _deal(uint256 id, uint256 i, IKeyCeremony.Deal memory made) internal {
        ceremony.deal(id, i, made, _step(id, i, "deal", abi.encode(made)));
    }

    // Complaints

    function _complaintContext(uint256 id, uint256 accuser, uint256 dealer) internal view returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("beffroi.vote.ceremony.complaint"), block.chainid, address(ceremony), id, dealer, accuser
            )
        );
    }

    /// @dev A complaint with everything it takes, true or not.
    function _complain(uint256 id, uint256 accuser, uint256 dealer) internal {
        uint256 key = secrets[id][accuser].key;
        uint256 ephemeral = secrets[id][dealer].ephemeral;
        IKeyCeremony.Deal memory accused = _dealt(id, dealer);
        Point memory keyPoint = _times(key);
        Point memory shared = _times(_mul(key, ephemeral));
        Dleq.Proof memory proof = _proveEqual(_complaintContext(id, accuser, dealer), ephemeral, key);
        _complain(id, accuser, dealer, accused, keyPoint, shared, proof);
    }

    function _complain(
        uint256 id,
        uint256 accuser,
        uint256 dealer,
        IKeyCeremony.Deal memory accused,
        Point memory key,
        Point memory shared,
        Dleq.Proof memory proof
    ) internal {
        bytes memory signature = _step(id, accuser, "complain", abi.encode(dealer, accused, key, shared, proof));
        ceremony.complain(id, accuser, dealer, accused, key, shared, proof, signature);
    }

    // Conclusion

    /// @dev The deals of the qualified dealers, as anyone can collect them from the events.
    function _qualifiedDeals(uint256 id) internal view returns (IKeyCeremony.Deal[] memory deals) {
        (uint256 mask, uint256 count) = (_qualified(id), 0);
        for (uint256 i = 1; i <= ceremony.trustees(id); ++i) {
            count += (mask >> (i - 1)) & 1;
        }
        (deals, count) = (new IKeyCeremony.Deal[](count), 0);
        for (uint256 i = 1; i <= ceremony.trustees(id); ++i) {
            if ((mask >> (i - 1)) & 1 == 1) deals[count++] = _dealt(id, i);
        }
    }

    function _qualified(uint256 id) internal view returns (uint256) {
        (,, uint256 dealt, uint256 excluded,) = ceremony.acts(id);
        return dealt & ~excluded;
    }

    /// @dev x_j, the sum of the qualified dealers' shares for trustee `j`; h's logarithm for j = 0.
    function _shareSecret(uint256 id, uint256 j) internal view returns (uint256 x) {
        uint256 mask = _qualified(id);
        for (uint256 i = 1; i <= ceremony.trustees(id); ++i) {
            if ((mask >> (i - 1)) & 1 == 1) x = _add(x, _evaluate(secrets[id][i].polynomial, j));
        }
    }

    function _conclude(uint256 id) internal {
        IKeyCeremony.Deal[] memory deals = _qualifiedDeals(id);
        vm.prank(stranger);
        ceremony.conclude(id, deals);
    }

    // Acknowledgement

    function _acknowledgementContext(uint256 id, uint256 j) internal returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("beffroi.vote.ceremony.acknowledgement"),
                block.chainid,
                address(ceremony),
                id,
                j,
                _account(j),
                _times(_shareSecret(id, 0)),
                _setting(id)
            )
        );
    }

    function _setting(uint256 id) internal view returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("beffroi.vote.ceremony.setting"),
                block.chainid,
                address(ceremony),
                id,
                address(consumer),
                _accounts(ceremony.trustees(id)),
                ceremony.threshold(id)
            )
        );
    }

    /// @dev The trustee's signature over h and her X_j.
    function _receipt(uint256 id, uint256 j) internal returns (bytes memory) {
        (Point memory key, Point memory share) = (_times(_shareSecret(id, 0)), _times(_shareSecret(id, j)));
        return _sign(j, keccak256(abi.encode(ACKNOWLEDGEMENT, id, j, key, share, _setting(id))));
    }

    function _acknowledge(uint256 id, uint256 j) internal {
        Knowledge.Proof memory proof = _proveKnowledge(_acknowledgementContext(id, j), _shareSecret(id, j));
        bytes memory signature = _receipt(id, j);
        ceremony.acknowledge(id, j, proof, signature);
    }

    /// @dev Every holder acknowledges: the key is ready.
    function _acknowledge(uint256 id) internal {
        (uint256 enrolled,,, uint256 excluded,) = ceremony.acts(id);
        for (uint256 j = 1; j <= ceremony.trustees(id); ++j) {
            if (((enrolled & ~excluded) >> (j - 1)) & 1 == 1) _acknowledge(id, j);
        }
    }

    // Whole phases

    function _toCommit(uint256 t, uint256 n) internal returns (uint256 id) {
        id = _open(t, n);
        for (uint256 j = 1; j <= n; ++j) {
            _enrol(id, j);
        }
    }

    function _toDeal(uint256 t, uint256 n) internal returns (uint256 id) {
        id = _toCommit(t, n);
        for (uint256 i = 1; i <= n; ++i) {
            _commit(id, i);
        }
    }

    function _toComplaints(uint256 t, uint256 n) internal returns (uint256 id) {
        id = _toDeal(t, n);
        for (uint256 i = 1; i <= n; ++i) {
            _deal(id, i);
        }
    }

    function _toAcknowledgement(uint256 t, uint256 n) internal returns (uint256 id) {
        _pass(id = _toComplaints(t, n));
        _conclude(id);
    }

    function _pass(uint256 id) internal {
        (, uint256 endsAt) = ceremony.phase(id);
        vm.warp(endsAt);
    }

    function _assertPhase(uint256 id, IKeyCeremony.Phase expected) internal view {
        (IKeyCeremony.Phase current,) = ceremony.phase(id);
        assertEq(uint8(current), uint8(expected), "phase");
    }

    /// @dev Ready once all holders have said so, with h = f(0)·G and X_j = f(j)·G for the sum f of the qualified
    /// polynomials, exactly.
    function _assertKeys(uint256 id) internal {
        _assertPhase(id, IKeyCeremony.Phase.KeyReady);
        (uint256 x, uint256 y) = ceremony.publicKey(id);
        _assertPoint(x, y, _shareSecret(id, 0));
        (uint256 enrolled,,, uint256 excluded,) = ceremony.acts(id);
        for (uint256 j = 1; j <= ceremony.trustees(id); ++j) {
            if (((enrolled & ~excluded) >> (j - 1)) & 1 == 0) continue;
            (x, y) = ceremony.shareKey(id, j);
            _assertPoint(x, y, _shareSecret(id, j));
        }
    }

    function _assertPoint(uint256 x, uint256 y, uint256 logarithm) internal {
        Point memory expected = _times(logarithm);
        assertEq(x, expected.x, "x");
        assertEq(y, expected.y, "y");
    }
}
