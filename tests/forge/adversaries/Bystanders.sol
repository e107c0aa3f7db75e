// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISeizures, SeizureStage} from "contracts/currency/interfaces/ISeizures.sol";
import {IConveyance, Terms} from "contracts/land/interfaces/IConveyance.sol";
import {Charge, ICharges} from "contracts/land/interfaces/ICharges.sol";
import {Right} from "contracts/land/interfaces/ILandRegister.sol";
import {IPromises} from "contracts/credibility/interfaces/IPromises.sol";
import {IResidents, Standing} from "contracts/residents/interfaces/IResidents.sol";
import {FactRecipes} from "tests/forge/adversaries/FactRecipes.sol";

/// @notice What the bystanders have, each compared after every act.
enum Thing {
    Money, // balances, what they paid into sales, what a till owes them
    Claim, // redemptions that are not settled yet
    Key, // who acts for them
    Title,
    Charge,
    Vote,
    Promise,
    Sale
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
    Time // nobody's doing
}

/// @title What bystanders have, and by which act it may change
abstract contract Bystanders is FactRecipes {
    uint256 private constant WHOLE = 1e9;

    address[] internal _bystanders;
    mapping(address key => address person) private _personOf;
    mapping(address person => uint256) private _money_cents;
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
            _accept(Thing.Key, _bystanders[i]);
        }
        for (uint256 i = uint256(Thing.Claim); i <= uint256(type(Thing).max); ++i) {
            _accept(Thing(i), address(0));
        }
    }

    /// @dev The same for one thing; money and keys are somebody's.
    function _accept(Thing thing, address who) internal {
        if (thing == Thing.Money) {
            _money_cents[who] = _moneyOf(who);
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
        }
        for (uint256 i = uint256(Thing.Claim); i <= uint256(type(Thing).max); ++i) {
            thing = Thing(i);
            bool same = thing == Thing.Key || _look(thing) == _seen[thing];
            if (!same) return (thing, address(0), _byAct(thing, selector), true);
        }
    }

    function _moneyOf(address who) internal view returns (uint256 sum_cents) {
        sum_cents = conveyance.owedTo(who) + conveyance.shareOf(sale, who).paid_cents;
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
        return 0;
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
        return Effect.None;
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
