"""A real Chromium, a wallet that signs with real keys, and eyes for what a page must not do."""
