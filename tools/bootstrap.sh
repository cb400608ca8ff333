#!/usr/bin/env bash
# Makes .venv in the checkout and installs into it what the project needs: its dependencies and the
# extras "test" and "lint" of setup.cfg. Does nothing when that has been done already.
#
# The project itself is NOT installed there: the checkout's code is what runs (`python -m globalban_bot`
# and pytest put the checkout first), and no stale copy can be taken for it.
#
# PYTHON=/path/to/python3 chooses the interpreter. Where pip looks for packages is pip's own configuration.

set -euo pipefail
cd "$(dirname "$0")/.."

readonly venv=.venv
readonly stamp=$venv/stamp
python=${PYTHON:-python3}

say() { printf 'bootstrap: %s\n' "$*" >&2; }

die() {
    say "$*"
    exit 1
}

check_python() {
    command -v "$python" >/dev/null || die "no $python found: install Python 3.11 or newer, or set PYTHON"
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        die "$("$python" --version) is too old: Python 3.11 or newer is needed (set PYTHON to choose one)"
}

# One requirement a line. pip (before 25.1) has no way to install a project's dependencies without the project.
requirements() {
    "$python" - <<'PYTHON'
import configparser, tomllib
from pathlib import Path

setup = configparser.RawConfigParser()
setup.read('setup.cfg', encoding='utf-8')
extras = setup['options.extras_require']
print(setup['options']['install_requires'], extras['test'], extras['lint'], sep='\n')
# setuptools too, so that a test can build the project without a download
print(*tomllib.loads(Path('pyproject.toml').read_text(encoding='utf-8'))['build-system']['requires'], sep='\n')
PYTHON
}

# What is to be installed, in one word; it changes with the requirements and with the interpreter.
wanted_state() {
    {
        "$python" -c 'import sys; print(sys.version, sys.executable)'
        requirements
        cat tools/bootstrap.sh
    } | sha256sum | cut -d ' ' -f 1
}

is_done() {
    [[ -f $stamp && $(<"$stamp") == "$1" ]] && "$venv/bin/python" -c '' 2>/dev/null
}

# Debian keeps the half of venv that brings pip in a package of its own.
can_make_venv() { "$python" -c 'import ensurepip, venv' 2>/dev/null; }

as_root() {
    if [[ $(id -u) -eq 0 ]]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        die "Python's venv module is missing. Install it as root: apt-get install python3-venv"
    fi
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >&2
}

install_venv_module() {
    command -v apt-get >/dev/null ||
        die "Python's venv module is missing: install it with your system's package manager"
    say "installing python3-venv with apt-get"
    # The package lists may be older than the mirror: read them again before giving up.
    apt_install python3-venv || { as_root apt-get update -q >&2 && apt_install python3-venv; } ||
        die "apt-get could not install python3-venv; see its message above"
    can_make_venv || die "$python still has no venv module: set PYTHON=/usr/bin/python3"
}

make_venv() {
    can_make_venv || install_venv_module
    say "making $venv"
    "$python" -m venv --clear "$venv"
}

install_requirements() {
    local list=$venv/requirements.txt
    requirements >"$list"
    say "installing $(grep -c . "$list") requirements and what they need"
    "$venv/bin/python" -m pip install -q --disable-pip-version-check -r "$list" ||
        die "pip could not install the requirements; see its message above"
}

main() {
    local state
    # Two runs at once (make in two terminals) would spoil each other's .venv: the second one waits.
    exec 9<tools/bootstrap.sh
    flock 9
    check_python
    state=$(wanted_state)
    if is_done "$state"; then
        touch "$stamp" # make compares times
        return
    fi
    make_venv
    install_requirements
    printf '%s\n' "$state" >"$stamp"
    say "done"
}

main
