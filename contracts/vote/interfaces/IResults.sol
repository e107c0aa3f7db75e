// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IResults
/// @notice What other contracts read of a consultation: evaluations and budgets are consultations too.
interface IResults {
    /// @notice Where a consultation stands. `Unknown`: no such consultation. `Scheduled`: before `opensAt`. `Open`.
    /// `Ended`: past `closesAt`, waiting for anyone to close it. `Closed`: waiting for decryption shares. `Decrypting`:
    /// a share has come. `Stalled`: past `tallyBy` without a result; late shares are still accepted. `Tallied`: the
    /// result stands. `Withheld`: fewer ballots than the secrecy minimum; no result, ever.
    enum Status {
        Unknown,
        Scheduled,
        Open,
        Ended,
        Closed,
        Decrypting,
        Stalled,
        Tallied,
        Withheld
    }

    /// @notice Where the consultation stands now.
    function status(uint256 id) external view returns (Status);

    /// @notice The result, one counter per option: ciphertext i gives counters 2i (low) and 2i + 1 (high). Empty until
    /// `Tallied`.
    function counts(uint256 id) external view returns (uint256[] memory);

    /// @notice How many voters have a counted ballot.
    function ballots(uint256 id) external view returns (uint256);

    /// @notice How many voters are on the sealed roll.
    function rollSize(uint256 id) external view returns (uint256);

    /// @notice The root of the sealed roll.
    function rollRoot(uint256 id) external view returns (bytes32);

    /// @notice The hashes that were put to the vote and the hash of the rule: keccak(abi.encode(rule)).
    function subject(uint256 id) external view returns (bytes32 questionHash, bytes32 optionsHash, bytes32 ruleHash);
}
