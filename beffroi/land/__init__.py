"""The land register off chain: parcels, shares, taxes, and the papers drawn from them."""
