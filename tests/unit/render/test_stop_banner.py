"""What readers see only while the bot is stopped; how MediaWiki takes it: ``tests/farm/test_kit.py``."""

from __future__ import annotations

from globalban_bot.render.multilingual import in_languages
from globalban_bot.render.stop_banner import while_stopped


def test_length_first() -> None:
    """It should not call a page that is longer than the one word: what stands there would act."""
    assert while_stopped('A/Run', 'stopped', 'running') == (
        '{{#ifeq: {{#ifeq: {{PAGESIZE:A/Run|R}} | 3 | {{A/Run}} }} | run | running | stopped }}'
    )


def test_in_several_languages() -> None:
    """It should be of one piece where it stands in a case of its own for each language."""
    look = while_stopped('A/Run', '<p>[[A/Run|why]]</p>')
    page = in_languages(lambda messages: f'{messages.language} {look} | x', ['de'])
    assert page.count(look) == 2
    assert page.count('{{!}} x') == 2
