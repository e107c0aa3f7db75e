// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Right} from "contracts/land/interfaces/ILandRegister.sol";
import {Loan, Payment, Payoff, Terms} from "contracts/land/interfaces/SaleTypes.sol";
import {LandFixture} from "tests/forge/land/LandFixture.sol";

/// @title The digests that parties sign, against Foundry's own EIP-712
contract DeedHashTest is LandFixture {
    string private constant TYPES = string.concat(
        '{"types":{"EIP712Domain":[{"name":"name","type":"string"},{"name":"version","type":"string"},{"name":"chainId","type":"uint256"},{"name":"verifyingContract","type":"address"}],',
        '"Loan":[{"name":"lender","type":"address"},{"name":"amount_cents","type":"uint256"},{"name":"dueDay","type":"uint256"}],',
        '"Payment":[{"name":"account","type":"address"},{"name":"amount_cents","type":"uint256"}],',
        '"Payoff":[{"name":"charge","type":"uint256"},{"name":"paid_cents","type":"uint256"},{"name":"stays","type":"bool"}],',
        '"Right":[{"name":"holder","type":"address"},{"name":"kind","type":"uint8"},{"name":"shares","type":"uint24"}],',
        '"Terms":[{"name":"title","type":"uint256"},{"name":"version","type":"uint256"},{"name":"price_cents","type":"uint256"},{"name":"tax_cents","type":"uint256"},{"name":"deposit_cents","type":"uint256"},{"name":"usufruct_bps","type":"uint256"},{"name":"conditions","type":"uint256"},{"name":"depositBy","type":"uint256"},{"name":"retractUntil","type":"uint256"},{"name":"conditionsBy","type":"uint256"},{"name":"settleBy","type":"uint256"},{"name":"documentHash","type":"bytes32"},{"name":"loan","type":"Loan"},{"name":"sold","type":"Right[]"},{"name":"bought","type":"Right[]"},{"name":"fees","type":"Payment[]"},{"name":"payoffs","type":"Payoff[]"},{"name":"funding","type":"Payment[]"}],',
        '"Compromis":[{"name":"terms","type":"Terms"}],',
        '"Deed":[{"name":"sale","type":"uint256"},{"name":"terms","type":"Terms"}],',
        '"Amendment":[{"name":"sale","type":"uint256"},{"name":"from","type":"bytes32"},{"name":"terms","type":"Terms"}],',
        '"Rescission":[{"name":"sale","type":"uint256"}],"Retraction":[{"name":"sale","type":"uint256"}]},'
    );

    Terms private terms;

    function setUp() public override {
        super.setUp();
        _inscribe(house, bank, 100_000_00);
        Terms memory some = _terms();
        some.loan = Loan(lender, 5, 30_000);
        (some.usufruct_bps, some.conditions) = (4000, 3);
        some.funding = new Payment[](2);
        (some.funding[0], some.funding[1]) = (Payment(bob, 1), Payment(lender, 5));
        _keep(some, terms);
    }

    function test_TheCompromisIsHashedAsEip712Says() public view {
        assertEq(conveyance.compromisDigest(terms), _typed("Compromis", _terms712()));
    }

    function test_TheDeedIsHashedAsEip712Says() public view {
        assertEq(
            conveyance.deedDigest(7, conveyance.hashTerms(terms)),
            _typed("Deed", string.concat('"sale":"7",', _terms712()))
        );
    }

    function test_AnAmendmentIsHashedAsEip712Says() public view {
        string memory message = string.concat('"sale":"7","from":"', vm.toString(DEED), '",', _terms712());
        assertEq(conveyance.amendmentDigest(7, DEED, conveyance.hashTerms(terms)), _typed("Amendment", message));
    }

    function test_GivingUpIsHashedAsEip712Says() public view {
        assertEq(conveyance.rescissionDigest(7), _typed("Rescission", '"sale":"7"'));
        assertEq(conveyance.retractionDigest(7), _typed("Retraction", '"sale":"7"'));
    }

    function test_AnAccountThatIsMoreThanAnAddressOpensNoSale() public {
        Terms memory some = _terms();
        bytes memory clean = abi.encode(some);
        uint256 tried;
        for (uint256 place = 32; place < clean.length; place += 32) {
            address who = address(uint160(_word(clean, place)));
            if (keyOf[who] == 0 && who != study) continue;
            assertFalse(_opens(some, _with(clean, place, _word(clean, place) | 1 << 255)));
            ++tried;
        }
        assertEq(tried, 4); // who sells, buys, is paid a fee, pays
        assertTrue(_opens(some, clean));
    }

    /// @dev Whether terms in these words, whose hash everybody signed, open a sale.
    function _opens(Terms memory some, bytes memory encoded) private returns (bool opened) {
        (, bytes memory digest) =
            address(conveyance).staticcall(bytes.concat(conveyance.compromisDigest.selector, encoded));
        bytes memory signatures = abi.encode(_signatures(some, abi.decode(digest, (bytes32)), 0));
        bytes memory act = bytes.concat(
            conveyance.open.selector,
            bytes32(uint256(64)),
            bytes32(32 + encoded.length),
            this.rest(encoded),
            this.rest(signatures)
        );
        vm.prank(notary);
        (opened,) = address(conveyance).call(act);
    }

    /// @dev Without the first word, which says where the value is.
    function rest(bytes calldata encoded) external pure returns (bytes memory) {
        return encoded[32:];
    }

    function _with(bytes memory encoded, uint256 place, uint256 word) private pure returns (bytes memory copy) {
        copy = bytes.concat(encoded);
        assembly ("memory-safe") {
            mstore(add(add(copy, 0x20), place), word)
        }
    }

    function _word(bytes memory encoded, uint256 place) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := mload(add(add(encoded, 0x20), place))
        }
    }

    function _typed(string memory primary, string memory message) private view returns (bytes32) {
        return vm.eip712HashTypedData(
            string.concat(
                TYPES,
                '"primaryType":"',
                primary,
                '","domain":{"name":"Conveyance","version":"1","chainId":31337,"verifyingContract":"',
                vm.toString(address(conveyance)),
                '"},"message":{',
                message,
                "}}"
            )
        );
    }

    function _terms712() private view returns (string memory) {
        Terms memory t = terms;
        string memory head = string.concat(
            '"terms":{',
            _number("title", t.title),
            _number("version", t.version),
            _number("price_cents", t.price_cents),
            _number("tax_cents", t.tax_cents),
            _number("deposit_cents", t.deposit_cents),
            _number("usufruct_bps", t.usufruct_bps),
            _number("conditions", t.conditions)
        );
        head = string.concat(
            head,
            _number("depositBy", t.depositBy),
            _number("retractUntil", t.retractUntil),
            _number("conditionsBy", t.conditionsBy),
            _number("settleBy", t.settleBy),
            '"documentHash":"',
            vm.toString(t.documentHash),
            '",'
        );
        string memory loan = string.concat(
            '"loan":{"lender":"',
            vm.toString(t.loan.lender),
            '",',
            _number("amount_cents", t.loan.amount_cents),
            '"dueDay":"',
            vm.toString(t.loan.dueDay),
            '"},'
        );
        return string.concat(
            head,
            loan,
            '"sold":[',
            _right(t.sold[0]),
            '],"bought":[',
            _right(t.bought[0]),
            '],"fees":[',
            _payment(t.fees[0]),
            '],"payoffs":[',
            _payoff(t.payoffs[0]),
            string.concat('],"funding":[', _payment(t.funding[0]), ",", _payment(t.funding[1]), "]}")
        );
    }

    function _number(string memory name, uint256 value) private pure returns (string memory) {
        return string.concat('"', name, '":"', vm.toString(value), '",');
    }

    function _right(Right memory r) private pure returns (string memory) {
        return string.concat(
            '{"holder":"',
            vm.toString(r.holder),
            '",',
            _number("kind", uint256(r.kind)),
            '"shares":"',
            vm.toString(uint256(r.shares)),
            '"}'
        );
    }

    function _payment(Payment memory p) private pure returns (string memory) {
        return
            string.concat(
                '{"account":"', vm.toString(p.account), '","amount_cents":"', vm.toString(p.amount_cents), '"}'
            );
    }

    function _payoff(Payoff memory p) private pure returns (string memory) {
        return string.concat(
            "{",
            _number("charge", p.charge),
            _number("paid_cents", p.paid_cents),
            '"stays":',
            p.stays ? "true" : "false",
            "}"
        );
    }
}
