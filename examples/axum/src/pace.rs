//! A stream that doesn't wait for ever for a client to take what is written.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

/// Limits how long a client may keep a writer waiting: `patience`, and more for what it takes, a
/// second for each `rate` bytes, but never more than `patience` at once. A reader of a byte now and
/// then runs out of it.
pub struct Paced<S> {
    stream: S,
    patience: Duration,
    rate: u32,
    left: Duration,
    /// Since when the client has taken nothing, while there is something to take.
    since: Option<Instant>,
    timer: Pin<Box<Sleep>>,
}

impl<S> Paced<S> {
    pub fn new(stream: S, patience: Duration, rate: u32) -> Paced<S> {
        let timer = Box::pin(sleep(patience));
        Paced { stream, patience, rate, left: patience, since: None, timer }
    }

    fn account(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        match written {
            Poll::Pending => {
                if self.since.is_none() {
                    let now = Instant::now();
                    self.since = Some(now);
                    self.timer.as_mut().reset(now + self.left);
                }
                ready!(self.timer.as_mut().poll(context));
                Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
            }
            Poll::Ready(Ok(bytes)) => {
                if let Some(since) = self.since.take() {
                    self.left = self.left.saturating_sub(since.elapsed());
                }
                let earned =
                    Duration::from_secs(u64::try_from(bytes).unwrap_or(u64::MAX)) / self.rate;
                self.left = self.left.saturating_add(earned).min(self.patience);
                Poll::Ready(Ok(bytes))
            }
            failed => failed,
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Paced<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Paced<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.account(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.account(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    use super::*;

    /// Returns the time for which a client is served that takes so many bytes each second; `None`
    /// when it is served to the end.
    async fn served(bytes: usize, patience: u64, rate: u32) -> Option<Duration> {
        let (server, mut client) = duplex(64);
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(Duration::from_secs(1)).await;
                if bytes > 0 && client.read_exact(&mut vec![0; bytes]).await.is_err() {
                    break;
                }
            }
        });
        let start = Instant::now();
        let mut paced = Paced::new(server, Duration::from_secs(patience), rate);
        let result = paced.write_all(&[b'x'; 10_000]).await;
        result.err().map(|error| {
            assert_eq!(error.kind(), io::ErrorKind::TimedOut);
            start.elapsed()
        })
    }

    #[tokio::test(start_paused = true)]
    async fn who_takes_nothing_or_too_little_is_cut_off() {
        assert_eq!(served(0, 30, 100).await, Some(Duration::from_secs(30)));
        // Each second costs a second, and gives a tenth of one back.
        let slow = served(10, 30, 100).await.expect("too slow").as_secs();
        assert!((30..=35).contains(&slow), "{slow}");
        let nearly = served(90, 30, 100).await;
        assert_eq!(nearly, None, "10,000 bytes in 111 s cost 11 s of patience");
        assert_eq!(served(64, 5, 32).await, None);
    }

    #[tokio::test(start_paused = true)]
    async fn patience_does_not_pile_up() {
        let (server, mut client) = duplex(64);
        tokio::spawn(async move {
            client.read_exact(&mut [0; 9000]).await.unwrap();
            std::future::pending::<()>().await;
        });
        let start = Instant::now();
        let mut paced = Paced::new(server, Duration::from_secs(30), 10);
        assert!(paced.write_all(&[b'x'; 10_000]).await.is_err());
        assert_eq!(start.elapsed(), Duration::from_secs(30));
    }
}
