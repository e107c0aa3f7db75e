// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC3009} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

/// @title What most teams would build for a town: OpenZeppelin's ERC-20 and ERC-3009, a mapping of members, one of
/// frozen accounts
contract GuardedToken is ERC3009, AccessManaged {
    mapping(address account => bool) public member;
    mapping(address account => bool) public frozen;

    error Guarded_Refused(address account);

    constructor(address authority) ERC20("Guarded", "GRD") EIP712("Guarded", "1") AccessManaged(authority) {}

    function enrol(address[] calldata accounts) external restricted {
        for (uint256 i; i < accounts.length; ++i) {
            member[accounts[i]] = true;
        }
    }

    function issue(address to, uint256 amount) external restricted {
        _mint(to, amount);
    }

    function issueBatch(address[] calldata to, uint256[] calldata amounts) external restricted {
        for (uint256 i; i < to.length; ++i) {
            _mint(to[i], amounts[i]);
        }
    }

    function recover(address from, address to) external restricted {
        member[to] = true;
        _transfer(from, to, balanceOf(from));
        member[from] = false;
    }

    function _update(address from, address to, uint256 value) internal override {
        if (from != address(0)) _requireSound(from);
        _requireSound(to);
        super._update(from, to, value);
    }

    function _requireSound(address account) private view {
        require(member[account] && !frozen[account], Guarded_Refused(account));
    }
}
