//! Opens a file only if it is a regular file inside the content folder.
//!
//! Names are looked at before and handles after the opening: between the two, a file may be
//! swapped for a link or a FIFO, and only the handle says what will be read.

use std::fs::{self, File, FileType, OpenOptions};
use std::io;
use std::path::Path;

/// Opens a regular file for reading. `home` is the content folder without links.
pub fn open(path: &Path, home: &Path) -> Result<File, String> {
    let unreadable = |error: io::Error| format!("can't be read: {error}");
    // Opening a device can have effects of its own, so a name is looked at first.
    regular(fs::metadata(path).map_err(unreadable)?.file_type())?;
    let file = options().open(path).map_err(unreadable)?;
    regular(file.metadata().map_err(unreadable)?.file_type())?;
    match is_inside(&file, path, home) {
        true => Ok(file),
        false => Err("a link that leaves the content folder".to_owned()),
    }
}

/// Refuses what isn't a regular file: its reading may never end.
fn regular(kind: FileType) -> Result<(), String> {
    match kind.is_file() {
        true => Ok(()),
        false => Err(format!("not a regular file: {}", special(kind))),
    }
}

/// Returns what isn't a regular file as diagnostics name it.
pub fn special(kind: FileType) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        match kind {
            kind if kind.is_fifo() => "a FIFO",
            kind if kind.is_socket() => "a socket",
            kind if kind.is_char_device() || kind.is_block_device() => "a device",
            _ => "a folder",
        }
    }
    #[cfg(not(unix))]
    {
        if kind.is_dir() { "a folder" } else { "a device" }
    }
}

/// Returns options with which the opening of a FIFO doesn't wait for someone who writes.
fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, O_NONBLOCK);
    options
}

/// `O_NONBLOCK`: the standard library doesn't name it, and a crate for it alone isn't worth its
/// compilation. 0 where the number isn't known; there only the look at the name protects.
#[cfg(unix)]
const O_NONBLOCK: i32 = if cfg!(any(target_os = "linux", target_os = "android")) {
    if cfg!(any(target_arch = "mips", target_arch = "mips64")) {
        0x80
    } else if cfg!(any(target_arch = "sparc", target_arch = "sparc64")) {
        0x4000
    } else {
        0x800
    }
} else if cfg!(any(
    target_vendor = "apple",
    target_os = "freebsd",
    target_os = "netbsd",
    target_os = "openbsd",
    target_os = "dragonfly"
)) {
    0x4
} else {
    0
};

/// Returns `true` if an open file lies inside a folder.
fn is_inside(file: &File, path: &Path, home: &Path) -> bool {
    #[cfg(target_os = "linux")]
    {
        use std::os::fd::AsRawFd;
        // The kernel's word on the handle: no name is looked up again.
        let link = format!("/proc/self/fd/{}", file.as_raw_fd());
        if let Ok(real) = fs::read_link(link)
            && real.is_absolute()
        {
            return real.starts_with(home);
        }
    }
    let Ok(real) = fs::canonicalize(path) else { return false };
    real.starts_with(home) && is_same(file, &real)
}

/// Returns `true` if a handle is that of the file of a name.
#[cfg(unix)]
fn is_same(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(opened), Ok(named)) => identity(opened) == identity(named),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_same(_: &File, _: &Path) -> bool {
    true
}
