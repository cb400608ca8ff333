#!/usr/bin/env bash
# Proves that the project runs on a bare machine: a minimal Debian in a folder, on which nothing is done
# but `apt-get install git make python3`, a clone of this checkout's HEAD, `make demo` and `make test`.
#
#   tests/fresh_machine.sh [--keep] [--suite bookworm]
#
#   --keep    leave the folder, to look around in with chroot
#   --suite   the Debian release (bookworm)
#
# FRESH_ROOT=folder says where (a folder that does not exist yet, or is empty); otherwise a temporary one.
# Needs root on a Debian-like system. What the host knows about the network (apt sources, certificates,
# pip's configuration, proxies) is passed on, so that it works behind local mirrors too.

set -euo pipefail

readonly demo_limit=120 # seconds
readonly apt_packages=(git make python3)
script=$(realpath "$0")
repository=$(realpath "$(dirname "$script")/..")
readonly script repository

suite=bookworm
keep=
work=
inner=

say() { printf 'fresh machine: %s\n' "$*" >&2; }

die() {
    say "$*"
    exit 1
}

# ---------------------------------------------------------------------------- the host's side

parse_options() {
    while (($#)); do
        case $1 in
            --keep) keep=yes ;;
            --suite)
                suite=${2:?--suite needs the name of a Debian release}
                shift
                ;;
            --help | -h)
                sed -n '2,/^$/s/^# \{0,1\}//p' "$script"
                exit 0
                ;;
            *) die "unknown option $1 (see --help)" ;;
        esac
        shift
    done
}

need_tools() {
    [[ $(id -u) -eq 0 ]] || die 'must run as root: it makes a chroot'
    git -C "$repository" rev-parse -q --verify HEAD >/dev/null || die "$repository has no commit to clone"
    command -v debootstrap >/dev/null && return
    say 'installing debootstrap'
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q debootstrap >&2
}

make_work_folder() {
    if [[ -z ${FRESH_ROOT:-} ]]; then
        work=$(mktemp -d)
        return
    fi
    mkdir -p "$FRESH_ROOT"
    # What is removed at the end must be ours.
    [[ -z $(ls -A "$FRESH_ROOT") ]] || die "$FRESH_ROOT is not empty"
    work=$(realpath "$FRESH_ROOT")
}

# The mounts are made in a mount namespace of the inner run and vanish with it, however it ends; this side
# never sees them, so removing the folder can never reach through one into the host.
clean_up() {
    [[ -z $inner ]] || kill -KILL "$inner" 2>/dev/null || true
    [[ -n $work ]] || return 0
    if [[ -n $keep ]]; then
        say "kept: chroot $work/root (logs in $work/logs)"
    else
        rm -rf --one-file-system "$work"
    fi
}

main() {
    parse_options "$@"
    need_tools
    trap clean_up EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    make_work_folder
    if [[ -n $(git -C "$repository" status --porcelain) ]]; then
        say 'the working tree has changes that are not committed; HEAD is tested, without them'
    fi
    # In the background, so that a signal ends the wait at once.
    FRESH_INNER=$work FRESH_SUITE=$suite unshare --mount --pid --fork --kill-child "$script" &
    inner=$!
    local status=0
    wait "$inner" || status=$?
    inner=
    exit "$status"
}

# ---------------------------------------------------------------------------- the machine

# The mirror that the host itself uses for Debian's main archive, or Debian's own.
host_mirror() {
    local found
    # shellcheck disable=SC2016  # apt's own placeholders
    found=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 2>/dev/null |
        awk -v suite="$suite" '$2 == suite && $3 == "main" && !seen++ { print $1 }')
    echo "${found:-http://deb.debian.org/debian}"
}

make_machine() {
    debootstrap --variant=minbase "$suite" "$root" "$(host_mirror)"
}

# Copies files and folders to the same place in the machine; links become what they point at, dangling ones
# are left out. Unpacked inside the chroot: an absolute link there must not lead back to the host's file.
copy_in() {
    local path
    for path in "$@"; do
        [[ -e $path ]] || continue
        tar -C / -ch --ignore-failed-read --warning=no-failed-read -f - "${path#/}" | chroot "$root" tar -xf - -C /
    done
}

# Certificates: apt, git and pip have to trust what the host trusts. Done again after apt-get has installed
# ca-certificates, which writes its own bundle.
copy_certificates() {
    copy_in /usr/local/share/ca-certificates /etc/ssl/certs \
        "${SSL_CERT_FILE:-}" "${REQUESTS_CA_BUNDLE:-}" "${CURL_CA_BUNDLE:-}" "${PIP_CERT:-}" "${GIT_SSL_CAINFO:-}"
}

