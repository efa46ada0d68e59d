#!/bin/sh
# tests/package/deb.sh [ROOT]: builds the Debian package and tries it in a fresh root: it installs with nothing but what it says it
# needs, runs, and leaves no file behind when it is removed. As root; needs debootstrap and the net, so it is no part of the test
# run. ROOT: a fresh Debian 12 root that is there already.
set -eu
cd "$(dirname "$0")/../.."
. tools/deps.sh
# shellcheck disable=SC2086
need_packages $BUILD_PACKAGES dpkg-dev file
configure build/deb -DCMAKE_BUILD_TYPE=Release
cmake --build build/deb > build/deb.log 2>&1 || { cat build/deb.log; exit 1; }
(cd build/deb && cpack > cpack.log 2>&1 || { cat cpack.log; exit 1; })
package=$(ls build/deb/bylaw_*.deb)
dpkg-deb --info "$package" | grep -E 'Package|Version|Depends|Installed-Size'
dpkg-deb --contents "$package" | awk '{ print $6 }' > build/deb/contents
for file in bin/bylaw lib/.*/libbylaw.so include/bylaw/bylaw.h man1/bylaw.1 man5/bylaw-ruleset.5 man5/bylaw-action.5 man3/bylaw.3 \
    bash-completion/completions/bylaw schema/bylaw-action.schema.json rules/wcasp.yaml pkgconfig/bylaw.pc bylaw-config.cmake; do
    grep -q "$file" build/deb/contents || { echo "the package lacks $file"; exit 1; }
done

root=${1:-}
if [ -z "$root" ]; then
    need_packages debootstrap
    root=$(mktemp -d)
    trap 'rm -rf "$root"' EXIT
    debootstrap --variant=minbase bookworm "$root" > build/deb/debootstrap.log
fi
cp "$package" "$root/bylaw.deb"
cp rules/examples/联盟-解散-9个成员赞成6.yaml "$root/motion.yaml"
find "$root" -xdev \( -path "$root/proc" -o -path "$root/var/cache" -o -path "$root/var/log" -o -path "$root/var/lib" \) -prune -o -print |
    sort > build/deb/before
chroot "$root" sh -c 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends /bylaw.deb' \
    > build/deb/install.log 2>&1 || { tail build/deb/install.log; exit 1; }
chroot "$root" bylaw version
chroot "$root" bylaw check motion.yaml
chroot "$root" sh -c 'dpkg --purge bylaw && DEBIAN_FRONTEND=noninteractive apt-get autoremove -y -qq' > build/deb/remove.log 2>&1
find "$root" -xdev \( -path "$root/proc" -o -path "$root/var/cache" -o -path "$root/var/log" -o -path "$root/var/lib" \) -prune -o -print |
    sort > build/deb/after
if comm -13 build/deb/before build/deb/after | grep -i bylaw; then
    echo "files are left behind"
    exit 1
fi
echo "installs, runs and removes cleanly"
