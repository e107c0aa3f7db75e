// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Charges} from "contracts/land/Charges.sol";
import {LandRegister} from "contracts/land/LandRegister.sol";
import {IConveyance, SaleState, Terms} from "contracts/land/interfaces/IConveyance.sol";
import {Parcel, Title} from "contracts/land/interfaces/ILandRegister.sol";
import {IPlanning} from "contracts/land/interfaces/IPlanning.sol";
import {LandFixture} from "tests/forge/land/LandFixture.sol";

/// @title What a clerk with a notebook would know of the land after any run of acts
abstract contract LandLedger is LandFixture {
    mapping(string act => uint256) public calls;
    mapping(uint256 id => bytes32) public expectedRights;
    mapping(uint256 id => uint256) public expectedCharges;
    uint256 public area_m2;
    /// @notice The first act that should never have succeeded, and did.
    string public cheat;

    uint256[] internal _ids;
    uint256[] internal _sales;
    mapping(uint256 sale => bytes) internal _termsOf;
    mapping(bytes32 termsHash => bool) internal _preempted;
    // Everyone who may hold money or titles, under every key they ever had.
    address[] internal _people;
    uint256 private _next = 1000;

    function setUp() public virtual override {
        super.setUp();
        _people = [alice, bob, carol, bank, lender, departement, commune, state, study, commons];
        _people.push(address(conveyance));
        _people.push(address(register));
        for (uint256 i; i < 3; ++i) {
            _mint(_people[i], 100_000_000_00);
        }
        _mint(lender, 100_000_000_00);
        _know(house);
        _know(field);
        area_m2 = 1500;
        for (uint256 i; i < 4; ++i) {
            _register(_fresh(), 400, _people[i % 3]);
        }
        uint256[] memory ids = new uint256[](4);
        (ids[0], ids[1], ids[2], ids[3]) = (house, field, _ids[2], _ids[3]);
        vm.prank(clerk);
        planning.place(zone, ids);
        vm.prank(clerk);
        planning.setPermitRule(1, IPlanning.PermitRule(2 days, 700 days, 90 days));
    }

    function reg() external view returns (LandRegister) {
        return register;
    }

    function liens() external view returns (Charges) {
        return charges;
    }

    function titles() external view returns (uint256) {
        return _ids.length;
    }

    function titleAt(uint256 i) external view returns (uint256, Title memory) {
        return (_ids[i], register.titleOf(_ids[i]));
    }

    function rightsHash(uint256 id) public view returns (bytes32) {
        return keccak256(abi.encode(register.rightsOf(id)));
    }

    function openSales(uint256 id) external view returns (uint256 open) {
        for (uint256 i; i < _sales.length; ++i) {
            if (_sales[i] >> 16 == id && _isOpen(conveyance.saleOf(_sales[i]))) ++open;
        }
    }

    function escrowBalance() external view returns (uint256) {
        return currency.balanceOf(address(conveyance));
    }

    /// @dev Open sales' escrow, cancelled sales' refunds not taken, payouts not taken.
    function escrowDue() external view returns (uint256 due) {
        for (uint256 i; i < _sales.length; ++i) {
            IConveyance.Sale memory sale = conveyance.saleOf(_sales[i]);
            due += sale.escrow_cents;
            if (sale.state != SaleState.Cancelled) continue;
            Terms memory terms = abi.decode(_termsOf[_sales[i]], (Terms));
            for (uint256 j; j < terms.funding.length; ++j) {
                due += conveyance.shareOf(_sales[i], terms.funding[j].account).paid_cents;
            }
        }
        for (uint256 i; i < _people.length; ++i) {
            due += conveyance.owedTo(_people[i]);
        }
    }

    function money() external view returns (uint256 sum) {
        for (uint256 i; i < _people.length; ++i) {
            sum += currency.balanceOf(_people[i]);
        }
    }

    function supply() external view returns (uint256) {
        return currency.totalSupply();
    }

    function counted() external view returns (uint256 sum) {
        for (uint256 i; i < _people.length; ++i) {
            sum += register.balanceOf(_people[i]);
        }
    }

    /// @dev A call that must revert, whoever makes it.
    function _never(string memory act, address who, address target, bytes memory data) internal {
        vm.prank(who);
        (bool done,) = target.call(data);
        if (done && bytes(cheat).length == 0) cheat = act;
    }

    function _register(uint256 id, uint32 area, address holder) internal {
        _concur(address(register), abi.encodeCall(register.register, (Parcel(id, area, DEED), holder)));
        area_m2 += area;
        _know(id);
    }

    function _know(uint256 id) internal {
        _ids.push(id);
        _expect(id);
    }

    function _expect(uint256 id) internal {
        expectedRights[id] = rightsHash(id);
        expectedCharges[id] = charges.chargesOf(id).length;
    }

    /// @dev A charge that several titles share ends on all of them.
    function _recount() internal {
        for (uint256 i; i < _ids.length; ++i) {
            expectedCharges[_ids[i]] = charges.chargesOf(_ids[i]).length;
        }
    }

    function _isOpen(IConveyance.Sale memory sale) internal pure returns (bool) {
        return sale.state == SaleState.Agreed || sale.state == SaleState.Deposited;
    }

    /// @dev Mostly one of the latest few sales, so that some get to the end.
    function _sale(uint256 seed)
        internal
        view
        returns (uint256 sale, Terms memory terms, IConveyance.Sale memory current)
    {
        require(_sales.length != 0, "no sale yet");
        uint256 back = uint256(keccak256(abi.encode(seed))) % 3;
        sale = _sales[_sales.length > back ? _sales.length - 1 - back : 0];
        return (sale, abi.decode(_termsOf[sale], (Terms)), conveyance.saleOf(sale));
    }

    /// @dev True but once in `n`.
    function _notNow(uint256 seed, uint256 n) internal pure returns (bool) {
        return uint256(keccak256(abi.encode(n, seed))) % n != 0;
    }

    /// @dev Any title, rather a live one.
    function _pick(uint256 seed) internal view returns (uint256 id) {
        for (uint256 i; i < 8; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            id = _ids[seed % _ids.length];
            if (register.titleOf(id).flags == 1) return id;
        }
    }

    /// @dev One of three citizens, by today's key.
    function _actor(uint256 seed) internal view returns (address) {
        return residents.currentKeyOf(_people[seed % 3]);
    }

    function _fresh() internal returns (uint256) {
        uint256 n = ++_next;
        return parcelId("91216000ZZ0000") + (n / 1000 % 10 << 24) + (n / 100 % 10 << 16) + (n / 10 % 10 << 8) + n % 10;
    }
}
