// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {SlipSignature} from "../access/SlipSignature.sol";
import {IResidents, Kind, Standing} from "./interfaces/IResidents.sol";
import {IResidentsFollower} from "./interfaces/IResidentsFollower.sol";

/// @title The register of residents
contract Residents is IResidents, AccessManaged, EIP712 {
    bytes32 private constant VETO_TYPEHASH =
        keccak256("VetoRecovery(address account,address successor,uint64 recoverableAt,uint256 deadline)");
    uint256 private constant MAX_FOLLOWERS = 8;

    /// @inheritdoc IResidents
    uint64 public immutable recoveryDelay_s;

    mapping(address account => Resident) private _residents;
    mapping(Kind kind => uint256) private _population;
    IResidentsFollower[] private _followers;

    constructor(address authority, uint64 recoveryDelay_s_) AccessManaged(authority) EIP712("Residents", "1") {
        recoveryDelay_s = recoveryDelay_s_;
    }

    /// @inheritdoc IResidents
    function enrol(Kind kind, address[] calldata accounts, bytes32[] calldata commitments) external restricted {
        require(kind != Kind.None, Residents_NoKind());
        require(
            commitments.length == 0 || commitments.length == accounts.length,
            Residents_CommitmentsMismatch(accounts.length, commitments.length)
        );

        for (uint256 i; i < accounts.length; ++i) {
            _requireUnknown(accounts[i]);
            _residents[accounts[i]] = Resident(kind, Standing.Active, 0, address(0));
            emit Enrolled(accounts[i], kind, commitments.length == 0 ? bytes32(0) : commitments[i]);
        }
        _population[kind] += accounts.length;

        _tell(accounts, kind, Standing.Active);
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
        Resident storage resident = _requireEnrolled(account);
        require(resident.recoverableAt == 0, Residents_RecoveryPending(account, resident.successor));

        if (resident.standing == Standing.Active) --_population[resident.kind];
        resident.standing = Standing.Left;
        emit Departed(account);

        _tell(account, resident.kind, Standing.Left);
    }

    /// @inheritdoc IResidents
    function proposeRecovery(address account, address successor, bytes32 documentHash) external restricted {
        Resident storage resident = _requireEnrolled(account);
        require(resident.recoverableAt == 0, Residents_RecoveryPending(account, resident.successor));
        _requireUnknown(successor);

        uint64 recoverableAt = uint64(block.timestamp) + recoveryDelay_s;
        (resident.recoverableAt, resident.successor) = (recoverableAt, successor);
        _residents[successor] = Resident(resident.kind, Standing.Awaiting, 0, address(0));
        emit RecoveryProposed(account, successor, recoverableAt, documentHash);

        // The new key's place is made now, in every module: carrying the recovery out is then cheap for whoever does.
        _tell(successor, resident.kind, Standing.Awaiting);
    }

    /// @inheritdoc IResidents
    function vetoRecovery() external {
        address successor = _stopRecovery(msg.sender);
        emit RecoveryVetoed(msg.sender, successor);
    }

    /// @inheritdoc IResidents
    function vetoRecovery(address account, uint256 deadline, bytes calldata signature) external {
        require(block.timestamp <= deadline, Residents_SlipExpired(deadline));
        Resident storage resident = _residents[account];
        bytes32 slip =
            keccak256(abi.encode(VETO_TYPEHASH, account, resident.successor, resident.recoverableAt, deadline));
        require(SlipSignature.isValid(account, _hashTypedDataV4(slip), signature), Residents_InvalidSignature(account));

        address successor = _stopRecovery(account);
        emit RecoveryVetoed(account, successor);
    }

    /// @inheritdoc IResidents
    function withdrawRecovery(address account) external restricted {
        address successor = _stopRecovery(account);
        emit RecoveryWithdrawn(account, successor);
    }

    /// @inheritdoc IResidents
    function recover(address account) external {
        Resident memory resident = _residents[account];
        require(resident.recoverableAt != 0, Residents_NoRecovery(account));
        require(block.timestamp >= resident.recoverableAt, Residents_TooEarly(resident.recoverableAt));

        address successor = resident.successor;
        _residents[account] = Resident(resident.kind, Standing.Replaced, 0, successor);
        _residents[successor] = Resident(resident.kind, resident.standing, 0, address(0));
        emit Recovered(account, successor);

        for (uint256 i; i < _followers.length; ++i) {
            _followers[i].move(account, successor);
        }
    }

    /// @inheritdoc IResidents
    function addFollower(IResidentsFollower follower) external restricted {
        require(address(follower).code.length != 0, Residents_NotAContract(follower));
        require(!_follows(follower), Residents_AlreadyFollows(follower));
        require(_followers.length < MAX_FOLLOWERS, Residents_TooManyFollowers(MAX_FOLLOWERS));

        _followers.push(follower);
        emit FollowerAdded(follower);
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
    function currentKeyOf(address account) external view returns (address current) {
        current = account;
        while (_residents[current].standing == Standing.Replaced) current = _residents[current].successor;
    }

    /// @inheritdoc IResidents
    function population(Kind kind) external view returns (uint256) {
        return _population[kind];
    }

    /// @inheritdoc IResidents
    function followers() external view returns (IResidentsFollower[] memory) {
        return _followers;
    }

    function _stopRecovery(address account) private returns (address successor) {
        Resident storage resident = _residents[account];
        require(resident.recoverableAt != 0, Residents_NoRecovery(account));

        successor = resident.successor;
        (resident.recoverableAt, resident.successor) = (0, address(0));
        delete _residents[successor];

        _tell(successor, resident.kind, Standing.None);
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

    function _requireUnknown(address account) private view {
        require(account != address(0), Residents_NoAccount());
        Standing standing = _residents[account].standing;
        require(standing == Standing.None || standing == Standing.Left, Residents_AlreadyKnown(account, standing));
    }

    function _requireStanding(address account, Standing standing) private view returns (Resident storage resident) {
        resident = _residents[account];
        require(resident.standing == standing, Residents_WrongStanding(account, resident.standing));
    }

    function _requireEnrolled(address account) private view returns (Resident storage resident) {
        resident = _residents[account];
        require(
            resident.standing == Standing.Active || resident.standing == Standing.Suspended,
            Residents_WrongStanding(account, resident.standing)
        );
    }

    function _follows(IResidentsFollower follower) private view returns (bool) {
        for (uint256 i; i < _followers.length; ++i) {
            if (address(_followers[i]) == address(follower)) return true;
        }
        return false;
    }
}
