"""Generate ``globalban_bot/wikitext/data/dialect.json``: how wikis of all languages call things.

The names come from MediaWiki's own message files and, through Babel, from CLDR. No PHP is run
and no wiki is asked. To make the file again::

    apt-get download mediawiki mediawiki-classes
    for package in *.deb; do dpkg-deb -x "$package" unpacked; done
    python tools/make_dialect.py unpacked/usr/share/mediawiki

The same sources give the same bytes. ``--output FILE`` writes elsewhere.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.core import get_cldr_version

OUTPUT = Path(__file__).parent.parent / 'globalban_bot' / 'wikitext' / 'data' / 'dialect.json'

#: The namespaces that the reader must know, with MediaWiki's constants.
NAMESPACES = {
    'user': 'NS_USER',
    'user_talk': 'NS_USER_TALK',
    'special': 'NS_SPECIAL',
    'file': 'NS_FILE',
    'category': 'NS_CATEGORY',
    'template': 'NS_TEMPLATE',
}
#: The special pages whose subpage names an account, with MediaWiki's keys.
SPECIAL_PAGES = {'contributions': 'Contributions', 'emailuser': 'Emailuser', 'log': 'Log'}
#: The magic words by which a template is substituted when a page is saved, with MediaWiki's keys.
SUBSTITUTION = ('subst', 'safesubst')
#: Keys of the month messages: nominative, genitive, abbreviation.
MONTHS = (
    ('january', 'january-gen', 'jan'),
    ('february', 'february-gen', 'feb'),
    ('march', 'march-gen', 'mar'),
    ('april', 'april-gen', 'apr'),
    ('may_long', 'may-gen', 'may'),
    ('june', 'june-gen', 'jun'),
    ('july', 'july-gen', 'jul'),
    ('august', 'august-gen', 'aug'),
    ('september', 'september-gen', 'sep'),
    ('october', 'october-gen', 'oct'),
    ('november', 'november-gen', 'nov'),
    ('december', 'december-gen', 'dec'),
)
#: MediaWiki's codes that CLDR writes in another way.
CLDR_CODES = {
    'be-tarask': ('be_TARASK',),
    'en': ('en', 'en_GB'),
    'no': ('nb',),
    'simple': ('en', 'en_GB'),
    'sr-ec': ('sr_Cyrl',),
    'sr-el': ('sr_Latn',),
    'zh-cn': ('zh_Hans_CN',),
    'zh-hk': ('zh_Hant_HK',),
    'zh-mo': ('zh_Hant_MO',),
    'zh-sg': ('zh_Hans_SG',),
    'zh-tw': ('zh_Hant_TW',),
}
#: Prefixes of Wikimedia wikis that Names.php of this version lacks: old codes, aliases, newer wikis.
#: Recalled, and compared with the codes in pywikibot 11.9's wikipedia family.
MORE_LANGUAGES = (
    'als bat-smg be-x-old bh cbk-zam cz dk eml epo fiu-vro jp map-bms minnan mo nan nb no nrm roa-rup '
    'ru-sib simple tlh tokipona zh-cfr zh-classical zh-min-nan zh-yue '
    'ann bdr bew bol btm cpx dga dtp fat fon gpe guc iba igl isv kai kaj kge knc kus lld mag mos nr nup ppl '
    'rki rsk syl tdd tig tly tok zgh'
).split()

_TOKEN = re.compile(
    r"""(?P<blank>\s+|\#[^\n]*|//[^\n]*|/\*.*?\*/)
    |'(?P<single>(?:[^'\\]|\\.)*)'
    |"(?P<double>(?:[^"\\]|\\.)*)"
    |(?P<name>[A-Za-z_]\w*|\d+)
    |(?P<sign>=>|[\[\],;])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(r'\\(.)', re.DOTALL)
_PLACEHOLDER_MONTH = re.compile(r'M?\d+\Z')

#: A value of a PHP array: a string or the name of a constant, or a list with or without keys.
Value = str | list['Item']
Names = dict[str, list[str]]


@dataclass(frozen=True)
class Item:
    """One entry of a PHP array.

    :param key: what stands before ``=>``, None in a plain list
    :param value: what stands behind it
    """

    key: str | None
    value: Value


class UnreadableArrayError(Exception):
    """An array in a message file is written in a way that this reader does not know."""


def read_array(source: str, variable: str) -> list[Item]:
    """Read the literal array that PHP source assigns to a variable; empty if there is none.

    ``$namespaceNames = [ NS_USER => 'Benutzer', … ];``
    """
    assignment = re.search(rf'^\${variable}\s*=\s*\[', source, re.MULTILINE)
    if assignment is None:
        return []
    return _read_items(_tokens(source, assignment.end()))


