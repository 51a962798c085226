#!/bin/sh
# Makes .venv hold siyu and all it needs.
#
#   environment.sh run    what the app needs
#   environment.sh dev    that, and what the checks need
#
# Quick when nothing changed since the last time; otherwise one line a step on
# standard error. Debian's python3 comes without ensurepip, and often without
# pip, so there are three ways to a .venv; what is missing in the end is told
# in one sentence.
set -eu
kind=$1
cd "$(dirname "$0")/../.."

step() { printf '%s\n' "$*" >&2; }
stop() {
    step "$*"
    exit 1
}
silently() { "$@" >/dev/null 2>&1; }

find_python() {
    for name in python3.11 python3.12 python3.13 python3; do
        if silently "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
            echo "$name"
            return
        fi
    done
    stop "siyu needs Python 3.11 or newer and found none: install python3 and make, then try again."
}

# The state of .venv as one line; a changed pyproject.toml or Python changes it.
state() {
    version=$(.venv/bin/python -c 'import sys; print(sys.version.split()[0])' 2>/dev/null || true)
    echo "$1 Python ${version:-none}, pyproject.toml $(cksum <pyproject.toml)"
}

ready() {
    present=$(cat .venv/siyu-state 2>/dev/null || true)
    [ "$present" = "$(state dev)" ] || [ "$present" = "$(state "$kind")" ]
}

# Sets `pip` to the command that installs into .venv, if there is one.
find_pip() {
    if silently .venv/bin/python -m pip --version; then
        pip=".venv/bin/python -m pip"
    elif silently "$python" -m pip --python .venv/bin/python --version; then
        pip="$python -m pip --python .venv/bin/python"
    else
        return 1
    fi
}

make_venv() {
    rm -rf .venv
    silently "$python" -m venv .venv || silently "$python" -m venv --clear --without-pip .venv || true
    find_pip
}

install_venv_package() {
    command -v apt-get >/dev/null || return 1
    as_root=
    if [ "$(id -u)" != 0 ]; then
        silently sudo -n true || return 1
        as_root="sudo -n"
    fi
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    step "Installing Debian's package $package"
    said=$(mktemp)
    if $as_root apt-get update >"$said" 2>&1 &&
        $as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y --no-install-recommends "$package" >>"$said" 2>&1; then
        rm -f "$said"
    else
        tail -n 20 "$said" >&2
        rm -f "$said"
        return 1
    fi
}

if ready; then exit 0; fi
python=$(find_python)
if ! find_pip; then
    step "Making .venv with $("$python" --version)"
    make_venv || { install_venv_package && make_venv; } || stop \
        "siyu needs Python's venv module: install it (Debian and Ubuntu: apt-get install python3-venv), then try again."
fi

extras=
if [ "$kind" = dev ]; then extras="[dev]"; fi
step "Installing siyu and what it needs into .venv (a minute or two, only this once)"
$pip install --quiet --quiet --disable-pip-version-check --no-input --editable ".$extras" || stop \
    "The installation failed, see above: with the cause mended, the same command goes on."
state "$kind" >.venv/siyu-state
