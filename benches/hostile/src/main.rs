//! Measures the compiler on hostile input at sizes n, 2n and 4n: time, memory and output, and the
//! growth of each.
//!
//! ```text
//! cargo run                      all inputs, by processor time
//! cargo run -- NAME…             some
//! cargo run -- --quick           at n and 2n: for CI
//! cargo run --release -- --instructions
//!                                counts instructions, in valgrind, at a quarter of the sizes
//! ```
//!
//! Unoptimised, as build scripts are, but for instructions: how they grow is the same, and valgrind
//! takes fifty times as long. Each measurement is a process of its own: processor time or
//! instructions, the most memory that it ever held above its input, and the bytes of all generated
//! files and the report. An exponent is that of the growth between the two largest sizes: 1 is
//! linear, 2 is quadratic. Above 1.6 the table says so and the exit status is 1. Time only raises a
//! suspicion, since what else the machine does adds to it: where it grew with more than 1.3,
//! instructions are counted at the same sizes, and they decide. Linux only.

mod inputs;
mod pieces;

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use almanac_build::Builder;
use inputs::INPUTS;
use pieces::{Input, LINK};

/// Exponent above which something is worse than linear.
const MOST: f64 = 1.6;

/// Exponent of time above which instructions are counted.
const SUSPECT: f64 = 1.3;

/// The numbers of a measurement, in their order, and the values below which they say nothing.
const COLUMNS: [(&str, f64); 3] = [("MB at most", 40.0), ("MB of output", 1.0), ("", 0.0)];
const LEAST_SECONDS: f64 = 0.05;
const LEAST_INSTRUCTIONS: f64 = 5.0;

/// The divisor of input sizes where instructions of all inputs are counted.
const DIVISOR: usize = 4;

/// The way measurements are taken.
#[derive(Clone, Copy)]
struct Options {
    instructions: bool,
    divisor: usize,
    sizes: &'static [usize],
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, name, size] = &arguments[..]
        && flag == "--measure"
    {
        let input = INPUTS.iter().find(|input| input.name == name).expect("a known input");
        measure(input, size.parse().expect("a size"));
        return ExitCode::SUCCESS;
    }
    let is_set = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let instructions = is_set("--instructions");
    let options = Options {
        instructions,
        divisor: if instructions { DIVISOR } else { 1 },
        sizes: if is_set("--quick") { &[1, 2] } else { &[1, 2, 4] },
    };
    let names: Vec<&String> =
        arguments.iter().filter(|argument| !argument.starts_with("--")).collect();
    let chosen = |input: &&Input| names.is_empty() || names.iter().any(|name| *name == input.name);
    let first = if instructions { "million instructions" } else { "seconds" };
    println!(
        "{:<32} {:>8}  {first:>26} {:>5}  {:>23} {:>5}  {:>23} {:>5}",
        "input", "n", "", COLUMNS[0].0, "", COLUMNS[1].0, ""
    );
    let mut steep = Vec::new();
    for input in INPUTS.iter().filter(chosen) {
        if !row(input, options) {
            steep.push(input.name);
        }
    }
    if steep.is_empty() {
        return ExitCode::SUCCESS;
    }
    println!("worse than linear: {}", steep.join(", "));
    ExitCode::FAILURE
}

/// Measures an input at all sizes and prints its row. Returns `false` if it is worse than linear.
fn row(input: &Input, options: Options) -> bool {
    let Options { instructions, divisor, .. } = options;
    let measured = sizes(input, options);
    let least = if instructions { LEAST_INSTRUCTIONS } else { LEAST_SECONDS };
    let mut is_linear = true;
    let mut line = format!("{:<32} {:>8}", input.name, size(input, divisor));
    let mut counted = String::new();
    for (of, (width, digits, least)) in
        [(8, 3, least), (7, 1, COLUMNS[0].1), (7, 2, COLUMNS[1].1)].into_iter().enumerate()
    {
        let cells = measured.iter().map(|one| match one {
            Some(numbers) => format!("{:>width$.digits$}", numbers[of]),
            None => format!("{:>width$}", "–"),
        });
        let mut exponent = exponent(&measured, of, least / divisor as f64);
        let shown = exponent.map_or("–".to_owned(), |exponent| format!("{exponent:.2}"));
        let cells = cells.collect::<Vec<_>>().join(" ");
        line.push_str(&format!("  {cells:>0$} {shown:>5}", 3 * width + 2));
        let is_suspect = exponent.is_some_and(|time| time > SUSPECT && time.is_finite());
        if of == 0 && !instructions && is_suspect {
            exponent =
                self::exponent(&sizes(input, Options { instructions: true, ..options }), 0, 0.0);
            counted = exponent.map_or(String::new(), |it| format!("  by instructions {it:.2}"));
        }
        is_linear &= exponent.is_none_or(|exponent| exponent <= MOST);
    }
    let flag = if is_linear { "" } else { "  worse than linear" };
    println!("{line}{counted}{flag}");
    is_linear
}

