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

# A system of 1,000 workloads from Git to files, as a whole process; kubectl kustomize reads what was written.
git init -q -b main "$folder/large"
cd "$folder/large"
"$build/benchmarks" topology 1000 > topology.yaml
git add .
git commit -qm "A large system"
python3 - "$build/meshctl" <<'PYTHON'
import os, shutil, subprocess, sys, time

def measured(*command):
    """The wall time in seconds and the most memory in MB of a command."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status: sys.exit(f"{command[0]} failed")
    scale = 1024 * 1024 if sys.platform == "darwin" else 1024
    return time.monotonic() - start, usage.ru_maxrss // scale

def median(runs): return sorted(runs)[len(runs) // 2]

meshctl = sys.argv[1]
own = median([measured(meshctl, "render", "--to", "out", "--quiet") for _ in range(5)])
stream = median([measured(meshctl, "render", "--cluster", "cluster-asia-northeast1") for _ in range(5)])
print(f"meshctl render, 1,000 workloads, 2 clusters to files: {own[0]:.2f} s, {own[1]} MB; "
      f"1 cluster to standard output: {stream[0]:.2f} s, {stream[1]} MB")
if shutil.which("kubectl"):
    peer = median([measured("kubectl", "kustomize", "out/cluster-asia-northeast1") for _ in range(3)])
    print(f"kubectl kustomize on one of the clusters: {peer[0]:.2f} s, {peer[1]} MB: "
          f"{2 * peer[0] / own[0]:.1f} x the time of meshctl for the same objects")
PYTHON
