// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {InPerson} from "../access/InPerson.sol";
import {Town} from "../access/Town.sol";
import {IConcurrence} from "./interfaces/IConcurrence.sol";

/// @title Acts that take two offices: one attests, the other posts
abstract contract Concurrence is IConcurrence, InPerson {
    /// @dev An attestation in one slot; the first of an act says how many it has.
    struct Place {
        address by;
        uint64 until;
        uint32 count;
    }

    uint256 private constant MAX_NOTARIES = 8;

    /// @dev For a module that numbers its acts: beside the authority, in a slot that each of them reads anyway.
    uint32 internal _numbered;
    uint64 private immutable _notary;
    mapping(bytes32 actHash => mapping(uint256 place => Place)) private _places;

    modifier concurring() {
        _concur();
        _;
    }

    constructor() {
        _notary = Town(authority()).NOTARY();
    }

    /// @inheritdoc IConcurrence
    function attest(bytes32 actHash, uint64 until) external restricted inPerson {
        mapping(uint256 place => Place) storage places = _places[actHash];
        uint256 count = places[0].count;
        uint256 place;
        while (place < count && places[place].by != msg.sender) ++place;
        require(place < MAX_NOTARIES, Concurrence_TooManyNotaries(MAX_NOTARIES));

        if (place == count) ++count;
        places[place] = Place(msg.sender, until, place == 0 ? uint32(count) : 0);
        if (place != 0) places[0].count = uint32(count);
        emit Attested(actHash, msg.sender, until);
    }

    /// @inheritdoc IConcurrence
    function attestationOf(bytes32 actHash) external view returns (Attestation memory) {
        mapping(uint256 place => Place) storage places = _places[actHash];
        (uint256 serves,) = _serving(places, places[0].count, address(0));
        return Attestation(places[serves].by, places[serves].until);
    }

    /// @dev The call itself is the act, so that there is nothing to encode twice.
    function _concur() internal inPerson {
        bytes32 actHash = keccak256(msg.data);
        mapping(uint256 place => Place) storage places = _places[actHash];
        uint256 count = places[0].count;
        (uint256 serves, address why) = _serving(places, count, msg.sender);
        require(serves != count || why != msg.sender, Concurrence_SamePerson(msg.sender));
        require(serves != count || why == address(0), Concurrence_OutOfOffice(why));
        require(serves != count, Concurrence_NotAttested(actHash));

        for (uint256 place; place < count; ++place) {
            delete places[place];
        }
    }

    /// @dev The first attestation that serves whoever acts; `count` if none does, and the notary for whom one does not.
    function _serving(mapping(uint256 place => Place) storage places, uint256 count, address actor)
        private
        view
        returns (uint256 place, address why)
    {
        for (; place < count; ++place) {
            Place memory given = places[place];
            if (block.timestamp > given.until) continue;
            (bool inOffice,) = Town(authority()).hasRole(_notary, given.by);
            if (inOffice && given.by != actor) return (place, address(0));
            why = given.by;
        }
    }
}
