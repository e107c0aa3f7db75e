// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

// forge compiles for this file, which no restriction names, what no other file would have it compile as a town is.
import {ResultsMock} from "tests/forge/harness/ResultsMock.sol";
import {TallyHarness} from "tests/forge/harness/TallyHarness.sol";
