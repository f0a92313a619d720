use std::{fs, io};

use super::*;

#[test]
fn partials_and_assets_are_no_articles() {
    assert_eq!(kind("a.md"), Some(FileKind::Article));
    assert_eq!(kind("a/b.mdx"), Some(FileKind::Article));
    assert_eq!(kind("_a.md"), None);
    assert_eq!(kind("_a/b.md"), None);
    assert_eq!(kind("a/_category_.yml"), Some(FileKind::Category));
    assert_eq!(kind("a/_category_.toml"), None);
    assert_eq!(kind("a/picture.png"), None);
}

#[test]
fn names_that_are_almost_right() {
    for (name, intended) in [
        ("a.MD", "a.md"),
        ("f/a.Md", "a.md"),
        ("a.MDX", "a.md"),
        ("a.markdown", "a.md"),
        ("f/_category_.toml", "_category_.yml"),
        ("_Category_.yml", "_category_.yml"),
        ("_category.json", "_category_.json"),
    ] {
        assert_eq!(kind(name), None, "{name}");
        assert_eq!(intended_name(name).as_deref(), Some(intended), "{name}");
    }
    for name in ["_a.MD", "_f/a.MD", "a.png", "category.yml", "md", "a.cmd", "_categories_.yml"] {
        assert_eq!(intended_name(name), None, "{name}");
    }
}

/// A folder of the file system, removed at the end.
struct Folder(std::path::PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let name = format!("ai-almanac-{name}-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Folder(folder)
    }

    fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let file = self.0.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }

    #[cfg(unix)]
    fn link(&self, to: impl AsRef<Path>, path: &str) {
        std::os::unix::fs::symlink(to, self.0.join(path)).unwrap();
    }

    fn read(&self) -> (ContentFolder, Vec<String>) {
        read(ContentFolder::read("docs/", &self.0))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Returns the folder and the messages about it, each with its path.
fn read((folder, faults): (ContentFolder, Vec<Fault>)) -> (ContentFolder, Vec<String>) {
    let mut messages: Vec<String> = faults
        .iter()
        .map(|fault| {
            let file = fault.place.as_ref().unwrap().file;
            format!("{}: {}", folder.files[file].path, fault.message)
        })
        .collect();
    messages.sort();
    (folder, messages)
}

fn articles(folder: &ContentFolder) -> Vec<&str> {
    let articles = folder.files.iter().filter(|file| file.kind == FileKind::Article);
    articles.map(|file| file.path.as_str()).collect()
}

#[test]
fn reads_sorted_and_says_what_it_cannot_read() {
    let folder = Folder::new("source");
    folder.write("b/two.md", "two");
    folder.write("a.md", "one");
    folder.write("bad.md", b"ok\n\xff");
    folder.write("big.md", vec![b'x'; usize::try_from(limits::FILE_BYTES).unwrap() + 1]);
    folder.write("b/picture.png", "");
    folder.write(".hidden.md", "");
    #[cfg(unix)]
    {
        folder.link(&folder.0, "b/loop");
        folder.link("/etc/hostname", "out.md");
        folder.link("a.md", "inside.md");
        folder.link("nowhere.md", "dangling.md");
    }
    let (content, said) = folder.read();
    assert_eq!(content.root, "docs");
    assert!(content.assets.contains("b/picture.png"));
    assert!(said.contains(&"bad.md: not UTF-8: line 2 has a byte that is no character".to_owned()));
    assert!(said.contains(&"big.md: larger than 1 MiB".to_owned()), "{said:?}");
    if cfg!(unix) {
        assert!(said.contains(&"b/loop: a link to a folder that it stands in".to_owned()));
        assert!(said.contains(&"out.md: a link that leaves the content folder".to_owned()));
        assert!(said.iter().any(|line| line.starts_with("dangling.md: can't be read")));
        assert_eq!(said.len(), 5, "{said:?}");
        assert_eq!(articles(&content), ["a.md", "b/two.md", "inside.md"]);
    }
}

#[test]
fn a_folder_that_is_too_large_is_refused_as_a_whole() {
    let folder = Folder::new("large");
    folder.write("a.md", "twenty bytes of text");
    folder.write("b.md", "more");
    let read_at_most =
        |bytes, entries| read(ContentFolder::read_at_most(bytes, entries, "docs/", &folder.0));
    assert!(read_at_most(32, 2).1.is_empty());
    let (content, said) = read_at_most(31, 2);
    assert!(content.files.iter().all(|file| file.text.is_empty()) && content.root == "docs");
    assert_eq!(said, [": the content folder holds more than 0 MiB of text"]);
    assert_eq!(read_at_most(32, 1).1, [": the content folder holds more than 1 files and folders"]);
}

/// A reader that counts what is taken from it.
struct Counting<R>(R, u64);

impl<R: io::Read> io::Read for &mut Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.0.read(buffer)?;
        self.1 += u64::try_from(count).unwrap();
        Ok(count)
    }
}

#[test]
fn reading_stops_at_the_limit() {
    let mut long = Counting(io::Read::take(io::repeat(b'x'), 1 << 20), 0);
    assert!(bytes_at_most(&mut long, 1_000).unwrap().is_none());
    assert_eq!(long.1, 1_001);
    for (length, fits) in [(999, true), (1_000, true), (1_001, false)] {
        let mut reader = Counting(io::Read::take(io::repeat(b'x'), length), 0);
        assert_eq!(bytes_at_most(&mut reader, 1_000).unwrap().is_some(), fits, "{length}");
    }
}

