// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRulebook} from "./IRulebook.sol";

/// @title What a key ceremony asks of the contract that its key is for
interface IKeyConsumer {
    /// @notice The rules of the town, which say how long a ceremony's phases must be.
    function rulebook() external view returns (IRulebook);
}
