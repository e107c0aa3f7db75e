// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Charges} from "../../../contracts/land/Charges.sol";
import {LandRegister} from "../../../contracts/land/LandRegister.sol";
import {Charge} from "../../../contracts/land/interfaces/ICharges.sol";
import {IConveyance, Payment, SaleState, Terms} from "../../../contracts/land/interfaces/IConveyance.sol";
import {ILandRegister, Parcel, Right, RightKind, Title} from "../../../contracts/land/interfaces/ILandRegister.sol";
import {LandFixture} from "./LandFixture.sol";

/// @title Every act on land, in any order, and what it should have changed
contract LandHandler is LandFixture {
    mapping(uint256 act => uint256) public calls;
    mapping(uint256 id => bytes32) public expectedRights;
    uint256 public area_m2;
    uint256 public preemptedAndSettled;
    uint256 public passedWithCharge;

    uint256[] private _ids;
    uint256[] private _sales;
    mapping(uint256 sale => bytes) private _termsOf;
    mapping(bytes32 termsHash => bool) private _preempted;
    uint256 private _next = 1000;

    function setUp() public override {
        super.setUp();
        _mint(alice, 100_000_000_00);
        _mint(bob, 100_000_000_00);
        _mint(carol, 100_000_000_00);
        _know(house);
        _know(field);
        area_m2 = 1500;
        for (uint256 i; i < 4; ++i) {
            uint256 id = _fresh();
            vm.prank(registrar);
            register.register(Parcel(id, 400, DEED), _actor(i));
            area_m2 += 400;
            _know(id);
        }
        uint256[] memory ids = new uint256[](2);
        (ids[0], ids[1]) = (house, _ids[3]);
        vm.prank(clerk);
        planning.place(zone, ids);
    }

    function openSale(uint256 seed) external {
        uint256 id = _pick(seed);
        Title memory title = register.titleOf(id);
        if (title.flags != 1) return;
        Terms memory terms = _terms(id, alice, _actor(seed >> 8));
        Right[] memory rights = register.rightsOf(id);
        terms.sold = rights;
        if (seed & 1 != 0) {
            // One holder sells, and what cannot be sold apart stays.
            terms.sold = new Right[](1);
            terms.sold[0] = rights[seed % rights.length];
            terms.bought = _rights(_actor(seed >> 8), terms.sold[0].kind, terms.sold[0].shares);
        }
        if (terms.sold.length == 1 && terms.sold[0].kind != RightKind.Full) terms.usufruct_bps = 3000;
        terms.conditions = (seed >> 16) % 8 == 0 ? 1 : 0;
        for (uint256 i; i < terms.payoffs.length; ++i) {
            // Half of what is secured, with the creditor's word at the end.
            terms.payoffs[i].paid_cents = (seed >> i) & 2 != 0 ? terms.payoffs[i].paid_cents : 1;
        }
        uint256 sale = _open(terms);
        _sales.push(sale);
        _termsOf[sale] = abi.encode(terms);
        ++calls[0];
    }

    function deposit(uint256 seed) external {
        (uint256 sale, Terms memory terms, IConveyance.Sale memory current) = _sale(seed);
        if (current.state != SaleState.Agreed || vm.getBlockTimestamp() > terms.depositBy) return;
        _fund(sale, terms.funding[0].account, terms.deposit_cents);
        ++calls[1];
    }

    function fundRest(uint256 seed) external {
        (uint256 sale, Terms memory terms, IConveyance.Sale memory current) = _sale(seed);
        if (current.state != SaleState.Deposited || vm.getBlockTimestamp() > terms.settleBy) return;
        uint256 rest = _total(terms) - current.escrow_cents;
        if (rest == 0) return;
        _fund(sale, terms.funding[0].account, rest);
        ++calls[2];
    }

    function settleSale(uint256 seed) external {
        (uint256 sale, Terms memory terms, IConveyance.Sale memory current) = _sale(seed);
        // Whatever is still missing is paid on the way.
        if (current.state == SaleState.Agreed && vm.getBlockTimestamp() <= terms.depositBy) {
            _fund(sale, terms.funding[0].account, terms.deposit_cents);
            current = conveyance.saleOf(sale);
        }
        if (current.state != SaleState.Deposited || vm.getBlockTimestamp() > terms.settleBy) return;
        if (current.escrow_cents != _total(terms)) {
            _fund(sale, terms.funding[0].account, _total(terms) - current.escrow_cents);
        }
        if (uint8(planning.declarationOf(current.termsHash).answer) == 0 && planning.isPreemptible(terms.title)) {
            vm.prank(notary);
            planning.declare(terms.title, current.termsHash, terms.price_cents);
            vm.warp(vm.getBlockTimestamp() + ANSWER_S + 1); // the town stays silent
        }
        if (vm.getBlockTimestamp() <= terms.retractUntil) vm.warp(terms.retractUntil + 1);
        Charge[] memory list = charges.chargesOf(terms.title);
        uint256 consents;
        for (uint256 i; i < list.length && i < terms.payoffs.length; ++i) {
            if (terms.payoffs[i].paid_cents != list[i].amount_cents) ++consents;
        }
        bytes[] memory signatures = _deedSignatures(sale, terms, consents);
        uint256 n = signatures.length - consents;
        bytes32 digest = _deed(sale, terms);
        for (uint256 i; i < list.length && i < terms.payoffs.length; ++i) {
            if (terms.payoffs[i].paid_cents != list[i].amount_cents) signatures[n++] = _sign(list[i].creditor, digest);
        }
        if (current.pending != 0) {
            if (vm.getBlockTimestamp() > current.conditionsBy) return;
            vm.prank(notary);
            conveyance.meetCondition(sale, 1, DEED);
        }
        vm.prank(notary);
        conveyance.settle(sale, terms, signatures);
        if (_preempted[current.termsHash]) ++preemptedAndSettled;
        if (charges.chargesOf(terms.title).length != 0) ++passedWithCharge;
        _expect(terms.title);
        ++calls[3];
    }

    function cancelSale(uint256 seed) external {
        (uint256 sale, Terms memory terms, IConveyance.Sale memory current) = _sale(seed);
        if (current.state != SaleState.Agreed && current.state != SaleState.Deposited) return;
        if (_notNow(seed, 4)) return;
        if (seed % 3 == 0) {
            conveyance.rescind(sale, terms, _signatures(terms, conveyance.rescissionDigest(sale), 0));
        } else if (vm.getBlockTimestamp() <= terms.retractUntil) {
            vm.prank(terms.bought[0].holder);
            conveyance.retract(sale, terms, terms.bought[0].holder, "");
        } else if (current.pending != 0 && vm.getBlockTimestamp() <= current.conditionsBy) {
            vm.prank(notary);
            conveyance.failCondition(sale, 1, DEED);
        } else {
            vm.prank(court);
            conveyance.cancelByOrder(sale, DEED);
        }
        ++calls[4];
    }

    function expireSale(uint256 seed) external {
        (uint256 sale,, IConveyance.Sale memory current) = _sale(seed);
        if (current.state != SaleState.Agreed && current.state != SaleState.Deposited) return;
        if (_notNow(seed, 8)) return;
        uint256 deadline = current.state == SaleState.Agreed ? current.depositBy : current.settleBy;
        if (vm.getBlockTimestamp() <= deadline) vm.warp(deadline + 1);
        vm.prank(stranger);
        conveyance.expire(sale);
        ++calls[5];
    }

    function refundSale(uint256 seed) external {
        (uint256 sale, Terms memory terms, IConveyance.Sale memory current) = _sale(seed);
        address payer = terms.funding[0].account;
        if (current.state == SaleState.Cancelled && conveyance.shareOf(sale, payer).paid_cents != 0) {
            conveyance.refund(sale, payer);
            ++calls[6];
        } else if (conveyance.owedTo(bank) != 0) {
            conveyance.withdraw(bank);
            ++calls[6];
        }
    }

    function declareAndAnswer(uint256 seed) external {
        (uint256 sale, Terms memory terms, IConveyance.Sale memory current) = _sale(seed);
        if (current.state == SaleState.Agreed && vm.getBlockTimestamp() <= terms.depositBy) {
            _fund(sale, terms.funding[0].account, terms.deposit_cents);
            current = conveyance.saleOf(sale);
        }
        if (current.state != SaleState.Deposited || !planning.isPreemptible(terms.title)) return;
        bytes32 termsHash = current.termsHash;
        if (uint8(planning.declarationOf(termsHash).answer) != 0) return;
        vm.prank(notary);
        planning.declare(terms.title, termsHash, terms.price_cents);
        if (seed % 3 == 0) {
            vm.prank(clerk);
            planning.renounce(termsHash, DEED);
        } else if (seed % 3 == 1) {
            vm.prank(clerk);
            planning.preempt(termsHash, DEED);
            _preempted[termsHash] = true;
            if (seed & 8 != 0) conveyance.cancelPreempted(sale);
        }
        ++calls[7];
    }

    function restate(uint256 seed) external {
        uint256 id = _pick(seed);
        Right[] memory rights = _rights(_actor(seed), RightKind.Full, 3);
        if (seed % 4 == 1) rights = _rights(Right(alice, RightKind.Full, 2), Right(bob, RightKind.Full, 1));
        if (seed % 4 == 2) rights = _rights(Right(alice, RightKind.Bare, 3), Right(carol, RightKind.Usufruct, 3));
        _enact(id, 3, rights);
        _expect(id);
        ++calls[8];
    }

    function inscribeCharge(uint256 seed) external {
        _inscribe(_pick(seed), seed & 1 == 0 ? bank : lender, uint40(10_000_00 + seed % 1_000_00));
        ++calls[9];
    }

    function releaseCharge(uint256 seed) external {
        uint256 id = _pick(seed);
        Charge[] memory list = charges.chargesOf(id);
        if (list.length == 0) return;
        Charge memory charge = list[seed % list.length];
        vm.prank(charge.creditor);
        charges.release(id, charge.number);
        ++calls[10];
    }

    function divideTitle(uint256 seed) external {
        uint256 id = _pick(seed);
        Title memory title = register.titleOf(id);
        if (title.area_m2 < 10 || _ids.length > 24) return;
        Parcel[] memory parts = new Parcel[](2);
        parts[0] = Parcel(_fresh(), title.area_m2 / 3, DEED);
        parts[1] = Parcel(_fresh(), title.area_m2 - title.area_m2 / 3, DEED);
        bytes32 rights = rightsHash(id);
        _concur(address(register), abi.encodeCall(ILandRegister.divide, (id, title.version, parts, DEED)));
        for (uint256 i; i < 2; ++i) {
            _know(parts[i].id);
            require(rightsHash(parts[i].id) == rights, "rights were not carried over");
        }
        expectedRights[id] = 0;
        ++calls[11];
    }

    function mergeTitles(uint256 seed) external {
        uint256[] memory ids = new uint256[](2);
        (ids[0], ids[1]) = (_pick(seed), _pick(seed >> 32));
        if (ids[0] == ids[1]) return;
        Title memory first = register.titleOf(ids[0]);
        Title memory second = register.titleOf(ids[1]);
        uint16[] memory versions = new uint16[](2);
        (versions[0], versions[1]) = (first.version, second.version);
        Parcel memory child = Parcel(_fresh(), first.area_m2 + second.area_m2, DEED);
        _concur(address(register), abi.encodeCall(ILandRegister.merge, (ids, versions, child, DEED)));
        (expectedRights[ids[0]], expectedRights[ids[1]]) = (0, 0);
        _know(child.id);
        ++calls[12];
    }

    function order(uint256 seed) external {
        uint256 id = _pick(seed);
        address holder = register.ownerOf(id);
        vm.startPrank(court);
        register.setFrozenTokens(holder, id, !_notNow(seed, 4));
        if (seed % 3 == 1) {
            register.forcedTransfer(holder, _actor(seed), id);
            _expect(id);
        }
        vm.stopPrank();
        ++calls[13];
    }

    function freezePayee(uint256 seed) external {
        (,,, bool frozen,) = currency.accountOf(bank);
        vm.prank(court);
        if (frozen) currency.unfreeze(bank, DEED);
        else if (seed % 2 == 0) currency.freeze(bank, DEED);
        ++calls[14];
    }

    function reg() external view returns (LandRegister) {
        return register;
    }

    function liens() external view returns (Charges) {
        return charges;
    }

    function titles() external view returns (uint256) {
        return _ids.length;
    }

    function titleAt(uint256 i) external view returns (uint256, Title memory) {
        return (_ids[i], register.titleOf(_ids[i]));
    }

    function rightsHash(uint256 id) public view returns (bytes32) {
        return keccak256(abi.encode(register.rightsOf(id)));
    }

    function openSales(uint256 id) external view returns (uint256 open) {
        for (uint256 i; i < _sales.length; ++i) {
            SaleState standing = conveyance.saleOf(_sales[i]).state;
            if (_sales[i] >> 16 == id && (standing == SaleState.Agreed || standing == SaleState.Deposited)) ++open;
        }
    }

    function escrowBalance() external view returns (uint256) {
        return currency.balanceOf(address(conveyance));
    }

    /// @dev Open sales' escrow, cancelled sales' refunds not taken, payouts not taken.
    function escrowDue() external view returns (uint256 due) {
        for (uint256 i; i < _sales.length; ++i) {
            IConveyance.Sale memory sale = conveyance.saleOf(_sales[i]);
            due += sale.escrow_cents;
            if (sale.state != SaleState.Cancelled) continue;
            Terms memory terms = abi.decode(_termsOf[_sales[i]], (Terms));
            due += conveyance.shareOf(_sales[i], terms.funding[0].account).paid_cents;
        }
        due += conveyance.owedTo(bank);
    }

    function money() external view returns (uint256 sum) {
        address[11] memory all =
            [alice, bob, carol, bank, lender, departement, commune, state, study, commons, address(conveyance)];
        for (uint256 i; i < all.length; ++i) {
            sum += currency.balanceOf(all[i]);
        }
    }

    function supply() external view returns (uint256) {
        return currency.totalSupply();
    }

    function counted() external view returns (uint256) {
        return register.balanceOf(alice) + register.balanceOf(bob) + register.balanceOf(carol)
            + register.balanceOf(address(register));
    }

    function _sale(uint256 seed)
        private
        view
        returns (uint256 sale, Terms memory terms, IConveyance.Sale memory current)
    {
        require(_sales.length != 0, "no sale yet");
        // Mostly the latest few, so that some get to the end.
        uint256 back = uint256(keccak256(abi.encode(seed))) % 3;
        sale = _sales[_sales.length > back ? _sales.length - 1 - back : 0];
        return (sale, abi.decode(_termsOf[sale], (Terms)), conveyance.saleOf(sale));
    }

    /// @dev True but once in `n`.
    function _notNow(uint256 seed, uint256 n) private pure returns (bool) {
        return uint256(keccak256(abi.encode(n, seed))) % n != 0;
    }

    /// @dev Any title, rather a live one.
    function _pick(uint256 seed) private view returns (uint256 id) {
        for (uint256 i; i < 8; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            id = _ids[seed % _ids.length];
            if (register.titleOf(id).flags == 1) return id;
        }
    }

    function _actor(uint256 seed) private view returns (address) {
        return [alice, bob, carol][seed % 3];
    }

    function _know(uint256 id) private {
        _ids.push(id);
        _expect(id);
    }

    function _expect(uint256 id) private {
        expectedRights[id] = rightsHash(id);
    }

    function _fresh() private returns (uint256) {
        uint256 n = ++_next;
        return parcelId("91216000ZZ0000") + (n / 1000 % 10 << 24) + (n / 100 % 10 << 16) + (n / 10 % 10 << 8) + n % 10;
    }
}