def _tokens(source: str, at: int) -> Iterator[str]:
    """Yield signs and values from an offset on; the reader stops asking at the closing bracket.

    A value is marked by a leading ``=``, so that a string ``','`` is not taken for a sign.
    """
    while True:
        token = _TOKEN.match(source, at)
        if token is None:
            raise UnreadableArrayError(source[at : at + 60])
        at = token.end()
        if token['sign'] is not None:
            yield token['sign']
        elif token['blank'] is None:
            yield '=' + _written(token)


def _written(token: re.Match[str]) -> str:
    """Return the text of a string literal, or a bare name as it stands."""
    literal = token['single'] if token['single'] is not None else token['double']
    return str(token['name']) if literal is None else _ESCAPED.sub(r'\1', literal)


def _read_items(tokens: Iterator[str]) -> list[Item]:
    items: list[Item] = []
    key: str | None = None
    value: Value | None = None
    for token in tokens:
        if token == '=>':
            if not isinstance(value, str):
                raise UnreadableArrayError(f'a list as key before {items}')
            key, value = value, None
        elif token in {',', ']'}:
            if value is not None:
                items.append(Item(key, value))
            key, value = None, None
            if token == ']':
                break
        else:
            value = _read_items(tokens) if token == '[' else token[1:]
    return items


def namespace_names(source: str, constant: str) -> list[str]:
    """Return the names of a namespace in one message file: its name, gender forms, aliases."""
    names = _values(read_array(source, 'namespaceNames'), constant)
    names += _values(read_array(source, 'namespaceGenderAliases'), constant)
    names += [str(item.key) for item in read_array(source, 'namespaceAliases') if item.value == constant]
    return _distinct(names)


def special_page_names(source: str, key: str) -> list[str]:
    """Return the names of a special page in one message file."""
    return _distinct(_values(read_array(source, 'specialPageAliases'), key))


def substitution_words(source: str) -> list[str]:
    """Return the magic words of one message file that substitute a template, as the file has them."""
    items = read_array(source, 'magicWords')
    return [word for key in SUBSTITUTION for word in _values(items, key) if word != '0']


def digits(source: str) -> str | None:
    """Return the ten digits of a language, or None if it writes the usual ones."""
    table = {item.key: item.value for item in read_array(source, 'digitTransformTable')}
    written = [table.get(str(digit), str(digit)) for digit in range(10)]
    text = ''.join(digit for digit in written if isinstance(digit, str))
    return None if text == '0123456789' else text


def _values(items: Iterable[Item], key: str) -> list[str]:
    """Return the strings under a key, those of a list one by one."""
    found: list[str] = []
    for item in items:
        if item.key != key:
            continue
        if isinstance(item.value, str):
            found.append(item.value)
        else:
            found += [inner.value for inner in item.value if isinstance(inner.value, str)]
    return found


def _distinct(names: Iterable[str]) -> list[str]:
    """Return names with blanks for underscores, each once, in their order."""
    return list(dict.fromkeys(name.replace('_', ' ').strip() for name in names if name.strip()))


def mediawiki_months(messages: dict[str, str]) -> list[list[str]]:
    """Return the month names of one language's interface messages; empty lists where it has none."""
    return [[messages[key] for key in keys if key in messages] for keys in MONTHS]


def cldr_months(code: str) -> list[list[str]]:
    """Return the month names of CLDR for a MediaWiki language code; empty lists if it knows none."""
    locales = CLDR_CODES.get(code, (code.replace('-', '_'),))
    forms = [form for locale in locales for form in _cldr_forms(locale)]
    return [[str(form[number]) for form in forms if number in form] for number in range(1, 13)]


def _cldr_forms(locale: str) -> list[dict[int, str]]:
    """Return the sets of month names, by number, of one CLDR locale."""
    try:
        months = Locale.parse(locale).months
    except (UnknownLocaleError, ValueError):
        return []
    widths = [(context, width) for width in ('wide', 'abbreviated') for context in ('format', 'stand-alone')]
    known = [(context, width) for context, width in widths if width in months.get(context, {})]
    return [dict(months[context][width].items()) for context, width in known]


def month_names(messages: dict[str, str], code: str) -> list[list[str]]:
    """Return twelve lists of names for one language; empty if MediaWiki does not know its months."""
    own = mediawiki_months(messages)
    if not all(own):
        return []
    return [
        [name for name in _distinct([*ours, *theirs]) if not _PLACEHOLDER_MONTH.match(name)]
        for ours, theirs in zip(own, cldr_months(code), strict=True)
    ]


def message_files(mediawiki: Path) -> dict[str, str]:
    """Return the PHP message files by language code: ``MessagesZh_hans.php`` is ``zh-hans``."""
    folder = mediawiki / 'languages' / 'messages'
    return {
        path.stem.removeprefix('Messages').replace('_', '-').lower(): path.read_text('utf-8')
        for path in sorted(folder.glob('Messages*.php'))
    }


