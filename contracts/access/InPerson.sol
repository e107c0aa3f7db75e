// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IInPerson} from "./interfaces/IInPerson.sol";

/// @title Acts that record or compare who carries them out
abstract contract InPerson is IInPerson, AccessManaged {
    modifier inPerson() {
        require(msg.sender != authority(), InPerson_ThroughTheAuthority());
        _;
    }
}
