// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title A token that behaves as badly as it is told
contract TokenMock is ERC20 {
    enum Mood {
        Honest,
        ReturnsFalse,
        Reverts,
        BurnsGas,
        TakesCommission,
        Reenters,
        AnswersNothing
    }

    Mood public mood;
    address public sulksAt;
    bytes public callback;
    address public target;

    constructor() ERC20("Mock", "MOCK") {}

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    /// @param whom whom to treat so; nobody named is everybody
    function sulk(Mood mood_, address whom) external {
        (mood, sulksAt) = (mood_, whom);
    }

    function onTransfer(address target_, bytes calldata callback_) external {
        (mood, target, callback) = (Mood.Reenters, target_, callback_);
    }

    function transfer(address to, uint256 amount) public override returns (bool) {
        bool paid = _behave(to) && super.transfer(to, amount);
        if (mood != Mood.AnswersNothing) return paid;
        assembly ("memory-safe") {
            return(0, 0)
        }
    }

    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        if (!_behave(from)) return false;
        super.transferFrom(from, to, amount);
        if (mood == Mood.TakesCommission) _burn(to, 1);
        return true;
    }

    /// @dev Says nothing and moves nothing.
    function receiveWithAuthorization(address, address, uint256, uint256, uint256, bytes32, bytes calldata) external {}

    function _behave(address who) private returns (bool) {
        if (sulksAt != address(0) && sulksAt != who) return true;
        if (mood == Mood.ReturnsFalse) return false;
        require(mood != Mood.Reverts, "no");
        while (mood == Mood.BurnsGas) {}
        if (mood == Mood.Reenters) {
            (bool done,) = target.call(callback);
            require(!done, "reentered");
        }
        return true;
    }
}
