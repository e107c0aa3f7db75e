// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

/// @title The least that OpenZeppelin's ERC-721 can do: an id and an owner; who may mint is not even asked
contract BareTitle is ERC721 {
    constructor() ERC721("Bare", "BARE") {}

    function register(uint256 id, address to) external {
        _mint(to, id);
    }

    function registerMany(uint256[] calldata ids, address[] calldata to) external {
        for (uint256 i; i < ids.length; ++i) {
            _mint(to[i], ids[i]);
        }
    }
}
