"""Judge what the doctor has read: each check says OK, or what to do. Pure: it reads nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, TypeAlias, TypeVar

from globalban_bot.decide.page_edits import PlanContext, skip_reason
from globalban_bot.errors import GlobalbanError, UserError, WikiError
from globalban_bot.gather.environment import BotAccount, Newest, PywikibotConfig, Wiki
from globalban_bot.model.owned import CurrentPage, DesiredFacts
from globalban_bot.model.plan import SkipReason
from globalban_bot.model.policy import Policy
from globalban_bot.model.settings import InForce
from globalban_bot.policy.loader import load_policy
from globalban_bot.profiles.loader import Profile
from globalban_bot.render.escape import one_line

NOT_CHECKED = 'mend first what stands above'
#: What runs the bot, at least.
LEAST = {'Python': '3.11', 'pywikibot': '9.4', 'MediaWiki': '1.39'}
MOST_CLOCK_ERROR = timedelta(seconds=60)
#: What the bot must be allowed to do, and the grant of a bot password that gives it.
GRANTS = {
    'edit': 'Edit existing pages',
    'createpage': 'Create, edit, and move pages',
    'editmyuserjson': 'Edit your user preferences and JSON configuration',
    'writeapi': 'Basic rights',
    'bot': 'High-volume (bot) access',
    'apihighlimits': 'High-volume (bot) access',
}
#: The grants to choose; the basic one comes with any login. The documents name the same, in this order.
CHOSEN_GRANTS = tuple(dict.fromkeys(grant for grant in GRANTS.values() if grant != GRANTS['writeapi']))
#: From here on ``writeapi`` is no right that has to be given.
_WITHOUT_WRITEAPI = (1, 40)
_OF_THE_FLAG = {'bot', 'apihighlimits'}

LIMITS = {'put_throttle': 10, 'max_retries': 5}

_LEFT = {
    SkipReason.REMOVED: '{} was deleted or moved away, and the bot never makes it again; '
    'ask who did it, and whether it can be restored',
    SkipReason.OTHER_MODEL: '{} is no wikitext; ask an administrator to change its content model to wikitext',
    SkipReason.HANDS_OFF: '{0} was edited by somebody else, so the bot leaves it alone; read why, talk '
    'to them, then --rearm {0} takes it back',
    SkipReason.FORGOTTEN: '{} was blanked for good; ask an administrator to restore an earlier revision',
}


@dataclass(frozen=True)
class Check:
    """What was found of one thing.

    :param name: of the thing
    :param ok: whether it is as it should be
    :param text: how it is; where that is wrong, also what to do
    :param code: exit code where it is wrong: whether it is ours to mend, or the wiki said no
    :param note: whether it is as it should be, with something to know
    """

    name: str
    ok: bool
    text: str
    code: int = UserError.exit_code
    note: bool = False

    def __str__(self) -> str:
        state = 'NOTE' if self.note else 'OK' if self.ok else 'MEND'
        return f'{state:6}{self.name}: {one_line(self.text, 1000)}'


T = TypeVar('T')
Read: TypeAlias = T | GlobalbanError
"""What was read of the wiki, or why it could not be."""


@dataclass(frozen=True)
class Pages:
    """The bot's pages, and what keeps it from editing; each is read by itself, and may fail by itself.

    :param states: how they stand, by title
    :param barred: codes of the reasons for which the wiki would refuse an edit, by title
    :param stopped: what the stop page says against editing; None where it says "run"
    :param policy: the newest revision of the policy's page; None where the wiki has none
    :param in_force: the settings on the wiki
    """

    states: Read[Mapping[str, CurrentPage]]
    barred: Read[Mapping[str, tuple[str, ...]]]
    stopped: str | None
    policy: Read[Newest | None] = None
    in_force: Read[InForce] = field(default_factory=InForce)


def judge_versions(versions: Mapping[str, str | None]) -> Iterator[Check]:
    """Judge the versions of what the bot is built on."""
    for name, version in versions.items():
        ok = version is not None and parts(version) >= parts(LEAST[name])
        mend = f'{version or "not there"}; {LEAST[name]} or later is needed'
        yield Check(name, ok, version if ok and version else mend)


def judge_settings(settings: PywikibotConfig, profile: Profile) -> Iterator[Check]:
    """Judge what the configuration says."""
    yield Check('configuration', True, str(settings.path))
    yield _judge_site(settings, profile)
    yield judge_name(settings.account)
    yield judge_contact(settings.contact)
    for name, most in LIMITS.items():
        value = getattr(settings, name)
        ok = value <= most
        yield Check(name, ok, f'{value}' if ok else f'{value}; set it to {most} or less in user-config.py')
    ok = settings.cache_writable
    mend = '' if ok else ' cannot be written; change its mode or its owner'
    yield Check('cache folder', ok, f'{settings.cache}{mend}')
    yield judge_elsewhere(settings.no_login_elsewhere)


def judge_elsewhere(why: str | None) -> Check:
    """Judge whether the bot could log in on other wikis; it need not, unless it delivers notices by edits.

    :param why: it cannot; None where it can
    """
    if why is None:
        return Check('other wikis', True, 'the bot can log in there, as -engine:direct needs it')
    text = f'-engine:direct cannot log in there: {why}; see user-config.py.sample (all else works without)'
    return Check('other wikis', True, text, note=True)


def _judge_site(settings: PywikibotConfig, profile: Profile) -> Check:
    found, wanted = ':'.join(settings.site), f'{profile.family}:{profile.code}'
    mend = f'{found}; set family to {profile.family!r} and mylang to {profile.code!r} in user-config.py'
    return Check('site', found == wanted, found if found == wanted else mend)


def judge_name(name: str | None) -> Check:
    """Judge the name of the account: policy wants "bot" in it, tact wants no "ban"."""
    if not name:
        return Check('account name', False, 'not set; set usernames in user-config.py')
    if 'ban' in name.lower():
        return Check('account name', False, f'{name} has "ban" in it, which judges; choose another account')
    if 'bot' not in name.lower():
        text = f'{name} has no "bot" in it, which the bot policy asks for; choose another account'
        return Check('account name', False, text)
    return Check('account name', True, name)


def judge_contact(contact: str | None) -> Check:
    """Judge what the User-Agent says of the operator."""
    if contact and 'example.org' not in contact:
        return Check('contact', True, contact)
    trouble = 'is that of the sample' if contact else 'is not set'
    text = f'user_agent_description {trouble}; say in user-config.py how the operator can be reached'
    return Check('contact', False, text)


def judge_wiki(wiki: Wiki) -> Iterator[Check]:
    """Judge the version of the wiki, and the clock of this machine by the wiki's."""
    least = LEAST['MediaWiki']
    ok = parts(wiki.generator) >= parts(least)
    text = wiki.generator if ok else f'{wiki.generator}; the bot knows {least} and later'
    yield Check('MediaWiki', ok, text, WikiError.exit_code)
    apart = abs(wiki.here - wiki.time)
    ok = apart <= MOST_CLOCK_ERROR
    text = f'{apart.total_seconds():.0f} seconds from that of the wiki'
    yield Check('clock', ok, text if ok else f'{text}; set the clock of this machine (NTP)')


