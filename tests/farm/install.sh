#!/bin/sh
# Fetches what the test farm stands on: PHP from the system's packages, and
# MediaWiki unpacked from its Debian packages into a cache folder.
#
#   tests/farm/install.sh [CACHE_FOLDER]
#
# Safe to run again: whatever is in place is left as it is.  Only the PHP
# packages need root; MediaWiki itself is unpacked, not installed, because its
# package would bring a web server along.
set -eu

PHP_VERSION=${FARM_PHP_VERSION:-8.2}
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
cache=${1:-${FARM_CACHE:-$here/../../.cache/farm}}

say() { printf 'farm: %s\n' "$*"; }
fail() { printf 'farm: %s\n' "$*" >&2; exit 1; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

refresh_lists() {
    set -- /var/lib/apt/lists/*_Packages*
    [ -e "$1" ] || as_root apt-get update -q
}

php_is_complete() {
    command -v php >/dev/null || return 1
    modules=$(php -m)
    for module in pdo_sqlite intl mbstring xml apcu curl; do
        printf '%s\n' "$modules" | grep -qix "$module" || return 1
    done
}

install_php() {
    say "installing PHP $PHP_VERSION"
    refresh_lists
    packages=
    for part in cli sqlite3 intl mbstring xml apcu curl; do
        packages="$packages php$PHP_VERSION-$part"
    done
    # shellcheck disable=SC2086  # a list of words on purpose
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -q -y --no-install-recommends $packages
}

unpack_packages() {
    say "fetching MediaWiki into $cache"
    refresh_lists
    rm -rf "$cache/new" && mkdir -p "$cache/new/deb" "$cache/new/tree"
    (cd "$cache/new/deb" && apt-get download -q mediawiki mediawiki-classes)
    for package in "$cache"/new/deb/*.deb; do
        dpkg-deb -x "$package" "$cache/new/tree"
    done
}

# The package links to absolute places of an installed system; a tree that can
# stand anywhere must hold no such link.
make_relocatable() {
    tree=$cache/new/tree/usr/share/mediawiki
    rm -f "$tree/LocalSettings.php" "$tree/config" \
        "$tree/images" "$tree/extensions"
    mkdir "$tree/images"
    mv "$tree/extensions-core" "$tree/extensions"
    left=$(find "$tree" -type l -lname '/*')
    [ -z "$left" ] || fail "links out of the tree are left: $left"
    ls "$cache/new/deb" >"$tree/.packages"
    rm -rf "$cache/mw"
    mv "$tree" "$cache/mw"
    rm -rf "$cache/new"
}

command -v apt-get >/dev/null || fail 'this needs Debian or a derivative (apt-get)'
mkdir -p "$cache"
cache=$(CDPATH='' cd -- "$cache" && pwd)
[ -e "$cache/.gitignore" ] || echo '*' >"$cache/.gitignore"
exec 9>"$cache/.lock"
flock 9

php_is_complete || install_php
php_is_complete || fail 'PHP still lacks a module that MediaWiki needs'
if [ ! -e "$cache/mw/.packages" ]; then
    unpack_packages
    make_relocatable
fi
say "ready: $(tr '\n' ' ' <"$cache/mw/.packages")"
