// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ITill} from "./ITill.sol";

/// @title A town's programmes: aid, meals, vouchers, stamps and rewards, by one root instead of a thousand grants
/// @notice A sponsor seals a Merkle roll of keys and what each may spend a period. Holders cost nothing until they
/// spend; a merchant whom the sponsor accredited is paid in plain local money at once. Whatever is not spent goes back
/// to the sponsor when the programme is over, sent by anyone.
///
/// Holders are keys *of the programme*, made for it and for nothing else: nothing here is a resident's account, and
/// nothing that a holder does is posted by her.
///
/// Everything is counted in units, each of so many cents: money (1), meals (a meal's price), or stamps (0), behind
/// which there is no money. Where there is: announced ≤ funded from the first spend to the end, claimed ≤ announced,
/// and what is left is funded − spent + refunded. Days and periods are counted from the opening.
interface IProgrammes is ITill {
    /// @notice What a programme is, for good.
    /// @param sponsor who accredits, appoints granters, voids, and is given what is left
    /// @param salt that tells its programmes apart: `nameOf(sponsor, salt)` is in each leaf of the roll
    /// @param opensAt unix seconds: the first at which anything is spent; days and periods are counted from it
    /// @param period_h hours that an allowance lasts; what of it is not spent lapses
    /// @param periods how many there are; then the programme is over
    /// @param unit_cents what a merchant is paid for a unit; zero for stamps
    /// @param dailyCap the most units that a holder spends a day, so that a sheet that was photographed is not emptied
    /// at once; zero for no cap
    /// @param categories of merchants, a bit each: whoever is accredited for one of them is paid
    /// @param total units a period that the roll allows in sum
    /// @param root of the roll: OpenZeppelin's StandardMerkleTree of (programme, index, holder, units a period); zero
    /// for a programme of grants alone
    /// @param ruleHash of the rule by which the roll was made, published elsewhere
    /// @param uri where roll and rule are published
    struct Terms {
        address sponsor;
        bytes32 salt;
        uint40 opensAt;
        uint16 period_h;
        uint16 periods;
        uint32 unit_cents;
        uint32 dailyCap;
        uint24 categories;
        uint48 total;
        bytes32 root;
        bytes32 ruleHash;
        string uri;
    }

    /// @notice A programme. Without `opensAt`, nobody opened it. In its first slot, what each spend asks and changes;
    /// in its second, what is asked when a holder first spends. What is counted, is counted in units.
    /// @param left of the money that is here; zero for stamps
    /// @param spent in sum
    /// @param funded in sum
    /// @param refunded in sum
    /// @param announced what the roll allows in all periods, and what granters may grant and granted
    /// @param claimed units a period of the holders on the roll who have spent
    struct Programme {
        uint40 opensAt;
        uint16 period_h;
        uint16 periods;
        uint32 unit_cents;
        uint32 dailyCap;
        uint24 categories;
        uint48 left;
        uint48 spent;
        uint48 funded;
        uint48 refunded;
        uint48 announced;
        uint48 claimed;
        uint48 total;
        address sponsor;
        bytes32 root;
    }

    /// @notice Where a key stands in a programme, in one slot.
    /// @param each units a period by the roll; zero until it first spends
    /// @param spent less what was refunded, in its last period; what is above `each` was granted
    /// @param granted units that were granted and not spent; they last until the programme is over
    /// @param today units spent on its last day, where that is capped: a refund gives none of them back
    /// @param period of its last spend, from 0
    /// @param day of its last spend, from 0
    /// @param nonce the highest that served
    /// @param nonces which of the 64 up to the highest served, a bit each, the highest first
    /// @param claimed whether its place on the roll was shown
    /// @param voided whether it spends nothing any more
    struct Holder {
        uint32 each;
        uint32 spent;
        uint32 granted;
        uint32 today;
        uint16 period;
        uint16 day;
        uint16 nonce;
        uint64 nonces;
        bool claimed;
        bool voided;
    }

    /// @notice What a holder signed to spend.
    /// @dev EIP-712 `Spend(bytes32 programme,address holder,address merchant,uint32 units,uint16 nonce,uint40
    /// deadline)`.
    /// @param holder the key
    /// @param merchant who is paid
    /// @param units how many
    /// @param nonce any that did not serve yet, and is not 64 or more below the highest that did
    /// @param deadline the last unix second at which it is posted; it lies in the period whose allowance is spent
    /// @param signature the holder's
    struct Spend {
        address holder;
        address merchant;
        uint32 units;
        uint16 nonce;
        uint40 deadline;
        bytes signature;
    }

    /// @notice A holder's place on the roll, which whoever posts her first spend reads from the roll that is published.
    /// @param holder the key
    /// @param index her place
    /// @param each units a period
    /// @param proof of it
    struct Place {
        address holder;
        uint256 index;
        uint32 each;
        bytes32[] proof;
    }

