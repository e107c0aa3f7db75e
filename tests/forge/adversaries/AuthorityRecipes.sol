// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";

import {IResidentsFollower} from "contracts/residents/interfaces/IResidentsFollower.sol";
import {IResidents, Kind} from "contracts/residents/interfaces/IResidents.sol";
import {Act, Acts} from "tests/forge/adversaries/Acts.sol";
import {FollowerMock} from "tests/forge/residents/FollowerMock.sol";

/// @title How the acts of the authority and of the register of residents succeed
abstract contract AuthorityRecipes is Acts {
    uint64 private constant ADMIN = 0;

    FollowerMock private _follower;

    function setUp() public virtual override {
        super.setUp();
        address at = address(town);
        _add(at, AccessManager.cancel.selector, _cancel);
        _add(at, AccessManager.consumeScheduledOp.selector, _consume);
        _add(at, AccessManager.execute.selector, _execute);
        _add(at, AccessManager.grantRole.selector, _grantRole);
        _add(at, AccessManager.labelRole.selector, _labelRole);
        _add(at, Multicall.multicall.selector, _several);
        _add(at, AccessManager.renounceRole.selector, _renounceRole);
        _add(at, AccessManager.revokeRole.selector, _revokeRole);
        _add(at, AccessManager.schedule.selector, _schedule);
        _add(at, AccessManager.setGrantDelay.selector, _setGrantDelay);
        _add(at, AccessManager.setRoleAdmin.selector, _setRoleAdmin);
        _add(at, AccessManager.setRoleGuardian.selector, _setRoleGuardian);
        _add(at, AccessManager.setTargetAdminDelay.selector, _setTargetAdminDelay);
        _add(at, AccessManager.setTargetClosed.selector, _setTargetClosed);
        _add(at, AccessManager.setTargetFunctionRole.selector, _setTargetFunctionRole);
        _add(at, AccessManager.updateAuthority.selector, _updateAuthority);

        at = address(residents);
        _add(at, _sel("setAuthority(address)"), _changeAuthority);
        _add(at, IResidents.addFollower.selector, _addFollower);
        _add(at, IResidents.confirmRecovery.selector, _confirmRecovery);
        _add(at, IResidents.depart.selector, _depart);
        _add(at, IResidents.enrol.selector, _enrolOne);
        _add(at, IResidents.enrolInstitution.selector, _enrolBody);
        _add(at, IResidents.inform.selector, _inform);
        _add(at, IResidents.moveAgain.selector, _moveAgain);
        _add(at, IResidents.proposeRecovery.selector, _proposeRecovery);
        _add(at, IResidents.recover.selector, _recoverOne);
        _add(at, IResidents.reinstate.selector, _reinstate);
        _add(at, IResidents.removeFollower.selector, _removeFollower);
        _add(at, IResidents.suspend.selector, _suspend);
        _add(at, _sel("vetoRecovery(address,uint256,bytes)"), _vetoBySlip);
        _addSlip("a veto", at, _vetoBySlip);
        _add(at, _sel("vetoRecovery()"), _veto);
        _add(at, IResidents.withdrawRecovery.selector, _withdrawRecovery);
    }

    /// @dev A citizen of the adversary's, who stands for Dave.
    function _citizen() internal returns (address who) {
        who = _newcomer();
        _enrol(Kind.Citizen, who);
        _stands(_word(who), _word(dave));
    }

    /// @dev The same with money, and leave for Conveyance to take it.
    function _citizenWith(uint256 amount_cents) internal returns (address who) {
        who = _citizen();
        _mint(who, amount_cents);
    }

    function _frozenNewcomer() private returns (bytes memory) {
        return abi.encodeCall(currency.freeze, (_citizen(), _paper()));
    }

    function _execute() private returns (Act memory) {
        return _ofOffice(town.COURT(), abi.encodeCall(town.execute, (address(currency), _frozenNewcomer())));
    }

    function _several() private returns (Act memory act) {
        act = _execute();
        bytes[] memory calls = new bytes[](1);
        calls[0] = act.data;
        act.data = abi.encodeCall(town.multicall, (calls));
    }

    /// @dev A court whose acts wait.
    function _late() private returns (address late) {
        late = _newcomer();
        vm.startPrank(mayor);
        town.grantRole(town.COURT(), late, 1 days);
        vm.stopPrank();
    }

    function _schedule() private returns (Act memory) {
        bytes memory order = _frozenNewcomer();
        return _ofParty(_late(), abi.encodeCall(town.schedule, (address(currency), order, 0)));
    }

    function _cancel() private returns (Act memory) {
        (address late, bytes memory order) = (_late(), _frozenNewcomer());
        vm.prank(late);
        town.schedule(address(currency), order, 0);
        return _ofOffice(ADMIN, abi.encodeCall(town.cancel, (late, address(currency), order)));
    }

    /// @dev The contract that is called consumes, within the call.
    function _consume() private returns (Act memory) {
        return _ofNobody(abi.encodeCall(town.consumeScheduledOp, (_late(), _frozenNewcomer())));
    }

    function _grantRole() private returns (Act memory) {
        return _ofOffice(ADMIN, abi.encodeCall(town.grantRole, (town.TREASURER(), rita, 0)));
    }

    function _revokeRole() private returns (Act memory) {
        return _ofOffice(ADMIN, abi.encodeCall(town.revokeRole, (town.COURT(), _late())));
    }

    function _renounceRole() private returns (Act memory) {
        address late = _late();
        return _ofParty(late, abi.encodeCall(town.renounceRole, (town.COURT(), late)));
    }

    function _labelRole() private view returns (Act memory) {
        return _ofOffice(ADMIN, abi.encodeCall(town.labelRole, (town.COURT(), "COURT")));
    }

    function _setGrantDelay() private view returns (Act memory) {
        return _ofOffice(ADMIN, abi.encodeCall(town.setGrantDelay, (town.COURT(), 0)));
    }

    function _setRoleAdmin() private view returns (Act memory) {
        return _ofOffice(ADMIN, abi.encodeCall(town.setRoleAdmin, (town.COURT(), ADMIN)));
    }

    function _setRoleGuardian() private view returns (Act memory) {
        return _ofOffice(ADMIN, abi.encodeCall(town.setRoleGuardian, (town.COURT(), ADMIN)));
    }

    function _setTargetAdminDelay() private view returns (Act memory) {
        return _ofOffice(ADMIN, abi.encodeCall(town.setTargetAdminDelay, (address(residents), 0)));
    }

    function _setTargetClosed() private view returns (Act memory) {
        return _ofOffice(ADMIN, abi.encodeCall(town.setTargetClosed, (address(residents), false)));
    }

    function _setTargetFunctionRole() private view returns (Act memory) {
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = currency.freeze.selector;
        return
            _ofOffice(ADMIN, abi.encodeCall(town.setTargetFunctionRole, (address(currency), selectors, town.COURT())));
    }

    function _updateAuthority() private view returns (Act memory) {
        return _ofOffice(ADMIN, abi.encodeCall(town.updateAuthority, (address(residents), address(town))));
    }

    function _enrolOne() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(residents.enrol, (Kind.Citizen, _one(_newcomer()), new bytes32[](0))));
    }

    function _enrolBody() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(residents.enrolInstitution, (address(new FollowerMock()))));
    }

    function _suspend() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(residents.suspend, (_citizen(), _paper())));
    }

    function _reinstate() private returns (Act memory) {
        address who = _citizen();
        vm.prank(registrar);
        residents.suspend(who, DEED);
        return _ofOffice(abi.encodeCall(residents.reinstate, (who, _paper())));
    }

    function _depart() private returns (Act memory) {
        address who = _citizenWith(LEAST_CENTS - 1);
        _stands(_word(who), _word(erin));
        return _ofOffice(abi.encodeCall(residents.depart, (who)));
    }

    function _proposeRecovery() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(residents.proposeRecovery, (_citizen(), _newcomer(), _paper())));
    }

    /// @dev Somebody's recovery is proposed, to whom.
    function _proposed() private returns (address who, address successor) {
        (who, successor) = (_citizen(), _newcomer());
        vm.prank(registrar);
        residents.proposeRecovery(who, successor, DEED);
        _stands(_word(successor), _word(residents.residentOf(dave).successor));
    }

    /// @dev Somebody has lost a key, and acts by the second.
    function _recovered() internal returns (address who, address successor) {
        (who, successor) = _proposed();
        vm.warp(block.timestamp + RECOVERY_DELAY_S);
        residents.recover(who);
    }

    function _withdrawRecovery() private returns (Act memory) {
        (address who,) = _proposed();
        return _ofOffice(abi.encodeCall(residents.withdrawRecovery, (who)));
    }

    function _confirmRecovery() private returns (Act memory) {
        (address who, address successor) = _proposed();
        return _ofOffice(abi.encodeCall(residents.confirmRecovery, (who, successor, _paper())));
    }

    function _veto() private returns (Act memory) {
        (address who,) = _proposed();
        return _ofParty(who, abi.encodeWithSignature("vetoRecovery()"));
    }

    function _vetoBySlip() private returns (Act memory) {
        (address who, address successor) = _proposed();
        uint256 deadline = block.timestamp + 1 days;
        bytes32 slip = keccak256(
            abi.encode(
                keccak256("VetoRecovery(address account,address successor,uint64 recoverableAt,uint256 deadline)"),
                who,
                successor,
                residents.residentOf(who).recoverableAt,
                deadline
            )
        );
        bytes memory signature = _signSlip(who, "Residents", address(residents), slip);
        return _ofAnyone(abi.encodeWithSignature("vetoRecovery(address,uint256,bytes)", who, deadline, signature));
    }

    function _recoverOne() private returns (Act memory) {
        (address who,) = _proposed();
        vm.warp(block.timestamp + RECOVERY_DELAY_S);
        return _ofAnyone(abi.encodeCall(residents.recover, (who)));
    }

    function _inform() private view returns (Act memory) {
        return _ofAnyone(abi.encodeCall(residents.inform, (IResidentsFollower(address(currency)), _one(rita))));
    }

    function _addFollower() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(residents.addFollower, (new FollowerMock())));
    }

    function _removeFollower() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(residents.removeFollower, (_followed())));
    }

    /// @dev A module that could not move what a key held.
    function _moveAgain() private returns (Act memory) {
        FollowerMock follower = _followed();
        (address who,) = _proposed();
        vm.warp(block.timestamp + RECOVERY_DELAY_S);
        follower.fails(true);
        residents.recover(who);
        follower.fails(false);
        return _ofAnyone(abi.encodeCall(residents.moveAgain, (follower, who)));
    }

    /// @dev A module that follows, in the place of the last.
    function _followed() private returns (FollowerMock follower) {
        vm.startPrank(mayor);
        if (address(_follower) != address(0)) {
            try residents.removeFollower(_follower) {} catch {}
        }
        _follower = follower = new FollowerMock();
        residents.addFollower(follower);
        vm.stopPrank();
    }
}
