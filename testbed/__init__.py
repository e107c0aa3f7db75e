"""What tests and measurements stand on alike: chains that end with them, a town with voters or land, a browser."""
