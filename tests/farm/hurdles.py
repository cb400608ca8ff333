"""What can stand in an edit's way: settings for ``Farm.switch``, one for each kind of refusal.

    with farm.switch('metawiki', **hurdles.CAPTCHA): ...

A switch inside another replaces its list of extensions; for two kinds at once, name both in one ``load``.
A plain account meets them all. Bots and administrators pass the captchas, administrators the list of titles,
from MediaWiki 1.43 on bots the list of links.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Filters are made by ``Farm.create_filter``, inside the block.
ABUSE_FILTER: Mapping[str, Any] = {'load': ['AbuseFilter']}

#: A sum to do at every edit.
CAPTCHA: Mapping[str, Any] = {'load': ['ConfirmEdit'], 'wgCaptchaTriggers': {'edit': True, 'create': True}}

#: A question at every edit, with one right answer.
QUESTION: Mapping[str, Any] = {
    'load': ['ConfirmEdit', 'ConfirmEdit/QuestyCaptcha'],
    'wgCaptchaClass': 'QuestyCaptcha',
    'wgCaptchaQuestions': {'What colour is snow?': 'white'},
    'wgCaptchaTriggers': {'edit': True, 'create': True},
}

#: Links are refused that fit a line (a regular expression) of MediaWiki:Spam-blacklist on the same wiki.
SPAM_LIST: Mapping[str, Any] = {'load': ['SpamBlacklist']}

#: Titles are refused that fit a line of MediaWiki:Titleblacklist; "<noedit>" after it is for edits, too.
TITLE_LIST: Mapping[str, Any] = {'load': ['TitleBlacklist']}
