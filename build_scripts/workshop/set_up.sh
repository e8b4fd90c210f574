#!/bin/sh
# Looks for what must be on the machine before anything else can run, says all that is missing at once and
# how to get it, and makes the virtual environment `.venv`. Written in plain sh: Python may be what is missing.
set -u

missing=0
say_missing() { # name, what was found, how to get it
    [ "$missing" -eq 0 ] && echo "Set-up cannot go on. Missing on this machine:" >&2
    missing=$((missing + 1))
    printf '  - %s\n      found: %s\n      get it: %s\n' "$1" "$2" "$3" >&2
}

# Git Bash, MSYS2 and Cygwin give Windows a shell, but not what the build stands on (file locks, .venv/bin).
case $(uname -s 2>/dev/null) in
MINGW* | MSYS* | CYGWIN* | Windows*)
    say_missing "Linux or macOS" "Windows ($(uname -s))" \
        "on Windows in WSL: 'wsl --install' in PowerShell, then put this folder inside WSL and run the same command there"
    exit 1
    ;;
esac

# The first Python that is new enough, asked for by PYTHON=... or by the usual names.
python=""
found_python="none"
for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
    command -v "$candidate" >/dev/null 2>&1 || continue
    version=$("$candidate" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
    found_python="Python $version ($candidate)"
done

if [ -z "$python" ]; then
    say_missing "Python 3.11 or later" "$found_python" \
        "on Debian 12 or Ubuntu 24.04 and later 'apt-get install python3 python3-venv'; elsewhere from python.org, or name yours: make PYTHON=/path/to/python3"
elif ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    say_missing "Python's venv module" "none beside $(command -v "$python")" "'apt-get install python3-venv'"
fi

if ! command -v node >/dev/null 2>&1; then
    say_missing "Node.js 20 or later" "none" "'apt-get install nodejs npm' where that is new enough (node --version), else from nodejs.org"
else
    node_version=$(node --version 2>/dev/null)
    node_major=$(printf '%s' "$node_version" | sed 's/^v//; s/\..*//')
    if ! [ "${node_major:-0}" -ge 20 ] 2>/dev/null; then
        say_missing "Node.js 20 or later" "${node_version:-one that does not start}" "from nodejs.org, or with a version manager such as nvm or fnm"
    fi
fi

if ! command -v npm >/dev/null 2>&1; then
    say_missing "npm" "none" "it comes with Node.js from nodejs.org; on Debian and Ubuntu 'apt-get install npm'"
fi

if [ "$missing" -gt 0 ]; then
    echo "Then run the same command again." >&2
    exit 1
fi

if ! .venv/bin/python -c 'import pip' >/dev/null 2>&1; then
    echo "Making the virtual environment .venv with $("$python" --version)"
    rm -rf .venv
    "$python" -m venv .venv || exit 1
fi
