// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IConcurrence} from "contracts/land/interfaces/IConcurrence.sol";
import {Charge, ICharges} from "contracts/land/interfaces/ICharges.sol";
import {
    Act as LandAct,
    Burden,
    BurdenKind,
    Parcel,
    Right,
    RightKind
} from "contracts/land/interfaces/ILandRegister.sol";
import {ITitleFollower} from "contracts/land/interfaces/ITitleFollower.sol";
import {Act} from "tests/forge/adversaries/Acts.sol";
import {CurrencyRecipes} from "tests/forge/adversaries/CurrencyRecipes.sol";
import {FollowerMock} from "tests/forge/residents/FollowerMock.sol";

/// @title How the acts of the land register and of the charges succeed
abstract contract LandRecipes is CurrencyRecipes {
    uint32 internal constant PLOT_M2 = 400;

    function setUp() public virtual override {
        super.setUp();
        address at = address(register);
        _add(at, _sel("setAuthority(address)"), _changeAuthority);
        _add(at, register.addFollower.selector, _addTitleFollower);
        _add(at, IConcurrence.attest.selector, _attestOne);
        _add(at, register.burden.selector, _burden);
        _add(at, register.caveat.selector, _caveat);
        _add(at, register.convey.selector, _convey);
        _add(at, register.correctArea.selector, _correctArea);
        _add(at, register.divide.selector, _divide);
        _add(at, register.enact.selector, _enactOne);
        _add(at, register.forcedTransfer.selector, _forcedTransfer);
        _add(at, register.lift.selector, _lift);
        _add(at, register.lock.selector, _lock);
        _add(at, register.merge.selector, _merge);
        _add(at, register.move.selector, _moveTitles);
        _add(at, register.register.selector, _register);
        _add(at, register.registerMany.selector, _registerMany);
        _add(at, register.registerShared.selector, _registerShared);
        _add(at, register.rescale.selector, _rescale);
        _add(at, register.setFrozenTokens.selector, _setFrozenTokens);
        _add(at, register.sweep.selector, _sweepBurden);
        _add(at, register.unlock.selector, _unlock);

        at = address(charges);
        _add(at, _sel("setAuthority(address)"), _changeAuthority);
        _add(at, IConcurrence.attest.selector, _attestOne);
        _add(at, ICharges.cede.selector, _cede);
        _add(at, ICharges.discharge.selector, _discharge);
        _add(at, ITitleFollower.divided.selector, _chargesDivided);
        _add(at, ICharges.inscribe.selector, _inscribeOne);
        _add(at, ICharges.lapse.selector, _lapse);
        _add(at, ITitleFollower.merged.selector, _chargesMerged);
        _add(at, ICharges.offerRank.selector, _offerRank);
        _add(at, ICharges.reduce.selector, _reduce);
        _add(at, ICharges.release.selector, _release);
        _add(at, ICharges.settle.selector, _settleCharges);
        _add(at, ICharges.takeRank.selector, _takeRank);
    }

    /// @dev A new title of Rita's, which stands for Carol's garden. The notary attests it: founding may be over.
    function _title() internal returns (uint256 id) {
        id = _plot();
        _concur(address(register), abi.encodeCall(register.register, (Parcel(id, PLOT_M2, DEED), rita)));
        _stands(bytes32(id), bytes32(garden));
        _stands(bytes32(uint256(1)), bytes32(uint256(register.titleOf(garden).version)));
    }

    function _version(uint256 id) internal view returns (uint16) {
        return register.titleOf(id).version;
    }

    /// @dev An honest notary has attested it.
    function _attested(address target, bytes memory act) private returns (Act memory) {
        _attest(target, act);
        return _ofOffice(act);
    }

    function _attestOne() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(IConcurrence.attest, (_paper(), uint64(block.timestamp + 1 days))));
    }

    function _addTitleFollower() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(register.addFollower, (ITitleFollower(address(new FollowerMock())))));
    }

    function _register() private returns (Act memory) {
        bytes memory act = abi.encodeCall(register.register, (Parcel(_plot(), PLOT_M2, DEED), rita));
        return _attested(address(register), act);
    }

    function _registerMany() private returns (Act memory) {
        Parcel[] memory parcels = new Parcel[](1);
        parcels[0] = Parcel(_plot(), PLOT_M2, DEED);
        return _attested(address(register), abi.encodeCall(register.registerMany, (parcels, _one(rita))));
    }

    function _registerShared() private returns (Act memory) {
        Right[] memory rights = _rights(Right(rita, RightKind.Full, 1), Right(sam, RightKind.Full, 1));
        Parcel memory parcel = Parcel(_plot(), PLOT_M2, DEED);
        return _attested(address(register), abi.encodeCall(register.registerShared, (parcel, 2, rights)));
    }

    function _rescale() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(register.rescale, (_title(), 2)));
    }

    function _caveat() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(register.caveat, (_title(), uint64(block.timestamp + 1 days), _paper())));
    }

    function _burden() private returns (Act memory) {
        uint256 id = _title();
        Burden memory burden = Burden(_paper(), BurdenKind.Easement, 0, uint112(orchard));
        return _attested(address(register), abi.encodeCall(register.burden, (id, _version(id), burden)));
    }

    function _lift() private returns (Act memory) {
        uint256 id = _title();
        vm.prank(registrar);
        register.caveat(id, uint64(block.timestamp + 1 days), DEED);
        return _attested(address(register), abi.encodeCall(register.lift, (id, DEED)));
    }

    function _sweepBurden() private returns (Act memory) {
        uint256 id = _title();
        vm.prank(registrar);
        register.caveat(id, uint64(block.timestamp + 1 days), DEED);
        vm.warp(block.timestamp + 1 days + 1);
        return _ofAnyone(abi.encodeCall(register.sweep, (id, DEED)));
    }

    function _correctArea() private returns (Act memory) {
        uint256 id = _title();
        return
            _attested(
                address(register), abi.encodeCall(register.correctArea, (id, _version(id), PLOT_M2 + 1, _paper()))
            );
    }

    function _enactOne() private returns (Act memory) {
        uint256 id = _title();
        Right[] memory rights = _rights(sam, RightKind.Full, 1);
        return _attested(
            address(register), abi.encodeCall(register.enact, (LandAct.Gift, id, _version(id), 1, rights, _paper()))
        );
    }

    function _divide() private returns (Act memory) {
        uint256 id = _title();
        Parcel[] memory children = new Parcel[](2);
        children[0] = Parcel(_plot(), PLOT_M2 / 2, DEED);
        children[1] = Parcel(_plot(), PLOT_M2 / 2, DEED);
        return _attested(address(register), abi.encodeCall(register.divide, (id, _version(id), children, _paper())));
    }

    function _merge() private returns (Act memory) {
        (uint256[] memory ids, uint16[] memory versions) = (new uint256[](2), new uint16[](2));
        (ids[0], ids[1]) = (_title(), _title());
        (versions[0], versions[1]) = (_version(ids[0]), _version(ids[1]));
        Parcel memory child = Parcel(_plot(), 2 * PLOT_M2, DEED);
        return _attested(address(register), abi.encodeCall(register.merge, (ids, versions, child, _paper())));
    }

    function _forcedTransfer() private returns (Act memory) {
        uint256 id = _title();
        _stands(_word(rita), _word(carol));
        return _ofOffice(abi.encodeCall(register.forcedTransfer, (rita, sam, id)));
    }

    function _setFrozenTokens() private returns (Act memory) {
        uint256 id = _title();
        _stands(_word(rita), _word(carol));
        return _ofOffice(abi.encodeCall(register.setFrozenTokens, (rita, id, true)));
    }

    function _lock() private returns (Act memory) {
        uint256 id = _title();
        Right[] memory sold = _rights(rita, RightKind.Full, 1);
        return _ofParty(address(conveyance), abi.encodeCall(register.lock, (id, _version(id), sold)));
    }

    /// @dev A title that a sale has locked; that of Alice's house stands beside it.
    function _locked() private returns (uint256 id) {
        id = _title();
        uint16 version = _version(id);
        vm.prank(address(conveyance));
        register.lock(id, version, _rights(rita, RightKind.Full, 1));
        _stands(bytes32(id), bytes32(house));
    }

    function _unlock() private returns (Act memory) {
        return _ofParty(address(conveyance), abi.encodeCall(register.unlock, (_locked())));
    }

    function _convey() private returns (Act memory) {
        (Right[] memory sold, Right[] memory bought) =
            (_rights(rita, RightKind.Full, 1), _rights(sam, RightKind.Full, 1));
        return _ofParty(address(conveyance), abi.encodeCall(register.convey, (_locked(), sold, bought)));
    }

    function _moveTitles() private returns (Act memory) {
        (address who, address successor) = _recovered();
        return _ofAnyone(abi.encodeCall(register.move, (who, successor)));
    }

    /// @dev A title of Rita's with two charges of Sam's, which stand for the bank's and for his own on the garden.
    function _charged() private returns (uint256 id, uint32 senior, uint32 junior) {
        id = _title();
        (senior, junior) = (_inscribe(id, sam, 2_00), _inscribe(id, sam, 3_00));
        _stands(bytes32(uint256(senior)), bytes32(uint256(banksCharge)));
        _stands(bytes32(uint256(junior)), bytes32(uint256(samsCharge)));
    }

    function _inscribeOne() private returns (Act memory) {
        bytes memory act = abi.encodeCall(ICharges.inscribe, (_title(), sam, 1_00, _dueDay(), _paper()));
        return _attested(address(charges), act);
    }

    function _dueDay() private view returns (uint24) {
        return uint24(block.timestamp / 1 days + 1);
    }

    function _discharge() private returns (Act memory) {
        (uint256 id, uint32 senior,) = _charged();
        return _attested(address(charges), abi.encodeCall(ICharges.discharge, (id, senior, _paper())));
    }

    function _lapse() private returns (Act memory) {
        uint256 id = _title();
        _concur(address(charges), abi.encodeCall(ICharges.inscribe, (id, sam, 1_00, _dueDay(), DEED)));
        uint32 number = charges.chargesOf(id)[0].number;
        _stands(bytes32(uint256(number)), bytes32(uint256(banksCharge)));
        vm.warp(block.timestamp + (uint256(LAPSE_DAYS) + 3) * 1 days);
        return _ofAnyone(abi.encodeCall(ICharges.lapse, (id, number)));
    }

    function _cede() private returns (Act memory) {
        (uint256 id, uint32 senior,) = _charged();
        return _ofParty(sam, abi.encodeCall(ICharges.cede, (id, senior, rita)));
    }

    function _reduce() private returns (Act memory) {
        (uint256 id, uint32 senior,) = _charged();
        return _ofParty(sam, abi.encodeCall(ICharges.reduce, (id, senior, 1_00)));
    }

    function _release() private returns (Act memory) {
        (uint256 id, uint32 senior,) = _charged();
        return _ofParty(sam, abi.encodeCall(ICharges.release, (id, senior)));
    }

    function _offerRank() private returns (Act memory) {
        (uint256 id, uint32 senior, uint32 junior) = _charged();
        return _ofParty(sam, abi.encodeCall(ICharges.offerRank, (id, senior, junior)));
    }

    function _takeRank() private returns (Act memory) {
        (uint256 id, uint32 senior, uint32 junior) = _charged();
        vm.prank(sam);
        charges.offerRank(id, senior, junior);
        return _ofParty(sam, abi.encodeCall(ICharges.takeRank, (id, senior, junior)));
    }

    function _settleCharges() private returns (Act memory) {
        Charge memory none;
        (uint256 id,,) = _charged();
        return _ofParty(address(conveyance), abi.encodeCall(ICharges.settle, (id, 1, none, _paper())));
    }

    function _chargesDivided() private returns (Act memory) {
        return _ofParty(address(register), _divided());
    }

    function _chargesMerged() private returns (Act memory) {
        return _ofParty(address(register), _merged());
    }

    function _divided() internal returns (bytes memory) {
        uint256[] memory children = new uint256[](2);
        (children[0], children[1]) = (_plot(), _plot());
        return abi.encodeCall(ITitleFollower.divided, (_title(), children));
    }

    function _merged() internal returns (bytes memory) {
        uint256[] memory parents = new uint256[](2);
        (parents[0], parents[1]) = (_title(), _title());
        return abi.encodeCall(ITitleFollower.merged, (parents, _plot()));
    }
}
