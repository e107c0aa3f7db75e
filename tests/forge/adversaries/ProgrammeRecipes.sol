// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ITill} from "contracts/currency/interfaces/ITill.sol";
import {IProgrammes} from "contracts/currency/interfaces/IProgrammes.sol";
import {Act} from "tests/forge/adversaries/Acts.sol";
import {CreditRecipes} from "tests/forge/adversaries/CreditRecipes.sol";

/// @title How the acts of programmes succeed: Rita helps a newcomer, who spends at Sam's; they stand for the aid's
abstract contract ProgrammeRecipes is CreditRecipes {
    string private constant GRANT =
        "Grant(bytes32 programme,address granter,address holder,uint32 units,bytes32 act,uint256 deadline)";

    function setUp() public virtual override {
        super.setUp();
        address at = address(programmes);
        _add(at, IProgrammes.acceptSpend.selector, _acceptSpend);
        _add(at, IProgrammes.accredit.selector, _accreditMerchant);
        _add(at, IProgrammes.allow.selector, _allowGranter);
        _add(at, IProgrammes.fund.selector, _fundAid);
        _add(at, IProgrammes.fundBySlip.selector, _fundAidBySlip);
        _add(at, IProgrammes.grant.selector, _grantUnits);
        _add(at, IProgrammes.open.selector, _openProgramme);
        _add(at, IProgrammes.reclaim.selector, _reclaim);
        _add(at, IProgrammes.refund.selector, _refundSpend);
        _add(at, IProgrammes.refundBySlip.selector, _refundSpendBySlip);
        _add(at, IProgrammes.spend.selector, _spendUnits);
        _add(at, IProgrammes.spendBatch.selector, _spendBatch);
        _add(at, IProgrammes.void.selector, _voidKey);
        _add(at, ITill.withdraw.selector, _withdrawPay);
        _add(at, ITill.withdrawTo.selector, _withdrawPayTo);

        _addSlip("a programme's money", at, _fundAidBySlip);
        _addSlip("a grant", at, _grantBySlip);
        _addSlip("a refund", at, _refundSpendBySlip);
        _addSlip("a spend", at, _spendUnits);
        _addList("spends", at, _spendBatch);
        _addSlip("a merchant's credit", at, _withdrawPayTo);
    }

    /// @dev A programme of a day, whose parts stand for the aid's.
    function _ownAid(address merchant) private returns (Aid memory own) {
        address holder = _newcomer();
        own = _openAid(_aidTerms(rita, _paper(), 24, 1, holder), merchant, holder);
        _stands(own.id, aid.id);
        _stands(_word(holder), _word(aid.holder));
    }

    function _helped() private returns (Aid memory) {
        return _ownAid(sam);
    }

    function _openProgramme() private returns (Act memory) {
        IProgrammes.Terms memory own = _aidTerms(rita, _paper(), 24, 1, _newcomer());
        return _ofParty(rita, abi.encodeCall(IProgrammes.open, (own)));
    }

    function _fundAid() private returns (Act memory) {
        Aid memory own = _helped();
        _mint(rita, SOME_UNITS);
        vm.prank(rita);
        currency.approve(address(programmes), SOME_UNITS);
        return _ofParty(rita, abi.encodeCall(IProgrammes.fund, (own.id, SOME_UNITS)));
    }

    function _fundAidBySlip() private returns (Act memory) {
        Aid memory own = _helped();
        (bytes32 salt, uint256 before) = (_paper(), block.timestamp + 1 days);
        bytes memory signature = _payment(rita, programmes.fundPurpose(own.id), salt, before);
        return _ofAnyone(abi.encodeCall(IProgrammes.fundBySlip, (own.id, rita, SOME_UNITS, 0, before, salt, signature)));
    }

    function _accreditMerchant() private returns (Act memory) {
        Aid memory own = _helped();
        return _ofParty(rita, abi.encodeCall(IProgrammes.accredit, (own.id, _one(sam), new uint24[](1))));
    }

    function _allowGranter() private returns (Act memory) {
        return _ofParty(rita, abi.encodeCall(IProgrammes.allow, (_helped().id, sam, 1)));
    }

    function _voidKey() private returns (Act memory) {
        Aid memory own = _helped();
        return _ofParty(rita, abi.encodeCall(IProgrammes.void, (own.id, own.holder)));
    }

    function _grantUnits() private returns (Act memory) {
        Aid memory own = _helped();
        IProgrammes.Grant memory grant = IProgrammes.Grant(sam, own.holder, SOME_UNITS, _paper(), 0, "");
        return _ofParty(sam, abi.encodeCall(IProgrammes.grant, (own.id, grant)));
    }

    function _grantBySlip() private returns (Act memory) {
        Aid memory own = _helped();
        IProgrammes.Grant memory grant =
            IProgrammes.Grant(sam, own.holder, SOME_UNITS, _paper(), block.timestamp + 1 days, "");
        bytes memory words = abi.encode(own.id, sam, own.holder, SOME_UNITS, grant.act, grant.deadline);
        grant.signature = _signedIn(sam, bytes.concat(keccak256(bytes(GRANT)), words));
        return _ofAnyone(abi.encodeCall(IProgrammes.grant, (own.id, grant)));
    }

    function _spendUnits() private returns (Act memory) {
        Aid memory own = _helped();
        return _ofAnyone(abi.encodeCall(IProgrammes.spend, (own.id, _signedSpend(own, 1), _placeIn(own))));
    }

    function _spendBatch() private returns (Act memory) {
        Aid memory own = _helped();
        IProgrammes.Spend[] memory spends = new IProgrammes.Spend[](1);
        spends[0] = _signedSpend(own, 1);
        return _ofAnyone(abi.encodeCall(IProgrammes.spendBatch, (own.id, spends, _placeIn(own))));
    }

    function _acceptSpend() private returns (Act memory) {
        Aid memory own = _helped();
        _spendOn(own, 1);
        return _ofParty(address(programmes), abi.encodeCall(IProgrammes.acceptSpend, (own.id, _signedSpend(own, 2))));
    }

    function _refundSpend() private returns (Act memory) {
        Aid memory own = _helped();
        IProgrammes.Spend memory spend = _spendOn(own, 1);
        vm.prank(sam);
        currency.approve(address(programmes), SOME_UNITS);
        return _ofParty(sam, abi.encodeCall(IProgrammes.refund, (own.id, spend, SOME_UNITS)));
    }

    function _refundSpendBySlip() private returns (Act memory) {
        Aid memory own = _helped();
        IProgrammes.Spend memory spend = _spendOn(own, 1);
        (bytes32 salt, uint256 before) = (_paper(), block.timestamp + 1 days);
        bytes32 purpose = programmes.refundPurpose(programmes.hashSpend(own.id, spend), SOME_UNITS);
        bytes memory signature = _payment(sam, purpose, salt, before);
        return
            _ofAnyone(abi.encodeCall(IProgrammes.refundBySlip, (own.id, spend, SOME_UNITS, 0, before, salt, signature)));
    }

    function _reclaim() private returns (Act memory) {
        Aid memory own = _helped();
        vm.warp(block.timestamp + 1 days);
        return _ofAnyone(abi.encodeCall(IProgrammes.reclaim, (own.id)));
    }

    /// @dev A merchant could not be paid while a court froze the account.
    function _unpaid() private returns (address merchant) {
        merchant = _citizen();
        Aid memory own = _ownAid(merchant);
        vm.prank(court);
        currency.freeze(merchant, DEED);
        _spendOn(own, 1);
        vm.prank(court);
        currency.unfreeze(merchant, DEED);
        _stands(_word(merchant), _word(bob));
    }

    function _withdrawPay() private returns (Act memory) {
        return _ofAnyone(abi.encodeCall(ITill.withdraw, (_unpaid())));
    }

    function _withdrawPayTo() private returns (Act memory) {
        (address payee, uint256 deadline) = (_unpaid(), block.timestamp + 1 days);
        bytes32 typeHash = keccak256("Withdrawal(address payee,address to,uint256 deadline)");
        bytes memory signature = _signedIn(payee, abi.encode(typeHash, payee, rita, deadline));
        return _ofAnyone(abi.encodeCall(ITill.withdrawTo, (payee, rita, deadline, signature)));
    }

    /// @dev Money for the programmes, for a purpose.
    function _payment(address payer, bytes32 purpose, bytes32 salt, uint256 before) private returns (bytes memory) {
        _mint(payer, SOME_UNITS);
        bytes32 typeHash = currency.RECEIVE_WITH_AUTHORIZATION_TYPEHASH();
        bytes32 nonce = programmes.slipNonce(purpose, salt);
        bytes memory slip = abi.encode(typeHash, payer, address(programmes), SOME_UNITS, 0, before, nonce);
        return _signSlip(payer, "Beffroi", address(currency), keccak256(slip));
    }

    function _signedIn(address who, bytes memory slip) private view returns (bytes memory) {
        return _signSlip(who, "Programmes", address(programmes), keccak256(slip));
    }
}
