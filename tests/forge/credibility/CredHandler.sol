// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Vm} from "forge-std/Vm.sol";

import {Promises} from "contracts/credibility/Promises.sol";
import {IAppeals} from "contracts/credibility/interfaces/IAppeals.sol";
import {IPromises} from "contracts/credibility/interfaces/IPromises.sol";
import {IResults} from "contracts/vote/interfaces/IResults.sol";
import {CredFixture} from "tests/forge/credibility/CredFixture.sol";

/// @title Officials, residents, a jury and strangers who act at random: each act is counted, each settlement noted as
/// it happens
contract CredHandler is CredFixture {
    uint256 private constant SUBJECTS = 3;

    string[] public acts;
    mapping(string act => uint256) public succeeded;
    mapping(string act => uint256) public refused;
    mapping(uint256 mandate => mapping(uint256 promiseId => uint256)) public settlements;
    mapping(uint256 mandate => uint256) public burntByEvents;
    mapping(uint256 mandate => mapping(uint256 promiseId => uint256)) private _lastBurnt;
    mapping(address subject => uint256) public minted;
    address[SUBJECTS] public subjects;
    uint256 public burntOutsideSettle;
    uint256 public now_s = START;

    modifier atItsTime() {
        vm.warp(now_s);
        _;
    }

    function start() external {
        setUp();
        (subjects[0], subjects[1], subjects[2]) = (mayor, citizens[0], makeAddr("supplier"));
    }

    function passTime(uint256 seconds_) external {
        now_s += _bound(seconds_, 1 hours, 6 days);
    }

    function openMandate(uint256 seed, uint256 who) external atItsTime {
        if (seed % 6 != 0) return; // now and then, so that each has a life
        uint40 endsAt = uint40(now_s + _bound(seed >> 8, 0, 60 days));
        IPromises.Supply supply = IPromises.Supply((seed >> 16) % 2);
        _act(
            "openMandate",
            _officer(clerk, who),
            abi.encodeCall(IPromises.openMandate, (subjects[(seed >> 24) % SUBJECTS], endsAt, supply, "terms"))
        );
    }

    function pledge(uint256 mandate, uint256 seed, uint256 who) external atItsTime {
        mandate = _mandate(mandate);
        IPromises.Mandate memory current = promises.mandateOf(mandate);
        IPromises.Pledge[] memory pledges = _pledges(_bound(seed, 1, 6));
        for (uint256 i; i < pledges.length; ++i) {
            pledges[i].dueAt = uint40(_bound(uint256(keccak256(abi.encode(seed, i))), now_s + 1, now_s + 20 days));
        }
        if (_act(
                "pledge", _officer(current.subject, who), abi.encodeCall(IPromises.pledge, (mandate, 0, pledges, 0, ""))
            )) {
            minted[current.subject] += current.supply;
        }
    }

    function bringEvidence(uint256 mandate, uint256 promiseId, uint256 who) external atItsTime {
        mandate = _mandate(mandate);
        _act(
            "bringEvidence",
            _officer(promises.mandateOf(mandate).subject, who),
            abi.encodeCall(IPromises.bringEvidence, (mandate, promiseId % 7, "evidence", "", 0, ""))
        );
    }

    function endMandate(uint256 mandate, uint256 seed, uint256 who) external atItsTime {
        if (seed % 4 != 0) return;
        bytes memory call = abi.encodeCall(IPromises.endMandate, (_mandate(mandate), "document"));
        _act("endMandate", _officer(clerk, who), call);
    }

    function cancelMandate(uint256 mandate, uint256 seed, uint256 who) external atItsTime {
        if (seed % 4 != 0) return;
        mandate = _mandate(mandate);
        (address subject, uint256 capital) = (promises.mandateOf(mandate).subject, promises.mandateOf(mandate).capital);
        bytes memory call = abi.encodeCall(IPromises.cancelMandate, (mandate, "document"));
        if (_act("cancelMandate", _officer(clerk, who), call)) minted[subject] -= capital;
    }

    function makeKeys(uint256 seed) external atItsTime {
        results.makeKeys(seed % 3);
        if (seed % 5 == 0) _sealRoll();
    }

    function callEvaluation(uint256 mandate, uint256 seed, uint256 who) external atItsTime {
        bytes memory ids = _list(seed % 3, 1 + (seed >> 8) % 2);
        _act("call", _anyone(who), abi.encodeCall(IPromises.callEvaluation, (_mandate(mandate), ids, 1)));
    }

    function declareUnjudged(uint256 mandate, uint256 seed, uint256 who) external atItsTime {
        bytes memory ids = _list(seed % 3, 1);
        _act("declare unjudged", _anyone(who), abi.encodeCall(IPromises.declareUnjudged, (_mandate(mandate), ids)));
    }

    function attach(uint256 mandate, uint256 seed, bool midTerm, uint256 who) external atItsTime {
        mandate = _mandate(mandate);
        bytes memory ids = _list(seed % 3, 1 + (seed >> 8) % 3);
        uint256 consultation = _schedule(mandate, ids, midTerm);
        bytes memory call = abi.encodeCall(IPromises.attachEvaluation, (mandate, ids, consultation, midTerm));
        _act(midTerm ? "attach mid-term" : "attach", _officer(officer, who), call);
    }

    /// @dev The consultation's own life: tallied, withheld or stalled.
    function conclude(uint256 evaluation, uint256 seed) external atItsTime {
        IPromises.Evaluation memory current = promises.evaluationOf(_evaluation(evaluation));
        if (current.mandate == 0 || results.status(current.consultation) != IResults.Status.Scheduled) return;
        if (seed % 8 == 0) return results.become(current.consultation, IResults.Status.Withheld);
        if (seed % 8 == 1) return results.become(current.consultation, IResults.Status.Stalled);
        uint256 opinions = _bound(seed >> 8, 0, CITIZENS);
        _tally(current.consultation, current.promises.length, opinions, _bound(seed >> 16, 0, 4 * opinions));
    }

    function publish(uint256 evaluation, uint256 who) external atItsTime {
        _act("publish", _anyone(who), abi.encodeCall(IPromises.publish, (_evaluation(evaluation))));
    }

    function appeal(uint256 evaluation, uint256 who) external atItsTime {
        evaluation = _evaluation(evaluation);
        address subject = promises.mandateOf(promises.evaluationOf(evaluation).mandate).subject;
        _appeal("appeal", _officer(subject, who), abi.encodeCall(IAppeals.appeal, (evaluation, "grounds", 0, "")));
    }

    function petition(uint256 evaluation, uint256 seed, uint256 who) external atItsTime {
        evaluation = _evaluation(evaluation);
        IAppeals.Petitioner[] memory signers = _petitioners(evaluation, seed % 7, 1 + seed % 2);
        _appeal("petition", _anyone(who), abi.encodeCall(IAppeals.petition, (evaluation, signers)));
    }

    function rule(uint256 evaluation, uint256 seed, uint256 who) external atItsTime {
        IAppeals.Ruling ruling = IAppeals.Ruling(seed % 3);
        bytes memory call = abi.encodeCall(IAppeals.rule, (_evaluation(evaluation), ruling, "reasons"));
        _appeal("rule", _officer(jury, who), call);
    }

    function release(uint256 evaluation, uint256 who) external atItsTime {
        _act("release", _anyone(who), abi.encodeCall(IPromises.release, (_evaluation(evaluation))));
    }

    function settle(uint256 evaluation, uint256 who) external atItsTime {
        _act("settle", _anyone(who), abi.encodeCall(IPromises.settle, (_evaluation(evaluation))));
    }

    /// @dev Whoever tries to move, mint or burn Cred by hand.
    function meddle(uint256 seed, uint256 amount) external atItsTime {
        address who = _anyone(seed);
        bytes[4] memory calls = [
            abi.encodeCall(cred.transfer, (stranger, amount)),
            abi.encodeCall(cred.transferFrom, (mayor, stranger, amount)),
            abi.encodeCall(cred.mint, (who, amount)),
            abi.encodeCall(cred.burn, (mayor, amount))
        ];
        vm.prank(who);
        (bool done,) = address(cred).call(calls[(seed >> 8) % 4]);
        _count("meddle", done);
    }

    function numberOfActs() external view returns (uint256) {
        return acts.length;
    }

    function contracts() external view returns (Promises, IERC20) {
        return (promises, cred);
    }

    function _act(string memory act, address who, bytes memory data) private returns (bool) {
        return _do(act, who, address(promises), data);
    }

    function _appeal(string memory act, address who, bytes memory data) private {
        _do(act, who, address(appeals), data);
    }

    function _do(string memory act, address who, address target, bytes memory data) private returns (bool done) {
        uint256 supply = cred.totalSupply();
        vm.recordLogs();
        vm.prank(who);
        (done,) = target.call(data);
        bool settles = keccak256(bytes(act)) == keccak256("settle");
        if (done && settles) _note();
        bool burns = settles || keccak256(bytes(act)) == keccak256("cancelMandate");
        if (!burns && cred.totalSupply() < supply) ++burntOutsideSettle;
        _count(act, done);
    }

    function _note() private {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].topics[0] != IPromises.PromiseSettled.selector) continue;
            (uint256 mandate, uint256 promiseId) = (uint256(logs[i].topics[1]), uint256(logs[i].topics[2]));
            (,, uint256 burnt,) = abi.decode(logs[i].data, (uint256, uint256, uint256, uint256));
            ++settlements[mandate][promiseId];
            burntByEvents[mandate] = burntByEvents[mandate] + burnt - _lastBurnt[mandate][promiseId];
            _lastBurnt[mandate][promiseId] = burnt;
        }
    }

    function _count(string memory act, bool done) private {
        if (succeeded[act] + refused[act] == 0) acts.push(act);
        if (done) ++succeeded[act];
        else ++refused[act];
    }

    function _mandate(uint256 seed) private view returns (uint256) {
        uint256 last = promises.mandates() + 1;
        return last - seed % (last < 4 ? last : 4);
    }

    function _evaluation(uint256 seed) private view returns (uint256) {
        uint256 last = promises.evaluations() + 1;
        return last - seed % (last < 4 ? last : 4); // the latest, for the old ones are over
    }

    function _anyone(uint256 seed) private view returns (address) {
        address[6] memory all = [stranger, mayor, clerk, officer, jury, registrar];
        return all[seed % 6];
    }

    /// @dev Whoever may, one time in eight somebody else.
    function _officer(address inOffice, uint256 seed) private view returns (address) {
        return seed % 8 == 0 ? _anyone(seed >> 8) : inOffice;
    }
}