def judge_account(
    account: BotAccount, settings: PywikibotConfig | GlobalbanError, wiki: Wiki | GlobalbanError
) -> Iterator[Check]:
    """Judge who the bot is to the wiki."""
    code = WikiError.exit_code
    wanted = settings.account if isinstance(settings, PywikibotConfig) else None
    ok = account.name == wanted
    mend = f'as {account.name}, not as {wanted}; delete the *.lwp files in the folder, and log in again'
    yield Check('login', ok, f'as {account.name}' if ok else mend, code)
    mend = f'blocked {account.block}; read the reason and answer on the wiki, do not work around it'
    yield Check('block', account.block is None, mend if account.block else 'not blocked', code)
    generator = wiki.generator if isinstance(wiki, Wiki) else ''
    yield judge_rights(account, generator)
    flag = 'bot' in account.groups | account.rights
    mend = f'{account.name} is not in the group "bot"; ask for it, see docs/approval.md'
    yield Check('bot flag', flag, 'there' if flag else mend, code)


def judge_rights(account: BotAccount, generator: str) -> Check:
    """Judge the rights; those of a bot are looked for only where the account has the flag."""
    wanted = [*GRANTS] if parts(generator) < _WITHOUT_WRITEAPI else [r for r in GRANTS if r != 'writeapi']
    if 'bot' not in account.groups:
        wanted = [right for right in wanted if right not in _OF_THE_FLAG]
    missing = [right for right in wanted if right not in account.rights]
    if not missing:
        return Check('rights', True, ', '.join(wanted), WikiError.exit_code)
    grants = ', '.join(dict.fromkeys(f'"{GRANTS[right]}"' for right in missing))
    text = f'without {", ".join(missing)}; renew the bot password (or OAuth consumer) with the grant {grants}'
    return Check('rights', False, text, WikiError.exit_code)


def judge_pages(pages: Pages, profile: Profile, rules: PlanContext) -> Iterator[Check]:
    """Judge the bot's pages."""
    states, barred = pages.states, pages.barred
    for name, title in (('board', profile.board_page), ('log', profile.log_page)):
        yield _judged(name, lambda s, b, n=name, t=title: judge_page(n, s[t], b[t], rules), states, barred)
    yield _judged('stop page', lambda s: judge_stop(s[profile.stop_page], pages.stopped), states)
    yield _judged(
        'settings', lambda s, b, f: judge_in_force(s, b, f, profile, rules), states, barred, pages.in_force
    )
    yield judge_policy(load_policy(profile.policy), pages.policy)


