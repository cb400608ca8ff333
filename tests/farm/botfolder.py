"""A folder for pywikibot: settings, password, caches, cookies."""

from __future__ import annotations

from pathlib import Path

from tests.farm.accounts import BOT, Account
from tests.farm.folders import CHECKOUT

USER_CONFIG = """\
family = 'meta'
mylang = 'meta'
usernames['meta']['meta'] = {name!r}
usernames['*']['*'] = {name!r}
password_file = 'user-password.py'
user_agent_description = 'test farm'
put_throttle = 0
minthrottle = 0
maxthrottle = 1
max_retries = 1
retry_wait = 1
retry_max = 1
solve_captcha = False
user_script_paths = ['scripts']
console_encoding = 'utf-8'
"""


def write_bot_folder(folder: Path, account: Account = BOT) -> Path:
    """Write the settings of an account that logs in by its bot password.

    pywikibot skips files that others may write, so the modes are set. It looks for scripts in the folder and,
    by a link, in the checkout.
    """
    if account.bot_password is None:
        raise ValueError(f'{account.name} has no bot password')
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    bot = account.bot_password
    scripts = folder / 'scripts'
    if not scripts.exists():
        scripts.symlink_to(CHECKOUT / 'scripts')
    _write(folder / 'user-config.py', USER_CONFIG.format(name=account.name))
    _write(
        folder / 'user-password.py', f'({account.name!r}, BotPassword({bot.suffix!r}, {bot.password!r}))\n'
    )
    return folder


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding='utf-8')
    path.chmod(0o600)
