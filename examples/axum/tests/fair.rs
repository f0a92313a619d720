//! The server in this process, with short limits: one client must not shut out the others.

use std::net::SocketAddr;
use std::time::Duration;

use almanac_axum::routes;
use almanac_axum::server::{self, Limits};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};

const REQUEST: &[u8] = b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n";

fn limits() -> Limits {
    Limits {
        connections: 8,
        per_client: 8,
        head_time: Duration::from_secs(3),
        patience: Duration::from_secs(2),
        rate: 1024,
        yield_time: Duration::from_secs(1),
        end_time: Duration::from_secs(1),
    }
}

/// Serves for as long as the test lasts.
async fn serve(limits: Limits) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(server::serve(listener, routes::app(), limits, std::future::pending::<()>()));
    address
}

async fn connect(address: SocketAddr) -> TcpStream {
    TcpStream::connect(address).await.unwrap()
}

/// Another client: all of 127.0.0.0/8 is this machine.
async fn connect_from(client: u8, address: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::from(([127, 0, 0, client], 0))).unwrap();
    socket.connect(address).await.unwrap()
}

/// Sends a request and reads the first line of the answer; empty when there is none.
async fn ask(stream: &mut TcpStream) -> String {
    let _ = stream.write_all(REQUEST).await;
    let mut answer = vec![0; 4096];
    let read = stream.read(&mut answer).await.unwrap_or(0);
    String::from_utf8_lossy(&answer[..read]).lines().next().unwrap_or_default().to_owned()
}

async fn asks_in_time(mut stream: TcpStream) -> String {
    timeout(Duration::from_secs(2), ask(&mut stream)).await.expect("an answer in time")
}

/// Asks again and again, more often than it would have to, and comes back when it is sent away.
fn busy(address: SocketAddr) -> JoinHandle<()> {
    tokio::spawn(async move {
        loop {
            let mut stream = connect(address).await;
            while !ask(&mut stream).await.is_empty() {
                sleep(Duration::from_millis(300)).await;
            }
        }
    })
}

#[tokio::test]
async fn who_keeps_connections_alive_makes_room_for_others() {
    let address = serve(limits()).await;
    for _ in 0..8 {
        busy(address);
    }
    sleep(Duration::from_millis(500)).await;
    for _ in 0..10 {
        assert_eq!(asks_in_time(connect(address).await).await, "HTTP/1.1 200 OK");
    }
}

#[tokio::test]
async fn who_says_nothing_makes_room_for_others() {
    let address = serve(limits()).await;
    let mut held = Vec::new();
    for _ in 0..8 {
        held.push(connect(address).await);
    }
    sleep(Duration::from_millis(200)).await;
    assert_eq!(asks_in_time(connect(address).await).await, "HTTP/1.1 200 OK");
    // Nobody else has been sent away.
    let mut still = 0;
    for stream in &mut held {
        still += usize::from(ask(stream).await == "HTTP/1.1 200 OK");
    }
    assert_eq!(still, 7);
}

/// Half a head, or an answer that isn't taken: such a connection has a moment to finish.
#[tokio::test]
async fn who_is_slow_makes_room_for_others() {
    let address = serve(Limits {
        head_time: Duration::from_secs(60),
        patience: Duration::from_secs(60),
        ..limits()
    })
    .await;
    let mut held = Vec::new();
    for number in 0..8 {
        let mut stream = connect(address).await;
        let piece = if number < 4 {
            REQUEST[..20].to_vec()
        } else {
            b"GET /events?limit=1000 HTTP/1.1\r\nhost: x\r\n\r\n".repeat(100)
        };
        stream.write_all(&piece).await.unwrap();
        held.push(stream);
    }
    sleep(Duration::from_millis(500)).await;
    let start = Instant::now();
    assert_eq!(asks_in_time(connect(address).await).await, "HTTP/1.1 200 OK");
    assert!(start.elapsed() > Duration::from_millis(800), "what is under way gets its moment");
}

#[tokio::test]
async fn one_client_cant_take_all() {
    let address = serve(Limits { per_client: 6, ..limits() }).await;
    let mut held = Vec::new();
    for _ in 0..6 {
        let mut stream = connect(address).await;
        stream.write_all(&REQUEST[..20]).await.unwrap();
        held.push(stream);
    }
    sleep(Duration::from_millis(200)).await;
    assert_eq!(asks_in_time(connect(address).await).await, "HTTP/1.1 429 Too Many Requests");
    assert_eq!(asks_in_time(connect_from(2, address).await).await, "HTTP/1.1 200 OK");
    // With all places taken, those of whom has the most are asked for, though the other has been
    // silent for longer.
    let mut other = connect_from(2, address).await;
    assert_eq!(ask(&mut other).await, "HTTP/1.1 200 OK");
    let _third = connect_from(3, address).await;
    for stream in &mut held {
        stream.write_all(&REQUEST[20..]).await.unwrap();
        assert!(stream.read(&mut [0; 4096]).await.unwrap() > 0);
    }
    assert_eq!(asks_in_time(connect_from(4, address).await).await, "HTTP/1.1 200 OK");
    assert_eq!(ask(&mut other).await, "HTTP/1.1 200 OK");
}

#[tokio::test]
async fn a_reader_of_a_byte_now_and_then_is_cut_off() {
    let address = serve(limits()).await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let mut slow = socket.connect(address).await.unwrap();
    slow.write_all(&b"GET /events?limit=1000 HTTP/1.1\r\nhost: x\r\n\r\n".repeat(100))
        .await
        .unwrap();
    let start = Instant::now();
    // Until the system says that the other side has gone.
    let gone = async {
        loop {
            sleep(Duration::from_millis(100)).await;
            if slow.read(&mut [0; 1]).await.is_err() || slow.write_all(b"x").await.is_err() {
                break;
            }
        }
    };
    timeout(Duration::from_secs(20), gone).await.expect("it is cut off");
    assert!(start.elapsed() >= Duration::from_secs(2), "{:?}", start.elapsed());
}

#[tokio::test]
async fn heads_and_silence_have_their_time() {
    let address = serve(limits()).await;
    let mut silent = connect(address).await;
    let mut half = connect(address).await;
    half.write_all(&REQUEST[..20]).await.unwrap();
    let mut idle = connect(address).await;
    assert_eq!(ask(&mut idle).await, "HTTP/1.1 200 OK");
    // A body that is announced and doesn't come.
    let mut bodiless = connect(address).await;
    bodiless
        .write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\ncontent-length: 8000\r\n\r\n")
        .await
        .unwrap();
    let start = Instant::now();
    for stream in [&mut silent, &mut half, &mut idle, &mut bodiless] {
        timeout(Duration::from_secs(5), stream.read_to_end(&mut Vec::new()))
            .await
            .expect("it is closed")
            .unwrap();
    }
    assert!((2..5).contains(&start.elapsed().as_secs()), "{:?}", start.elapsed());
}

#[tokio::test]
async fn the_end_comes() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let served = tokio::spawn(server::serve(listener, routes::app(), limits(), stopped));
    let mut idle = connect(address).await;
    assert_eq!(ask(&mut idle).await, "HTTP/1.1 200 OK");
    let mut half = connect(address).await;
    half.write_all(&REQUEST[..20]).await.unwrap();
    sleep(Duration::from_millis(200)).await;
    let start = Instant::now();
    stop.send(()).unwrap();
    assert_eq!(served.await.unwrap(), 1, "who is in the middle of a request is cut off");
    assert_eq!(start.elapsed().as_secs(), 1);
    assert_eq!(idle.read(&mut [0]).await.unwrap_or(0), 0);
}
