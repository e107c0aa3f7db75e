// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Right, RightKind} from "./interfaces/ILandRegister.sol";

/// @title Sums over lists of rights
/// @dev Full ownership counts once as bare ownership and once as use; whatever is sold or restated keeps both sums.
library RightList {
    /// @notice The shares of bare ownership and of use in a list.
    function sums(Right[] memory rights) internal pure returns (uint256 bare, uint256 use) {
        for (uint256 i; i < rights.length; ++i) {
            if (rights[i].kind != RightKind.Usufruct) bare += rights[i].shares;
            if (rights[i].kind != RightKind.Bare) use += rights[i].shares;
        }
    }

    /// @notice Makes the list one with each holder once per kind, and nobody with nothing.
    function merge(Right[] memory rights) internal pure {
        uint256 n;
        for (uint256 i; i < rights.length; ++i) {
            Right memory right = rights[i];
            if (right.shares == 0) continue;
            uint256 place = indexOf(rights, n, right.holder, right.kind);
            if (place == n) rights[n++] = right;
            else rights[place].shares += right.shares;
        }
        assembly ("memory-safe") {
            mstore(rights, n)
        }
    }

    /// @notice Where a holder's right of a kind stands among the first `n`; `n` when it doesn't.
    function indexOf(Right[] memory rights, uint256 n, address holder, RightKind kind)
        internal
        pure
        returns (uint256 i)
    {
        while (i < n && (rights[i].holder != holder || rights[i].kind != kind)) ++i;
    }

    /// @notice One list after the other.
    function joined(Right[] memory first, Right[] memory second) internal pure returns (Right[] memory list) {
        list = new Right[](first.length + second.length);
        for (uint256 i; i < first.length; ++i) {
            list[i] = first[i];
        }
        for (uint256 i; i < second.length; ++i) {
            list[first.length + i] = second[i];
        }
    }
}