    /// @notice What a granter signed.
    /// @dev EIP-712 `Grant(bytes32 programme,address granter,address holder,uint32 units,bytes32 act,uint256
    /// deadline)`.
    /// @param granter who signed, out of her allowance
    /// @param holder the key that may spend more
    /// @param units how many more, until the programme is over
    /// @param act the hash of what they are granted for: a programme grants once for each
    /// @param deadline the last unix second at which it is posted
    /// @param signature the granter's; empty when she calls herself
    struct Grant {
        address granter;
        address holder;
        uint32 units;
        bytes32 act;
        uint256 deadline;
        bytes signature;
    }

    /// @notice A programme was opened.
    event ProgrammeOpened(bytes32 indexed programme, address indexed sponsor, Terms terms);
    /// @notice Money was paid in for so many units.
    event ProgrammeFunded(bytes32 indexed programme, address indexed payer, uint256 units);
    /// @notice A merchant sells what these categories name; none when it is accredited no more.
    event MerchantAccredited(bytes32 indexed programme, address indexed merchant, uint256 categories);
    /// @notice So many units are left for a granter to grant.
    event GranterAllowed(bytes32 indexed programme, address indexed granter, uint256 units);
    /// @notice A holder may spend more.
    event UnitsGranted(
        bytes32 indexed programme, address indexed holder, address indexed granter, uint256 units, bytes32 act
    );
    /// @notice A holder's place on the roll was shown.
    event HolderClaimed(bytes32 indexed programme, address indexed holder, uint256 index, uint256 each);
    /// @notice A holder spent at a merchant.
    event UnitsSpent(
        bytes32 indexed programme, address indexed holder, address indexed merchant, uint256 units, uint256 nonce
    );
    /// @notice A spend of a batch was refused, for the reason that it would have reverted with alone.
    event SpendRefused(bytes32 indexed programme, address indexed holder, uint256 place, bytes reason);
    /// @notice A merchant gave back what was spent: to the holder, or to the budget.
    event UnitsRefunded(
        bytes32 indexed programme, address indexed holder, address indexed merchant, uint256 units, bool toHolder
    );
    /// @notice A key spends nothing any more.
    event HolderVoided(bytes32 indexed programme, address indexed holder);
    /// @notice What was left went back to the sponsor.
    event ProgrammeReclaimed(bytes32 indexed programme, uint256 units);

    /// @notice Thrown when terms have no sponsor, no period or no category, open in the past or a year ahead, last
    /// more than three years, or have a root without a total or a total without a root.
    error Programmes_InvalidTerms();
    /// @notice Thrown when a programme was opened already.
    error Programmes_AlreadyOpened(bytes32 programme);
    /// @notice Thrown when nobody opened a programme.
    error Programmes_NotOpened(bytes32 programme);
    /// @notice Thrown when anyone but its sponsor rules a programme.
    error Programmes_OnlySponsor(address sponsor);
    /// @notice Thrown when merchants and their categories are not as many.
    error Programmes_ListsDiffer(uint256 merchants, uint256 categories);
    /// @notice Thrown when money is asked or paid for stamps, behind which there is none.
    error Programmes_NoMoney(bytes32 programme);
    /// @notice Thrown when money is not that of whole units.
    error Programmes_NotWholeUnits(uint256 unit_cents);
    /// @notice Thrown when no unit is spent, funded, granted or refunded.
    error Programmes_NoUnits();
    /// @notice Thrown when less is funded than was announced, or would be: so many units are missing.
    error Programmes_NotFunded(uint256 missing);
    /// @notice Thrown when something is spent before the opening.
    error Programmes_NotYet(uint256 opensAt);
    /// @notice Thrown when a programme is over.
    error Programmes_Over(uint256 endedAt);
    /// @notice Thrown when what is left is reclaimed before the programme is over.
    error Programmes_StillRunning(uint256 endsAt);
    /// @notice Thrown when a spend could be posted once its period is over: it would eat of the next one's allowance.
    error Programmes_BeyondPeriod(uint256 periodEndsAt);
    /// @notice Thrown when a merchant is accredited for none of the programme's categories.
    error Programmes_NotAccredited(address merchant);
    /// @notice Thrown when a key was voided.
    error Programmes_Voided(address holder);
    /// @notice Thrown when a nonce served, or is too far below the highest that did.
    error Programmes_NonceUsed(address holder, uint256 nonce);
    /// @notice Thrown when a key is not at this place on the roll, with these units.
    error Programmes_NotOnRoll(uint256 index, address holder, uint256 each);
    /// @notice Thrown when the roll allows more than was announced: it was made wrong.
    error Programmes_RollExceedsTotal(uint256 total);
    /// @notice Thrown when a holder spends more than is left of her allowance and grants.
    error Programmes_AllowanceExceeded(uint256 left);
    /// @notice Thrown when a holder spends more than is left of the day's cap.
    error Programmes_DailyCapExceeded(uint256 left);
    /// @notice Thrown when a granter grants more than she may.
    error Programmes_GranterExceeds(uint256 left);
    /// @notice Thrown when something was granted for an act already.
    error Programmes_ActGranted(bytes32 act);
    /// @notice Thrown when a spend that nobody posted is refunded.
    error Programmes_NotSpent(bytes32 spendHash);
    /// @notice Thrown when more is refunded than is left of a spend, or than its holder spent in the period.
    error Programmes_RefundExceeds(uint256 left);
    /// @notice Thrown when nothing is left to reclaim.
    error Programmes_NothingLeft(bytes32 programme);
    /// @notice Thrown when anyone but this contract carries out a spend of a batch.
    error Programmes_OnlyItself();
    /// @notice Thrown when less gas is left than a spend of a batch was promised.
    error Programmes_OutOfGas(uint256 place);

