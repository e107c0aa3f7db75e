// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {GovernorCountingSimple} from "@openzeppelin/contracts/governance/extensions/GovernorCountingSimple.sol";
import {GovernorVotes} from "@openzeppelin/contracts/governance/extensions/GovernorVotes.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

/// @title One voice for each citizen, as OpenZeppelin's Governor counts them
contract Voices is ERC20Votes {
    constructor() ERC20("Voices", "VOI") EIP712("Voices", "1") {}

    function enrol(address[] calldata accounts) external {
        for (uint256 i; i < accounts.length; ++i) {
            _mint(accounts[i], 1);
            _delegate(accounts[i], accounts[i]);
        }
    }
}

/// @title The least that OpenZeppelin's Governor can be: a public vote, for, against or abstain, open for a week
contract TownGovernor is Governor, GovernorCountingSimple, GovernorVotes {
    constructor(IVotes voices) Governor("Town") GovernorVotes(voices) {}

    function votingDelay() public pure override returns (uint256) {
        return 1;
    }

    function votingPeriod() public pure override returns (uint256) {
        return 50_400;
    }

    function quorum(uint256) public pure override returns (uint256) {
        return 1;
    }
}
