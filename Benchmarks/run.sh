#!/usr/bin/env bash
# Measures in one run what the benchmarks promise: run.sh FOLDER-OF-THE-RELEASE-BUILD
set -euo pipefail

build=$(realpath "${1:?usage: run.sh FOLDER-OF-THE-RELEASE-BUILD}")
source "$(dirname "$0")/../Examples/shop.sh"
"$build/benchmarks"
"$build/soak" 1 1000 | tail -2

# The command line as a whole process: wall time and memory of a rollout on the embedded cluster.
make_shop
cd "$folder/shop"
"$build/meshctl" sync --quiet >/dev/null
cp -r .meshctl "$folder/state"
python3 - "$build/meshctl" "$folder/state" <<'PYTHON'
import os, resource, shutil, statistics, subprocess, sys, time

meshctl, state = sys.argv[1:]
walls = []
for run in range(8):
    shutil.rmtree(".meshctl")
    shutil.copytree(state, ".meshctl")
    start = time.monotonic()
    subprocess.run([meshctl, "rollout", "user-service", "--canary", "20", "--quiet", "--image",
                    "gcr.io/project/user-service:1.5.0"], check=True, stdout=subprocess.DEVNULL)
    walls.append(time.monotonic() - start)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
peak //= 1024 * 1024 if sys.platform == "darwin" else 1024
print(f"meshctl rollout: {statistics.median(walls[1:]):.3f} s of wall time, {peak} MB at most")
PYTHON
