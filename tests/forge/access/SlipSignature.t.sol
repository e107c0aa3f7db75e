// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

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
}

/// @title What a smart account is promised to answer with, it has, or nothing is concluded
contract SlipSignatureTest is Test {
    uint256 private constant MARGIN = 2_000;

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
