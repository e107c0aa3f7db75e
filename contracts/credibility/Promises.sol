// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Evaluations} from "./Evaluations.sol";
import {Mandates} from "./Mandates.sol";
import {PromiseStore} from "./PromiseStore.sol";

/// @title Promises: fixed on chain, judged in secret when due, settled by burning Cred
/// @dev Read in layers, each a file: PromiseStore (charter, views), Mandates (what is promised), Evaluations (judging,
/// burning). Whether a result stands is for Appeals, which this contract makes, to say.
contract Promises is Mandates, Evaluations {
    constructor(Charter memory charter) PromiseStore(charter) {}
}
