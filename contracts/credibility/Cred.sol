// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICred} from "./interfaces/ICred.sol";

/// @title Cred: the credibility that a mandate starts with and that broken promises burn
contract Cred is ICred {
    /// @inheritdoc ICred
    address public immutable promises;

    string public name;
    string public symbol;
    uint256 public totalSupply;
    mapping(address holder => uint256) public balanceOf;

    modifier onlyPromises() {
        require(msg.sender == promises, Cred_OnlyPromises(msg.sender));
        _;
    }

    constructor(address promises_, string memory name_, string memory symbol_) {
        promises = promises_;
        name = name_;
        symbol = symbol_;
    }

    /// @inheritdoc ICred
    function mint(address holder, uint256 amount) external onlyPromises {
        totalSupply += amount;
        unchecked {
            balanceOf[holder] += amount; // at most the supply
        }
        emit Transfer(address(0), holder, amount);
    }

    /// @inheritdoc ICred
    function burn(address holder, uint256 amount) external onlyPromises {
        uint256 balance = balanceOf[holder];
        require(amount <= balance, Cred_BurnExceedsBalance(holder, balance, amount));

        unchecked {
            balanceOf[holder] = balance - amount;
            totalSupply -= amount; // at least the balance
        }
        emit Transfer(holder, address(0), amount);
    }

    function transfer(address, uint256) external pure returns (bool) {
        revert Cred_NotTransferable();
    }

    function transferFrom(address, address, uint256) external pure returns (bool) {
        revert Cred_NotTransferable();
    }

    function approve(address, uint256) external pure returns (bool) {
        revert Cred_NotTransferable();
    }

    function allowance(address, address) external pure returns (uint256) {
        return 0;
    }

    function decimals() external pure returns (uint8) {
        return 0;
    }
}
