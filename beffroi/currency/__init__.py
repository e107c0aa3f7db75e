"""The local currency: issuing, paying, changing back, and the figures that its events tell."""
