// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {IClearing} from "./interfaces/IClearing.sol";

/// @title What is signed of an operation: EIP-712 types that a wallet can show
/// @dev The types are joined from their parts once, at deployment: the compiler hashes literals alone.
abstract contract ClearingSlips is IClearing, EIP712 {
    string private constant TERMS =
        "Terms(address organiser,address arbiter,address refuter,uint16 contest_h,uint16 rule_h,bytes32 rulesHash)";
    string private constant STATEMENT = "Statement(uint32 number,uint32 period,bytes32 linesHash,uint32 n,"
        "bytes32 readingsRoot,bytes32 totalsRoot,string uri)";

    bytes32 private immutable _termsTypeHash = keccak256(bytes(TERMS));
    bytes32 private immutable _statementTypeHash = keccak256(bytes(STATEMENT));
    bytes32 private immutable _depositTypeHash = _ofTerms("Deposit(Terms terms,address member,uint40 cap_cents)");
    bytes32 internal immutable _setCapTypeHash =
        _ofTerms("SetCap(Terms terms,address member,uint40 cap_cents,uint256 deadline)");
    bytes32 internal immutable _takeTypeHash =
        _ofTerms("Take(Terms terms,address member,uint64 amount_cents,uint256 deadline)");
    bytes32 internal immutable _leaveTypeHash = _ofTerms("Leave(Terms terms,address member,uint256 deadline)");
    bytes32 internal immutable _ruleTypeHash =
        _ofTerms("Rule(Terms terms,uint32 period,address member,uint64 due_cents,uint256 deadline)");
    bytes32 internal immutable _stateTypeHash = _ofStatement("State(Terms terms,Statement statement,uint256 deadline)");
    bytes32 internal immutable _retractTypeHash =
        _ofStatement("Retract(Terms terms,Statement statement,uint256 deadline)");
    bytes32 internal immutable _contestTypeHash =
        _ofStatement("Contest(Terms terms,Statement statement,address member,bytes32 reasonHash,uint256 deadline)");

    constructor() EIP712("Clearing", "1") {}

    /// @inheritdoc IClearing
    function nameOf(Terms calldata terms) public view returns (bytes32 op) {
        return keccak256(abi.encode(_termsTypeHash, terms));
    }

    /// @inheritdoc IClearing
    function hashStatement(Statement calldata statement) public view returns (bytes32 statementHash) {
        return keccak256(
            abi.encode(
                _statementTypeHash,
                statement.number,
                statement.period,
                statement.linesHash,
                statement.n,
                statement.readingsRoot,
                statement.totalsRoot,
                keccak256(bytes(statement.uri))
            )
        );
    }

    /// @inheritdoc IClearing
    function depositPurpose(bytes32 op, address member, uint40 cap_cents) public view returns (bytes32 purpose) {
        return keccak256(abi.encode(_depositTypeHash, op, member, cap_cents));
    }

    function _ofTerms(string memory slip) private pure returns (bytes32) {
        return keccak256(bytes.concat(bytes(slip), bytes(TERMS)));
    }

    function _ofStatement(string memory slip) private pure returns (bytes32) {
        return keccak256(bytes.concat(bytes(slip), bytes(STATEMENT), bytes(TERMS)));
    }

    /// @dev As of abi.encode(lines), which would copy them one by one. What does not fit its type is refused where it
    /// is read.
    function _hashOf(Line[] calldata lines) internal pure returns (bytes32 linesHash) {
        assembly ("memory-safe") {
            let encoded := mload(0x40)
            let size := mul(lines.length, 0x40)
            mstore(encoded, 0x20)
            mstore(add(encoded, 0x20), lines.length)
            calldatacopy(add(encoded, 0x40), lines.offset, size)
            linesHash := keccak256(encoded, add(size, 0x40))
        }
    }
}
