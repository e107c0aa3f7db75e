// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {InPerson} from "../access/InPerson.sol";
import {IResidents, Kind} from "../residents/interfaces/IResidents.sol";
import {Account, AccountLibrary} from "./Account.sol";
import {CurrencyLedger} from "./CurrencyLedger.sol";
import {CurrencySlips} from "./CurrencySlips.sol";
import {Seizures} from "./Seizures.sol";
import {Succession} from "./Succession.sol";
import {ILocalCurrency} from "./interfaces/ILocalCurrency.sol";

/// @title A town's money, one unit for one euro in an attested reserve
contract LocalCurrency is CurrencySlips, Seizures, Succession, InPerson {
    uint256 private constant BASIS_POINTS = 10_000;
    /// @dev What whoever leaves may keep, and change back no more, is small change.
    uint256 private constant MOST_LEAST_CENTS = 100_00;
    bytes32 private constant REDEEM_TYPEHASH = keccak256(
        "RedeemWithAuthorization(address from,uint256 value,bytes32 ref,"
        "uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );

    /// @inheritdoc ILocalCurrency
    IResidents public immutable residents;
    uint16 private immutable _redemptionFee_bps;
    uint8 private immutable _redeemableKinds;

    /// @inheritdoc IERC20Metadata
    string public name;
    /// @inheritdoc IERC20Metadata
    string public symbol;

    mapping(uint256 redemption => Redemption) private _redemptions;
    /// @inheritdoc ILocalCurrency
    uint256 public redemptions;

    constructor(Charter memory charter)
        AccessManaged(charter.authority)
        EIP712(charter.name, "1")
        CurrencyLedger(charter.commons, charter.keptPerDay, charter.leastRedemption_cents)
        Seizures(charter.seizureDelay_s)
        Succession(charter.predecessor)
    {
        require(
            charter.commons != address(0) && charter.redemptionFee_bps <= BASIS_POINTS
                && charter.leastRedemption_cents <= MOST_LEAST_CENTS,
            LocalCurrency_InvalidCharter()
        );
        name = charter.name;
        symbol = charter.symbol;
        residents = charter.residents;
        _redemptionFee_bps = charter.redemptionFee_bps;
        _redeemableKinds = charter.redeemableKinds;
    }

    /// @inheritdoc ILocalCurrency
    function attestReserve(uint256 reserve_cents, bytes32 statementHash) external restricted inPerson {
        require(
            !_mayCall(this.issue.selector) && !_mayCall(this.issueBatch.selector),
            LocalCurrency_AuditorIssues(msg.sender)
        );
        require(reserve_cents <= AccountLibrary.MAX_BALANCE, LocalCurrency_TooLarge(reserve_cents));

        _books.reserve = uint80(_reserveLeft(reserve_cents));
        emit ReserveAttested(reserve_cents, statementHash);
    }

    /// @inheritdoc ILocalCurrency
    function issue(address to, uint256 amount_cents, bytes32 ref) external restricted whenMoving {
        _book(amount_cents, ref);
        _issueTo(to, amount_cents);
    }

    /// @inheritdoc ILocalCurrency
    function issueBatch(address[] calldata to, uint256[] calldata amounts_cents, bytes32 ref)
        external
        restricted
        whenMoving
    {
        require(to.length == amounts_cents.length, LocalCurrency_BatchMismatch(to.length, amounts_cents.length));
        uint256 total_cents;
        for (uint256 i; i < amounts_cents.length; ++i) {
            total_cents += amounts_cents[i];
        }

        _book(total_cents, ref);
        for (uint256 i; i < to.length; ++i) {
            _issueTo(to[i], amounts_cents[i]);
        }
    }

    /// @inheritdoc ILocalCurrency
    function redeem(uint256 amount_cents, bytes32 ref) external whenMoving returns (uint256 redemption) {
        return _redeem(msg.sender, amount_cents, ref);
    }

    /// @inheritdoc ILocalCurrency
    function redeemWithAuthorization(
        address from,
        uint256 value,
        bytes32 ref,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external whenMoving returns (uint256 redemption) {
        bytes32 slip = keccak256(abi.encode(REDEEM_TYPEHASH, from, value, ref, validAfter, validBefore, nonce));
        _accept(from, slip, validAfter, validBefore, nonce, signature);
        return _redeem(from, _meant(from, value), ref);
    }

    /// @inheritdoc ILocalCurrency
    function settle(uint256 redemption, bytes32 bankReference) external restricted {
        _useReference(bankReference);
        _payOff(_close(redemption, bankReference));
    }

    /// @inheritdoc ILocalCurrency
    function settleMany(uint256[] calldata paid, bytes32 bankReference) external restricted {
        require(paid.length != 0, LocalCurrency_NotOwed(0));
        _useReference(bankReference);
        uint80 sum_cents;
        for (uint256 i; i < paid.length; ++i) {
            sum_cents += _close(paid[i], bankReference);
        }
        _payOff(sum_cents);
    }

    /// @inheritdoc ILocalCurrency
    function sweep() external {
        require(!_paused, LocalCurrency_Paused());
        uint256 amount_wei = address(this).balance;
        (bool taken,) = msg.sender.call{value: amount_wei}("");
        require(taken, LocalCurrency_NotTaken(msg.sender));
        emit Swept(msg.sender, amount_wei);
    }

    /// @inheritdoc ILocalCurrency
    function freeze(address account, bytes32 orderHash) external restricted {
        _requireReached(account);
        Account current = _accounts[account];
        require(!current.isFrozenByOrder(), LocalCurrency_FreezeUnchanged(account, true));
        address key = _currentKeyOf(account);
        require(key == account || current.isRegistered(), LocalCurrency_Replaced(account, key));

        if (!_paused) current = _melted(account, current);
        _accounts[account] = current.withFrozen(true);
        emit Frozen(account, orderHash);
    }

    /// @inheritdoc ILocalCurrency
    function unfreeze(address account, bytes32 orderHash) external restricted {
        Account current = _accounts[account];
        require(current.isFrozenByOrder(), LocalCurrency_FreezeUnchanged(account, false));

        _accounts[account] = current.withFrozen(false).withDay(_today());
        emit Unfrozen(account, orderHash);
    }

    /// @inheritdoc ILocalCurrency
    function pause() external payable restricted inPerson {
        require(!_paused, LocalCurrency_PauseUnchanged(true));
        require(msg.value != 0, LocalCurrency_PauseWithoutWei());
        _paused = true;
        emit Paused(msg.sender);
    }

    /// @inheritdoc ILocalCurrency
    function resume() external restricted inPerson {
        require(_paused, LocalCurrency_PauseUnchanged(false));
        require(!_retired, LocalCurrency_Retired());
        _paused = false;
        emit Resumed(msg.sender);

        // A failed return is ignored: the wei stays, and movements cost a storage read more.
        (bool returned,) = msg.sender.call{value: address(this).balance}("");
        returned;
    }

    /// @inheritdoc IERC20
    function totalSupply() external view returns (uint256) {
        return _books.supply;
    }

    /// @inheritdoc ILocalCurrency
    function books() external view returns (Books memory) {
        return _books;
    }

    /// @inheritdoc ILocalCurrency
    function redemptionOf(uint256 redemption) external view returns (Redemption memory) {
        return _redemptions[redemption];
    }

    /// @inheritdoc ILocalCurrency
    function redemptionRule() external view returns (RedemptionRule memory) {
        return RedemptionRule(_redeemableKinds, _redemptionFee_bps, _leastRedemption_cents);
    }

    /// @dev Enters an issue in the books: covered by the reserve, under a reference that was never used.
    function _book(uint256 amount_cents, bytes32 ref) private {
        Books memory current = _books;
        uint256 committed = uint256(current.supply) + current.owed;
        uint256 available = current.reserve > committed ? current.reserve - committed : 0;
        require(amount_cents != 0 && amount_cents <= available, LocalCurrency_ReserveExceeded(amount_cents, available));
        _useReference(ref);

        // At most the reserve, which fits.
        _books.supply = current.supply + uint80(amount_cents);
        emit Issued(ref, amount_cents);
    }

    function _issueTo(address to, uint256 amount_cents) private {
        _credit(to, amount_cents);
        emit Transfer(address(0), to, amount_cents);
    }

    function _redeem(address holder, uint256 amount_cents, bytes32 ref) private returns (uint256 redemption) {
        Account account = _accounts[holder];
        Kind kind = account.kind();
        bool isRedeemable = kind != Kind.None && (_redeemableKinds >> uint8(kind)) & 1 != 0;
        require(isRedeemable, LocalCurrency_NotRedeemable(holder, kind));
        require(amount_cents >= _leastRedemption_cents, LocalCurrency_BelowLeast(amount_cents, _leastRedemption_cents));

        _debit(holder, account, amount_cents);
        // Rounded up, for the town: small change is not changed back at its expense.
        uint256 fee_cents = Math.ceilDiv(amount_cents * _redemptionFee_bps, BASIS_POINTS);
        uint256 owed_cents = amount_cents - fee_cents;
        require(owed_cents != 0, LocalCurrency_NothingToRedeem());
        if (fee_cents != 0) _giveCommons(holder, fee_cents);
        // At most a balance, which fits.
        uint80 owed = uint80(owed_cents);
        Books memory current = _books;
        current.supply -= owed;
        current.owed += owed;
        _books = current;
        redemption = ++redemptions;
        _redemptions[redemption] = Redemption(holder, owed);
        emit Transfer(holder, address(0), owed_cents);
        emit Redeemed(redemption, holder, owed_cents, fee_cents, ref);
    }

    /// @dev The bank paid one redemption; how much.
    function _close(uint256 redemption, bytes32 bankReference) private returns (uint80 owed) {
        Redemption memory current = _redemptions[redemption];
        owed = current.owed;
        require(owed != 0, LocalCurrency_NotOwed(redemption));
        address key = _currentKeyOf(current.account);
        require(!_isHeld(key), LocalCurrency_Frozen(key));

        _redemptions[redemption].owed = 0;
        emit Settled(redemption, bankReference, owed);
    }

    /// @dev The euros that left the bank leave the books.
    function _payOff(uint80 owed) private {
        Books memory current = _books;
        current.owed -= owed;
        current.reserve -= current.reserve < owed ? current.reserve : owed;
        _books = current;
    }

    function _mayCall(bytes4 selector) private view returns (bool) {
        (bool immediate, uint32 delay) = IAccessManager(authority()).canCall(msg.sender, address(this), selector);
        return immediate || delay != 0;
    }

    function _register() internal view override returns (address) {
        return address(residents);
    }
}
