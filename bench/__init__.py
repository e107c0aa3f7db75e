"""Gas, speed and memory, measured side by side with the field's contracts in one run."""
