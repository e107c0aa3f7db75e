// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {Till} from "contracts/currency/Till.sol";
import {IResidents} from "contracts/residents/interfaces/IResidents.sol";

/// @title A till and nothing around it
contract TillHarness is Till {
    constructor(IERC20 token, IResidents residents) Till(token, residents) EIP712("Till", "1") {}

    function payIn(uint256 amount_cents) external {
        _payIn(amount_cents);
    }

    function payInBySlip(bytes32 purpose, address payer, uint256 amount_cents, bytes32 salt, bytes calldata signature)
        external
    {
        _payInBySlip(purpose, payer, amount_cents, 0, type(uint256).max, salt, signature);
    }

    function payOut(address payee, uint256 amount_cents) external {
        _payOut(7, payee, amount_cents);
    }

    function digest(address payee, address to, uint256 deadline) external view returns (bytes32) {
        bytes32 typeHash = keccak256("Withdrawal(address payee,address to,uint256 deadline)");
        return _hashTypedDataV4(keccak256(abi.encode(typeHash, payee, to, deadline)));
    }
}
