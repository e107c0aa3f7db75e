// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Promises} from "contracts/credibility/Promises.sol";
import {ICred} from "contracts/credibility/interfaces/ICred.sol";
import {IAppeals} from "contracts/credibility/interfaces/IAppeals.sol";
import {IPromises} from "contracts/credibility/interfaces/IPromises.sol";
import {Roll} from "contracts/residents/Roll.sol";
import {Rolls} from "contracts/residents/Rolls.sol";
import {IResidents, Kind} from "contracts/residents/interfaces/IResidents.sol";
import {IConsultations} from "contracts/vote/interfaces/IConsultations.sol";
import {IRulebook} from "contracts/vote/interfaces/IRulebook.sol";
import {ResultsMock} from "tests/forge/harness/ResultsMock.sol";
import {TownFixture} from "tests/forge/support/TownFixture.sol";

/// @title A town of eight citizens, its mayor's promises, and consultations whose result the test decides
abstract contract CredFixture is TownFixture {
    uint256 internal constant FIFTY_MILLION = 50_000_000;
    uint256 internal constant CITIZENS = 8;
    uint40 internal constant START = uint40(FOUNDED_AT);
    uint40 internal constant DUE = START + 100 days;
    uint40 internal constant ENDS = START + 6 * 365 days;
    uint40 internal constant APPEAL_PERIOD = 15 days;
    uint40 internal constant JURY_PERIOD = 30 days;
    uint16 internal constant FLOOR_BPS = 100;
    uint16 internal constant PETITION_BPS = 2_500; // two of eight
    uint16 internal constant ROLL_BPS = 8_000; // seven of eight
    uint40 internal constant SILENCE = 5 days;
    uint40 internal constant PATIENCE = 5 days;
    uint40 internal constant VOTING = 7 days;
    uint32 internal constant NOTICE = 2 days;
    uint32 internal constant LEAST_BALLOTS = 5;
    uint32 internal constant MONTH = 30 days;
    uint40 internal constant CALL_NOTICE = 14 days;

    uint256 internal mayorKey;
    address[] internal citizens;
    uint256[] internal citizenKeys;

    Rolls internal rolls;
    ResultsMock internal results;
    Promises internal promises;
    IAppeals internal appeals;
    ICred internal cred;

    function setUp() public virtual {
        _foundTown();
        (, mayorKey) = makeAddrAndKey("mayor");
        rolls = Rolls(deployCode("Rolls.sol:Rolls", abi.encode(town, residents)));
        _wire("Rolls", address(rolls));
        IRulebook.Floors memory floors = IRulebook.Floors(600, NOTICE, 1 days, LEAST_BALLOTS, 10_000);
        IRulebook.Ceilings memory ceilings = IRulebook.Ceilings(MONTH, MONTH, MONTH, MONTH);
        address rulebook = deployCode("Rulebook.sol:Rulebook", abi.encode(rolls, floors, ceilings));
        results = ResultsMock(deployCode("ResultsMock.sol:ResultsMock", abi.encode(town, rulebook)));
        _wire("Consultations", address(results));
        _deployPromises(_charter());

        for (uint256 i; i < CITIZENS; ++i) {
            (address citizen, uint256 key) = makeAddrAndKey(string.concat("citizen", vm.toString(i)));
            citizens.push(citizen);
            citizenKeys.push(key);
        }
        vm.prank(registrar);
        residents.enrol(Kind.Citizen, citizens, new bytes32[](0));
    }

    function _deployPromises(IPromises.Charter memory charter) internal {
        promises = Promises(deployCode("Promises.sol:Promises", abi.encode(charter)));
        (appeals, cred) = (promises.appeals(), promises.cred());
        _wire("Promises", address(promises));
        _wire("Appeals", address(appeals));
        _appoint(town.CALLER(), address(promises));
    }

    function _charter() internal view returns (IPromises.Charter memory) {
        return IPromises.Charter({
            authority: address(town),
            residents: IResidents(address(residents)),
            results: IConsultations(address(results)),
            turnoutFloor_bps: FLOOR_BPS,
            petition_bps: PETITION_BPS,
            rollFloor_bps: ROLL_BPS,
            appealPeriod_s: APPEAL_PERIOD,
            juryPeriod_s: JURY_PERIOD,
            silence_s: SILENCE,
            patience_s: PATIENCE,
            notice_s: CALL_NOTICE,
            voting_s: VOTING
        });
    }

    function _openMandate(IPromises.Supply supply) internal returns (uint256) {
        vm.prank(clerk);
        return promises.openMandate(mayor, ENDS, supply, "appointed");
    }

    /// @dev As many promises as wanted, of the same weight but for the last, due after a hundred days.
    function _pledges(uint256 count) internal pure returns (IPromises.Pledge[] memory pledges) {
        pledges = new IPromises.Pledge[](count);
        uint256 weight_bps = 10_000 / count;
        for (uint256 i; i < count; ++i) {
            pledges[i] =
                IPromises.Pledge("a promise", keccak256(abi.encode(i)), "ipfs://promise", uint16(weight_bps), DUE);
        }
        pledges[count - 1].weight_bps += uint16(10_000 - weight_bps * count);
    }

    /// @dev A mandate of fifty million Cred with so many promises.
    function _pledged(uint256 count) internal returns (uint256 mandate) {
        mandate = _openMandate(IPromises.Supply.FiftyMillion);
        vm.prank(mayor);
        promises.pledge(mandate, 0, _pledges(count), 0, "");
    }

    function _list(uint256 from, uint256 count) internal pure returns (bytes memory ids) {
        ids = new bytes(count);
        for (uint256 i; i < count; ++i) {
            ids[i] = bytes1(uint8(from + i));
        }
    }

    /// @dev The citizens' roll, by both offices.
    function _sealRoll() internal {
        vm.roll(block.number + 2);
        uint64 last = uint64(block.number - 1);
        vm.prank(registrar);
        rolls.proposeRoll(_rollRoot(), uint32(CITIZENS), Kind.Citizen, last);
        vm.prank(officer);
        rolls.sealRoll(_rollRoot(), uint32(CITIZENS), Kind.Citizen, last);
    }

    /// @dev On the roll that both offices sealed last, now if need be, and on the charter's terms.
    function _schedule(uint256 mandate, bytes memory ids, bool midTerm) internal returns (uint256 consultation) {
        if (!rolls.isCurrent(Kind.Citizen, _rollRoot(), uint32(CITIZENS))) _sealRoll();
        consultation = results.next();
        results.schedule(
            consultation,
            promises.questionOf(mandate, ids, midTerm),
            promises.evaluationRuleHash(ids.length),
            _rollRoot(),
            CITIZENS
        );
        _announce(consultation);
    }

    /// @dev From now on.
    function _announce(uint256 consultation) internal {
        uint256 opensAt = block.timestamp + CALL_NOTICE;
        results.date(consultation, opensAt, opensAt + VOTING, LEAST_BALLOTS);
    }

    function _attach(uint256 mandate, bytes memory ids, bool midTerm)
        internal
        returns (uint256 evaluation, uint256 consultation)
    {
        consultation = _schedule(mandate, ids, midTerm);
        vm.prank(officer);
        evaluation = promises.attachEvaluation(mandate, ids, consultation, midTerm);
    }

    /// @dev Every promise gets the same opinions.
    function _tally(uint256 consultation, uint256 count, uint256 opinions, uint256 missing) internal {
        uint256[] memory counts = new uint256[](2 * count);
        for (uint256 i; i < count; ++i) {
            (counts[2 * i], counts[2 * i + 1]) = (opinions, missing);
        }
        results.tally(consultation, counts);
    }

    /// @dev A mandate of one promise, due, judged with a result that is public.
    function _published(uint256 opinions, uint256 missing)
        internal
        returns (uint256 mandate, uint256 evaluation, uint256 consultation)
    {
        mandate = _pledged(1);
        vm.warp(DUE);
        (evaluation, consultation) = _attach(mandate, _list(0, 1), false);
        _tally(consultation, 1, opinions, missing);
        promises.publish(evaluation);
    }

    function _state(uint256 mandate, uint256 promiseId) internal view returns (IPromises.State) {
        return promises.promiseOf(mandate, promiseId).state;
    }

    function _sign(uint256 key, bytes32 slip) internal view returns (bytes memory) {
        return _sign(key, slip, block.chainid, address(promises));
    }

    function _signAppeal(uint256 key, bytes32 slip) internal view returns (bytes memory) {
        return _sign(key, slip, "Appeals", block.chainid, address(appeals));
    }

    function _sign(uint256 key, bytes32 slip, uint256 chainId, address verifier) internal pure returns (bytes memory) {
        return _sign(key, slip, "Promises", chainId, verifier);
    }

    function _sign(uint256 key, bytes32 slip, bytes memory name, uint256 chainId, address verifier)
        private
        pure
        returns (bytes memory)
    {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256(name),
                keccak256("1"),
                chainId,
                verifier
            )
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, keccak256(abi.encodePacked(hex"1901", domain, slip)));
        return abi.encodePacked(r, s, v);
    }

    /// @dev The roll of the citizens: node i has children 2i + 1 and 2i + 2, citizen j stands at node 14 − j.
    function _rollRoot() internal view returns (bytes32) {
        return _node(0);
    }

    function _rollProof(uint256 index) internal view returns (bytes32[] memory proof) {
        proof = new bytes32[](3);
        uint256 position = 2 * CITIZENS - 2 - index;
        for (uint256 i; i < 3; ++i) {
            proof[i] = _node(position % 2 == 0 ? position - 1 : position + 1);
            position = (position - 1) / 2;
        }
    }

    function _petitioner(uint256 evaluation, uint256 index) internal view returns (IAppeals.Petitioner memory) {
        bytes32 slip = keccak256(
            abi.encode(keccak256("Petition(uint256 evaluation,address resident)"), evaluation, citizens[index])
        );
        return IAppeals.Petitioner(index, citizens[index], _signAppeal(citizenKeys[index], slip), _rollProof(index));
    }

    function _petitioners(uint256 evaluation, uint256 from, uint256 count)
        internal
        view
        returns (IAppeals.Petitioner[] memory signers)
    {
        signers = new IAppeals.Petitioner[](count);
        for (uint256 i; i < count; ++i) {
            signers[i] = _petitioner(evaluation, from + i);
        }
    }

    function _node(uint256 position) private view returns (bytes32) {
        if (position >= CITIZENS - 1) {
            uint256 index = 2 * CITIZENS - 2 - position;
            return Roll.leaf(index, citizens[index]);
        }
        (bytes32 a, bytes32 b) = (_node(2 * position + 1), _node(2 * position + 2));
        return a < b ? keccak256(abi.encode(a, b)) : keccak256(abi.encode(b, a));
    }
}
