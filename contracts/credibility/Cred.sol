// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";

import {ICred} from "./interfaces/ICred.sol";

/// @title Cred: the credibility that a mandate starts with and that broken promises burn
contract Cred is ICred {
    /// @inheritdoc ICred
    address public immutable promises;

    /// @inheritdoc IERC20Metadata
    string public name;
    /// @inheritdoc IERC20Metadata
    string public symbol;
    /// @inheritdoc IERC20
    uint256 public totalSupply;
    /// @inheritdoc IERC20
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

    /// @inheritdoc IERC20
    function transfer(address, uint256) external pure returns (bool) {
        revert Cred_NotTransferable();
    }

    /// @inheritdoc IERC20
    function transferFrom(address, address, uint256) external pure returns (bool) {
        revert Cred_NotTransferable();
    }

    /// @inheritdoc IERC20
    function approve(address, uint256) external pure returns (bool) {
        revert Cred_NotTransferable();
    }

    /// @inheritdoc IERC20
    function allowance(address, address) external pure returns (uint256) {
        return 0;
    }

    /// @inheritdoc IERC20Metadata
    function decimals() external pure returns (uint8) {
        return 0;
    }
}
