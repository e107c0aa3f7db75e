// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

/// @title The one authority of a town: who holds which office, and after what delay each may act
/// @notice The offices have names here; what each may do is wired at deployment, one selector at a time, and can be
/// replayed from events.
contract Town is AccessManager {
    /// @notice Keeps the register of residents and of titles.
    uint64 public constant REGISTRAR = 1;
    /// @notice Issues the local currency and settles what is owed in euros.
    uint64 public constant TREASURER = 2;
    /// @notice Attests the euro reserve. Never the one who issues.
    uint64 public constant AUDITOR = 3;
    /// @notice Carries out court orders: freezes and unfreezes.
    uint64 public constant COURT = 4;
    /// @notice Stops every movement of money in an emergency.
    uint64 public constant GUARDIAN = 5;
    /// @notice Opens consultations and key ceremonies.
    uint64 public constant RETURNING_OFFICER = 6;
    /// @notice Draws up conveyances and, with the registrar, the acts of the land register.
    uint64 public constant NOTARY = 7;
    /// @notice Declares pre-emption, permits, taxes and the mandates of officials on the council's behalf.
    uint64 public constant CLERK = 8;
    /// @notice Hears appeals against evaluations, independent of the executive.
    uint64 public constant JURY = 9;
    /// @notice Moves titles and ends charges by the sales that it settles. Held by the contract Conveyance, never by a
    /// person.
    uint64 public constant CONVEYANCE = 10;

    /// @notice Cancels what ADMIN announced, and nothing else.
    uint64 public constant ADMIN_GUARDIAN = 11;
    /// @notice Calls the votes that the town's rules ask for. Held by contracts, never by a person.
    uint64 public constant CALLER = 12;

    /// @notice Thrown when Town's own functions are given to another office than ADMIN, whose guardian watches them.
    error Town_AdminsAlone();

    constructor(address admin) AccessManager(admin) {
        emit RoleLabel(REGISTRAR, "REGISTRAR");
        emit RoleLabel(TREASURER, "TREASURER");
        emit RoleLabel(AUDITOR, "AUDITOR");
        emit RoleLabel(COURT, "COURT");
        emit RoleLabel(GUARDIAN, "GUARDIAN");
        emit RoleLabel(RETURNING_OFFICER, "RETURNING_OFFICER");
        emit RoleLabel(NOTARY, "NOTARY");
        emit RoleLabel(CLERK, "CLERK");
        emit RoleLabel(JURY, "JURY");
        emit RoleLabel(CONVEYANCE, "CONVEYANCE");
        emit RoleLabel(ADMIN_GUARDIAN, "ADMIN_GUARDIAN");
        emit RoleLabel(CALLER, "CALLER");
    }

    /// @notice The office that cancels what another announced. AccessManager lets nobody but ADMIN guard ADMIN.
    function getRoleGuardian(uint64 roleId) public view override returns (uint64) {
        return roleId == ADMIN_ROLE ? ADMIN_GUARDIAN : super.getRoleGuardian(roleId);
    }

    /// @notice A longer grant delay holds at once, from the founding on; a shorter one waits for the difference.
    function minSetback() public pure override returns (uint32) {
        return 0;
    }

    function _setTargetFunctionRole(address target, bytes4 selector, uint64 roleId) internal override {
        require(target != address(this), Town_AdminsAlone());
        super._setTargetFunctionRole(target, selector, roleId);
    }

    /// @dev ADMIN's guardian keeps nobody in its own office, nor itself in another.
    function _canCancel(address caller, address target, bytes calldata data) internal view override returns (bool) {
        return super._canCancel(caller, target, data) && !(target == address(this) && _keepsOffice(caller, data));
    }

    function _keepsOffice(address caller, bytes calldata data) private view returns (bool) {
        if (bytes4(data) != this.revokeRole.selector || caller == msg.sender) return false;
        (bool isAdmin,) = hasRole(ADMIN_ROLE, msg.sender);
        (uint64 office, address holder) = abi.decode(data[4:], (uint64, address));
        return !isAdmin && (office == ADMIN_GUARDIAN || holder == msg.sender);
    }
}
