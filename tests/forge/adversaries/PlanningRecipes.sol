// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ILandTax} from "contracts/land/interfaces/ILandTax.sol";
import {IPlanning} from "contracts/land/interfaces/IPlanning.sol";
import {ITitleFollower} from "contracts/land/interfaces/ITitleFollower.sol";
import {Act} from "tests/forge/adversaries/Acts.sol";
import {LandRecipes} from "tests/forge/adversaries/LandRecipes.sol";

/// @title How the acts of planning and of the land tax succeed
abstract contract PlanningRecipes is LandRecipes {
    uint256 private _year = 2026;
    uint24 private _ratesFrom = uint24(START / 1 days) + 10_000;

    function setUp() public virtual override {
        super.setUp();
        address at = address(planning);
        _add(at, _sel("setAuthority(address)"), _changeAuthority);
        _add(at, IPlanning.annulPermit.selector, _annulPermit);
        _add(at, IPlanning.closeZone.selector, _closeZone);
        _add(at, IPlanning.declare.selector, _declare);
        _add(at, ITitleFollower.divided.selector, _planDivided);
        _add(at, IPlanning.extendPermit.selector, _extendPermit);
        _add(at, IPlanning.filePermit.selector, _filePermit);
        _add(at, IPlanning.grantPermit.selector, _grantPermit);
        _add(at, ITitleFollower.merged.selector, _planMerged);
        _add(at, IPlanning.openZone.selector, _openZone);
        _add(at, IPlanning.place.selector, _place);
        _add(at, IPlanning.preempt.selector, _preempt);
        _add(at, IPlanning.recordPermit.selector, _recordPermit);
        _add(at, IPlanning.refusePermit.selector, _refusePermit);
        _add(at, IPlanning.renounce.selector, _renounce);
        _add(at, IPlanning.setPermitRule.selector, _setPermitRule);
        _add(at, IPlanning.takeOut.selector, _takeOut);

        at = address(tax);
        _add(at, _sel("setAuthority(address)"), _changeAuthority);
        _add(at, ILandTax.pay.selector, _payTax);
        _add(at, ILandTax.payBySlip.selector, _payTaxBySlip);
        _add(at, ILandTax.publishRoll.selector, _publishRoll);
        _add(at, ILandTax.setBeneficiaries.selector, _setBeneficiaries);
        _add(at, ILandTax.setRates.selector, _setRates);
        _add(at, ILandTax.value.selector, _value);
        _addSlip("a tax", at, _payTaxBySlip);
    }

    function _openZone() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(IPlanning.openZone, (true, ANSWER_S, _paper())));
    }

    function _newZone() private returns (uint16 opened) {
        vm.prank(clerk);
        opened = planning.openZone(true, ANSWER_S, DEED);
        _stands(bytes32(uint256(opened)), bytes32(uint256(zone)));
    }

    function _list(uint256 id) private pure returns (uint256[] memory ids) {
        ids = new uint256[](1);
        ids[0] = id;
    }

    function _closeZone() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(IPlanning.closeZone, (_newZone(), _paper())));
    }

    function _place() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(IPlanning.place, (_newZone(), _list(_title()))));
    }

    /// @dev A title of Rita's in a zone with a right of pre-emption.
    function _zoned() internal returns (uint256 id, uint16 in_) {
        (in_, id) = (_newZone(), _title());
        vm.prank(clerk);
        planning.place(in_, _list(id));
    }

    function _takeOut() private returns (Act memory) {
        (uint256 id, uint16 in_) = _zoned();
        return _ofOffice(abi.encodeCall(IPlanning.takeOut, (in_, _list(id))));
    }

    function _declare() private returns (Act memory) {
        (uint256 id,) = _zoned();
        return _ofOffice(abi.encodeCall(IPlanning.declare, (id, _paper(), PRICE)));
    }

    function _declared() private returns (bytes32 termsHash) {
        (uint256 id,) = _zoned();
        termsHash = _paper();
        vm.prank(notary);
        planning.declare(id, termsHash, PRICE);
        _stands(termsHash, conveyance.saleOf(sale).termsHash);
    }

    function _renounce() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(IPlanning.renounce, (_declared(), _paper())));
    }

    function _preempt() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(IPlanning.preempt, (_declared(), _paper())));
    }

    function _permitRule() internal pure returns (IPlanning.PermitRule memory) {
        return IPlanning.PermitRule(31 days, 1096 days, 92 days);
    }

    function _setPermitRule() private view returns (Act memory) {
        return _ofOffice(abi.encodeCall(IPlanning.setPermitRule, (1, _permitRule())));
    }

    function _rule() private {
        vm.prank(clerk);
        planning.setPermitRule(1, _permitRule());
    }

    function _recordPermit() private returns (Act memory) {
        _rule();
        return _ofOffice(abi.encodeCall(IPlanning.recordPermit, (_title(), 1, _paper())));
    }

    function _filePermit() private returns (Act memory) {
        _rule();
        return _ofParty(rita, abi.encodeCall(IPlanning.filePermit, (_title(), 1, _paper())));
    }

    function _filed(uint256 id) internal returns (uint256) {
        _rule();
        vm.prank(clerk);
        return planning.recordPermit(id, 1, DEED);
    }

    function _extendPermit() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(IPlanning.extendPermit, (_filed(_title()), _paper())));
    }

    function _grantPermit() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(IPlanning.grantPermit, (_filed(_title()), _paper())));
    }

    function _refusePermit() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(IPlanning.refusePermit, (_filed(_title()), _paper())));
    }

    function _granted(uint256 id) internal returns (uint256 permit) {
        permit = _filed(id);
        vm.prank(clerk);
        planning.grantPermit(permit, DEED);
    }

    function _annulPermit() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(IPlanning.annulPermit, (_granted(_title()), _paper())));
    }

    function _planDivided() private returns (Act memory) {
        return _ofParty(address(register), _divided());
    }

    function _planMerged() private returns (Act memory) {
        return _ofParty(address(register), _merged());
    }

    function _setRates() private returns (Act memory) {
        ILandTax.Bracket[] memory brackets = new ILandTax.Bracket[](1);
        brackets[0] = ILandTax.Bracket(type(uint64).max, 450_000, 120_000, 10_665);
        return _ofOffice(abi.encodeCall(ILandTax.setRates, (++_ratesFrom, brackets, _paper())));
    }

    function _setBeneficiaries() private view returns (Act memory) {
        ILandTax.Beneficiaries memory same = ILandTax.Beneficiaries(departement, commune, state);
        return _ofOffice(abi.encodeCall(ILandTax.setBeneficiaries, (same)));
    }

    function _value() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(ILandTax.value, (_title(), uint64(PRICE), _paper())));
    }

    function _publishRoll() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(ILandTax.publishRoll, (++_year, _paper(), 1_00)));
    }

    /// @dev A year's roll with Rita's bill alone.
    function _billed() private returns (uint256 year) {
        year = ++_year;
        bytes32 root = keccak256(bytes.concat(keccak256(abi.encode(orchard, rita, uint256(1_00)))));
        vm.prank(clerk);
        tax.publishRoll(year, root, 1_00);
    }

    function _payTax() private returns (Act memory) {
        uint256 year = _billed();
        vm.prank(rita);
        currency.approve(address(tax), 1_00);
        return _ofParty(rita, abi.encodeCall(ILandTax.pay, (year, orchard, rita, 1_00, new bytes32[](0))));
    }

    function _payTaxBySlip() private returns (Act memory) {
        uint256 year = _billed();
        bytes32 receipt = tax.receiptOf(year, orchard, rita, 1_00);
        uint256 before = block.timestamp + 1 days;
        bytes32 slip = keccak256(
            abi.encode(currency.RECEIVE_WITH_AUTHORIZATION_TYPEHASH(), rita, address(tax), 1_00, 0, before, receipt)
        );
        bytes memory signature = _signSlip(rita, "Beffroi", address(currency), slip);
        return _ofAnyone(
            abi.encodeCall(ILandTax.payBySlip, (year, orchard, rita, 1_00, new bytes32[](0), rita, before, signature))
        );
    }
}
