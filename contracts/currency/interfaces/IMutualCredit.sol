// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IInPerson} from "../../access/interfaces/IInPerson.sol";
import {IResidents, Standing} from "../../residents/interfaces/IResidents.sol";
import {ICreditSlips} from "./ICreditSlips.sol";
import {ILocalCurrency} from "./ILocalCurrency.sol";

/// @title A circle whose members pay each other by owing: what one owes, others are owed
/// @notice Amounts are in the circle's unit: cents, or minutes. Balances sum to zero: nothing is issued, nothing bears
/// interest, nothing is redeemed. After a payment its payer owes at most her limit (floor, growth and what others vouch
/// for her) and its payee is owed at most her ceiling; a limit that is cut below a balance keeps it from getting worse
/// alone. Only an active member is paid or owes more; whoever is suspended or has left may still spend what she is
/// owed.
///
/// Vouching lends a part of one's own limit: the sum of all limits stays. A member's own limit is used first; what she
/// leaves unpaid beyond it falls on who vouched for her, pro rata, the rest on the commons.
interface IMutualCredit is ICreditSlips, IInPerson {
    /// @notice What a circle is, for good.
    /// @param authority the town's AccessManager
    /// @param residents the register that it follows
    /// @param currency the money that mixed payments draw first; zero for none, as where the unit is a minute
    /// @param commons the account that bears what is written off; always a member
    /// @param memberKinds a bit per Kind whose residents are members, at 1 << kind
    /// @param floor the most that a new member may owe
    /// @param ceiling the most that a new member may be owed
    /// @param growth_bps how much of what she earned her limit grows by, in basis points
    /// @param mostGrowth the most that it grows by
    /// @param writeOffDelay_s between a member's departure and the end of her account; a day at least
    /// @param isCleared whether bodies settle their balances at the bank, each month, say
    struct Charter {
        string name;
        address authority;
        IResidents residents;
        ILocalCurrency currency;
        address commons;
        uint8 memberKinds;
        uint32 floor;
        uint32 ceiling;
        uint16 growth_bps;
        uint32 mostGrowth;
        uint32 writeOffDelay_s;
        bool isCleared;
    }

    /// @notice Limits of one member, as an officer sets them.
    struct Limits {
        address member;
        uint32 floor;
        uint32 ceiling;
    }

    /// @notice Where a member stands.
    /// @param balance above zero what she is owed, below what she owes
    /// @param mostDebt what she may owe today: nothing unless she is active
    /// @param floor of her limits, before growth and vouching
    /// @param ceiling the most that she may be owed
    /// @param earned since her limits were set
    /// @param vouched by others for her, less by her for others
    /// @param vouchedFor by others for her
    /// @param standing as the register told it last
    /// @param leftAt unix seconds of her last departure; 0 for none
    struct CreditMember {
        int256 balance;
        uint256 mostDebt;
        uint256 floor;
        uint256 ceiling;
        uint256 earned;
        int256 vouched;
        uint256 vouchedFor;
        Standing standing;
        uint256 leftAt;
    }

    /// @notice One body's line of what a bank transfer settled.
    /// @param amount above zero what it was paid, below what it paid
    struct NetLine {
        address member;
        int256 amount;
    }

    /// @notice Thrown when the charter names no commons, a floor above its ceiling, growth above 100 %, or a delay
    /// below a day.
    error MutualCredit_InvalidCharter();
    /// @notice Thrown when anyone but the residents' register calls what it alone may.
    error MutualCredit_OnlyResidents(address caller);
    /// @notice Thrown when nothing is paid, vouched or given back.
    error MutualCredit_NoAmount();
    /// @notice Thrown when a member would pay herself, or vouch for herself.
    error MutualCredit_Oneself(address member);
    /// @notice Thrown when an account that is paid, vouches, is vouched for or is given limits is no active member.
    error MutualCredit_NotActive(address account);
    /// @notice Thrown when a line of a clearing names whoever was never a member.
    error MutualCredit_NotAMember(address account);
    /// @notice Thrown when a member would owe more than she may.
    error MutualCredit_BelowFloor(address member, uint256 amount, uint256 left);
    /// @notice Thrown when a member would be owed more than she may.
    error MutualCredit_AboveCeiling(address member, uint256 amount, uint256 left);
    /// @notice Thrown when a floor is above its ceiling: such a debt could not be earned back.
    error MutualCredit_FloorAboveCeiling(address member);
    /// @notice Thrown when a circle without a currency is to mix.
    error MutualCredit_NoCurrency();
    /// @notice Thrown when more of a mixed payment would be credit than its payer agreed to.
    error MutualCredit_TooMuchCredit(uint256 credit_cents, uint256 mostCredit_cents);
    /// @notice Thrown when the currency does not say that it paid.
    error MutualCredit_PaymentFailed();
    /// @notice Thrown when more is given back or called than a voucher vouches for a member.
    error MutualCredit_NotVouched(address voucher, address member, uint256 vouched);
    /// @notice Thrown when a vouch is taken back that its member still uses.
    error MutualCredit_VouchInUse(address member);
    /// @notice Thrown when a vouch is called, or an account written off, of whoever has not left for long enough.
    error MutualCredit_NotGone(address member);
    /// @notice Thrown when an account is written off for which others vouch still: they are called first.
    error MutualCredit_VouchersFirst(uint256 vouchedFor);
    /// @notice Thrown when there is nothing to write off.
    error MutualCredit_NothingOwed(address member);
    /// @notice Thrown when a circle that is not cleared would be.
    error MutualCredit_NotCleared();
    /// @notice Thrown when the one who attests a transfer may also clear by it.
    error MutualCredit_AuditorClears(address auditor);
    /// @notice Thrown when a transfer cleared already.
    error MutualCredit_ReferenceUsed(bytes32 bankReference);
    /// @notice Thrown when lines are not those that were attested of a transfer.
    error MutualCredit_NotAttested(bytes32 bankReference, bytes32 linesHash);
    /// @notice Thrown when lines are not by increasing member, each once.
    error MutualCredit_LinesUnordered(uint256 place);
    /// @notice Thrown when what lines pay is not what they are paid.
    error MutualCredit_NotZeroSum(int256 sum);

