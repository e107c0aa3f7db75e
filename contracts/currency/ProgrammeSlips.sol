// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {IProgrammes} from "./interfaces/IProgrammes.sol";

/// @title What is signed of a programme: EIP-712 types that a wallet can show
abstract contract ProgrammeSlips is IProgrammes, EIP712 {
    bytes32 private constant SPEND_TYPEHASH =
        keccak256("Spend(bytes32 programme,address holder,address merchant,uint32 units,uint16 nonce,uint40 deadline)");
    bytes32 private constant GRANT_TYPEHASH =
        keccak256("Grant(bytes32 programme,address granter,address holder,uint32 units,bytes32 act,uint256 deadline)");
    bytes32 private constant FUND_TYPEHASH = keccak256("Fund(bytes32 programme)");
    bytes32 private constant REFUND_TYPEHASH = keccak256(
        "Refund(Spend spend,uint32 units)"
        "Spend(bytes32 programme,address holder,address merchant,uint32 units,uint16 nonce,uint40 deadline)"
    );

    constructor() EIP712("Programmes", "1") {}

    /// @inheritdoc IProgrammes
    function nameOf(address sponsor, bytes32 salt) public view returns (bytes32 programme) {
        return keccak256(abi.encode(block.chainid, address(this), sponsor, salt));
    }

    /// @inheritdoc IProgrammes
    function hashSpend(bytes32 programme, Spend calldata spend_) public pure returns (bytes32 spendHash) {
        return keccak256(
            abi.encode(
                SPEND_TYPEHASH, programme, spend_.holder, spend_.merchant, spend_.units, spend_.nonce, spend_.deadline
            )
        );
    }

    /// @inheritdoc IProgrammes
    function fundPurpose(bytes32 programme) public pure returns (bytes32 purpose) {
        return keccak256(abi.encode(FUND_TYPEHASH, programme));
    }

    /// @inheritdoc IProgrammes
    function refundPurpose(bytes32 spendHash, uint32 units) public pure returns (bytes32 purpose) {
        return keccak256(abi.encode(REFUND_TYPEHASH, spendHash, units));
    }

    function _hashGrant(bytes32 programme, Grant calldata grant_) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                GRANT_TYPEHASH, programme, grant_.granter, grant_.holder, grant_.units, grant_.act, grant_.deadline
            )
        );
    }
}