    /// @notice Opens a programme, by its sponsor's own transaction. It costs the same for any number of holders.
    /// @return programme Its name, `nameOf(sponsor, salt)`, which its roll was made for.
    function open(Terms calldata terms) external returns (bytes32 programme);

    /// @notice Pays in, which the caller has allowed; whole units. Anyone may: what is left goes to the sponsor.
    function fund(bytes32 programme, uint256 amount_cents) external;

    /// @notice The same by one ERC-3009 `ReceiveWithAuthorization` to this contract that the payer signed and anyone
    /// posts. Its nonce is `slipNonce(fundPurpose(programme), salt)`: it funds no other programme.
    function fundBySlip(
        bytes32 programme,
        address payer,
        uint256 amount_cents,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 salt,
        bytes calldata signature
    ) external;

    /// @notice The sponsor says which categories merchants are accredited for; none ends it.
    function accredit(bytes32 programme, address[] calldata merchants, uint24[] calldata categories) external;

    /// @notice The sponsor says how many units a granter may grant from now on: announced with them, so funded before.
    function allow(bytes32 programme, address granter, uint48 units) external;

    /// @notice Grants units to a key, by a granter's slip or her own transaction, once for an act.
    function grant(bytes32 programme, Grant calldata grant_) external;

    /// @notice Spends, posted by anyone; the merchant is paid at once, or credited where its account cannot be.
    /// @param places the holder's, until it was shown; then none
    function spend(bytes32 programme, Spend calldata spend_, Place[] calldata places) external;

    /// @notice Spends one by one: those that are refused leave the others alone. Neighbours at one merchant are paid in
    /// one sum. Places are the poster's own word, and all must be true.
    /// @param places of the holders whose was not shown
    /// @return posted How many were not refused.
    function spendBatch(bytes32 programme, Spend[] calldata spends, Place[] calldata places)
        external
        returns (uint256 posted);

    /// @notice One spend of a batch, but for its payment; by this contract alone.
    /// @return amount_cents What its merchant is to be paid.
    function acceptSpend(bytes32 programme, Spend calldata spend_) external returns (uint256 amount_cents);

    /// @notice A merchant gives back units of a spend that was posted, and their money, which it has allowed: to the
    /// holder while the period runs, else to the budget, as whatever was spent by a key that is voided since. Stamps,
    /// behind which there is no money, whoever is accredited alone.
    function refund(bytes32 programme, Spend calldata spend_, uint32 units) external;

    /// @notice The same by one ERC-3009 `ReceiveWithAuthorization` to this contract that the merchant signed and anyone
    /// posts. Its nonce is `slipNonce(refundPurpose(spendHash, units), salt)`: it refunds no other spend.
    function refundBySlip(
        bytes32 programme,
        Spend calldata spend_,
        uint32 units,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 salt,
        bytes calldata signature
    ) external;

    /// @notice The sponsor voids a key whose sheet was lost or copied; what it may need is granted to another.
    function void(bytes32 programme, address holder) external;

    /// @notice Gives the sponsor what is left of a programme that is over; by anyone, and again after late refunds.
    function reclaim(bytes32 programme) external;

    /// @notice A programme.
    function programmeOf(bytes32 programme) external view returns (Programme memory);

    /// @notice Where a key stands.
    function holderOf(bytes32 programme, address holder) external view returns (Holder memory);

    /// @notice What a merchant is accredited for.
    function categoriesOf(bytes32 programme, address merchant) external view returns (uint256 categories);

    /// @notice How many units a granter may still grant.
    function allowanceOf(bytes32 programme, address granter) external view returns (uint256 units);

    /// @notice Whether something was granted for an act.
    function isGranted(bytes32 programme, bytes32 act) external view returns (bool);

    /// @notice How many units of a spend were refunded.
    function refundedOf(bytes32 spendHash) external view returns (uint256 units);

    /// @notice The name of a sponsor's programme, opened or not, on this chain and in this contract.
    function nameOf(address sponsor, bytes32 salt) external view returns (bytes32 programme);

    /// @notice The hash of a spend, by which refunds name it: its EIP-712 hashStruct.
    function hashSpend(bytes32 programme, Spend calldata spend_) external pure returns (bytes32 spendHash);

    /// @notice What a funding slip pays for: the hashStruct of EIP-712 `Fund(bytes32 programme)`.
    function fundPurpose(bytes32 programme) external pure returns (bytes32 purpose);

    /// @notice What a refunding slip pays for: the hashStruct of EIP-712 `Refund(Spend spend,uint32 units)`, whose
    /// member `spend` hashes to `spendHash`.
    function refundPurpose(bytes32 spendHash, uint32 units) external pure returns (bytes32 purpose);
}
