// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Promises} from "contracts/credibility/Promises.sol";
import {ICred} from "contracts/credibility/interfaces/ICred.sol";
import {LaxRulebook} from "tests/forge/vote/LaxRulebook.sol";
import {IAppeals} from "contracts/credibility/interfaces/IAppeals.sol";
import {IPromises} from "contracts/credibility/interfaces/IPromises.sol";
import {ILocalCurrency} from "contracts/currency/interfaces/ILocalCurrency.sol";
import {LocalCurrency} from "contracts/currency/LocalCurrency.sol";
import {Terms} from "contracts/land/interfaces/IConveyance.sol";
import {Parcel, Right, RightKind} from "contracts/land/interfaces/ILandRegister.sol";
import {Admission} from "contracts/records/Admission.sol";
import {Attestations} from "contracts/records/Attestations.sol";
import {Facts} from "contracts/records/Facts.sol";
import {Rolls} from "contracts/residents/Rolls.sol";
import {IResidents, Kind} from "contracts/residents/interfaces/IResidents.sol";
import {KeyCeremony} from "contracts/vote/KeyCeremony.sol";
import {IConsultations} from "contracts/vote/interfaces/IConsultations.sol";
import {Trustees} from "tests/forge/adversaries/Trustees.sol";
import {LandFixture} from "tests/forge/land/LandFixture.sol";
import {LandTown} from "tests/forge/land/LandTown.sol";
import {OwnedWallet} from "tests/forge/support/OwnedWallet.sol";
import {VoteFixture} from "tests/forge/vote/VoteFixture.sol";

