#!/bin/sh
# Fetches what the test farm stands on: PHP from the system's packages, and
# MediaWiki unpacked from its Debian packages into a cache folder.
#
#   tests/farm/install.sh [--release own|lts] [CACHE_FOLDER]
#   tests/farm/install.sh --browser
#
#   own   the MediaWiki that this machine's Debian packages (1.39 in Debian 12, 1.43 in Debian 13)
#   lts   MediaWiki 1.43, from Debian 13; nothing else comes from there
#
# --browser brings Chromium instead, for the tests that look at pages.
#
# Safe to run again: whatever is in place is left as it is.  Only PHP and
# Chromium need root; MediaWiki itself is unpacked, not installed, because its
# package would bring a web server along.
set -eu

# A number, such as 8.2, asks for that PHP; without one it is the one of this machine's Debian.
PHP_VERSION=${FARM_PHP_VERSION:-}
LTS_SUITE=trixie
KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

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

install_packages() {
    refresh_lists
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -q -y --no-install-recommends "$@"
}

install_php() {
    say "installing PHP ${PHP_VERSION:-of this Debian}"
    packages=
    for part in cli sqlite3 intl mbstring xml apcu curl; do
        packages="$packages php$PHP_VERSION-$part"
    done
    # shellcheck disable=SC2086  # a list of words on purpose
    install_packages $packages
}

browser_is_complete() {
    command -v chromium >/dev/null && ldconfig -p | grep -q 'libatomic\.so\.1 '
}

# libatomic is for the driver that Playwright brings; DejaVu has the letters,
# Latin and Arabic, of all that the tests look at.
install_browser() {
    say 'installing Chromium'
    install_packages chromium libatomic1 fonts-dejavu-core
}

# The mirror that this machine uses for Debian's main archive, or Debian's own.
# Security, updates and backports are suites with a hyphen, from other places.
mirror() {
    # shellcheck disable=SC2016  # apt's own placeholders
    found=$(apt-get indextargets \
        --format '$(REPO_URI) $(RELEASE) $(COMPONENT) $(ORIGIN)' \
        'Created-By: Packages' 2>/dev/null |
        awk '$2 !~ /-/ && $3 == "main" && $4 == "Debian" && !seen++ { print $1 }')
    echo "${found:-http://deb.debian.org/debian}"
}

# Downloads one release's packages into the working folder.
download_own() {
    refresh_lists
    apt-get download -q mediawiki mediawiki-classes
}

# With lists and sources of its own, so that the machine's apt never learns of
# another suite.  Debian signs its next release with the keys of this one too.
download_lts() {
    [ -e "$KEYRING" ] || fail "no $KEYRING to check Debian's signature with"
    refresh_lists # they name the mirror
    apt=$new/apt
    mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
    echo "deb [signed-by=$KEYRING] $(mirror) $LTS_SUITE main" >"$apt/sources.list"
    set -- -q -o "Dir::Etc::SourceList=$apt/sources.list" -o Dir::Etc::SourceParts=/dev/null \
        -o "Dir::State::Lists=$apt/lists" -o "Dir::Cache=$apt/cache" \
        -o Acquire::Languages=none -o APT::Sandbox::User=
    apt-get update "$@"
    apt-get download "$@" mediawiki mediawiki-classes
}

unpack_packages() {
    say "fetching MediaWiki ($release) into $kept"
    rm -rf "$new" && mkdir -p "$new/deb" "$new/tree"
    (cd "$new/deb" && "download_$release")
    for package in "$new"/deb/*.deb; do
        dpkg-deb -x "$package" "$new/tree"
    done
}

# The package links to absolute places of an installed system; a tree that can
# stand anywhere must hold no such link.
make_relocatable() {
    tree=$new/tree/usr/share/mediawiki
    rm -f "$tree/LocalSettings.php" "$tree/config" \
        "$tree/images" "$tree/extensions"
    mkdir "$tree/images"
    mv "$tree/extensions-core" "$tree/extensions"
    left=$(find "$tree" -type l -lname '/*')
    [ -z "$left" ] || fail "links out of the tree are left: $left"
    ls "$new/deb" >"$tree/.packages"
    rm -rf "$kept/mw"
    mv "$tree" "$kept/mw"
    rm -rf "$new"
}

command -v apt-get >/dev/null || fail 'this needs Debian or a derivative (apt-get)'

if [ "${1:-}" = --browser ]; then
    PATH=$PATH:/sbin:/usr/sbin
    browser_is_complete || install_browser
    browser_is_complete || fail 'Chromium, or the libatomic of its driver, is still missing'
    say "ready: $(command -v chromium)"
    exit 0
fi

release=own
if [ "${1:-}" = --release ]; then
    release=${2:-}
    shift 2 || fail '--release needs own or lts'
fi
case $release in own | lts) ;; *) fail "no release $release: own or lts" ;; esac
cache=${1:-${FARM_CACHE:-$here/../../.cache/farm}}

mkdir -p "$cache"
cache=$(CDPATH='' cd -- "$cache" && pwd)
kept=$cache/$release
new=$kept/new
mkdir -p "$kept"
[ -e "$cache/.gitignore" ] || echo '*' >"$cache/.gitignore"
exec 9>"$cache/.lock"
flock 9

php_is_complete || install_php
php_is_complete || fail 'PHP still lacks a module that MediaWiki needs'
if [ ! -e "$kept/mw/.packages" ]; then
    unpack_packages
    make_relocatable
fi
say "ready: $(tr '\n' ' ' <"$kept/mw/.packages")"
