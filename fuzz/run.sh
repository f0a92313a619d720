#!/usr/bin/env bash
# Runs every fuzz target and says how far it came: fuzz/run.sh [seconds for each target] [target…]
# Needs a C++ compiler. What crashes is in fuzz/artifacts/, what was learnt in fuzz/corpus/.
# SANITIZER=address looks at memory too and is several times slower: the compiler has no unsafe code, its YAML reader has.
set -euo pipefail
cd "$(dirname "$0")"
seconds=${1:-60}
shift || true
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(front_matter markdown folder links)
sanitizer=${SANITIZER:-none}

command -v cargo-fuzz >/dev/null || cargo install cargo-fuzz --locked
# Sanitizers are an unstable option, which a stable toolchain takes with this.
[ "$sanitizer" = none ] || export RUSTC_BOOTSTRAP=1
build=${CARGO_TARGET_DIR:-target}/fuzz-$sanitizer
triple=$(rustc -vV | sed -n 's/^host: //p')
cargo fuzz build --sanitizer "$sanitizer" --target-dir "$build"

crashed=()
printf '%-14s %12s %11s %8s %8s %8s\n' target executions per-second cov ft corpus
for target in "${targets[@]}"; do
    mkdir -p "corpus/$target" "artifacts/$target"
    seeds=("seeds/$target")
    [ "$target" != markdown ] || seeds+=(../tests/oracle/corpus)
    log=$(mktemp)
    "$build/$triple/release/$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=4096 -max_len=4096 -dict=words.dict \
        -print_final_stats=1 -artifact_prefix="artifacts/$target/" "corpus/$target" "${seeds[@]}" >"$log" 2>&1 &
    process=$!
    wait "$process" && status=0 || status=$?
    rm -rf "/dev/shm/almanac-fuzz-$process" "${TMPDIR:-/tmp}/almanac-fuzz-$process"
    last=$(grep -E 'cov: [0-9]+ ft: ' "$log" | tail -n 1 || true)
    progress() { sed -n "s/.*$1: \([0-9]*\).*/\1/p" <<<"$last"; }
    total() { sed -n "s/^stat::$1: *//p" "$log"; }
    printf '%-14s %12s %11s %8s %8s %8s\n' "$target" "$(total number_of_executed_units)" "$(total average_exec_per_sec)" \
        "$(progress cov)" "$(progress ft)" "$(find "corpus/$target" -type f | wc -l)"
    if [ "$status" -ne 0 ]; then
        crashed+=("$target")
        grep -vE '^#[0-9]+|^Recommended|^###' "$log" | tail -n 60
    fi
    rm -f "$log"
done
if [ ${#crashed[@]} -gt 0 ]; then
    echo "crashed: ${crashed[*]}. A smaller input: cargo fuzz tmin --sanitizer $sanitizer TARGET artifacts/TARGET/FILE"
    exit 1
fi