def interface_messages(mediawiki: Path) -> dict[str, dict[str, str]]:
    """Return the interface messages by language code, ``qqq`` (documentation) left out."""
    folder = mediawiki / 'languages' / 'i18n'
    return {
        path.stem: {key: text for key, text in _json(path).items() if isinstance(text, str)}
        for path in sorted(folder.glob('*.json'))
        if path.stem != 'qqq'
    }


def _json(path: Path) -> dict[str, object]:
    content: dict[str, object] = json.loads(path.read_text('utf-8'))
    return content


def language_codes(mediawiki: Path) -> list[str]:
    """Return the codes of Names.php and the further ones in use as prefixes."""
    source = (mediawiki / 'includes' / 'languages' / 'data' / 'Names.php').read_text('utf-8')
    codes = re.findall(r"^\s*'([a-z][a-z-]+)'\s*=>", source, re.MULTILINE)
    return sorted({*codes, *MORE_LANGUAGES})


def language_names(mediawiki: Path) -> list[str]:
    """Return the names of languages: their own (Names.php) and the English ones (CLDR)."""
    source = (mediawiki / 'includes' / 'languages' / 'data' / 'Names.php').read_text('utf-8')
    own = re.findall(r"^\s*'[a-z][a-z-]+'\s*=>\s*'([^']+)'", source, re.MULTILINE)
    english = Locale('en').languages.values()
    return sorted({re.sub('[\u200e\u200f]', '', name) for name in (*own, *english)})


def mediawiki_version(mediawiki: Path) -> str:
    """Return the version that the unpacked MediaWiki says of itself."""
    found = re.search(r"'MW_VERSION', '([\d.]+)", (mediawiki / 'includes' / 'Defines.php').read_text('utf-8'))
    return found[1] if found else 'unknown'


def sources(mediawiki: Path) -> list[dict[str, str]]:
    """Return where each part of the file comes from."""
    version = mediawiki_version(mediawiki)
    wiki = f'MediaWiki {version}'
    packages = 'Debian packages mediawiki and mediawiki-classes'
    php = f'{wiki} languages/messages/Messages*.php ({packages})'
    rows = (
        ('namespaces, special_pages, substitution, digits', php, version),
        ('months', f'{wiki} languages/i18n/*.json ({packages})', version),
        ('months', 'CLDR through Babel', str(get_cldr_version())),
        ('languages', f'{wiki} includes/languages/data/Names.php ({packages})', version),
        ('language_names', f'{wiki} includes/languages/data/Names.php ({packages})', version),
        ('language_names', 'CLDR through Babel', str(get_cldr_version())),
        ('languages', 'MORE_LANGUAGES in tools/make_dialect.py, by hand', '1'),
    )
    return [{'what': what, 'from': where, 'version': which} for what, where, which in rows]


def make_dialect(mediawiki: Path) -> dict[str, object]:
    """Gather everything from an unpacked MediaWiki."""
    php = message_files(mediawiki)
    months = {code: month_names(texts, code) for code, texts in interface_messages(mediawiki).items()}
    return {
        'schema': 1,
        'sources': sources(mediawiki),
        'namespaces': {
            name: _known({code: namespace_names(source, constant) for code, source in php.items()})
            for name, constant in NAMESPACES.items()
        },
        'special_pages': {
            name: _known({code: special_page_names(source, key) for code, source in php.items()})
            for name, key in SPECIAL_PAGES.items()
        },
        'substitution': sorted({word for source in php.values() for word in substitution_words(source)}),
        'months': {code: names for code, names in months.items() if names},
        'digits': {code: found for code, source in php.items() if (found := digits(source)) is not None},
        'languages': language_codes(mediawiki),
        'language_names': language_names(mediawiki),
    }


def _known(names: Names) -> Names:
    return {code: found for code, found in names.items() if found}


def main(arguments: list[str]) -> int:
    """Write the file and say what is in it."""
    parser = argparse.ArgumentParser(description='Generate dialect.json from an unpacked MediaWiki.')
    parser.add_argument('mediawiki', type=Path, help='folder that holds languages/ and includes/')
    parser.add_argument('--output', type=Path, default=OUTPUT, help='file to write (default: %(default)s)')
    chosen = parser.parse_args(arguments)
    dialect = make_dialect(chosen.mediawiki)
    text = json.dumps(dialect, ensure_ascii=False, indent=1, sort_keys=True)
    chosen.output.write_text(text + '\n', 'utf-8')
    sys.stdout.write(f'{chosen.output}: {len(text)} characters\n')
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