/// @title A town with all its modules, bystanders with something to lose in each, and an adversary's two accomplices
/// @dev Alice, Bob, Carol, Dave, the bank and the lender are bystanders: what they signed, they signed while the town
/// was set up. Rita and Sam sign whatever the adversary wants. Rita was a co-buyer of Alice's house until the sale was
/// amended; Sam has a charge on Carol's garden, behind the bank's.
abstract contract WholeTown is LandFixture, VoteFixture {
    uint40 internal constant APPEAL_S = 15 days;
    uint40 internal constant JURY_S = 30 days;
    uint40 internal constant SILENCE_S = 30 days;
    uint40 internal constant PATIENCE_S = 30 days;
    uint256 internal constant VOTERS = 3; // Carol, then Rita, then her wallet
    uint40 internal constant VOTE_S = 10 days;

    address internal erin; // a citizen with less than a redemption takes
    address internal rita;
    address internal sam;
    address internal wallet; // a smart account of Rita's
    address internal warden = makeAddr("admin guardian");

    uint256 internal garden = parcelId("91216000AB0003");
    uint256 internal orchard = parcelId("91216000AB0004"); // Rita's
    uint32 internal banksCharge;
    uint32 internal samsCharge;
    uint256 internal sale; // Alice sells the house to Bob, who has paid the deposit and awaits his loan
    bytes internal saleTerms;
    bytes internal leftTerms; // those with Rita as a co-buyer
    uint256 internal poll; // in which Carol has voted
    uint256 internal mandate; // Carol's

    Promises internal promises;
    IAppeals internal appeals;
    ICred internal cred;
    Attestations internal attestations;
    Admission internal admission;
    Facts internal facts;
    Rolls internal rolls;
    KeyCeremony internal ceremony;
    Trustees internal trustees;
    LocalCurrency internal next;

    function setUp() public virtual override(LandTown, VoteFixture) {
        LandTown.setUp();
        _appoint(town.ADMIN_GUARDIAN(), warden);
        _enrolInstitution(address(conveyance));
        _enrolInstitution(address(tax));
        erin = _person("erin");
        _enrol(Kind.Citizen, erin);
        _mint(erin, LEAST_CENTS - 1);
        rita = _person("rita");
        sam = _person("sam");
        wallet = address(new OwnedWallet(rita));
        _enrol(Kind.Citizen, rita);
        _enrol(Kind.Professional, sam);
        _mint(rita, 1_000_000_00);
        _mint(sam, 1_000_000_00);
        _mint(dave, 5_000_00);
        _mint(bank, 10_000_00);
        vm.prank(bank);
        currency.redeem(1_000_00, DEED);

        _setUpLand();
        rollSize_ = VOTERS;
        _setUpVote();
        rolls = Rolls(deployCode("Rolls.sol:Rolls", abi.encode(town, residents)));
        _wire("Rolls", address(rolls));
        LaxRulebook(address(box.rulebook())).follow(rolls);
        trustees = new Trustees();
        ceremony = trustees.join(town);
        _setUpPromises();
        attestations = Attestations(deployCode("Attestations.sol:Attestations", ""));
        facts = Facts(deployCode("Facts.sol:Facts", ""));
        admission = Admission(deployCode("Admission.sol:Admission", abi.encode(town, residents, attestations)));
        _appoint(town.REGISTRAR(), address(admission));
        next = _currency("Beffroi II", 0, ILocalCurrency(address(currency)));
        residents.inform(next, _one(commons));
        _setUpPoll();
    }

    function _setUpLand() private {
        vm.startPrank(registrar);
        register.register(Parcel(garden, 300, DEED), carol);
        register.register(Parcel(orchard, 900, DEED), rita);
        vm.stopPrank();
        banksCharge = _inscribe(garden, bank, 50_000_00);
        samsCharge = _inscribe(garden, sam, 20_000_00);

        vm.prank(registrar);
        register.rescale(house, 2);
        Terms memory left = _terms();
        left.conditions = 1;
        left.bought = _rights(Right(bob, RightKind.Full, 1), Right(rita, RightKind.Full, 1));
        sale = _open(left);
        Terms memory terms = abi.decode(abi.encode(left), (Terms));
        terms.bought = _rights(bob, RightKind.Full, 2);
        bytes32 digest = conveyance.amendmentDigest(sale, conveyance.hashTerms(left), conveyance.hashTerms(terms));
        bytes[] memory signatures = _signatures(terms, digest, 0);
        vm.prank(notary);
        conveyance.amend(sale, left, terms, signatures);
        _fund(sale, bob, terms.deposit_cents);
        (saleTerms, leftTerms) = (abi.encode(terms), abi.encode(left));
    }

    function _setUpPromises() private {
        IPromises.Charter memory charter = IPromises.Charter({
            authority: address(town),
            residents: IResidents(address(residents)),
            results: IConsultations(address(box)),
            turnoutFloor_bps: 100,
            petition_bps: 5_000,
            rollFloor_bps: 5_000,
            appealPeriod_s: APPEAL_S,
            juryPeriod_s: JURY_S,
            silence_s: SILENCE_S,
            patience_s: PATIENCE_S,
            notice_s: 1 hours,
            voting_s: VOTE_S
        });
        promises = Promises(deployCode("Promises.sol:Promises", abi.encode(charter)));
        (appeals, cred) = (promises.appeals(), promises.cred());
        _wire("Promises", address(promises));
        _wire("Appeals", address(appeals));
        _appoint(town.CALLER(), address(promises));
        mandate = _pledged(carol);
        vm.prank(carol);
        promises.bringEvidence(mandate, 0, DEED, "", 0, "");
    }

    /// @dev An opinion poll that is open, with Carol's ballot in it.
    function _setUpPoll() private {
        poll = _openPoll();
        _castBy(poll, 0, 1);
    }

    function _openPoll() internal returns (uint256 id) {
        IConsultations.Terms memory terms = _pollTerms();
        vm.prank(officer);
        id = box.open(terms);
        vm.warp(block.timestamp + 1 hours);
    }

    function _pollTerms() internal view returns (IConsultations.Terms memory terms) {
        terms = _defaultTerms(_yesNo());
        terms.opensAt = uint40(block.timestamp + 1 hours);
        terms.closesAt = terms.opensAt + VOTE_S;
        terms.tallyBy = terms.closesAt + VOTE_S;
    }

    /// @dev By their own keys.
    function _voter(uint256 index) internal view override returns (address) {
        if (index == 0) return carol;
        return index == 1 ? rita : wallet;
    }

    /// @dev Rita owns the wallet too.
    function _signSlip(uint256 id, uint256 index, uint256 seq, bytes memory ballot)
        internal
        view
        override
        returns (bytes memory)
    {
        bytes32 slip = _ballotHash(id, index, seq, ballot);
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", _domain("Consultations", address(box)), slip));
        return _sign(index == 0 ? carol : rita, digest);
    }

    function _mandateOf(address subject) internal returns (uint256) {
        vm.prank(clerk);
        return promises.openMandate(subject, uint40(block.timestamp + 2000 days), IPromises.Supply.FiftyMillion, DEED);
    }

    function _pledged(address subject) internal returns (uint256 id) {
        id = _mandateOf(subject);
        IPromises.Pledge[] memory pledges = _pledges();
        vm.prank(subject);
        promises.pledge(id, 0, pledges, 0, "");
    }

    function _pledges() internal view returns (IPromises.Pledge[] memory pledges) {
        pledges = new IPromises.Pledge[](1);
        pledges[0] = IPromises.Pledge("a promise", DEED, "ipfs://promise", 10_000, uint40(block.timestamp + 1000 days));
    }

    function _one(address account) internal pure returns (address[] memory accounts) {
        accounts = new address[](1);
        accounts[0] = account;
    }
}
