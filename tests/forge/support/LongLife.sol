// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test, console} from "forge-std/Test.sol";

/// @notice A handler that counts, for each of its acts by name, how often it was done and was refused.
interface ICountedActs {
    function acts(uint256 index) external view returns (string memory);
    function numberOfActs() external view returns (uint256);
    function succeeded(string calldata act) external view returns (uint256);
    function refused(string calldata act) external view returns (uint256);
}

/// @title One long life of a handler: the same acts in every run, and how often each was done and was refused
abstract contract LongLife is Test {
    /// @dev Raises what the handler reverts with: an invariant of its own that broke.
    function _live(address handler, bytes4[] memory selectors, uint256 moment) internal {
        uint256 seed = uint256(keccak256(abi.encode(moment)));
        bytes4 selector = selectors[seed % selectors.length];
        (bool done, bytes memory reason) =
            handler.call(abi.encodePacked(selector, _word(seed, 1), _word(seed, 2), _word(seed, 3), _word(seed, 4)));
        if (done) return;
        assembly ("memory-safe") {
            revert(add(reason, 0x20), mload(reason))
        }
    }

    function _assertAllWasTried(ICountedActs handler, uint256 numberOfActs) internal view {
        console.log("act                 done  refused");
        for (uint256 i; i < handler.numberOfActs(); ++i) {
            string memory act = handler.acts(i);
            console.log(act, handler.succeeded(act), handler.refused(act));
            assertGt(handler.succeeded(act), 0, string.concat(act, " never succeeded"));
            assertGt(handler.refused(act), 0, string.concat(act, " was never refused"));
        }
        assertEq(handler.numberOfActs(), numberOfActs, "an act was never tried");
    }

    function _word(uint256 seed, uint256 place) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, place)));
    }
}
