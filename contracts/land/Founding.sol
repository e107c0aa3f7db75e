// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {ILandRegister} from "./interfaces/ILandRegister.sol";

/// @title The time in which the registrar alone brings the cadastre in
abstract contract Founding is ILandRegister, AccessManaged {
    uint64 private immutable _founding_s;
    /// @dev Beside the authority, in a slot that each act reads anyway, where a register names this contract first.
    uint64 private _foundingEndsAt;

    constructor(uint64 founding_s) {
        _founding_s = founding_s;
    }

    /// @inheritdoc ILandRegister
    function foundingEndsAt() public view returns (uint64) {
        return _foundingEndsAt == 0 ? uint64(block.timestamp) + _founding_s : _foundingEndsAt;
    }

    /// @dev The first title begins it, and not the deployment, which is anyone's to bring forward.
    function _isFounding() internal returns (bool) {
        uint64 endsAt = foundingEndsAt();
        if (_foundingEndsAt == 0) _foundingEndsAt = endsAt;
        return block.timestamp < endsAt;
    }
}
