#!/usr/bin/env bash
# The program in a real terminal (tmux): what one sees, and what is left of the terminal afterwards. `../test` builds it and calls this.
set -euo pipefail
target=${1:?usage: terminal.sh <folder of the built program>}
program=$target/almanac-tui
fails=$target/examples/fails
scratch=$(mktemp -d)
socket=almanac-tui-$$
session() { tmux -L "$socket" -f /dev/null "$@"; }
trap 'session kill-server 2> /dev/null || true; rm -rf "$scratch"' EXIT

screen() { session capture-pane -p -t s; }
wrong() {
  echo "wrong: $1; the screen:" >&2
  screen >&2
  exit 1
}
# Waits until the screen has a text (a regular expression).
see() {
  for _ in $(seq 100); do
    if grep -qE -- "$1" <<< "$(screen)"; then return; fi
    sleep 0.1
  done
  wrong "no \`$1\` in ten seconds"
}
# Waits until it has not.
unseen() {
  for _ in $(seq 100); do
    if ! grep -qE -- "$1" <<< "$(screen)"; then return; fi
    sleep 0.1
  done
  wrong "\`$1\` is still there after ten seconds"
}
keys() { session send-keys -t s "$@"; }
# Types a command in the shell of the session.
run() { keys -l "$1" && keys Enter; }
# The terminal is as it was: no alternate screen, the cursor in sight, the same settings, and the shell takes commands.
restored() {
  see 'status [0-9]+ ready> *$'
  test "$(session display-message -p -t s '#{alternate_on} #{cursor_flag}')" = "0 1" || wrong "the screen isn't restored after $1"
  run "stty -g > $scratch/after; echo settings written"
  see '^settings written'
  cmp -s "$scratch/before" "$scratch/after" || wrong "stty settings differ after $1"
  run clear
  unseen written
}

session new-session -d -x 80 -y 24 -s s "env -u NO_COLOR PS1='status \$? ready> ' bash --norc --noprofile"
see 'ready>'
run "stty -g > $scratch/before; echo what stood here before"
see '^what stood here before'

# Start, search, follow a hit, go back.
run "$program"
see 'Almanac$'
unseen 'what stood here before'
keys /
see '^/ '
keys -l 'ascend chips'
see 'hits for “ascend chips”'
keys Enter
see '[0-9]%$'
unseen 'hits for'
after_hit=$(screen | head -n 3)
keys '['
see 'hits for “ascend chips”'
keys ']'
see '[0-9]%$'
test "$(screen | head -n 3)" = "$after_hit" || wrong "forward leads elsewhere"
# A size that is too small, and back: the same screen.
before=$(screen)
session resize-window -t s -x 39 -y 9
see 'window is too small'
session resize-window -t s -x 120 -y 40
see '^.{30}│'
session resize-window -t s -x 40 -y 12
see '[0-9]%$'
session resize-window -t s -x 80 -y 24
see '^.{22}│'
sleep 0.5
test "$(screen)" = "$before" || wrong "another screen after resizing"
keys BSpace BSpace
see 'Almanac$'
keys M-Right M-Left
see 'Almanac$'
keys q
see '^what stood here before'
unseen 'Almanac'
restored q

# An article and a section by argument; the timeline; Ctrl-C.
run "$program companies/nvidia#timeline"
see '│ Timeline$'
keys t
see '[0-9]+ events, [0-9]{4} to [0-9]{4}'
keys C-c
restored Ctrl-C

# Colours, and none of them with NO_COLOR.
colored() { grep -qE $'\x1b\\[[0-9;]*(3[0-8]|4[0-8]|9[0-7]|10[0-7])(;[0-9]+)*m' <<< "$(session capture-pane -e -p -t s)"; }
run "$program"
see 'Almanac$'
colored || wrong "no colours"
keys q
restored q
run "NO_COLOR=1 $program"
see 'Almanac$'
if colored; then wrong "colours in spite of NO_COLOR"; fi
keys q
restored q

# Signals that end it: the shell shows by which.
for signal in TERM:143 HUP:129 INT:130 QUIT:131; do
  run "sh -c 'echo \$\$ > $scratch/pid; exec $program'"
  see 'Almanac$'
  kill -s "${signal%:*}" "$(cat "$scratch/pid")"
  see "status ${signal#*:} ready> *\$"
  unseen '▸'
  restored "SIG${signal%:*}"
done

# A panic and an error leave a usable terminal and a message that can be read.
for how in panic error; do
  run "$fails $how"
  see 'Almanac$'
  keys x
  see 'provoked'
  unseen '▸'
  if test "$how" = panic; then see "^thread 'main'.* panicked at"; fi
  restored "a $how"
done

# Without a terminal and with wrong arguments: a message, and a status.
says() {
  local status=0
  "$program" "${@:3}" > "$scratch/out" 2> "$scratch/err" < /dev/null || status=$?
  test "$status" = "$1" || { echo "status $status, not $1, of: ${*:3}" >&2; exit 1; }
  grep -qF -- "$2" "$scratch/err" || { echo "no \`$2\` from: ${*:3}" >&2; cat "$scratch/err" >&2; exit 1; }
  test ! -s "$scratch/out" || { echo "output from: ${*:3}" >&2; exit 1; }
}
says 1 'error: standard output is no terminal'
says 1 'error: no article has the id `companies/huawie`; did you mean `companies/huawei`?' companies/huawie
says 1 'error: `companies/huawei` has no section `#chips`' 'companies/huawei#chips'
says 2 'usage: almanac-tui [id[#anchor]]' --nonsense
says 2 'usage: almanac-tui [id[#anchor]]' companies/huawei companies/nvidia
says 2 'usage: almanac-tui [id[#anchor]]' ''
echo "the terminal is as it was"
