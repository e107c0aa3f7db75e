// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {IResidents, Kind, Standing} from "../residents/interfaces/IResidents.sol";
import {IResidentsFollower} from "../residents/interfaces/IResidentsFollower.sol";
import {CreditAccount} from "./CreditAccount.sol";
import {CreditSlips} from "./CreditSlips.sol";
import {ILocalCurrency} from "./interfaces/ILocalCurrency.sol";
import {IMutualCredit} from "./interfaces/IMutualCredit.sol";

/// @title The accounts of mutual credit: what each may owe and be owed, and how a payment changes that
abstract contract CreditLedger is IMutualCredit, CreditSlips, IResidentsFollower {
    uint256 private constant BASIS_POINTS = 10_000;
    uint256 private constant LEAST_DELAY_S = 1 days;

    /// @inheritdoc IMutualCredit
    IResidents public immutable residents;
    /// @inheritdoc IMutualCredit
    ILocalCurrency public immutable currency;
    /// @inheritdoc IMutualCredit
    address public immutable commons;
    /// @inheritdoc IMutualCredit
    uint32 public immutable writeOffDelay_s;
    /// @inheritdoc IMutualCredit
    bool public immutable isCleared;
    uint8 private immutable _memberKinds;
    uint32 private immutable _floor;
    uint32 private immutable _ceiling;
    uint16 private immutable _growth_bps;
    uint32 private immutable _mostGrowth;

    /// @inheritdoc IMutualCredit
    string public name;

    mapping(address member => uint256) internal _vouchedFor;
    mapping(address member => uint256) private _leftAt;

    modifier onlyResidents() {
        require(msg.sender == address(residents), MutualCredit_OnlyResidents(msg.sender));
        _;
    }

    constructor(Charter memory charter) EIP712(charter.name, "1") {
        require(
            charter.commons != address(0) && charter.floor <= charter.ceiling && charter.growth_bps <= BASIS_POINTS
                && charter.writeOffDelay_s >= LEAST_DELAY_S,
            MutualCredit_InvalidCharter()
        );
        name = charter.name;
        residents = charter.residents;
        currency = charter.currency;
        commons = charter.commons;
        writeOffDelay_s = charter.writeOffDelay_s;
        isCleared = charter.isCleared;
        // An institution holds what is others', and owes nothing of its own.
        _memberKinds =
            uint8((charter.memberKinds | 1 << uint8(Kind.Commons)) & ~(1 | uint256(1) << uint8(Kind.Institution)));
        (_floor, _ceiling) = (charter.floor, charter.ceiling);
        (_growth_bps, _mostGrowth) = (charter.growth_bps, charter.mostGrowth);
    }

    /// @inheritdoc IResidentsFollower
    function follow(address[] calldata accounts, Kind kind, Standing standing) external onlyResidents {
        bool isMembers = (_memberKinds >> uint8(kind)) & 1 != 0;
        for (uint256 i; i < accounts.length; ++i) {
            address holder = accounts[i];
            CreditAccount account = _accounts[holder];
            if (!account.isMet() && !isMembers) continue;

            // Whoever becomes something else, or is withdrawn as a new key, leaves the circle.
            Standing told = isMembers ? standing : Standing.Left;
            if (account.isMet() && told == Standing.None) told = Standing.Left;
            if (told == Standing.Left && account.standing() != Standing.Left) _leftAt[holder] = block.timestamp;
            if (told == Standing.Active && !account.isMet()) account = account.withMet().withLimits(_floor, _ceiling);
            _accounts[holder] = account.withStanding(told);
        }
    }

    /// @inheritdoc IResidentsFollower
    function move(address from, address to) external onlyResidents {
        CreditAccount lost = _accounts[from];
        if (!lost.isMet()) return;

        _accounts[to] = lost.handedTo(_accounts[to]);
        _accounts[from] = lost.handedOver();
        _vouchedFor[to] += _vouchedFor[from];
        delete _vouchedFor[from];
        emit CreditMoved(from, to, lost.balance());
    }

    /// @inheritdoc IMutualCredit
    function memberOf(address member) external view returns (CreditMember memory) {
        address key = residents.currentKeyOf(member);
        CreditAccount account = _accounts[key];
        return CreditMember({
            balance: account.balance(),
            mostDebt: _mostDebt(account),
            floor: account.floor(),
            ceiling: account.ceiling(),
            earned: account.earned(),
            vouched: account.vouched(),
            vouchedFor: _vouchedFor[key],
            standing: account.standing(),
            leftAt: _leftAt[key]
        });
    }

    /// @inheritdoc IMutualCredit
    function limitRule()
        external
        view
        returns (uint32 floor, uint32 ceiling, uint16 growth_bps, uint32 mostGrowth, uint8 memberKinds)
    {
        return (_floor, _ceiling, _growth_bps, _mostGrowth, _memberKinds);
    }

    /// @dev One owes more, the other is owed more, who are two.
    function _owe(address from, CreditAccount payer, address to, uint256 amount) internal {
        uint256 most = _mostDebt(payer);
        uint256 left = _left(payer, int256(most));
        require(amount <= left, MutualCredit_BelowFloor(from, amount, left));
        CreditAccount payee = _requireActive(to);
        left = _roomOf(payee);
        require(amount <= left, MutualCredit_AboveCeiling(to, amount, left));

        (int256 owed, int256 due) = (payer.balance(), payee.balance());
        unchecked {
            // Within limits, which fit.
            (owed, due) = (owed - int256(amount), due + int256(amount));
            _accounts[from] = payer.withBalance(owed);
            _accounts[to] = payee.withBalance(due).withSale(amount);
            if (_isNear(-owed, most) && !_isNear(-owed - int256(amount), most)) {
                emit FloorNear(from, uint256(-owed), most);
            }
            uint256 ceiling = payee.ceiling();
            if (_isNear(due, ceiling) && !_isNear(due - int256(amount), ceiling)) {
                emit CeilingNear(to, uint256(due), ceiling);
            }
        }
    }

    function _shift(address member, int256 amount) internal {
        CreditAccount account = _accounts[member];
        _accounts[member] = account.withAnyBalance(account.balance() + amount);
    }

    function _isGone(address member) internal view returns (bool) {
        return _accounts[member].standing() == Standing.Left && block.timestamp >= _leftAt[member] + writeOffDelay_s;
    }

    function _requireActive(address member) internal view returns (CreditAccount account) {
        account = _accounts[member];
        require(account.isActive(), MutualCredit_NotActive(member));
    }

    /// @dev Floor, growth and what others vouch, less what she vouches: below zero where her limits were cut since.
    function _reach(CreditAccount account) internal view returns (int256) {
        uint256 grown;
        unchecked {
            // 32 bits by 14; rounded down, for the circle.
            grown = account.earned() * _growth_bps / BASIS_POINTS;
            if (grown > _mostGrowth) grown = _mostGrowth;
            return int256(account.floor() + grown) + account.vouched();
        }
    }

    function _mostDebt(CreditAccount account) internal view returns (uint256) {
        if (!account.isActive()) return 0;
        int256 reach = _reach(account);
        return reach > 0 ? uint256(reach) : 0;
    }

    /// @dev What an account may still spend.
    function _left(CreditAccount account, int256 mostDebt) private pure returns (uint256) {
        int256 left = account.balance() + mostDebt;
        return left > 0 ? uint256(left) : 0;
    }

    /// @dev What an account may still be paid.
    function _roomOf(CreditAccount account) private pure returns (uint256) {
        int256 room = int256(account.ceiling()) - account.balance();
        return room > 0 ? uint256(room) : 0;
    }

    /// @dev At four fifths or beyond.
    function _isNear(int256 amount, uint256 limit) private pure returns (bool) {
        return amount > 0 && 5 * uint256(amount) >= 4 * limit;
    }
}
