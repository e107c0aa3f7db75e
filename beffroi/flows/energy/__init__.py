"""Energy shared next door (*autoconsommation collective*): curves, keys, tariffs, bills. docs/energy.md."""
