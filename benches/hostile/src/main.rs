//! Time and memory of the compiler for hostile input at sizes n, 2n and 4n: `cargo run` in this folder, or `cargo run -- NAME…` for some.
//!
//! Unoptimised, as build scripts are. Each measurement is a process of its own: processor time, and the most memory that it ever held.
//! Growth is that from 2n to 4n: 2 is linear, 4 is quadratic. Above 3 the table says so and the exit status is 1. Linux only.

mod inputs;

use std::fs;
use std::process::{Command, ExitCode};

use almanac_build::Builder;
use inputs::{INPUTS, Input};

/// Growth above which something is worse than linear, and the seconds below which growth says nothing.
const MOST_GROWTH: f64 = 3.0;
const LEAST_SECONDS: f64 = 0.05;
const LEAST_MEGABYTES: f64 = 40.0;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, name, size] = &arguments[..]
        && flag == "--measure"
    {
        let input = INPUTS.iter().find(|input| input.name == name).expect("a known input");
        measure(input, size.parse().expect("a size"));
        return ExitCode::SUCCESS;
    }
    let mut steep = Vec::new();
    println!("{:<28} {:>8}  {:>23}  {:>7}  {:>20}  {:>7}", "input", "n", "seconds", "growth", "MB at most", "growth");
    for input in INPUTS.iter().filter(|input| arguments.is_empty() || arguments.iter().any(|name| name == input.name)) {
        let measured: Vec<Option<[f64; 2]>> = [1, 2, 4].map(|times| child(input, input.size * times)).to_vec();
        let cell = |of: usize, width: usize, digits: usize| -> String {
            let number = |one: &Option<[f64; 2]>| one.map_or(format!("{:>width$}", "–"), |one| format!("{:>width$.digits$}", one[of]));
            measured.iter().map(number).collect::<Vec<_>>().join(" ")
        };
        let growth = |of: usize, least: f64| match measured[..] {
            [_, Some(two), Some(four)] if four[of] >= least => Some(four[of] / two[of]),
            [_, _, None] => Some(f64::INFINITY),
            _ => None,
        };
        let (time, memory) = (growth(0, LEAST_SECONDS), growth(1, LEAST_MEGABYTES));
        let shown = |growth: Option<f64>| growth.map_or("–".to_owned(), |growth| format!("{growth:.1}"));
        let flag = if [time, memory].into_iter().flatten().any(|growth| growth > MOST_GROWTH) { "  worse than linear" } else { "" };
        println!(
            "{:<28} {:>8}  {}  {:>7}  {}  {:>7}{flag}",
            input.name,
            input.size,
            cell(0, 7, 3),
            shown(time),
            cell(1, 6, 1),
            shown(memory)
        );
        if !flag.is_empty() {
            steep.push(input.name);
        }
    }
    if steep.is_empty() {
        return ExitCode::SUCCESS;
    }
    println!("worse than linear: {}", steep.join(", "));
    ExitCode::FAILURE
}

/// Seconds and megabytes of one measurement; `None` if it did not come to an end.
fn child(input: &Input, size: usize) -> Option<[f64; 2]> {
    let program = std::env::current_exe().expect("the program's own path");
    let mut command = Command::new("timeout");
    let output = command.arg("120").arg(program).args(["--measure", input.name, &size.to_string()]).output().expect("can be started");
    let said = String::from_utf8_lossy(&output.stdout);
    let mut numbers = said.split_whitespace().filter_map(|number| number.parse().ok());
    output.status.success().then_some([numbers.next()?, numbers.next()?])
}

/// Compiles an input of a size and prints the processor time of that, in seconds, and the most memory above what the input itself took.
fn measure(input: &Input, size: usize) {
    let folder = std::env::temp_dir().join(format!("almanac-hostile-{}", std::process::id()));
    for (path, text) in (input.files)(size) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("in the folder")).expect("a temporary folder");
        fs::write(path, text).expect("a temporary file");
    }
    // What was needed to make the input does not count.
    fs::write("/proc/self/clear_refs", "5").expect("Linux");
    let (before, idle) = (seconds(), megabytes("VmHWM:"));
    let compiled = Builder::new(&folder).shown_as("content").search_index(true).run();
    let (after, most) = (seconds(), megabytes("VmHWM:"));
    fs::remove_dir_all(&folder).expect("the folder was made above");
    println!("{} {}", after - before, most - idle);
    drop(compiled);
}

/// Time that this process spent on a processor.
fn seconds() -> f64 {
    let schedule = fs::read_to_string("/proc/self/schedstat").expect("Linux");
    let nanoseconds: f64 = schedule.split_whitespace().next().and_then(|number| number.parse().ok()).expect("a number");
    nanoseconds / 1e9
}

fn megabytes(field: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find_map(|line| line.strip_prefix(field)).expect("Linux");
    line.split_whitespace().next().and_then(|number| number.parse::<f64>().ok()).expect("a number") / 1024.0
}
