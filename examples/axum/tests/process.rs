//! The program itself, over sockets.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, ChildStdout, Command, Output, Stdio};
use std::time::{Duration, Instant};

use almanac_axum::server::Limits;
use almanac_axum::urls;

const HEAD_TIME: Duration = Duration::from_secs(10);
const END_TIME: Duration = Duration::from_secs(10);

/// The program, serving; it is ended with the test.
struct Served {
    child: Child,
    address: String,
    /// Kept open: whoever reads the first line may also stop to read.
    _stdout: BufReader<ChildStdout>,
}

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_almanac-axum"));
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn serve(arguments: &[&str]) -> Served {
    let mut child = program(&[&["--listen", "127.0.0.1:0"], arguments].concat()).spawn().unwrap();
    let (mut stdout, mut line) = (BufReader::new(child.stdout.take().unwrap()), String::new());
    stdout.read_line(&mut line).unwrap();
    let address = line
        .trim()
        .strip_prefix("listening on http://")
        .unwrap_or_else(|| panic!("{line:?}"))
        .to_owned();
    assert!(!address.ends_with(":0"), "the real port is printed");
    Served { child, address, _stdout: stdout }
}

impl Served {
    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream.set_nodelay(true).unwrap();
        stream
    }

    fn signal(&self, name: &str) {
        assert!(
            Command::new("sh")
                .args(["-c", &format!("kill -s {name} {}", self.child.id())])
                .status()
                .unwrap()
                .success()
        );
    }

    fn runs(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Waits for the end and gives the status and what was said on the way.
    fn end(mut self) -> (Option<i32>, String) {
        let start = Instant::now();
        while self.runs() {
            assert!(start.elapsed() < END_TIME + Duration::from_secs(5), "the end is bounded");
            std::thread::sleep(Duration::from_millis(10));
        }
        let mut said = String::new();
        let mut stderr: ChildStderr = self.child.stderr.take().unwrap();
        stderr.read_to_string(&mut said).unwrap();
        (self.child.wait().unwrap().code(), said)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The next answer of a connection: its head and its body.
fn answer(stream: &mut impl BufRead) -> (String, Vec<u8>) {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if stream.read_line(&mut head).unwrap() == 0 {
            return (head, Vec::new());
        }
    }
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).unwrap();
    (head, body)
}

fn largest() -> &'static ai_almanac::Article {
    ai_almanac::articles().iter().max_by_key(|article| article.html().len()).unwrap()
}

