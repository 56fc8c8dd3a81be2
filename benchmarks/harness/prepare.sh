# To be sourced by the scripts: finds a JDK 25, builds what is missing or older than a source, and sets
# JAVA_HOME, harness (a class path) and distribution (a folder).

for java in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    if [ -x "$java/bin/javac" ] && [ "$("$java/bin/javac" -version 2>&1 | sed 's/[^0-9]*\([0-9]*\).*/\1/')" -ge 25 ]; then
        export JAVA_HOME=$java
        break
    fi
done
if [ ! -x "${JAVA_HOME:-}/bin/javac" ]; then
    echo 'benchmarks: no JDK 25 in JAVA_HOME or under /usr/lib/jvm' >&2
    exit 1
fi

project=$(cd "$here/.." && pwd)
cd "$project"
built=$(ls "$here"/harness/target/benchmarks-*.jar 2>/dev/null || true)
if [ -z "$built" ] || [ -n "$(find pom.xml ./*/pom.xml ./*/src/main plugins/*/src/main benchmarks/*/pom.xml benchmarks/*/src/main \
    -type f -newer "$built" -print -quit)" ]; then
    echo 'building  (the first time takes some minutes)' >&2
    ./mvnw --batch-mode --quiet -Dmaven.test.skip=true -Djacoco.skip=true -Dspotless.check.skip=true package >&2
    touch "$here"/harness/target/benchmarks-*.jar
fi
harness=$(ls "$here"/harness/target/benchmarks-*.jar):$here/harness/target/lib/*
distribution=$(dirname "$(dirname "$(ls "$project"/distribution/target/belfry-*/belfry-*/lib/host-*.jar)")")
