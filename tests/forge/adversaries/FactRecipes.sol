// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IFacts} from "contracts/records/interfaces/IFacts.sol";
import {Act} from "tests/forge/adversaries/Acts.sol";
import {RecordRecipes} from "tests/forge/adversaries/RecordRecipes.sol";

/// @title How the acts on facts succeed: Rita alone states them
abstract contract FactRecipes is RecordRecipes {
    string private constant FACT = "Fact(string name,string unit,uint8 decimals,string uri,address[] issuers,uint8 m)";

    uint256 private _facts;

    function setUp() public virtual override {
        super.setUp();
        address at = address(facts);
        _add(at, IFacts.open.selector, _openFact);
        _add(at, IFacts.state.selector, _stateFact);
        _add(at, IFacts.withdraw.selector, _withdrawFact);
        _add(at, IFacts.resign.selector, _resign);

        _addSlip("a fact's value", at, _stateFact);
        _addSlip("a fact's withdrawal", at, _withdrawFact);
        _addSlip("an issuer's resignation", at, _resignBySlip);
    }

    function _openFact() private returns (Act memory) {
        return _ofAnyone(abi.encodeCall(IFacts.open, (_definition())));
    }

    function _stateFact() private returns (Act memory) {
        return _ofAnyone(_statement(_opened()));
    }

    function _withdrawFact() private returns (Act memory) {
        (bytes32 fact, uint256 deadline) = (_opened(), block.timestamp + 1 days);
        (bool done,) = address(facts).call(_statement(fact));
        require(done);
        bytes32 typeHash =
            keccak256(abi.encodePacked("Withdraw(Fact fact,uint32 number,bytes32 source,uint256 deadline)", FACT));
        bytes[] memory signatures = _signedByRita(abi.encode(typeHash, fact, 2, bytes32("error"), deadline));
        return _ofAnyone(abi.encodeCall(IFacts.withdraw, (fact, 2, "error", deadline, 1, signatures)));
    }

    function _resign() private returns (Act memory) {
        return _ofParty(rita, abi.encodeCall(IFacts.resign, (_opened(), 0, 0, "")));
    }

    function _resignBySlip() private returns (Act memory) {
        (bytes32 fact, uint256 deadline) = (_opened(), block.timestamp + 1 days);
        bytes32 typeHash = keccak256(abi.encodePacked("Resign(Fact fact,address issuer,uint256 deadline)", FACT));
        bytes memory signature = _signedByRita(abi.encode(typeHash, fact, rita, deadline))[0];
        return _ofAnyone(abi.encodeCall(IFacts.resign, (fact, 0, deadline, signature)));
    }

    /// @dev The call that states its first value.
    function _statement(bytes32 fact) private view returns (bytes memory) {
        IFacts.Statement memory said =
            IFacts.Statement(fact, 1, 5, uint40(block.timestamp), "note", block.timestamp + 1 days);
        bytes32 typeHash = keccak256(
            abi.encodePacked(
                "State(Fact fact,uint32 number,int128 value,uint40 at,bytes32 source,uint256 deadline)", FACT
            )
        );
        return abi.encodeCall(IFacts.state, (said, 1, _signedByRita(abi.encode(typeHash, said))));
    }

    function _opened() private returns (bytes32) {
        return facts.open(_definition());
    }

    /// @dev Of another name each time: its first act is told from the others.
    function _definition() private returns (IFacts.Fact memory) {
        return IFacts.Fact(string.concat("wheat ", vm.toString(++_facts)), "EUR/t", 2, "", _one(rita), 1);
    }

    function _signedByRita(bytes memory slip) private view returns (bytes[] memory signatures) {
        signatures = new bytes[](1);
        signatures[0] = _signSlip(rita, "Facts", address(facts), keccak256(slip));
    }
}
