// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {TownFixture} from "tests/forge/support/TownFixture.sol";

/// @title A town with money, whose people have keys that sign and money in the pocket
abstract contract PeopleFixture is TownFixture {
    bytes32 internal constant RECEIVE = keccak256(
        "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );

    mapping(address account => uint256) internal keys;

    /// @dev Nobody but the commons is enrolled yet; there are as many euros as people may get.
    function _foundTownOfPeople(uint256 reserve_cents) internal {
        _foundTownWithMoney(0);
        _keyed("stranger");
        vm.prank(auditor);
        currency.attestReserve(reserve_cents, "statement");
    }

    /// @dev Somebody of whom the register knows nothing.
    function _keyed(string memory name) internal returns (address account) {
        uint256 key;
        (account, key) = makeAddrAndKey(name);
        keys[account] = key;
    }

    /// @dev A resident with money in the pocket.
    function _resident(string memory name, Kind kind, uint80 pocket_cents) internal returns (address account) {
        account = _keyed(name);
        _enrol(kind, account);
        vm.prank(treasurer);
        currency.issue(account, pocket_cents, keccak256(bytes(name)));
    }

    function _signedIn(bytes32 domain, address who, bytes32 slip) internal view returns (bytes memory) {
        return _sign(who, keccak256(abi.encodePacked("\x19\x01", domain, slip)));
    }

    function _sign(address who, bytes32 digest) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(keys[who], digest);
        return abi.encodePacked(r, s, v);
    }
}
