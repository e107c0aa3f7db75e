"""An audit over many machines: the same function, handed to Dask (the extra ``cluster``).

Example:
    >>> with cluster("tcp://scheduler:8786") as executor:
    ...     print(audit(events, site, roll, executor).text())
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, cast

import distributed

from beffroi.ballots.parallel import cores

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

# Dask is not typed.
_CLIENT: Final[Any] = distributed.Client
_LOCAL: Final[Any] = distributed.LocalCluster


@contextmanager
def cluster(scheduler: str | None = None, workers: int | None = None) -> Iterator[Executor]:
    """Where an audit may run: the cluster of a scheduler, or one of this machine's processes.

    Chunks travel to whichever worker is free, and their reports come back in order; each machine needs this package
    and nothing else. Nothing is trusted more than on one machine: a lying worker is a lying auditor.

    Args:
        scheduler: its address; a local cluster is started, and stopped in the end, when there is none.
        workers: processes of the local cluster; one a core by default.
    """
    if scheduler is not None:
        with _CLIENT(scheduler) as client:
            yield cast("Executor", client.get_executor(pure=False))
        return
    local = _LOCAL(n_workers=workers or cores(), threads_per_worker=1, dashboard_address=None)
    with local, _CLIENT(local) as client:
        yield cast("Executor", client.get_executor(pure=False))
