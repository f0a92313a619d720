//! Connections: accepts them, bounds them, shares them out, and ends them in good order.

use std::collections::HashMap;
use std::future::Future;
use std::io::ErrorKind;
use std::net::{IpAddr, Ipv6Addr};
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep, timeout};
use tower::ServiceExt;

use crate::pace::Paced;

/// The largest head of a request, in bytes.
const LARGEST_HEAD: usize = 16 * 1024;
/// The interval at which another connection is asked for its place while none is free.
const ASK_TIME: Duration = Duration::from_millis(50);

/// Limits of what clients may take.
#[derive(Clone, Debug)]
pub struct Limits {
    /// The number of connections at once.
    pub connections: usize,
    /// The number of them for one client: an IPv4 address, or the first half of an IPv6 address.
    /// There is no such limit when it may have all.
    pub per_client: usize,
    /// The time to send the head of a request, and to be silent between two.
    pub head_time: Duration,
    /// The time to keep an answer waiting; taking `rate` bytes gives a second back.
    pub patience: Duration,
    pub rate: u32,
    /// The time for which a connection may go on that has been asked for its place.
    pub yield_time: Duration,
    /// The time to wait for connections at the end.
    pub end_time: Duration,
}

impl Limits {
    /// Returns the limits for so many connections, a quarter of them, or 16, for one client.
    pub fn new(connections: usize) -> Limits {
        Limits {
            connections,
            per_client: (connections / 4).max(16),
            head_time: Duration::from_secs(10),
            patience: Duration::from_secs(30),
            rate: 1024,
            yield_time: Duration::from_secs(5),
            end_time: Duration::from_secs(10),
        }
    }
}

/// Answers requests until `stop`, then finishes those under way and returns how many had to be cut
/// off.
pub async fn serve(listener: TcpListener, app: Router, limits: Limits, stop: impl Future) -> usize {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.head_time)
        .max_header_size(LARGEST_HEAD);
    let connections = Arc::new(Connections::new(limits.clone()));
    let mut stop = pin!(stop);
    loop {
        let (stream, address) = tokio::select! {
            biased;
            _ = &mut stop => break,
            accepted = accept(&listener) => accepted,
        };
        let Some(mut share) = connections.share(address) else {
            refuse(&stream);
            continue;
        };
        share.place = tokio::select! {
            biased;
            _ = &mut stop => break,
            place = connections.place() => Some(place),
        };
        tokio::spawn(answer(http.clone(), stream, app.clone(), share, limits.clone()));
    }
    // Clients that connect from here on are refused.
    drop(listener);
    connections.ask_all();
    match timeout(limits.end_time, connections.none_left()).await {
        Ok(()) => 0,
        Err(_) => limits.connections - connections.places.available_permits(),
    }
}