/// Measures an input at all sizes.
fn sizes(input: &Input, options: Options) -> Vec<Option<[f64; 3]>> {
    let size = size(input, options.divisor);
    options.sizes.iter().map(|times| child(input, size * times, options)).collect()
}

/// Returns the smallest size of an input.
fn size(input: &Input, divisor: usize) -> usize {
    (input.size / divisor).max(1)
}

/// Returns the exponent of the growth between the two largest sizes; `None` if they are too small.
fn exponent(measured: &[Option<[f64; 3]>], of: usize, least: f64) -> Option<f64> {
    match measured {
        [.., None] => Some(f64::INFINITY),
        [.., Some(one), Some(two)] if two[of] >= least => Some((two[of] / one[of]).log2()),
        _ => None,
    }
}

/// Takes one measurement; `None` if it did not come to an end.
fn child(input: &Input, size: usize, options: Options) -> Option<[f64; 3]> {
    let program = std::env::current_exe().expect("the program's own path");
    let mut command = Command::new("timeout");
    command.arg(if options.instructions { "1200" } else { "120" });
    if options.instructions {
        // Only what the compiler does counts, not the making of the input.
        command.args(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]);
        command.arg("--toggle-collect=*almanac_build*compile_folder*");
    }
    command.arg(program).args(["--measure", input.name, &size.to_string()]);
    let output = command.output().expect("can be started");
    let said = String::from_utf8_lossy(&output.stdout);
    let mut numbers = said.split_whitespace().filter_map(|number| number.parse().ok());
    let mut measured = [numbers.next()?, numbers.next()?, numbers.next()?];
    if options.instructions {
        let said = String::from_utf8_lossy(&output.stderr);
        let collected = said.lines().find_map(|line| line.split_once("Collected :"))?.1;
        measured[0] = collected.trim().parse::<f64>().ok()? / 1e6;
    }
    output.status.success().then_some(measured)
}

/// Compiles an input of a size. Prints the processor time of that, in seconds, the most memory
/// above what the input itself took, and the size of what came out.
fn measure(input: &Input, size: usize) {
    let folder = std::env::temp_dir().join(format!("almanac-hostile-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a temporary folder");
    write((input.files)(size), &folder);
    // Memory that was needed to make the input does not count.
    fs::write("/proc/self/clear_refs", "5").expect("Linux");
    let (before, idle) = (seconds(), megabytes("VmHWM:"));
    let builder = Builder::new(&folder).shown_as("content");
    let compiled = builder.search_index(true).check_questions(true).run();
    let (after, most) = (seconds(), megabytes("VmHWM:"));
    fs::remove_dir_all(&folder).expect("the folder was made above");
    let files: usize = compiled.files.iter().map(|(_, bytes)| bytes.len()).sum();
    let output = (files + compiled.report.text().len()) as f64 / 1e6;
    println!("{} {} {output}", after - before, most - idle);
}

/// Writes the files of an input, then its links.
fn write(files: Vec<(String, String)>, folder: &Path) {
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("in the folder")).expect("a temporary folder");
        match text.strip_prefix(LINK) {
            Some(to) => std::os::unix::fs::symlink(to, path).expect("a temporary link"),
            None => fs::write(path, text).expect("a temporary file"),
        }
    }
}

/// Time that this process spent on a processor.
fn seconds() -> f64 {
    let schedule = fs::read_to_string("/proc/self/schedstat").expect("Linux");
    let number = schedule.split_whitespace().next().and_then(|number| number.parse::<f64>().ok());
    number.expect("a number of nanoseconds") / 1e9
}

fn megabytes(field: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find_map(|line| line.strip_prefix(field)).expect("Linux");
    let number = line.split_whitespace().next().and_then(|number| number.parse::<f64>().ok());
    number.expect("a number of kilobytes") / 1024.0
}
