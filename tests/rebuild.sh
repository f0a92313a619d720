#!/usr/bin/env bash
# Rebuilds are right: tests/rebuild.sh
#
# In a copy of the package with a content folder of its own, after each change: the program shows the new state, and what lies
# outside the content folder rebuilds nothing. Then: a build that fails, or can't write, says so and leaves what was there.
# Takes a minute or two once the dependencies are built; CARGO_TARGET_DIR may name a target folder to share.
# Not checked, since it is cargo's own limit: a file overwritten by one with an older modification time is not seen.
set -euo pipefail
cd "$(dirname "$0")/.."
export CARGO_TERM_COLOR=never
target=$(mkdir -p "${CARGO_TARGET_DIR:-target}" && cd "${CARGO_TARGET_DIR:-target}" && pwd)/rebuild
export CARGO_TARGET_DIR=$target/target
unset ALMANAC_CONTENT ALMANAC_BASE ALMANAC_ALLOW ALMANAC_DENY_WARNINGS
package=$target/package
mkdir -p "$target"
scratch=$(mktemp -d)
mounted=
tidy() {
    [ -z "$mounted" ] || umount "$mounted"
    rm -rf "$scratch"
}
trap tidy EXIT

rm -rf "$package"
mkdir "$package"
cp -R build.rs Cargo.toml Cargo.lock README.md src examples crates "$package"
cd "$package"
# The packages that only test are no part of it.
sed -i 's|^members = .*|members = ["crates/*"]|' Cargo.toml

passed=0
failed=0
what=
check() { what=$1; }
good() { passed=$((passed + 1)) && echo "ok      $what"; }
bad() {
    failed=$((failed + 1))
    echo "FAILED  $what: $1"
    [ ! -s "$scratch/log" ] || sed 's/^/        /' "$scratch/log" | tail -n 20
}

article() { mkdir -p "$(dirname "$1")" && printf '# %s\n\nText of %s.\n' "$2" "$2" > "$1"; }
build() { cargo build --example list > "$scratch/log" 2>&1; }
list() { "$CARGO_TARGET_DIR/debug/examples/list"; }

# Builds; then the list must have each pattern, and none of those after `--`.
shows() {
    if ! build; then
        bad "it doesn't build"
        return
    fi
    local wanted=1 pattern
    list > "$scratch/list"
    for pattern in "$@"; do
        if [ "$pattern" = -- ]; then
            wanted=0
        elif [ $wanted = 1 ] && ! grep -Eq -- "$pattern" "$scratch/list"; then
            bad "the list has no $pattern" && return
        elif [ $wanted = 0 ] && grep -Eq -- "$pattern" "$scratch/list"; then
            bad "the list still has $pattern" && return
        fi
    done
    good
}

# Where the build script writes, with the settings of now.
out_dir() {
    cargo build --example list --message-format=json 2> /dev/null | grep '"reason":"build-script-executed"' | grep ai-almanac |
        sed -n 's/.*"out_dir":"\([^"]*\)".*/\1/p' | tail -n 1
}

# What was made, and when: the generated code and the library.
made() { stat -c '%n %i %y' "$out/almanac/almanac.rs" "$CARGO_TARGET_DIR"/debug/deps/libai_almanac-*.rlib; }
contents() { (cd "$out" && find almanac -type f -exec sha256sum {} + 2> /dev/null | sort); }

# Builds; then the build script has not run and the library is the same.
rebuilds_nothing() {
    local before
    before=$(made)
    if ! build; then
        bad "it doesn't build"
    elif [ "$before" != "$(made)" ]; then
        bad "something was rebuilt"
    else
        good
    fi
}

# Does not build, says so, and what was generated stays as it was.
fails() {
    local before
    before=$(contents)
    if build; then
        bad "it builds"
    elif ! grep -Eq -- "$1" "$scratch/log"; then
        bad "the error doesn't say $1"
    elif [ "$before" != "$(contents)" ]; then
        bad "what was generated before is neither there nor gone"
    else
        good
    fi
}

article content/one.md One
article content/tools/two.md Two
article content/tools/three.md Three

check "a first build"
shows 'One +one ' 'Two +tools/two ' '3 articles'
out=$(out_dir)
[ -d "$out/almanac" ] || { echo "the build script's folder is not to be found" && exit 1; }

check "nothing changed"
rebuilds_nothing

check "an article is edited"
article content/tools/two.md Zwei
shows 'Zwei +tools/two ' '3 articles' -- 'Two '

check "an article is added"
article content/tools/four.md Four
shows 'Four +tools/four ' '4 articles'

check "an article is added in a new folder"
article content/deep/er/five.md Five
shows 'Five +deep/er/five ' '5 articles'

check "an article is renamed"
mv content/tools/four.md content/tools/quattro.md
shows 'Four +tools/quattro ' '5 articles' -- 'tools/four'

check "an article is moved to another folder"
mv content/tools/quattro.md content/deep/quattro.md
shows 'Four +deep/quattro ' '5 articles' -- 'tools/quattro'

check "a folder is renamed"
mv content/deep content/depth
shows 'depth/er/five' 'depth/quattro' -- 'deep/'

