//! Connections: accepts them, bounds them, and ends them in good order.

use std::future::Future;
use std::io::ErrorKind;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};
use tokio_io_timeout::TimeoutStream;

/// How long a client may take to send the head of a request, and be silent between two.
pub const HEAD_TIME: Duration = Duration::from_secs(10);
/// How long a client may read nothing of what is sent to it.
pub const STALL_TIME: Duration = Duration::from_secs(30);
/// How long connections are waited for at the end.
pub const END_TIME: Duration = Duration::from_secs(10);
/// The largest head of a request, in bytes.
const LARGEST_HEAD: usize = 16 * 1024;

/// Answers requests until `stop`, then finishes those under way and returns how many had to be cut off.
pub async fn serve(listener: TcpListener, app: Router, most_connections: usize, stop: impl Future) -> usize {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME).max_header_size(LARGEST_HEAD);
    let places = Arc::new(Semaphore::new(most_connections));
    let connections = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let (stream, place) = tokio::select! {
            biased;
            _ = &mut stop => break,
            accepted = accept(&listener, &places) => accepted,
        };
        // Small answers go out at once. That it can't be set is no reason to refuse the client.
        let _ = stream.set_nodelay(true);
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(STALL_TIME));
        let connection = http.serve_connection(TokioIo::new(Box::pin(stream)), TowerToHyperService::new(app.clone()));
        let connection = connections.watch(connection);
        tokio::spawn(async move {
            // An error here is a client that went away or took too long.
            let _ = connection.await;
            drop(place);
        });
    }
    // Who connects from here on is refused.
    drop(listener);
    match timeout(END_TIME, connections.shutdown()).await {
        Ok(()) => 0,
        Err(_) => most_connections - places.available_permits(),
    }
}

/// The next connection, once there is a place for it; those behind it wait in the system's queue.
async fn accept(listener: &TcpListener, places: &Arc<Semaphore>) -> (TcpStream, OwnedSemaphorePermit) {
    let place = Arc::clone(places).acquire_owned().await.expect("nothing closes it");
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return (stream, place),
            Err(error) if matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset) => {}
            // Out of file descriptors, most likely: some will be free again.
            Err(error) => {
                eprintln!("warning: no connection can be accepted: {error}");
                sleep(Duration::from_secs(1)).await;
            }
        }
    }
}
