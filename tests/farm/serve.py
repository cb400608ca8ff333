"""Serves the farm until Ctrl-C, to be looked at in a browser.

    python -m tests.farm.serve [--port PORT] [EXPORT.xml ...]

The exports are imported into metawiki.
"""

from __future__ import annotations

import argparse
import signal
from pathlib import Path

from tests.farm.accounts import OPERATOR
from tests.farm.farm import Farm


def parse(args: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog='python -m tests.farm.serve', description=__doc__.split('\n')[0])
    parser.add_argument('exports', nargs='*', type=Path, metavar='EXPORT.xml', help='imported into metawiki')
    parser.add_argument('--port', type=int, default=8080, help='0 for any free one (default: %(default)s)')
    return parser.parse_args(args)


def describe(farm: Farm) -> str:
    """Say where the wikis are."""
    lines = [f'  {wiki.dbname:10} {farm.browser_url(wiki.dbname)}' for wiki in farm.wikis.values()]
    changes = farm.browser_url('metawiki', 'Special:RecentChanges')
    login = f'Log in as "{OPERATOR.name}" with the password "{OPERATOR.password}".'
    return '\n'.join(
        ['The wikis are open:', *lines, f'What metawiki holds: {changes}', login, 'Ctrl-C ends it.']
    )


def main() -> None:
    """Serve until interrupted."""
    options = parse()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with Farm.create() as farm:
            farm.start(options.port)
            for export in options.exports:
                print(f'importing {export}', flush=True)
                farm.import_xml('metawiki', export)
            print(describe(farm), flush=True)
            signal.pause()
    except KeyboardInterrupt:
        print('\nended')


if __name__ == '__main__':
    main()
