// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IInPerson} from "../../access/interfaces/IInPerson.sol";

/// @title Acts that take two offices: one attests, the other posts
/// @notice The notary attests the hash of the very call that the registrar will make, selector and arguments. Neither
/// can act alone, an attestation serves once and ends by itself, and whoever holds both offices still needs another
/// person.
interface IConcurrence is IInPerson {
    /// @param by who attested
    /// @param until unix seconds; serves up to and including
    struct Attestation {
        address by;
        uint64 until;
    }

    /// @notice Thrown when an act is posted that nobody attested, or too long ago.
    error Concurrence_NotAttested(bytes32 actHash);
    /// @notice Thrown when the one who attested no longer holds the office.
    error Concurrence_OutOfOffice(address by);
    /// @notice Thrown when one person attests and posts.
    error Concurrence_SamePerson(address by);
    /// @notice Thrown when as many notaries as an act may have attest it already.
    error Concurrence_TooManyNotaries(uint256 maximum);

    event Attested(bytes32 indexed actHash, address indexed by, uint64 until);

    /// @notice Attests an act, beside the colleagues who did; attesting it again with an `until` that is past withdraws
    /// one's own attestation.
    /// @param actHash keccak256 of the calldata of the act
    function attest(bytes32 actHash, uint64 until) external;

    /// @notice The attestation that serves an act, if any: in time, of a notary in office. It may not serve the notary.
    function attestationOf(bytes32 actHash) external view returns (Attestation memory);
}