    event CreditPaid(address indexed from, address indexed to, uint256 amount, bytes32 indexed ref);
    event MixedPaid(
        address indexed from, address indexed to, uint256 backed_cents, uint256 credit_cents, bytes32 indexed ref
    );
    /// @notice A payment brought a member to four fifths of what she may owe.
    event FloorNear(address indexed member, uint256 debt, uint256 mostDebt);
    /// @notice A payment brought a member to four fifths of what she may be owed.
    event CeilingNear(address indexed member, uint256 balance, uint256 ceiling);
    event LimitsSet(address indexed member, uint256 floor, uint256 ceiling);
    event Vouched(address indexed voucher, address indexed member, uint256 amount);
    event Unvouched(address indexed voucher, address indexed member, uint256 amount);
    /// @notice A vouch ended by a departure, and the voucher bore so much of the debt.
    event VoucherCalled(address indexed voucher, address indexed member, uint256 vouched, uint256 borne);
    /// @notice The commons bore what a departed member owed, or was given what she was owed.
    event WrittenOff(address indexed member, address indexed commons, int256 balance);
    event TransferAttested(bytes32 indexed bankReference, bytes32 linesHash);
    event Netted(address indexed member, bytes32 indexed bankReference, int256 amount);
    event CreditMoved(address indexed from, address indexed to, int256 balance);

    /// @notice Pays in credit.
    /// @param ref an invoice, a till receipt; 0 for none
    function pay(address to, uint256 amount, bytes32 ref) external;

    /// @notice Pays in money as far as there is some, and in credit for the rest: all of it or nothing. The payer has
    /// allowed this contract her money in the currency.
    /// @param mostCredit_cents the most of it that is paid in credit
    function payMixed(address to, uint256 amount_cents, uint256 mostCredit_cents, bytes32 ref) external;

    /// @notice The same by a slip that the payer signed and anyone posts. Where she has taken her allowance back since,
    /// the currency refuses it, and it stays unused.
    function payMixedBySlip(MixedSlip calldata slip) external;

    /// @notice An officer sets limits, of active members. Growth starts anew: what has grown is his to put into the
    /// floor. Whoever is beyond her new limits is kept from going further alone.
    function setLimits(Limits[] calldata limits) external;

    /// @notice Lends a member a part of one's own limit. `voucher` and `member` name them from then on, whatever keys
    /// they come to have.
    /// @dev EIP-712 `Vouch(address voucher,address member,uint256 amount,uint256 deadline)`
    function vouch(address voucher, address member, uint256 amount, uint256 deadline, bytes calldata signature) external;

    /// @notice Takes back what one vouches, as far as its member does not use it.
    /// @dev EIP-712 `Unvouch(address voucher,address member,uint256 amount,uint256 deadline)`
    function unvouch(address voucher, address member, uint256 amount, uint256 deadline, bytes calldata signature)
        external;

    /// @notice Ends what was vouched for a member; open to anyone, once she or the voucher has left for the charter's
    /// delay. Where she left, each voucher bears of what she owes beyond her own limit the part that he vouches of what
    /// is vouched for her, rounded up, and the last one the rest.
    /// @param vouchers by the names that they vouched under
    function call(address member, address[] calldata vouchers) external;

    /// @notice Ends the account of a member who has left for the charter's delay: the commons bears what she owes, or
    /// is given what she is owed. Open to anyone. Should she come back, she owes nothing, and may not until an officer
    /// sets her limits.
    function writeOff(address member) external;

    /// @notice The auditor saw a transfer that settled these lines at the bank. Refused to whoever may clear by it.
    /// @param linesHash keccak256(abi.encode(lines)) of `NetLine[]`
    function attestTransfer(bytes32 bankReference, bytes32 linesHash) external;

    /// @notice Takes off balances what bodies settled by one bank transfer that was attested; once.
    function net(NetLine[] calldata lines, bytes32 bankReference) external;

    /// @notice How a mixed payment of so much would be made now: what of it is money, and what credit.
    function split(address from, uint256 amount_cents)
        external
        view
        returns (uint256 backed_cents, uint256 credit_cents);

    /// @notice Where a member stands, by her key in force.
    function memberOf(address member) external view returns (CreditMember memory);

    /// @notice What one vouches for another, by the names that they vouched under.
    function vouchOf(address voucher, address member) external view returns (uint256);

    /// @notice What was attested of a transfer: 0 for nothing, 1 once it cleared.
    function transferOf(bytes32 bankReference) external view returns (bytes32 linesHash);

    /// @notice Default limits, and how they grow.
    function limitRule()
        external
        view
        returns (uint32 floor, uint32 ceiling, uint16 growth_bps, uint32 mostGrowth, uint8 memberKinds);

    /// @notice The circle's name.
    function name() external view returns (string memory);

    /// @notice The register that this circle follows.
    function residents() external view returns (IResidents);

    /// @notice The money that mixed payments draw first; zero for none.
    function currency() external view returns (ILocalCurrency);

    /// @notice Who bears what is written off, as it was named; its key in force does.
    function commons() external view returns (address);

    /// @notice Seconds between a departure and the end of an account.
    function writeOffDelay_s() external view returns (uint32);

    /// @notice Whether balances are settled at the bank.
    function isCleared() external view returns (bool);
}