#[test]
fn several_requests_on_one_connection_and_many_connections() {
    let served = serve(&[]);
    let expected: Vec<_> = ai_almanac::articles()
        .iter()
        .map(|article| (urls::article(article), serde_json::to_vec(*article).unwrap()))
        .collect();
    let expected: &'static _ = Box::leak(Box::new(expected));
    let threads: Vec<_> = (0..20)
        .map(|_| {
            let mut stream = BufReader::new(served.connect());
            std::thread::spawn(move || {
                for (path, expected) in expected {
                    write!(stream.get_mut(), "GET {path} HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
                    let (head, body) = answer(&mut stream);
                    assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
                    assert_eq!(&body, expected);
                }
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
}

#[test]
fn not_modified_and_head_on_the_wire() {
    let served = serve(&[]);
    let mut stream = BufReader::new(served.connect());
    write!(stream.get_mut(), "GET /articles HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
    let (head, body) = answer(&mut stream);
    let tag = head.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap().to_owned();
    write!(stream.get_mut(), "GET /articles HTTP/1.1\r\nhost: x\r\nif-none-match: {tag}\r\n\r\n")
        .unwrap();
    let (not_modified, _) = answer(&mut stream);
    assert!(
        not_modified.starts_with("HTTP/1.1 304 ") && !not_modified.contains("content-length"),
        "{not_modified}"
    );
    write!(stream.get_mut(), "HEAD /articles HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        .unwrap();
    let mut rest = String::new();
    stream.read_to_string(&mut rest).unwrap();
    assert!(rest.starts_with("HTTP/1.1 200 ") && rest.ends_with("\r\n\r\n"), "{rest}");
    assert!(rest.contains(&format!("content-length: {}\r\n", body.len())), "{rest}");
}

#[test]
fn heads_that_are_too_large_or_too_slow() {
    let served = serve(&[]);
    let mut large = BufReader::new(served.connect());
    write!(large.get_mut(), "GET / HTTP/1.1\r\nx: {}\r\n\r\n", "x".repeat(20_000)).unwrap();
    assert!(answer(&mut large).0.starts_with("HTTP/1.1 431 "));
    let mut wrong = BufReader::new(served.connect());
    write!(wrong.get_mut(), "nonsense\r\n\r\n").unwrap();
    assert!(answer(&mut wrong).0.starts_with("HTTP/1.1 400 "));
    // Byte by byte, so that never long is nothing sent.
    let (mut slow, start) = (served.connect(), Instant::now());
    let mut sent = 0;
    while start.elapsed() < HEAD_TIME + Duration::from_secs(3) && slow.write_all(b"x").is_ok() {
        sent += 1;
        std::thread::sleep(Duration::from_millis(200));
    }
    assert!(
        sent > 10 && start.elapsed() < HEAD_TIME + Duration::from_secs(2),
        "{sent} bytes in {:?}",
        start.elapsed()
    );
}

#[test]
fn idle_connections_end() {
    let served = serve(&[]);
    let mut stream = BufReader::new(served.connect());
    write!(stream.get_mut(), "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
    answer(&mut stream);
    let (start, mut rest) = (Instant::now(), Vec::new());
    stream.read_to_end(&mut rest).unwrap();
    assert!(
        rest.is_empty() && start.elapsed() < HEAD_TIME + Duration::from_secs(2),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn one_client_has_its_share() {
    let served = serve(&["--connections", "8", "--per-client", "2"]);
    let mut held = [(); 2].map(|()| BufReader::new(served.connect()));
    for stream in &mut held {
        write!(stream.get_mut(), "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
        assert!(answer(stream).0.starts_with("HTTP/1.1 200 "));
    }
    let (head, body) = answer(&mut BufReader::new(served.connect()));
    assert!(head.starts_with("HTTP/1.1 429 ") && head.contains("connection: close"), "{head}");
    assert_eq!(serde_json::from_slice::<serde_json::Value>(&body).unwrap()["status"], 429);
    drop(held);
    std::thread::sleep(Duration::from_millis(200));
    let mut third = BufReader::new(served.connect());
    write!(third.get_mut(), "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
    assert!(answer(&mut third).0.starts_with("HTTP/1.1 200 "));
}

/// The limits that the README names are those that count.
#[test]
fn the_limits_are_those_of_the_readme() {
    let Limits { connections, per_client, head_time, patience, rate, yield_time, end_time } =
        Limits::new(1024);
    assert_eq!((head_time, end_time), (HEAD_TIME, END_TIME));
    let readme = include_str!("../README.md");
    let answer_time = almanac_axum::limits::ANSWER_TIME.as_secs();
    assert_eq!((connections, rate), (1024, 1024));
    for row in [
        format!(
            "| time to send a head, or between two requests | {} s | closed |",
            head_time.as_secs()
        ),
        format!("| time to make an answer | {answer_time} s | 503 |"),
        format!(
            "| time in which a client takes nothing | {} s, a second more for each KiB that it has \
            taken | closed |",
            patience.as_secs()
        ),
        format!("| connections of one client | {per_client} | 429 |"),
        format!("and has {} s for what is under way", yield_time.as_secs()),
        format!("what takes more than {} seconds then is cut off", end_time.as_secs()),
        format!(
            "{} answers and {} MiB",
            almanac_axum::content::MOST_RECENT,
            almanac_axum::content::RECENT_BYTES >> 20
        ),
    ] {
        assert!(
            readme.split_whitespace().collect::<Vec<_>>().join(" ").contains(&row),
            "the README has no {row:?}"
        );
    }
}

#[test]
fn requests_under_way_are_finished() {
    for signal in ["TERM", "INT"] {
        let mut served = serve(&[]);
        // Slow to read: answers pile up until the sockets take no more, in the middle of one of
        // them. The requests fit into one read of the service: what it left unread would make the
        // system reset the connection.
        let mut reading = BufReader::new(served.connect());
        let request = format!("GET {} HTTP/1.1\r\nhost: x\r\n\r\n", urls::article(largest()));
        reading.get_mut().write_all(request.repeat(120).as_bytes()).unwrap();
        // Slow to write: half a request.
        let mut writing = BufReader::new(served.connect());
        writing.get_mut().write_all(b"GET /healthz HTTP/1.1\r\nho").unwrap();
        // And one that only waits.
        let mut idle = served.connect();
        std::thread::sleep(Duration::from_secs(1));
        served.signal(signal);
        std::thread::sleep(Duration::from_millis(500));
        assert!(served.runs(), "it waits for those under way");
        assert!(TcpStream::connect(&served.address).is_err(), "nobody else comes in");
        writing.get_mut().write_all(b"st: x\r\n\r\n").unwrap();
        let (head, body) = answer(&mut writing);
        assert!(
            head.starts_with("HTTP/1.1 200 ")
                && head.contains("connection: close")
                && !body.is_empty(),
            "{head}"
        );
        let expected = serde_json::to_vec(largest()).unwrap();
        let mut whole = 0;
        loop {
            let (head, body) = answer(&mut reading);
            if head.is_empty() {
                break;
            }
            assert_eq!(body, expected, "answer {whole} is whole");
            whole += 1;
        }
        assert!((1..120).contains(&whole), "{whole} answers");
        assert_eq!(idle.read(&mut [0]).unwrap(), 0);
        assert_eq!(served.end(), (Some(0), String::new()));
    }
}

#[test]
fn the_end_is_bounded() {
    let served = serve(&[]);
    let mut stalled = served.connect();
    stalled
        .write_all(
            format!("GET {} HTTP/1.1\r\nhost: x\r\n\r\n", urls::article(largest()))
                .repeat(1000)
                .as_bytes(),
        )
        .unwrap();
    std::thread::sleep(Duration::from_secs(1));
    served.signal("TERM");
    let (code, said) = served.end();
    assert_eq!(code, Some(0));
    assert!(said.contains("1 connections cut off"), "{said}");
}

fn said(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn a_port_in_use() {
    let served = serve(&[]);
    let (code, stdout, stderr) = said(&program(&["--listen", &served.address]).output().unwrap());
    assert_eq!((code, &*stdout), (Some(1), ""));
    assert!(
        stderr.starts_with(&format!("error: {}: Address already in use", served.address)),
        "{stderr}"
    );
}

#[test]
fn arguments() {
    for (arguments, named) in [
        (&["--listen", "nowhere"][..], "nowhere"),
        (&["--listen", "127.0.0.1"], "127.0.0.1"),
        (&["--listen"], "--listen"),
        (&["--connections", "0"], "from 1 to"),
        (&["--connections=many"], "many"),
        (&["--per-client", "0"], "from 1 to"),
        (&["--x\u{1b}]0;y\u{7}\u{9b}\u{202e}"], "--x"),
        (&["\u{1b}]0;y\u{7}\u{9b}\u{202e}"], "]0;y"),
        (&["--listen", "\u{1b}]0;y\u{7}\u{9b}\u{202e}"], "]0;y"),
        (&["--port", "1"], "--port"),
        (&["8080"], "8080"),
    ] {
        let (code, stdout, stderr) = said(&program(arguments).output().unwrap());
        assert_eq!((code, &*stdout), (Some(2), ""), "{arguments:?}");
        assert!(
            stderr.starts_with("error: ") && stderr.contains(named) && stderr.contains("\nusage: "),
            "{stderr}"
        );
        assert!(
            !stderr.contains(|character: char| character != '\n' && character.is_control()
                || character == '\u{202e}'),
            "{stderr:?}"
        );
    }
    let (code, stdout, stderr) = said(&program(&["--help"]).output().unwrap());
    assert_eq!((code, &*stderr), (Some(0), ""));
    assert!(stdout.starts_with("usage: almanac-axum"));
    let (code, stdout, _) = said(&program(&["-V"]).output().unwrap());
    assert_eq!(
        (code, &*stdout),
        (Some(0), concat!("almanac-axum ", env!("CARGO_PKG_VERSION"), "\n"))
    );
}
