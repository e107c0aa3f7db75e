// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICurrencySlips} from "contracts/currency/interfaces/ICurrencySlips.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {OwnedWallet} from "tests/forge/support/OwnedWallet.sol";
import {TownFixture} from "tests/forge/support/TownFixture.sol";

/// @title Whoever posts slips: again, in another order, cut short, damaged, grafted, and with too little gas
contract PosterHandler is TownFixture {
    uint256 private constant SLIPS = 12;
    uint256 private constant MOST_TOGETHER = 6;
    uint256 private constant START_CENTS = 1_000_00;
    uint256 private constant LIFE_S = 30 days;

    address[] public people;
    string[] public acts;
    mapping(string act => uint256) public succeeded;
    mapping(string act => uint256) public refused;
    /// @notice The first good slip that a batch left out though it was carried out.
    string public leftOut;

    mapping(address account => uint256) private _keys;
    ICurrencySlips.Slip[] private _slips;

    constructor() {
        _foundTownWithMoney(0);
        vm.prank(auditor);
        currency.attestReserve(1_000_000_00, "statement");
        for (uint256 i; i < 3; ++i) {
            (address owner, uint256 key) = makeAddrAndKey(string.concat("payer ", vm.toString(i)));
            address account = i == 2 ? address(new OwnedWallet(owner)) : owner;
            people.push(account);
            _keys[account] = key;
            _enrol(Kind.Citizen, account);
            vm.prank(treasurer);
            currency.issue(account, START_CENTS, keccak256(abi.encode(i)));
        }
        for (uint256 i; i < SLIPS; ++i) {
            _slips.push(_sign(i));
        }
    }

    /// @dev Half of the nonces lie in the account's own slot.
    function _sign(uint256 i) private view returns (ICurrencySlips.Slip memory slip) {
        (address from, address to) = (people[i % 3], people[(i + 1) % 3]);
        slip = ICurrencySlips.Slip(
            from, to, 1_00 + i, 0, block.timestamp + LIFE_S, i % 2 == 0 ? bytes32(i) : keccak256(abi.encode(i)), ""
        );
        bytes32 hash = keccak256(
            abi.encode(
                currency.TRANSFER_WITH_AUTHORIZATION_TYPEHASH(), from, to, slip.value, 0, slip.validBefore, slip.nonce
            )
        );
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", _domain("Beffroi", address(currency)), hash));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(_keys[from], digest);
        slip.signature = abi.encodePacked(r, s, v);
    }

    function numberOfActs() external view returns (uint256) {
        return acts.length;
    }

    function post(uint256 seed) external {
        _do("post", _transferCall(_slips[seed % SLIPS]), gasleft());
    }

    function postWhole(uint256 seed) external {
        _do("post whole", abi.encodeCall(currency.acceptSlip, (_slips[seed % SLIPS])), gasleft());
    }

    /// @dev The words of one slip under another's signature.
    function graft(uint256 seed) external {
        ICurrencySlips.Slip memory slip = _slips[seed % SLIPS];
        slip.signature = _slips[(seed >> 8) % SLIPS].signature;
        _do("graft", _transferCall(slip), gasleft());
    }

    function damage(uint256 seed) external {
        _do("damage", _transferCall(_damaged(_slips[seed % SLIPS], seed)), gasleft());
    }

    function starve(uint256 seed) external {
        _do("starve", _transferCall(_slips[seed % SLIPS]), 20_000 + (seed >> 8) % 200_000);
    }

    /// @dev Any slips, some twice, some damaged, with any gas.
    function batch(uint256 seed) external {
        uint256 count = 1 + seed % MOST_TOGETHER;
        ICurrencySlips.Slip[] memory slips = new ICurrencySlips.Slip[](count);
        bool[] memory good = new bool[](count);
        for (uint256 i; i < count; ++i) {
            uint256 draw = uint256(keccak256(abi.encode(seed, i)));
            slips[i] = _slips[draw % SLIPS];
            good[i] = (draw >> 8) % 4 != 0 && block.timestamp < slips[i].validBefore;
            if ((draw >> 8) % 4 == 0) slips[i] = _damaged(slips[i], draw);
        }
        uint256 gas_ = (seed >> 16) % 2 == 0 ? gasleft() : 100_000 + (seed >> 24) % 900_000;
        bytes memory data = abi.encodeCall(currency.transferWithAuthorizationBatch, (slips));
        if (!_do("batch", data, gas_)) return;
        for (uint256 i; i < count; ++i) {
            if (good[i] && !_isUsed(slips[i])) leftOut = string.concat("slip ", vm.toString(uint256(slips[i].nonce)));
        }
    }

    function cutShort(uint256 seed) external {
        bytes memory data = _transferCall(_slips[seed % SLIPS]);
        uint256 length = (seed >> 8) % data.length;
        assembly ("memory-safe") {
            mstore(data, length)
        }
        _do("cut short", data, gasleft());
    }

    function pass(uint256 seed) external {
        vm.warp(block.timestamp + seed % 2 days);
    }

    /// @notice What each should have: what they started with, and what the slips that are used say.
    function owed(address account) external view returns (uint256 sum_cents) {
        sum_cents = START_CENTS;
        for (uint256 i; i < SLIPS; ++i) {
            if (!_isUsed(_slips[i])) continue;
            if (_slips[i].to == account) sum_cents += _slips[i].value;
            if (_slips[i].from == account) sum_cents -= _slips[i].value;
        }
    }

    function has(address account) external view returns (uint256) {
        return currency.balanceOf(account);
    }

    /// @notice Whoever signed can post what nobody posted yet.
    function postTheRest() external returns (bool all) {
        all = true;
        for (uint256 i; i < SLIPS; ++i) {
            if (_isUsed(_slips[i]) || block.timestamp >= _slips[i].validBefore) continue;
            all = all && _do("post the rest", _transferCall(_slips[i]), gasleft());
        }
    }

    function _isUsed(ICurrencySlips.Slip memory slip) private view returns (bool) {
        return currency.authorizationState(slip.from, slip.nonce);
    }

    /// @dev One of its words changed, or its signature cut.
    function _damaged(ICurrencySlips.Slip memory slip, uint256 seed)
        private
        view
        returns (ICurrencySlips.Slip memory damaged)
    {
        damaged = slip;
        uint256 what = (seed >> 16) % 6;
        if (what == 0) damaged.from = people[(seed >> 24) % 3] == slip.from ? stranger : people[(seed >> 24) % 3];
        else if (what == 1) damaged.to = stranger;
        else if (what == 2) ++damaged.value;
        else if (what == 3) ++damaged.validBefore;
        else if (what == 4) damaged.nonce = bytes32(uint256(slip.nonce) ^ (1 << ((seed >> 24) % 256)));
        else damaged.signature = abi.encodePacked(bytes32(slip.signature), hex"00");
    }

    function _do(string memory act, bytes memory data, uint256 gas_) private returns (bool done) {
        vm.prank(stranger);
        (done,) = address(currency).call{gas: gas_}(data);
        if (succeeded[act] + refused[act] == 0) acts.push(act);
        if (done) ++succeeded[act];
        else ++refused[act];
    }
}
