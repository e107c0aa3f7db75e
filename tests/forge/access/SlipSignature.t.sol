// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

import {SlipSignature} from "contracts/access/SlipSignature.sol";
import {Test} from "forge-std/Test.sol";

/// @title A smart account that needs a given amount of gas to answer yes
contract SlowAccountMock is IERC1271 {
    uint256 private immutable _needed;

    constructor(uint256 needed) {
        _needed = needed;
    }

    function isValidSignature(bytes32, bytes calldata) external view returns (bytes4) {
        uint256 given = gasleft();
        while (given - gasleft() < _needed) {}
        return IERC1271.isValidSignature.selector;
    }
}

/// @title The library, asked from outside
contract SlipSignatureHarness {
    uint256 public constant SLIP_CAP = SlipSignature.ACCOUNT_GAS;
    uint256 public constant BALLOT_CAP = SlipSignature.BALLOT_GAS;

    function accepts(address account, uint256 cap) external view returns (bool) {
        return SlipSignature.accepts(account, abi.encodeCall(IERC1271.isValidSignature, (0, "")), cap);
    }

    function isValid(address account) external view returns (bool) {
        return isSignedBy(account, "");
    }

    function isSignedBy(address account, bytes memory signature) public view returns (bool) {
        return SlipSignature.isValid(account, 0, signature);
    }

    function isByKey(address account, bytes32 digest, bytes memory signature) external view returns (bool) {
        return SlipSignature.isByKey(account, digest, signature);
    }
}

/// @title What a smart account is promised to answer with, it has, or nothing is concluded
contract SlipSignatureTest is Test {
    uint256 private constant MARGIN = 2_000;

    uint256 private constant ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;

    SlipSignatureHarness private library_ = new SlipSignatureHarness();

    function test_WhenAnAccountNeedsAllThatASlipPromises_ItIsHeardWhateverTheGas() external {
        _isHeardWhateverTheGas(library_.SLIP_CAP());
    }

    function test_WhenAnAccountNeedsAllThatABallotPromises_ItIsHeardWhateverTheGas() external {
        _isHeardWhateverTheGas(library_.BALLOT_CAP());
    }

    function test_WhenAnAccountNeedsMoreThanPromised_ItsAnswerIsNo() external {
        address slow = address(new SlowAccountMock(library_.SLIP_CAP() + MARGIN));
        assertFalse(library_.isValid(slow));
        assertFalse(library_.accepts(slow, library_.SLIP_CAP()));
    }

    function test_WhenAKeyBorrowsCodeThatSaysYes_ItSignsByItselfAlone() external {
        address lender = address(new SlowAccountMock(0));
        (address key, uint256 secret) = makeAddrAndKey("borrower");
        vm.etch(key, abi.encodePacked(hex"ef0100", lender));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(secret, bytes32(0));

        assertTrue(library_.isValid(lender));
        assertTrue(library_.accepts(key, library_.SLIP_CAP()), "the code that it borrows says yes");
        assertFalse(library_.isValid(key));
        assertTrue(library_.isSignedBy(key, abi.encodePacked(r, s, v)));
    }

    /// @dev Every form of a signature, and of what is none: another v, the high s, cut, longer, of another, of nobody.
    function testFuzz_ItHearsTheKeysThatOpenZeppelinHears(uint256 secret, bytes32 digest, uint256 form, bytes32 noise)
        external
        view
    {
        secret = bound(secret, 1, ORDER - 1);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(secret, digest);
        address signer = vm.addr(secret);
        form %= 8;
        bytes memory signature = abi.encodePacked(r, s, v);
        if (form == 1) signature = abi.encodePacked(r, bytes32(ORDER - uint256(s)), v ^ 7);
        if (form == 2) signature = abi.encodePacked(r, s, uint8(uint256(noise)));
        if (form == 3) signature = abi.encodePacked(r, s);
        if (form == 4) signature = abi.encodePacked(r, s, v, noise);
        if (form == 5) signature = abi.encodePacked(noise, s, v);
        if (form == 6) signature = abi.encodePacked(r, noise, v);
        if (form == 7) signer = address(0);

        (address recovered, ECDSA.RecoverError failure,) = ECDSA.tryRecover(digest, signature);
        bool isHeard = failure == ECDSA.RecoverError.NoError && recovered == signer;
        assertEq(library_.isByKey(signer, digest, signature), isHeard);
        if (form == 0) assertTrue(isHeard);
    }

    function test_WhenThePromiseCannotBeKept_ItRevertsAndSaysWhatWasPromised() external {
        address slow = address(new SlowAccountMock(1_000));
        uint256 cap = library_.BALLOT_CAP();
        vm.expectRevert(abi.encodeWithSelector(SlipSignature.SlipSignature_OutOfGas.selector, cap));
        library_.accepts{gas: cap}(slow, cap);
    }

    /// @dev With ever more gas: reverts as long as it must, then yes, and never no.
    function _isHeardWhateverTheGas(uint256 cap) private {
        address slow = address(new SlowAccountMock(cap - MARGIN));
        bool heard;
        uint256 gas = 10_000;
        for (; !heard; gas += 997) {
            try library_.accepts{gas: gas}(slow, cap) returns (bool accepted) {
                assertTrue(accepted, "a starved account was taken for one that refuses");
                heard = true;
            } catch {}
        }
        assertLt(gas, cap * 64 / 63 + 20_000, "asks for far more than it promises");
    }
}
