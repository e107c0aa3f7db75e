// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Dleq} from "contracts/vote/Dleq.sol";
import {KeyCeremony} from "contracts/vote/KeyCeremony.sol";
import {Knowledge} from "contracts/vote/Knowledge.sol";
import {Point} from "contracts/vote/Point.sol";
import {IKeyCeremony} from "contracts/vote/interfaces/IKeyCeremony.sol";
import {TownFixture} from "tests/forge/support/TownFixture.sol";
import {CeremonyProver} from "tests/forge/vote/CeremonyProver.sol";

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

    KeyCeremony internal ceremony;

    mapping(uint256 id => mapping(uint256 index => Secrets)) internal secrets;
    mapping(uint256 id => mapping(uint256 index => bytes)) private _deals;

    function setUp() public virtual {
        _foundTown();
        ceremony = _deploy();
    }

    function _deploy() internal returns (KeyCeremony made) {
        made = KeyCeremony(deployCode("KeyCeremony.sol:KeyCeremony", abi.encode(town)));
        _wire("KeyCeremony", address(made));
    }

    function _account(uint256 index) internal pure returns (address) {
        return address(uint160(0xA11CE000 + index));
    }

    function _accounts(uint256 n) internal pure returns (address[] memory accounts) {
        accounts = new address[](n);
        for (uint256 j = 1; j <= n; ++j) {
            accounts[j - 1] = _account(j);
        }
    }

    function _durations() internal pure returns (uint32[4] memory) {
        return [2 * DAY, 2 * DAY, 2 * DAY, 3 * DAY];
    }

    function _open(uint256 t, uint256 n) internal returns (uint256 id) {
        vm.prank(officer);
        id = ceremony.open(_accounts(n), uint8(t), _durations());
        for (uint256 j = 1; j <= n; ++j) {
            Secrets storage own = secrets[id][j];
            (own.key, own.ephemeral) = (_random(), _random());
            for (uint256 k; k < t; ++k) {
                own.polynomial.push(_random());
            }
        }
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
        vm.prank(_account(j));
        ceremony.enrol(id, j, key, proof);
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
                made.ephemeral
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
        bytes32 dealHash = _hash(id, i, made);
        vm.prank(_account(i));
        ceremony.commit(id, i, dealHash);
    }

    function _commit(uint256 id, uint256 i) internal {
        _commit(id, i, _honest(id, i));
    }

    /// @dev The deal that trustee `i` committed to.
    function _dealt(uint256 id, uint256 i) internal view returns (IKeyCeremony.Deal memory) {
        return abi.decode(_deals[id][i], (IKeyCeremony.Deal));
    }

    function _deal(uint256 id, uint256 i) internal {
        IKeyCeremony.Deal memory made = _dealt(id, i);
        vm.prank(_account(i));
        ceremony.deal(id, i, made);
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
        vm.prank(_account(accuser));
        ceremony.complain(id, accuser, dealer, accused, keyPoint, shared, proof);
    }

    // Conclusion

    /// @dev The deals of the qualified dealers, as anyone can collect them from the events.
    function _qualifiedDeals(uint256 id) internal view returns (IKeyCeremony.Deal[] memory deals) {
        uint256 mask = _qualified(id);
        uint256 count;
        for (uint256 i = 1; i <= ceremony.trustees(id); ++i) {
            count += (mask >> (i - 1)) & 1;
        }
        deals = new IKeyCeremony.Deal[](count);
        count = 0;
        for (uint256 i = 1; i <= ceremony.trustees(id); ++i) {
            if ((mask >> (i - 1)) & 1 == 1) deals[count++] = _dealt(id, i);
        }
    }

    function _qualified(uint256 id) internal view returns (uint256) {
        (,, uint256 dealt, uint256 excluded) = ceremony.acts(id);
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

    function _pass(uint256 id) internal {
        (, uint256 endsAt) = ceremony.phase(id);
        vm.warp(endsAt);
    }

    function _assertPhase(uint256 id, IKeyCeremony.Phase expected) internal view {
        (IKeyCeremony.Phase current,) = ceremony.phase(id);
        assertEq(uint8(current), uint8(expected), "phase");
    }

    /// @dev h = f(0)·G and X_j = f(j)·G for the sum f of the qualified polynomials, exactly.
    function _assertKeys(uint256 id) internal {
        _assertPhase(id, IKeyCeremony.Phase.KeyReady);
        (uint256 x, uint256 y) = ceremony.publicKey(id);
        _assertPoint(x, y, _shareSecret(id, 0));
        (uint256 enrolled,,, uint256 excluded) = ceremony.acts(id);
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
