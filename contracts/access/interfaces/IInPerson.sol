// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Acts that record or compare who carries them out
/// @notice Whoever acts through the authority (`Town.execute`) is known to it alone: one person could so pass for two.
/// An office with a delay announces its act in `Town` and then calls it itself.
interface IInPerson {
    /// @notice Thrown when the authority carries out an act whose author must be known.
    error InPerson_ThroughTheAuthority();
}
