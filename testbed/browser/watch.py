"""What a page must never do: complain in the console, break its own content policy, talk to a stranger."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

VIOLATIONS = """
addEventListener("securitypolicyviolation", (violation) =>
  console.error(`CSP: ${violation.violatedDirective} refuses ${violation.blockedURI || violation.sourceFile}`));
"""

ORDINARY = ("The camera stream is only accessible if the page is transferred via https", "QrScanner has overwritten")
"""What the scanner's library says of any site without https, as ours is here, and of itself."""


@dataclass
class Watch:
    """Eyes on a browser context.

    Attributes:
        origins: those the dApp may speak to.
        faults: what went wrong, in the order seen.
        tolerated: patterns of what a test provokes on purpose.
    """

    origins: set[str]
    faults: list[str] = field(default_factory=list)
    tolerated: list[str] = field(default_factory=list)

    def over(self, context: Any) -> None:
        """Watches every page of a context."""
        context.add_init_script(VIOLATIONS)
        context.on("console", self._console)
        context.on("weberror", lambda thrown: self.faults.append(f"uncaught: {thrown.error}"))
        context.on("request", self._request)

    def tolerate(self, pattern: str) -> None:
        """A regular expression for what this test provokes on purpose."""
        self.tolerated.append(pattern)

    def verdict(self) -> list[str]:
        """Faults that no test asked for."""
        return [fault for fault in self.faults if not any(re.search(pattern, fault) for pattern in self.tolerated)]

    def _console(self, message: Any) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(ORDINARY):
            self.faults.append(f"console {message.type}: {message.text} ({message.location.get('url', '')})")

    def _request(self, request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"data", "blob", "file"}:
            return
        if f"{parts.scheme}://{parts.netloc}" not in self.origins:
            self.faults.append(f"a request to a stranger: {request.method} {request.url}")
