//! Tests of the terminal that is left behind, on one that `script` makes. `terminal.sh` has the
//! same in tmux, as one sees it.
#![cfg(unix)]

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The sequences that take the screen, and give it back.
const TAKEN: &str = "\u{1b}[?1049h";
const GIVEN_BACK: &str = "\u{1b}[?1049l";

/// A program on a terminal of its own; a shell shows afterwards how it has left that.
struct Terminal {
    script: Child,
    shown: std::sync::mpsc::Receiver<Vec<u8>>,
    text: String,
}

impl Terminal {
    fn new(command: &str) -> Terminal {
        let inner = format!(
            "stty rows 24 cols 80; sh -c 'echo pid=$$; exec {command}'; echo status=$?; stty -a"
        );
        let mut script = Command::new("script")
            .args(["--quiet", "--command", &inner, "/dev/null"])
            .env("TERM", "xterm-256color")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("`script` is there");
        let mut stdout = script.stdout.take().unwrap();
        let (send, shown) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let mut piece = [0; 4096];
            while let Ok(length @ 1..) = stdout.read(&mut piece) {
                let _ = send.send(piece[..length].to_vec());
            }
        });
        Terminal { script, shown, text: String::new() }
    }

    /// Waits for a text.
    fn see(&mut self, text: &str) {
        let start = Instant::now();
        while !self.text.contains(text) {
            if let Ok(piece) = self.shown.recv_timeout(Duration::from_millis(100)) {
                self.text += &String::from_utf8_lossy(&piece);
            }
            assert!(start.elapsed() < Duration::from_secs(30), "no {text:?} in {:?}", self.text);
        }
    }

    fn send(&mut self, keys: &str) {
        self.script.stdin.as_mut().unwrap().write_all(keys.as_bytes()).unwrap();
    }

    fn signal(&mut self, name: &str) {
        let pid =
            self.text.split("pid=").nth(1).and_then(|rest| rest.lines().next()).unwrap().trim();
        let killed = Command::new("kill").args(["-s", name, pid]).status().unwrap();
        assert!(killed.success());
    }

    /// Waits for the end, and gives what stands on the screen that was there before, if all is as
    /// it was.
    fn restored(mut self, status: u8) -> String {
        self.see(&format!("status={status}\r\n"));
        // The last lines of `stty -a`.
        self.see("echoke");
        let _ = self.script.wait();
        let (program, settings) = self.text.split_once("status=").unwrap();
        for setting in ["icanon", "echo", "isig", "icrnl", "opost"] {
            let set = settings.split([' ', ';', '\r', '\n']).any(|word| word == setting);
            assert!(set, "{setting} is not set: {settings}");
        }
        let (taken, given) = (
            program.rfind(TAKEN).unwrap(),
            program.rfind(GIVEN_BACK).expect("the screen is given back"),
        );
        assert!(taken < given);
        let after = program[given..].to_owned();
        assert!(
            program.rfind("\u{1b}[?25h") > program.rfind("\u{1b}[?25l"),
            "the cursor is in sight"
        );
        after
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.script.kill();
        let _ = self.script.wait();
    }
}

fn program() -> Terminal {
    let mut terminal = Terminal::new(env!("CARGO_BIN_EXE_almanac-tui"));
    terminal.see("Almanac");
    terminal
}

/// The example that takes the terminal and fails.
fn fails(how: &str) -> Terminal {
    let binary = Path::new(env!("CARGO_BIN_EXE_almanac-tui"));
    let example = binary.with_file_name("examples").join("fails");
    let mut terminal = Terminal::new(&format!("{} {how}", example.display()));
    terminal.see("Almanac");
    terminal.send("x");
    terminal
}

#[test]
fn the_end() {
    let mut terminal = program();
    terminal.send("q");
    terminal.restored(0);
}

#[test]
fn signals() {
    for (name, number) in [("TERM", 15), ("HUP", 1), ("INT", 2), ("QUIT", 3)] {
        let mut terminal = program();
        terminal.signal(name);
        terminal.restored(128 + number);
    }
}

/// The message of a panic stands where it can be read, and not on the screen that is given back.
#[test]
fn a_panic() {
    let after = fails("panic").restored(101);
    assert!(after.contains("panicked at") && after.contains("provoked"), "{after:?}");
}

#[test]
fn an_error() {
    let after = fails("error").restored(1);
    assert!(after.contains("provoked"), "{after:?}");
}

#[test]
fn arguments_steer_no_terminal() {
    for arguments in [
        &["x\u{1b}]0;y\u{7}\u{9b}\u{202e}\nerror: z"][..],
        &["companies/huawei#\u{1b}]0;y\u{7}\u{9b}\u{202e}"],
    ] {
        let output =
            Command::new(env!("CARGO_BIN_EXE_almanac-tui")).args(arguments).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(
            said.contains("\\u{1b}]0;y\\u{7}\\u{9b}\\u{202e}")
                && !said.contains(almanac_tui::printable::steers),
            "{said:?}"
        );
        assert_eq!(said.matches("\nerror").count(), 0, "{said:?}");
    }
}
