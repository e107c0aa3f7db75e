// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice Where a seizure stands: announced, suspended by the second office, resumed by ADMIN; none once it has ended.
enum SeizureStage {
    None,
    Announced,
    Suspended,
    Resumed
}

/// @title Money that a court takes for a creditor: announced, held, and carried out in public
/// @notice Nobody alone moves anybody's money, the court included. Its order freezes the account and is announced; what
/// it orders happens after the charter's delay, by whoever asks. Meanwhile a second office may suspend it, once, and
/// ADMIN then decides. An order that nobody carries out, and a suspension that nobody decides, end with time.
/// @dev The freeze of a seizure and a freeze by order are two things: neither begins or ends the other. A recovery
/// takes the seizure along to the new key; demurrage stops meanwhile; leaving the register ends none. What a redemption
/// owes or a till has credited is not seized: a freeze by order holds those.
interface ISeizures {
    /// @param account whose money it is, as the order names it; a key that replaced it since is meant too
    /// @param amount_cents the most that is taken
    /// @param stage where it stands
    /// @param to whose it becomes, or whoever replaced that key since
    /// @param dueAt from when on it may be carried out; when it was suspended, while it is. Unix seconds
    struct Seizure {
        address account;
        uint80 amount_cents;
        SeizureStage stage;
        address to;
        uint64 dueAt;
    }

    /// @notice Thrown when an account is seized again before its seizure has ended.
    error LocalCurrency_SeizurePending(address account);
    /// @notice Thrown when an order seizes nothing: of an empty account, of no cent, or for the account itself.
    error LocalCurrency_NothingToSeize(address account);
    /// @notice Thrown when there is no such seizure, or it has ended.
    error LocalCurrency_NoSeizure(uint256 seizure);
    /// @notice Thrown when a seizure does not stand where the act needs it: one is suspended once, and only a suspended
    /// one is decided.
    error LocalCurrency_SeizureStands(uint256 seizure, SeizureStage stage);
    /// @notice Thrown when a seizure is carried out, or said to have lapsed, before its time.
    error LocalCurrency_SeizureTooEarly(uint256 seizure, uint256 from);
    /// @notice Thrown when the money has not followed a recovered key yet: the register is asked to move it first.
    error LocalCurrency_SeizedElsewhere(address key);

    event SeizureAnnounced(
        uint256 indexed seizure,
        address indexed account,
        address indexed to,
        uint256 amount_cents,
        uint64 dueAt,
        bytes32 orderHash
    );
    event SeizureSuspended(uint256 indexed seizure, bytes32 indexed groundHash);
    event SeizureResumed(uint256 indexed seizure, uint64 dueAt, bytes32 indexed decisionHash);
    event SeizureAnnulled(uint256 indexed seizure, bytes32 indexed decisionHash);
    event SeizureWithdrawn(uint256 indexed seizure, bytes32 indexed orderHash);
    event SeizureLapsed(uint256 indexed seizure);
    event SeizureCarriedOut(uint256 indexed seizure, address indexed account, address indexed to, uint256 amount_cents);

    /// @notice The court announces that it takes money for somebody, and freezes the account until that has ended. One
    /// at a time of an account; never of the commons. Demurrage is taken first, or in a pause forgiven.
    /// @param orderHash hash of the order
    /// @return seizure its number
    function seize(address account, address to, uint256 amount_cents, bytes32 orderHash)
        external
        returns (uint256 seizure);

    /// @notice The guardian suspends a seizure, once, until ADMIN decides. The guardian and not the notary: stopping
    /// money is its office, it acts at once, and it draws up no sale whose parties a court might seize.
    /// @param groundHash hash of the ground
    function suspendSeizure(uint256 seizure, bytes32 groundHash) external;

    /// @notice ADMIN lets a suspended seizure go on; its delay begins anew.
    /// @param decisionHash hash of the decision
    function resumeSeizure(uint256 seizure, bytes32 decisionHash) external;

    /// @notice ADMIN ends a suspended seizure; nothing is taken.
    /// @param decisionHash hash of the decision
    function annulSeizure(uint256 seizure, bytes32 decisionHash) external;

    /// @notice The court takes its order back; nothing is taken.
    /// @param orderHash hash of the order that says so
    function withdrawSeizure(uint256 seizure, bytes32 orderHash) external;

    /// @notice Takes what was ordered, at most what there is, and nothing of what became an institution meanwhile; open
    /// to anyone once it is due.
    function carryOutSeizure(uint256 seizure) external;

    /// @notice Ends a seizure that nobody carried out, or whose suspension nobody decided, before it lapsed; open to
    /// anyone, and nothing is taken.
    function lapseSeizure(uint256 seizure) external;

    /// @notice A seizure that has not ended.
    function seizureOf(uint256 seizure) external view returns (Seizure memory);

    /// @notice How many there were; they are numbered from 1.
    function seizures() external view returns (uint256);

    /// @notice How long a seizure takes, in seconds.
    /// @return delay between its announcement and the moment from which it may be carried out
    /// @return lapse how long it waits at most after the moment when it was due or suspended
    // forge-lint: disable-next-line(mixed-case-function)
    function seizureTimes_s() external view returns (uint32 delay, uint64 lapse);
}
