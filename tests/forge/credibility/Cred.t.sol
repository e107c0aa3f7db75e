// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {Cred} from "contracts/credibility/Cred.sol";
import {ICred} from "contracts/credibility/interfaces/ICred.sol";
import {CredFixture} from "tests/forge/credibility/CredFixture.sol";

/// @title A token to look at
contract CredTest is CredFixture {
    function test_NobodyTransfersOrAllows() external {
        _pledged(1);
        address[3] memory all = [mayor, citizens[0], stranger];
        for (uint256 i; i < all.length; ++i) {
            vm.startPrank(all[i]);
            vm.expectRevert(ICred.Cred_NotTransferable.selector);
            cred.transfer(citizens[0], 1);
            vm.expectRevert(ICred.Cred_NotTransferable.selector);
            cred.transferFrom(mayor, citizens[0], 1);
            vm.expectRevert(ICred.Cred_NotTransferable.selector);
            cred.approve(all[i], 1);
            vm.stopPrank();
        }
        assertEq(cred.allowance(mayor, stranger), 0);
    }

    function test_NobodyMintsOrBurnsButThePromises() external {
        _pledged(1);
        address[] memory all = _everybody();
        for (uint256 i; i < all.length; ++i) {
            vm.startPrank(all[i]);
            bytes memory refusal = abi.encodeWithSelector(ICred.Cred_OnlyPromises.selector, all[i]);
            vm.expectRevert(refusal);
            cred.mint(all[i], 1);
            vm.expectRevert(refusal);
            cred.burn(mayor, 1);
            vm.stopPrank();
        }
    }

    function test_MoreThanThereIsCannotBurn() external {
        Cred own = Cred(deployCode("Cred.sol:Cred", abi.encode(address(this), "Cred", "CRED")));
        own.mint(mayor, 5);
        vm.expectRevert(abi.encodeWithSelector(ICred.Cred_BurnExceedsBalance.selector, mayor, 5, 6));
        own.burn(mayor, 6);
        own.burn(mayor, 5);
        assertEq(own.totalSupply(), 0);
    }

    function test_WhatIsMintedAndBurntIsHeldAndTold() external {
        Cred own = Cred(deployCode("Cred.sol:Cred", abi.encode(address(this), "Cred", "CRED")));
        vm.expectEmit(address(own));
        emit IERC20.Transfer(address(0), mayor, 5);
        own.mint(mayor, 5);
        assertEq(own.balanceOf(mayor), 5);
        assertEq(own.totalSupply(), 5);
        vm.expectEmit(address(own));
        emit IERC20.Transfer(mayor, address(0), 3);
        own.burn(mayor, 3);
        assertEq(own.balanceOf(mayor), 2);
        assertEq(own.totalSupply(), 2);
    }

    function test_AWalletShowsIt() external view {
        assertEq(cred.name(), "Cred");
        assertEq(cred.symbol(), "CRED");
        assertEq(cred.decimals(), 0);
        assertEq(cred.promises(), address(promises));
    }
}
