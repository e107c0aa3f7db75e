// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC721} from "solady/tokens/ERC721.sol";

/// @title The least that solady's ERC-721 can do: an id and an owner; who may mint is not even asked
contract SoladyTitle is ERC721 {
    function name() public pure override returns (string memory) {
        return "Solady";
    }

    function symbol() public pure override returns (string memory) {
        return "SOL";
    }

    function tokenURI(uint256) public pure override returns (string memory) {
        return "";
    }

    function register(uint256 id, address to) external {
        _mint(to, id);
    }

    function registerMany(uint256[] calldata ids, address[] calldata to) external {
        for (uint256 i; i < ids.length; ++i) {
            _mint(to[i], ids[i]);
        }
    }
}
