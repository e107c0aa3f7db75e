// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISeizures, SeizureStage} from "contracts/currency/interfaces/ISeizures.sol";
import {IConveyance, Terms} from "contracts/land/interfaces/IConveyance.sol";
import {IClearing} from "contracts/flows/interfaces/IClearing.sol";
import {IProgrammes} from "contracts/currency/interfaces/IProgrammes.sol";
import {IMeters} from "contracts/flows/interfaces/IMeters.sol";
import {Charge, ICharges} from "contracts/land/interfaces/ICharges.sol";
import {Right} from "contracts/land/interfaces/ILandRegister.sol";
import {IPromises} from "contracts/credibility/interfaces/IPromises.sol";
import {IResidents, Standing} from "contracts/residents/interfaces/IResidents.sol";
import {ProgrammeRecipes} from "tests/forge/adversaries/ProgrammeRecipes.sol";

/// @notice What the bystanders have, each compared after every act.
enum Thing {
    Money, // balances, in operations too; what they paid into sales, what a till owes them
    Credit, // what a circle owes them
    Claim, // redemptions that are not settled yet
    Key, // who acts for them
    Title,
    Charge,
    Vote,
    Promise,
    Sale,
    Mandate, // how much an operation may debit, what they contest, for whom they vouch
    Statement, // what is stated of them
    Meter, // what their meters count as
    Aid // what a household spent and may spend at Bob's, and Bob may grant
}

/// @notice What an insider can do to somebody who signed nothing; the names of tests/vectors/insiders.json.
enum Effect {
    None,
    TakeOver,
    Seize,
    SeizePastGuardian,
    GiveTitle,
    EndSale,
    SettleUnpaid,
    CarryMoney,
    EndMandate,
    State, // and debits up to a cap, after a window
    Rule,
    Commit,
    Void,
    Time // nobody's doing
}

