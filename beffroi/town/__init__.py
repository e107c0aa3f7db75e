"""A town from one file: configuration, plan, deployment, check."""
