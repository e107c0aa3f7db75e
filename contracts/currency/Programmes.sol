// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {SelfCall} from "../access/SelfCall.sol";
import {IResidents} from "../residents/interfaces/IResidents.sol";
import {Allowance} from "./Allowance.sol";
import {ProgrammeRoll} from "./ProgrammeRoll.sol";
import {ProgrammeSlips} from "./ProgrammeSlips.sol";
import {Schedule} from "./Schedule.sol";
import {Till} from "./Till.sol";
import {IProgrammes} from "./interfaces/IProgrammes.sol";

/// @title A town's programmes: aid, meals, vouchers, stamps and rewards, by one root instead of a thousand grants
contract Programmes is ProgrammeSlips, Till {
    using SafeERC20 for IERC20;
    using SafeCast for uint256;
    using Schedule for Programme;
    using Schedule for uint256;
    using Allowance for Holder;
    using Allowance for uint256;

    uint256 private constant MOST_AHEAD_S = 366 days;
    uint256 private constant MOST_S = 3 * 366 days;
    /// @dev What a spend may need: the promise to a smart account, three slots, and what EIP-150 keeps back.
    uint256 private constant SPEND_GAS = 300_000;
    // Six values, of which the last is the signature's offset, and its length.
    uint256 private constant SPEND_HEAD = 7 * 32;

    mapping(bytes32 programme => Programme) private _programmes;
    mapping(bytes32 programme => mapping(address key => Holder)) private _holders;
    mapping(bytes32 programme => mapping(address merchant => uint256)) private _categories;
    mapping(bytes32 programme => mapping(address granter => uint256)) private _allowances;
    mapping(bytes32 programme => mapping(bytes32 act => bool)) private _granted;
    mapping(bytes32 spendHash => uint256) private _refunded;

    constructor(IERC20 token_, IResidents residents_) Till(token_, residents_) {
        // Whoever has lost the town's manifest finds by its logs when a contract was born.
        emit EIP712DomainChanged();
    }

    /// @inheritdoc IProgrammes
    function open(Terms calldata terms) external returns (bytes32 programme) {
        _requireTerms(terms);
        _requireSponsor(terms.sponsor);
        programme = nameOf(terms.sponsor, terms.salt);
        require(_programmes[programme].opensAt == 0, Programmes_AlreadyOpened(programme));

        _programmes[programme] = Programme({
            opensAt: terms.opensAt,
            period_h: terms.period_h,
            periods: terms.periods,
            unit_cents: terms.unit_cents,
            dailyCap: terms.dailyCap,
            categories: terms.categories,
            left: 0,
            spent: 0,
            funded: 0,
            refunded: 0,
            announced: (uint256(terms.total) * terms.periods).toUint48(),
            claimed: 0,
            total: terms.total,
            sponsor: terms.sponsor,
            root: terms.root
        });
        emit ProgrammeOpened(programme, terms.sponsor, terms);
    }

    /// @inheritdoc IProgrammes
    function fund(bytes32 programme, uint256 amount_cents) external nonReentrant {
        _enter(programme, msg.sender, amount_cents);
        _payIn(amount_cents);
    }

    /// @inheritdoc IProgrammes
    function fundBySlip(
        bytes32 programme,
        address payer,
        uint256 amount_cents,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 salt,
        bytes calldata signature
    ) external nonReentrant {
        _enter(programme, payer, amount_cents);
        _payInBySlip(fundPurpose(programme), payer, amount_cents, validAfter, validBefore, salt, signature);
    }

    /// @inheritdoc IProgrammes
    function accredit(bytes32 programme, address[] calldata merchants, uint24[] calldata categories) external {
        _requireSponsor(_opened(programme).sponsor);
        require(merchants.length == categories.length, Programmes_ListsDiffer(merchants.length, categories.length));

        for (uint256 i; i < merchants.length; ++i) {
            _categories[programme][merchants[i]] = categories[i];
            emit MerchantAccredited(programme, merchants[i], categories[i]);
        }
    }

    /// @inheritdoc IProgrammes
    function allow(bytes32 programme, address granter, uint48 units) external {
        Programme storage of_ = _running(programme);
        _requireSponsor(of_.sponsor);
        of_.announced = (uint256(of_.announced) + units - _allowances[programme][granter]).toUint48();
        _requireFunded(of_);

        _allowances[programme][granter] = units;
        emit GranterAllowed(programme, granter, units);
    }

    /// @inheritdoc IProgrammes
    function grant(bytes32 programme, Grant calldata grant_) external {
        _running(programme);
        require(grant_.units != 0, Programmes_NoUnits());
        uint256 allowance = _allowances[programme][grant_.granter];
        require(grant_.units <= allowance, Programmes_GranterExceeds(allowance));
        require(!_granted[programme][grant_.act], Programmes_ActGranted(grant_.act));
        Holder storage holder = _holders[programme][grant_.holder];
        require(!holder.voided, Programmes_Voided(grant_.holder));
        bytes32 slip = _hashGrant(programme, grant_);
        _requireBy(residents.currentKeyOf(grant_.granter), slip, grant_.deadline, grant_.signature);

        _allowances[programme][grant_.granter] = allowance - grant_.units;
        _granted[programme][grant_.act] = true;
        holder.granted += grant_.units;
        emit UnitsGranted(programme, grant_.holder, grant_.granter, grant_.units, grant_.act);
    }

    /// @inheritdoc IProgrammes
    function spend(bytes32 programme, Spend calldata spend_, Place[] calldata places) external nonReentrant {
        _claim(programme, places);
        _pay(programme, spend_.merchant, _accept(programme, spend_));
    }

    /// @inheritdoc IProgrammes
    function spendBatch(bytes32 programme, Spend[] calldata spends, Place[] calldata places)
        external
        nonReentrant
        returns (uint256 posted)
    {
        _claim(programme, places);
        address merchant;
        uint256 due_cents;
        for (uint256 i; i < spends.length; ++i) {
            require(gasleft() >= SPEND_GAS, Programmes_OutOfGas(i));
            Spend calldata spend_ = spends[i];
            if (spend_.merchant != merchant) {
                _pay(programme, merchant, due_cents);
                (merchant, due_cents) = (spend_.merchant, 0);
            }
            (bool accepted, uint256 amount_cents) = _acceptAlone(programme, spend_);
            if (!accepted) {
                emit SpendRefused(programme, spend_.holder, i, SelfCall.returned());
                continue;
            }
            unchecked {
                due_cents += amount_cents; // at most what is left
                ++posted; // at most spends.length
            }
        }
        _pay(programme, merchant, due_cents);
    }

    /// @inheritdoc IProgrammes
    function acceptSpend(bytes32 programme, Spend calldata spend_) external returns (uint256 amount_cents) {
        require(msg.sender == address(this), Programmes_OnlyItself());
        return _accept(programme, spend_);
    }

    /// @inheritdoc IProgrammes
    function refund(bytes32 programme, Spend calldata spend_, uint32 units) external nonReentrant {
        address key = residents.currentKeyOf(spend_.merchant);
        require(msg.sender == key, SlipActs_NotSignedBy(key));
        uint256 amount_cents = _giveBack(programme, spend_, hashSpend(programme, spend_), units);
        if (amount_cents != 0) _payIn(amount_cents);
    }

    /// @inheritdoc IProgrammes
    function refundBySlip(
        bytes32 programme,
        Spend calldata spend_,
        uint32 units,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 salt,
        bytes calldata signature
    ) external nonReentrant {
        bytes32 spendHash = hashSpend(programme, spend_);
        uint256 amount_cents = _giveBack(programme, spend_, spendHash, units);
        require(amount_cents != 0, Programmes_NoMoney(programme));
        bytes32 purpose = refundPurpose(spendHash, units);
        _payInBySlip(purpose, spend_.merchant, amount_cents, validAfter, validBefore, salt, signature);
    }

    /// @inheritdoc IProgrammes
    function void(bytes32 programme, address holder) external {
        _requireSponsor(_opened(programme).sponsor);
        require(!_holders[programme][holder].voided, Programmes_Voided(holder));

        _holders[programme][holder].voided = true;
        emit HolderVoided(programme, holder);
    }

    /// @inheritdoc IProgrammes
    function reclaim(bytes32 programme) external nonReentrant {
        Programme storage of_ = _opened(programme);
        uint256 endsAt = of_.load().endOf();
        require(block.timestamp >= endsAt, Programmes_StillRunning(endsAt));
        uint256 left = of_.left;
        require(left != 0, Programmes_NothingLeft(programme));
        uint256 left_cents = left * of_.unit_cents;

        of_.left = 0;
        emit ProgrammeReclaimed(programme, left);
        _pay(programme, of_.sponsor, left_cents);
    }

    /// @inheritdoc IProgrammes
    function programmeOf(bytes32 programme) external view returns (Programme memory) {
        return _programmes[programme];
    }

    /// @inheritdoc IProgrammes
    function holderOf(bytes32 programme, address holder) external view returns (Holder memory) {
        return _holders[programme][holder];
    }

    /// @inheritdoc IProgrammes
    function categoriesOf(bytes32 programme, address merchant) external view returns (uint256 categories) {
        return _categories[programme][merchant];
    }

    /// @inheritdoc IProgrammes
    function allowanceOf(bytes32 programme, address granter) external view returns (uint256 units) {
        return _allowances[programme][granter];
    }

    /// @inheritdoc IProgrammes
    function isGranted(bytes32 programme, bytes32 act) external view returns (bool) {
        return _granted[programme][act];
    }

    /// @inheritdoc IProgrammes
    function refundedOf(bytes32 spendHash) external view returns (uint256 units) {
        return _refunded[spendHash];
    }

    /// @dev Takes note of a payment before it is made; reverts with it.
    function _enter(bytes32 programme, address payer, uint256 amount_cents) private {
        Programme storage of_ = _running(programme);
        uint256 unit_cents = of_.unit_cents;
        require(unit_cents != 0, Programmes_NoMoney(programme));
        require(amount_cents % unit_cents == 0, Programmes_NotWholeUnits(unit_cents));
        uint48 units = (amount_cents / unit_cents).toUint48(); // exactly
        require(units != 0, Programmes_NoUnits());

        of_.left += units;
        of_.funded += units;
        emit ProgrammeFunded(programme, payer, units);
    }

    /// @dev Holders' places on the roll are shown, each once.
    function _claim(bytes32 programme, Place[] calldata places) private {
        for (uint256 i; i < places.length; ++i) {
            Place calldata place = places[i];
            Holder storage holder = _holders[programme][place.holder];
            if (holder.claimed) continue;
            Programme storage of_ = _running(programme);
            _requireFunded(of_);
            bytes32 root = of_.root;
            require(
                root != 0 && ProgrammeRoll.holds(root, programme, place),
                Programmes_NotOnRoll(place.index, place.holder, place.each)
            );
            uint256 claimed = uint256(of_.claimed) + place.each;
            require(claimed <= of_.total, Programmes_RollExceedsTotal(of_.total));

            of_.claimed = uint48(claimed);
            (holder.claimed, holder.each) = (true, place.each);
            // What was granted and spent in this period, before her place was shown, is of her allowance first.
            if (holder.spent != 0 && of_.load().isOfThisPeriod(holder.period, block.timestamp)) {
                holder.granted += holder.spent < place.each ? holder.spent : place.each;
            }
            emit HolderClaimed(programme, place.holder, place.index, place.each);
        }
    }

    /// @dev Everything of a spend but its payment: what that amounts to. What was announced is there: it was asked when
    /// her place was shown, or a granter was allowed.
    function _accept(bytes32 programme, Spend calldata spend_) private returns (uint256 amount_cents) {
        Programme storage of_ = _programmes[programme];
        uint256 schedule = of_.load();
        uint256 ran_s = schedule.requireInTime(programme, spend_.deadline);
        (address key, address merchant, uint256 units) = (spend_.holder, spend_.merchant, spend_.units);
        _requireAccredited(programme, merchant, schedule.categoriesOf());
        require(units != 0, Programmes_NoUnits());
        uint256 holder = _holders[programme][key].load();
        require(!holder.isVoided(), Programmes_Voided(key));
        require(!holder.isUsed(spend_.nonce), Programmes_NonceUsed(key, spend_.nonce));
        _requireSigned(key, hashSpend(programme, spend_), spend_.signature);

        holder = holder.use(spend_.nonce).draw(units, schedule.periodAt(ran_s), ran_s / 1 days, schedule.capOf());
        _holders[programme][key].store(holder);
        of_.charge(schedule, units);
        emit UnitsSpent(programme, key, merchant, units, spend_.nonce);
        unchecked {
            return units * schedule.unitOf(); // of 32 bits each
        }
    }

    /// @dev A call of its own, so that a spend that reverts takes back all it did and nothing else. The bytes are
    /// handed on as they came, behind their offset, each over the last one's.
    function _acceptAlone(bytes32 programme, Spend calldata spend_)
        private
        returns (bool accepted, uint256 amount_cents)
    {
        bytes4 selector = this.acceptSpend.selector;
        uint256 length = SPEND_HEAD + ((spend_.signature.length + 31) & ~uint256(31)); // padded to words
        assembly ("memory-safe") {
            let at := mload(0x40)
            mstore(at, selector)
            mstore(add(at, 0x04), programme)
            mstore(add(at, 0x24), 0x40)
            calldatacopy(add(at, 0x44), spend_, length)
            mstore(0x00, 0)
            accepted := call(gas(), address(), 0, at, add(length, 0x44), 0x00, 0x20)
            amount_cents := mload(0x00)
        }
    }

    /// @dev Everything of a refund but its payment: what that amounts to.
    function _giveBack(bytes32 programme, Spend calldata spend_, bytes32 spendHash, uint32 units)
        private
        returns (uint256 amount_cents)
    {
        Programme storage of_ = _opened(programme);
        require(units != 0, Programmes_NoUnits());
        uint256 holder = _holders[programme][spend_.holder].load();
        _requireSigned(spend_.holder, spendHash, spend_.signature);
        require(holder.isUsed(spend_.nonce), Programmes_NotSpent(spendHash));
        uint256 left = spend_.units - _refunded[spendHash];
        require(units <= left, Programmes_RefundExceeds(left));

        _refunded[spendHash] += units;
        of_.refunded += units;
        // A second slip under a nonce that served costs its merchant money, but where there is none.
        if (of_.unit_cents != 0) of_.left += units;
        else _requireAccredited(programme, spend_.merchant, of_.categories);
        bool toHolder = !holder.isVoided() && of_.load().isOfThisPeriod(holder.periodOf(), spend_.deadline);
        if (toHolder) _holders[programme][spend_.holder].store(holder.restore(units));
        emit UnitsRefunded(programme, spend_.holder, spend_.merchant, units, toHolder);
        return uint256(units) * of_.unit_cents;
    }

    /// @dev Pays now, to the account that was named; where that fails, as a till pays.
    function _pay(bytes32 programme, address payee, uint256 amount_cents) private {
        if (amount_cents == 0 || token.trySafeTransfer(payee, amount_cents)) return;
        _payOut(uint256(programme), payee, amount_cents);
    }

    function _opened(bytes32 programme) private view returns (Programme storage of_) {
        of_ = _programmes[programme];
        require(of_.opensAt != 0, Programmes_NotOpened(programme));
    }

    /// @dev Opened, and not over.
    function _running(bytes32 programme) private view returns (Programme storage of_) {
        of_ = _opened(programme);
        uint256 endsAt = of_.load().endOf();
        require(block.timestamp < endsAt, Programmes_Over(endsAt));
    }

    function _requireSponsor(address sponsor) private view {
        require(msg.sender == residents.currentKeyOf(sponsor), Programmes_OnlySponsor(sponsor));
    }

    function _requireAccredited(bytes32 programme, address merchant, uint256 categories) private view {
        require(_categories[programme][merchant] & categories != 0, Programmes_NotAccredited(merchant));
    }

    /// @dev What was announced is there, or has no money behind it.
    function _requireFunded(Programme storage of_) private view {
        (uint256 announced, uint256 funded) = (of_.announced, of_.funded);
        require(announced <= funded || of_.unit_cents == 0, Programmes_NotFunded(Allowance.above(announced, funded)));
    }

    function _requireTerms(Terms calldata terms) private view {
        uint256 lasts_s = uint256(terms.period_h) * terms.periods * 1 hours;
        require(
            terms.sponsor != address(0) && terms.categories != 0 && (terms.root == 0) == (terms.total == 0)
                && lasts_s != 0 && lasts_s <= MOST_S && terms.opensAt >= block.timestamp
                && terms.opensAt <= block.timestamp + MOST_AHEAD_S,
            Programmes_InvalidTerms()
        );
    }
}
