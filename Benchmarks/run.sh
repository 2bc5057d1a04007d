#!/usr/bin/env bash
# Measures in one run what the benchmarks promise: run.sh FOLDER-OF-THE-RELEASE-BUILD
set -euo pipefail

build=$(realpath "${1:?usage: run.sh FOLDER-OF-THE-RELEASE-BUILD}")
examples=$(cd "$(dirname "$0")/../Examples" && pwd)
"$build/benchmarks"
"$build/soak" 1 1000 | tail -2

# The command line as a whole process: wall time and memory of a rollout on the embedded cluster.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=Bench GIT_AUTHOR_EMAIL=bench@example.com
export GIT_COMMITTER_NAME=Bench GIT_COMMITTER_EMAIL=bench@example.com
git init -q -b main "$folder/shop"
cp "$examples"/microservices/*.yaml "$folder/shop"
git -C "$folder/shop" add .
git -C "$folder/shop" commit -qm "The shop"
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