/// @title What bystanders have, and by which act it may change
abstract contract Bystanders is ProgrammeRecipes {
    uint256 private constant WHOLE = 1e9;
    uint32 private constant PERIODS = 8; // that agents may commit to

    address[] internal _bystanders;
    mapping(address key => address person) private _personOf;
    mapping(address person => uint256) private _money_cents;
    mapping(address person => int256) private _credit;
    mapping(address person => address) private _key;
    mapping(Thing => bytes32) private _seen;

    /// @dev What the walk remembers, apart from the contracts.
    mapping(address account => uint256) internal _proposedAt;
    mapping(address account => bool) internal _vetoed;
    mapping(uint256 seizure => uint256) internal _announcedAt;
    mapping(uint256 seizure => uint256) internal _ordered_cents;
    mapping(uint256 seizure => bool) internal _resumed;

    function setUp() public virtual override {
        super.setUp();
        _bystanders = [alice, bob, carol, dave, erin, bank, lender];
        for (uint256 i; i < _bystanders.length; ++i) {
            _personOf[_bystanders[i]] = _bystanders[i];
        }
        _remember();
    }

    function _isBystander(address account) internal view returns (bool) {
        return _personOf[account] != address(0);
    }

    /// @dev From now on, what is there is what should be.
    function _remember() private {
        for (uint256 i; i < _bystanders.length; ++i) {
            _accept(Thing.Money, _bystanders[i]);
            _accept(Thing.Credit, _bystanders[i]);
            _accept(Thing.Key, _bystanders[i]);
        }
        for (uint256 i = uint256(Thing.Claim); i <= uint256(type(Thing).max); ++i) {
            _accept(Thing(i), address(0));
        }
    }

    /// @dev The same for one thing; money, credit and keys are somebody's.
    function _accept(Thing thing, address who) internal {
        if (thing == Thing.Money) {
            _money_cents[who] = _moneyOf(who);
        } else if (thing == Thing.Credit) {
            _credit[who] = circle.memberOf(who).balance;
        } else if (thing == Thing.Key && who != address(0)) {
            _key[who] = residents.currentKeyOf(who);
            _personOf[_key[who]] = who;
        } else {
            _seen[thing] = _look(thing);
        }
    }

    /// @dev The first thing that an act changed, whose, and by what right: by none, `effect` is None.
    function _changed(bytes4 selector, bytes memory data)
        internal
        returns (Thing thing, address who, Effect effect, bool any)
    {
        for (uint256 i; i < _bystanders.length; ++i) {
            who = _bystanders[i];
            if (residents.currentKeyOf(who) != _key[who]) return (Thing.Key, who, _byRecovery(selector, who), true);
            uint256 left_cents = _moneyOf(who);
            if (left_cents < _money_cents[who]) {
                return (Thing.Money, who, _byMoney(selector, data, _money_cents[who] - left_cents), true);
            }
            // Nobody minds a gift, which is theirs from now on.
            if (left_cents != _money_cents[who]) _money_cents[who] = left_cents;
            int256 credit = circle.memberOf(who).balance;
            if (credit < _credit[who]) return (Thing.Credit, who, Effect.None, true);
            if (credit != _credit[who]) _credit[who] = credit;
        }
        for (uint256 i = uint256(Thing.Claim); i <= uint256(type(Thing).max); ++i) {
            thing = Thing(i);
            bool same = thing == Thing.Key || _look(thing) == _seen[thing];
            if (!same) return (thing, address(0), _byAct(thing, selector), true);
        }
    }

    function _moneyOf(address who) internal view returns (uint256 sum_cents) {
        sum_cents = conveyance.owedTo(who) + conveyance.shareOf(sale, who).paid_cents + clearing.owedTo(who);
        sum_cents += programmes.owedTo(who);
        if (who == aid.sponsor) sum_cents += programmes.programmeOf(aid.id).left;
        IClearing.Member memory member = clearing.memberOf(street.op, who);
        sum_cents += uint256(member.balance_cents) + member.held_cents;
        for (address key = who;;) {
            sum_cents += currency.balanceOf(key) + next.balanceOf(key);
            IResidents.Resident memory resident = residents.residentOf(key);
            if (resident.standing != Standing.Replaced) return sum_cents;
            key = resident.successor;
        }
    }

    function _look(Thing thing) private view returns (bytes32) {
        if (thing == Thing.Claim) return keccak256(abi.encode(currency.redemptionOf(1)));
        if (thing == Thing.Title) return keccak256(abi.encode(_rightsIn(house), _rightsIn(field), _rightsIn(garden)));
        if (thing == Thing.Charge) {
            return keccak256(abi.encode(charges.chargesOf(house), charges.chargesOf(field), _charge()));
        }
        if (thing == Thing.Vote) {
            (bool voted, uint256 seq) = box.turnout(poll, 0);
            return keccak256(abi.encode(voted, seq, box.batchRoot(poll, 0), box.paramsHash(poll)));
        }
        if (thing == Thing.Promise) {
            IPromises.Promise memory promised = promises.promiseOf(mandate, 0);
            IPromises.Mandate memory current = promises.mandateOf(mandate);
            // That it is judged, or that nobody judges it, takes nothing yet.
            (promised.state, promised.frozen) = (IPromises.State.None, 0);
            (current.judged, current.frozen) = (false, 0);
            return keccak256(abi.encode(current, promised, cred.balanceOf(carol)));
        }
        if (thing == Thing.Sale) {
            IConveyance.Sale memory current = conveyance.saleOf(sale);
            return keccak256(abi.encode(current.termsHash, current.state, current.escrow_cents));
        }
        return _lookAtStreet(thing);
    }

    function _lookAtStreet(Thing thing) private view returns (bytes32) {
        if (thing == Thing.Mandate) {
            return keccak256(abi.encode(_mandateIn(alice), _mandateIn(bob), circle.vouchOf(alice, bob)));
        }
        if (thing == Thing.Statement) return keccak256(abi.encode(_last(street.op), _last(club.op)));
        if (thing == Thing.Aid) return _aided();
        if (thing != Thing.Meter) return 0;
        bytes32 hash =
            keccak256(abi.encode(meters.meterOf(street.op, street.draws), meters.meterOf(street.op, street.injects)));
        for (uint32 period = FIRST; period <= PERIODS; ++period) {
            bytes32 draws = meters.commitmentOf(street.op, street.draws, period);
            hash = keccak256(abi.encode(hash, draws, meters.commitmentOf(street.op, street.injects, period)));
        }
        return hash;
    }

    /// @dev But for what anybody may add to it.
    function _aided() private view returns (bytes32) {
        IProgrammes.Programme memory of_ = programmes.programmeOf(aid.id);
        bytes memory sums = abi.encode(of_.spent, of_.refunded, of_.announced, of_.claimed);
        uint256 sells = programmes.categoriesOf(aid.id, aid.merchant);
        uint256 grants = programmes.allowanceOf(aid.id, aid.merchant);
        return keccak256(abi.encode(sums, programmes.holderOf(aid.id, aid.holder), sells, grants));
    }

    function _mandateIn(address who) private view returns (bytes32) {
        IClearing.Member memory member = clearing.memberOf(street.op, who);
        return keccak256(abi.encode(member.cap_cents, member.contested, member.mandatedAt));
    }

    function _last(bytes32 op) private view returns (bytes32) {
        return keccak256(abi.encode(clearing.operationOf(op)));
    }

    /// @dev Each holder's part of a title, whatever the key and the scale in which it is recorded.
    function _rightsIn(uint256 id) private view returns (bytes32 hash) {
        uint256 whole = register.titleOf(id).whole;
        if (whole == 0) return 0;
        Right[] memory rights = register.rightsOf(id);
        for (uint256 i; i < rights.length; ++i) {
            address holder = _personOf[residents.currentKeyOf(rights[i].holder)];
            hash = keccak256(abi.encode(hash, holder, rights[i].kind, rights[i].shares * WHOLE / whole));
        }
    }

    /// @dev The bank's charge on the garden: its rank, whose it is, how much it secures.
    function _charge() private view returns (bytes32) {
        Charge[] memory list = charges.chargesOf(garden);
        for (uint256 i; i < list.length; ++i) {
            if (list[i].number != banksCharge) continue;
            return keccak256(abi.encode(i, _personOf[residents.currentKeyOf(list[i].creditor)], list[i].amount_cents));
        }
        return 0;
    }

    /// @dev Another key acts for whoever lost one, when the public delay is over and nobody vetoed in it.
    function _byRecovery(bytes4 selector, address who) private view returns (Effect) {
        bool lawful = selector == residents.recover.selector && !_vetoed[_key[who]] && _proposedAt[_key[who]] != 0
            && block.timestamp >= _proposedAt[_key[who]] + RECOVERY_DELAY_S;
        return lawful ? Effect.TakeOver : Effect.None;
    }

    function _byMoney(bytes4 selector, bytes memory data, uint256 lost_cents) private view returns (Effect) {
        if (selector == IClearing.settle.selector) return lost_cents <= CAP ? _bySettlement() : Effect.None;
        if (selector == IClearing.rule.selector) return lost_cents <= uint64(DEBIT) ? Effect.Rule : Effect.None;
        if (selector != currency.carryOutSeizure.selector) return Effect.None;
        uint256 seizure = _wordAt(_slice(data, 4, 36), 0);
        bool lawful = _announcedAt[seizure] != 0 && block.timestamp >= _announcedAt[seizure] + SEIZURE_DELAY_S
            && lost_cents <= _ordered_cents[seizure];
        if (!lawful) return Effect.None;
        return _resumed[seizure] ? Effect.SeizePastGuardian : Effect.Seize;
    }

    function _byAct(Thing thing, bytes4 selector) private view returns (Effect) {
        if (thing == Thing.Claim) {
            bool settles = selector == currency.settle.selector || selector == currency.settleMany.selector;
            return settles ? Effect.SettleUnpaid : Effect.None;
        }
        if (thing == Thing.Title) {
            return selector == register.forcedTransfer.selector ? Effect.GiveTitle : Effect.None;
        }
        if (thing == Thing.Charge) return selector == ICharges.lapse.selector ? Effect.Time : Effect.None;
        if (thing == Thing.Promise) return _byPromise(selector);
        if (thing == Thing.Sale) return _bySale(selector);
        if (thing == Thing.Statement) return _byStatement(selector);
        if (thing == Thing.Meter) {
            bool says = selector == IMeters.commit.selector || selector == IMeters.remove.selector;
            return says ? Effect.Commit : Effect.None;
        }
        return Effect.None;
    }

    /// @dev What the organiser stated before the walk is settled by anybody, when its window is over.
    function _bySettlement() private view returns (Effect) {
        IClearing.Clock memory clock = clearing.operationOf(street.op).clock;
        bool isOver = block.timestamp >= uint256(clock.statedAt) + uint256(CONTEST_H) * 1 hours;
        if (!isOver || clock.status != IClearing.Status.Settled) return Effect.None;
        return clock.number == SECOND ? Effect.Time : Effect.State;
    }

    /// @dev Only what the organiser stated since may be false, and be refuted by anybody.
    function _byStatement(bytes4 selector) private view returns (Effect) {
        if (selector == IClearing.voidStatement.selector) return Effect.Void;
        if (selector == IClearing.settle.selector) return _bySettlement();
        bool says = selector == IClearing.state.selector || selector == IClearing.retract.selector;
        return says || _number() != SECOND ? Effect.State : Effect.None;
    }

    function _byPromise(bytes4 selector) private pure returns (Effect) {
        if (selector == IPromises.settle.selector) return Effect.Time; // what the citizens on the sealed roll found
        bool ends = selector == IPromises.endMandate.selector || selector == IPromises.cancelMandate.selector;
        return ends ? Effect.EndMandate : Effect.None;
    }

    function _bySale(bytes4 selector) private view returns (Effect) {
        if (selector == IConveyance.cancelByOrder.selector || selector == IConveyance.failCondition.selector) {
            return Effect.EndSale;
        }
        Terms memory terms = abi.decode(saleTerms, (Terms));
        bool late = selector == IConveyance.expire.selector && block.timestamp > terms.conditionsBy;
        return late ? Effect.Time : Effect.None;
    }

    /// @dev Notes what was announced, so that what follows can be held to its delay.
    function _note(bytes4 selector, bytes memory data) internal {
        if (selector == residents.proposeRecovery.selector || selector == residents.withdrawRecovery.selector) {
            address account = address(uint160(_wordAt(_slice(data, 4, 36), 0)));
            _proposedAt[account] = selector == residents.proposeRecovery.selector ? block.timestamp : 0;
            _vetoed[account] = false;
        } else if (selector == currency.seize.selector) {
            uint256 seizure = currency.seizures();
            ISeizures.Seizure memory announced = currency.seizureOf(seizure);
            (_announcedAt[seizure], _ordered_cents[seizure]) = (block.timestamp, announced.amount_cents);
            if (_isBystander(announced.account)) _seizureOfBystander = seizure;
        } else if (selector == currency.resumeSeizure.selector) {
            uint256 seizure = _wordAt(_slice(data, 4, 36), 0);
            (_announcedAt[seizure], _resumed[seizure]) = (block.timestamp, true);
        }
    }

    /// @dev Bystanders who read what is announced veto, and so does the guardian.
    function _watch() internal {
        for (uint256 i; i < _bystanders.length; ++i) {
            address key = residents.currentKeyOf(_bystanders[i]);
            vm.prank(key);
            (bool vetoed,) = address(residents).call(abi.encodeWithSignature("vetoRecovery()"));
            if (vetoed) _vetoed[key] = true;
        }
        for (uint256 seizure = currency.seizures(); seizure != 0; --seizure) {
            ISeizures.Seizure memory current = currency.seizureOf(seizure);
            if (current.stage != SeizureStage.Announced || !_isBystander(current.account)) continue;
            vm.prank(guardian);
            currency.suspendSeizure(seizure, DEED);
        }
    }
}
