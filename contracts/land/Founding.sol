// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Concurrence} from "./Concurrence.sol";
import {ILandRegister} from "./interfaces/ILandRegister.sol";

/// @title The time in which the registrar alone brings the cadastre in
abstract contract Founding is ILandRegister, Concurrence {
    uint64 private immutable _founding_s;
    uint64 private _foundingEndsAt;

    /// @dev The first title begins it, and not the deployment, which is anyone's to bring forward.
    modifier foundingOrConcurring() {
        uint64 endsAt = foundingEndsAt();
        if (block.timestamp >= endsAt) _concur();
        if (_foundingEndsAt == 0) _foundingEndsAt = endsAt;
        _;
    }

    constructor(uint64 founding_s) {
        _founding_s = founding_s;
    }

    /// @inheritdoc ILandRegister
    function foundingEndsAt() public view returns (uint64) {
        return _foundingEndsAt == 0 ? uint64(block.timestamp) + _founding_s : _foundingEndsAt;
    }
}
