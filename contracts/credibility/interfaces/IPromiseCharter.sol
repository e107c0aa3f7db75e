// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IResidents} from "../../residents/interfaces/IResidents.sol";
import {IConsultations} from "../../vote/interfaces/IConsultations.sol";
import {IAppeals} from "./IAppeals.sol";
import {ICred} from "./ICred.sol";

/// @title What promises are judged by, for ever
interface IPromiseCharter {
    /// @notice The token.
    function cred() external view returns (ICred);

    /// @notice Which results stand; made with the town's jury and periods.
    function appeals() external view returns (IAppeals);

    /// @notice The register of residents, which knows who replaced a lost key.
    function residents() external view returns (IResidents);

    /// @notice Where the results of consultations are read.
    function results() external view returns (IConsultations);

    /// @notice The part of the roll below which opinions count as if they were so many, in basis points.
    function turnoutFloor_bps() external view returns (uint16);

    /// @notice The part of the town's citizens that an evaluation's roll has at least, in basis points.
    function rollFloor_bps() external view returns (uint16);

    /// @notice How long a promise has been due before anyone may have it judged, in seconds.
    function silence_s() external view returns (uint40);

    /// @notice How long after that it may be declared unjudged, in seconds.
    function patience_s() external view returns (uint40);

    /// @notice How long an evaluation that burns is announced before it opens, in seconds, at least.
    function notice_s() external view returns (uint40);

    /// @notice How long an evaluation that burns is open, at least, and how long the trustees of one that anyone calls
    /// have then, in seconds.
    function voting_s() external view returns (uint40);
}
