// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {SlipActs} from "../access/SlipActs.sol";
import {IFacts} from "./interfaces/IFacts.sol";

/// @title Values that m of n named issuers signed
contract Facts is IFacts, SlipActs {
    string private constant FACT = "Fact(string name,string unit,uint8 decimals,string uri,address[] issuers,uint8 m)";
    bytes32 private constant FACT_TYPEHASH = keccak256(bytes(FACT));
    bytes32 private constant STATE_TYPEHASH = keccak256(
        bytes.concat(
            "State(Fact fact,uint32 number,int128 value,uint40 at,bytes32 source,uint256 deadline)", bytes(FACT)
        )
    );
    bytes32 private constant WITHDRAW_TYPEHASH =
        keccak256(bytes.concat("Withdraw(Fact fact,uint32 number,bytes32 source,uint256 deadline)", bytes(FACT)));
    bytes32 private constant RESIGN_TYPEHASH =
        keccak256(bytes.concat("Resign(Fact fact,address issuer,uint256 deadline)", bytes(FACT)));
    uint256 private constant MAX_ISSUERS = 24;

    mapping(bytes32 fact => Record) private _records;
    mapping(bytes32 fact => address[]) private _issuers;

    constructor() EIP712("Facts", "1") {
        // Whoever has lost the town's manifest finds by its logs when a contract was born.
        emit EIP712DomainChanged();
    }

    /// @inheritdoc IFacts
    function open(Fact calldata definition) external returns (bytes32 fact) {
        uint256 n = definition.issuers.length;
        require(bytes(definition.name).length != 0, Facts_NoName());
        require(n <= MAX_ISSUERS, Facts_TooManyIssuers(MAX_ISSUERS));
        require(definition.m <= n && 2 * uint256(definition.m) > n, Facts_NoMajority(definition.m, n));
        for (uint256 i; i < n; ++i) {
            address last = i == 0 ? address(0) : definition.issuers[i - 1];
            require(definition.issuers[i] > last, Facts_IssuersUnordered(i));
        }

        fact = nameOf(definition);
        Record storage record = _records[fact];
        if (record.m == 0) {
            (record.seats, record.m) = (uint24((1 << n) - 1), definition.m);
            _issuers[fact] = definition.issuers;
        }
        emit FactOpened(fact, msg.sender, definition);
    }

    /// @inheritdoc IFacts
    function state(Statement calldata statement, uint24 signers, bytes[] calldata signatures) external {
        bytes32 fact = statement.fact;
        Record memory record = _records[fact];
        bytes32 slip = keccak256(abi.encode(STATE_TYPEHASH, statement));
        _requirePanel(fact, record, statement.number, slip, statement.deadline, signers, signatures);
        require(statement.at <= block.timestamp, Facts_NotYet(statement.at));
        require(statement.at >= record.at, Facts_BeforeTheLast(record.at, statement.at));

        (record.value, record.at) = (statement.value, statement.at);
        (record.number, record.signers) = (statement.number, signers);
        _records[fact] = record;
        emit Stated(fact, statement.number, statement.value, statement.at, statement.source, signers);
    }

    /// @inheritdoc IFacts
    function withdraw(
        bytes32 fact,
        uint32 number,
        bytes32 source,
        uint256 deadline,
        uint24 signers,
        bytes[] calldata signatures
    ) external {
        Record memory record = _records[fact];
        bytes32 slip = keccak256(abi.encode(WITHDRAW_TYPEHASH, fact, number, source, deadline));
        _requirePanel(fact, record, number, slip, deadline, signers, signatures);
        require(_stands(record), Facts_NoValue(fact));

        (record.number, record.signers) = (number, 0);
        _records[fact] = record;
        emit Withdrawn(fact, number, source, signers);
    }

    /// @inheritdoc IFacts
    function resign(bytes32 fact, uint256 seat, uint256 deadline, bytes calldata signature) external {
        Record storage record = _records[fact];
        uint24 bit = uint24(1 << seat);
        require(record.seats & bit != 0, Facts_NotSeated(1 << seat));
        address issuer = _issuers[fact][seat];
        _requireBy(issuer, keccak256(abi.encode(RESIGN_TYPEHASH, fact, issuer, deadline)), deadline, signature);

        record.seats &= ~bit;
        emit Resigned(fact, issuer);
    }

    /// @inheritdoc IFacts
    function freshValueOf(bytes32 fact, uint256 maxAge) external view returns (int256 value) {
        uint256 at;
        (value, at,) = valueOf(fact);
        require(block.timestamp - at <= maxAge, Facts_Stale(at, maxAge));
    }

    /// @inheritdoc IFacts
    function recordOf(bytes32 fact) external view returns (Record memory) {
        return _records[fact];
    }

    /// @inheritdoc IFacts
    function issuersOf(bytes32 fact) external view returns (address[] memory) {
        return _issuers[fact];
    }

    /// @inheritdoc IFacts
    function valueOf(bytes32 fact) public view returns (int256 value, uint256 at, uint256 number) {
        Record memory record = _records[fact];
        require(_stands(record), Facts_NoValue(fact));
        return (record.value, record.at, record.number);
    }

    /// @inheritdoc IFacts
    function nameOf(Fact calldata definition) public pure returns (bytes32 fact) {
        return keccak256(
            abi.encode(
                FACT_TYPEHASH,
                keccak256(bytes(definition.name)),
                keccak256(bytes(definition.unit)),
                definition.decimals,
                keccak256(bytes(definition.uri)),
                keccak256(abi.encodePacked(definition.issuers)),
                definition.m
            )
        );
    }

    /// @dev An act is the fact's next, signed in time by m of those who have a seat. Each place has one bit, and so no
    /// issuer counts twice.
    function _requirePanel(
        bytes32 fact,
        Record memory record,
        uint32 number,
        bytes32 slip,
        uint256 deadline,
        uint24 signers,
        bytes[] calldata signatures
    ) private view {
        require(record.m != 0, Facts_NotOpened(fact));
        require(number == record.number + 1, Facts_NotNext(record.number + 1, number));
        require(block.timestamp <= deadline, SlipActs_SlipExpired(deadline));
        require(signers & ~record.seats == 0, Facts_NotSeated(signers & ~record.seats));
        uint256 count = _ones(signers);
        require(count >= record.m, Facts_TooFewSigners(record.m, count));
        require(count == signatures.length, Facts_SignaturesAsked(count, signatures.length));

        address[] storage issuers = _issuers[fact];
        uint256 place;
        for (uint256 i; i < count; ++i) {
            while (signers >> place & 1 == 0) ++place;
            _requireSigned(issuers[place++], slip, signatures[i]);
        }
    }

    /// @dev A value stands as long as m of those who signed it keep their seats.
    function _stands(Record memory record) private pure returns (bool) {
        return record.m != 0 && _ones(record.signers & record.seats) >= record.m;
    }

    function _ones(uint256 word) private pure returns (uint256 count) {
        for (; word != 0; word &= word - 1) {
            ++count;
        }
    }
}
