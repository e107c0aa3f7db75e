// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title ERC-7943, the face of a real-world asset, for ERC-721 tokens
/// @dev Interface id 0xbf1ef5fe. `canSend`, `canReceive` and `canTransfer` never revert.
interface IERC7943NonFungible {
    event ForcedTransfer(address indexed from, address indexed to, uint256 indexed tokenId);
    event Frozen(address indexed account, uint256 indexed tokenId, bool indexed frozenStatus);

    /// @notice Thrown when an account may not give.
    error ERC7943CannotSend(address account);
    /// @notice Thrown when an account may not receive.
    error ERC7943CannotReceive(address account);
    /// @notice Thrown when the rules forbid a transfer.
    error ERC7943CannotTransfer(address from, address to, uint256 tokenId);
    /// @notice Thrown when the token is frozen.
    error ERC7943InsufficientUnfrozenBalance(address account, uint256 tokenId);

    /// @notice Takes a token from one account and gives it to another, by order. A frozen one is unfrozen first, and
    /// the event says so first.
    function forcedTransfer(address from, address to, uint256 tokenId) external returns (bool result);

    /// @notice Freezes or unfreezes a token by order.
    function setFrozenTokens(address account, uint256 tokenId, bool frozenStatus) external returns (bool result);

    /// @notice Whether an account may give.
    function canSend(address account) external view returns (bool allowed);

    /// @notice Whether an account may receive.
    function canReceive(address account) external view returns (bool allowed);

    /// @notice Whether a token is frozen in an account's hands.
    function getFrozenTokens(address account, uint256 tokenId) external view returns (bool frozenStatus);

    /// @notice Whether a token could pass from one account to the other today.
    function canTransfer(address from, address to, uint256 tokenId) external view returns (bool allowed);
}
