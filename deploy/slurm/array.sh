#!/usr/bin/env bash
# Builds one shard: sbatch deploy/slurm/array.sh --project PROJECT --out DIR
#SBATCH --job-name=gen-report
#SBATCH --array=0-7
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=2
#SBATCH --mem-per-cpu=500M
#SBATCH --time=04:00:00
#SBATCH --output=gen-report-%a.log
#SBATCH --open-mode=append
#SBATCH --requeue
set -euo pipefail
# Set SHARDS when single tasks are submitted again: the array is then smaller than the number of shards.
shards=${SHARDS:-$SLURM_ARRAY_TASK_COUNT}
exec gen-report --shard auto --shards "$shards" --resume --quiet --jobs "${SLURM_CPUS_PER_TASK:-1}" "$@"
