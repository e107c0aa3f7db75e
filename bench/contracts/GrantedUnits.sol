// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title What most teams would build for aid: OpenZeppelin's ERC-1155, an id a period, granted to each account, burnt
/// where it is spent, and the merchant paid of the money that is here
contract GrantedUnits is ERC1155, Ownable {
    using SafeERC20 for IERC20;

    IERC20 public immutable token;
    mapping(address merchant => bool) public accredited;

    error GrantedUnits_NotAccredited(address merchant);

    constructor(address owner, IERC20 token_) ERC1155("") Ownable(owner) {
        token = token_;
    }

    function grantBatch(address[] calldata to, uint256 period, uint256 units) external onlyOwner {
        for (uint256 i; i < to.length; ++i) {
            _mint(to[i], period, units, "");
        }
    }

    function accredit(address merchant) external onlyOwner {
        accredited[merchant] = true;
    }

    function spend(address merchant, uint256 period, uint256 units) external {
        require(accredited[merchant], GrantedUnits_NotAccredited(merchant));
        _burn(msg.sender, period, units);
        token.safeTransfer(merchant, units);
    }
}
