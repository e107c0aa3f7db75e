// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";

import {IInPerson} from "../../access/interfaces/IInPerson.sol";
import {IResidents, Kind} from "../../residents/interfaces/IResidents.sol";
import {ICurrencySlips} from "./ICurrencySlips.sol";
import {ISeizures} from "./ISeizures.sol";
import {ISuccession} from "./ISuccession.sol";

/// @title A town's money, one unit for one euro in an attested reserve
/// @notice Amounts are cents. Only registered accounts hold it; a suspended one may spend but not receive, a frozen one
/// neither.
interface ILocalCurrency is IERC20Metadata, IERC20Errors, ICurrencySlips, ISeizures, ISuccession, IInPerson {
    /// @notice The charter of the currency: fixed at deployment.
    /// @param authority the town's AccessManager
    /// @param residents the register that this currency follows
    /// @param commons the account that receives fees and demurrage
    /// @param redeemableKinds a bit per Kind that may change its money back into euros, at 1 << kind
    /// @param redemptionFee_bps what changing back costs, in basis points
    /// @param leastRedemption_cents the least that is changed back, 100.00 at most; whoever leaves with less keeps it
    /// on the account until it comes back
    /// @param keptPerDay γ·2¹²⁸, what a balance keeps after a day; 0 for no demurrage
    /// @param seizureDelay_s between the announcement of a seizure and its carrying out; a day at least
    /// @param predecessor the currency that this one follows, whose accounts it takes over; none for the first
    struct Charter {
        string name;
        string symbol;
        address authority;
        IResidents residents;
        address commons;
        uint8 redeemableKinds;
        uint16 redemptionFee_bps;
        uint80 leastRedemption_cents;
        uint128 keptPerDay;
        uint32 seizureDelay_s;
        ILocalCurrency predecessor;
    }

    /// @notice What the charter says of changing money back.
    /// @param kinds a bit per Kind that may, at 1 << kind
    /// @param fee_bps what it costs, in basis points
    /// @param least_cents the least that is changed back
    struct RedemptionRule {
        uint8 kinds;
        uint16 fee_bps;
        uint80 least_cents;
    }

    /// @param supply cents in circulation
    /// @param reserve euro cents that the auditor attested, less what was paid out since
    /// @param owed euro cents redeemed and not yet paid
    struct Books {
        uint80 supply;
        uint80 reserve;
        uint80 owed;
    }

    /// @param account who gave its money back
    /// @param owed euro cents to pay; 0 once settled
    struct Redemption {
        address account;
        uint80 owed;
    }

    /// @notice Thrown when the charter names no commons account, a fee above 100 %, a least redemption above 100.00, or
    /// a seizure's delay below a day.
    error LocalCurrency_InvalidCharter();
    /// @notice Thrown when anyone but the residents' register calls what it alone may.
    error LocalCurrency_OnlyResidents(address caller);
    /// @notice Thrown when an institution is frozen or seized: what it holds is others', and a court reaches each of
    /// theirs. Or when it would be paid what it did not take itself: it could give it back to nobody.
    error LocalCurrency_Institution(address account);
    /// @notice Thrown when an account that spends or allows is not registered.
    error LocalCurrency_NotRegistered(address account);
    /// @notice Thrown when an account that spends or receives is frozen by order, or seized.
    error LocalCurrency_Frozen(address account);
    /// @notice Thrown when an account that receives is suspended.
    error LocalCurrency_Suspended(address account);
    /// @notice Thrown when money should move while everything is paused.
    error LocalCurrency_Paused();
    /// @notice Thrown when pausing twice, or resuming what is not paused.
    error LocalCurrency_PauseUnchanged(bool paused);
    /// @notice Thrown when pausing without the wei that tells every movement to look.
    error LocalCurrency_PauseWithoutWei();
    /// @notice Thrown when a key would be frozen that another has replaced: the money is under that one.
    error LocalCurrency_Replaced(address account, address successor);
    /// @notice Thrown when freezing twice, or unfreezing what is not frozen.
    error LocalCurrency_FreezeUnchanged(address account, bool frozen);
    /// @notice Thrown when an account that still holds as much as may be changed back would leave the register. Less
    /// stays its own: it melts as all money, is carried over as all money, and moves again once it is enrolled again.
    error LocalCurrency_BalanceRemains(address account, uint256 balance);
    /// @notice Thrown when the commons account, or a key that is to take its place, is or would be barred from
    /// receiving: fees and demurrage need it.
    error LocalCurrency_CommonsMustReceive(address account);
    /// @notice Thrown when the one who attests the reserve may also issue.
    error LocalCurrency_AuditorIssues(address auditor);
    /// @notice Thrown when a figure does not fit the books.
    error LocalCurrency_TooLarge(uint256 amount_cents);
    /// @notice Thrown when an issue would exceed what the reserve covers, or is of nothing.
    error LocalCurrency_ReserveExceeded(uint256 amount_cents, uint256 available_cents);
    /// @notice Thrown when an issue or a settlement carries a reference that was used before, or none.
    error LocalCurrency_ReferenceUsed(bytes32 ref);
    /// @notice Thrown when a batch names more or fewer accounts than amounts.
    error LocalCurrency_BatchMismatch(uint256 accounts, uint256 amounts);
    /// @notice Thrown when an account of this kind may not change its money back.
    error LocalCurrency_NotRedeemable(address account, Kind kind);
    /// @notice Thrown when less is redeemed than the charter's least.
    error LocalCurrency_BelowLeast(uint256 amount_cents, uint256 least_cents);
    /// @notice Thrown when whoever asks for the wei here cannot take it.
    error LocalCurrency_NotTaken(address by);
    /// @notice Thrown when nothing is redeemed.
    error LocalCurrency_NothingToRedeem();
    /// @notice Thrown when a redemption does not exist or was settled; of 0, when a transfer would settle none.
    error LocalCurrency_NotOwed(uint256 redemption);

