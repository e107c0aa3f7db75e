// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

// Imported from here, by a file that foundry.toml does not restrict, they are compiled as the town's contracts are.
import {PeriodBook} from "tests/forge/harness/PeriodBook.sol";
import {ResultsMock} from "tests/forge/harness/ResultsMock.sol";
import {TallyHarness} from "tests/forge/harness/TallyHarness.sol";
import {TillHarness} from "tests/forge/harness/TillHarness.sol";