#[test]
fn depth_has_a_limit() {
    let folder = Folder::new("deep");
    let deepest = vec!["f"; limits::FOLDER_DEPTH].join("/");
    folder.write(&format!("{deepest}/a.md"), "deep");
    folder.write(&format!("{deepest}/f/f/b.md"), "too deep");
    let (content, said) = folder.read();
    assert_eq!(articles(&content), [format!("{deepest}/a.md")]);
    assert_eq!(said, [format!("{deepest}/f: more than 32 folders deep")]);
}

#[cfg(unix)]
mod links {
    use super::*;

    /// Every folder holds two links to the next one: 2⁴⁰ paths, 41 folders.
    #[test]
    fn each_folder_is_read_once() {
        let folder = Folder::new("links");
        for level in 0..40 {
            folder.write(&format!("f{level:02}/a.md"), "a");
            if level > 0 {
                folder.link(format!("../f{level:02}"), &format!("f{:02}/one", level - 1));
                folder.link(format!("../f{level:02}"), &format!("f{:02}/two", level - 1));
            }
        }
        let (content, said) = folder.read();
        assert_eq!(articles(&content).len(), 40);
        assert_eq!(said.len(), 78);
        let message = "f00/one: a link to a folder that is read already, as `f01`";
        assert_eq!(said[0], message);
    }

    /// Links lead to files that are no articles otherwise.
    #[test]
    fn links_to_partials_and_hidden_folders_are_followed() {
        let folder = Folder::new("partials");
        folder.write("_shared/a.md", "a");
        folder.write(".store/b.md", "b");
        folder.link("_shared", "guide");
        folder.link(".store", "store");
        folder.link(".store", "zstore");
        let (content, said) = folder.read();
        assert_eq!(articles(&content), ["guide/a.md", "store/b.md"]);
        assert_eq!(said, ["zstore: a link to a folder that is read already, as `store`"]);
    }

    #[test]
    fn a_sibling_with_the_same_prefix_is_outside() {
        let folder = Folder::new("prefix");
        folder.write("c2/secret.md", "secret");
        folder.write("c/a.md", "a");
        folder.link("../c2/secret.md", "c/file.md");
        folder.link("../c2", "c/folder");
        let content = ContentFolder::read("c", &folder.0.join("c"));
        let (content, said) = read(content);
        assert_eq!(articles(&content), ["a.md"]);
        let outside = "a link that leaves the content folder";
        assert_eq!(said, [format!("file.md: {outside}"), format!("folder: {outside}")]);
        // The handle itself is asked too.
        let home = fs::canonicalize(folder.0.join("c")).unwrap();
        assert_eq!(open::open(&home.join("file.md"), &home).unwrap_err(), outside);
        assert!(open::open(&home.join("a.md"), &home).is_ok());
    }

    #[test]
    fn special_files_are_refused_and_nothing_waits_for_them() {
        let folder = Folder::new("special");
        folder.write("a.md", "a");
        for name in ["fifo.md", "_category_.yml", "fifo.png", "_fifo.md"] {
            let made = std::process::Command::new("mkfifo").arg(folder.0.join(name)).status();
            assert!(made.unwrap().success());
        }
        let socket = std::os::unix::net::UnixListener::bind(folder.0.join("socket.md")).unwrap();
        folder.link("fifo.md", "link.md");
        folder.link("/dev/zero", "zero.md");
        let (content, said) = folder.read();
        drop(socket);
        assert_eq!(articles(&content), ["a.md"]);
        assert!(content.assets.is_empty(), "{:?}", content.assets);
        let fifo = |name: &str| (name.to_owned(), "a FIFO");
        let special: Vec<_> =
            content.special.into_iter().filter(|(path, _)| !path.is_empty()).collect();
        assert_eq!(special, [fifo("_fifo.md"), fifo("fifo.png")]);
        assert_eq!(
            said,
            [
                "_category_.yml: not a regular file: a FIFO",
                "fifo.md: not a regular file: a FIFO",
                "link.md: not a regular file: a FIFO",
                "socket.md: not a regular file: a socket",
                "zero.md: a link that leaves the content folder",
            ]
        );
        // Even where a device lies inside.
        assert_eq!(
            open::open(Path::new("/dev/zero"), Path::new("/")).unwrap_err(),
            "not a regular file: a device"
        );
    }

    /// A file that is swapped for a link, and a folder that is, while the folder is read.
    #[test]
    fn nothing_outside_is_read_in_a_race() {
        use std::sync::atomic::{AtomicBool, Ordering};

        let folder = Folder::new("race");
        folder.write("outside/f/a.md", "secret");
        folder.write("c/f/a.md", "public");
        let home = folder.0.join("c");
        let stop = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let secret = folder.0.join("outside/f");
                let (file, spare) = (home.join("f/a.md"), folder.0.join("spare.md"));
                let (inner, aside) = (home.join("f"), folder.0.join("aside"));
                while !stop.load(Ordering::Relaxed) {
                    let _ = fs::rename(&file, &spare);
                    let _ = std::os::unix::fs::symlink(secret.join("a.md"), &file);
                    let _ = fs::rename(&spare, &file);
                    let _ = fs::rename(&inner, &aside);
                    let _ = std::os::unix::fs::symlink(&secret, &inner);
                    let _ = fs::remove_file(&inner);
                    let _ = fs::rename(&aside, &inner);
                }
            });
            for _ in 0..2_000 {
                let (content, _) = ContentFolder::read("docs", &home);
                assert!(content.files.iter().all(|file| file.text != "secret"));
            }
            stop.store(true, Ordering::Relaxed);
        });
    }
}
