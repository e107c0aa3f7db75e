// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Allowance} from "contracts/currency/Allowance.sol";
import {IProgrammes} from "contracts/currency/interfaces/IProgrammes.sol";

/// @title One holder's slot, which anyone draws from
contract AllowanceBook {
    using Allowance for IProgrammes.Holder;
    using Allowance for uint256;

    IProgrammes.Holder private _holder;

    function set(IProgrammes.Holder calldata holder_) external {
        _holder = holder_;
    }

    function draw(uint256 units, uint256 period, uint256 day, uint256 cap) external {
        _holder.store(_holder.load().draw(units, period, day, cap));
    }

    function restore(uint256 units) external {
        _holder.store(_holder.load().restore(units));
    }

    function use(uint256 nonce) external {
        _holder.store(_holder.load().use(nonce));
    }

    function holder() external view returns (IProgrammes.Holder memory) {
        return _holder;
    }

    function isUsed(uint256 nonce) external view returns (bool) {
        return _holder.load().isUsed(nonce);
    }
}