check "an article is deleted"
rm content/depth/quattro.md
shows '4 articles' -- 'Four'

check "a folder is deleted"
rm -r content/depth
shows '3 articles' -- 'Five'

check "a category file is added"
printf 'label: Gadgets\n' > content/tools/_category_.yml
shows '^Gadgets ' -- '^tools '

check "a category file is edited"
printf 'label: Devices\n' > content/tools/_category_.yml
shows '^Devices ' -- '^Gadgets '

check "a category file is renamed"
mv content/tools/_category_.yml content/tools/_category_.yaml
shows '^Devices '

check "a category file becomes another kind"
rm content/tools/_category_.yaml
printf '{"label": "Machines"}\n' > content/tools/_category_.json
shows '^Machines ' -- '^Devices '

check "a category file is deleted"
rm content/tools/_category_.json
shows '^tools ' -- '^Machines '

check "the README is edited"
echo >> README.md
rebuilds_nothing

check "a file is added beside the content folder"
article notes.md Notes
article docs/more.md More
rebuilds_nothing

check "an example is touched: the library stays"
touch examples/list.rs examples/show.rs
rebuilds_nothing

article "$scratch/other/six.md" Six

check "ALMANAC_CONTENT names another folder"
export ALMANAC_CONTENT=$scratch/other
shows 'Six +six ' '1 articles' -- 'One'

check "an article of that folder is edited"
article "$scratch/other/six.md" Sechs
shows 'Sechs +six ' -- 'Six'

check "the package's own content is edited meanwhile"
article content/tools/three.md Drei
rebuilds_nothing

check "ALMANAC_CONTENT is unset again"
unset ALMANAC_CONTENT
shows 'One +one ' 'Drei +tools/three ' -- 'Sechs'

check "an article of the other folder is edited meanwhile"
article "$scratch/other/six.md" Six
rebuilds_nothing

check "ALMANAC_CONTENT is relative to the package"
ALMANAC_CONTENT=docs shows 'More +more ' '1 articles'

check "ALMANAC_CONTENT names no folder"
ALMANAC_CONTENT=nowhere fails "error.*unreadable-file"

check "ALMANAC_CONTENT holds a line break: it is no directive"
ALMANAC_CONTENT=$'nowhere\ncargo::rustc-cfg=injected' fails "holds a control character"

for variable in ALMANAC_CONTENT ALMANAC_BASE ALMANAC_ALLOW ALMANAC_DENY_WARNINGS; do
    check "$variable is not UTF-8"
    export "$variable"=$'\xff'
    fails "$variable is not UTF-8"
    unset "$variable"
done

check "ALMANAC_BASE is taken off links"
printf '# One\n\n[Two](/docs/tools/two)\n' > content/one.md
fails 'error\[broken-link\]'
ALMANAC_BASE=/docs shows 'One +one '

check "ALMANAC_ALLOW names no code"
ALMANAC_ALLOW=nonsense fails 'nonsense'

check "an article that is wrong"
printf '# One\n\n[Gone](gone.md)\n' > content/one.md
fails 'error\[broken-link\]'

check "it is still wrong the next time"
fails 'error\[broken-link\]'

check "ALMANAC_ALLOW lets it pass"
ALMANAC_ALLOW=broken-link shows 'One +one '

check "ALMANAC_DENY_WARNINGS stops at a warning"
printf '# One\n\n<iframe src="a"></iframe>\n' > content/one.md
ALMANAC_DENY_WARNINGS=1 fails 'error\[raw-html\]'

check "it is mended"
article content/one.md Uno
shows 'Uno +one ' '3 articles'

check "something is in the way where the build script writes"
rm -rf "$out/.almanac-almanac"
touch "$out/.almanac-almanac"
article content/one.md Ett
fails "cannot write the generated code to"

check "it is out of the way"
rm "$out/.almanac-almanac"
shows 'Ett +one '

# A small file system of its own in place of the build script's folder, with what was there.
mkdir "$scratch/kept"
cp -R "$out/." "$scratch/kept"
if mount -t tmpfs -o size=256k tmpfs "$out" 2> /dev/null; then
    mounted=$out
    cp -R "$scratch/kept/." "$out"

    check "the disk is full"
    for number in $(seq 40); do
        printf '# Article %s\n\n%s\n' "$number" "$(head -c 6000 /dev/zero | tr '\0' 'x')" > "content/many-$number.md"
    done
    fails "cannot write the generated code to .*[Nn]o space left"

    check "the disk is still full"
    fails "cannot write the generated code to .*[Nn]o space left"

    check "there is room again"
    rm content/many-*.md
    shows 'Ett +one ' '3 articles'

    check "the disk is read-only"
    article content/one.md Yksi
    mount -o remount,ro "$out"
    fails "cannot write the generated code to .*[Rr]ead-only"

    check "the disk can be written again"
    mount -o remount,rw "$out"
    shows 'Yksi +one '
    umount "$out"
    mounted=
    # What lies under it is older than what cargo knows.
    rm -rf "$out/almanac"
else
    echo "skipped a full and a read-only disk: no file system can be mounted here"
fi

rm -rf "$package"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
