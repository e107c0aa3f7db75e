"""Group commit: one transaction for many callers, each of whom gets its own answer, or its own error."""

import threading
from concurrent.futures import ThreadPoolExecutor

from beffroi.post.commits import GroupCommit


def test_one_that_cannot_be_written_does_not_spoil_the_commit_of_others():
    started, groups = threading.Event(), []

    def write(items):
        groups.append(len(items))
        if len(groups) == 1:
            started.wait(5)
        if -1 in items:
            raise ValueError("cannot be written")
        return items

    commit = GroupCommit(write)
    with ThreadPoolExecutor(8) as pool:
        answers = [pool.submit(commit, [number]) for number in (1, 2, -1, 3, 4)]
        while len(commit._waiting) < 4:
            pass
        started.set()
        assert [it.exception() is None for it in answers] == [True, True, False, True, True]
    assert groups[:2] == [1, 4]
