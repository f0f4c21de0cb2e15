#!/bin/sh
# Compiles the supervisor into directory $1, statically where that works: a static program starts
# faster and does not care what the host has. Without a compiler nothing is made, and the agent uses
# supervisor.sh.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=$1/supervisor-$(uname -s)-$(uname -m)
mkdir -p "$1"
if [ -f "$out" ] && [ -z "$(find "$here" -newer "$out" -name '*.[ch]')" ]; then
  exit 0
fi
for compiler in "musl-gcc -static" "cc -static" "cc" "gcc -static" "gcc"; do
  # Unquoted: the words of $compiler are the program and its option.
  if $compiler -O2 -Wall -Wextra -s -o "$out.new" "$here"/*.c 2>"$out.log"; then
    rm -f "$out.log"
    mv "$out.new" "$out"
    exit 0
  fi
done
rm -f "$out.log" "$out.new"
echo "No C compiler found: the agent will use its slower shell supervisor. Install gcc or musl-tools to change that."
