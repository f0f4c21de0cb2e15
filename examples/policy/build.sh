#!/bin/sh
# Builds target/memory-policy.jar, once its own test has passed:
#
#     examples/policy/build.sh [CLASS_PATH [DIRECTORY]]
#
# CLASS_PATH is what proffer's classes are in (cli/target/proffer.jar), DIRECTORY where the build
# leaves what it makes (target beside this script). It needs the JDK 25 of JAVA_HOME, or of the PATH.
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
proffer=${1:-$here/../../cli/target/proffer.jar}
out=${2:-$here/target}
jdk=${JAVA_HOME:+$JAVA_HOME/bin/}

if [ $# -eq 0 ] && [ ! -f "$proffer" ]; then
  echo "build.sh: there is no cli/target/proffer.jar yet; 'bin/proffer --version' builds it." >&2
  exit 1
fi
rm -rf "$out/classes" "$out/tests"
mkdir -p "$out/classes" "$out/tests"
"${jdk}javac" -proc:none -cp "$proffer" -d "$out/classes" "$here"/src/main/java/com/example/policy/*.java
cp -R "$here/src/main/resources/." "$out/classes"
"${jdk}javac" -proc:none -cp "$out/classes:$proffer" -d "$out/tests" \
  "$here"/src/test/java/com/example/policy/*.java
"${jdk}java" -cp "$out/tests:$out/classes:$proffer" com.example.policy.MemoryPolicyTest
"${jdk}jar" --create --file "$out/memory-policy.jar" -C "$out/classes" .
echo "$out/memory-policy.jar"
