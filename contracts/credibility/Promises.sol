// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Appeals} from "./Appeals.sol";
import {Mandates} from "./Mandates.sol";
import {PromiseStore} from "./PromiseStore.sol";

/// @title Promises: fixed on chain, judged in secret when due, settled by burning Cred
/// @dev Read in layers, each a file: PromiseStore (charter, views), Mandates (what is promised), Evaluations (judging,
/// burning), Appeals (petition, jury).
contract Promises is Mandates, Appeals {
    constructor(Charter memory charter) PromiseStore(charter) {}
}
