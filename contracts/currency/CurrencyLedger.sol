// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";

import {IResidents, Kind, Standing} from "../residents/interfaces/IResidents.sol";
import {IResidentsFollower} from "../residents/interfaces/IResidentsFollower.sol";
import {Account, AccountLibrary} from "./Account.sol";
import {Demurrage} from "./Demurrage.sol";
import {ILocalCurrency} from "./interfaces/ILocalCurrency.sol";
import {ISuccession} from "./interfaces/ISuccession.sol";

/// @title The accounts: who holds what, and the only three ways a balance changes
abstract contract CurrencyLedger is ILocalCurrency, IResidentsFollower {
    /// @inheritdoc ILocalCurrency
    uint128 public immutable keptPerDay;
    uint80 internal immutable _leastRedemption_cents;

    mapping(address holder => Account) internal _accounts;
    /// @dev The spender's address, and above it the owner's epoch: whoever left the register allows nothing any more.
    mapping(address owner => mapping(uint256 spenderInEpoch => uint256)) private _allowances;

    // Read together at every movement that finds a wei. Whoever is retired is paused, for ever.
    address internal _commons;
    bool internal _paused;
    bool internal _retired;
    /// @inheritdoc ISuccession
    ILocalCurrency public successor;

    /// @dev Paused ⇒ balance > 0, which spares an SLOAD: pausing brings a wei and only resuming lets it go.
    modifier whenMoving() {
        if (address(this).balance != 0 && _paused) _explainStop();
        _;
    }

    /// @dev The same for who pays what it holds: once the currency is retired, an institution still pays out what is
    /// others'.
    modifier whenPaying() {
        if (address(this).balance != 0 && _paused) _requirePaysOut();
        _;
    }

    modifier onlyResidents() {
        require(msg.sender == address(_register()), LocalCurrency_OnlyResidents(msg.sender));
        _;
    }

    constructor(address commons_, uint128 keptPerDay_, uint80 leastRedemption_cents_) {
        _commons = commons_;
        keptPerDay = keptPerDay_;
        _leastRedemption_cents = leastRedemption_cents_;
    }

    /// @inheritdoc IERC20
    function transfer(address to, uint256 value) external whenPaying returns (bool) {
        _transfer(msg.sender, to, value);
        return true;
    }

    /// @inheritdoc IERC20
    function transferFrom(address from, address to, uint256 value) external whenMoving returns (bool) {
        Account account = _accounts[from];
        uint256 key = _allowanceKey(account, msg.sender);
        uint256 allowed = _allowances[from][key];
        require(allowed >= value, ERC20InsufficientAllowance(msg.sender, allowed, value));

        if (allowed != type(uint256).max) _allowances[from][key] = allowed - value;
        _transfer(from, account, to, value);
        return true;
    }

    /// @inheritdoc IERC20
    function approve(address spender, uint256 value) external returns (bool) {
        _approve(msg.sender, spender, value);
        return true;
    }

    /// @inheritdoc ILocalCurrency
    function pay(address to, uint256 amount_cents, bytes32 ref) external whenMoving {
        _pay(msg.sender, to, amount_cents, ref);
    }

    /// @inheritdoc ILocalCurrency
    function melt(address account) external whenMoving {
        Account current = _accounts[account];
        _requireSpends(account, current);
        _accounts[account] = _melted(account, current);
    }

    /// @inheritdoc IResidentsFollower
    function follow(address[] calldata accounts, Kind kind, Standing standing) external onlyResidents {
        bool registered = standing != Standing.None && standing != Standing.Left;
        // An institution receives what it takes itself alone: barred like the suspended, it costs no other payee a look
        // at kinds (_requireTakes).
        bool barred = registered && (standing != Standing.Active || kind == Kind.Institution);
        bool receives = registered && !barred;
        for (uint256 i; i < accounts.length; ++i) {
            address holder = accounts[i];
            Account account = _accounts[holder];
            // What a court ordered of the address before reaches no money of others.
            if (kind == Kind.Institution) account = account.withFrozen(false).withSeized(false);
            require(receives || holder != _commons, LocalCurrency_CommonsMustReceive(holder));
            // Its next key awaits, and may be told so; it is frozen neither then nor later.
            bool takesPlace = !account.isFrozen() && (receives || standing == Standing.Awaiting);
            require(takesPlace || !_isCommons(holder), LocalCurrency_CommonsMustReceive(holder));

            if (standing == Standing.Left) {
                uint256 left_cents = balanceOf(holder);
                require(
                    left_cents == 0 || left_cents < _leastRedemption_cents,
                    LocalCurrency_BalanceRemains(holder, left_cents)
                );
                if (account.isRegistered()) account = account.withNextEpoch();
            }
            _accounts[holder] = account.withStanding(registered ? kind : Kind.None, barred);
        }
    }

    /// @inheritdoc IResidentsFollower
    function move(address from, address to) external onlyResidents {
        Account account = _accounts[from];
        Account heir = _accounts[to];
        // Money takes its day along, unless it is frozen from today on or joins other money: then it owes until today.
        if (heir.isFrozen() || heir.balance() != 0) {
            _accounts[to] = _melted(to, heir);
            _accounts[from] = _melted(from, _accounts[from]);
            // One of them may be the commons, which the other melts into.
            (account, heir) = (_accounts[from], _accounts[to]);
        }
        heir = account.credit(heir.balance()).handedTo(heir);

        _accounts[to] = heir;
        _accounts[from] = account.handedOver();
        if (from == _commons) {
            require(heir.mayReceive(), LocalCurrency_CommonsMustReceive(to));
            _commons = to;
            emit CommonsMoved(from, to);
        }
        emit Transfer(from, to, account.balance());
    }

    /// @inheritdoc IERC20
    function balanceOf(address holder) public view returns (uint256) {
        Account account = _accounts[holder];
        if (keptPerDay == 0) return account.balance();

        (uint256 lost,) = _due(holder, account);
        return account.balance() - lost;
    }

    /// @inheritdoc IERC20
    function allowance(address owner, address spender) external view returns (uint256) {
        return _allowances[owner][_allowanceKey(_accounts[owner], spender)];
    }

    /// @inheritdoc ILocalCurrency
    function accountOf(address holder)
        external
        view
        returns (uint256 stored_cents, Kind kind, bool suspended, bool frozen, uint256 day)
    {
        Account account = _accounts[holder];
        return (account.balance(), account.kind(), account.isSuspended(), _isHeld(holder), account.day());
    }

    /// @inheritdoc ILocalCurrency
    function commons() external view returns (address) {
        return _commons;
    }

    /// @inheritdoc ILocalCurrency
    function paused() external view returns (bool) {
        return _paused;
    }

    /// @inheritdoc IERC20Metadata
    function decimals() external pure returns (uint8) {
        return 2;
    }

    /// @dev Leaving ends what is allowed where the leaver was known. In the last epoch nothing is allowed, for nothing
    /// would end it.
    function _approve(address owner, address spender, uint256 value) internal {
        require(spender != address(0), ERC20InvalidSpender(spender));
        Account account = _accounts[owner];
        require(account.isRegistered(), LocalCurrency_NotRegistered(owner));
        require(account.epoch() != AccountLibrary.LAST_EPOCH, LocalCurrency_AllowsNoMore(owner));
        _allowances[owner][_allowanceKey(account, spender)] = value;
        emit Approval(owner, spender, value);
    }

    function _pay(address from, address to, uint256 amount_cents, bytes32 ref) internal {
        _transfer(from, to, amount_cents);
        emit Paid(from, to, amount_cents, ref);
    }

    function _transfer(address from, address to, uint256 value) internal {
        _transfer(from, _accounts[from], to, value);
    }

    function _transfer(address from, Account account, address to, uint256 value) private {
        _debit(from, account, value);
        _credit(to, value);
        emit Transfer(from, to, value);
    }

    /// @dev Takes `value` from an account that may spend it, after the demurrage it owes.
    function _debit(address holder, Account account, uint256 value) internal {
        _requireSpends(holder, account);
        account = _melted(holder, account);
        require(account.balance() >= value, ERC20InsufficientBalance(holder, account.balance(), value));
        _accounts[holder] = account.debit(value);
    }

    /// @dev Gives `value` to an account that may receive it, after the demurrage it owes.
    function _credit(address holder, uint256 value) internal {
        Account account = _accounts[holder];
        if (!account.mayReceive()) _requireTakes(holder, account);
        _accounts[holder] = _melted(holder, account).credit(value);
    }

    /// @dev The account as it stands today. What it lost has gone to the commons; the caller stores the rest.
    function _melted(address holder, Account account) internal returns (Account) {
        if (keptPerDay == 0) return account;

        (uint256 lost, uint256 fraction) = _due(holder, account);
        account = account.withDay(_today()).withFraction(fraction);
        if (lost == 0) return account;

        _giveCommons(holder, lost);
        return account.debit(lost);
    }

    /// @dev Gives the commons, which melts not, what the caller takes from `holder`.
    function _giveCommons(address holder, uint256 value) internal {
        address commons_ = _commons;
        Account pool = _accounts[commons_];
        if (!pool.mayReceive()) _explainReceipt(commons_, pool);
        _accounts[commons_] = pool.credit(value);
        emit Transfer(holder, commons_, value);
    }

    function _explainStop() internal view {
        require(!_retired, LocalCurrency_Retired());
        revert LocalCurrency_Paused();
    }

    function _requirePaysOut() private view {
        if (!_retired || _accounts[msg.sender].kind() != Kind.Institution) _explainStop();
    }

    function _requireSpends(address holder, Account account) private pure {
        require(account.isRegistered(), LocalCurrency_NotRegistered(holder));
        require(!account.isFrozen(), LocalCurrency_Frozen(holder));
    }

    /// @dev This currency, or the last of those that followed it.
    function _inForce() internal view returns (ILocalCurrency last) {
        last = ILocalCurrency(address(this));
        while (address(last.successor()) != address(0)) last = last.successor();
    }

    /// @dev A court's order reaches neither the commons, nor what an institution holds for others.
    function _requireReached(address account) internal view {
        require(!_isCommons(account), LocalCurrency_CommonsMustReceive(account));
        require(_accounts[account].kind() != Kind.Institution, LocalCurrency_Institution(account));
    }

    /// @dev The commons, or a key that has its place in the register, or is to have it.
    function _isCommons(address account) internal view returns (bool) {
        return IResidents(_register()).takesPlaceOf(account, _commons);
    }

    function _currentKeyOf(address account) internal view returns (address) {
        return IResidents(_register()).currentKeyOf(account);
    }

    function _today() internal view returns (uint256) {
        return block.timestamp / 1 days;
    }

    function _register() internal view virtual returns (address);

    /// @dev Frozen, by order or for a seizure, here or where its money went.
    function _isHeld(address holder) internal view virtual returns (bool);

    /// @dev Demurrage not yet taken, in cents and the fraction beyond: none new for the commons, none while frozen.
    function _due(address holder, Account account) private view returns (uint256 lost, uint256 fraction) {
        if (account.balance() == 0 || account.isFrozen() || holder == _commons) {
            return (0, account.fraction());
        }
        return Demurrage.loss(account.balance(), account.fraction(), keptPerDay, _today() - account.day());
    }

    function _allowanceKey(Account owner, address spender) private pure returns (uint256) {
        return uint256(uint160(spender)) | (owner.epoch() << 160);
    }

    /// @dev What comes to an institution it has taken itself: a stray cent there would be nobody's, and it never empty.
    function _requireTakes(address holder, Account account) private view {
        if (account.kind() != Kind.Institution) _explainReceipt(holder, account);
        require(msg.sender == holder, LocalCurrency_Institution(holder));
    }

    function _explainReceipt(address holder, Account account) private pure {
        require(account.isRegistered(), LocalCurrency_NotRegistered(holder));
        require(!account.isFrozen(), LocalCurrency_Frozen(holder));
        revert LocalCurrency_Suspended(holder);
    }
}
