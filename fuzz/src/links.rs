//! A folder of special files and links, made as a sequence of steps says.

use std::fs;
use std::io::Write;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};

use crate::{all_codes, compile, home};

/// Stands in files outside the folder.
const SECRET: &str = "SECRET-OF-THE-OUTSIDE";

/// The most steps that one input takes.
const STEPS: usize = 200;

const NAMES: [&str; 8] = ["a", "b", "c.md", "d.md", "_e", "f.png", "_category_.yml", ".g"];

/// Makes a folder of steps and compiles it.
pub fn check_links(steps: &[u8]) {
    let outside = home("outside");
    let inside = home("links");
    for folder in [&outside, &inside] {
        let _ = fs::remove_dir_all(folder);
    }
    fs::create_dir_all(outside.join("a")).expect("a temporary folder");
    for name in ["c.md", "d.md", "a/c.md", "a/d.md", "_category_.yml"] {
        let text = format!("label: {SECRET}\n\n# {SECRET}\n");
        fs::write(outside.join(name), text).expect("a temporary file");
    }
    fs::create_dir_all(&inside).expect("a temporary folder");
    for step in steps.chunks_exact(3).take(STEPS) {
        make(step, &inside, &outside);
    }
    let strict = compile(&inside, "");
    let lenient = compile(&inside, all_codes());
    assert!(!lenient.report.failed, "all codes are allowed:\n{}", lenient.report.errors);
    assert!(
        lenient.files == compile(&inside, all_codes()).files,
        "the same folder, the same files"
    );
    assert!(lenient.report.text() == compile(&inside, all_codes()).report.text());
    let secret = SECRET.as_bytes();
    let leaks = |bytes: &[u8]| bytes.windows(secret.len()).any(|window| window == secret);
    assert!(lenient.files.iter().all(|(_, bytes)| !leaks(bytes)), "something outside was read");
    assert!(!leaks(strict.report.text().as_bytes()), "something outside was read");
}

/// Takes one step: what to make, where, and where it leads.
fn make(step: &[u8], inside: &Path, outside: &Path) {
    let [kind, place, target] = step else { return };
    let path = path(inside, *place);
    if let Some(parent) = path.parent() {
        // A folder on the way may be a link, also one that leads outside: nothing is made there.
        if fs::canonicalize(parent).is_ok_and(|real| !real.starts_with(inside)) {
            return;
        }
        let _ = fs::create_dir_all(parent);
    }
    // A file that is there already stays.
    match kind % 8 {
        0 | 1 => drop(fs::create_dir(&path)),
        2 => {
            let text = format!("# A\n\n[x]({})\n", NAMES[usize::from(target % 8)]);
            // Not over what is there: to open a FIFO for writing waits for a reader.
            let file = fs::File::create_new(&path);
            let _ = file.and_then(|mut file| file.write_all(text.as_bytes()));
        }
        3 => drop(symlink(self::path(inside, *target), &path)),
        4 => drop(symlink(self::path(outside, *target), &path)),
        5 => drop(symlink(
            ["..", ".", "../..", "a", "c.md", "../b/c.md", "/", ""][usize::from(target % 8)],
            &path,
        )),
        6 => {
            let mode = rustix::fs::Mode::from(0o600);
            let kind = rustix::fs::FileType::Fifo;
            let _ = rustix::fs::mknodat(rustix::fs::CWD, &path, kind, mode, 0);
        }
        _ => drop(UnixListener::bind(&path)),
    }
}

/// Returns a path of one to three names.
fn path(folder: &Path, place: u8) -> PathBuf {
    let name = |number: u8| NAMES[usize::from(number % 8)];
    let (first, second) = (name(place), name(place >> 3));
    match place >> 6 {
        0 => folder.join(first),
        1 => folder.join("a").join(first).join(second),
        _ => folder.join(first).join(second),
    }
}
