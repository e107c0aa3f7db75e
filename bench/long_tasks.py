"""What keeps a page from answering, as its browser tells it."""

LONG_TASKS = """
window.tasks = [];
new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map((it) => it.duration)))
  .observe({ type: "longtask" });
"""
"""Keeps the milliseconds of tasks in `window.tasks`; one under 50 ms is none that a browser tells of."""