copy_apt_configuration() {
    local file
    # Host sources for another release would make a mixture; debootstrap has written the mirror then.
    if grep -qrw -- "$suite" /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null; then
        rm -f "$root/etc/apt/sources.list"
        copy_in /etc/apt/sources.list /etc/apt/sources.list.d
    fi
    copy_in /usr/share/keyrings /etc/apt/keyrings /etc/apt/trusted.gpg.d
    # Proxies and the like; the rest of the host's settings may call programs that are not there.
    for file in /etc/apt/apt.conf /etc/apt/apt.conf.d/*; do
        if [[ -f $file ]] && grep -q 'Acquire' "$file" && ! grep -qi 'invoke' "$file"; then
            copy_in "$file"
        fi
    done
}

copy_pip_configuration() {
    local file
    copy_in /etc/pip.conf /etc/xdg/pip
    for file in "${XDG_CONFIG_HOME:-$HOME/.config}/pip/pip.conf" "$HOME/.pip/pip.conf" "${PIP_CONFIG_FILE:-}"; do
        [[ -f $file ]] || continue
        mkdir -p "$root/root/.config/pip"
        cp -L "$file" "$root/root/.config/pip/pip.conf"
        return
    done
}

# Folders of packages that pip's configuration names, one a line.
local_indexes() {
    local word
    {
        cat /etc/pip.conf /etc/xdg/pip/pip.conf "$root/root/.config/pip/pip.conf" 2>/dev/null || true
        printf '%s\n' "${PIP_FIND_LINKS:-}" "${PIP_INDEX_URL:-}" "${PIP_EXTRA_INDEX_URL:-}"
    } | tr '=, ' '\n' | while read -r word; do
        word=${word#file://}
        word=${word%/}
        [[ $word == /?* && -d $word ]] || continue
        # An index called "simple" keeps the files that it links to beside it.
        if [[ ${word##*/} == simple ]]; then dirname "$word"; else echo "$word"; fi
    done | sort -u
}

bind_read_only() {
    mkdir -p "$2"
    mount --bind "$1" "$2"
    mount -o remount,bind,ro "$2"
}

mount_all() {
    local folder
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    # All of the repository's objects, also where the checkout is one of several work trees.
    bind_read_only "$(git -C "$repository" rev-parse --path-format=absolute --git-common-dir)" "$root/mnt/repository.git"
    while read -r folder; do
        bind_read_only "$folder" "$root$folder"
    done < <(local_indexes)
}

join_host_network() {
    copy_in /etc/resolv.conf /etc/hosts
    copy_certificates
    copy_apt_configuration
    copy_pip_configuration
}

# NAME=value for each variable that the machine needs from the host. One that names a file is left out
# where the machine has no such file: a program would fail for it rather than use its default.
passed_variables() {
    local name value
    for name in $(compgen -e); do
        case $name in
            PIP_CONFIG_FILE | PIP_REQUIRE_VIRTUALENV | PIP_USER | PIP_TARGET | PIP_PREFIX | PIP_PYTHON) continue ;;
            PIP_* | SSL_CERT_FILE | SSL_CERT_DIR | REQUESTS_CA_BUNDLE | CURL_CA_BUNDLE | GIT_SSL_CAINFO) ;;
            http_proxy | https_proxy | ftp_proxy | no_proxy | HTTP_PROXY | HTTPS_PROXY | FTP_PROXY | NO_PROXY) ;;
            *) continue ;;
        esac
        value=${!name}
        [[ $value != /* || -e $root${value%% *} ]] || continue
        printf '%s=%s\0' "$name" "$value"
    done
}

# Runs a shell command in the machine, with a clean environment.
in_machine() {
    local -a variables
    mapfile -d '' variables < <(passed_variables)
    chroot "$root" env -i HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "${variables[@]}" bash -euo pipefail -c "$1"
}

# ---------------------------------------------------------------------------- the steps

# Runs a step, keeps its output and its time, and ends everything if it fails.
step() {
    local name=$1 log=$logs/${1// /-}.log started=$SECONDS
    shift
    say "$name …"
    # In a shell of its own: `set -e` does not hold in a command whose status is asked for.
    (
        set -e
        "$@"
    ) >"$log" 2>&1 &
    if ! wait $!; then
        tail -n 60 "$log" >&2
        die "$name FAILED after $((SECONDS - started)) s"
    fi
    took=$((SECONDS - started))
    results+=("$(printf '%-34s %5d s   %s' "$name" "$took" "$(tail -n 1 "$log" | cut -c 1-90)")")
}

install_packages() {
    in_machine "apt-get update -q && apt-get install -y -q ${apt_packages[*]}"
    copy_certificates
}

clone() {
    # The folder may belong to another user; nothing else on this machine is at stake.
    in_machine "git config --global --add safe.directory '*'
        git clone -q /mnt/repository.git /project
        cd /project
        git -c advice.detachedHead=false checkout -q '$(git -C "$repository" rev-parse HEAD)'
        git log -1 --format='%h %s'"
}

check_demo() {
    ((took < demo_limit)) || die "make demo took $took s; the limit is $demo_limit s"
    [[ -s $logs/make-demo.log ]] || die 'make demo printed nothing'
}

check_tests() {
    if grep -n -i 'skipped' "$logs/make-test.log" >&2; then
        die 'make test skipped something: on a fresh machine everything must run'
    fi
}

inner_main() {
    suite=${FRESH_SUITE:?}
    root=$FRESH_INNER/root
    logs=$FRESH_INNER/logs
    results=()
    took=0
    mkdir -p "$root" "$logs"
    step "debootstrap $suite" make_machine
    join_host_network
    mount_all
    step 'apt-get install' install_packages
    step 'git clone' clone
    step 'make demo' in_machine 'cd /project && make demo'
    check_demo
    step 'make test' in_machine 'cd /project && make test'
    check_tests
    printf '\n%-34s %7s   %s\n' STEP TIME 'LAST LINE'
    printf '%s\n' "${results[@]}"
}

if [[ -n ${FRESH_INNER:-} ]]; then inner_main; else main "$@"; fi