def _judged(name: str, judge: Callable[..., Check], *read: Read[Any]) -> Check:
    """Judge what was read; where some of it could not be, the check says so."""
    for value in read:
        if isinstance(value, GlobalbanError):
            return Check(name, False, str(value), WikiError.exit_code)
    return judge(*read)


def judge_page(name: str, state: CurrentPage, barred: Iterable[str], rules: PlanContext) -> Check:
    """Judge a page that the bot edits.

    :param barred: codes of the reasons for which the wiki would refuse an edit
    """
    code = WikiError.exit_code
    # It is asked for a page unlike any: what is left alone even so, is left alone always.
    left = skip_reason(DesiredFacts(state.title, '', ''), state, rules)
    if left in _LEFT:
        return Check(name, False, _LEFT[left].format(state.title), code)
    # A block has a line of its own.
    reasons = [reason for reason in barred if 'block' not in reason]
    if reasons:
        text = f'the bot may not edit {state.title} ({", ".join(reasons)}); ask who wants it so, and why'
        return Check(name, False, text, code)
    missing = state.revision is None
    return Check(name, True, 'not there yet, the first run makes it' if missing else state.title, code)


def judge_stop(state: CurrentPage, stopped: str | None) -> Check:
    """Judge the stop page.

    :param stopped: the reason why the bot may not edit; None if the stop page says "run"
    """
    code = WikiError.exit_code
    who = 'the bot, an operator whom the profile names, an administrator or a steward'
    if stopped is None:
        return Check('stop page', True, f'{state.title} says "run", and who set it may do so', code)
    if state.revision is None:
        text = f'there is no {state.title}, which means stop; have it made, with the one word "run", by {who}'
    else:
        text = f'{stopped}; read its history, answer who stopped the bot, then have it set to "run" by {who}'
    return Check('stop page', False, text, code)


def judge_in_force(
    states: Mapping[str, CurrentPage],
    barred: Mapping[str, tuple[str, ...]],
    in_force: InForce,
    profile: Profile,
    rules: PlanContext,
) -> Check:
    """Judge the settings on the wiki, and whether the bot can keep what is in force."""
    name, settings = 'settings', profile.settings
    if settings is None:
        return Check(name, True, 'none on the wiki; they stand in the profile')
    if in_force.problem is not None:
        holds = 'the defaults hold' if in_force.revision is None else f'revision {in_force.revision} holds'
        text = f'{settings.page}, {in_force.problem}; until that is mended {holds}'
        return Check(name, False, text, WikiError.exit_code)
    if in_force.revision is None:
        return Check(name, True, f'there is no {settings.page}, so the defaults are in force')
    title = settings.in_force
    kept = judge_page(name, states[title], barred[title], rules)
    return replace(kept, text=f'{settings.page}, revision {in_force.revision}') if kept.ok else kept


def judge_policy(policy: Policy, newest: Read[Newest | None]) -> Check:
    """Judge whether a person has compared the data with the policy's page, and whether that changed since."""
    name, file = 'policy page', f'globalban_bot/policy/{policy.name}.yaml'
    if policy.revision is None:
        return _judge_never_compared(policy, newest, file)
    checked = f'compared on {policy.checked_on}'
    if isinstance(newest, GlobalbanError):
        return Check(name, False, str(newest), WikiError.exit_code)
    if newest is None:
        return Check(name, True, f'this wiki has no {policy.page}; {checked}')
    if newest.revision <= policy.revision:
        return Check(name, True, f'{policy.page}, {checked}')
    text = (
        f'{policy.page} has a newer revision ({newest.revision}, {newest.written:%Y-%m-%d}) than the one '
        f'{checked}; read it, mend {file} and its "checked"'
    )
    return Check(name, False, text)


def _judge_never_compared(policy: Policy, newest: Read[Newest | None], file: str) -> Check:
    never = (
        f'nobody has compared the data with the page {policy.page}: '
        f'only what others quote of it was compared, on {policy.checked_on}'
    )
    if newest is None:
        return Check('policy page', True, f'this wiki has no such page; {never}', note=True)
    revision = f' ({newest.revision})' if isinstance(newest, Newest) else ''
    text = f'{never}; compare them, mend {file}, and set its "revision" to the one compared{revision}'
    return Check('policy page', False, text)


def parts(version: str) -> tuple[int, ...]:
    """Return the first three numbers of a version."""
    return tuple(int(number) for number in re.findall(r'\d+', version)[:3])
