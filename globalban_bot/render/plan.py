"""A plan for the terminal: what would be edited, why, and how the pages would change."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.plan import PageEdit, Plan, SkipReason
from globalban_bot.render.escape import for_terminal


def render_plan(plan: Plan, messages: Messages, *, diffs: bool = True) -> str:
    """Return a plan as text; the same in a dry run, in a test and before the question.

    :param diffs: also how each page changes, line by line
    """
    return '\n'.join(_lines(plan, messages, diffs)) + '\n'


def _lines(plan: Plan, messages: Messages, diffs: bool) -> Iterator[str]:
    yield messages.get('plan-edits', len(plan.edits)) if plan.edits else messages.get('plan-nothing')
    for edit in plan.edits:
        yield f'  {edit.title}: {messages.get(f"why-{edit.why.value}")} ({edit.summary})'
        if diffs:
            yield from (f'    {line}' for line in diff(edit))
    left = [one for one in plan.left if one.reason is not SkipReason.SAME]
    if left:
        yield messages.get('plan-left')
    for one in left:
        key = one.reason.value.replace(' ', '-')
        detail = f' ({one.detail})' if one.detail else ''
        yield f'  {one.title}: {messages.get(f"left-{key}")}{detail}'


def diff(edit: PageEdit) -> Iterator[str]:
    """Yield the lines that go and come, without the marker and without control characters."""
    before, after = edit.before.body.splitlines(), edit.after.body.splitlines()
    lines = unified_diff(before, after, lineterm='', n=1)
    # What stands before a line says whether it goes, comes or stays; it may be a blank.
    return (line[0] + for_terminal(line[1:], 500) for at, line in enumerate(lines) if at > 1)
