// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {Code} from "../access/Code.sol";
import {SlipActs} from "../access/SlipActs.sol";
import {IResidents, Kind, Recovery, Standing} from "./interfaces/IResidents.sol";
import {IResidentsFollower} from "./interfaces/IResidentsFollower.sol";

/// @title The register of residents
contract Residents is IResidents, AccessManaged, SlipActs {
    bytes32 private constant VETO_TYPEHASH =
        keccak256("VetoRecovery(address account,address successor,uint64 recoverableAt,uint256 deadline)");
    uint256 private constant MAX_FOLLOWERS = 8;
    /// @dev What moving an account may burn: more than twice the dearest, money with demurrage.
    uint256 private constant FOLLOWER_GAS = 150_000;
    uint256 private constant CALL_GAS = 5_000;
    uint64 private constant VETO_LAPSE_S = 365 days;

    /// @inheritdoc IResidents
    uint64 public immutable recoveryDelay_s;

    mapping(address account => Resident) private _residents;
    mapping(Kind kind => uint256) private _population;
    IResidentsFollower[] private _followers;
    /// @inheritdoc IResidents
    mapping(IResidentsFollower follower => mapping(address account => address)) public behind;

    constructor(address authority, uint64 recoveryDelay_s_) AccessManaged(authority) EIP712("Residents", "1") {
        recoveryDelay_s = recoveryDelay_s_;
    }

    /// @inheritdoc IResidents
    function enrol(Kind kind, address[] calldata accounts, bytes32[] calldata commitments) external restricted {
        require(kind != Kind.None, Residents_NoKind());
        require(kind != Kind.Institution, Residents_InstitutionIsAdmins());
        require(
            commitments.length == 0 || commitments.length == accounts.length,
            Residents_CommitmentsMismatch(accounts.length, commitments.length)
        );

        for (uint256 i; i < accounts.length; ++i) {
            Resident storage resident = _requireUnknown(accounts[i]);
            (resident.kind, resident.standing) = (kind, Standing.Active);
            emit Enrolled(accounts[i], kind, commitments.length == 0 ? bytes32(0) : commitments[i]);
        }
        _population[kind] += accounts.length;

        _tell(accounts, kind, Standing.Active);
    }

    /// @inheritdoc IResidents
    function enrolInstitution(address account) external restricted {
        _requireContract(account);
        Resident storage resident = _residents[account];
        // Whoever enrolled the address before it had code, or proposed a recovery of it or by it, does not keep ADMIN
        // from it.
        if (resident.recovery != Recovery.None) _withdraw(account, resident);
        if (_isEnrolled(resident)) _uncount(account);
        else if (resident.standing != Standing.Awaiting) _requireUnknown(account);

        (resident.kind, resident.standing) = (Kind.Institution, Standing.Active);
        ++_population[Kind.Institution];
        emit Enrolled(account, Kind.Institution, 0);

        _tell(account, Kind.Institution, Standing.Active);
    }

    /// @inheritdoc IResidents
    function suspend(address account, bytes32 documentHash) external restricted {
        Resident storage resident = _requireStanding(account, Standing.Active);

        resident.standing = Standing.Suspended;
        --_population[resident.kind];
        emit Suspended(account, documentHash);

        _tell(account, resident.kind, Standing.Suspended);
    }

    /// @inheritdoc IResidents
    function reinstate(address account, bytes32 documentHash) external restricted {
        Resident storage resident = _requireStanding(account, Standing.Suspended);

        resident.standing = Standing.Active;
        ++_population[resident.kind];
        emit Reinstated(account, documentHash);

        _tell(account, resident.kind, Standing.Active);
    }

    /// @inheritdoc IResidents
    function depart(address account) external restricted {
        Resident storage resident = _uncount(account);
        // It may come back as another's new key, whose money would be looked for in this one's place.
        for (uint256 i; resident.wasBehind && i < _followers.length; ++i) {
            require(behind[_followers[i]][account] == address(0), Residents_Behind(account));
        }
        resident.standing = Standing.Left;
        emit Departed(account);

        _tell(account, resident.kind, Standing.Left);
    }

    /// @inheritdoc IResidents
    function proposeRecovery(address account, address successor, bytes32 documentHash) external restricted {
        Resident storage resident = _requireEnrolled(account);
        require(resident.recovery == Recovery.None, Residents_RecoveryPending(account, resident.successor));
        Resident storage next = _requireUnknown(successor);

        uint64 recoverableAt = _delayed();
        (resident.recoverableAt, resident.successor, resident.recovery) = (recoverableAt, successor, Recovery.Proposed);
        (next.kind, next.standing) = (resident.kind, Standing.Awaiting);
        emit RecoveryProposed(account, successor, recoverableAt, documentHash);

        // The new key's place is made now, in every module: carrying the recovery out is then cheap for whoever does.
        _tell(successor, resident.kind, Standing.Awaiting);
    }

    /// @inheritdoc IResidents
    function vetoRecovery() external {
        _veto(msg.sender, _requireVetoable(msg.sender));
    }

    /// @inheritdoc IResidents
    function vetoRecovery(address account, uint256 deadline, bytes calldata signature) external {
        require(block.timestamp <= deadline, SlipActs_SlipExpired(deadline));
        Resident storage resident = _requireVetoable(account);
        bytes32 slip =
            keccak256(abi.encode(VETO_TYPEHASH, account, resident.successor, resident.recoverableAt, deadline));
        _requireSigned(account, slip, signature);

        _veto(account, resident);
    }

    /// @inheritdoc IResidents
    function confirmRecovery(address account, address successor, bytes32 orderHash) external restricted {
        Resident storage resident = _residents[account];
        require(
            resident.successor == successor
                && (resident.recovery == Recovery.Proposed || resident.recovery == Recovery.Vetoed),
            Residents_NotProposed(account, successor)
        );
        require(
            resident.recovery != Recovery.Vetoed || block.timestamp < resident.recoverableAt,
            Residents_Lapsed(resident.recoverableAt)
        );

        uint64 recoverableAt = _delayed();
        (resident.recoverableAt, resident.recovery) = (recoverableAt, Recovery.Confirmed);
        emit RecoveryConfirmed(account, successor, recoverableAt, orderHash);
    }

    /// @inheritdoc IResidents
    function withdrawRecovery(address account) external restricted {
        _withdraw(account, _requireRecovery(account));
    }

    /// @inheritdoc IResidents
    function recover(address account) external {
        Resident memory resident = _requireRecovery(account);
        require(resident.recovery != Recovery.Vetoed, Residents_Vetoed(account));
        require(block.timestamp >= resident.recoverableAt, Residents_TooEarly(resident.recoverableAt));

        address successor = resident.successor;
        Standing standing = _residents[successor].standing;
        require(standing == Standing.Awaiting, Residents_WrongStanding(successor, standing));
        _residents[account] = Resident(resident.kind, Standing.Replaced, 0, successor, Recovery.None, false);
        _residents[successor].standing = resident.standing;
        emit Recovered(account, successor);

        for (uint256 i; i < _followers.length; ++i) {
            IResidentsFollower follower = _followers[i];
            // What has not come to the lost key yet is not moved past it.
            bool waits = resident.wasBehind && behind[follower][account] != address(0);
            if (!waits && _tryMove(follower, account, successor)) continue;
            (behind[follower][successor], _residents[successor].wasBehind) = (account, true);
            emit MoveFailed(follower, account, successor);
        }
    }

    /// @inheritdoc IResidents
    function moveAgain(IResidentsFollower follower, address account) external {
        address key = this.currentKeyOf(account);
        require(behind[follower][key] != address(0), Residents_NothingToMove(follower, account));

        _catchUp(follower, key);
        // It took the lost key's standing along, which may have changed since.
        address[] memory accounts = new address[](1);
        accounts[0] = key;
        follower.follow(accounts, _residents[key].kind, _residents[key].standing);
    }

    /// @inheritdoc IResidents
    function addFollower(IResidentsFollower follower) external restricted {
        _requireContract(address(follower));
        require(!_follows(follower), Residents_AlreadyFollows(follower));
        require(_followers.length < MAX_FOLLOWERS, Residents_TooManyFollowers(MAX_FOLLOWERS));

        _followers.push(follower);
        emit FollowerAdded(follower);
    }

    /// @inheritdoc IResidents
    function removeFollower(IResidentsFollower follower) external restricted {
        uint256 last = _followers.length;
        uint256 i;
        while (i < last && address(_followers[i]) != address(follower)) ++i;
        require(i < last, Residents_NotAFollower(follower));

        _followers[i] = _followers[last - 1];
        _followers.pop();
        emit FollowerRemoved(follower);
    }

    /// @inheritdoc IResidents
    function inform(IResidentsFollower follower, address[] calldata accounts) external {
        require(_follows(follower), Residents_NotAFollower(follower));

        for (uint256 i; i < accounts.length; ++i) {
            Resident memory resident = _residents[accounts[i]];
            require(
                resident.standing != Standing.None && resident.standing != Standing.Replaced,
                Residents_WrongStanding(accounts[i], resident.standing)
            );
            follower.follow(accounts[i:i + 1], resident.kind, resident.standing);
        }
    }

    /// @inheritdoc IResidents
    function residentOf(address account) external view returns (Resident memory) {
        return _residents[account];
    }

    /// @inheritdoc IResidents
    function isActive(address account) external view returns (bool) {
        return _residents[account].standing == Standing.Active;
    }

    /// @inheritdoc IResidents
    function isInstitution(address account) external view returns (bool) {
        return _residents[account].kind == Kind.Institution;
    }

    /// @inheritdoc IResidents
    function currentKeyOf(address account) external view returns (address current) {
        current = account;
        while (_residents[current].standing == Standing.Replaced) current = _residents[current].successor;
    }

    /// @inheritdoc IResidents
    function takesPlaceOf(address key, address account) external view returns (bool) {
        while (account != key && account != address(0)) account = _residents[account].successor;
        return account == key && key != address(0);
    }

    /// @inheritdoc IResidents
    function population(Kind kind) external view returns (uint256) {
        return _population[kind];
    }

    /// @inheritdoc IResidents
    function followers() external view returns (IResidentsFollower[] memory) {
        return _followers;
    }

    /// @dev Takes who is no institution, and of whom no recovery is pending, out of its kind's count.
    function _uncount(address account) private returns (Resident storage resident) {
        resident = _requireEnrolled(account);
        require(resident.recovery == Recovery.None, Residents_RecoveryPending(account, resident.successor));

        if (resident.standing == Standing.Active) --_population[resident.kind];
    }

    function _veto(address account, Resident storage resident) private {
        (resident.recoverableAt, resident.recovery) = (uint64(block.timestamp) + VETO_LAPSE_S, Recovery.Vetoed);
        emit RecoveryVetoed(account, resident.successor);
    }

    function _withdraw(address account, Resident storage resident) private {
        address successor = resident.successor;
        (resident.recoverableAt, resident.successor, resident.recovery) = (0, address(0), Recovery.None);
        emit RecoveryWithdrawn(account, successor);

        Resident storage next = _residents[successor];
        // It may have become an institution.
        if (next.standing != Standing.Awaiting) return;
        (next.kind, next.standing) = (Kind.None, Standing.None);
        _tell(successor, resident.kind, Standing.None);
    }

    /// @dev Moves, oldest first, what the keys before this one held. Keys are lost once a delay: there are few.
    function _catchUp(IResidentsFollower follower, address key) private {
        address lost = behind[follower][key];
        if (lost == address(0)) return;

        delete behind[follower][key];
        _catchUp(follower, lost);
        follower.move(lost, key);
        emit Moved(follower, lost, key);
    }

    function _tryMove(IResidentsFollower follower, address from, address to) private returns (bool moved) {
        // EIP-150 keeps back a 64th of what is left.
        require(gasleft() >= FOLLOWER_GAS + FOLLOWER_GAS / 63 + CALL_GAS, Residents_OutOfGas(FOLLOWER_GAS));
        bytes memory data = abi.encodeCall(IResidentsFollower.move, (from, to));
        assembly ("memory-safe") {
            // Nothing of the answer is copied: a long one costs the poster nothing.
            moved := call(FOLLOWER_GAS, follower, 0, add(data, 0x20), mload(data), 0x00, 0x00)
        }
    }

    function _tell(address account, Kind kind, Standing standing) private {
        address[] memory accounts = new address[](1);
        accounts[0] = account;
        for (uint256 i; i < _followers.length; ++i) {
            _followers[i].follow(accounts, kind, standing);
        }
    }

    function _tell(address[] calldata accounts, Kind kind, Standing standing) private {
        for (uint256 i; i < _followers.length; ++i) {
            _followers[i].follow(accounts, kind, standing);
        }
    }

    function _requireUnknown(address account) private view returns (Resident storage resident) {
        require(account != address(0), Residents_NoAccount());
        resident = _residents[account];
        Standing standing = resident.standing;
        require(standing == Standing.None || standing == Standing.Left, Residents_AlreadyKnown(account, standing));
    }

    function _requireContract(address account) private view {
        require(Code.isContract(account), Residents_NotAContract(account));
    }

    function _requireStanding(address account, Standing standing) private view returns (Resident storage resident) {
        resident = _residents[account];
        require(resident.standing == standing, Residents_WrongStanding(account, resident.standing));
        require(resident.kind != Kind.Institution, Residents_Institution(account));
    }

    function _requireEnrolled(address account) private view returns (Resident storage resident) {
        resident = _residents[account];
        require(_isEnrolled(resident), Residents_WrongStanding(account, resident.standing));
        require(resident.kind != Kind.Institution, Residents_Institution(account));
    }

    function _requireRecovery(address account) private view returns (Resident storage resident) {
        resident = _residents[account];
        require(resident.recovery != Recovery.None, Residents_NoRecovery(account));
    }

    function _requireVetoable(address account) private view returns (Resident storage resident) {
        resident = _requireRecovery(account);
        require(resident.recovery != Recovery.Vetoed, Residents_Vetoed(account));
        require(resident.recovery != Recovery.Confirmed, Residents_Confirmed(account));
        require(block.timestamp < resident.recoverableAt, Residents_VetoTooLate(resident.recoverableAt));
    }

    function _delayed() private view returns (uint64) {
        return uint64(block.timestamp) + recoveryDelay_s;
    }

    function _isEnrolled(Resident storage resident) private view returns (bool) {
        return resident.standing == Standing.Active || resident.standing == Standing.Suspended;
    }

    function _follows(IResidentsFollower follower) private view returns (bool) {
        for (uint256 i; i < _followers.length; ++i) {
            if (address(_followers[i]) == address(follower)) return true;
        }
        return false;
    }
}
