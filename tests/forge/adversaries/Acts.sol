// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {AidTown} from "tests/forge/adversaries/AidTown.sol";

/// @notice Who alone may do what is done in a place that a recipe made.
enum Who {
    Office, // whoever holds the office that the authority has for the function
    Anyone,
    Holder, // whoever has money
    Member, // whoever may owe
    Party, // one account
    Nobody
}

/// @notice An act that is about to succeed.
struct Act {
    Who who;
    uint64 office;
    address party;
    bytes data;
    uint256 value_wei;
}

/// @title Every function of the town's contracts with a recipe: what comes before it, and the words it is called with
/// @dev tests/vectors/acts.json lists the functions, and tests/adversaries/test_vectors.py holds it to the ABIs.
abstract contract Acts is AidTown {
    struct Function {
        address target;
        bytes4 selector;
        string name;
    }

    /// @dev What somebody signs for anybody to post; of a list's slips, those that are no good are left out.
    struct Slip {
        string name;
        address target;
        bool isList;
        function() internal returns (Act memory) recipe;
    }

    string private _abis = vm.readFile("tests/vectors/acts.json");

    Function[] internal _functions;
    mapping(address target => mapping(bytes4 selector => function() internal returns (Act memory))) private _recipes;
    mapping(address target => mapping(bytes4 selector => bool)) private _hasRecipe;
    uint256 internal _recipesAdded;
    Slip[] internal _slips;
    uint256 private _plots = 100;
    uint256 private _papers;
    /// @dev The last that the adversary announced against a bystander.
    uint256 internal _seizureOfBystander;
    /// @dev A word in the adversary's own affairs, and those in the bystanders' that stand for the same.
    bytes32[] internal _own;
    bytes32[] internal _others;

    function setUp() public virtual override {
        super.setUp();
        string[21] memory names = [
            "Town",
            "Residents",
            "LocalCurrency",
            "MutualCredit",
            "LandRegister",
            "Charges",
            "Planning",
            "LandTax",
            "Conveyance",
            "Rolls",
            "KeyCeremony",
            "Consultations",
            "Promises",
            "Appeals",
            "Attestations",
            "Admission",
            "Facts",
            "Clearing",
            "Meters",
            "Programmes",
            "Cred"
        ];
        for (uint256 i; i < names.length; ++i) {
            string[] memory signatures = vm.parseJsonStringArray(_abis, string.concat(".", names[i]));
            for (uint256 j; j < signatures.length; ++j) {
                bytes4 selector = bytes4(keccak256(bytes(signatures[j])));
                _functions.push(Function(_at(names[i]), selector, string.concat(names[i], ".", signatures[j])));
            }
        }
        require(
            vm.parseJsonKeys(_abis, "$").length == names.length, "acts.json tells of a contract that has no recipes"
        );
    }

    /// @dev Where a contract of that name stands.
    function _at(string memory name) private view returns (address) {
        bytes32 hash = keccak256(bytes(name));
        if (hash == keccak256("Town")) return address(town);
        if (hash == keccak256("Residents")) return address(residents);
        if (hash == keccak256("LocalCurrency")) return address(currency);
        if (hash == keccak256("MutualCredit")) return address(circle);
        if (hash == keccak256("LandRegister")) return address(register);
        if (hash == keccak256("Charges")) return address(charges);
        if (hash == keccak256("Planning")) return address(planning);
        if (hash == keccak256("LandTax")) return address(tax);
        if (hash == keccak256("Conveyance")) return address(conveyance);
        if (hash == keccak256("Rolls")) return address(rolls);
        if (hash == keccak256("KeyCeremony")) return address(ceremony);
        if (hash == keccak256("Consultations")) return address(box);
        if (hash == keccak256("Promises")) return address(promises);
        if (hash == keccak256("Appeals")) return address(appeals);
        if (hash == keccak256("Attestations")) return address(attestations);
        if (hash == keccak256("Admission")) return address(admission);
        if (hash == keccak256("Facts")) return address(facts);
        if (hash == keccak256("Clearing")) return address(clearing);
        if (hash == keccak256("Meters")) return address(meters);
        if (hash == keccak256("Programmes")) return address(programmes);
        return address(cred);
    }

    function _add(address target, bytes4 selector, function() internal returns (Act memory) recipe) internal {
        require(!_hasRecipe[target][selector], "two recipes for one function");
        (_recipes[target][selector], _hasRecipe[target][selector]) = (recipe, true);
        ++_recipesAdded;
    }

    function _addSlip(string memory name, address target, function() internal returns (Act memory) recipe) internal {
        _slips.push(Slip(name, target, false, recipe));
    }

    function _addList(string memory name, address target, function() internal returns (Act memory) recipe) internal {
        _slips.push(Slip(name, target, true, recipe));
    }

    /// @dev Makes the place for an act. Whatever was noted for the last one is forgotten.
    function _prepare(Function memory what) internal returns (Act memory) {
        require(_hasRecipe[what.target][what.selector], string.concat(what.name, " has no recipe"));
        (_own, _others) = (new bytes32[](0), new bytes32[](0));
        _stands(_word(rita), _word(alice));
        _stands(_word(sam), _word(bob));
        _stands(bytes32(orchard), bytes32(garden));
        return _recipes[what.target][what.selector]();
    }

    /// @dev Whether someone may do an act now.
    function _may(Function memory what, Act memory act, address who) internal view returns (bool) {
        if (act.who == Who.Nobody) return false;
        if (act.who == Who.Anyone) return true;
        if (act.who == Who.Holder) return currency.balanceOf(who) != 0;
        if (act.who == Who.Member) return circle.memberOf(who).mostDebt != 0;
        if (act.who == Who.Party) return who == act.party;
        bool isTowns = what.target == address(town);
        uint64 office = isTowns ? act.office : town.getTargetFunctionRole(what.target, what.selector);
        (bool inOffice, uint32 delay_s) = town.hasRole(office, who);
        // Whoever could announce it may cancel it at once.
        return inOffice && (delay_s == 0 || what.selector == town.cancel.selector);
    }

    function _ofOffice(bytes memory data) internal pure returns (Act memory) {
        return Act(Who.Office, 0, address(0), data, 0);
    }

    /// @dev Of Town's own functions, which are wired to nobody.
    function _ofOffice(uint64 office, bytes memory data) internal pure returns (Act memory) {
        return Act(Who.Office, office, address(0), data, 0);
    }

    function _ofAnyone(bytes memory data) internal pure returns (Act memory) {
        return Act(Who.Anyone, 0, address(0), data, 0);
    }

    function _ofHolder(bytes memory data) internal pure returns (Act memory) {
        return Act(Who.Holder, 0, address(0), data, 0);
    }

    function _ofParty(address party, bytes memory data) internal pure returns (Act memory) {
        return Act(Who.Party, 0, party, data, 0);
    }

    function _ofNobody(bytes memory data) internal pure returns (Act memory) {
        return Act(Who.Nobody, 0, address(0), data, 0);
    }

    /// @dev A word of the adversary's stands for one of the bystanders'.
    function _stands(bytes32 own, bytes32 others) internal {
        _own.push(own);
        _others.push(others);
    }

    /// @dev Word by word, where two encodings of one shape differ.
    function _standsFor(bytes memory own, bytes memory others) internal {
        for (uint256 at = 0x20; at <= own.length && at <= others.length; at += 0x20) {
            bytes32 a;
            bytes32 b;
            assembly ("memory-safe") {
                a := mload(add(own, at))
                b := mload(add(others, at))
            }
            if (a != b) _stands(a, b);
        }
    }

    function _word(address account) internal pure returns (bytes32) {
        return bytes32(uint256(uint160(account)));
    }

    /// @dev Selector of an overloaded function.
    function _sel(string memory signature) internal pure returns (bytes4) {
        return bytes4(keccak256(bytes(signature)));
    }

    /// @dev A hash that never was.
    function _paper() internal returns (bytes32) {
        return keccak256(abi.encode("paper", ++_papers));
    }

    /// @dev A parcel that never was.
    function _plot() internal returns (uint256) {
        string memory number = vm.toString(++_plots);
        return parcelId(string.concat(bytes(number).length == 3 ? "91216000AC0" : "91216000AC", number));
    }

    /// @dev Somebody whom the town has not seen yet.
    function _newcomer() internal returns (address who) {
        return _person(string.concat("newcomer ", vm.toString(++_papers)));
    }

    /// @dev What somebody signs for a contract (EIP-712).
    function _signSlip(address who, string memory name, address verifier, bytes32 slip)
        internal
        view
        returns (bytes memory)
    {
        return _sign(who, keccak256(abi.encodePacked(hex"1901", _domain(name, verifier), slip)));
    }

    /// @dev The contracts that obey the authority take another from the authority alone.
    function _changeAuthority() internal view returns (Act memory) {
        return _ofParty(address(town), abi.encodeCall(IAccessManaged.setAuthority, (address(town))));
    }
}
