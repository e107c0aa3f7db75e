"""Programmes: aid, meals, vouchers, stamps and rewards, by a sealed roll of keys that are made for each of them."""
