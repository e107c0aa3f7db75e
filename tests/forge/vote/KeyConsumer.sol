// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Point} from "contracts/vote/Point.sol";
import {IKeyCeremony} from "contracts/vote/interfaces/IKeyCeremony.sol";

/// @dev Takes keys and opens nothing; its own rulebook, it wants phases of ten minutes.
contract KeyConsumer {
    error KeyConsumer_ShortPhase(uint256 position);

    function rulebook() external view returns (address) {
        return address(this);
    }

    function requirePhases(uint32[5] calldata durations) external pure {
        for (uint256 i; i < durations.length; ++i) {
            require(durations[i] >= 10 minutes, KeyConsumer_ShortPhase(i));
        }
    }

    function take(IKeyCeremony ceremony, uint256 id) external returns (Point memory) {
        return ceremony.use(id);
    }
}
