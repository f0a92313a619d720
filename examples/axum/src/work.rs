//! Work that takes its time: searches, long lists, packing.

use std::sync::LazyLock;
use std::thread::available_parallelism;

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// Does work away from the threads that serve connections, and no more at once than there are
/// cores. Who waits too long for a turn is answered by the time limit.
pub async fn turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    static TURNS: LazyLock<Semaphore> =
        LazyLock::new(|| Semaphore::new(available_parallelism().map_or(1, usize::from)));

    let turn = TURNS.acquire().await.expect("nothing closes it");
    let work = move || {
        // Kept to the end, also when nobody waits for the answer any more.
        let _turn = turn;
        work()
    };
    spawn_blocking(work).await.expect("it doesn't panic")
}
