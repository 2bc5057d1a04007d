#!/usr/bin/env bash
# Builds the fuzzer of the YAML reader and runs it: run.sh [SECONDS]. Exit status 1 when it finds a fault.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-60}
# GNU gold cannot link libFuzzer here; lld comes with the toolchain.
MESHKIT_FUZZ=1 swift build --scratch-path .build-fuzz -c release --product YAMLFuzzer \
  -Xswiftc -sanitize=fuzzer -Xcc -fsanitize=fuzzer-no-link -Xswiftc -use-ld=lld
mkdir -p .build-fuzz/found
log=.build-fuzz/fuzz.log
.build-fuzz/release/YAMLFuzzer .build-fuzz/found Tests/Fuzz/corpus -dict=Tests/Fuzz/yaml.dict \
  -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 \
  -artifact_prefix=.build-fuzz/ >"$log" 2>&1 || {
  grep -m1 -A8 -E 'Fatal error|ERROR|SUMMARY' "$log" || tail -20 "$log"
  grep 'Test unit written' "$log" || true
  echo "fuzz: a fault; the whole log is in $log" >&2
  exit 1
}
grep '^Done' "$log"
