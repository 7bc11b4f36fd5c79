#!/usr/bin/env bash
# An array of eight on a real Slurm: slurm.sh PROGRAM
# A controller and two nodes run on this machine. One task is killed in the middle of its work and submitted again;
# merged, the shards hold the same bytes as a run that was never divided.
set -euo pipefail
program=$(realpath "$1")
script=$(realpath "$(dirname "$0")/../../deploy/slurm/array.sh")
cities=$(realpath "$(dirname "$0")/cities.py")
work=$(mktemp -d)
daemons=()
finish() {
  status=$?
  kill "${daemons[@]}" 2>/dev/null || true
  wait
  # On failure, print the log of each daemon.
  test $status -eq 0 || tail -n 30 "$work"/*.log "$work"/run/*.log
  rm -rf "$work"
}
trap finish EXIT

# No accounting, no cgroups, no keys: this cluster runs for a minute and accepts connections from this machine only.
read -r port one two < <(python3 -c '
import socket
sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
print(*(s.getsockname()[1] for s in sockets))')
host=$(hostname -s)
mkdir "$work/run" "$work/state" "$work/bin"
cat > "$work/slurm.conf" <<CONF
ClusterName=press
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/none
CredType=cred/none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=defer_batch,sched_min_interval=0,batch_sched_delay=0,bf_interval=1
MaxArraySize=9
KillWait=1
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool-%n
SlurmctldPidFile=$work/controller.pid
SlurmdPidFile=$work/%n.pid
SlurmdParameters=config_overrides
NodeName=node1 NodeHostname=$host NodeAddr=127.0.0.1 Port=$one CPUs=4 RealMemory=4000
NodeName=node2 NodeHostname=$host NodeAddr=127.0.0.1 Port=$two CPUs=4 RealMemory=4000
PartitionName=main Nodes=node1,node2 Default=YES State=UP
CONF
export SLURM_CONF=$work/slurm.conf
slurmctld -D > "$work/controller.log" 2>&1 & daemons+=($!)
slurmd -D -N node1 > "$work/node1.log" 2>&1 & daemons+=($!)
slurmd -D -N node2 > "$work/node2.log" 2>&1 & daemons+=($!)
until_true() { # SECONDS COMMAND…
  local end=$((SECONDS + $1))
  shift
  until "$@"; do test $SECONDS -lt $end || { echo "slurm: never became true: $*" >&2; exit 1; }; sleep 0.2; done
}
idle() { test "$(sinfo -h -o '%t %D' 2>/dev/null)" = "idle 2"; }
until_true 60 idle

# Forty fictional cities in two languages.
"$program" --quiet init "$work/project" --lang fr,en
python3 "$cities" "$work/project/reports/results.yaml" 40
"$program" --quiet --project "$work/project" --report certificate --out "$work/whole"

# The tasks find the program in the path. The first time, the one with the number 3 dies with its second document.
cat > "$work/bin/gen-report" <<WRAP
#!/usr/bin/env bash
if test "\$SLURM_ARRAY_TASK_ID" = 3 && ! test -e "$work/died"; then
  touch "$work/died"
  "$program" "\${@/--quiet/--verbose}" > >(read -r; read -r; kill -KILL "\$(cat "$work/three")") & echo \$! > "$work/three"
  wait \$!
  exit
fi
exec "$program" "\$@"
WRAP
chmod +x "$work/bin/gen-report"
cd "$work/run"
submit() { PATH="$work/bin:$PATH" sbatch --parsable "$@" "$script" --project "$work/project" --report certificate --out "$work/out"; }
states() { scontrol -o show job "$1" | grep -o 'ArrayTaskId=[0-9]*\|JobState=[A-Z_]*' | paste -d' ' - - | sort; }
ended() { ! states "$1" | grep -Eq 'PENDING|RUNNING|COMPLETING'; }
job=$(submit)
until_true 120 ended "$job"
states "$job"
test "$(states "$job" | grep -c COMPLETED)" -eq 7
states "$job" | grep -q 'ArrayTaskId=3 JobState=FAILED'
# A merge with a missing document fails.
merge() { "$program" merge --project "$work/project" --report certificate "$work/out"; }
if merge > "$work/gap.log" 2>&1; then echo "slurm: a gap was merged" >&2; exit 1; fi
grep -q 'E0607' "$work/gap.log"

again=$(SHARDS=8 submit --array=3)
until_true 120 ended "$again"
states "$again"
merge
sums() { (cd "$1" && find . -name '*.pdf' | sort | xargs sha256sum); }
test "$(sums "$work/whole" | wc -l)" -eq 86
test "$(sums "$work/whole")" = "$(sums "$work/out")"
echo "86 certificates from 8 tasks on 2 nodes, one of them killed and submitted again: the same bytes as in one run"
