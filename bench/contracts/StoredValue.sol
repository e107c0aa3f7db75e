// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

/// @title A value and its time that an owner writes: behind a Safe, what m of n signers write without Facts
contract StoredValue is Ownable {
    event ValueSet(int128 value, uint40 at, bytes32 source);

    int128 public value;
    uint40 public at;

    constructor(address owner) Ownable(owner) {}

    function set(int128 value_, uint40 at_, bytes32 source) external onlyOwner {
        (value, at) = (value_, at_);
        emit ValueSet(value_, at_, source);
    }
}
