#!/bin/sh
# tests/package/deb.sh [ROOT]: builds the Debian package and tries it in a fresh Debian 12: lintian finds nothing that is not
# explained in tools/package/debian/overrides; it installs with nothing but what it says it needs, runs for a plain user, and leaves
# no file behind when it is purged; programs build against it without the libraries beneath. Wants to be root, wants debootstrap and
# the mirror of Debian that apt uses here, so it is no part of the test run. ROOT: a fresh root that is there already; it is used up.
set -eu
cd "$(dirname "$0")/../.."
. tools/deps.sh
need_packages lintian debootstrap
build=$PWD/build/deb
mkdir -p "$build.log.d"
fail() { echo "FAIL $1"; exit 1; }
logged() { # LOG COMMAND...: says nothing when all is well
    log=$build.log.d/$1
    shift
    "$@" > "$log" 2>&1 || { tail -n 20 "$log"; fail "$*"; }
}

package=$(sh tools/deb.sh)
dpkg-deb --info "$package" | grep -E 'Package|Version|Depends|Installed-Size'
echo "package: $(stat -c %s "$package") bytes"
dpkg-deb --contents "$package" | awk '{ print $6 }' > "$build.log.d/contents"
for file in bin/bylaw lib/.*/libbylaw.so include/bylaw/bylaw.h man1/bylaw.1.gz man5/bylaw-ruleset.5.gz man5/bylaw-action.5.gz \
    man3/bylaw.3.gz bash-completion/completions/bylaw zsh/vendor-completions/_bylaw fish/vendor_completions.d/bylaw.fish \
    schema/bylaw-action.schema.json rules/wcasp.yaml pkgconfig/bylaw.pc bylaw-config.cmake doc/bylaw/copyright; do
    grep -q "$file" "$build.log.d/contents" || fail "the package lacks $file"
done
logged lintian lintian --allow-root --display-info --pedantic --fail-on error,warning,info,pedantic "$package"
echo "lintian: nothing but what is explained ($(grep -c '^bylaw:' tools/package/debian/overrides) tags)"

root=${1:-}
if [ -z "$root" ]; then
    mirror=$(apt-get indextargets --format '$(SITE) $(RELEASE)' 'Created-By: Packages' | awk '$2 == "bookworm" { print $1; exit }')
    [ -n "$mirror" ] || fail "apt knows no mirror of bookworm here"
    root=$(mktemp -d)
    chmod 755 "$root" # a plain user runs the program in it
    trap 'rm -rf "$root"' EXIT
    logged debootstrap debootstrap --variant=minbase bookworm "$root" "$mirror"
fi
inside() { LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive chroot "$root" "$@"; }
packages() { inside dpkg-query -W -f '${Package}\n' | sort; }
files() { # all of them but apt's and dpkg's own records
    (cd "$root" && find . -xdev \( -path ./proc -o -path ./var/cache -o -path ./var/log -o -path ./var/lib/apt -o -path ./var/lib/dpkg \) \
        -prune -o -print | sort)
}
cp "$package" "$root/bylaw.deb"
cp rules/examples/联盟-解散-9个成员赞成6.yaml "$root/motion.yaml"
logged update inside apt-get update -qq
files > "$build.log.d/files-before"
packages > "$build.log.d/packages-before"

logged install inside apt-get install -y -qq --no-install-recommends /bylaw.deb
packages | comm -13 "$build.log.d/packages-before" - > "$build.log.d/packages-new"
echo "installed: $(tr '\n' ' ' < "$build.log.d/packages-new")"
for file in /usr/bin/bylaw /usr/lib/*/libbylaw.so.0; do
    inside sh -c "ldd $file" > "$build.log.d/ldd"
    ! grep 'not found' "$build.log.d/ldd" || fail "$file lacks a library"
done
as_user() { LC_ALL=C.UTF-8 chroot --userspec=nobody:nogroup "$root" "$@"; }
as_user bylaw version
as_user bylaw --lang zh check /motion.yaml > "$build.log.d/said" || fail "the check failed"
(cd "$root" && "$build/bylaw" --lang zh check motion.yaml) | sed 's#motion.yaml#/motion.yaml#' | cmp - "$build.log.d/said" ||
    fail "the installed program says something else"
head -n 1 "$build.log.d/said"
[ "$(inside bash -c '. /usr/share/bash-completion/completions/bylaw; COMP_WORDS=(bylaw che); COMP_CWORD=1; _bylaw; echo "${COMPREPLY[*]}"')" = check ] ||
    fail "bash does not complete"

# The sample repository, as its jobs run it in this very system.
cp -R tests/recipes/repository "$root/repository"
code=0
LC_ALL=C.UTF-8 chroot --userspec=nobody:nogroup "$root" sh -c 'cd /repository && bylaw check -f github 议案' > "$build.log.d/job" || code=$?
[ "$code" -eq 1 ] && grep -q '^::error file=议案/02-改期.yaml,' "$build.log.d/job" || fail "the job of the sample repository"
rm -r "$root/repository"

logged purge inside sh -c 'apt-get purge -y -qq bylaw && apt-get autoremove --purge -y -qq'
files | diff "$build.log.d/files-before" - || fail "purging does not leave what was there before"
packages | diff "$build.log.d/packages-before" - || fail "purging leaves packages"
echo "purged: every file and package is as before"

# The program of README.md, against the installed package alone.
logged again inside apt-get install -y -qq --no-install-recommends /bylaw.deb gcc libc6-dev pkg-config cmake make
mkdir "$root/user"
awk '/^```c$/ { on = 1; next } /^```/ && on { exit } on' README.md > "$root/user/program.c"
[ -s "$root/user/program.c" ] || fail "README.md holds no C program"
cat > "$root/user/CMakeLists.txt" <<'CMAKE'
cmake_minimum_required(VERSION 3.25)
project(user LANGUAGES C)
find_package(bylaw 0.1 REQUIRED)
add_executable(by_cmake program.c)
target_link_libraries(by_cmake PRIVATE bylaw::bylaw)
CMAKE
logged pkgconfig inside sh -c 'cd /user && cc program.c $(pkg-config --cflags --libs bylaw) -o by_pkgconfig'
logged cmake inside sh -c 'cd /user && cmake -B build && cmake --build build && mv build/by_cmake .'
for program in by_pkgconfig by_cmake; do
    inside "/user/$program" | grep -q '^verdict: violation' || fail "$program"
done
echo "pkg-config and find_package: the program of README.md builds and runs"
echo "the package installs, runs and is purged cleanly"
