// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";

import {IKeyCeremony} from "contracts/vote/interfaces/IKeyCeremony.sol";
import {KeyCeremonyHandler} from "tests/forge/vote/KeyCeremonyHandler.sol";

contract KeyCeremonyInvariantsTest is Test {
    KeyCeremonyHandler internal handler;

    function setUp() public {
        handler = new KeyCeremonyHandler();
        handler.setUp();
        bytes4[] memory selectors = new bytes4[](8);
        selectors[0] = KeyCeremonyHandler.open.selector;
        selectors[1] = KeyCeremonyHandler.pass.selector;
        selectors[2] = KeyCeremonyHandler.enforce.selector;
        selectors[3] = KeyCeremonyHandler.stray.selector;
        for (uint256 i = 4; i < 8; ++i) {
            selectors[i] = KeyCeremonyHandler.act.selector;
        }
        targetSelector(FuzzSelector({addr: address(handler), selectors: selectors}));
        targetContract(address(handler));
    }

    /// @dev Phases and masks only grow, no step is skipped, a key has t dealers behind it, is Σ of their polynomials
    /// and never changes; and no act that the handler means to succeed reverts.
    /// forge-config: default.invariant.fail-on-revert = true
    /// forge-config: default.invariant.depth = 128
    function invariant_PhasesOnlyGoForward() public view {
        assertEq(handler.violation(), "");
    }

    /// @dev What the invariant rests on: the handler does get everywhere.
    function test_TheHandlerReachesEveryPhase() public {
        for (uint256 i; i < 1_200; ++i) {
            uint256 seed = uint256(keccak256(abi.encode("seed", i)));
            uint256 which = (seed >> 128) % 8;
            if (i % 100 == 0) handler.open(seed);
            else if (which == 0) continue;
            else if (which == 1 && i % 4 == 0) handler.pass(seed);
            else if (which == 2) handler.enforce(seed);
            else if (which == 3) handler.stray(seed);
            else handler.act(seed);
        }
        for (uint256 phase = 1; phase <= uint256(IKeyCeremony.Phase.KeyFailed); ++phase) {
            assertGt(handler.entered(IKeyCeremony.Phase(phase)), 0, vm.toString(phase));
        }
        assertEq(handler.violation(), "");
    }
}
