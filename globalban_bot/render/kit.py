"""The pages of the kit, made of the files in ``globalban_bot/kit``.

The files are wikitext, with ``${name}`` where a title of the profile or a message stands. What the templates
show are messages, as all that the bot says; the documentation is English prose, and stands in its file whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files
from string import Template

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.kit import KitPage
from globalban_bot.model.stop_page import RUN
from globalban_bot.profiles.controls import CommandSettings, KitPages
from globalban_bot.profiles.loader import Profile
from globalban_bot.render.answer import form_of
from globalban_bot.render.ask_template import ask_values

#: Stands where a page id is to be filled in, in what is shown to people.
EXAMPLE = 12345
#: The page id that the box template is given; without one, that of the page on which it stands.
_GIVEN = '{{#if: {{{1|}}} | {{{1}}} | {{PAGEID}} }}'
_PROSE = 'globalban-kit'


def kit_pages(profile: Profile, messages: Messages, *, styled: bool) -> Iterator[KitPage]:
    """Yield the pages of the kit, the stop page first: without it nothing else may be saved.

    :param styled: whether the wiki has TemplateStyles; without it there is no style sheet
    """
    kit, values = profile.kit, _values(profile, messages, styled)
    yield KitPage(profile.stop_page, RUN, seed=True)
    if profile.settings is not None:
        yield KitPage(profile.settings.page, '{}', 'json', seed=True)
    if profile.notices is not None:
        yield KitPage(profile.notices.texts_page, '{}', 'json', seed=True)
    if kit is not None and styled:
        yield KitPage(kit.styles, _filled('styles.css', values), 'sanitized-css')
    yield KitPage(profile.method_page, _prose('method.wiki', values))
    if kit is not None:
        yield KitPage(f'{kit.box}/doc', _prose('box-doc.wiki', values))
        yield KitPage(kit.box, _filled('box.wiki', values))
        if profile.notices is not None:
            yield KitPage(kit.why, _filled('why.wiki', values))
            yield KitPage(kit.delivery, _filled('delivery.wiki', values))
        yield KitPage(kit.help, _prose('help.wiki', {**values, **_sections(profile, values)}))
    if profile.commands is not None:
        title = profile.commands.template
        yield KitPage(f'{title}/doc', _prose('ask-doc.wiki', values))
        yield KitPage(f'{title}/show', _filled('ask-show.wiki', values))
        yield KitPage(title, _filled('ask.wiki', values))


def _values(profile: Profile, messages: Messages, styled: bool) -> Mapping[str, str]:
    values = {
        'method': profile.method_page,
        'report': profile.report_page,
        'board': profile.board_page,
        'log': profile.log_page,
        'stop': profile.stop_page,
        'help': profile.method_page if profile.kit is None else profile.kit.help,
        'div': messages.div('globalban-answer'),
        'styles': _styles(profile.kit) if styled else '',
    }
    if profile.settings is not None:
        values |= {'settings_page': profile.settings.page, 'in_force': profile.settings.in_force}
    if profile.notices is not None:
        values |= {'texts': profile.notices.texts_page}
    if profile.kit is not None:
        values |= _box_values(profile, profile.kit, messages)
    if profile.commands is not None:
        values |= _ask_values(profile, profile.commands, messages)
    return values


def _styles(kit: KitPages | None) -> str:
    """Return what puts the style sheet into a page, where it is there: a missing one is shown as an error."""
    if kit is None:
        return ''
    return f'{{{{#ifexist: {kit.styles} | <templatestyles src="{kit.styles}" /> }}}}'


def _box_values(profile: Profile, kit: KitPages, messages: Messages) -> dict[str, str]:
    return {
        'box': kit.box,
        'why': kit.why,
        'why_words': messages.get('notices-why-here'),
        'box_of': profile.box_page.format(page_id=_GIVEN),
        'no_box_words': messages.get('kit-no-box'),
        'form_box': form_of(kit.box),
        'form_box_number': form_of(kit.box, str(EXAMPLE)),
    }


def _ask_values(profile: Profile, settings: CommandSettings, messages: Messages) -> dict[str, str]:
    values = ask_values(settings, profile, messages, EXAMPLE)
    answer = Template(_read('ask-answer.wiki').rstrip()).substitute(values)
    return {**values, 'answer': answer}


def _sections(profile: Profile, values: Mapping[str, str]) -> Mapping[str, str]:
    """Return the sections of the help on what this wiki has."""
    there = {'asking': profile.commands, 'settings': profile.settings, 'notices': profile.notices}
    return {
        name: '' if part is None else _filled(f'help-{name}.wiki', values) for name, part in there.items()
    }


def _prose(name: str, values: Mapping[str, str]) -> str:
    return f'{Messages().div(_PROSE)}\n{_filled(name, values)}</div>\n'


def _filled(name: str, values: Mapping[str, str]) -> str:
    return Template(_read(name)).substitute(values)


def _read(name: str) -> str:
    return (files('globalban_bot') / 'kit' / name).read_text('utf-8')
