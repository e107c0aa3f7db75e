// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Facts} from "contracts/records/Facts.sol";
import {IFacts} from "contracts/records/interfaces/IFacts.sol";
import {AsDeployed} from "tests/forge/support/AsDeployed.sol";

/// @title A market's price of wheat, which two of three weighers state
/// @dev The contract stands on no town: nobody's office is asked.
abstract contract FactsFixture is AsDeployed {
    string internal constant FACT_TYPE =
        "Fact(string name,string unit,uint8 decimals,string uri,address[] issuers,uint8 m)";
    bytes32 internal constant STATE = keccak256(
        abi.encodePacked(
            "State(Fact fact,uint32 number,int128 value,uint40 at,bytes32 source,uint256 deadline)", FACT_TYPE
        )
    );
    bytes32 internal constant WITHDRAW =
        keccak256(abi.encodePacked("Withdraw(Fact fact,uint32 number,bytes32 source,uint256 deadline)", FACT_TYPE));
    bytes32 internal constant RESIGN =
        keccak256(abi.encodePacked("Resign(Fact fact,address issuer,uint256 deadline)", FACT_TYPE));
    uint40 internal constant NOW = 1_767_225_600; // 2026-01-01
    uint24 internal constant FIRST_TWO = 3;
    uint24 internal constant LAST_TWO = 6;
    uint24 internal constant ALL = 7;

    address internal stranger = makeAddr("stranger");
    Facts internal facts;
    address[] internal issuers;
    mapping(address issuer => uint256) internal keys;
    bytes32 internal fact;

    function _found() internal {
        vm.warp(NOW);
        facts = Facts(deployCode("Facts.sol:Facts", ""));
        _name("weigher 1");
        _name("weigher 2");
        _name("weigher 3");
        fact = facts.open(_wheat());
    }

    function _wheat() internal view returns (IFacts.Fact memory) {
        return IFacts.Fact("wheat", "EUR/t", 2, "ipfs://wheat", issuers, 2);
    }

    /// @dev One more issuer, at its place.
    function _name(string memory name) internal returns (address issuer) {
        uint256 key;
        (issuer, key) = makeAddrAndKey(name);
        keys[issuer] = key;
        _seat(issuer);
    }

    function _seat(address issuer) internal {
        issuers.push(issuer);
        for (uint256 i = issuers.length - 1; i != 0 && issuers[i] < issuers[i - 1]; --i) {
            (issuers[i], issuers[i - 1]) = (issuers[i - 1], issuers[i]);
        }
    }

    /// @dev The next statement of the fact, of this moment and for this moment.
    function _says(int128 value) internal view returns (IFacts.Statement memory) {
        return IFacts.Statement(fact, _next(), value, uint40(block.timestamp), "note", block.timestamp);
    }

    function _next() internal view returns (uint32) {
        return facts.recordOf(fact).number + 1;
    }

    function _stated(int128 value, uint24 signers) internal {
        IFacts.Statement memory statement = _says(value);
        facts.state(statement, signers, _signed(_stateSlip(statement), signers));
    }

    function _withdrawn(uint24 signers) internal {
        uint32 number = _next();
        bytes[] memory signatures = _signed(_withdrawSlip(fact, number, "error", block.timestamp), signers);
        facts.withdraw(fact, number, "error", block.timestamp, signers, signatures);
    }

    function _resigned(uint256 seat) internal {
        vm.prank(issuers[seat]);
        facts.resign(fact, seat, 0, "");
    }

    function _stateSlip(IFacts.Statement memory statement) internal pure returns (bytes32) {
        return keccak256(abi.encode(STATE, statement));
    }

    function _withdrawSlip(bytes32 of_, uint32 number, bytes32 source, uint256 deadline)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(WITHDRAW, of_, number, source, deadline));
    }

    function _resignSlip(address issuer, uint256 deadline) internal view returns (bytes32) {
        return keccak256(abi.encode(RESIGN, fact, issuer, deadline));
    }

    /// @dev By the issuers at these places, in their order.
    function _signed(bytes32 slip, uint24 signers) internal view returns (bytes[] memory signatures) {
        return _signedFor(slip, signers, address(facts), block.chainid);
    }

    function _signedFor(bytes32 slip, uint24 signers, address contract_, uint256 chainId)
        internal
        view
        returns (bytes[] memory signatures)
    {
        signatures = new bytes[](_ones(signers));
        uint256 count;
        for (uint256 i; i < issuers.length; ++i) {
            if ((signers >> i) & 1 == 0) continue;
            signatures[count++] = _sign(keys[issuers[i]], _digest(slip, contract_, chainId));
        }
    }

    function _sign(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    function _digest(bytes32 slip, address contract_, uint256 chainId) internal pure returns (bytes32) {
        bytes32 separator = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Facts"),
                keccak256("1"),
                chainId,
                contract_
            )
        );
        return keccak256(abi.encodePacked("\x19\x01", separator, slip));
    }

    function _ones(uint256 word) internal pure returns (uint256 count) {
        for (; word != 0; word &= word - 1) {
            ++count;
        }
    }
}
