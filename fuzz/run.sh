#!/usr/bin/env bash
# Runs every fuzz target and says how far it came: fuzz/run.sh [seconds for each target] [target…]
# Needs a C++ compiler. What crashes is in fuzz/artifacts/, what was learnt in fuzz/corpus/.
set -euo pipefail
cd "$(dirname "$0")"
seconds=${1:-60}
shift || true
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(front_matter markdown folder)

command -v cargo-fuzz >/dev/null || cargo install cargo-fuzz --locked
# The address sanitizer is an unstable option, which a stable toolchain takes with this.
export RUSTC_BOOTSTRAP=1
build=${FUZZ_TARGET_DIR:-target}
triple=$(rustc -vV | sed -n 's/^host: //p')
cargo fuzz build --sanitizer address --target-dir "$build"

failed=()
printf '%-14s %12s %9s %8s %8s %8s\n' target executions per-second cov ft corpus
for target in "${targets[@]}"; do
    mkdir -p "corpus/$target" "artifacts/$target"
    seeds=("seeds/$target")
    [ "$target" != markdown ] || seeds+=(../tests/oracle/corpus)
    log=$(mktemp)
    "$build/$triple/release/$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=4096 -max_len=4096 -dict=words.dict \
        -print_final_stats=1 -artifact_prefix="artifacts/$target/" "corpus/$target" "${seeds[@]}" >"$log" 2>&1 && status=0 || status=$?
    rm -rf "/dev/shm/almanac-fuzz-"* "${TMPDIR:-/tmp}/almanac-fuzz-"*
    last=$(grep -E 'cov: [0-9]+ ft: ' "$log" | tail -n 1 || true)
    field() { sed -n "s/.*$1: \([0-9]*\).*/\1/p" <<<"$last"; }
    executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    speed=$(sed -n 's/^stat::average_exec_per_sec: *//p' "$log")
    printf '%-14s %12s %9s %8s %8s %8s\n' "$target" "${executions:-?}" "${speed:-?}" "$(field cov)" "$(field ft)" "$(find "corpus/$target" -type f | wc -l)"
    if [ "$status" -ne 0 ]; then
        failed+=("$target")
        grep -vE '^#[0-9]+' "$log" | tail -n 60
    fi
    rm -f "$log"
done
if [ ${#failed[@]} -gt 0 ]; then
    echo "crashed: ${failed[*]}; make an input smaller with: RUSTC_BOOTSTRAP=1 cargo fuzz tmin --sanitizer address TARGET fuzz/artifacts/TARGET/FILE"
    exit 1
fi
