// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BallotBox} from "./BallotBox.sol";
import {ConsultationStore} from "./ConsultationStore.sol";
import {Dleq} from "./Dleq.sol";
import {IConsultations} from "./interfaces/IConsultations.sol";
import {IKeyCeremony} from "./interfaces/IKeyCeremony.sol";
import {Point} from "./Point.sol";
import {M, PackedRule, Rule} from "./Rule.sol";
import {Slips} from "./Slips.sol";
import {Tally} from "./Tally.sol";
import {Totals} from "./Totals.sol";

/// @title Consultations
/// @notice See IConsultations. This part closes a consultation and opens its totals.
contract Consultations is BallotBox {
    using Totals for mapping(uint256 => Totals.Total);

    bytes32 private constant SHARE_TYPEHASH =
        keccak256("Share(uint256 consultation,uint256 trustee,bytes32 sharesHash)");

    constructor(address authority, IKeyCeremony ceremonies) ConsultationStore(authority, ceremonies) {}

    /// @inheritdoc IConsultations
    function close(uint256 id) external {
        Consultation storage c = _consultations[id];
        _requireStatus(id, c.stage == Stage.Open && block.timestamp >= c.closesAt);
        c.stage = c.ballots < c.secrecyMinimum ? Stage.Withheld : Stage.Closed;

        emit ConsultationClosed(id, c.ballots, totals(id));
    }

    /// @inheritdoc IConsultations
    function submitShare(
        uint256 id,
        uint256 trustee,
        Point[] calldata shares,
        Dleq.Proof[] calldata proofs,
        bytes calldata signature
    ) external {
        Consultation storage c = _consultations[id];
        _requireStatus(id, c.stage == Stage.Closed || c.stage == Stage.Decrypting);
        require(c.shares[trustee] == 0, Consultations_ShareAlreadySubmitted(trustee));
        uint256 n = PackedRule.unpack(c.rule).setOf.length;
        require(shares.length == n && proofs.length == n, Consultations_BadLength());

        Tally.Statement memory about;
        (about.ceremony, about.ceremonyId) = (address(CEREMONIES), c.ceremonyId);
        (about.consultation, about.trustee, about.ballots) = (id, trustee, c.ballots);
        about.key = c.key;
        (about.shareKey.x, about.shareKey.y) = CEREMONIES.shareKey(c.ceremonyId, trustee);
        bytes32 sharesHash = keccak256(abi.encode(shares));
        _requireSigned(id, trustee, CEREMONIES.trustee(c.ceremonyId, trustee), sharesHash, signature);
        for (uint256 i; i < n; ++i) {
            about.index = i;
            (about.R, about.S) = c.totals.at(i);
            // x_j·∞ = ∞: nothing to prove, and no other answer.
            bool right = about.R.x | about.R.y == 0
                ? shares[i].x | shares[i].y == 0
                : Tally.isShare(about, shares[i], proofs[i]);
            require(right, Consultations_BadShare(trustee, i));
        }
        c.stage = Stage.Decrypting;
        c.shares[trustee] = sharesHash;

        emit ShareSubmitted(id, trustee, shares, proofs, signature);
    }

    /// @inheritdoc IConsultations
    function finalise(uint256 id, uint256[] calldata trustees, Point[][] calldata shares, uint256[] calldata results)
        external
    {
        Consultation storage c = _consultations[id];
        _requireStatus(id, c.stage == Stage.Decrypting);
        uint256 t = CEREMONIES.threshold(c.ceremonyId);
        require(trustees.length == t && shares.length == t, Consultations_UnknownShares());
        for (uint256 a; a < t; ++a) {
            bytes32 submitted = c.shares[trustees[a]];
            require(submitted != 0 && submitted == keccak256(abi.encode(shares[a])), Consultations_UnknownShares());
        }
        Rule memory rule_ = PackedRule.unpack(c.rule);
        uint256 n = rule_.setOf.length;
        require(results.length == n, Consultations_BadLength());

        c.stage = Stage.Tallied;
        Tally.Interpolation memory at0 = Tally.lagrange(trustees);
        Point[] memory column = new Point[](t);
        for (uint256 i; i < n; ++i) {
            for (uint256 a; a < t; ++a) {
                column[a] = shares[a][i];
            }
            (, Point memory total) = c.totals.at(i);
            require(
                _isPossible(rule_, i, c.ballots, results[i]) && Tally.opens(at0, column, total, results[i]),
                Consultations_WrongCounts(i)
            );
            c.counts.push(results[i] % M);
            c.counts.push(results[i] / M);
        }

        emit ConsultationTallied(id, c.ballots, c.counts);
    }

    function _requireSigned(uint256 id, uint256 trustee, address account, bytes32 sharesHash, bytes memory signature)
        private
        view
    {
        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(SHARE_TYPEHASH, id, trustee, sharesHash)));
        uint256 pointer;
        assembly ("memory-safe") {
            pointer := add(signature, 0x20)
        }
        require(Slips.isSigned(digest, account, pointer, signature.length), Consultations_NotSigned(trustee));
    }

    /// @dev Whether that many ballots could give these counters: proofs make it so, and this does not rely on them.
    function _isPossible(Rule memory rule_, uint256 ciphertext, uint256 voters, uint256 result)
        private
        pure
        returns (bool)
    {
        uint64[] memory set = rule_.sets[uint8(rule_.setOf[ciphertext])];
        (uint256 low, uint256 high) = (0, 0);
        for (uint256 j; j < set.length; ++j) {
            if (set[j] % M > low) low = set[j] % M;
            if (set[j] / M > high) high = set[j] / M;
        }
        return result < M * M && result % M <= low * voters && result / M <= high * voters;
    }
}