/// Accepts the next connection.
async fn accept(listener: &TcpListener) -> (TcpStream, IpAddr) {
    loop {
        match listener.accept().await {
            Ok((stream, address)) => return (stream, address.ip()),
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset
                ) => {}
            // Out of file descriptors, most likely: some will be free again.
            Err(error) => {
                eprintln!("warning: no connection can be accepted: {error}");
                sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

/// Says to a client that it has its share. It doesn't wait, so this may be lost: the system throws
/// it away when the client goes on to send.
fn refuse(stream: &TcpStream) {
    const BODY: &str = concat!(
        r#"{"title":"Too Many Requests","status":429,"#,
        r#""detail":"you have all the connections that one client may have"}"#
    );
    let head = "HTTP/1.1 429 Too Many Requests\r\nconnection: close\r\nretry-after: 1\r\n\
        cache-control: no-store";
    let length = BODY.len();
    let answer = format!(
        "{head}\r\ncontent-type: application/problem+json\r\ncontent-length: {length}\r\n\r\n{BODY}"
    );
    let _ = stream.try_read(&mut [0; 4096]);
    let _ = stream.try_write(answer.as_bytes());
}

/// Answers the requests of a connection until it ends or has to.
async fn answer(
    http: http1::Builder,
    stream: TcpStream,
    app: Router,
    share: Share,
    limits: Limits,
) {
    // Small answers go out at once. That it can't be set is no reason to refuse the client.
    let _ = stream.set_nodelay(true);
    let stream = Paced::new(stream, limits.patience, limits.rate);
    let service = service_fn(|request: Request<_>| {
        share.connection.used();
        app.clone().oneshot(request.map(axum::body::Body::new))
    });
    let mut connection = pin!(http.serve_connection(TokioIo::new(stream), service));
    // An error is a client that went away or took too long.
    tokio::select! {
        _ = connection.as_mut() => return,
        () = share.connection.asked.notified() => {}
    }
    connection.as_mut().graceful_shutdown();
    let ending = share.connections.is_ending();
    let _ = timeout(if ending { Duration::MAX } else { limits.yield_time }, connection).await;
}

/// The connections under way.
struct Connections {
    limits: Limits,
    places: Arc<Semaphore>,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    connections: Vec<Arc<Connection>>,
    clients: HashMap<IpAddr, usize>,
    ending: bool,
}

/// A connection, as the others see it.
struct Connection {
    client: IpAddr,
    state: Mutex<State>,
    asked: Notify,
}

struct State {
    /// The start of its last request, or else of itself.
    used: Instant,
    /// `true` if it has been asked for its place.
    asked: bool,
}

impl Connection {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn used(&self) {
        self.state().used = Instant::now();
    }

    fn ask(&self) {
        self.state().asked = true;
        self.asked.notify_one();
    }
}

impl Connections {
    fn new(limits: Limits) -> Connections {
        let places = Arc::new(Semaphore::new(limits.connections));
        Connections { limits, places, known: Mutex::default() }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_ending(&self) -> bool {
        self.known().ending
    }

    /// Counts a connection of a client, unless it has its share already.
    fn share(self: &Arc<Self>, address: IpAddr) -> Option<Share> {
        let client = client(address);
        let mut known = self.known();
        let count = known.clients.entry(client).or_default();
        if self.limits.per_client < self.limits.connections && *count >= self.limits.per_client {
            return None;
        }
        *count += 1;
        let state = Mutex::new(State { used: Instant::now(), asked: false });
        let connection = Arc::new(Connection { client, state, asked: Notify::new() });
        known.connections.push(Arc::clone(&connection));
        Some(Share { connections: Arc::clone(self), connection, place: None })
    }

    /// Waits for a place. While there is none, others are asked for theirs.
    async fn place(&self) -> OwnedSemaphorePermit {
        loop {
            if let Ok(place) = Arc::clone(&self.places).try_acquire_owned() {
                return place;
            }
            self.ask_one();
            let place = Arc::clone(&self.places).acquire_owned();
            if let Ok(place) = timeout(ASK_TIME, place).await {
                return place.expect("nothing closes it");
            }
        }
    }

    /// Asks the connection that has been silent for the longest time, of the client with the most.
    fn ask_one(&self) {
        let known = self.known();
        // The last one is that which waits.
        let others = known.connections.split_last().map_or(&[][..], |(_, others)| others);
        let others = others.iter().filter(|connection| !connection.state().asked);
        let most = |connection: &&Arc<Connection>| {
            (known.clients.get(&connection.client), std::cmp::Reverse(connection.state().used))
        };
        if let Some(connection) = others.max_by_key(most) {
            connection.ask();
        }
    }

    fn ask_all(&self) {
        let mut known = self.known();
        known.ending = true;
        known.connections.iter().for_each(|connection| connection.ask());
    }

    async fn none_left(&self) {
        let all = u32::try_from(self.limits.connections).unwrap_or(u32::MAX);
        let _ = self.places.acquire_many(all).await;
    }
}

/// The part of an address that one client has.
fn client(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        address => address,
    }
}

/// The resources of a connection while it lasts.
struct Share {
    connections: Arc<Connections>,
    connection: Arc<Connection>,
    place: Option<OwnedSemaphorePermit>,
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut known = self.connections.known();
        known.connections.retain(|connection| !Arc::ptr_eq(connection, &self.connection));
        if let Some(count) = known.clients.get_mut(&self.connection.client) {
            *count -= 1;
            if *count == 0 {
                known.clients.remove(&self.connection.client);
            }
        }
    }
}
