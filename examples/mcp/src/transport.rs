//! Messages as lines on two pipes, one request at a time.
//!
//! The SDK's own transport reads on while its answers wait for a client that doesn't take them,
//! without limit; it passes over lines that are no JSON, and over a last line without its end. Here
//! the next line is read when the answer before it has been taken: requests take microseconds, so
//! nobody waits for long.

use std::io;
use std::mem;
use std::sync::Arc;

use rmcp::RoleServer;
use rmcp::model::{ClientRequest, ErrorData, GetExtensions, JsonRpcMessage, RequestId};
use rmcp::service::{RxJsonRpcMessage, TxJsonRpcMessage};
use rmcp::transport::Transport;
use serde::Deserialize;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::sync::{Mutex, watch};

/// The longest message that is read, in bytes.
pub const LONGEST: usize = 1024 * 1024;

type Incoming = RxJsonRpcMessage<RoleServer>;
type Outgoing = TxJsonRpcMessage<RoleServer>;

pub struct Lines<R, W> {
    read: BufReader<R>,
    /// The bytes read of a line. They stay when the SDK drops a `receive` to send something.
    line: Vec<u8>,
    /// `true` if the line is too long, so that its rest is passed over.
    too_long: bool,
    /// Set once the client has asked to initialize. Before, the SDK ends at anything but requests.
    is_greeted: bool,
    write: Arc<Mutex<W>>,
    turn: watch::Sender<Turn>,
}

/// The side whose turn it is.
#[derive(Clone, Debug)]
enum Turn {
    /// The next message may be read.
    Client,
    /// A message has to be answered first.
    Server,
    /// The handler of the request panicked, and the SDK sends no answer.
    Panicked(RequestId),
}

/// Goes with a request to its handler, and notices a panic.
struct Handled {
    id: RequestId,
    turn: watch::Sender<Turn>,
}

impl Drop for Handled {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.turn.send_replace(Turn::Panicked(self.id.clone()));
        }
    }
}

/// The fault of a line, and the request that it was, if that can be told. Without it the answer has
/// no `id`: JSON-RPC would have `null`, which the protocol's schema and its clients refuse.
struct Refused(ErrorData, Option<RequestId>);

impl<R: AsyncRead + Send + Unpin, W: AsyncWrite + Send + Unpin + 'static> Lines<R, W> {
    pub fn new(read: R, write: W) -> Lines<R, W> {
        Lines {
            read: BufReader::new(read),
            line: Vec::new(),
            too_long: false,
            is_greeted: false,
            write: Arc::new(Mutex::new(write)),
            turn: watch::Sender::new(Turn::Client),
        }
    }

    /// Reads the next line; `None` at the end. It can be dropped at any time and called again.
    async fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            let room = u64::try_from((LONGEST + 1).saturating_sub(self.line.len())).unwrap_or(1);
            (&mut self.read).take(room).read_until(b'\n', &mut self.line).await?;
            let whole = self.line.ends_with(b"\n");
            if !whole && self.line.len() > LONGEST {
                // Only its beginning is kept, until its end has been found.
                self.line.truncate(1);
                self.too_long = true;
            } else if self.line.is_empty() {
                return Ok(None);
            } else {
                return Ok(Some(mem::take(&mut self.line)));
            }
        }
    }

    /// Sends an error from a task of its own: `receive` may be dropped while the client doesn't
    /// read.
    fn refuse(&mut self, Refused(error, id): Refused) {
        tokio::spawn(self.send(JsonRpcMessage::error(error, id)));
    }
}

impl<R: AsyncRead + Send + Unpin, W: AsyncWrite + Send + Unpin + 'static> Transport<RoleServer>
    for Lines<R, W>
{
    type Error = io::Error;

    fn send(&mut self, message: Outgoing) -> impl Future<Output = io::Result<()>> + Send + 'static {
        let (write, turn) = (Arc::clone(&self.write), self.turn.clone());
        async move {
            let answers = matches!(message, JsonRpcMessage::Response(_) | JsonRpcMessage::Error(_));
            let mut line = serde_json::to_vec(&message)?;
            line.push(b'\n');
            let mut write = write.lock().await;
            let result = write.write_all(&line).await;
            let result = result.and(write.flush().await);
            if answers {
                turn.send_replace(Turn::Client);
            }
            result
        }
    }

    async fn receive(&mut self) -> Option<Incoming> {
        let mut turn = self.turn.subscribe();
        loop {
            let now = turn.wait_for(|turn| !matches!(turn, Turn::Server)).await.ok()?.clone();
            if let Turn::Panicked(id) = now {
                self.turn.send_replace(Turn::Server);
                let error = ErrorData::internal_error("the request could not be answered", None);
                self.refuse(Refused(error, Some(id)));
                continue;
            }
            let line = match self.line().await {
                Ok(Some(line)) => line,
                Ok(None) => return None,
                Err(error) => {
                    eprintln!("error: standard input: {error}");
                    return None;
                }
            };
            let read = match mem::take(&mut self.too_long) {
                true => Err(Refused(too_long(), None)),
                false => read(&line),
            };
            match read {
                Ok(None) => {}
                Ok(Some(mut message)) => {
                    if let JsonRpcMessage::Request(request) = &mut message {
                        self.is_greeted |=
                            matches!(request.request, ClientRequest::InitializeRequest(_));
                        self.turn.send_replace(Turn::Server);
                        let handled = Handled { id: request.id.clone(), turn: self.turn.clone() };
                        request.request.extensions_mut().insert(Arc::new(handled));
                    } else if !self.is_greeted {
                        continue;
                    }
                    return Some(message);
                }
                Err(refused) => {
                    self.turn.send_replace(Turn::Server);
                    self.refuse(refused);
                }
            }
        }
    }

    async fn close(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn too_long() -> ErrorData {
    ErrorData::invalid_request(format!("a message has at most {LONGEST} bytes"), None)
}

/// Reads a line as a message; `None` if there is nothing to answer and nothing to do.
fn read(line: &[u8]) -> Result<Option<Incoming>, Refused> {
    // RFC 8259 lets readers pass over a byte order mark.
    let text = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii();
    if text.is_empty() {
        return Ok(None);
    }
    let value: Value = serde_json::from_slice(text).map_err(|error| {
        Refused(ErrorData::parse_error(format!("no JSON: {error}"), None), None)
    })?;
    match Incoming::deserialize(&value) {
        Ok(message) => Ok(Some(message)),
        // A notification is never answered, whatever is wrong with it.
        Err(_)
            if value.get("method").is_some_and(Value::is_string) && value.get("id").is_none() =>
        {
            Ok(None)
        }
        Err(_) => {
            let id = value.get("id").and_then(|id| RequestId::deserialize(id).ok());
            Err(Refused(ErrorData::invalid_request("no message of this protocol", None), id))
        }
    }
}
