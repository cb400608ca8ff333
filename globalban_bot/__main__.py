"""``python -m globalban_bot COMMAND``."""

import sys

from globalban_bot.cli.main import main

if __name__ == '__main__':
    sys.exit(main())
