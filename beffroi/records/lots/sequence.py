"""In which order events are taken, and which lots are made of themselves. Iterative, linear in what events name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from beffroi.records.lots.event import MAKING, EventKind, LotEvent

_RANK: Final = {kind: rank for rank, kind in enumerate(EventKind)}


def in_order(events: Sequence[LotEvent]) -> list[int]:
    """The places of events by moment; at one moment what makes comes before what takes.

    Args:
        events: those that are heard, in the order of the chain.
    """
    depths = _depths(events)

    def key(place: int) -> tuple[int, int, int, int]:
        event = events[place]
        return event.at_ms, depths[place], _RANK[event.kind], place

    return sorted(range(len(events)), key=key)


def cycles(transformed: Iterable[tuple[Iterable[str], Iterable[str]]]) -> list[tuple[str, ...]]:
    """The lots that are made of themselves, at any depth: those of each knot together, by name.

    Args:
        transformed: of each transformation, what it took and what it made.
    """
    made_of: dict[str, set[str]] = defaultdict(set)
    for taken, made in transformed:
        # By way of the event, so that many inputs of many outputs are not each with each.
        knot = f"\n{len(made_of)}"
        made_of[knot] |= {*taken}
        for name in made:
            made_of[name].add(knot)
    knots = [component for component in _components(made_of) if len(component) > 1]
    return sorted(tuple(sorted(name for name in knot if not name.startswith("\n"))) for knot in knots)


def _depths(events: Sequence[LotEvent]) -> list[int]:
    """How many events stand behind each at most; 0 in and behind a knot."""
    makers: dict[str, int] = defaultdict(int)
    for event in events:
        for output in event.outputs:
            makers[output.name] += 1
    takers: dict[str, list[int]] = defaultdict(list)
    waits = []
    for place, event in enumerate(events):
        made = [it.name for it in event.inputs if it.name in makers]
        waits.append(len(made))
        for name in made:
            takers[name].append(place)
    depths, lots = [0] * len(events), dict.fromkeys(makers, 0)
    ready = [place for place, wait in enumerate(waits) if not wait]
    for place in ready:
        for output in events[place].outputs if events[place].kind in MAKING else ():
            lots[output.name] = max(lots[output.name], depths[place] + 1)
            makers[output.name] -= 1
            for taker in takers[output.name] if not makers[output.name] else ():
                depths[taker] = max(depths[taker], lots[output.name])
                waits[taker] -= 1
                if not waits[taker]:
                    ready.append(taker)
    return [0 if waits[place] else depth for place, depth in enumerate(depths)]


def _components(edges: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """Those of a directed graph (Kosaraju): what reaches each other."""
    back: dict[str, list[str]] = defaultdict(list)
    for node, others in edges.items():
        for other in others:
            back[other].append(node)
    left: list[str] = []
    seen: set[str] = set()
    for start in edges:
        left += _leaving(start, edges, seen)
    reached: set[str] = set()
    for start in reversed(left):
        if start in reached:
            continue
        reached.add(start)
        component = [start]
        for node in component:
            new = [other for other in back.get(node, ()) if other not in reached]
            reached.update(new)
            component += new
        yield component


def _leaving(start: str, edges: Mapping[str, set[str]], seen: set[str]) -> list[str]:
    """What is reached from a node and was not seen, each after all that it reaches."""
    if start in seen:
        return []
    seen.add(start)
    left, path = [], [(start, iter(edges.get(start, ())))]
    while path:
        node, others = path[-1]
        following = next((other for other in others if other not in seen), None)
        if following is None:
            left.append(node)
            path.pop()
        else:
            seen.add(following)
            path.append((following, iter(edges.get(following, ()))))
    return left
