// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title The least that OpenZeppelin's ERC-20 can do: who may mint is not even asked
contract BareToken is ERC20 {
    constructor() ERC20("Bare", "BARE") {}

    function issue(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function issueBatch(address[] calldata to, uint256[] calldata amounts) external {
        for (uint256 i; i < to.length; ++i) {
            _mint(to[i], amounts[i]);
        }
    }
}