    event ReserveAttested(uint256 reserve_cents, bytes32 indexed statementHash);
    event Issued(bytes32 indexed ref, uint256 amount_cents);
    event Paid(address indexed from, address indexed to, uint256 amount_cents, bytes32 indexed ref);
    event Redeemed(
        uint256 indexed redemption, address indexed account, uint256 owed_cents, uint256 fee_cents, bytes32 indexed ref
    );
    event Settled(uint256 indexed redemption, bytes32 indexed bankReference, uint256 amount_cents);
    event Frozen(address indexed account, bytes32 indexed orderHash);
    event Unfrozen(address indexed account, bytes32 indexed orderHash);
    event Paused(address indexed by);
    event Resumed(address indexed by);
    event Swept(address indexed by, uint256 amount_wei);
    event CommonsMoved(address indexed from, address indexed to);

    /// @notice Pays with a reference: an invoice, a till receipt, a tax. It pays as often as it is sent; a request that
    /// is to be paid once has `payRequest`.
    function pay(address to, uint256 amount_cents, bytes32 ref) external;

    /// @notice The auditor states the euros in the bank. Refused to whoever may issue. While a predecessor holds some
    /// of them, the reserve here is the rest.
    /// @param statementHash hash of the bank statement
    function attestReserve(uint256 reserve_cents, bytes32 statementHash) external;

    /// @notice Issues against the reserve, at most `reserve − owed − supply`.
    /// @param ref the euro receipt; each serves once
    function issue(address to, uint256 amount_cents, bytes32 ref) external;

    /// @notice Issues to many under one reference; all or nothing.
    function issueBatch(address[] calldata to, uint256[] calldata amounts_cents, bytes32 ref) external;

    /// @notice Changes money back into euros: the fee, rounded up, goes to the commons, the rest is burnt and owed.
    /// @param ref the holder's own: an invoice, a bank account's fingerprint; 0 for none. It may serve again.
    /// @return redemption the number under which it will be settled
    function redeem(uint256 amount_cents, bytes32 ref) external returns (uint256 redemption);

    /// @notice The same by a slip that the holder signed and anyone posts.
    /// @dev EIP-712 `RedeemWithAuthorization(address from,uint256 value,bytes32 ref,uint256 validAfter,uint256
    /// validBefore,bytes32 nonce)`
    function redeemWithAuthorization(
        address from,
        uint256 value,
        bytes32 ref,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external returns (uint256 redemption);

    /// @notice The euros were paid: what was owed no longer is, and has left the reserve. Refused for an account that
    /// was frozen since.
    /// @dev The reserve stops at 0 where an attestation made in between already counted the payment: the books err on
    /// the side of issuing less.
    /// @param bankReference the transfer; each serves once
    function settle(uint256 redemption, bytes32 bankReference) external;

    /// @notice Settles many redemptions by one transfer of the bank; all or none.
    function settleMany(uint256[] calldata redemptions, bytes32 bankReference) external;

    /// @notice Gives the wei here to the caller, unless everything is paused: what somebody forced in makes every
    /// movement dearer by a storage read.
    function sweep() external;

    /// @notice Freezes an account by order, on the register, off it or not yet on it: leaving evades nothing, for what
    /// is owed in euros waits too. Its demurrage is taken first and stops; while everything is paused it is not taken
    /// but forgiven.
    function freeze(address account, bytes32 orderHash) external;

    /// @notice Ends a freeze by order.
    function unfreeze(address account, bytes32 orderHash) external;

    /// @notice Stops every movement. Comes with a wei of its own, for what was there may be swept just before: a
    /// movement looks at the pause only where this contract holds ETH, which costs it nothing to know. ETH that
    /// somebody forces in makes movements dearer by one storage read and stops none.
    function pause() external payable;

    /// @notice Lets money move again, and gives the ETH here to the caller.
    function resume() external;

    /// @notice Takes the demurrage that an account owes; open to anyone.
    function melt(address account) external;

    /// @notice An account as the ledger has it.
    /// @return stored_cents the balance before any demurrage still due
    /// @return kind None when not registered
    /// @return suspended whether it may not receive
    /// @return frozen whether it may neither spend nor receive
    /// @return day days since 1970 up to which demurrage is paid
    function accountOf(address account)
        external
        view
        returns (uint256 stored_cents, Kind kind, bool suspended, bool frozen, uint256 day);

    /// @notice Supply, reserve and what is owed.
    function books() external view returns (Books memory);

    /// @notice A redemption and what is still owed for it.
    function redemptionOf(uint256 redemption) external view returns (Redemption memory);

    /// @notice How many redemptions there were; they are numbered from 1.
    function redemptions() external view returns (uint256);

    /// @notice Whether an issue or a settlement carried this reference.
    function isReferenceUsed(bytes32 ref) external view returns (bool);

    /// @notice Where fees and demurrage go.
    function commons() external view returns (address);

    /// @notice Whether everything is stopped.
    function paused() external view returns (bool);

    /// @notice Who may change money back, at what cost, and how much at least.
    function redemptionRule() external view returns (RedemptionRule memory);

    /// @notice The register that this currency follows.
    function residents() external view returns (IResidents);

    /// @notice γ·2¹²⁸, what a balance keeps after a day; 0 for no demurrage.
    function keptPerDay() external view returns (uint128);
}
