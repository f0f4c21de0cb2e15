#!/bin/sh
# Makes the image of proffer, for masters and agents alike, without a container engine: an OCI image layout,
# and an archive for "docker load" where there is skopeo. Its first layer holds the C library, a shell and a
# few programs, out of the packages that are installed on this host (Debian or a relative of it); its second
# Java; its third proffer. Nothing is fetched, and the same inputs make the same image.
#
# usage: build.sh [--jar FILE] [--out DIRECTORY] [--tag NAME]
#   --jar  the runnable jar (cli/target/proffer.jar)
#   --out  where the image goes (target/image): DIRECTORY/oci, and DIRECTORY/proffer.tar
#   --tag  what it is called (the version of the project)
#
# JAVA_HOME names the JDK 25 or newer that Java is cut out of; else the one on the PATH does.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd -P)
jar=$root/cli/target/proffer.jar
out=$root/target/image
tag=$(sed -n 's,^  <version>\(.*\)</version>.*,\1,p' "$root/pom.xml" | head -n 1)

fail() {
  echo "build.sh: $*" >&2
  exit 1
}

while [ $# -gt 0 ]; do
  case $1 in
    --jar | --out | --tag) [ $# -gt 1 ] || fail "$1 needs a value." ;;
    *) fail "expected --jar, --out or --tag, but got '$1'." ;;
  esac
  case $1 in
    --jar) jar=$2 ;;
    --out) out=$2 ;;
    --tag) tag=$2 ;;
  esac
  shift 2
done

# What tasks find beside the C library and what it loads, and whatever these need.
packages='base-files libc6 libc-bin libgcc-s1 dash bash coreutils findutils grep gzip hostname sed tar
  libacl1 libattr1 libgmp10 libpcre2-8-0 libselinux1 libtinfo6 zlib1g'

# All that proffer.jar asks for, and what is looked up by name: security, name service, jcmd. What it asks for
# is told by: jdeps --ignore-missing-deps --multi-release 25 --print-module-deps cli/target/proffer.jar
# (java.desktop is left out: libraries that look for it do without).
modules=java.base,java.compiler,java.instrument,java.logging,java.management,java.naming,java.net.http
modules=$modules,java.security.jgss,java.security.sasl,java.sql,java.xml,jdk.crypto.ec,jdk.httpserver
modules=$modules,jdk.jcmd,jdk.jfr,jdk.management,jdk.management.agent,jdk.naming.dns,jdk.net
modules=$modules,jdk.security.auth,jdk.unsupported,jdk.zipfs

# All files get this time, and the image too.
: "${SOURCE_DATE_EPOCH:=$(git -C "$root" log -1 --format=%ct 2>/dev/null || echo 0)}"
created=$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)

[ "$(id -u)" = 0 ] || fail "needs root: files of the image belong to root and to the user proffer. Run it as root."
command -v umoci >/dev/null || fail "there is no umoci, which writes the image. Install the package umoci."
command -v dpkg-query >/dev/null || fail "there is no dpkg-query: the base of the image is made of installed" \
  "packages of Debian or a relative of it."
# shellcheck disable=SC2086
dpkg-query -W $packages >/dev/null 2>&1 || fail "not all of these packages are installed:" $packages
certificates=/usr/share/ca-certificates/mozilla
[ -d "$certificates" ] || fail "there is no $certificates. Install the package ca-certificates."
[ -f "$jar" ] || fail "there is no $jar. Build it with: ./mvnw -DskipTests -pl cli -am package"
jlink=${JAVA_HOME:+$JAVA_HOME/bin/}jlink
command -v "$jlink" >/dev/null || fail "there is no jlink in JAVA_HOME or on the PATH. Install a JDK 25."
feature=$("$jlink" --version | sed 's/[^0-9].*//')
[ "$feature" -ge 25 ] || fail "needs the jlink of a JDK 25 or newer, but $jlink is of $feature."

