// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";

import {CreditAccount} from "contracts/currency/CreditAccount.sol";
import {Standing} from "contracts/residents/interfaces/IResidents.sol";

/// @title A credit account's slot, to its fields' last bits
contract CreditAccountTest is Test {
    struct Fields {
        int48 balance;
        uint32 floor;
        uint32 ceiling;
        uint32 earned;
        int32 vouched;
        uint8 standing;
        bool isMet;
        uint64 slips;
    }

    function testFuzz_EachFieldMovesAlone(
        Fields memory fields,
        int48 balance,
        uint32 sale,
        int32 vouched,
        uint8 standing
    ) public pure {
        CreditAccount account = _packed(fields);
        fields.balance = balance;
        account = account.withBalance(balance);
        _assertIs(account, fields);
        uint256 earned = uint256(fields.earned) + sale;
        fields.earned = earned < type(uint32).max ? uint32(earned) : type(uint32).max;
        account = account.withSale(sale);
        _assertIs(account, fields);
        fields.vouched = vouched;
        account = account.withVouched(vouched);
        _assertIs(account, fields);
        fields.standing = standing % 6;
        account = account.withStanding(Standing(fields.standing));
        _assertIs(account, fields);
        fields.slips |= uint64(1) << (sale % 64);
        account = account.withSlip(sale % 64);
        _assertIs(account, fields);
        fields.isMet = true;
        account = account.withMet();
        _assertIs(account, fields);
        (fields.floor, fields.ceiling, fields.earned) = (sale, uint32(vouched), 0);
        account = account.withLimits(sale, uint32(vouched));
        _assertIs(account, fields);
    }

    function testFuzz_ANewKeyHasTheLostOnesLimits_BothsDebts_AndItsOwnSlips(Fields memory lost, Fields memory heir)
        public
        pure
    {
        (lost.balance, heir.balance) = (lost.balance / 2, heir.balance / 2);
        (lost.vouched, heir.vouched) = (lost.vouched / 2, heir.vouched / 2);
        lost.isMet = true;
        (CreditAccount old, CreditAccount next) = (_packed(lost), _packed(heir));
        uint64 kept = lost.slips;
        (lost.balance, lost.vouched) = (lost.balance + heir.balance, lost.vouched + heir.vouched);
        lost.slips = heir.slips;
        _assertIs(old.handedTo(next), lost);
        Fields memory left;
        (left.standing, left.isMet, left.slips) = (uint8(Standing.Replaced), true, kept);
        _assertIs(old.handedOver(), left);
    }

    function _packed(Fields memory fields) private pure returns (CreditAccount) {
        fields.standing %= 6;
        uint256 word = uint48(fields.balance) | uint256(fields.floor) << 48 | uint256(fields.ceiling) << 80;
        word |= uint256(fields.earned) << 112 | uint256(uint32(fields.vouched)) << 144;
        word |= uint256(fields.standing) << 176 | uint256(fields.isMet ? 1 : 0) << 184 | uint256(fields.slips) << 192;
        return CreditAccount.wrap(word);
    }

    function _assertIs(CreditAccount account, Fields memory fields) private pure {
        assertEq(account.balance(), fields.balance);
        assertEq(account.floor(), fields.floor);
        assertEq(account.ceiling(), fields.ceiling);
        assertEq(account.earned(), fields.earned);
        assertEq(account.vouched(), fields.vouched);
        assertEq(uint8(account.standing()), fields.standing);
        assertEq(account.isActive(), fields.standing == uint8(Standing.Active));
        assertEq(account.isMet(), fields.isMet);
        assertEq(CreditAccount.unwrap(account), CreditAccount.unwrap(_packed(fields)));
    }
}
