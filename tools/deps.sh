# tools/deps.sh: sourced by the other scripts. need_packages PACKAGE...: installs the Debian packages
# that are missing, as root; as anybody else it says which to install, and ends the script.
#
# BUILD_PACKAGES build the library and the program, TEST_PACKAGES the tests beside them,
# CI_PACKAGES what .ci/run wants beside those.
# shellcheck shell=sh disable=SC2034

BUILD_PACKAGES='gcc libc6-dev cmake ninja-build pkg-config libyaml-dev libicu-dev nettle-dev python3'
TEST_PACKAGES='g++ binutils libcmocka-dev libjansson-dev python3-jsonschema python3-yaml libxml2-utils perl groff-base'
CI_PACKAGES='git clang clang-format zsh fish'

# pkg-config is virtual where pkgconf provides it: what a command shows need not be installed.
missing_packages() {
    for package in "$@"; do
        case $package in
        pkg-config) command -v pkg-config > /dev/null && continue ;;
        esac
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null)" = installed ] ||
            printf '%s ' "$package"
    done
}

need_packages() {
    if ! command -v dpkg-query > /dev/null; then
        echo "This is no Debian: see to it that the like of these is installed: $*" >&2
        return
    fi
    missing=$(missing_packages "$@")
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        echo "Missing packages. Install them and run this again:" >&2
        echo "    sudo apt-get install ${missing% }" >&2
        exit 1
    fi
    echo "Installing ${missing% }" >&2
    export DEBIAN_FRONTEND=noninteractive
    # The lists of a fresh machine may be absent or old.
    # shellcheck disable=SC2086
    apt-get install -y -qq --no-install-recommends $missing > /dev/null 2>&1 ||
        { apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing; } >&2 ||
        { echo "apt-get could not install ${missing% }" >&2; exit 1; }
}

# configure FOLDER OPTION...: once, and again where the options differ; Ninja does the rest.
configure() {
    folder=$1
    shift
    launcher=
    if command -v ccache > /dev/null; then
        launcher=-DCMAKE_C_COMPILER_LAUNCHER=ccache
    fi
    if [ ! -f "$folder/build.ninja" ] || [ "$*" != "$(cat "$folder/options" 2> /dev/null)" ]; then
        # shellcheck disable=SC2086
        cmake -S . -B "$folder" -G Ninja $launcher "$@" > "$folder.log" 2>&1 ||
            { cat "$folder.log" >&2; exit 1; }
        echo "$*" > "$folder/options"
    fi
}