mkdir -p "$out"
out=$(cd "$out" && pwd -P)
work=$(mktemp -d "$out/work.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
umask 022

# Files of a package that are worth their room: no manuals, no translations.
files_of() {
  dpkg-query -L "$1" | while IFS= read -r path; do
    case $path in
      /usr/share/doc/*/copyright) ;;
      /usr/share/doc/* | /usr/share/man/* | /usr/share/info/* | /usr/share/locale/* | /usr/share/lintian/*) continue ;;
      /usr/share/bug/* | /usr/share/menu/* | /usr/share/gcc/* | /usr/lib/*/gconv/* | /etc/update-motd.d/* | /etc/cron*) continue ;;
      /[!/]*) ;;
      *) continue ;;
    esac
    # Directories come with what is in them. What was diverted or taken away on this host is not there.
    if [ -h "$path" ] || { [ -e "$path" ] && [ ! -d "$path" ]; }; then
      echo "${path#/}"
    fi
  done
}

make_base() {
  base=$work/base
  mkdir -p "$base/usr/bin" "$base/usr/sbin" "$base/usr/lib" "$base/usr/lib64" "$base/etc/ssl/certs" \
    "$base/proc" "$base/sys" "$base/dev" "$base/run" "$base/var/lib/proffer" "$base/var/lib/dpkg/status.d"
  for link in bin sbin lib lib64; do
    # Where the host has them as directories, its packages bring them as directories.
    [ ! -h "/$link" ] || ln -s "usr/$link" "$base/$link"
  done
  for package in $packages; do
    files_of "$package"
    # Scanners of images look here for what is inside.
    dpkg-query -s "$package" >"$base/var/lib/dpkg/status.d/$package"
  done | tar -C / --no-recursion -cf - -T - | tar -C "$base" --keep-directory-symlink -xf -
  # A host may have another sh, or changed /etc.
  ln -sf dash "$base/usr/bin/sh"
  printf 'root:x:0:0:root:/root:/bin/bash\nproffer:x:5050:5050::/var/lib/proffer:/bin/sh\nnobody:x:65534:65534::/nonexistent:/bin/false\n' \
    >"$base/etc/passwd"
  printf 'root:x:0:\nproffer:x:5050:\nnogroup:x:65534:\n' >"$base/etc/group"
  printf 'passwd: files\ngroup: files\nhosts: files dns\n' >"$base/etc/nsswitch.conf"
  # Not what this host trusts, but what the package does.
  cat "$certificates"/*.crt >"$base/etc/ssl/certs/ca-certificates.crt"
  mkdir -m 700 "$base/root"
  mkdir -m 1777 "$base/tmp"
  chown 5050:5050 "$base/var/lib/proffer"
}

make_java() {
  "$jlink" --add-modules "$modules" --strip-java-debug-attributes --no-header-files --no-man-pages \
    --output "$work/java"
  # Masters and agents have small headers of objects, the other commands do not: an archive of classes for
  # either.
  "$work/java/bin/java" -XX:+UseCompactObjectHeaders -Xshare:dump -Xlog:disable
  "$work/java/bin/java" -Xshare:dump -Xlog:disable
}

make_proffer() {
  mkdir -p "$work/proffer/bin" "$work/proffer/lib"
  cp "$root/deploy/proffer" "$work/proffer/bin/proffer"
  cp "$jar" "$work/proffer/lib/proffer.jar"
  cp "$root/LICENSE" "$work/proffer/LICENSE"
  chmod 755 "$work/proffer/bin/proffer"
  chmod 644 "$work/proffer/lib/proffer.jar" "$work/proffer/LICENSE"
}

# Whatever is to be loaded must be there: a package that is missing above is named here, not by a task.
check_libraries() {
  # Asks the loader itself: ldd would start four processes for each file.
  loader=$(ldd /bin/sh | sed -n 's,^[[:space:]]*\(/[^ ]*/ld-[^ ]*\) .*,\1,p')
  find "$work/base/usr" "$work/java" -type f \( -perm -u+x -o -name '*.so*' \) | while IFS= read -r file; do
    LD_TRACE_LOADED_OBJECTS=1 "$loader" "$file" 2>/dev/null || :
  done | sed -n 's,^.* => \(/[^ ]*\) .*,\1,p' | sort -u | grep -v "^$work" | while IFS= read -r library; do
    [ -e "$work/base$library" ] || echo "$library of $(dpkg-query -S "$library" 2>/dev/null | head -n 1)"
  done >"$work/missing"
  [ ! -s "$work/missing" ] || fail "these are needed in the image and in none of its packages:" \
    "$(cat "$work/missing")"
}

layer() {
  find "$1" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
  umoci insert --image "$work/oci:$tag" --history.created "$created" --history.created_by "$3" "$1" "$2"
}

make_image() {
  umoci init --layout "$work/oci"
  umoci new --image "$work/oci:$tag"
  layer "$work/base" / 'packages of the distribution'
  layer "$work/java" /opt/proffer/java 'jlink'
  layer "$work/proffer" /opt/proffer 'proffer'
  umoci config --image "$work/oci:$tag" --created "$created" --history.created "$created" \
    --config.entrypoint /opt/proffer/bin/proffer --config.cmd --help \
    --config.env PATH=/opt/proffer/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    --config.env LC_ALL=C.UTF-8 \
    --config.workingdir /var/lib/proffer --config.stopsignal SIGTERM \
    --config.exposedports 5050/tcp --config.exposedports 5051/tcp \
    --config.label org.opencontainers.image.title=proffer \
    --config.label "org.opencontainers.image.version=$tag" \
    --config.label org.opencontainers.image.licenses=Apache-2.0
  umoci gc --layout "$work/oci"
}

make_base
make_java
make_proffer
check_libraries
make_image

rm -rf "$out/oci" "$out/proffer.tar"
if command -v skopeo >/dev/null; then
  skopeo copy --quiet --insecure-policy "oci:$work/oci:$tag" "docker-archive:$work/proffer.tar:proffer:$tag"
  mv "$work/proffer.tar" "$out/proffer.tar"
fi
mv "$work/oci" "$out/oci"

size() { du -sm "$1" | cut -f 1; }
echo "$out/oci:$tag: $(size "$out/oci") MB; unpacked $(size "$work/base") MB of packages," \
  "$(size "$work/java") MB of Java, $(size "$work/proffer") MB of proffer."
if [ -f "$out/proffer.tar" ]; then
  echo "$out/proffer.tar: for \"docker load --input\", as proffer:$tag."
else
  echo "There is no skopeo, so there is no archive for \"docker load\". Install the package skopeo, or give the" \
    "layout to a tool that reads it."
fi
