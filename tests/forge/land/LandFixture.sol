// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LandRegister} from "contracts/land/LandRegister.sol";
import {Charge, ICharges} from "contracts/land/interfaces/ICharges.sol";
import {Act, ILandRegister, Right, RightKind} from "contracts/land/interfaces/ILandRegister.sol";
import {ILandTax} from "contracts/land/interfaces/ILandTax.sol";
import {Loan, Payment, Payoff, Terms} from "contracts/land/interfaces/SaleTypes.sol";
import {LandTown} from "tests/forge/land/LandTown.sol";

/// @title What the tests of land say often: acts that two offices concur in, terms of sale, signatures
abstract contract LandFixture is LandTown {
    /// @dev The notary attests the very call that the registrar then makes.
    function _concur(address target, bytes memory act) internal {
        _attest(target, act);
        _post(target, act);
    }

    function _attest(address target, bytes memory act) internal {
        vm.prank(notary);
        LandRegister(target).attest(keccak256(act), uint64(block.timestamp + 1 days));
    }

    function _post(address target, bytes memory act) internal {
        vm.prank(registrar);
        (bool done, bytes memory reason) = target.call(act);
        if (!done) {
            assembly ("memory-safe") {
                revert(add(reason, 0x20), mload(reason))
            }
        }
    }

    function _inscribe(uint256 id, address creditor, uint40 amount_cents) internal returns (uint32) {
        uint24 dueDay = uint24(block.timestamp / 1 days + 3650);
        _concur(address(charges), abi.encodeCall(ICharges.inscribe, (id, creditor, amount_cents, dueDay, DEED)));
        Charge[] memory list = charges.chargesOf(id);
        return list[list.length - 1].number;
    }

    function _enact(uint256 id, uint24 whole, Right[] memory rights) internal {
        uint16 version = register.titleOf(id).version;
        _concur(
            address(register), abi.encodeCall(ILandRegister.enact, (Act.Succession, id, version, whole, rights, DEED))
        );
    }

    function _recover(address lost, address successor) internal {
        vm.prank(registrar);
        residents.proposeRecovery(lost, successor, DEED);
        vm.warp(block.timestamp + RECOVERY_DELAY_S);
        residents.recover(lost);
    }

    /// @dev Alice sells the house to Bob for cash: 200,000 € and 5.80665 % of tax, 3,000 € for the notary.
    function _terms() internal view returns (Terms memory terms) {
        return _terms(house, alice, bob);
    }

    function _terms(uint256 id, address seller, address buyer) internal view returns (Terms memory terms) {
        terms.title = id;
        terms.version = register.titleOf(id).version;
        terms.price_cents = PRICE;
        terms.tax_cents = _taxOn(PRICE);
        terms.deposit_cents = 20_000_00;
        terms.depositBy = block.timestamp + 7 days;
        terms.retractUntil = block.timestamp + RETRACTION_S;
        terms.conditionsBy = block.timestamp + 60 days;
        terms.settleBy = block.timestamp + 120 days;
        terms.documentHash = DEED;
        terms.sold = _rights(seller, RightKind.Full, register.titleOf(id).whole);
        terms.bought = _rights(buyer, RightKind.Full, register.titleOf(id).whole);
        terms.fees = _payments(study, 3_000_00);
        terms.payoffs = _payoffs(id);
        terms.funding = _payments(buyer, _total(terms));
    }

    /// @dev The same with a loan, inscribed at settlement.
    function _withLoan(uint256 amount_cents) internal view returns (Terms memory terms) {
        terms = _terms();
        terms.loan = Loan(lender, amount_cents, 30_000);
        terms.funding = new Payment[](2);
        terms.funding[0] = Payment(bob, _total(terms) - amount_cents);
        terms.funding[1] = Payment(lender, amount_cents);
    }

    function _total(Terms memory terms) internal pure returns (uint256 due) {
        due = terms.price_cents + terms.tax_cents;
        for (uint256 i; i < terms.fees.length; ++i) {
            due += terms.fees[i].amount_cents;
        }
    }

    function _taxOn(uint256 price_cents) internal view returns (uint256) {
        ILandTax.Assessment memory due = tax.assess(price_cents, block.timestamp / 1 days);
        return due.departement_cents + due.commune_cents + due.state_cents;
    }

    /// @dev Every charge on the title, paid in full.
    function _payoffs(uint256 id) internal view returns (Payoff[] memory payoffs) {
        Charge[] memory list = charges.chargesOf(id);
        payoffs = new Payoff[](list.length);
        for (uint256 i; i < list.length; ++i) {
            payoffs[i] = Payoff(list[i].number, list[i].amount_cents, false);
        }
    }

    function _rights(address holder, RightKind kind, uint24 shares) internal pure returns (Right[] memory rights) {
        rights = new Right[](1);
        rights[0] = Right(holder, kind, shares);
    }

    function _rights(Right memory a, Right memory b) internal pure returns (Right[] memory rights) {
        rights = new Right[](2);
        (rights[0], rights[1]) = (a, b);
    }

    function _payments(address account, uint256 amount_cents) internal pure returns (Payment[] memory payments) {
        payments = new Payment[](1);
        payments[0] = Payment(account, amount_cents);
    }

    function _sign(address who, bytes32 digest) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(keyOf[residents.currentKeyOf(who)], digest);
        return abi.encodePacked(r, s, v);
    }

    /// @dev Each seller, then each buyer; room for `more`.
    function _signatures(Terms memory terms, bytes32 digest, uint256 more) internal view returns (bytes[] memory list) {
        uint256 n = terms.sold.length;
        list = new bytes[](n + terms.bought.length + more);
        for (uint256 i; i < n; ++i) {
            list[i] = _sign(terms.sold[i].holder, digest);
        }
        for (uint256 i; i < terms.bought.length; ++i) {
            list[n + i] = _sign(terms.bought[i].holder, digest);
        }
    }

    function _open(Terms memory terms) internal returns (uint256 sale) {
        bytes[] memory signatures = _signatures(terms, conveyance.compromisDigest(terms), 0);
        vm.prank(notary);
        return conveyance.open(terms, signatures);
    }

    function _fund(uint256 sale, address payer, uint256 amount_cents) internal {
        vm.prank(payer);
        conveyance.fund(sale, amount_cents);
    }

    /// @dev Opened, the deposit paid and the rest.
    function _openFunded(Terms memory terms) internal returns (uint256 sale) {
        sale = _open(terms);
        for (uint256 i; i < terms.funding.length; ++i) {
            _fund(sale, terms.funding[i].account, terms.funding[i].amount_cents);
        }
    }

    function _deedSignatures(uint256 sale, Terms memory terms, uint256 more) internal view returns (bytes[] memory) {
        return _signatures(terms, _deed(sale, terms), more);
    }

    function _deed(uint256 sale, Terms memory terms) internal view returns (bytes32) {
        return conveyance.deedDigest(sale, conveyance.hashTerms(terms));
    }

    function _settle(uint256 sale, Terms memory terms) internal {
        bytes[] memory signatures = _deedSignatures(sale, terms, terms.loan.lender == address(0) ? 0 : 1);
        if (terms.loan.lender != address(0)) {
            signatures[signatures.length - 1] = _sign(terms.loan.lender, _deed(sale, terms));
        }
        vm.prank(notary);
        conveyance.settle(sale, terms, signatures);
    }

    function _afterRetraction() internal {
        vm.warp(block.timestamp + RETRACTION_S + 1);
    }

    /// @dev Field by field: the legacy code generator copies no array of structs to storage.
    function _keep(Terms memory from, Terms storage to) internal {
        to.title = from.title;
        to.version = from.version;
        to.price_cents = from.price_cents;
        to.tax_cents = from.tax_cents;
        to.deposit_cents = from.deposit_cents;
        to.usufruct_bps = from.usufruct_bps;
        to.conditions = from.conditions;
        to.depositBy = from.depositBy;
        to.retractUntil = from.retractUntil;
        to.conditionsBy = from.conditionsBy;
        to.settleBy = from.settleBy;
        to.documentHash = from.documentHash;
        to.loan = from.loan;
        _keep(from.sold, to.sold);
        _keep(from.bought, to.bought);
        _keep(from.fees, to.fees);
        _keep(from.payoffs, to.payoffs);
        _keep(from.funding, to.funding);
    }

    function _keep(Right[] memory from, Right[] storage to) private {
        while (to.length != 0) to.pop();
        for (uint256 i; i < from.length; ++i) {
            to.push(from[i]);
        }
    }

    function _keep(Payment[] memory from, Payment[] storage to) private {
        while (to.length != 0) to.pop();
        for (uint256 i; i < from.length; ++i) {
            to.push(from[i]);
        }
    }

    function _keep(Payoff[] memory from, Payoff[] storage to) private {
        while (to.length != 0) to.pop();
        for (uint256 i; i < from.length; ++i) {
            to.push(from[i]);
        }
    }
}
