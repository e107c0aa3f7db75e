// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {P256} from "@openzeppelin/contracts/utils/cryptography/P256.sol";
import {Test} from "forge-std/Test.sol";

import {SlipSignature} from "contracts/access/SlipSignature.sol";

/// @title A passkey's account in its least form: one P-256 key, verified by the chain (EIP-7951) or by Solidity
contract P256Account is IERC1271 {
    bytes32 private immutable _x;
    bytes32 private immutable _y;
    bool private immutable _byTheChain;

    constructor(uint256 x, uint256 y, bool byTheChain) {
        (_x, _y, _byTheChain) = (bytes32(x), bytes32(y), byTheChain);
    }

    function isValidSignature(bytes32 digest, bytes calldata signature) external view returns (bytes4) {
        (bytes32 r, bytes32 s) = abi.decode(signature, (bytes32, bytes32));
        bool valid = _byTheChain ? P256.verifyNative(digest, r, s, _x, _y) : P256.verifySolidity(digest, r, s, _x, _y);
        return valid ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
    }
}

/// @title What accounts of several makes need to answer, beside what they are promised
contract AccountCostsTest is Test {
    uint256 private constant KEY = 0xB0FF;

    /// @dev At most what the table in docs/architecture.md says.
    function test_AP256KeyThatTheChainVerifies_FitsBothCaps() external {
        assertLt(_cost(true), 12_000);
        assertLt(_cost(true), SlipSignature.BALLOT_GAS);
    }

    function testFuzz_AP256KeyThatSolidityVerifies_FitsNeither(bytes32 digest) external {
        assertGt(_cost(false, digest), SlipSignature.ACCOUNT_GAS);
    }

    function _cost(bool byTheChain) private returns (uint256) {
        return _cost(byTheChain, "what was signed");
    }

    function _cost(bool byTheChain, bytes32 digest) private returns (uint256 cost) {
        (uint256 x, uint256 y) = vm.publicKeyP256(KEY);
        P256Account account = new P256Account(x, y, byTheChain);
        (bytes32 r, bytes32 s) = vm.signP256(KEY, digest);
        if (uint256(s) > P256.N / 2) s = bytes32(P256.N - uint256(s));
        uint256 before = gasleft();
        bytes4 answer = account.isValidSignature(digest, abi.encode(r, s));
        cost = before - gasleft();
        assertEq(answer, IERC1271.isValidSignature.selector);
    }
}
