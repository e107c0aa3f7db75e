"""The chain as a service: JSON-RPC, built contracts, signed transactions."""
